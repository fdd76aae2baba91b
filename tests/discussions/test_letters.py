"""Letters with the post itself: rights asked when written and sent (T23), one press to change (T32)."""

import io
import re

import pytest
from bs4 import BeautifulSoup

from extranet.core.db import db
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.following_models import ThreadFollow
from extranet.discussions.models import Post
from extranet.jobs import claims
from extranet.jobs.models import Job
from extranet.jobs.queue import load_tasks, tasks
from extranet.mail.message import compose
from extranet.mail.models import Letter, LetterState
from extranet.networks.models import Membership, MembershipState
from tests.jobs.work import work_off


@pytest.fixture
def letter(app, browser, cast, rows):
    """The letter that the member gets of a reply to the HR thread; `is_sent=False` leaves it in the outbox."""

    def do(body="Kiitos **kaikille**, [ohje](/materials/) auttoi.", is_sent=True):
        browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body=body)
        if is_sent:
            work_off(app)
        else:
            _do(app, "discussions.tell_followers", "notifications.letters")
        return next(found for found in rows(Letter) if found.user_id == cast["member"])

    return do


def _do(app, *names):
    load_tasks()
    with app.app_context():
        for name in names:
            for job in db.session.scalars(db.select(Job).where(Job.name == name)).all():
                tasks[job.name].run(**job.kwargs)
                claims.finish(claims.Claim(job.id, job.name, job.kwargs, job.owner, job.attempts))
                db.session.flush()
        db.session.commit()


def stop_link(letter):
    return re.search(r"http://localhost(/discussions/letters/\S+)", letter.text)[1]


def test_the_letter_brings_the_post_and_says_why(letter, cast):
    found = letter()
    assert found.subject == "Re: Hur gör ni med tvåspråkiga arbetsintyg?"
    assert "Kiitos **kaikille**" in found.text and "<strong>kaikille</strong>" in found.html
    assert 'href="http://localhost/materials/"' in found.html
    assert "koska olet kirjoittanut keskusteluun" in found.text and "koska olet kirjoittanut keskusteluun" in found.html
    assert "http://localhost/discussions/posts/" in found.text
    assert (found.unsubscribe, found.conversation) == (f"http://localhost{stop_link(found)}", f"<thread-{cast['hr_thread']}@localhost>")
    assert found.reply_to == ""  # this installation takes no mail


def test_the_letter_names_the_files_and_has_whole_addresses(app, browser, cast, rows):
    body = (
        f"[ohje](/materials/{cast['hr_material']}/) http://localhost/materials/{cast['hr_material']}/ [toinen](?page=1) [ulos](https://a.example/)"
        f" http://localhost/discussions/{cast['advisory_thread']}/\n\n[viite]\n\n[viite]: /events/\n\n```\n[koodi](/x)\n```"
    )
    file = (io.BytesIO(b"Ohje: n\xc3\xa4in se menee.\n"), "ohje.txt")
    browser("moderator").post(f"/discussions/{cast['hr_thread']}/reply", body=body, file=file)
    work_off(app)
    found = next(letter for letter in rows(Letter) if letter.user_id == cast["member"])
    page = BeautifulSoup(found.html, "lxml")
    links = {link.get_text(): link["href"] for link in page.select("a")}
    base = "http://localhost"
    file_at = f"{base}/discussions/attachments/{rows(Attachment)[0].id}"
    assert links["ohje"] == f"{base}/materials/{cast['hr_material']}/" and links["viite"] == f"{base}/events/"
    assert links["toinen"] == f"{base}/discussions/{cast['hr_thread']}/?page=1" and links["ulos"] == "https://a.example/"
    assert links["ohje.txt"] == file_at and file_at in found.text and "- ohje.txt (2" in found.text
    assert all(address.startswith("http") for address in links.values()) and "data-own" not in found.html
    hidden = f"{base}/discussions/{cast['advisory_thread']}/"
    assert links[hidden] == hidden  # not hers: no title
    assert list(links.values()).count(f"{base}/materials/{cast['hr_material']}/") == 2  # the other under its title
    assert f"[ohje]({base}/materials/" in found.text and f"[viite]: {base}/events/" in found.text and "[koodi](/x)" in found.text
    assert browser("member").client.get(file_at.removeprefix(base)).data.startswith(b"Ohje")
    assert browser("contact").get(file_at.removeprefix(base)).status == 404


def test_the_headers_are_those_of_one_click(app, letter):
    from extranet.mail.message import Parcel

    found = letter()
    kept = {name: getattr(found, name) for name in ("id", "to", "language", "subject", "text", "html", "message_id", "created_at")}
    more = {"sender": "a@extranet.example", "sender_name": "P", "attempts": 1, "is_secret": False}
    message = compose(Parcel(**kept, **more, unsubscribe=found.unsubscribe, conversation=found.conversation))
    assert message["List-Unsubscribe"] == f"<{found.unsubscribe}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["References"] == found.conversation
    long = f"https://{'verkostoportaali.' * 4}example/discussions/letters/b-1p-ece38880b42ab2352b482f82f2cb1b2e"
    sent = compose(Parcel(**kept, **more, unsubscribe=long, reply_to=f"reply+{'a' * 50}@{'posti.' * 6}example")).as_bytes()
    assert f"\r\nList-Unsubscribe: <{long}>\r\n".encode() in sent  # a mail program reads it as it stands, and no encoded one
    assert f"\r\nReply-To: reply+{'a' * 50}@{'posti.' * 6}example\r\n".encode() in sent


@pytest.mark.parametrize("what", ["hidden", "left", "muted"])
def test_what_changes_before_it_is_sent_stops_the_letter_and_wipes_its_words(app, browser, letter, rows, cast, what):
    found = letter("Salaisuus", is_sent=False)
    assert found.state == LetterState.QUEUED and "Salaisuus" in found.text
    with app.app_context():
        if what == "hidden":
            post = db.session.scalars(db.select(Post).order_by(Post.id.desc()).limit(1)).one()
            post.hidden_at = post.created_at
        if what == "left":
            mine = db.update(Membership).where(Membership.user_id == cast["member"], Membership.network_id == cast["network:hr"])
            db.session.execute(mine.values(state=MembershipState.LEFT))
        db.session.commit()
    if what == "muted":
        browser("member").post(f"/discussions/{cast['hr_thread']}/follow", level="mute")
    work_off(app)
    (after,) = [other for other in rows(Letter) if other.id == found.id]
    assert after.state == LetterState.DROPPED and "Salaisuus" not in after.text + after.html


def test_looking_at_the_link_changes_nothing_and_one_press_does(browser, letter, rows, cast):
    link, visitor = stop_link(letter()), browser("visitor")
    page = visitor.get(link)
    assert "arbetsintyg" in page.text("main") and rows(ThreadFollow) == []
    assert page.headers["Referrer-Policy"] == "same-origin" and "noindex" in page.headers["X-Robots-Tag"]
    page = visitor.submit(page, "main form:has(input[value=normal])")
    assert [(f.user_id, f.level) for f in rows(ThreadFollow)] == [(cast["member"], "normal")]
    assert "Valintasi tallennettiin" in page.text("main")


def test_a_mail_program_stops_the_letters_without_a_cookie(app, browser, letter, rows, cast, monkeypatch):
    link = stop_link(letter())
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    client = app.test_client()
    assert client.head(link).status_code == 200 and rows(ThreadFollow) == []
    assert client.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    assert [(f.user_id, f.level) for f in rows(ThreadFollow)] == [(cast["member"], "mute")]


def test_the_letter_of_a_new_thread_leads_to_the_network(app, browser, rows, cast):
    from extranet.discussions.following_models import NetworkFollow

    browser("moderator").post("/networks/hr/discussions/", kind="question", title="Uusi kysymys", body="Miten te teette?")
    work_off(app)
    found = next(found for found in rows(Letter) if found.user_id == cast["member"])
    assert found.subject == "Uusi kysymys" and "Miten te teette?" in found.text
    assert found.unsubscribe.endswith("?of=network")
    browser("visitor").post(found.unsubscribe.removeprefix("http://localhost"), **{"List-Unsubscribe": "One-Click"})
    assert [(f.user_id, f.level) for f in rows(NetworkFollow)] == [(cast["member"], "mute")]


def test_a_link_of_a_person_who_has_left_tells_nothing_of_the_thread(app, browser, letter, rows, cast):
    link = stop_link(letter())
    with app.app_context():
        mine = db.update(Membership).where(Membership.user_id == cast["member"], Membership.network_id == cast["network:hr"])
        db.session.execute(mine.values(state=MembershipState.LEFT))
        db.session.commit()
    page = browser("visitor").get(link)
    assert page.status == 200 and "arbetsintyg" not in page.html
    assert browser("visitor").post(link, level="watch").status == 303
    assert rows(ThreadFollow) == []


def test_a_link_that_is_not_ours_opens_nothing(browser, letter):
    link = stop_link(letter())
    for wrong in (
        link[:-1] + ("0" if link[-1] != "0" else "1"),
        link.replace("letters/", "letters/1"),
        "/discussions/letters/x",
        "/discussions/letters/1-1-ä",
    ):
        assert browser("visitor").get(wrong).status == 404

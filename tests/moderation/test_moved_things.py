"""T06: what hangs on a thread goes with it to other readers, and comes back: files, pictures, a card, letters back, marks, caches."""

import io
from dataclasses import replace
from email.message import EmailMessage

import pytest
from PIL import Image

from extranet.accounts.models import User
from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.change_models import ThreadChange
from extranet.discussions.following_links import letter_path, reply_address
from extranet.discussions.models import Post, Thread
from extranet.inbox.receiving import receive
from extranet.materials.models import Material, MaterialKind
from extranet.networks.models import Membership, MembershipRole, MembershipState
from extranet.notifications.models import Notification
from extranet.previews.making import make

REASON = {"reason": "Kuuluu tänne."}


@pytest.fixture
def app(stage, monkeypatch):
    """An installation that takes replies by mail."""
    config = replace(stage.app.extensions["extranet"], inbox_address="reply@extranet.example")
    monkeypatch.setitem(stage.app.extensions, "extranet", config)
    return stage.app


@pytest.fixture
def things(app, browser, cast, rows):
    """An answered question with a file, a picture, a card; the moderator runs the network to which it goes too."""
    with app.app_context():
        place = {"user_id": cast["moderator"], "network_id": cast["network:work-and-life"], "role": MembershipRole.MODERATOR}
        db.session.add(Membership(**place, state=MembershipState.ACTIVE, joined_at=clock.now(), rules_version_accepted=1))
        db.session.commit()
    url, image = f"/discussions/{cast['answered_thread']}/", io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(image, "PNG")
    member = browser("member")
    member.post(f"{url}reply", body="Liitteenä.", file=(io.BytesIO(b"Kysymykset\n"), "kysymykset.txt"))
    page = member.post(f"{url}reply", body="Ja kuva.", file=(io.BytesIO(image.getvalue()), "kuva.png"))
    member.submit(page, "form:has(#body)", **{"f1-alt": "Pylväs."})
    file, picture = rows(Attachment)[-2:]
    with app.app_context():
        make(picture.sha256)
        letters = {name: letter_path(cast[name], cast["answered_thread"]) for name in ("member", "staff")}
    moderator = browser("moderator")
    moderator.submit(moderator.get(f"/answers/new/{cast['answered_post']}"), "main form")
    member.post(f"{url}follow", level="watch")
    member.post("/discussions/read", mark=f"{cast['answered_thread']}:99")
    [card] = rows(Material, Material.kind == MaterialKind.ANSWER)
    paths = {
        "thread": url, "print": f"{url}print", "file": f"/discussions/attachments/{file.id}", "look": f"/discussions/attachments/{picture.id}/look",
        "picture": f"/discussions/attachments/{picture.id}/picture", "permalink": f"/discussions/posts/{cast['answered_post']}",
        "quote": f"{url}posts/{cast['answered_post']}/quote", "card": card.path, "source": f"/answers/{card.id}/source",
        "of": f"/answers/of/{cast['answered_post']}",
    }  # fmt: skip
    return paths, letters


def opens(browser, name, things):
    """What that person opens of it, and whether she reads its title in the letter's page and in her lists."""
    paths, letters = things
    someone = browser(name)
    found = {key for key, path in paths.items() if someone.client.get(path).status_code in (200, 302)}
    lists = {"unread": "/discussions/?only=unread", "followed": "/discussions/following", "library": "/materials/?q=tasa-arvolain"}
    found |= {key for key, path in lists.items() if "työhakemukset" in someone.client.get(path).get_data(as_text=True)}
    if name in letters and "työhakemukset" in someone.get(letters[name]).html:
        found.add("letter")
    return found


def reply_by_mail(app, cast, rows, name):
    """Whether that person's reply to a letter arrives."""
    before = len(rows(Post))
    with app.app_context():
        message, writer = EmailMessage(), db.session.get_one(User, cast[name])
        message["From"], message["Subject"], message["Message-ID"] = writer.email, "Vs: keskustelu", f"<{before}@{name}.example>"
        message["To"] = reply_address(writer.id, cast["answered_thread"])
        message.set_content("Vastaus postitse.")
        db.session.remove()
        receive(message.as_bytes())
        db.session.remove()
    return len(rows(Post)) > before


ALL = {"thread", "print", "file", "look", "picture", "permalink", "quote", "card", "source", "of"}


def test_all_that_hangs_on_it_moves_with_it_and_back(app, browser, cast, rows, things):
    url = things[0]["thread"]
    before = opens(browser, "member", things)
    assert before >= ALL | {"followed", "library", "letter"} and "unread" not in before
    assert opens(browser, "staff", things) == set()
    assert opens(browser, "contact", things) == {"card", "library"}
    cached = {"If-None-Match": browser("member").get(things[0]["file"]).headers.get("ETag", "*")}
    assert browser("member").get(url).headers["Cache-Control"] == "private, no-store"

    assert browser("moderator").post(f"{url}move", network_id=cast["network:work-and-life"], **REASON).status == 303
    assert opens(browser, "member", things) == set()
    assert browser("member").get(things[0]["file"], **cached).status == 404, "nor as what one has already"
    assert opens(browser, "staff", things) >= ALL | {"unread", "library", "letter"}
    assert opens(browser, "contact", things) == {"card", "library"}, "I-09 holds there as well"
    assert not reply_by_mail(app, cast, rows, "member")
    assert reply_by_mail(app, cast, rows, "staff")

    assert browser("moderator").post(f"/discussions/changes/{rows(ThreadChange)[-1].id}/undo").status == 303
    assert opens(browser, "member", things) == before | {"unread"}, "what was written meanwhile is new to her"
    assert opens(browser, "staff", things) == set()
    assert not reply_by_mail(app, cast, rows, "staff")
    assert reply_by_mail(app, cast, rows, "member")


def test_a_card_goes_to_whoever_moves_it_where_its_owner_does_not_read(app, browser, cast, rows, things):
    with app.app_context():
        [card] = db.session.query(Material).filter_by(kind=MaterialKind.ANSWER)
        card.owner_id = cast["medlem"]
        db.session.commit()
    browser("moderator").post(f"{things[0]['thread']}move", network_id=cast["network:work-and-life"], **REASON)
    [card] = rows(Material, Material.kind == MaterialKind.ANSWER)
    assert (card.network_id, card.owner_id) == (cast["network:work-and-life"], cast["moderator"])
    [note] = [note for note in rows(Notification) if note.kind == "answers.move"]
    assert note.user_id == cast["medlem"]
    page = browser("medlem").get("/notifications/")
    assert "till ett annat nätverk" in page.text("main") and "Työ ja muu elämä" not in page.text("main"), "T20: without its name"


def test_the_address_stays(browser, cast, rows, things):
    browser("moderator").post(f"{things[0]['thread']}move", network_id=cast["network:work-and-life"], **REASON)
    thread = rows(Thread, Thread.id == cast["answered_thread"])[0]
    assert thread.path == things[0]["thread"] and browser("staff").get(thread.path).status == 200

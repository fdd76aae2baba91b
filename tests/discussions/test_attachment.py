"""Files of posts: checked, described, and open to whoever may read the post at that moment (T06, T17, I-10)."""

import io

import pytest
from PIL import Image

from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.attachment_models import Attachment
from extranet.discussions.models import Post, Thread
from extranet.networks.models import Membership, MembershipState
from extranet.previews.making import make
from extranet.storage import sweep
from extranet.storage.models import Upload
from tests.previews.files import vast_png

TEXT = b"Kysymykset\n1. Miksi?\n"


def picture(colour="teal"):
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(stream, "PNG")
    return io.BytesIO(stream.getvalue()), "kaavio.png"


@pytest.fixture
def url(cast):
    return f"/discussions/{cast['hr_thread']}/"


@pytest.fixture
def draw(app, rows):
    """Let the worker draw the picture."""

    def do():
        with app.app_context():
            make(rows(Attachment)[-1].sha256)

    return do


def test_a_file_comes_with_a_reply_and_is_saved_under_its_name(browser, rows, url):
    page = browser("member").post(f"{url}reply", body="Liitteenä.", file=(io.BytesIO(TEXT), "kysymykset.txt"), follow=True)
    link = page.soup.select(".post__files a")[-1]
    answer = browser("moderator").client.get(link["href"])
    assert (answer.data, rows(Upload)) == (TEXT, [])
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="kysymykset.txt"')


def test_a_picture_needs_words_and_is_shown_as_we_have_drawn_it(browser, rows, url, draw, count_queries):
    member = browser("member")
    page = member.post(f"{url}reply", body="Katsokaa kuvaa.", file=picture())
    assert page.status == 422
    assert (len(rows(Attachment)), len(rows(Upload))) == (0, 1)
    assert page.text("#body").strip() == "Katsokaa kuvaa."
    page = member.submit(page, "form:has(#body)", **{"f1-alt": "Vaihtuvuus laskee."})
    assert "valmistellaan" in page.text(".post__files")

    draw()
    page = member.get(url)
    image = page.soup.select_one(".post__files img")
    assert (image["alt"], image["width"]) == ("Vaihtuvuus laskee.", "300")
    answer = member.client.get(image["src"])
    assert answer.mimetype == "image/webp" and "inline" in answer.headers["Content-Disposition"]
    assert member.get(f"/discussions/attachments/{rows(Attachment)[0].id}/look").has("img")
    assert count_queries(lambda: member.get(url)) <= 8


def test_what_is_wrong_with_a_file_is_said_and_the_rest_stays(browser, rows, url):
    before = len(rows(Post))
    page = browser("member").post(f"{url}reply", body="Liitteenä.", file=(io.BytesIO(b"MZ\x90\x00" * 50), "ohjelma.exe"))
    assert page.status == 422 and "ohjelma.exe" in page.text("[data-errors]")
    assert page.text("#body").strip() == "Liitteenä."
    page = browser("member").post(f"{url}reply", body="Liitteenä.", entry="f1", **{"f1-upload": "0" * 32, "f1-name": "x.pdf"})
    assert page.status == 422 and "Valitse se uudelleen" in page.text("[data-errors]")
    assert (len(rows(Post)), rows(Attachment)) == (before, [])


def test_nobody_attaches_another_persons_upload(browser, rows, url):
    browser("member").post(f"{url}reply", body=" ", file=(io.BytesIO(TEXT), "oma.txt"))
    page = browser("moderator").post(f"{url}reply", body="Varas", entry="f1", **{"f1-upload": rows(Upload)[0].id})
    assert (page.status, rows(Attachment)) == (422, [])


def test_a_chosen_file_can_be_taken_off_without_scripts(browser, rows, url):
    member = browser("member")
    page = member.post(f"{url}reply", body=" ", file=(io.BytesIO(TEXT), "oma.txt"))
    page = member.post(f"{url}reply", body="Ilman", entry="f1", drop="f1", **{"f1-upload": rows(Upload)[0].id})
    assert rows(Upload) == [] and not page.soup.select("[data-rows] > li")
    assert page.text("#body").strip() == "Ilman"


def test_a_picture_bomb_is_a_file_and_no_more(browser, rows, url, draw):
    member = browser("member")
    page = member.post(f"{url}reply", body="Pommi", file=(io.BytesIO(vast_png()), "iso.png"))
    member.submit(page, "form:has(#body)", **{"f1-alt": "Iso"})
    draw()
    page = member.get(url)
    assert not page.soup.select(".post__files img")
    assert "ladata" in page.text(".post__files")
    assert member.get(f"/discussions/attachments/{rows(Attachment)[0].id}/picture").status == 404


@pytest.mark.parametrize("what", ["moved", "post hidden", "thread hidden", "left"])
def test_the_rights_of_a_file_are_those_of_its_post(browser, app, cast, rows, url, draw, what):
    """At the next request: the file, its picture and what the page asks again. And back."""
    page = browser("member").post(f"{url}reply", body="Kuva", file=picture())
    browser("member").submit(page, "form:has(#body)", **{"f1-alt": "Kaavio"})
    draw()
    file = rows(Attachment)[0]
    reader = browser("medlem" if what != "thread hidden" else "member")
    asked = [f"/discussions/attachments/{file.id}{end}" for end in ("", "/picture", "/look")]

    def change(there):
        with app.app_context():
            thread, post = db.session.get(Thread, cast["hr_thread"]), db.session.get(Post, file.post_id)
            if what == "moved":
                thread.network_id = cast["network:hr" if there else "network:contact-persons"]
            elif what == "post hidden":
                post.hidden_at = None if there else clock.now()
            elif what == "thread hidden":
                thread.hidden_at = None if there else clock.now()
            else:
                state = MembershipState.ACTIVE if there else MembershipState.REMOVED
                db.session.query(Membership).filter_by(user_id=cast["medlem"], network_id=cast["network:hr"]).update({"state": state})
            db.session.commit()

    assert [reader.client.get(path).status_code for path in asked] == [200] * 3
    change(there=False)
    assert [reader.client.get(path).status_code for path in asked] == [404] * 3
    if what == "moved":
        assert browser("contact").client.get(asked[0]).status_code == 200
    change(there=True)
    assert [reader.client.get(path).status_code for path in asked] == [200] * 3


def test_a_new_discussion_has_files_and_they_are_kept(browser, app, rows):
    page = browser("member").post(
        "/networks/hr/discussions/", title="Otsikko", body="Runko", file=(io.BytesIO(TEXT), "runko.txt"), follow=True
    )
    assert "runko.txt" in page.text(".post__files")
    sha256 = rows(Attachment)[0].sha256
    with app.app_context():
        from extranet.jobs.queue import load_tasks

        load_tasks()
        assert any(sha256 in keeper.which([sha256]) and sha256 in set(keeper.everything()) for keeper in sweep.keepers())

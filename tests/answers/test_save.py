"""An accepted answer becomes a dated, owned card of the library with a review date (D13)."""

import pytest

from extranet.answers.models import AnswerCard
from extranet.audit.models import AuditEvent
from extranet.core import clock
from extranet.core.db import db
from extranet.discussions.models import Post, Thread
from extranet.materials.models import Material, MaterialKind, MaterialState
from extranet.notifications.models import Notification


@pytest.fixture
def url(cast):
    return f"/answers/new/{cast['answered_post']}"


@pytest.fixture
def card(browser, url, rows):
    moderator = browser("moderator")
    moderator.submit(moderator.get(url), "main form")
    [made] = rows(Material, Material.kind == MaterialKind.ANSWER)
    return made


def test_a_moderator_saves_it_and_it_is_in_force_dated_owned_and_reviewed(browser, card, cast, rows):
    [thread] = [thread for thread in rows(Thread) if thread.resolved_at]
    assert (card.state, card.owner_id, card.network_id) == (MaterialState.PUBLISHED, cast["moderator"], cast["network:hr"])
    assert card.valid_from == clock.local(thread.resolved_at).date()
    assert (card.review_due - clock.today()).days == 365
    page = browser("member").get(card.path)
    assert "Kaksi vuotta valinnasta" in page.text() and "Mitä teillä on päätetty?" in page.text()
    assert not page.has("a[href$='/file']")
    assert browser("member").get(f"/answers/{card.id}/source").location == f"/discussions/posts/{cast['answered_post']}"
    assert browser("medlem").get(f"/answers/of/{cast['answered_post']}").location == card.path
    assert browser("medlem").get(thread.path).has(f"a[href='/answers/of/{cast['answered_post']}']")
    assert rows(AnswerCard)[0].post_id == cast["answered_post"]
    assert {note.user_id for note in rows(Notification) if note.kind == "answers.save"} == {cast["member"], cast["medlem"]}


def test_it_is_found_and_read_as_the_library_says_while_its_discussion_stays_closed(browser, card):
    assert browser("member").get("/materials/?q=tasa-arvolain").has(f"a[href='{card.path}']")
    assert browser("member").get("/networks/hr/materials/").has(f"a[href='{card.path}']")
    assert browser("member").get("/").has(f"a[href='{card.path}']")  # what is new, without a size
    assert browser("member").get("/networks/hr/").has(f"a[href='{card.path}']")
    assert browser("moderator").get("/materials/?kind=answer").has(f"a[href='{card.path}']")
    page = browser("contact").get(card.path)  # I-09: the material, not the thread
    assert page.status == 200 and not page.has("#discussed")
    assert browser("contact").get(f"/answers/{card.id}/source").status == 404
    assert browser("visitor").get(card.path).status in (302, 404)


def test_it_is_edited_as_any_material_and_stays_an_answer(browser, card, rows):
    moderator = browser("moderator")
    moderator.submit(moderator.get(f"{card.path}edit"), "main form", abstract_fi="## Vastaus\n\n" + "Pitkä. " * 1000)
    [after] = rows(Material, Material.id == card.id)
    assert (after.kind, after.link_url) == (MaterialKind.ANSWER, card.path)
    assert after.abstract["fi"].startswith("## Vastaus")


def test_its_writer_suggests_it(browser, url, rows):
    medlem = browser("medlem")
    medlem.submit(medlem.get(url), "main form", title="Hakemusten säilytys")
    [made] = rows(Material, Material.kind == MaterialKind.ANSWER)
    assert made.state == MaterialState.DRAFT
    assert "materials.upload" in [note.kind for note in rows(Notification)]


def test_it_is_saved_once_and_with_a_day_of_review(browser, card, url, rows):
    page = browser("moderator").post(url, title="T", question="K", answer="V", language="fi", review_due="2027-06-01")
    assert page.status == 422
    page = browser("moderator").post(url, title="T", question="K", answer="V", language="fi", review_due="")
    assert page.status == 422 and page.has("[aria-invalid=true]")
    assert len(rows(Material, Material.kind == MaterialKind.ANSWER)) == 1


def test_who_asked_without_a_name_and_answered_herself_cannot_own_a_card(browser, rows):
    member = browser("member")
    member.post("/networks/hr/discussions/", title="Arka asia?", body="Kysyn.", kind="question", is_unnamed="y")
    thread = rows(Thread)[-1]
    member.post(f"{thread.path}reply", body="Selvisi itse.")
    post = rows(Post)[-1]
    member.post(f"{thread.path}posts/{post.id}/accept")
    assert member.get(f"/answers/new/{post.id}").status == 403
    moderator = browser("moderator")
    moderator.submit(moderator.get(f"/answers/new/{post.id}"), "main form")
    [card] = rows(Material, Material.kind == MaterialKind.ANSWER)
    page = browser("medlem").get(card.path)
    assert "Selvisi itse." in page.text() and "Lahdenpohja" not in page.text()


@pytest.fixture
def owned(app, cast, card):
    """The card belongs to somebody else than the moderator who hides its answer."""
    with app.app_context():
        db.session.get(Material, card.id).owner_id = cast["medlem"]
        db.session.commit()
    return card


def told(rows, kind):
    return [note.user_id for note in rows(Notification) if note.kind == f"answers.{kind}"]


def state(rows, card):
    return rows(Material, Material.id == card.id)[0].state


def test_it_goes_out_of_the_library_with_a_hidden_answer_and_comes_back(browser, owned, cast, rows):
    moderator, url = browser("moderator"), f"/discussions/{cast['answered_thread']}/posts/{cast['answered_post']}/"
    moderator.post(f"{url}hide", reason="Henkilötietoja.")
    assert state(rows, owned) == MaterialState.ARCHIVED
    assert told(rows, "withdraw") == [cast["medlem"]]
    assert browser("contact").get(owned.path).status == 404
    assert not browser("member").get("/materials/?q=tasa-arvolain").has(f"a[href='{owned.path}']")
    events = [event for event in rows(AuditEvent) if event.name == "materials.archive"]
    assert [(event.is_system, event.thing_id) for event in events] == [(True, str(owned.id))]

    moderator.post(f"{url}restore")
    assert state(rows, owned) == MaterialState.PUBLISHED
    assert told(rows, "bring_back") == [cast["medlem"]]
    assert browser("contact").get(owned.path).status == 200


def test_it_goes_with_a_removed_answer_and_with_a_hidden_discussion(browser, owned, cast, rows):
    url, medlem = f"/discussions/{cast['answered_thread']}/", browser("medlem")
    medlem.post(f"{url}posts/{cast['answered_post']}/delete")
    assert state(rows, owned) == MaterialState.ARCHIVED and told(rows, "withdraw") == [], "she did it herself"
    browser("moderator").post(f"{url}hide", reason="Henkilötietoja.")
    browser("moderator").post(f"{url}restore")
    assert state(rows, owned) == MaterialState.ARCHIVED, "its answer is removed still"
    medlem.post(f"{url}posts/{cast['answered_post']}/undelete")
    assert state(rows, owned) == MaterialState.PUBLISHED


def test_what_an_editor_has_archived_stays_there(browser, owned, cast, rows):
    moderator, url = browser("moderator"), f"/discussions/{cast['answered_thread']}/posts/{cast['answered_post']}/"
    moderator.post(f"{owned.path}archive")
    moderator.post(f"{url}hide", reason="Henkilötietoja.")
    moderator.post(f"{url}restore")
    assert state(rows, owned) == MaterialState.ARCHIVED and told(rows, "withdraw") == []


def test_its_owner_hears_once_that_the_reply_is_not_the_answer_any_more(browser, owned, cast, rows):
    member, url = browser("member"), f"/discussions/{cast['answered_thread']}/posts/{cast['answered_post']}/"
    for _time in range(2):
        member.post(f"{url}unaccept")
    assert told(rows, "unaccept") == [cast["medlem"]]
    assert state(rows, owned) == MaterialState.PUBLISHED


def test_it_stands_in_collections_and_archives_as_a_page(browser, card):
    moderator = browser("moderator")
    assert moderator.get(f"{card.path}file").location == card.path
    assert moderator.get(f"/collections/add?material={card.id}").status == 200
    assert moderator.get(f"{card.path}renew").status == 200
    assert moderator.get(f"{card.path}replace").status in (403, 404)
    assert moderator.get(f"/sharing/outside?material={card.id}").status == 200

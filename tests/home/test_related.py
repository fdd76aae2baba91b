"""On the same topic: what a thread's page offers to read besides, and never what she could not open (I-29, T13)."""

import pytest

from extranet.core import clock
from extranet.core.db import db
from extranet.core.text import LocalText
from extranet.demo.discussions import add_thread
from extranet.discussions.models import Thread, thread_topic
from extranet.materials.models import Material, material_topic
from extranet.materials.text import sort_key
from extranet.networks.topics import Topic
from extranet.pages.models import NetworkPage

TITLE = "Tvåspråkiga arbetsintyg"
ALIKE = ("hr_material", "hr_draft_material", "advisory_material", "hr_page", "hr_draft_page", "advisory_page")


@pytest.fixture
def url(cast):
    return f"/discussions/{cast['hr_thread']}/"


@pytest.fixture
def alike(app, cast):
    """Threads, materials and pages with a title like that of the HR thread: some open, some drafts, some of a secret network, one hidden."""
    with app.app_context():
        for key in ALIKE:
            thing = db.session.get_one(NetworkPage if key.endswith("page") else Material, cast[key])
            thing.title = LocalText(fi=f"Kieliasiaa {key}", sv=f"{TITLE} {key}")
            if isinstance(thing, Material):
                thing.title_key_fi, thing.title_key_sv = (sort_key(thing.title[language]) for language in ("fi", "sv"))
        for key in ("closed_thread", "advisory_thread"):
            db.session.get_one(Thread, cast[key]).title = f"{TITLE} {key}"
        hidden = add_thread(cast["network:hr"], cast["medlem"], f"{TITLE} hidden", ["Dold."], days=1)
        hidden.hidden_at, hidden.hidden_by_id = clock.now(), cast["moderator"]
        db.session.commit()


def offered(page):
    return [link["href"] for link in page.soup.select("#related .list__title a, .list--tight .list__title a")]


def test_up_to_three_that_one_may_open_each_of_another_kind(alike, browser, cast, url, count_queries):
    for name in ("member", "medlem", "moderator"):
        reader = browser(name)
        found = offered(reader.get(url + "related"))
        thread, material, page = sorted(found)
        assert (thread, material) == (f"/discussions/{cast['closed_thread']}/", f"/materials/{cast['hr_material']}/")
        assert page.startswith("/networks/hr/pages/")
        assert [reader.get(link).status for link in found] == [200] * 3
        assert count_queries(lambda reader=reader: reader.get(url + "related")) <= 8


def test_the_page_of_the_thread_fetches_it_and_leads_to_it(alike, browser, url):
    member = browser("member")
    link = member.get(url).soup.select_one("#related a")
    assert link["href"] == link["hx-get"] == url + "related" and "load" in link["hx-trigger"]
    part = member.get(link["href"], target="related")
    assert "Samasta aiheesta" in part.text("h2") and not part.has("h1") and len(offered(part)) == 3


def test_a_shared_topic_is_enough_and_without_one_nothing_is_shown(app, browser, cast, url):
    with app.app_context():
        db.session.get_one(Thread, cast["hr_thread"]).title = "Xyzzy"
        db.session.execute(thread_topic.delete().where(thread_topic.c.thread_id == cast["hr_thread"]))
        db.session.commit()
    member = browser("member")
    assert member.get(url + "related", target="related", **{"X-Poll": "1"}).html.strip() == ""
    assert "Samasta aiheesta ei löytynyt muuta." in member.get(url + "related").text()

    with app.app_context():
        topic = Topic(slug="sallsynt", name=LocalText(fi="Harvinainen", sv="Sällsynt"))
        db.session.add(topic)
        db.session.flush()
        for key in ("hr_thread", "closed_thread", "advisory_thread"):
            db.session.execute(thread_topic.insert().values(thread_id=cast[key], topic_id=topic.id))
        for key in ("hr_material", "hr_draft_material", "advisory_material"):
            db.session.execute(material_topic.insert().values(material_id=cast[key], topic_id=topic.id))
        db.session.commit()
    assert set(offered(member.get(url + "related"))) == {f"/discussions/{cast['closed_thread']}/", f"/materials/{cast['hr_material']}/"}

"""Publishing, archiving, taking back: who hears of it, and who finds it afterwards."""

import pytest

from extranet.core.db import db
from extranet.jobs.models import Job
from extranet.materials.models import Material, MaterialState
from extranet.materials.tasks import tell_members
from extranet.notifications.models import Notification


@pytest.fixture
def draft(cast):
    return f"/materials/{cast['hr_draft_material']}/"


@pytest.fixture
def told(app, rows, cast):
    """Have the worker tell the members, as far as a job waits."""

    def tell():
        jobs = rows(Job, Job.name == "materials.tell_members")
        with app.app_context():
            for job in jobs:
                tell_members(**job.kwargs)
            db.session.commit()
        return [n.user_id for n in rows(Notification)]

    return tell


def state(rows, cast, name="hr_draft_material"):
    return rows(Material, Material.id == cast[name])[0].state


def test_members_hear_of_what_was_published(browser, draft, rows, cast, told):
    moderator = browser("moderator")
    assert f"{draft}publish" in moderator.get(draft).links()
    page = moderator.submit(moderator.get(f"{draft}publish"), f"form[action='{draft}publish']")
    assert page.status == 200
    assert state(rows, cast) == MaterialState.PUBLISHED
    assert sorted(told()) == sorted([cast["member"], cast["medlem"]])
    assert browser("medlem").get(draft).status == 200
    assert browser("contact").get(draft).status == 200


def test_publishing_twice_tells_once(browser, draft, rows, cast, told):
    browser("moderator").post(f"{draft}publish")
    browser("admin").post(f"{draft}publish")
    assert len(rows(Job, Job.name == "materials.tell_members")) == 1
    assert len(told()) == len(set(told())) == 2


def test_nobody_hears_of_what_was_archived_meanwhile(browser, draft, told):
    browser("moderator").post(f"{draft}publish")
    browser("moderator").post(f"{draft}archive")
    assert told() == []


def test_archiving_takes_back_what_was_told(browser, draft, rows, cast, told):
    browser("moderator").post(f"{draft}publish")
    assert told()
    browser("moderator").post(f"{draft}archive")
    assert rows(Notification) == []
    assert browser("medlem").get(draft).status == 404
    assert browser("medlem").get(f"{draft}file").status == 404
    assert browser("contact").get(draft).status == 404
    assert browser("member").get(draft).status == 200, "its owner still finds it"


def test_back_from_the_archive_it_is_what_it_was(browser, draft, rows, cast, told):
    moderator = browser("moderator")
    moderator.post(f"{draft}archive")
    moderator.post(f"{draft}unarchive")
    assert state(rows, cast) == MaterialState.DRAFT
    published = f"/materials/{cast['hr_material']}/"
    moderator.post(f"{published}archive")
    assert moderator.post(f"{published}publish").status == 422
    moderator.post(f"{published}unarchive")
    moderator.post(f"{published}unarchive")
    assert state(rows, cast, "hr_material") == MaterialState.PUBLISHED
    assert told() == [], "nobody is told again"


def test_the_owner_of_a_draft_cannot_publish_it(browser, draft, rows, cast):
    assert f"{draft}publish" not in browser("member").get(draft).links()
    assert browser("member").post(f"{draft}publish").status == 403
    assert state(rows, cast) == MaterialState.DRAFT


def test_a_member_who_leaves_loses_her_own_draft_too(browser, draft, app, cast):
    from sqlalchemy import update

    from extranet.networks.models import Membership, MembershipState

    with app.app_context():
        db.session.execute(update(Membership).where(Membership.user_id == cast["member"]).values(state=MembershipState.LEFT))
        db.session.commit()
    assert browser("member").get(draft).status == 404
    assert browser("member").get(f"{draft}file").status == 404

"""Administrators look after people."""

import re

import pytest
import time_machine

from extranet.accounts import people_actions
from extranet.accounts.models import Grant, OneTimeToken, RoleGrant, User, UserState
from extranet.audit.models import AuditEvent
from extranet.core.db import db
from extranet.core.errors import NotAllowed, Refused
from extranet.core.viewer import Viewer
from extranet.mail.models import Letter
from tests.page import Browser

ADMIN_NAMES = ("newcomer", "member", "staff", "contact", "deputy", "orgadmin", "moderator", "expert", "dpo")


def names(page):
    return [a.get_text() for a in page.soup.select("tbody th a")]


def grants(rows, user_id):
    return [(g.role, g.organisation_id) for g in rows(RoleGrant, RoleGrant.user_id == user_id)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mÄKI", ["Mäkiranta Sanna"]),
        ("q=Sanna+Mäkiranta", ["Mäkiranta Sanna"]),
        ("q=CONTACT@", ["Virtasalo Kaisa"]),
        ("q=%25", []),
        ("role=org_admin", ["Heinonsalo Outi"]),
        ("role=expert&q=koski", ["Koskivuori Eero"]),
        ("state=suspended", []),
        ("state=nonsense&q=siltavuori", ["Siltavuori Ulla"]),
    ],
)
def test_people_are_found(browser, query, found):
    assert names(browser("admin").get(f"/admin/people/?{query}")) == found


def test_people_of_an_organisation_are_found(browser, rows, cast):
    organisation_id = rows(User, User.id == cast["contact"])[0].organisation_id
    page = browser("admin").get(f"/admin/people/?organisation={organisation_id}")
    assert names(page) == ["Heinonsalo Outi", "Lindqvist Daniel", "Virtasalo Kaisa"]
    assert page.soup.select_one("#organisation option[selected]").get_text() == "Porvoo"


def test_fifty_to_a_page_with_the_same_queries(app, browser, count_queries):
    here = browser("admin")
    here.get("/admin/people/")
    few = count_queries(lambda: here.get("/admin/people/"))
    with app.app_context():
        db.session.add_all(
            User(email=f"p{n}@porvoo.example", first_name="P", last_name=f"Ö{n:03}", state=UserState.ACTIVE) for n in range(120)
        )
        db.session.commit()
    assert count_queries(lambda: here.get("/admin/people/")) == few <= 8
    page = here.get("/admin/people/?q=porvoo&page=2")
    assert len(names(page)) == 50
    assert "/admin/people/?q=porvoo&page=3" in page.links()
    assert len(names(here.get("/admin/people/?q=porvoo&page=99"))) == 20


def test_somebody_is_invited(browser, cast, rows):
    here = browser("admin")
    form = here.get("/admin/people/invite")
    organisation = next(o["value"] for o in form.soup.select("#organisation option") if o.get_text() == "Porvoo")
    page = here.submit(
        form, "main form", email="Uusi@porvoo.example", first_name="Uusi", last_name="Tulija", organisation=organisation, language="sv"
    )
    assert "Kutsu on matkalla osoitteeseen uusi@porvoo.example." in page.text("#flash")
    user = rows(User, User.email == "uusi@porvoo.example")[0]
    assert (user.state, user.language, user.organisation_id) == (UserState.INVITED, "sv", int(organisation))
    (letter,) = rows(Letter)
    link = re.search(r"/invitation/\S+", letter.text)[0]
    assert Browser(here.app).get(link).status == 200
    here.submit(page, f"form[action='/admin/people/{user.id}/reinvite']")
    assert len(rows(Letter)) == 2 and Browser(here.app).get(link).status == 410
    assert [e.name for e in rows(AuditEvent)] == ["accounts.invite", "accounts.reinvite"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "contact@extranet.example"}, "on jo jollakulla"),
        ({"email": "contact"}, "nimi@organisaatio.example"),
        ({"first_name": ""}, "Kirjoita etunimi"),
        ({"organisation": "999999"}, ""),
    ],
)
def test_a_wrong_invitation_sends_nothing(browser, rows, data, words):
    fields = {
        "email": "uusi@porvoo.example",
        "first_name": "Uusi",
        "last_name": "Tulija",
        "side": "none",
        "language": "fi",
        "organisation": "",
    }
    page = browser("admin").post("/admin/people/invite", **(fields | data))
    assert page.status == 422 and words in page.text()
    assert rows(Letter) == [] and rows(AuditEvent) == []


def test_a_suspended_person_is_out_and_comes_back(browser, cast, rows):
    here, hers = browser("admin"), browser("member")
    page = here.submit(here.get(f"/admin/people/{cast['member']}/"), "form[action$='/suspend']", reason="Työsuhde päättyi.")
    assert "kirjattiin ulos kaikkialta" in page.text("#flash") and "Jäädytetty" in page.text(".meta")
    assert hers.get("/account/").status == 302
    (event,) = rows(AuditEvent)
    assert (event.name, event.reason, event.thing_id) == ("accounts.suspend", "Työsuhde päättyi.", str(cast["member"]))
    here.submit(page, "form[action$='/restore']")
    assert rows(User, User.id == cast["member"])[0].state == UserState.ACTIVE
    assert hers.get("/account/").status == 302, "the ended sessions stay ended"
    assert browser("member").get("/account/").status == 200


def test_a_reason_is_asked_for(browser, cast, rows):
    page = browser("admin").post(f"/admin/people/{cast['member']}/suspend", reason="  ")
    assert page.status == 422 and "Kirjoita syy" in page.text("[data-errors]")
    assert rows(User, User.id == cast["member"])[0].is_active


def test_an_invitation_ends_with_the_suspension_and_begins_anew(browser, rows):
    here = browser("admin")
    here.post("/admin/people/invite", email="u@p.example", first_name="U", last_name="T", side="none", language="fi", organisation="")
    user = rows(User, User.email == "u@p.example")[0]
    here.post(f"/admin/people/{user.id}/suspend", reason="Wrong address.")
    assert rows(OneTimeToken)[0].used_at is not None
    here.post(f"/admin/people/{user.id}/restore")
    assert rows(User, User.id == user.id)[0].state == UserState.INVITED and len(rows(Letter)) == 2


def test_sessions_are_ended(browser, cast):
    here, hers = browser("admin"), browser("member")
    here.submit(here.get(f"/admin/people/{cast['member']}/"), "form[action$='/end-sessions']")
    assert hers.get("/account/").status == 302 and here.get("/account/").status == 200


def test_a_role_is_given_for_a_while_and_taken_back(browser, cast, rows, viewer):
    here = browser("admin")
    with time_machine.travel("2026-11-23 08:00Z", tick=False) as moment:
        here = browser("admin")
        page = here.submit(here.get(f"/admin/people/{cast['member']}/"), "form[action$='/grant']", role="expert", valid_until="2026-11-24")
        assert "Asiantuntija" in page.text("section[aria-labelledby=roles]")
        assert viewer("member").is_expert
        moment.shift(48 * 3600)
        assert not viewer("member").is_expert
    assert rows(AuditEvent)[-1].detail == {"role": "expert"}
    here = browser("admin")
    here.submit(here.get(f"/admin/people/{cast['member']}/"), "form[action$='/revoke']")
    assert grants(rows, cast["member"]) == []


def test_a_main_user_has_an_organisation(browser, cast, rows):
    here = browser("admin")
    url = f"/admin/people/{cast['member']}/grant"
    organisation_id = rows(User, User.id == cast["member"])[0].organisation_id
    assert here.post(url, role="org_admin", organisation="").status == 422
    assert here.post(url, role="expert", organisation=str(organisation_id)).status == 422
    assert here.post(url, role="nonsense", organisation="").status == 422
    assert here.post(url, role="org_admin", organisation=str(organisation_id)).status == 303
    assert here.post(url, role="org_admin", organisation=str(organisation_id)).status == 303, "twice is once"
    assert grants(rows, cast["member"]) == [(Grant.ORG_ADMIN, organisation_id)]
    assert here.post(f"/admin/people/{cast['member']}/revoke", role="org_admin", organisation=str(organisation_id)).status == 303
    assert here.post(f"/admin/people/{cast['member']}/revoke", role="org_admin", organisation=str(organisation_id)).status == 404


@pytest.mark.parametrize("name", ADMIN_NAMES)
def test_nobody_else_gives_roles_even_past_the_page(app, viewer, cast, name):
    """T18: the action itself refuses, whoever calls it."""
    who: Viewer = viewer(name)
    with app.app_context():
        for user_id in (cast[name], cast["newcomer"]):
            user = db.session.get(User, user_id)
            for do in (people_actions.grant, people_actions.revoke):
                with pytest.raises(NotAllowed):
                    do(who, user, role=Grant.ADMIN)
            with pytest.raises(NotAllowed):
                people_actions.suspend(who, user, reason="x")


def test_an_administrator_keeps_her_own_role_and_account(browser, cast, rows):
    here = browser("admin")
    page = here.post(f"/admin/people/{cast['admin']}/revoke", role="admin", organisation="")
    assert page.status == 422 and "Omaa pääkäyttäjän roolia" in page.text()
    assert here.post(f"/admin/people/{cast['admin']}/suspend", reason="x").status == 422
    assert here.post(f"/admin/people/{cast['admin']}/grant", role="admin", organisation="", valid_until="2999-01-01").status == 422
    assert grants(rows, cast["admin"]) == [(Grant.ADMIN, None)]


def test_the_service_keeps_an_administrator(app, cast, viewer):
    temporary = viewer("admin")
    other = Viewer(user_id=cast["expert"], grants=frozenset({"admin"}))
    with app.app_context():
        admin = db.session.get(User, cast["admin"])
        for do in (lambda: people_actions.revoke(other, admin, role=Grant.ADMIN), lambda: people_actions.suspend(other, admin, reason="x")):
            with pytest.raises(Refused):
                do()
        people_actions.grant(temporary, db.session.get(User, cast["expert"]), role=Grant.ADMIN)
        people_actions.revoke(other, admin, role=Grant.ADMIN)
        db.session.rollback()


def test_every_page_of_a_person_is_rendered(browser, cast):
    here = browser("admin")
    for name in ("admin", "contact", "member", "orgadmin", "external", "medlem"):
        page = here.get(f"/admin/people/{cast[name]}/")
        assert page.status == 200
    assert here.get("/admin/people/99999/").status == 404
    assert "Porvoo" in here.get(f"/admin/people/{cast['contact']}/").text("section[aria-labelledby=places]")

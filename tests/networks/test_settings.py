"""What leads and administrators decide about the network itself."""

import pytest

from extranet.audit.models import AuditEvent
from extranet.mail.models import Letter
from extranet.networks.models import DiscussionEntry, Network, OrganisationParticipation
from extranet.pages.models import NetworkPage
from tests.networks.places import id_of, place

RULES = {"kind": "hr", "parent_id": "0", "visibility": "public", "join_policy": "request", "employer_only": "y"}
LEARNING = {"kind": "learning", "parent_id": "0", "visibility": "public", "join_policy": "open"}


def one(rows, slug):
    return rows(Network, Network.slug == slug)[0]


def test_a_leader_writes_the_texts_in_both_languages(browser, rows):
    maija = browser("moderator")
    page = maija.submit(maija.get("/networks/hr/settings"), "main form", purpose_fi="Uusi tarkoitus.", purpose_sv="Nytt syfte.")
    assert page.status == 200
    network = one(rows, "hr")
    assert dict(network.purpose) == {"fi": "Uusi tarkoitus.", "sv": "Nytt syfte."}
    assert network.ground_rules_version == 1 and dict(network.goals)["fi"].startswith("Hyvät käytännöt")
    assert "Nytt syfte." in browser("member", "sv").get("/networks/hr/?lang=sv").text()


def test_new_ground_rules_are_a_new_version(browser, rows):
    maija = browser("moderator")
    maija.submit(maija.get("/networks/hr/settings"), "main form", ground_rules_fi="- Ole **reilu** <script>")
    network = one(rows, "hr")
    assert network.ground_rules_version == 2
    assert "<strong>reilu</strong>" in network.ground_rules_html["fi"] and "<script" not in network.ground_rules_html["fi"]


def test_a_leader_sees_no_rules_of_access(browser):
    page = browser("moderator").get("/networks/hr/settings")
    assert not page.has("form[action$='/govern']") and not page.has("form[action$='/state']")


def test_turning_a_network_employer_only_demands_a_decision_about_staff(browser, rows, cast):
    auli = browser("admin")
    page = auli.post("/networks/work-and-life/govern", employer_only="y", **LEARNING)
    assert page.status == 422 and "Sanna Mäkiranta" in page.text()
    assert not one(rows, "work-and-life").employer_only and place(rows, cast, "staff", "work-and-life") == ("active", "member")
    page = auli.submit(page, "form[action$='/govern']", exclude_staff="y")
    assert page.status == 200
    assert one(rows, "work-and-life").employer_only and place(rows, cast, "staff", "work-and-life") == ("removed", "member")
    assert rows(Letter)[-1].to == "staff@extranet.example"
    assert browser("staff").get("/networks/work-and-life/members").status == 403


def test_a_network_that_is_public_no_longer_has_no_public_pages(browser, rows, cast):
    visitor = browser("visitor")
    assert visitor.get("/networks/hr/pages/kuka-voi-liittya").status == 200
    browser("admin").post("/networks/hr/govern", **RULES | {"visibility": "listed"})
    assert visitor.get("/networks/hr/pages/kuka-voi-liittya").status == 404
    assert not rows(NetworkPage, NetworkPage.id == cast["hr_public_page"])[0].is_public
    browser("admin").post("/networks/hr/govern", **RULES)
    assert visitor.get("/networks/hr/pages/kuka-voi-liittya").status == 404


def test_sub_networks_are_one_storey_deep(browser, rows, cast):
    auli = browser("admin")
    hr, core = str(cast["network:hr"]), str(cast["network:work-and-life-core"])
    assert auli.post("/networks/hr/govern", **RULES | {"parent_id": str(cast["network:contact-persons"])}).status == 422
    assert auli.post("/networks/wellbeing-counties/govern", **RULES | {"kind": "employer", "parent_id": core}).status == 422
    assert auli.post("/networks/wellbeing-counties/govern", **RULES | {"kind": "employer", "parent_id": hr}).status == 303
    assert one(rows, "wellbeing-counties").parent_id == cast["network:hr"]
    assert auli.post("/networks/contact-persons/govern", **RULES | {"kind": "development"}).status == 422


def test_a_network_that_becomes_a_core_team_brings_its_members_along(browser, rows, cast):
    data = {
        "kind": "development",
        "parent_id": str(cast["network:work-and-life"]),
        "visibility": "listed",
        "join_policy": "open",
        "employer_only": "y",
    }
    assert browser("admin").post("/networks/rewarding/govern", **data).status == 303
    assert place(rows, cast, "expert", "rewarding") == ("active", "lead")
    assert place(rows, cast, "expert", "work-and-life") == ("active", "member")


def test_an_archived_network_is_read_only_until_it_is_reopened(browser, rows, cast):
    auli, maija = browser("admin"), browser("moderator")
    auli.post("/networks/hr/state", state="archived")
    assert one(rows, "hr").ends_on is not None
    assert maija.get("/networks/hr/").status == 200 and maija.get("/networks/hr/members").status == 200
    assert maija.post("/networks/hr/change", purpose_fi="Muutos").status == 403
    assert maija.post(f"/networks/hr/members/{cast['hr_request']}/approve").status == 403
    assert auli.post("/networks/hr/govern", **RULES).status == 422
    assert "/networks/hr/join" not in browser("newcomer").get("/networks/hr/").links()
    assert auli.post("/networks/hr/state", state="active").status == 303
    assert maija.post("/networks/hr/change", purpose_fi="Muutos").status == 303


def test_a_network_is_founded_as_a_draft_and_opened_with_a_leader(browser, rows, cast):
    auli = browser("admin")
    page = auli.submit(auli.get("/networks/new"), "main form", slug="new", name_fi="Uusi", kind="theme", employer_only=[])
    assert page.status == 200
    page = auli.submit(
        auli.get("/networks/new"), "main form", slug="onboarding", name_fi="Perehdytys", name_sv="Introduktion", kind="theme"
    )
    network = one(rows, "onboarding")
    assert (network.state, network.visibility, network.employer_only) == ("draft", "listed", True)
    assert browser("member").get("/networks/onboarding/").status == 404
    assert auli.post("/networks/onboarding/state", state="active").status == 422
    auli.post("/networks/onboarding/members/invite", email="member@extranet.example")
    browser("member").post("/networks/onboarding/accept", declares_employer_side="y")
    milla = [m for m in [id_of(rows, {**cast, "network:onboarding": network.id}, "member", "onboarding")]][0]
    auli.post(f"/networks/onboarding/members/{milla}/role", role="lead")
    assert auli.post("/networks/onboarding/state", state="active").status == 303
    assert browser("newcomer").get("/networks/onboarding/").status == 200


@pytest.mark.parametrize("slug", ["hr", "Ei näin", "-x", "a b", ""])
def test_an_address_is_new_and_plain(browser, rows, slug):
    before = len(rows(Network))
    page = browser("admin").post("/networks/new", slug=slug, name_fi="Nimi", **RULES)
    assert page.status == 422 and page.has("#slug[aria-invalid=true]")
    assert len(rows(Network)) == before


def test_a_founder_names_the_leader_by_address(browser, rows, cast):
    data = RULES | {"slug": "onboarding", "name_fi": "Perehdytys", "kind": "theme"}
    assert browser("admin").post("/networks/new", leader="ghost@extranet.example", **data).status == 422
    assert browser("admin").post("/networks/new", leader="member@extranet.example", **data).status == 303
    network = one(rows, "onboarding")
    assert place(rows, cast | {"network:onboarding": network.id}, "member", "onboarding") == ("active", "lead")


def test_organisations_take_part_and_stop(browser, rows, cast):
    maija = browser("moderator")
    maija.submit(maija.get("/networks/hr/organisations"), "main form.form", code="609", is_public="y")
    assert "Pori" in browser("visitor").get("/networks/hr/").text()
    assert maija.post("/networks/hr/organisations/add", code="609", is_public="y").status == 422
    row = rows(OrganisationParticipation, OrganisationParticipation.network_id == cast["network:hr"])[0]
    assert maija.post(f"/networks/hr/organisations/{row.id}/remove").status == 303
    assert rows(OrganisationParticipation, OrganisationParticipation.id == row.id)[0].until is not None
    maija.post("/networks/hr/organisations/add", code="609")
    assert "Pori" not in browser("visitor").get("/networks/hr/").text()
    assert "Pori" in browser("member").get("/networks/hr/about").text()


def test_an_administrator_enters_closed_discussions_by_a_logged_act(browser, rows, cast, viewer):
    auli = browser("admin")
    assert auli.post("/networks/hr/enter-discussions", reason="").status == 422
    assert rows(DiscussionEntry) == []
    auli.post("/networks/hr/enter-discussions", reason="Ilmoitus viestistä.")
    assert viewer("admin").entered == {cast["network:hr"]}
    event = rows(AuditEvent, AuditEvent.name == "networks.enter_discussions")[0]
    assert (event.user_id, event.network_id, event.reason) == (cast["admin"], cast["network:hr"], "Ilmoitus viestistä.")
    letter = rows(Letter)[-1]
    assert letter.to == "moderator@extranet.example" and "Ilmoitus viestistä." in letter.text


@pytest.mark.parametrize("slug", ["hr-advisory-board", "fresh"])
def test_founding_tells_nobody_which_addresses_are_taken(browser, slug):
    page = browser("newcomer").post("/networks/new", **RULES | {"slug": slug, "name_fi": "", "leader": "no@x.example"})
    assert page.status == 403


@pytest.mark.parametrize("verb", ["organisations/add", "enter-discussions", "change", "govern", "state"])
def test_an_empty_form_is_refused_as_a_full_one(browser, verb):
    assert browser("member").post(f"/networks/hr/{verb}").status == 403

"""Billing details: odd ones are saved and warned about, and everybody sees only the own organisation's."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from extranet.billing import policy
from extranet.billing.checks import warn_of
from extranet.billing.models import BillingProfile, CostShare
from extranet.core.db import db
from extranet.core.viewer import NOBODY
from extranet.networks.access import viewer_for
from extranet.organisations.models import Organisation
from tests.billing.conftest import PROFILE


def test_details_are_kept(browser, profile, rows, cast):
    contact = browser("contact")
    assert contact.get("/billing/").has("a[href='/billing/profile/638']")
    form = contact.get("/billing/profile/638")
    assert form.soup.select_one("[name=invoice_name]")["value"] == "Porvoo"
    page = contact.submit(form, "main form", **PROFILE | {"einvoice_address": " 0037 9900 0229 ", "operator_code": "003721291126"})
    saved = rows(BillingProfile)[0]
    assert (saved.einvoice_address, saved.payment_term_days, saved.updated_by_id) == ("003799000229", 21, cast["contact"])
    assert not page.has(".callout--warn")
    assert profile("orgadmin", cost_centre="").status == 303 and profile("admin").status == 303
    assert len(rows(BillingProfile)) == 1
    assert "003799000229" in browser("deputy").get("/billing/").text("main")


@pytest.mark.parametrize(
    ("odd", "says"),
    [
        ({"business_id": "9900022-1"}, "tarkistusnumero"),
        ({"einvoice_address": "laskut@porvoo.example"}, "poikkeava"),
        ({"einvoice_address": "003700000000"}, "eri Y-tunnus"),
        ({"operator_code": ""}, "välittäjätunnusta"),
        ({"operator_code": "X"}, "8 tai 11"),
    ],
)
def test_odd_numbers_are_saved_with_a_warning(browser, profile, rows, odd, says):
    """A Y-tunnus with a wrong check digit does not keep anybody from being billed."""
    assert profile(**odd).status == 303
    assert says in browser("contact").get("/billing/profile/638").text(".callout--warn")
    assert says in browser("contact").get("/billing/").text("main")
    saved = rows(BillingProfile)[0]
    assert {name: getattr(saved, name).lower() for name in odd} == {name: text.lower() for name, text in odd.items()}


@pytest.mark.parametrize("address", ["003799000229", "TE003799000229", "0037990002290001", "FI2112345600000785"])
def test_usual_addresses(app, address):
    with app.test_request_context():
        assert warn_of("9900022-9", address, "OKOYFIHH") == []


@pytest.mark.parametrize(
    "wrong",
    [{"invoice_name": ""}, {"invoice_name": "x"}, {"payment_term_days": "13"}, {"payment_term_days": ""}, {"street": "x" * 106}, {"business_id": "1" * 21}],
)  # fmt: skip
def test_what_fits_nowhere_is_refused(profile, rows, wrong):
    page = profile(**wrong)
    assert page.status == 422 and page.has(f"#{next(iter(wrong))}-error") and rows(BillingProfile) == []


def test_a_merged_organisation_has_no_details_of_its_own(browser, stage, profile):
    with stage.app.app_context():
        ids = dict(db.session.execute(select(Organisation.code, Organisation.id)).all())
        db.session.execute(update(Organisation).where(Organisation.code == "638").values(successor_id=ids["091"]))
        db.session.commit()
    assert "Helsin" in browser("contact").get("/billing/profile/638").text("main")
    assert profile().status == 422


def test_whose_shares(stage, browser, day, pay, approve, rows):
    """In Python and in SQL the same: one's own, and those of what was merged into it."""
    event = day({code: ["attended"] for code in ("091", "284", "638")})
    pay(event)
    approve(event)
    with stage.app.app_context():
        ids = dict(db.session.execute(select(Organisation.code, Organisation.id)).all())
        db.session.execute(update(Organisation).where(Organisation.code == "284").values(successor_id=ids["638"]))
        db.session.commit()
        shares = list(db.session.scalars(select(CostShare).options(joinedload(CostShare.organisation))))
        everybody = {name: viewer_for(user_id) for name, user_id in stage.ids.items() if user_id} | {"visitor": NOBODY}
        seen = {}
        for name, viewer in everybody.items():
            seen[name] = set(db.session.scalars(select(CostShare.code).where(policy.shares_visible_to(viewer))))
            assert seen[name] == {share.code for share in shares if policy.can_see_share(viewer, share)}, name
    assert {name for name, codes in seen.items() if codes} == {"contact", "deputy", "orgadmin"} and seen["contact"] == {"284", "638"}
    assert len(browser("contact").get("/billing/").soup.select("tbody tr")) == 2
    assert browser("member").get("/billing/").has(".empty")


def test_the_list_asks_a_constant_number_of_questions(browser, day, pay, approve, count_queries):
    contact = browser("contact")
    contact.get("/billing/")

    def one_more():
        event = day({"638": ["attended"]})
        pay(event)
        approve(event)
        return count_queries(lambda: contact.get("/billing/"))

    assert one_more() == one_more() <= 8

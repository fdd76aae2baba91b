"""Days that have been held, people who came, and the seller's details."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from extranet.core import clock
from extranet.core.db import db
from extranet.core.settings import put_setting
from extranet.core.text import LocalText
from extranet.events.kinds import EventState, EventType, Mode, SignupState
from extranet.events.models import Event, Signup
from extranet.networks.models import Network
from extranet.organisations.models import Organisation

SELLER = {
    "name": "Verkostopalvelu & kumppanit",
    "business_id": "1234567-1",
    "iban": "FI2112345600000785",
    "bic": "OKOYFIHH",
    "einvoice_address": "003712345671",
    "operator_code": "003708599126",
}
PROFILE = {
    "invoice_name": "Porvoon kaupunki",
    "business_id": "9900022-9",
    "einvoice_address": "003799000229",
    "operator_code": "003721291126",
    "buyer_reference": "HR-2026",
    "cost_centre": "4711",
    "street": "Raatihuoneenkatu 9",
    "postcode": "06100",
    "city": "Porvoo",
    "payment_term_days": "21",
}


@pytest.fixture
def day(stage):
    """`day({"638": ["attended"], "091": ["no_show", "attended"]})`: a network day of the HR network that was held, and who came."""

    def make(people=None, days=-10, state=EventState.HELD, network="hr", **more):
        with stage.app.app_context():
            begins = clock.now() + timedelta(days=days)
            event = Event(
                network_id=stage.networks[network], type=more.pop("type", EventType.NETWORK_DAY), mode=Mode.ONSITE, state=state,
                title=LocalText(fi="Verkostopäivä <1> & muuta", sv="Nätverksdag <1> & annat"), starts_at=begins,
                ends_at=begins + timedelta(hours=6), **more,
            )  # fmt: skip
            db.session.add(event)
            db.session.flush()
            for code, states in (people or {}).items():
                organisation_id = db.session.scalar(select(Organisation.id).where(Organisation.code == code))
                for number, one in enumerate(states):
                    late = one == "late"
                    db.session.add(
                        Signup(
                            event_id=event.id, guest_email=f"{code}-{number}@vieras.example", guest_name="Vieras", organisation_id=organisation_id,
                            mode=Mode.ONSITE, state=SignupState.CANCELLED if late else SignupState(one), cancelled_late=late,
                            cancel_charge_cents=more.get("price_cents", 0) // 2 if late else 0,
                            cancelled_at=clock.now() if late or one == "cancelled" else None,
                        )
                    )  # fmt: skip
            db.session.commit()
            return event.id

    return make


@pytest.fixture
def mark(stage):
    """Add one who came."""

    def add(event_id, code, state="attended"):
        with stage.app.app_context():
            organisation_id = db.session.scalar(select(Organisation.id).where(Organisation.code == code))
            db.session.add(
                Signup(event_id=event_id, guest_email=f"{code}-x@vieras.example", organisation_id=organisation_id, mode=Mode.ONSITE, state=SignupState(state))
            )  # fmt: skip
            db.session.commit()

    return add


@pytest.fixture
def fund(stage):
    """The network's first days are paid by somebody."""

    def change(number, network="hr"):
        with stage.app.app_context():
            found = db.session.get(Network, stage.networks[network])
            found.funded_first_n_days, found.funder = number, LocalText(fi="Kehittämisohjelma", sv="Utvecklingsprogrammet")
            db.session.commit()

    return change


@pytest.fixture
def seller(stage):
    with stage.app.app_context():
        put_setting("seller", SELLER)
        db.session.commit()


@pytest.fixture
def pay(browser):
    """Write down a cost."""

    def add(event_id, amount="1000", vat="25,5", label="Asiantuntijan palkkio", name="moderator", kind="expert_fee"):
        done = browser(name).post(f"/events/{event_id}/costs/add", kind=kind, label=label, amount=amount, vat_percent=vat)
        assert done.status == 303, done.text()

    return add


@pytest.fixture
def approve(browser):
    """Look at the split and approve it as somebody."""

    def press(event_id, name="moderator", **fields):
        someone = browser(name)
        return someone.submit(someone.get(f"/events/{event_id}/costs/approve"), "main form", **fields)

    return press


@pytest.fixture
def profile(browser):
    """Porvoo's billing details."""

    def write(name="contact", code="638", **fields):
        return browser(name).post(f"/billing/profile/{code}", **(PROFILE | fields))

    return write

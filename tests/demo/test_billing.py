"""The learning network's three days: two that were funded, a third that was split."""

from sqlalchemy import select

from extranet.billing.models import BillingProfile, CostShare, CostSplit
from extranet.core.settings import Setting
from extranet.events.models import Event
from extranet.organisations.business_id import is_valid_business_id


def test_the_third_day_is_split(demo):
    splits = demo.execute(select(CostSplit, Event.title).join(Event).order_by(Event.starts_at)).all()
    assert [(split.rule, split.total_cents) for split, _title in splits] == [("funded", 0), ("funded", 0), ("equal", 163_742)]
    assert splits[2].title["fi"] == "Kolmas verkostopäivä Porissa" and splits[0].CostSplit.funder["sv"]
    shares = dict(demo.execute(select(CostShare.code, CostShare.cents).where(CostShare.split_id == splits[2].CostSplit.id)).all())
    assert shares == {"091": 32_749, "109": 32_749, "224": 32_748, "609": 32_748, "638": 32_748}
    assert "PARTNER" not in shares


def test_profiles_are_invented(demo):
    profiles = list(demo.scalars(select(BillingProfile)))
    assert len(profiles) == 4 and all(one.business_id.startswith("99") for one in profiles)
    assert [one.business_id for one in profiles if not is_valid_business_id(one.business_id)] == ["9900055-0"], (
        "one is there to be warned about"
    )
    seller = demo.scalar(select(Setting.value).where(Setting.name == "seller"))
    assert is_valid_business_id(seller["business_id"])

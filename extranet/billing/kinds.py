"""The kinds of costs and the rules by which they are charged, with their words."""

from enum import StrEnum

from extranet.core.i18n import N_, gettext


class CostKind(StrEnum):
    """S2-21."""

    EXPERT_FEE = "expert_fee"
    COFFEE = "coffee"
    VENUE = "venue"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(gettext(_KINDS[self]))


class Rule(StrEnum):
    """equal: the costs by the number of organisations (I-19); funded: a funder pays them (I-20); price: what each one's people cost."""

    EQUAL = "equal"
    FUNDED = "funded"
    PRICE = "price"

    @property
    def label(self) -> str:
        return str(gettext(_RULES[self]))


_KINDS = {
    CostKind.EXPERT_FEE: N_("Expert's fee"),
    CostKind.COFFEE: N_("Coffee and meals"),
    CostKind.VENUE: N_("Venue"),
    CostKind.OTHER: N_("Other cost"),
}
_RULES = {
    Rule.EQUAL: N_("The costs in equal shares, one for each organisation"),
    Rule.FUNDED: N_("A funder pays; every share is 0"),
    Rule.PRICE: N_("The price of the event for each participant"),
}

"""The kinds of events and sign-ups, and the states they go through, with their words."""

from enum import StrEnum

from extranet.core.i18n import N_, gettext


class EventType(StrEnum):
    MEETING = "meeting"
    IDEA_WORKSHOP = "idea_workshop"
    INFO_BURST = "info_burst"
    INFO_STREAM = "info_stream"
    TRAINING = "training"
    NETWORK_DAY = "network_day"
    WEBINAR = "webinar"
    OTHER = "other"

    @property
    def label(self) -> str:
        return str(gettext(_TYPE_LABELS[self]))


class Mode(StrEnum):
    """How an event is held; a person takes part on site or remotely."""

    ONSITE = "onsite"
    REMOTE = "remote"
    HYBRID = "hybrid"

    @property
    def label(self) -> str:
        return str(gettext(_MODE_LABELS[self]))


class Audience(StrEnum):
    """Who may sign up: the network's members; contact persons too; anyone signed in."""

    NETWORK = "network"
    CONTACT_PERSONS = "contact_persons"
    SIGNED_IN = "signed_in"

    @property
    def label(self) -> str:
        return str(gettext(_AUDIENCE_LABELS[self]))


class ChoiceRule(StrEnum):
    """How places in parallel workshops are given: to the first who come, or by a draw over ranked wishes."""

    FIRST_COME = "first_come"
    WISHES = "wishes"

    @property
    def label(self) -> str:
        return str(gettext(_RULE_LABELS[self]))


class EventState(StrEnum):
    """Being full is not a state: it is counted."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    HELD = "held"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class SignupState(StrEnum):
    """Waiting people get an offer in their turn; after the event it says who came."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REPLACED = "replaced"
    ATTENDED = "attended"
    NO_SHOW = "no_show"

    @property
    def label(self) -> str:
        return str(gettext(_SIGNUP_LABELS[self]))


_TYPE_LABELS = {
    EventType.MEETING: N_("Network meeting"),
    EventType.IDEA_WORKSHOP: N_("Idea workshop"),
    EventType.INFO_BURST: N_("Info burst"),
    EventType.INFO_STREAM: N_("Info stream"),
    EventType.TRAINING: N_("Training"),
    EventType.NETWORK_DAY: N_("Network day"),
    EventType.WEBINAR: N_("Webinar"),
    EventType.OTHER: N_("Other event"),
}
_MODE_LABELS = {Mode.ONSITE: N_("On site"), Mode.REMOTE: N_("Remotely"), Mode.HYBRID: N_("On site or remotely")}
_AUDIENCE_LABELS = {
    Audience.NETWORK: N_("Members of the network"),
    Audience.CONTACT_PERSONS: N_("Members and contact persons"),
    Audience.SIGNED_IN: N_("Everyone who has signed in"),
}
_RULE_LABELS = {
    ChoiceRule.FIRST_COME: N_("To those who come first"),
    ChoiceRule.WISHES: N_("People tell their wishes, and a fair draw gives the places"),
}
_SIGNUP_LABELS = {
    SignupState.CONFIRMED: N_("Place confirmed"),
    SignupState.WAITING: N_("On the waiting list"),
    SignupState.OFFERED: N_("A place is offered"),
    SignupState.CANCELLED: N_("Cancelled"),
    SignupState.EXPIRED: N_("Offer not answered"),
    SignupState.REPLACED: N_("Place given to a colleague"),
    SignupState.ATTENDED: N_("Was there"),
    SignupState.NO_SHOW: N_("Did not come"),
}

# Who has a place: an offered one counts as taken (I-14), and those who came had one.
TAKEN = (SignupState.CONFIRMED, SignupState.OFFERED, SignupState.ATTENDED, SignupState.NO_SHOW)
# Sign-ups that are in force: one for each person and event (I-15).
IN_FORCE = (*TAKEN, SignupState.WAITING)
# Who takes part as far as others may know (T41).
CERTAIN = (SignupState.CONFIRMED, SignupState.ATTENDED, SignupState.NO_SHOW)

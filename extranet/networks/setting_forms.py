"""What may be typed about a network itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp

from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.core.text import CONTENT_LANGUAGES, LocalText, one_line
from extranet.networks import words
from extranet.networks.forms import choices, strip
from extranet.networks.models import JoinPolicy, Network, NetworkKind, NetworkState, Visibility

Form = TypeVar("Form", bound=type[FlaskForm])
TEXTS = ("purpose", "target_group", "goals", "how_we_work", "meeting_frequency", "owner_unit", "funder", "ground_rules")


def line(text: str | None) -> str:
    return one_line(text or "")


def in_languages(**fields: Callable[[], Field]) -> Callable[[Form], Form]:
    """Give a form one field for each language of the content: `purpose_fi`, `purpose_sv` …"""

    def add(form: Form) -> Form:
        for name, make in fields.items():
            for language in CONTENT_LANGUAGES:
                setattr(form, f"{name}_{language}", make())
        return form

    return add


def local_of(form: FlaskForm, name: str) -> LocalText:
    """The text of those fields."""
    return LocalText({language: form[f"{name}_{language}"].data or "" for language in CONTENT_LANGUAGES if form[f"{name}_{language}"].data})


def spread(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The fields' values for those texts."""
    return {f"{name}_{language}": text.get(language, "") for name, text in texts.items() for language in CONTENT_LANGUAGES}


def _area(length: int, rows: int = 3) -> Callable[[], Field]:
    return lambda: TextAreaField(
        validators=[Length(max=length, message=_l("Shorten the text."))], filters=[strip], render_kw={"rows": rows}
    )


def _short(length: int) -> Callable[[], Field]:
    return lambda: StringField(validators=[Length(max=length, message=_l("Shorten the text."))], filters=[line])


@in_languages(
    purpose=_area(600),
    target_group=_area(600),
    goals=_area(2000, 5),
    how_we_work=_area(2000),
    meeting_frequency=_short(200),
    owner_unit=_short(200),
    funder=_short(160),
    ground_rules=_area(6000, 8),
)
class ChangeForm(FlaskForm):  # type: ignore[misc]
    """The network's texts, and how many of its first days somebody pays (I-20)."""

    funded_first_n_days = IntegerField(
        _l("Funded first network days"),
        [NumberRange(0, 20, _l("Write a number from 0 to 20."))],
        default=0,
        filters=[lambda number: number or 0],
        render_kw={"min": 0, "max": 20, "inputmode": "numeric"},
    )

    holds_first_posts = BooleanField(_l("A new member's first message waits until a moderator has read it"))

    @property
    def texts(self) -> dict[str, LocalText]:
        return {name: local_of(self, name) for name in TEXTS}

    @classmethod
    def of(cls, network: Network) -> "ChangeForm":
        texts = spread({name: getattr(network, name) for name in TEXTS})
        numbers = {"funded_first_n_days": network.funded_first_n_days, "holds_first_posts": network.holds_first_posts}
        return cls(data=texts | numbers)


class GovernForm(FlaskForm):  # type: ignore[misc]
    """Who may see it, who may join."""

    kind = SelectField(_l("Kind"), coerce=NetworkKind, choices=choices(words.KINDS))
    parent_id = SelectField(_l("Sub-network of"), coerce=int)
    visibility = RadioField(_l("Who may see it?"), coerce=Visibility, choices=choices(words.VISIBILITIES), default=Visibility.LISTED)
    join_policy = RadioField(_l("How does one join?"), coerce=JoinPolicy, choices=choices(words.JOIN_POLICIES), default=JoinPolicy.REQUEST)
    employer_only = BooleanField(_l("Only for employer representatives"), default=True)
    exclude_staff = BooleanField(_l("Remove these people from the network. Each gets a letter."))

    def __init__(self, parents: Sequence[Network], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parents = {parent.id: parent for parent in parents}
        self.parent_id.choices = choices({0: _l("No network: it stands alone")} | {p.id: local_plain(p.name) for p in parents})

    @property
    def parent(self) -> Network | None:
        return self.parents.get(self.parent_id.data)

    @property
    def rules(self) -> dict[str, Any]:
        return {
            "kind": self.kind.data,
            "parent": self.parent,
            "visibility": self.visibility.data,
            "join_policy": self.join_policy.data,
            "employer_only": self.employer_only.data,
        }

    @classmethod
    def of(cls, network: Network, parents: Sequence[Network]) -> "GovernForm":
        return cls(
            parents,
            data={
                "kind": network.kind,
                "parent_id": network.parent_id or 0,
                "visibility": network.visibility,
                "join_policy": network.join_policy,
                "employer_only": network.employer_only,
            },
        )


@in_languages(name=_short(120), purpose=_area(600))
class CreateForm(GovernForm):
    """A new network: its name and address beside the rules."""

    slug = StringField(
        _l("Address"),
        [
            InputRequired(_l("Write the address, for example rewarding.")),
            Length(min=2, max=60, message=_l("The address has 2 to 60 characters.")),
            Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Use small letters a to z, numbers and hyphens, for example work-and-life.")),
        ],
        filters=[strip],
    )
    leader = EmailField(_l("Leader's e-mail address"), [Length(max=254)], filters=[strip], render_kw={"autocomplete": "off"})


class StateForm(FlaskForm):  # type: ignore[misc]
    state = RadioField(_l("Choose the state"), coerce=NetworkState, choices=choices(words.STATES))


class OrganisationForm(FlaskForm):  # type: ignore[misc]
    code = SelectField(_l("Organisation"))
    is_public = BooleanField(_l("Show it on the public page"), default=True)

    def __init__(self, organisations: Sequence[Any], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        named = sorted((row.name.choose(language)[0], row.code) for row in organisations)
        self.code.choices = choices({code: name for name, code in named})


class EnterForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Reason"),
        [
            InputRequired(_l("Write why you enter. The network's leaders will see it.")),
            Length(max=1000, message=_l("Shorten the reason to 1,000 characters.")),
        ],
        filters=[strip],
    )

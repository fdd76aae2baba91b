"""What may be typed."""

from dataclasses import replace
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.core.i18n import local_plain
from extranet.core.text import LocalText, one_line
from extranet.materials.actions import Description
from extranet.materials.addresses import clean_address, fault_of_address
from extranet.materials.models import Audience, Material, MaterialKind, MaterialLanguage, Sharing
from extranet.materials.words import AUDIENCES, KINDS, LANGUAGES, SHARINGS, UPLOADED_KINDS
from extranet.networks.models import Network, Visibility
from extranet.networks.topics import Topic


def _strip(text: str | None) -> str:
    return (text or "").strip()


def as_line(text: str | None) -> str:
    return one_line(text or "")


MAX_ANSWER = 30_000


def _address(text: str | None) -> str:
    return clean_address(text or "")


class OwnWords(FlaskForm):  # type: ignore[misc]
    """What is said of each material for itself."""

    title_fi = StringField(_l("Title in Finnish"), [Length(max=200, message=_l("Shorten the title to 200 characters."))], filters=[as_line])
    title_sv = StringField(_l("Title in Swedish"), [Length(max=200, message=_l("Shorten the title to 200 characters."))], filters=[as_line])
    abstract_fi = TextAreaField(
        _l("What it is about, in Finnish"), [Length(max=4000, message=_l("Shorten the text to 4,000 characters."))], filters=[_strip]
    )
    abstract_sv = TextAreaField(
        _l("What it is about, in Swedish"), [Length(max=4000, message=_l("Shorten the text to 4,000 characters."))], filters=[_strip]
    )
    link_url = StringField(_l("Address of the page"), filters=[_address])
    kind = SelectField(_l("Type"))
    language = RadioField(_l("Language of the file"), [InputRequired(_l("Choose the language."))])

    def offer_own(self, is_link: bool = False) -> None:
        """Fill in the choices; a link has an address, a file a kind."""
        if is_link:
            del self.kind
            self.language.label.text = _("Language of the page")
        else:
            del self.link_url
            self.kind.choices = [(kind.value, KINDS[kind]) for kind in UPLOADED_KINDS]
        self.language.choices = [(language.value, words) for language, words in LANGUAGES.items()]

    def validate_title_fi(self, field: StringField) -> None:
        if not field.data and not self.title_sv.data:
            raise ValidationError(_("Write a title in Finnish or in Swedish."))

    def validate_link_url(self, field: StringField) -> None:
        if fault := fault_of_address(field.data):
            raise ValidationError(fault)


class SharedWords(FlaskForm):  # type: ignore[misc]
    """What materials that come together have in common."""

    audience = SelectField(_l("For whom"), default=Audience.ALL.value)
    sharing = RadioField(_l("How far may it be shared?"), default=Sharing.OWN_USE.value)
    topics = SelectMultipleField(
        _l("Topics"), [Optional()], coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    series = StringField(_l("Series"), [Optional(), Length(max=160, message=_l("Shorten the name to 160 characters."))], filters=[as_line])
    valid_from = DateField(_l("In force from"), [Optional()])
    review_due = DateField(_l("Review by"), [Optional()])

    def offer_shared(self, network: Network, topics: list[Topic]) -> None:
        """Fill in the choices: what a network that is not public cannot have is not offered."""
        self._network_is_public = network.visibility == Visibility.PUBLIC
        self.audience.choices = [(audience.value, words) for audience, words in AUDIENCES.items()]
        self.sharing.choices = [
            (sharing.value, name)
            for sharing, (name, _text) in SHARINGS.items()
            if self._network_is_public or sharing != Sharing.PUBLIC or self.sharing.data == Sharing.PUBLIC
        ]
        self.topics.choices = [(topic.id, local_plain(topic.name)) for topic in topics]

    def validate_sharing(self, field: RadioField) -> None:
        """Nothing in a network that is not public can be public (T03)."""
        if field.data == Sharing.PUBLIC and not self._network_is_public:
            raise ValidationError(_("The network is not public, so nothing in it can be. Choose another way of sharing."))

    def validate_review_due(self, field: DateField) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError(_("The review comes before the material is in force. Choose a later day."))


class DescriptionForm(OwnWords, SharedWords):
    """Everything that is said of one material."""

    def __init__(self, network: Network, topics: list[Topic], *args: Any, is_link: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_own(is_link)
        self.offer_shared(network, topics)

    def description(self) -> Description:
        """What was typed, as the actions take it."""
        return described(self, self)


def described(own: OwnWords, shared: SharedWords) -> Description:
    """What was typed of one material and of all that came with it, as the actions take it."""
    return Description(
        title=LocalText(fi=own.title_fi.data, sv=own.title_sv.data),
        abstract=LocalText(fi=own.abstract_fi.data, sv=own.abstract_sv.data),
        kind=MaterialKind(own.kind.data) if own.kind else MaterialKind.LINK,
        link_url=own.link_url.data if own.link_url else "",
        language=MaterialLanguage(own.language.data),
        audience=Audience(shared.audience.data),
        sharing=Sharing(shared.sharing.data),
        topic_ids=tuple(shared.topics.data or ()),
        series=shared.series.data,
        valid_from=shared.valid_from.data,
        review_due=shared.review_due.data,
    )


class EditForm(DescriptionForm):
    lock_version = HiddenField()

    def __init__(self, material: Material, topics: list[Topic]) -> None:
        super().__init__(
            material.network,
            topics,
            is_link=material.is_link,
            data={
                "title_fi": material.title.get("fi", ""),
                "title_sv": material.title.get("sv", ""),
                "abstract_fi": material.abstract.get("fi", ""),
                "abstract_sv": material.abstract.get("sv", ""),
                "link_url": material.link_url,
                "kind": material.kind.value,
                "language": material.language.value,
                "audience": material.audience.value,
                "sharing": material.sharing.value,
                "topics": [topic.id for topic in material.topics],
                "series": material.series,
                "valid_from": material.valid_from,
                "review_due": material.review_due,
                "lock_version": str(material.lock_version),
            },
        )
        self._now = material.lock_version
        self._answer_at = material.link_url if material.is_answer else ""
        if material.is_answer:
            del self.link_url
            self.language.label.text = _("Language")
            for field in (self.abstract_fi, self.abstract_sv):
                field.validators = [Length(max=MAX_ANSWER, message=_l("Shorten the text to 30,000 characters."))]

    def description(self) -> Description:
        """What was typed; an answer stays one."""
        found = super().description()
        return replace(found, kind=MaterialKind.ANSWER, link_url=self._answer_at) if self._answer_at else found

    def validate_lock_version(self, field: HiddenField) -> None:
        """Two people at once: the second sees what she typed again, and decides."""
        if field.data != str(self._now):
            field.data = str(self._now)
            raise ValidationError(
                _("Somebody else has saved changes to this material meanwhile. Compare, then save again: your text replaces theirs.")
            )

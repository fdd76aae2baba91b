"""What may be typed about members."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from extranet.core.i18n import N_, in_language
from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.networks.forms import choices, strip
from extranet.networks.models import MembershipRole, Network

# Ready-made reasons, told to the applicant in her own language.
REASONS = {
    "employer": N_("The network is for those who represent the employer, and we could not confirm that from your request."),
    "target": N_("The network is for another target group. You will find the others on the page Networks."),
    "double": N_("You are a member already, with another account."),
}


class InviteForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Write the address in the form name@organisation.example")), Length(max=254)],
        filters=[strip],
        render_kw={"autocomplete": "off"},
    )
    message = TextAreaField(
        _l("A greeting"), [Length(max=1000, message=_l("Shorten the message to 1,000 characters."))], filters=[strip], render_kw={"rows": 3}
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """A reason in one's own words."""

    reason = TextAreaField(
        _l("Reason"),
        [Length(max=1000, message=_l("Shorten the reason to 1,000 characters."))],
        filters=[strip],
    )

    def validate_reason(self, field: TextAreaField) -> None:
        if not self.given:
            raise ValidationError(_("Write a reason. The person will see it."))

    @property
    def given(self) -> str:
        return str(self.reason.data or "")


class DeclineForm(ReasonForm):
    """A ready-made reason in the applicant's language, one's own words, or both."""

    ready = RadioField(_l("Ready-made reason"), choices=[], default="own")

    def __init__(self, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        with in_language(language):
            self.sentences = {key: _(sentence) for key, sentence in REASONS.items()}
        self.ready.choices = choices(self.sentences | {"own": _("Only my own words")})

    @property
    def given(self) -> str:
        return "\n\n".join(part for part in (self.sentences.get(self.ready.data or "", ""), self.reason.data) if part)


class RoleForm(FlaskForm):  # type: ignore[misc]
    role = SelectField(_l("Role"), coerce=MembershipRole)

    def __init__(self, network: Network, roles: dict[MembershipRole, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.role.choices = choices(roles)

"""What may be typed by a reviewer."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import Length, Optional

from extranet.core.i18n import gettext as _
from extranet.core.i18n import lazy_gettext as _l
from extranet.pilots.models import GENERAL, Pilot, PilotComment, PilotReview, Verdict
from extranet.pilots.words import VERDICTS

LONGEST = 5000


def _strip(text: str | None) -> str:
    return (text or "").strip()


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """A box per section, one for everything else, and the verdict, which only sending asks for."""

    verdict = RadioField(
        _l("Your opinion of the whole"), [Optional()], choices=[SelectChoice(v.value, words) for v, (words, _k, _i) in VERDICTS.items()]
    )

    @classmethod
    def of(cls, review: PilotReview, written: Mapping[int, PilotComment]) -> "ReviewForm":
        """The form for this review, filled with what is kept of it."""
        fields = {f"section_{number}": _box(review.pilot, number, written.get(number)) for number in range(len(review.pilot.sections) + 1)}
        form: ReviewForm = type("ReviewForm", (cls,), fields)(data={"verdict": review.verdict.value if review.verdict else None})
        form.count = len(fields)
        return form

    count = 0

    def box(self, number: int) -> Any:
        return self[f"section_{number}"]

    def texts(self) -> dict[int, str]:
        return {number: self.box(number).data for number in range(self.count)}

    def chosen(self) -> Verdict | None:
        return Verdict(self.verdict.data) if self.verdict.data else None

    def validate_sending(self) -> bool:
        """As `validate`; and somebody who wants changes says which."""
        is_valid = bool(self.validate())
        if not self.verdict.data:
            self.verdict.errors = [_("Choose your opinion of the whole.")]
            return False
        if self.verdict.data == Verdict.NEEDS_CHANGES and not any(self.texts().values()):
            self.box(GENERAL).errors = [_("Write in at least one box what should be changed.")]
            return False
        return is_valid


def _box(pilot: Pilot, number: int, comment: PilotComment | None) -> TextAreaField:
    limit = Length(max=LONGEST, message=_l("Shorten the text to 5,000 characters."))
    label = pilot.section_name(number) or (_l("Everything else") if pilot.sections else _l("Comments"))
    return TextAreaField(label, [limit], default=comment.body if comment else "", filters=[_strip])

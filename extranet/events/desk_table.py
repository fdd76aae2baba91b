"""Sign-ups as a spreadsheet to take away. Text stays text: nothing that people typed becomes a formula."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.core.text import LocalText
from extranet.events.models import Event
from extranet.events.question_models import Needs, Question

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """What the table holds. needs: None for those who may not read them (I-32)."""

    event: Event
    people: Sequence[Any]
    questions: Sequence[Question]
    answers: Mapping[tuple[int, int], str]
    sessions: Mapping[int, Sequence[LocalText]]
    needs: Mapping[int, Needs] | None


def make_table(sheet: Sheet) -> bytes:
    """An XLSX file with a row for each sign-up."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    page = book.add_worksheet(_("Participants")[:31])
    moment = book.add_format({"num_format": "d.m.yyyy h:mm"})
    head = _head(sheet)
    page.write_row(0, 0, head, book.add_format({"bold": True}))
    for number, person in enumerate(sheet.people, 1):
        page.write_row(number, 0, _row(sheet, person))
        page.write_datetime(number, 8, clock.local(person.created_at).replace(tzinfo=None), moment)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.people), 1), len(head) - 1)
    page.set_column(0, 3, 24)
    page.set_column(8, 8, 16)
    book.close()
    return file.getvalue()


def _head(sheet: Sheet) -> list[str]:
    head = [
        _("Last name"), _("First name"), _("Organisation"), _("Job title"), _("E-mail"), _("Phone"), _("Takes part"), _("State"), _("Signed up"),
        _("Workshops"), _("Name may be shown"), _("May be photographed"), _("Message"), _("Note by organisers"),
    ]  # fmt: skip
    if sheet.event.price_cents:
        head += [_("Buyer reference"), _("Cost centre")]
    if sheet.needs is not None:
        head += [_("Diet"), _("Accessibility needs")]
    return head + [local_plain(question.label) for question in sheet.questions]


def _row(sheet: Sheet, person: Any) -> list[str | None]:
    is_guest = person.user_id is None
    row: list[str | None] = [
        person.guest_name if is_guest else person.last_name,
        "" if is_guest else person.first_name,
        person.guest_organisation if is_guest else local_plain(person.organisation),
        _("Guest") if is_guest else person.job_title,
        person.guest_email if is_guest else person.email,
        "" if is_guest else person.phone,
        person.mode.label,
        person.state.label,
        None,
        ", ".join(local_plain(title) for title in sheet.sessions.get(person.id, ())),
        _("Yes") if person.shows_name else _("No"),
        _("Yes") if person.allows_photo else _("No"),
        person.message,
        person.note,
    ]
    if sheet.event.price_cents:
        row += [person.buyer_reference, person.cost_centre]
    if sheet.needs is not None:
        needs = sheet.needs.get(person.id)
        row += [needs.diet if needs else "", needs.accessibility if needs else ""]
    return row + [
        local_plain(q.show(sheet.answers[person.id, q.id])) if (person.id, q.id) in sheet.answers else "" for q in sheet.questions
    ]

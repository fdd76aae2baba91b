"""Orders as a spreadsheet to take away. Text stays text: nothing that people typed becomes a formula."""

import io
from collections.abc import Iterable

from xlsxwriter import Workbook

from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain
from extranet.orders.models import PublicationOrder
from extranet.orders.words import STATES

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def make_table(orders: Iterable[PublicationOrder]) -> bytes:
    """An XLSX file with a row for each order."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(_("Orders")[:31])
    day = book.add_format({"num_format": "d.m.yyyy"})
    head = [
        _("Order number"), _("Publication"), _("Copies"), _("State"), _("Ordered"), _("Sent off"), _("Organisation"), _("Receiver"),
        _("Street address or box"), _("Postcode"), _("Town or city"), _("Contact for the delivery"), _("Phone"), _("E-mail"), _("A note for the sender"),
    ]  # fmt: skip
    sheet.write_row(0, 0, head, book.add_format({"bold": True}))
    number = 0
    for number, order in enumerate(orders, 1):  # noqa: B007  the last one is the height
        state = str(STATES[order.state][0])
        sheet.write_row(number, 0, [order.id, local_plain(order.material.title), order.quantity, state])
        sheet.write_datetime(number, 4, clock.local(order.created_at).date(), day)
        if order.sent_at:
            sheet.write_datetime(number, 5, clock.local(order.sent_at).date(), day)
        row = [order.receiver, order.street, order.postcode, order.city, order.contact_name, order.contact_phone]
        email = "" if order.wiped_at else order.user.email
        sheet.write_row(number, 6, [local_plain(order.organisation.name), *row, email, order.note])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, number, len(head) - 1)
    book.close()
    return file.getvalue()

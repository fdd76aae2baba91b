"""A split as a spreadsheet for whoever writes the invoices. Text stays text: nothing that people typed becomes a formula."""

import io
from decimal import Decimal

from xlsxwriter import Workbook

from extranet.billing.finvoice import due_day, number_of, reference_of
from extranet.billing.models import CostSplit
from extranet.billing.shares import vat_in
from extranet.core import clock
from extranet.core.i18n import gettext as _
from extranet.core.i18n import local_plain

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_RATES: list[tuple[Decimal | None, int]] = [(None, 0)]  # a share of 0 has its row, too


def make_table(split: CostSplit) -> bytes:
    """An XLSX file with a row for each share and a sum; one row more for each further rate of VAT."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    sheet = book.add_worksheet(_("Shares")[:31])
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    sums, day = book.add_format({"num_format": "#,##0.00", "bold": True}), book.add_format({"num_format": "d.m.yyyy"})
    head = [
        _("Invoice number"), _("Organisation code"), _("Organisation"), _("Name on the invoice"), _("Business ID"), _("E-invoice address"),
        _("Operator code"), _("Buyer reference"), _("Cost centre"), _("Street address or box"), _("Postcode"), _("Town or city"),
        _("Event"), _("VAT rate"), _("Without VAT"), _("VAT"), _("With VAT"), _("Payment reference"), _("Due date"), _("Paid by"),
    ]  # fmt: skip
    sheet.write_row(0, 0, head, bold)
    today, row = clock.today(), 0
    for share in split.shares:
        for rate, cents in share.rates or NO_RATES:
            row += 1
            vat = vat_in(cents, rate) if rate is not None else 0
            name = local_plain(share.name)
            sheet.write_row(
                row, 0,
                [
                    number_of(share), share.code, name, share.invoice_name or name, share.business_id, share.einvoice_address, share.operator_code,
                    share.buyer_reference, share.cost_centre, share.street, share.postcode, share.city, local_plain(split.event.title),
                ],
            )  # fmt: skip
            if rate is not None:
                sheet.write_number(row, 13, float(rate))
            sheet.write_row(row, 14, [(cents - vat) / 100, vat / 100, cents / 100], money)
            sheet.write_string(row, 17, reference_of(share) if share.cents else "")
            if share.cents:
                sheet.write_datetime(row, 18, due_day(share, today), day)
            sheet.write_string(row, 19, local_plain(split.funder))
    sheet.write_string(row + 1, 2, _("In all"), bold)
    sheet.write_number(row + 1, 16, split.total_cents / 100, sums)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row, 1), len(head) - 1)
    sheet.set_column(2, 3, 28)
    book.close()
    return file.getvalue()

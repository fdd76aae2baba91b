"""One share as a Finvoice 3.0 message. Element order and lengths are those of the schema; the tests hold them against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from extranet.billing.checks import reference_number
from extranet.billing.models import MIN_TERM, CostShare
from extranet.billing.seller import Seller
from extranet.billing.shares import vat_in
from extranet.core import clock
from extranet.core.i18n import format_day, in_language, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText, one_line
from extranet.organisations.models import OrganisationLanguages

ENCODING = "ISO-8859-15"  # what banks and operators agreed on; other letters become character references
_EUR = {"AmountCurrencyIdentifier": "EUR"}
_SWEDISH = (OrganisationLanguages.SV, OrganisationLanguages.SV_FI)


@dataclass(frozen=True)
class Invoice:
    """One share as an invoice, or as a credit note where it is negative; both with their dates and numbers."""

    share: CostShare
    seller: Seller
    title: LocalText
    held_at: datetime | None
    day: date
    credits: str = ""  # the number of the invoice that this one corrects

    @property
    def number(self) -> str:
        return number_of(self.share)

    @property
    def reference(self) -> str:
        return reference_of(self.share)

    @property
    def due(self) -> date:
        """Never less than 14 days net (domain.md §7.3)."""
        return due_day(self.share, self.day)

    @property
    def is_credit(self) -> bool:
        return self.share.cents < 0

    @property
    def language(self) -> str:
        return "sv" if self.share.organisation.languages in _SWEDISH else "fi"

    @property
    def rows(self) -> list[tuple[Decimal, int, int]]:
        """For each rate of VAT: the rate, the sum without tax, the tax."""
        return [(rate, cents - vat_in(cents, rate), vat_in(cents, rate)) for rate, cents in self.share.rates]


def number_of(share: CostShare) -> str:
    """The number of the invoice: that of the split and of the share."""
    return f"{share.split_id}-{share.id}"


def reference_of(share: CostShare) -> str:
    """The payment reference: different for every share, for ever."""
    return reference_number(1_000_000 + share.id)


def due_day(share: CostShare, day: date) -> date:
    """When an invoice of that day is to be paid."""
    return day + timedelta(days=max(share.payment_term_days, MIN_TERM))


def write(invoice: Invoice) -> bytes:
    """The message as bytes of XML."""
    with in_language(invoice.language):
        root = etree.Element("Finvoice", Version="3.0")
        for name, content in _parts(invoice):
            _add(root, name, content)
    written: bytes = etree.tostring(root, encoding=ENCODING, xml_declaration=True, pretty_print=True)
    return written


def _parts(invoice: Invoice) -> Iterator[tuple[str, Any]]:
    share, seller = invoice.share, invoice.seller
    addressed = all((seller.einvoice_address, seller.operator_code, share.einvoice_address, share.operator_code))
    if addressed:
        yield "MessageTransmissionDetails", _transmission(invoice)
    yield (
        "SellerPartyDetails",
        [
            ("SellerPartyIdentifier", _fit(seller.business_id, 35)),
            ("SellerOrganisationName", _fit(seller.name, 70, 2)),
            ("SellerOrganisationTaxCode", _tax_code(seller.business_id)),
        ],
    )
    yield "SellerInformationDetails", _account(seller)
    yield (
        "BuyerPartyDetails",
        [
            ("BuyerPartyIdentifier", _fit(share.business_id, 35)),
            ("BuyerOrganisationName", _fit(share.invoice_name or local_plain(share.name), 70, 2)),
            ("BuyerOrganisationTaxCode", _tax_code(share.business_id)),
            ("BuyerPostalAddressDetails", _address(share)),
        ],
    )
    yield "InvoiceDetails", _details(invoice)
    for rate, net, vat in invoice.rows:
        yield "InvoiceRow", _row(invoice, rate, net, vat)
    yield "EpiDetails", _payment(invoice)


def _transmission(invoice: Invoice) -> list[tuple[str, Any]]:
    share, seller = invoice.share, invoice.seller
    made = clock.local(clock.now()).replace(microsecond=0).isoformat()
    return [
        (
            "MessageSenderDetails",
            [("FromIdentifier", _fit(seller.einvoice_address, 35, 2)), ("FromIntermediator", _fit(seller.operator_code, 35, 2))],
        ),
        (
            "MessageReceiverDetails",
            [("ToIdentifier", _fit(share.einvoice_address, 35, 2)), ("ToIntermediator", _fit(share.operator_code, 35, 2))],
        ),
        ("MessageDetails", [("MessageIdentifier", invoice.number), ("MessageTimeStamp", made)]),
    ]


def _account(seller: Seller) -> list[tuple[str, Any]]:
    if not seller.bic:
        return []
    account = ("SellerAccountID", (seller.iban, {"IdentificationSchemeName": "IBAN"}))
    return [("SellerAccountDetails", [account, ("SellerBic", (seller.bic, {"IdentificationSchemeName": "BIC"}))])]


def _address(share: CostShare) -> list[tuple[str, Any]]:
    """The schema takes a whole address or none."""
    street, city, postcode = (_fit(text, 105, 2) for text in (share.street, share.city, share.postcode))
    if not (share.street and share.city and share.postcode):
        return []
    lines = [("BuyerStreetName", _fit(street[at : at + 35], 35, 2)) for at in range(0, len(street), 35)]
    return [*lines, ("BuyerTownName", city[:35]), ("BuyerPostCodeIdentifier", postcode[:35]), ("CountryCode", "FI")]


def _details(invoice: Invoice) -> list[tuple[str, Any]]:
    share, day = invoice.share, invoice.day
    net, vat = sum(row[1] for row in invoice.rows), sum(row[2] for row in invoice.rows)
    taxes = [
        ("VatSpecificationDetails", [("VatBaseAmount", _eur(base)), ("VatRatePercent", _percent(rate)), ("VatCode", _code(rate)), ("VatRateAmount", _eur(tax))])
        for rate, base, tax in invoice.rows
    ]  # fmt: skip
    return [
        ("InvoiceTypeCode", "INV02" if invoice.is_credit else "INV01"),
        ("InvoiceTypeText", _("CREDIT NOTE") if invoice.is_credit else _("INVOICE")),
        ("OriginCode", "Original"),
        ("InvoiceNumber", invoice.number),
        ("InvoiceDate", _date(day)),
        ("OriginalInvoiceNumber", invoice.credits),
        ("BuyerReferenceIdentifier", _fit(share.buyer_reference, 70)),
        ("InvoiceTotalVatExcludedAmount", _eur(net)),
        ("InvoiceTotalVatAmount", _eur(vat)),
        ("InvoiceTotalVatIncludedAmount", _eur(share.cents)),
        ("AccountDimensionText", _fit(share.cost_centre, 35)),
        *taxes,
        ("PaymentTermsDetails", [("PaymentTermsFreeText", _term(invoice)), ("InvoiceDueDate", _date(invoice.due))]),
    ]


def _row(invoice: Invoice, rate: Decimal, net: int, vat: int) -> list[tuple[str, Any]]:
    what = one_line(local_plain(invoice.title))
    name = f"{what} {format_day(invoice.held_at)}" if invoice.held_at else what
    return [
        ("ArticleName", _fit(name, 100)),
        ("ArticleDescription", _fit(_("Share of the costs: %(what)s", what=name), 512)),
        ("InvoicedQuantity", ("1", {"QuantityUnitCode": "kpl"})),
        ("UnitPriceAmount", _eur(net)),
        ("RowVatRatePercent", _percent(rate)),
        ("RowVatCode", _code(rate)),
        ("RowVatAmount", _eur(vat)),
        ("RowVatExcludedAmount", _eur(net)),
        ("RowAmount", _eur(net + vat)),
    ]


def _payment(invoice: Invoice) -> list[tuple[str, Any]]:
    seller = invoice.seller
    bank = [("EpiBfiIdentifier", (seller.bic, {"IdentificationSchemeName": "BIC"}))] if seller.bic else []
    account = ("EpiAccountID", (seller.iban, {"IdentificationSchemeName": "IBAN"}))
    return [
        ("EpiIdentificationDetails", [("EpiDate", _date(invoice.day)), ("EpiReference", (invoice.number, {}))]),
        (
            "EpiPartyDetails",
            [
                ("EpiBfiPartyDetails", (bank, {})),
                ("EpiBeneficiaryPartyDetails", [("EpiNameAddressDetails", _fit(seller.name, 35, 2)), account]),
            ],
        ),
        (
            "EpiPaymentInstructionDetails",
            [
                ("EpiRemittanceInfoIdentifier", (invoice.reference, {"IdentificationSchemeName": "SPY"})),
                ("EpiInstructedAmount", _eur(invoice.share.cents)),
                ("EpiCharge", ("SHA", {"ChargeOption": "SHA"})),
                ("EpiDateOptionDate", _date(invoice.due)),
            ],
        ),
    ]


def _add(parent: Any, name: str, content: Any) -> None:
    """An element with text or children, or a pair of those and attributes; what has nothing to say is left out."""
    text, attributes = content if isinstance(content, tuple) else (content, {})
    if not text and not isinstance(content, tuple):
        return
    element = etree.SubElement(parent, name, **attributes)
    if isinstance(text, str):
        element.text = text
        return
    for child, what in text:
        _add(element, child, what)


def _fit(text: str, most: int, least: int = 0) -> str:
    """One line without control characters, cut to what the schema takes, and filled up where it asks for more."""
    fitted = one_line(text)[:most].strip()
    return fitted if not fitted and not least else fitted.ljust(least, "-")


def _tax_code(business_id: str) -> str:
    digits = business_id.replace("-", "")
    return f"FI{digits}" if len(digits) == 8 and digits.isdecimal() else ""


def _eur(cents: int) -> tuple[str, dict[str, str]]:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}", _EUR


def _percent(rate: Decimal) -> str:
    return f"{rate:f}".replace(".", ",")


def _code(rate: Decimal) -> str:
    return "S" if rate else "Z"


def _date(day: date) -> tuple[str, dict[str, str]]:
    return f"{day:%Y%m%d}", {"Format": "CCYYMMDD"}


def _term(invoice: Invoice) -> str:
    return _fit(_("%(days)s days net", days=(invoice.due - invoice.day).days), 70)


def list_invoices(shares: Sequence[CostShare]) -> list[CostShare]:
    """The shares that make an invoice: a share of 0 makes none."""
    return [share for share in shares if share.cents]

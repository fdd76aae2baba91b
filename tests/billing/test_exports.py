"""The basis of the invoices: a spreadsheet, and Finvoice messages that banks and operators take."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from extranet.audit.models import AuditEvent
from extranet.billing.checks import is_valid_reference
from extranet.billing.models import CostShare, CostSplit
from extranet.core import clock
from extranet.core.db import db
from extranet.organisations.models import Organisation
from tests.billing.finvoice import faults_of, subset_faults_of

CARE = {
    "invoice_name": "Åkerö & <Öländ> — kuntayhtymä €",
    "street": "Erittäin Pitkän Hallintokadun Varrella 123456 B, kolmas kerros, Talouspalvelut",
    "cost_centre": "KP " + "9" * 60,
    "buyer_reference": "Viitteenne\u2028 ☃ 'lainaus'",
}


@pytest.fixture
def invoices(browser):
    """The Finvoice messages of a split, by their names."""

    def fetch(event, split, name="moderator"):
        got = browser(name).get(f"/events/{event}/costs/{split}/invoices")
        assert got.status == 200 and got.headers["Content-Type"] == "application/zip", got.html[:500]
        with zipfile.ZipFile(io.BytesIO(got.response.data)) as packed:
            assert packed.testzip() is None
            return {name: packed.read(name) for name in packed.namelist()}

    return fetch


def cents(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_subset_finds_what_is_missing_and_wrong():
    for faulty in (
        b"<EpiDetails/>",
        b"<EpiDate>1.1.2026</EpiDate>",
        b"<InvoiceNumber/>",
        b"<EpiInstructedAmount>1.00</EpiInstructedAmount>",
    ):
        root = etree.fromstring(b"<Message>" + faulty + b"</Message>")
        assert subset_faults_of(root), faulty


def test_messages_fit_the_schema(browser, seller, day, pay, approve, profile, invoices, rows):
    """Full details, odd characters, none at all; two rates of tax."""
    profile(**CARE)
    event = day({"638": ["attended"], "091": ["attended"], "710": ["attended"]})
    pay(event, "1000")
    pay(event, "70,01", "14", "Kahvit", kind="coffee")
    pay(event, "30", "0", "Muu", kind="other")
    approve(event)
    split = rows(CostSplit)[0]
    messages = invoices(event, split.id)
    assert {name: faults_of(content) for name, content in messages.items()} == {name: [] for name in messages}
    roots = {name[:3]: etree.fromstring(content) for name, content in messages.items()}
    assert set(roots) == {"638", "091", "710"}
    shares = {share.code: share for share in rows(CostShare)}
    for code, root in roots.items():
        assert (
            cents(root.findtext(".//InvoiceTotalVatIncludedAmount")) == shares[code].cents == cents(root.findtext(".//EpiInstructedAmount"))
        )
        net, vat = cents(root.findtext(".//InvoiceTotalVatExcludedAmount")), cents(root.findtext(".//InvoiceTotalVatAmount"))
        assert net + vat == shares[code].cents
        assert (
            sum(cents(one.text) for one in root.iter("VatBaseAmount")) == net
            and sum(cents(one.text) for one in root.iter("VatRateAmount")) == vat
        )
        assert [one.text for one in root.iter("RowVatRatePercent")] == ["0", "14", "25,5"]
        assert is_valid_reference(root.findtext(".//EpiRemittanceInfoIdentifier"))
    porvoo, raasepori = roots["638"], roots["710"]
    assert porvoo.findtext(".//BuyerOrganisationName") == CARE["invoice_name"]
    assert porvoo.findtext(".//ToIdentifier") == "003799000229" and porvoo.findtext(".//FromIntermediator") == "003708599126"
    assert porvoo.findtext(".//BuyerPartyIdentifier") == "9900022-9" and porvoo.findtext(".//BuyerOrganisationTaxCode") == "FI99000229"
    assert porvoo.find("MessageTransmissionDetails") is not None and raasepori.find("MessageTransmissionDetails") is None
    assert porvoo.findtext(".//ArticleName").startswith("Verkostopäivä <1> & muuta")
    assert raasepori.findtext(".//InvoiceTypeText") == (
        "FAKTURA" if "sv" in "sv" and raasepori.findtext(".//ArticleName").startswith("Nät") else "LASKU"
    )
    assert sum(cents(root.findtext(".//InvoiceTotalVatIncludedAmount")) for root in roots.values()) == 110_001
    event_of = rows(AuditEvent, AuditEvent.name == "billing.invoices")[0]
    assert (event_of.thing, event_of.thing_id, event_of.detail) == ("cost_split", str(split.id), {"shares": 3})


def test_due_days(seller, day, pay, approve, profile, invoices, rows):
    """At least 14 days net; longer where the organisation asks for it."""
    profile()
    event = day({"638": ["attended"], "091": ["attended"]})
    pay(event)
    approve(event)
    for name, content in invoices(event, rows(CostSplit)[0].id).items():
        root = etree.fromstring(content)
        made, due = (date.fromisoformat(root.findtext(f".//{tag}")) for tag in ("InvoiceDate", "InvoiceDueDate"))
        assert made == clock.today() and due - made == timedelta(days=21 if name.startswith("638") else 14)
        assert root.findtext(".//EpiDateOptionDate") == root.findtext(".//InvoiceDueDate")


def test_a_correction_gives_back_and_charges(seller, stage, day, pay, approve, invoices, rows, mark):
    event = day({"638": ["attended"], "091": ["attended"]})
    pay(event, "100")
    approve(event)
    mark(event, "609")
    approve(event, reason="Pori oli mukana")
    first, second = rows(CostSplit)
    before = {share.code: f"{share.split_id}-{share.id}" for share in rows(CostShare, CostShare.split_id == first.id)}
    messages = {name[:3]: content for name, content in invoices(event, second.id).items()}
    assert [faults_of(content) for content in messages.values()] == [[], [], []]
    roots = {code: etree.fromstring(content) for code, content in messages.items()}
    assert {code: root.findtext(".//InvoiceTypeCode") for code, root in roots.items()} == {"091": "INV02", "638": "INV02", "609": "INV01"}
    assert {code: root.findtext(".//OriginalInvoiceNumber") for code, root in roots.items()} == before | {"609": None}
    assert cents(roots["609"].findtext(".//InvoiceTotalVatIncludedAmount")) == 3333
    numbers = [
        etree.fromstring(c).findtext(".//EpiRemittanceInfoIdentifier") for c in (*messages.values(), *invoices(event, first.id).values())
    ]
    assert len(set(numbers)) == 5


def test_a_funded_day_makes_no_invoices(browser, seller, day, pay, approve, fund, rows):
    fund(1)
    event = day({"638": ["attended"]})
    pay(event)
    approve(event)
    split = rows(CostSplit)[0]
    moderator = browser("moderator")
    assert moderator.get(f"/events/{event}/costs/{split.id}/invoices").status == 422
    assert not moderator.get(f"/events/{event}/costs").has("a[href$=invoices]")
    sheet = table(moderator, event, split)
    assert sheet[1][16] == 0 and "Kehittämisohjelma" in sheet[1] and sheet[1][17] == ""


def test_without_the_sender_there_are_no_invoices(browser, day, pay, approve, rows):
    event = day({"638": ["attended"]})
    pay(event)
    page = approve(event)
    assert "Pääkäyttäjä" in page.text(".callout--warn") and not page.has("a[href$=invoices]")
    refused = browser("moderator").get(f"/events/{event}/costs/{rows(CostSplit)[0].id}/invoices")
    assert refused.status == 422 and "tilinumero" in refused.text("main")


def table(someone, event, split):
    got = someone.get(f"/events/{event}/costs/{split.id}/table")
    assert got.status == 200 and b"<f>" not in got.response.data
    return CalamineWorkbook.from_filelike(io.BytesIO(got.response.data)).get_sheet_by_index(0).to_python()


def test_the_table(browser, seller, day, pay, approve, profile, rows, stage):
    profile(invoice_name='=HYPERLINK("http://evil.example")', buyer_reference="+1")
    event = day({"638": ["attended"], "091": ["attended"]})
    pay(event, "100")
    pay(event, "50,01", "0")
    approve(event)
    with stage.app.app_context():
        db.session.execute(update(Organisation).values(name={"fi": "Toinen"}))
        db.session.commit()
    sheet = table(browser("moderator"), event, rows(CostSplit)[0])
    helsinki, porvoo = sheet[1:3], sheet[3:5]
    assert [row[1] for row in helsinki + porvoo] == ["091", "091", "638", "638"] and porvoo[0][2] == "Porvoo"
    assert porvoo[0][3] == '=HYPERLINK("http://evil.example")' and porvoo[0][7] == "+1" and porvoo[0][5] == "003799000229"
    assert sum(row[16] for row in sheet[1:5]) == pytest.approx(150.01) and sheet[5][16] == pytest.approx(150.01)
    assert [row[14] + row[15] for row in sheet[1:5]] == pytest.approx([row[16] for row in sheet[1:5]])
    assert is_valid_reference(str(porvoo[0][17])) and re.fullmatch(r"\d+-\d+", porvoo[0][0])
    assert [e.detail for e in rows(AuditEvent, AuditEvent.name == "billing.table")] == [{"shares": 2}]


def test_a_split_belongs_to_its_event(browser, seller, day, pay, approve, rows):
    event, other = day({"638": ["attended"]}), day({"638": ["attended"]})
    pay(event)
    approve(event)
    split = rows(CostSplit)[0]
    for kind in ("table", "invoices"):
        assert browser("moderator").get(f"/events/{other}/costs/{split.id}/{kind}").status == 404
        assert browser("member").get(f"/events/{event}/costs/{split.id}/{kind}").status == 403

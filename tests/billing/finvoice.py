"""Whether a Finvoice message is right: by the published schema where it is at hand, else by what is written down here.

The schema is not ours, so it is not in this tree: EXTRANET_FINVOICE_XSD says where it lies.
"""

import os
import re
from functools import cache
from pathlib import Path

from lxml import etree

SCHEMA = os.environ.get("EXTRANET_FINVOICE_XSD", "")
ROOT = [
    "MessageTransmissionDetails?",
    "SellerPartyDetails",
    "SellerInformationDetails?",
    "BuyerPartyDetails",
    "InvoiceDetails",
    "InvoiceRow+",
    "EpiDetails",
]
# Children in their order; "?" may be missing, "+" may come again.
ORDER = {
    "Finvoice": ROOT,
    "MessageTransmissionDetails": ["MessageSenderDetails", "MessageReceiverDetails", "MessageDetails"],
    "SellerPartyDetails": ["SellerPartyIdentifier?", "SellerOrganisationName", "SellerOrganisationTaxCode?"],
    "BuyerPartyDetails": ["BuyerPartyIdentifier?", "BuyerOrganisationName", "BuyerOrganisationTaxCode?", "BuyerPostalAddressDetails?"],
    "BuyerPostalAddressDetails": ["BuyerStreetName+", "BuyerTownName", "BuyerPostCodeIdentifier", "CountryCode?"],
    "InvoiceDetails": [
        "InvoiceTypeCode", "InvoiceTypeText", "OriginCode", "InvoiceNumber", "InvoiceDate", "OriginalInvoiceNumber?", "BuyerReferenceIdentifier?",
        "InvoiceTotalVatExcludedAmount?", "InvoiceTotalVatAmount?", "InvoiceTotalVatIncludedAmount", "AccountDimensionText?", "VatSpecificationDetails+",
        "PaymentTermsDetails?",
    ],
    "VatSpecificationDetails": ["VatBaseAmount", "VatRatePercent", "VatCode", "VatRateAmount"],
    "PaymentTermsDetails": ["PaymentTermsFreeText?", "InvoiceDueDate"],
    "InvoiceRow": [
        "ArticleName", "ArticleDescription?", "InvoicedQuantity", "UnitPriceAmount", "RowVatRatePercent", "RowVatCode", "RowVatAmount",
        "RowVatExcludedAmount", "RowAmount",
    ],
    "EpiDetails": ["EpiIdentificationDetails", "EpiPartyDetails", "EpiPaymentInstructionDetails"],
    "EpiIdentificationDetails": ["EpiDate", "EpiReference"],
    "EpiPartyDetails": ["EpiBfiPartyDetails", "EpiBeneficiaryPartyDetails"],
    "EpiBeneficiaryPartyDetails": ["EpiNameAddressDetails?", "EpiAccountID"],
    "EpiPaymentInstructionDetails": ["EpiRemittanceInfoIdentifier", "EpiInstructedAmount", "EpiCharge", "EpiDateOptionDate"],
}  # fmt: skip
LENGTHS = {
    "SellerOrganisationName": (2, 70), "BuyerOrganisationName": (2, 70), "BuyerStreetName": (2, 35), "BuyerTownName": (2, 35), "InvoiceNumber": (1, 20),
    "BuyerPostCodeIdentifier": (2, 35), "BuyerReferenceIdentifier": (0, 70), "AccountDimensionText": (0, 35), "ArticleName": (0, 100),
    "ArticleDescription": (0, 512), "InvoiceTypeText": (1, 35), "EpiNameAddressDetails": (2, 35), "EpiAccountID": (1, 34), "FromIdentifier": (2, 35),
    "ToIdentifier": (2, 35), "FromIntermediator": (2, 35), "ToIntermediator": (2, 35), "MessageIdentifier": (2, 48), "PaymentTermsFreeText": (0, 70),
}  # fmt: skip
FORMS = {
    r".*Amount": r"-?[0-9]{1,15},[0-9]{2}",
    r".*Date": r"[0-9]{8}",
    r".*RatePercent": r"[0-9]{1,2}(,[0-9]{1,2})?",
    "EpiRemittanceInfoIdentifier": r"[0-9]{2,20}",
    "InvoiceTypeCode": r"INV0[12]",
}


@cache
def _schema():
    return etree.XMLSchema(etree.parse(Path(SCHEMA)))


def faults_of(content: bytes) -> list[str]:
    """What is wrong with the message, by the schema and by the subset."""
    root = etree.fromstring(content)
    faults = [] if not SCHEMA or _schema().validate(root) else [str(error.message) for error in _schema().error_log]
    return faults + subset_faults_of(root)


def subset_faults_of(root) -> list[str]:
    faults = []
    for element in root.iter():
        text = element.text or ""
        if order := ORDER.get(element.tag):
            pattern = "".join(
                f"({re.escape(name.rstrip('?+'))};){'*' if name.endswith('?') else name[-1] if name.endswith('+') else ''}"
                for name in order
            )
            if not re.fullmatch(pattern, "".join(f"{child.tag};" for child in element)):
                faults.append(f"{element.tag} holds {[child.tag for child in element]}")
        least, most = LENGTHS.get(element.tag, (0, 512))
        if not len(element) and not least <= len(text) <= most:
            faults.append(f"{element.tag} has {len(text)} characters")
        for names, form in FORMS.items():
            if re.fullmatch(names, element.tag) and not re.fullmatch(form, text):
                faults.append(f"{element.tag} is {text!r}")
    return faults

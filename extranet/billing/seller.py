"""Who sends the invoices: what administrators wrote into the settings."""

from dataclasses import dataclass

from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _
from extranet.core.settings import get_setting


@dataclass(frozen=True)
class Seller:
    """Without name, business ID and account no invoice can be sent."""

    name: str = ""
    business_id: str = ""
    iban: str = ""
    bic: str = ""
    einvoice_address: str = ""
    operator_code: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.name and self.business_id and self.iban)


def find_seller() -> Seller:
    """The seller as far as it is known."""
    return Seller(**get_setting("seller"))


def get_seller() -> Seller:
    """The seller; Refused where an administrator has not written the details yet."""
    seller = find_seller()
    if not seller.is_complete:
        raise Refused(
            _(
                "The invoices need the sender's name, business ID and account number. An administrator writes them in the service's settings."
            )
        )
    return seller

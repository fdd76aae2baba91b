"""The invoices of a split as one archive: a Finvoice message for each organisation that pays or gets money back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from stat import S_IFREG

from stream_zip import ZIP_64, Method, stream_zip

from extranet.billing.finvoice import Invoice, list_invoices, number_of, write
from extranet.billing.models import CostSplit
from extranet.billing.seller import Seller
from extranet.core import clock
from extranet.core.errors import Refused
from extranet.core.i18n import gettext as _

_MODE = S_IFREG | 0o644


def make_archive(split: CostSplit, earlier: Sequence[CostSplit], seller: Seller) -> bytes:
    """The archive, whole; Refused where nobody pays anything. `earlier`: the splits that this one corrects."""
    shares = list_invoices(split.shares)
    if not shares:
        raise Refused(_("There is nothing to invoice: every share is 0."))
    first = {share.organisation_id: number_of(share) for one in reversed(earlier) for share in one.shares if share.cents}
    event, day = split.event, clock.today()
    invoices = [Invoice(share, seller, event.title, event.starts_at, day, first.get(share.organisation_id, "")) for share in shares]
    return b"".join(stream_zip(_members(invoices)))


def _members(invoices: Iterable[Invoice]) -> Iterator[tuple[str, datetime, int, Method, Iterable[bytes]]]:
    at = clock.local(clock.now()).replace(tzinfo=None)
    for invoice in invoices:
        yield f"{invoice.share.code}-{invoice.number}.xml", at, _MODE, ZIP_64, (write(invoice),)

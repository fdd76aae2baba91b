"""The certificate of attendance: a tagged PDF that everybody can read (PDF/UA-1), with an address where it can be checked."""

from pathlib import Path

from extranet.core import clock
from extranet.core.i18n import current_language, format_day, format_span, local_plain
from extranet.core.i18n import gettext as _
from extranet.core.text import LocalText
from extranet.events import typesetting
from extranet.events.kinds import Mode
from extranet.events.models import Event, Signup
from extranet.events.qr import make_svg
from extranet.events.tickets import CERTIFICATE, code_of

_TEMPLATE = (Path(__file__).parent / "certificate.typ").read_bytes()


def path_of(signup: Signup) -> str:
    """Where anybody who holds the certificate can check it."""
    return f"/certificates/{code_of(signup.id, CERTIFICATE)}"


def make_pdf(signup: Signup, base_url: str, issuer: str) -> bytes:
    """Set the certificate in type, in the reader's language. What people wrote reaches it as data, never as code."""
    event, today, address = signup.event, clock.today(), base_url + path_of(signup)
    data = {
        "language": current_language(),
        "title": _("Certificate of attendance"),
        "issuer": issuer,
        "date": [today.year, today.month, today.day],
        "name": signup.name,
        "organisation": organisation_of(signup),
        "says": _("has taken part in the event"),
        "event": local_plain(event.title),
        "facts": list_facts(signup),
        "issued": _("Given on %(day)s. The organiser has noted that the person was present.", day=format_day(today)),
        "check": _("Whoever holds this certificate can check it here:"),
        "address": address,
        "shown": address.replace("-", "\u200b-", 1),
        "qr": make_svg(address).decode(),
        "alt": _("The same address as a QR code"),
    }
    return typesetting.make_pdf(_TEMPLATE, data, ignore_system_fonts=True)


def organisation_of(signup: Signup) -> str:
    """The organisation at the time of signing up."""
    return local_plain(signup.organisation.name) if signup.organisation else signup.guest_organisation


def list_facts(signup: Signup) -> list[tuple[str, str]]:
    """When, where, how long, by whom: on the certificate, and where it is checked."""
    event = signup.event
    facts = [(_("Time"), format_span(event.starts_at, event.ends_at).replace("\u00a0", " "))] if event.starts_at else []
    if hours := _hours(event):
        facts.append((_("Length"), hours))
    place = (
        signup.mode.label
        if signup.mode == Mode.REMOTE
        else ", ".join(filter(None, (local_plain(event.venue or LocalText()), event.address)))
    )
    facts.append((_("Place"), place or signup.mode.label))
    return [*facts, (_("Kind"), event.type.label), (_("Network"), local_plain(event.network.name))]


def _hours(event: Event) -> str:
    """How long it lasted on its day; over several days the number of hours says nothing."""
    if event.starts_at is None or event.ends_at is None or clock.local(event.starts_at).date() != clock.local(event.ends_at).date():
        return ""
    hours, minutes = divmod(int((event.ends_at - event.starts_at).total_seconds()) // 60, 60)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes) if minutes else _("%(hours)s h", hours=hours)

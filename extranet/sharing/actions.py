"""What you can do. verb(viewer, thing, **data): checked, done, recorded."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from extranet.accounts.tokens import hash_token
from extranet.audit.log import action, record
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import Refused
from extranet.core.i18n import N_
from extranet.core.i18n import gettext as _
from extranet.core.viewer import Viewer
from extranet.mail.outbox import put_letter
from extranet.materials.models import Material, Sharing
from extranet.notifications.notify import notify
from extranet.sharing import policy, queries
from extranet.sharing.links import make_token
from extranet.sharing.models import Share, ShareItem, ShareKind

LETTERS_A_DAY = 100


@action(policy.can_forward_all, "days")
def forward(
    viewer: Viewer, materials: Sequence[Material], *, greeting: str, language: str, days: int, addresses: Sequence[str] = ()
) -> Share:
    """Make a page of the materials for the viewer's own organisation, and send its link to those addresses (S1-10)."""
    if addresses and queries.count_letters_today(viewer) + len(addresses) > LETTERS_A_DAY:
        raise Refused(
            _("You have sent many letters today already. Leave the addresses out, and copy the page's link into a letter of your own.")
        )
    share, token = _add(viewer, ShareKind.FORWARD, materials, language, days)
    share.greeting = greeting
    share.letter_count = len(addresses)
    for address in addresses:
        _send(viewer, share, token, address, "sharing/mail/forward")
    return share


@action(policy.can_send_outside, "days")
def send_outside(viewer: Viewer, material: Material, *, name: str, email: str, language: str, days: int, reason: str = "") -> Share:
    """Send one person without an account a link to a material; a reason is asked where it is for the readers' own use."""
    if material.sharing == Sharing.OWN_USE and not reason:
        raise Refused(_("The material is for the readers' own use. Write why this person needs it."))
    share, token = _add(viewer, ShareKind.OUTSIDE, [material], language, days)
    share.receiver_name, share.receiver_email, share.reason = name, email, reason
    share.letter_count = 1
    _send(viewer, share, token, email, "sharing/mail/outside")
    return share


@action(policy.can_revoke)
def revoke(viewer: Viewer, share: Share) -> None:
    """End a share at once. Whoever made it hears if somebody else did. Ending it twice changes nothing."""
    if share.revoked_at is not None:
        return
    share.revoked_at = clock.now()
    notify(
        viewer,
        {share.user_id},
        "sharing.revoke",
        text=N_("%(who)s ended a link by which you shared “%(title)s”."),
        path="/sharing/",
        key=f"share:{share.id}:revoked",
        direct={share.user_id},
        who=viewer.name,
        title=share.items[0].material.title,
    )


def _add(viewer: Viewer, kind: ShareKind, materials: Sequence[Material], language: str, days: int) -> tuple[Share, str]:
    assert viewer.user_id is not None  # noqa: S101  sharing asks for a person
    salt = secrets.token_urlsafe(32)
    token = make_token(salt)
    share = Share(
        kind=kind,
        user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
        language=language,
        salt=salt,
        token_hash=hash_token(token),
        expires_at=clock.now() + timedelta(days=days),
        items=[ShareItem(material=material, position=place) for place, material in enumerate(materials)],
    )
    db.session.add(share)
    db.session.flush()
    for material in materials:
        record(viewer, "sharing.pass_on", material, share=share.id, kind=kind.value)
    return share, token


def _send(viewer: Viewer, share: Share, token: str, address: str, template: str) -> None:
    put_letter(
        to=address,
        language=share.language,
        template=template,
        secret=True,
        guarded=("share", share.id),
        who=viewer.name,
        organisation=viewer.organisation_name,
        reply_to=viewer.email,
        name=share.receiver_name,
        greeting=share.greeting,
        titles=[item.material.title for item in share.items],
        path=f"/shared/{token}",
        until=share.expires_at,
    )

"""Materials passed on: pages for the reader's own organisation, and links for one person outside."""

import random
import secrets
from datetime import timedelta

from sqlalchemy import select

from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from extranet.demo.cast import Cast
from extranet.demo.profiles import Profile
from extranet.materials.models import Material, MaterialKind, MaterialState, Sharing
from extranet.sharing.links import make_token
from extranet.sharing.models import Share, ShareItem, ShareKind

# Who, from which network, how many materials, made so many days ago, lasting so many, opened so often.
FORWARDED = (
    ("member", "hr", 3, 4, 30, 14), ("contact", "contact-persons", 4, 12, 30, 31), ("deputy", "contact-persons", 1, 75, 30, 5),
    ("medlem", "hr", 2, 20, 60, 9),
)  # fmt: skip
GREETING = {
    "fi": "Hei, tässä ajankohtaiset ohjeet esihenkilöille. Kysykää, jos jokin jää epäselväksi.",
    "sv": "Hej, här är de aktuella anvisningarna för cheferna. Fråga gärna om något är oklart.",
}
# From which network, name and address outside, why, made so many days ago, lasting so many, ended after so many, opened so often.
OUTSIDE = (
    ("hr", "Noora Harjusalo", "noora.harjusalo@korkeakoulu.example", "Luennoi syystapaamisessa ja tarvitsee taustaksi edellisen aineiston.", 5, 14, None, 2),
    ("hr", "Petri Alamaa", "petri.alamaa@media.example", "Pyysi julkaisun juttua varten.", 60, 14, None, 4),
    ("contact-persons", "Kirsi Mäntyoja", "kirsi.mantyoja@lakitoimisto.example", "Lausuntoa varten, sovittu asiantuntijan kanssa.", 16, 30, 9, 1),
)  # fmt: skip


def fill(cast: Cast, rng: random.Random, size: Profile) -> None:
    """Some that still open, some that are over, one that was ended."""
    for who, network, many, days, lasts, opened in FORWARDED:
        user = cast.people[who]
        materials = _materials(cast, network, days, Sharing.MAY_FORWARD)[:many]
        share = _add(ShareKind.FORWARD, user.id, user.organisation_id, materials, days, lasts, opened)
        share.language, share.greeting, share.letter_count = user.language or "fi", GREETING[user.language or "fi"], min(opened, 6)
    for number, (network, name, email, reason, days, lasts, ended, opened) in enumerate(OUTSIDE):
        material = _materials(cast, network, days, Sharing.OWN_USE)[number]
        owner = cast.people["moderator" if network == "hr" else "expert"]
        share = _add(ShareKind.OUTSIDE, owner.id, owner.organisation_id, [material], days, lasts, opened)
        share.receiver_name, share.receiver_email, share.reason, share.letter_count = name, email, reason, 1
        share.revoked_at = clock.days_ago(days - ended) if ended else None


def _materials(cast: Cast, network: str, days: int, sharing: Sharing) -> list[Material]:
    """What the network had published by then, and may go that far; the newest first."""
    out = (Material.state == MaterialState.PUBLISHED, Material.published_at < clock.days_ago(days), Material.sharing == sharing)
    wanted = select(Material).where(Material.network_id == cast.networks[network].id, Material.kind != MaterialKind.LINK, *out)
    return list(db.session.scalars(wanted.order_by(Material.updated_at.desc(), Material.id)))


def _add(
    kind: ShareKind, user_id: int, organisation_id: int | None, materials: list[Material], days: int, lasts: int, opened: int
) -> Share:
    salt = secrets.token_urlsafe(32)
    made = clock.days_ago(days)
    share = Share(
        kind=kind, user_id=user_id, organisation_id=organisation_id, salt=salt, token_hash=hash_token(make_token(salt)), created_at=made,
        expires_at=made + timedelta(days=lasts), opened_count=opened, download_count=opened // 2,
        last_opened_at=made + timedelta(days=min(days, lasts) / 2),
        items=[ShareItem(material_id=material.id, position=place) for place, material in enumerate(materials)],
    )  # fmt: skip
    db.session.add(share)
    return share

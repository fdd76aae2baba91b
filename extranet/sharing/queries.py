"""What can you see? What one may pass on, one's own shares, and what a link opens at this moment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from extranet.accounts.salted import is_hash_of
from extranet.accounts.tokens import hash_token
from extranet.core import clock
from extranet.core.db import db
from extranet.core.errors import NotFound
from extranet.core.viewer import Viewer
from extranet.materials.models import Material, MaterialVersion
from extranet.materials.policy import visible_to as materials_visible_to
from extranet.networks.access import viewer_for
from extranet.networks.models import Network, Visibility
from extranet.sharing import policy
from extranet.sharing.models import Share, ShareItem

AT_ONCE = 20
SUGGESTED = 6
SHARES_A_PAGE = 50


@dataclass(frozen=True)
class Item:
    """A material behind a link, with its current file; a material that is a web address has none."""

    material: Material
    version: MaterialVersion | None

    @property
    def public_network(self) -> Network | None:
        """Its network, where outsiders may know of it (T20)."""
        network = self.material.network
        return network if network.visibility == Visibility.PUBLIC else None


@dataclass(frozen=True)
class Opened:
    """What a link opens now."""

    share: Share
    items: Sequence[Item]
    left_out: int


@dataclass(frozen=True)
class Listing:
    """One page of shares."""

    rows: Sequence[Share]
    page: int
    pages: int
    total: int


def list_chosen(viewer: Viewer, ids: Collection[int]) -> list[Material]:
    """The materials with these ids, in their order. NotFound where the viewer may not see one of them."""
    wanted = list(dict.fromkeys(ids))[:AT_ONCE]
    found = (
        {m.id: m for m in db.session.scalars(_materials().where(Material.id.in_(wanted), materials_visible_to(viewer)))} if wanted else {}
    )
    if len(found) < len(wanted):
        raise NotFound
    return [found[i] for i in wanted]


def list_suggested(viewer: Viewer, chosen: Sequence[Material]) -> list[Material]:
    """A few more that she may pass on: of the same networks, or of her own; the latest first."""
    networks = {material.network_id for material in chosen} or viewer.network_ids
    if not networks:
        return []
    others = _materials().where(
        policy.forwardable_by(viewer), Material.network_id.in_(networks), Material.id.not_in([material.id for material in chosen])
    )
    return list(db.session.scalars(others.order_by(Material.updated_at.desc(), Material.id.desc()).limit(SUGGESTED)))


def get_share(viewer: Viewer, share_id: int) -> Share:
    """One's own share with its materials."""
    share = db.session.scalar(_shares().where(Share.id == share_id, policy.visible_to(viewer)))
    if share is None:
        raise NotFound
    return share


def get_share_to_end(viewer: Viewer, share_id: int) -> Share:
    """A share that the viewer may end: her own, or one of a material that she looks after."""
    share = db.session.scalar(_shares().where(Share.id == share_id))
    if share is None or not policy.can_revoke(viewer, share):
        raise NotFound
    return share


def find_share(share_id: int) -> Share | None:
    """Any share with its materials: for a letter that is about to go."""
    return db.session.scalar(_shares().where(Share.id == share_id))


def list_shares(viewer: Viewer, page: int = 1) -> Listing:
    """One's own shares, the latest first."""
    return _listing(_shares().where(policy.visible_to(viewer)), page)


def list_shares_of(viewer: Viewer, material: Material, page: int = 1) -> Listing:
    """All shares of a material, for those who look after it."""
    if not policy.looks_after(viewer, material):
        raise NotFound
    of_it = select(ShareItem.share_id).where(ShareItem.material_id == material.id)
    return _listing(_shares().where(Share.id.in_(of_it)), page)


def still_open(share: Share, sharer: Viewer | None = None) -> list[Material]:
    """Those of its materials that the share opens at this moment. `sharer`: where she is at hand already."""
    if not share.is_running:
        return []
    person = sharer if sharer is not None and sharer.user_id == share.user_id else viewer_for(share.user_id)
    return [item.material for item in share.items if policy.opens(person, share, item.material)]


def find_opened(token: str) -> tuple[Opened | None, bool]:
    """What the token opens now, and whether there ever was such a token. Everything is asked anew (T12)."""
    share = db.session.scalar(
        select(Share).options(joinedload(Share.user), joinedload(Share.organisation)).where(Share.token_hash == hash_token(token))
    )
    if share is None or not is_hash_of(token, share.token_hash):
        return None, False
    if not share.is_running:
        return None, True
    sharer = viewer_for(share.user_id)
    rows = db.session.execute(
        select(Material, MaterialVersion)
        .join(ShareItem, ShareItem.material_id == Material.id)
        .outerjoin(MaterialVersion, and_(MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.version))
        .where(ShareItem.share_id == share.id)
        .options(joinedload(Material.network, innerjoin=True))
        .order_by(ShareItem.position)
    ).all()
    items = [Item(material, version) for material, version in rows if policy.opens(sharer, share, material)]
    return (Opened(share, items, len(rows) - len(items)) if items else None), True


def count_letters_today(viewer: Viewer) -> int:
    """How many addresses this person has had letters sent to in a day."""
    mine = (Share.user_id == viewer.user_id, Share.created_at > clock.days_ago(1))
    return db.session.scalar(select(func.coalesce(func.sum(Share.letter_count), 0)).where(*mine)) or 0


def _listing(wanted: Select[Share], page: int) -> Listing:
    total = db.session.scalar(select(func.count()).select_from(wanted.with_only_columns(Share.id).order_by(None).subquery())) or 0
    pages = max(1, -(-total // SHARES_A_PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.scalars(
        wanted.order_by(Share.created_at.desc(), Share.id.desc()).limit(SHARES_A_PAGE).offset((page - 1) * SHARES_A_PAGE)
    )
    return Listing(list(rows), page, pages, total)


def _materials() -> Select[Material]:
    return select(Material).options(joinedload(Material.network, innerjoin=True))


def _shares() -> Select[Share]:
    return select(Share).options(
        joinedload(Share.user),
        joinedload(Share.organisation),
        selectinload(Share.items).joinedload(ShareItem.material, innerjoin=True).joinedload(Material.network, innerjoin=True),
    )

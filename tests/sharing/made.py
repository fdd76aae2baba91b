"""What the cast has not done by itself: passed materials on, ordered copies, commented. For the pages that show it."""

from typing import Any

from sqlalchemy import select, update

from extranet.core.db import db
from extranet.materials.models import Material, MaterialVersion
from extranet.orders.models import PublicationOrder
from extranet.sharing.links import address_of
from extranet.sharing.models import Share
from tests.conftest import Stage
from tests.orders.conftest import WHERE
from tests.page import Browser

FORWARD = {"greeting": "Hei kaikki!\nTämä kannattaa lukea ennen kesää.", "language": "fi", "days": "30", "addresses": ""}
OUTSIDE = {"name": "Olli Ulkopuoli", "email": "olli@muualla.example", "days": "7", "language": "fi", "reason": "Puhuu seminaarissa"}


def pass_on(stage: Stage) -> dict[str, Any]:
    """Each thing once: the ids, and the token of the page that was passed on."""
    hr, other = stage.things["hr_material"], stage.things["public_material"]
    contact, moderator = Browser(stage.app, stage.ids["contact"]), Browser(stage.app, stage.ids["moderator"])
    with stage.app.app_context():
        db.session.execute(update(Material).where(Material.id == hr).values(stock=40))
        db.session.execute(update(MaterialVersion).where(MaterialVersion.material_id == other).values(mime="image/png"))
        db.session.commit()
    answers = [
        contact.post("/sharing/new", material=[hr, other], **FORWARD),
        moderator.post(f"/sharing/outside?material={hr}", **OUTSIDE),
        contact.post(f"/orders/new?material={hr}", **WHERE),
        contact.post(f"/materials/{hr}/rate", useful="no", comment="Yksi kohta puuttuu: kuka antaa avaimet?"),
    ]
    assert [answer.status for answer in answers] == [303] * 4
    contact.get(f"/materials/{hr}/file")
    with stage.app.app_context():
        forwarded, outside = db.session.scalars(select(Share).order_by(Share.id))
        address = address_of(forwarded)
        assert address is not None
        order_id = db.session.scalar(select(PublicationOrder.id))
        return {"forwarded": forwarded.id, "outside": outside.id, "shared": address.rsplit("/", 1)[1], "order": order_id}

"""At which address: what changed since the version that somebody has (D5)."""

from flask import g, request
from flask.typing import ResponseReturnValue

from extranet.core.errors import NotFound, demand
from extranet.core.web import page
from extranet.materials import change_queries, policy, queries
from extranet.materials.blueprint import bp
from extranet.materials.models import Material, MaterialVersion


@bp.get("/materials/<int:material_id>/changes")
def difference(material_id: int) -> ResponseReturnValue:
    """From the version that the reader has to the current one; editors choose any two with ?from= and ?to=."""
    material = queries.get_material(g.viewer, material_id)
    versions = {version.number: version for version in queries.list_versions(material)}
    if not versions:
        raise NotFound
    copies = change_queries.list_copies(g.viewer, material)
    chooses = policy.can_download_old(g.viewer, material)
    new = versions[material.version]
    if chooses and request.args.get("to"):
        new = _chosen(versions, "to")
    old = _chosen(versions, "from") if request.args.get("from") else _usual(material, versions, copies, chooses, new)
    if old is not None:
        demand(policy.can_compare(g.viewer, material, has_copy=old.id in {copy.id for copy in copies}), "materials.compare")
    return page(
        "materials/changes.html",
        material=material,
        versions=list(versions.values()),
        copy=next((copy for copy in copies if copy.material_id == material.id), None),
        change=change_queries.compare_versions(old, new) if old is not None and old.id != new.id else None,
        old=old,
        new=new,
        chooses=chooses,
        section="materials",
    )


def _chosen(versions: dict[int, MaterialVersion], name: str) -> MaterialVersion:
    number = request.args.get(name, "")
    version = versions.get(int(number)) if number.isdecimal() and len(number) < 7 else None
    if version is None:
        raise NotFound
    return version


def _usual(
    material: Material, versions: dict[int, MaterialVersion], copies: list[MaterialVersion], chooses: bool, new: MaterialVersion
) -> MaterialVersion | None:
    """The newest that the reader has and that is not the current one; for editors else the one before."""
    has = next((copy for copy in copies if copy.id != new.id), None)
    return has or (versions.get(new.number - 1) if chooses else None)

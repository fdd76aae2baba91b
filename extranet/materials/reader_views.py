"""At which address: who sees a material, by name (D10)."""

from itertools import groupby

from flask import g, request
from flask.typing import ResponseReturnValue

from extranet.audit.log import record_apart
from extranet.core.errors import NotFound, demand
from extranet.core.web import page
from extranet.materials import policy, queries, reader_queries
from extranet.materials.asked import asked_page
from extranet.materials.blueprint import bp


@bp.get("/materials/<int:material_id>/readers")
def readers(material_id: int) -> ResponseReturnValue:
    """Everybody who sees it now, or would once it is published; reading the names is logged (domain.md §6.3)."""
    material = queries.get_material(g.viewer, material_id)
    demand(policy.can_list_readers(g.viewer, material), "materials.readers")
    as_published = request.args.get("when") == "published" and not material.is_published
    number = asked_page()
    counted = reader_queries.count_readers(material, as_published)
    people = reader_queries.list_readers(material, number, as_published)
    if number > 1 and not people:
        raise NotFound
    record_apart(g.viewer, "materials.read_readers", material)
    return page(
        "materials/readers.html",
        material=material,
        readers=counted,
        groups=[list(group) for _code, group in groupby(people, key=lambda reader: reader.code)],
        crowds=reader_queries.list_crowds(material, as_published) if number == 1 else [],
        as_published=as_published,
        page_no=number,
        page_count=-(-counted.total // reader_queries.PAGE),
        section="materials",
    )

"""The import contracts notice what they are there to notice; `make lint` holds the product to them."""

import grimp
import pytest

from tests.tools.contracts import Order, Private, Without

ORDER = {"kinds": ["views", "tasks", "forms", "actions", "queries", "policy", "models"]}
PRIVATE = {"kinds": ["views", "forms", "tasks"], "allowed": ["extranet.app"]}
WITHOUT = {"kinds": ["views", "forms"], "forbidden": ["sqlalchemy", "extranet.core.db"]}


@pytest.mark.parametrize(
    ("contract", "options", "importer", "imported", "is_found"),
    [
        (Order, ORDER, "extranet.events.views", "extranet.events.queries", False),
        (Order, ORDER, "extranet.events.queries", "extranet.events.actions", True),
        (Order, ORDER, "extranet.events.seat_queries", "extranet.events.actions", True),
        (Order, ORDER, "extranet.events.seat_views", "extranet.events.views", False),
        (Order, ORDER, "extranet.events.queries", "extranet.networks.actions", False),
        (Private, PRIVATE, "extranet.events.seat_views", "extranet.events.forms", False),
        (Private, PRIVATE, "extranet.events.views", "extranet.networks.member_forms", True),
        (Private, PRIVATE, "extranet.home.views", "extranet.events.tasks", True),
        (Private, PRIVATE, "extranet.app", "extranet.events.views", False),
        (Without, WITHOUT, "extranet.events.seat_views", "sqlalchemy", True),
        (Without, WITHOUT, "extranet.events.forms", "extranet.core.db", True),
        (Without, WITHOUT, "extranet.events.queries", "sqlalchemy", False),
        (Without, WITHOUT, "extranet.events.views", "extranet.core.web", False),
    ],
)
def test_an_import_is_found_or_not(contract, options, importer, imported, is_found):
    graph = grimp.ImportGraph()
    for module in (importer, imported):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported, line_number=3, line_contents=f"import {imported}")
    check = contract("a contract", {}, {name: list(value) for name, value in options.items()}).check(graph, verbose=False)
    assert check.kept is not is_found
    assert check.metadata["lines"] == ([((importer, imported), 3)] if is_found else [])

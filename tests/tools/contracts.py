"""Import contracts that go by a module's kind: `views`, and likewise `account_views` beside it. Used by import-linter."""

from collections.abc import Iterator
from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output

Link = tuple[str, str]


def split(module: str) -> tuple[str, str]:
    """The package and the kind of a module: `extranet.accounts.account_views` is ("extranet.accounts", "views")."""
    package, _, name = module.rpartition(".")
    return package, name.rpartition("_")[2]


def links(graph: grimp.ImportGraph, kinds: Any) -> Iterator[Link]:
    """Every import that a module of these kinds makes."""
    for module in sorted(graph.modules):
        if split(module)[1] in kinds and module.count(".") == 2:
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                yield module, imported


class ByKind(Contract):
    """A contract that finds forbidden imports, one at a time."""

    def find(self, graph: grimp.ImportGraph) -> Iterator[Link]:
        raise NotImplementedError

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        found = list(self.find(graph))
        lines = [(link, detail["line_number"]) for link in found for detail in graph.get_import_details(importer=link[0], imported=link[1])]
        return ContractCheck(kept=not found, metadata={"lines": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for (importer, imported), line in check.metadata["lines"]:
            output.print_error(f"{importer} imports {imported} (line {line})")


class Order(ByKind):
    """Inside one package, a module imports its own kind and those further down in `kinds`."""

    kinds = fields.ListField(subfield=fields.StringField())

    def find(self, graph: grimp.ImportGraph) -> Iterator[Link]:
        order = list(self.kinds)  # type: ignore[call-overload]
        for importer, imported in links(graph, order):
            (package, kind), (other, other_kind) = split(importer), split(imported)
            if package == other and other_kind in order and order.index(other_kind) < order.index(kind):
                yield importer, imported


class Private(ByKind):
    """Modules of these kinds are imported inside their own package only, and by `allowed`."""

    kinds = fields.SetField(subfield=fields.StringField())
    allowed = fields.SetField(subfield=fields.StringField())

    def find(self, graph: grimp.ImportGraph) -> Iterator[Link]:
        kinds, allowed = set(self.kinds), set(self.allowed)  # type: ignore[call-overload]
        for importer in sorted(graph.modules - allowed):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                package, kind = split(imported)
                if kind in kinds and imported.count(".") == 2 and package != importer.rpartition(".")[0]:
                    yield importer, imported


class Without(ByKind):
    """Modules of these kinds do not import what is `forbidden`, nor what lies inside it."""

    kinds = fields.SetField(subfield=fields.StringField())
    forbidden = fields.SetField(subfield=fields.StringField())

    def find(self, graph: grimp.ImportGraph) -> Iterator[Link]:
        forbidden = set(self.forbidden)  # type: ignore[call-overload]
        for importer, imported in links(graph, set(self.kinds)):  # type: ignore[call-overload]
            if any(f"{imported}.".startswith(f"{name}.") for name in forbidden):
                yield importer, imported

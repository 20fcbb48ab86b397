"""The enrichment `multicat`: the categories of a document's journal, by its ISSN."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.enrich.categories.journals import Table, bundled_journals, plain_issn, read_table
from fonds.enrich.categories.tree import Path, read_tree, values
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.standoff import Markup, annotation_list, block, keywords, term
from fonds.settings import EnrichSettings

LCC = "lcc"
_SCHEMES = {"lcc": "#lcc", "wos": "#wos", "scienceMetrix": "#science-metrix", "scopus": "#scopus"}


class JournalCategories(msgspec.Struct, frozen=True):
    """The categories of a journal in each scheme that knows it."""

    issn: str
    schemes: dict[str, tuple[Path, ...]]


class Multicat:
    """Makes `multicat`."""

    name = "multicat"
    version = 1
    provenance = (
        "Library of Congress classes of DOAJ's journals, 2014 (CC BY-SA, doaj.org), by ISSN; "
        "other schemes by tables of the operator"
    )
    reads: tuple[Part, ...] = ("record",)
    after: tuple[str, ...] = ()
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self._paths = settings.categories
        self._tables: dict[str, Table] = {}
        self.parameters: Mapping[str, Scalar] = dict(settings.categories)

    def enrich(self, material: Material) -> Enriched | None:
        """Return the journal's categories; None for a journal in no table.

        Raises TableUnreadable.
        """
        host = material.record.host
        given = (*host.issn, *host.eissn) if host is not None else ()
        numbers = list(filter(None, map(plain_issn, given)))
        found: dict[str, tuple[Path, ...]] = {}
        known = ""
        for scheme, table in (self._tables or self._load()).items():
            issn = next((one for one in numbers if one in table), None)
            if issn is not None:
                found[scheme] = table[issn]
                known = known or issn
        if not found:
            return None
        fields = {"categories": {scheme: values(paths) for scheme, paths in found.items()}}
        return Enriched(JournalCategories(known, found), fields, (_annotations(found),))

    def _load(self) -> dict[str, Table]:
        tables = {scheme: read_table(path) for scheme, path in self._paths.items()}
        self._tables = {LCC: bundled_journals(read_tree()), **tables}
        return self._tables


def _annotations(found: Mapping[str, tuple[Path, ...]]) -> Markup:
    lists = (
        keywords(
            (term(label, level=level) for path in paths for level, label in enumerate(path, 1)),
            change="rd-multicat",
            scheme=_SCHEMES.get(scheme, f"#{scheme}"),
        )
        for scheme, paths in found.items()
    )
    return annotation_list("rd-multicat", [block(lists)])

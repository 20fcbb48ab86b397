"""Turns a CQL tree into a question of ours: the same engine, the same checks, the same answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec

from fonds.errors import QueryInvalid
from fonds.search.engine import SortKey
from fonds.search.fields import BY, RAW, Field
from fonds.search.query import tree
from fonds.search.query.checks import check
from fonds.web.harvest.sru.cql import Clause, Cql, Joined, Modifier, Query, SortSpec
from fonds.web.harvest.sru.diagnostics import Diagnostic
from fonds.web.harvest.sru.indexes import EVERYTHING, Index, index_of

_HERE: dict[str, int] = {"start": 0, "end": 0}  # a CQL query has no places in ours
_DEPTH = 64  # of the tree that a query becomes
_NUMBERS = frozenset({"year", "integer", "float"})
_COMPARED = {"<": ("high", False), "<=": ("high", True), ">": ("low", False), ">=": ("low", True)}
_MASK = re.compile(r"(?<!\\)(?:\\\\)*[*?]")
_EQUAL = frozenset({"=", "==", "exact", "adj", "scr"})
# nothing changes under these: case and accents never matter here, and masks always work
_IDLE = frozenset({"relevant", "word", "string", "ignorecase", "ignoreaccents", "masked", "isodate",
                   "number", "unmasked"})  # fmt: skip


def translate(cql: Cql) -> tree.Node:
    """Return the checked question; raises Diagnostic."""
    return _query(cql.query, cql.prefixes)


def sort_keys(cql: Cql) -> tuple[SortKey, ...]:
    """Return what to sort by; raises Diagnostic."""
    return tuple(_sort_key(spec, cql.prefixes) for spec in cql.sort)


def _sort_key(spec: SortSpec, prefixes: Mapping[str, str]) -> SortKey:
    index = index_of(spec.index, prefixes)
    field = next((name for name in index.fields if BY[name].sort), None)
    if field is None:
        raise Diagnostic(80, index.name)
    names = {one.name.rpartition(".")[2] for one in spec.modifiers}
    if unknown := names - {"ascending", "descending", "ignorecase", "respectcase"}:
        raise Diagnostic(80, sorted(unknown)[0])
    return SortKey(field, "descending" in names)


def _query(query: Query, prefixes: Mapping[str, str]) -> tree.Node:
    if isinstance(query, Clause):
        return _clause(query, prefixes)
    # leaning to the left means depth: walked without recursion
    right: list[Joined] = []
    left: Query = query
    while isinstance(left, Joined):
        right.append(left)
        left = left.left
    node = _clause(left, prefixes)
    changes = sum(one.boolean != other.boolean for one, other in pairwise(right))
    if changes + sum(one.boolean == "not" for one in right) > _DEPTH:
        raise Diagnostic(38, f"more than {_DEPTH} changes of boolean")
    for joined in reversed(right):
        node = _joined(node, joined, _query(joined.right, prefixes))
    return node


def _joined(left: tree.Node, joined: Joined, right: tree.Node) -> tree.Node:
    if joined.boolean == "prox":
        raise Diagnostic(39)
    if joined.modifiers:
        raise Diagnostic(46, joined.modifiers[0].name)
    occurs: tuple[tree.Occur, tree.Occur] = {
        "and": ("must", "must"),
        "or": ("should", "should"),
        "not": ("must", "must_not"),
    }[joined.boolean]  # type: ignore[assignment]  # the values are literals
    alike = occurs[0] == occurs[1]
    if alike and isinstance(left, tree.Boolean) and {c.occur for c in left.clauses} == {occurs[0]}:
        return _boolean((*left.clauses, tree.Clause(occurs[1], right)))
    return _boolean((tree.Clause(occurs[0], left), tree.Clause(occurs[1], right)))


def _boolean(clauses: Iterable[tree.Clause]) -> tree.Node:
    return tree.Boolean(**_HERE, clauses=tuple(clauses))


def _any(nodes: Iterable[tree.Node]) -> tree.Node:
    found = tuple(nodes)
    return found[0] if len(found) == 1 else _boolean(tree.Clause("should", one) for one in found)


def _clause(clause: Clause, prefixes: Mapping[str, str]) -> tree.Node:
    index = index_of(clause.index, prefixes)
    _idle(clause.modifiers)
    if index.name.lower() == EVERYTHING:
        return tree.MatchAll(**_HERE)
    if not clause.term.strip():
        raise Diagnostic(27, index.name)
    relation = clause.relation.removeprefix("cql.")
    if relation == "<>":
        same = _fields(index, "=", clause.term)
        return _boolean(
            (tree.Clause("must", tree.MatchAll(**_HERE)), tree.Clause("must_not", same))
        )
    return _fields(index, relation, clause.term)


def _idle(modifiers: Iterable[Modifier]) -> None:
    for one in modifiers:
        if one.name.rpartition(".")[2] not in _IDLE:
            raise Diagnostic(20, one.name[:80])


def _fields(index: Index, relation: str, term: str) -> tree.Node:
    """Ask every field of an index; one that cannot be asked this way is left out."""
    refused: list[Diagnostic] = []
    asked: list[tree.Node] = []
    for name in index.fields or (None,):
        try:
            asked.append(check(_leaf(name, relation, term, whole=index.whole)))
        except Diagnostic as one:
            refused.append(one)
        except QueryInvalid as error:
            refused.append(Diagnostic(36, error.message[:200]))
    if not asked:
        raise refused[0]
    return _any(asked)


def _leaf(name: str | None, relation: str, term: str, *, whole: bool) -> tree.Node:
    field = BY[name] if name is not None else None
    if relation in _COMPARED or relation == "within":
        return _range(field, relation, term)
    if relation in ("any", "all"):
        occur: tree.Occur = "should" if relation == "any" else "must"
        words = tuple(tree.Clause(occur, _words(name, word)) for word in term.split())
        return words[0].node if len(words) == 1 else _boolean(words)
    if relation not in _EQUAL:
        raise Diagnostic(19, relation[:80])
    exact = relation in ("==", "exact") or whole
    if exact and field is not None and field.raw and not _masked(term):
        said = _plain(term).strip()
        # identifiers are the same in either case, and stand in the index as they were delivered
        spelt = dict.fromkeys((said, said.lower(), said.upper()) if whole else (said,))
        return _any(tree.Phrase(**_HERE, field=f"{name}{RAW}", text=one) for one in spelt)
    return _words(name, term)


def _words(name: str | None, term: str) -> tree.Node:
    """Return a word, a masked word, or words that stand together."""
    if "^" in term:
        raise Diagnostic(31, term[:80])
    if _masked(term) and not any(map(str.isspace, term.strip())):
        return tree.Wildcard(**_HERE, field=name, pattern=term.strip())
    text = term if _masked(term) else _plain(term)
    return tree.Phrase(**_HERE, field=name, text=text)


def _range(field: Field | None, relation: str, term: str) -> tree.Node:
    if field is None or field.kind not in _NUMBERS:
        raise Diagnostic(19, relation)
    bounds: dict[str, str | bool | None]
    if relation == "within":
        ends = term.split()
        if len(ends) != 2:
            raise Diagnostic(36, "within wants two values")
        bounds = {"low": ends[0], "high": ends[1], "include_low": True, "include_high": True}
    else:
        side, closed = _COMPARED[relation]
        bounds = {"low": None, "high": None, "include_low": True, "include_high": True}
        bounds |= {side: term.strip(), f"include_{side}": closed}
    return msgspec.convert({**_HERE, "field": field.name, **bounds}, tree.Range)


def _masked(term: str) -> bool:
    return _MASK.search(term) is not None


def _plain(term: str) -> str:
    """Return a term without the backslashes before its masks."""
    return term.replace("\\*", "*").replace("\\?", "?").replace("\\^", "^").replace("\\\\", "\\")

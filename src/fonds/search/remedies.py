"""What may be wrong with a query, and the query that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from fonds.search.engine import Engine
from fonds.search.query.printer import quote
from fonds.search.query.tree import Boolean, Group, Node

_OPERATORS = {"and": "AND", "or": "OR", "not": "NOT", "et": "AND", "ou": "OR", "sauf": "NOT"}
_QUOTES = re.compile("[“”„«»]\\s?|\\s?»")
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"()]+)", re.IGNORECASE)
# remedies that say the same better, offered although they find as much
BETTER_FORM = frozenset({"lower-case-operator", "typographic-quotes", "identifier", "spelling"})


class Part(Protocol):
    """What a remedy needs of an explained leaf."""

    @property
    def source(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def occur(self) -> str: ...
    @property
    def matches(self) -> int: ...
    @property
    def field(self) -> str: ...
    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def ignored(self) -> bool: ...


class Remedy(msgspec.Struct, frozen=True):
    """A diagnosis and, where there is one, the query to try."""

    code: str
    english: str
    french: str
    query: str = ""
    operator: str = ""  # the default operator to try it with; empty: as asked


def suggest(
    q: str,
    tree: Node | None,
    parts: Sequence[Part],
    total: int,
    engine: Engine | None,
    operator: str,
) -> Iterator[Remedy]:
    """Yield what may be wrong, the likeliest first; without an engine no word is suggested."""
    yield from _quotes(q)
    yield from _operators(q, parts)
    yield from _identifiers(q, parts)
    yield from _ignored(parts)
    for part in parts:
        if part.matches == 0 and part.occur != "must_not":
            yield from _empty(q, part, engine)
    if total == 0:
        yield from _conjunction(tree, parts)
    elif operator.upper() == "OR" and _is_list(tree) and len(parts) > 1:
        yield Remedy(
            "or-is-the-default",
            "Words are joined by OR: documents with any of them are found. All of them:",
            "Les mots sont reliés par OU : un seul suffit. Avec tous les mots :",
            " AND ".join(part.source for part in parts),
        )


def _quotes(q: str) -> Iterator[Remedy]:
    if _QUOTES.search(q):
        yield Remedy(
            "typographic-quotes",
            'Only straight quotes (") make a phrase.',
            'Seuls les guillemets droits (") font une expression exacte.',
            _QUOTES.sub('"', q),
        )


def _operators(q: str, parts: Sequence[Part]) -> Iterator[Remedy]:
    meant = [
        part
        for part in parts[1:-1]
        if part.kind == "term" and not part.field and part.source in _OPERATORS
    ]
    if not meant:
        return
    changed = q
    for part in reversed(meant):
        changed = changed[: part.start] + _OPERATORS[part.source] + changed[part.end :]
    yield Remedy(
        "lower-case-operator",
        "Operators are written in capitals: AND, OR, NOT. In small letters they are words.",
        "Les opérateurs s'écrivent en capitales : AND, OR, NOT. En minuscules, ce sont des mots.",
        changed,
    )


def _identifiers(q: str, parts: Sequence[Part]) -> Iterator[Remedy]:
    for part in parts:
        found = _DOI.search(part.source)
        if found is not None and part.kind == "term" and not part.field.endswith(".raw"):
            yield Remedy(
                "identifier",
                "A DOI is searched as a whole when it stands in quotes behind its field.",
                "Un DOI est cherché en entier s'il est entre guillemets, derrière son champ.",
                f"{q[: part.start]}doi:{quote(found[1].rstrip('.,;'))}{q[part.end :]}",
            )


def _ignored(parts: Sequence[Part]) -> Iterator[Remedy]:
    signs = [part.source for part in parts if part.ignored]
    if signs:
        listed = " ".join(signs)
        yield Remedy(
            "ignored-characters",
            f"Punctuation alone is not searched: {listed}",
            f"La ponctuation seule n'est pas cherchée : {listed}",
        )


def _empty(q: str, part: Part, engine: Engine | None) -> Iterator[Remedy]:
    """Suggest for a part that matches nothing anywhere."""
    if part.field.endswith(".raw"):
        plain = part.source.replace(".raw", "", 1)
        yield Remedy(
            "whole-value",
            f"{part.field} compares the whole value, with case and accents.",
            f"{part.field} compare la valeur entière, casse et accents compris.",
            q[: part.start] + plain + q[part.end :],
        )
        return
    yield Remedy(
        "matches-nothing",
        f"Nothing matches {part.source}.",
        f"Rien ne correspond à {part.source}.",
    )
    if part.kind == "term" and len(part.words) == 1 and engine is not None:
        for word in engine.similar(part.field or None, part.words[0], 3):
            written = f"{part.field}:{word}" if part.field else word
            yield Remedy(
                "spelling",
                f"A word that is written alike: {word}",
                f"Un mot qui s'écrit presque pareil : {word}",
                q[: part.start] + written + q[part.end :],
            )
    elif part.kind == "phrase" and len(part.words) > 1:
        prefix = f"{part.field}:" if part.field else ""
        yield Remedy(
            "phrase-as-words",
            "The words never stand together in this order. All of them, anywhere:",
            "Ces mots ne se suivent jamais dans cet ordre. Tous, n'importe où :",
            f"{q[: part.start]}{prefix}({' AND '.join(part.words)}){q[part.end :]}",
        )


def _conjunction(tree: Node | None, parts: Sequence[Part]) -> Iterator[Remedy]:
    """Suggest for a query whose parts match, but never together."""
    wanted = [part for part in parts if part.occur != "must_not"]
    if len(wanted) > 1 and all(part.matches for part in wanted):
        yield Remedy(
            "never-together",
            "Each part matches documents, but none matches all of them. Any of them:",
            "Chaque partie trouve des documents, aucun ne les réunit. L'une ou l'autre :",
            " OR ".join(part.source for part in wanted),
        )
    elif any(part.matches for part in wanted):
        kept = [part.source for part in wanted if part.matches]
        yield Remedy(
            "without-empty-parts",
            "Without the parts that match nothing:",
            "Sans les parties qui ne trouvent rien :",
            " AND ".join(kept),
        )


def _is_list(tree: Node | None) -> bool:
    """Tell whether a query is words side by side, without operators."""
    while isinstance(tree, Group):
        tree = tree.child
    return isinstance(tree, Boolean) and all(clause.occur == "should" for clause in tree.clauses)

"""Assisted search: rules and groups of rules, made from the table of fields, become a query.

The whole form stands in its address, so it works without a script and can be shared. Groups hold
together by AND; inside a group all of its rules, any of them, or none of them must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

import msgspec
from starlette.datastructures import QueryParams

from fonds.search.fields import BY, FIELDS, Field
from fonds.search.query.printer import escape, quote

Join = Literal["all", "any", "none"]
How = Literal["words", "any", "phrase", "begins", "is", "least", "most", "exists"]
JOINS: tuple[Join, ...] = get_args(Join)
HOWS: tuple[How, ...] = get_args(How)
COMMON = (
    "title", "abstract", "author.name", "subject.value", "host.title", "publicationDate",
    "language", "genre", "doi", "host.issn", "author.affiliations", "fulltext", "corpusName",
)  # fmt: skip
ANYWHERE = ""
_MOST_GROUPS, _MOST_RULES = 8, 12
_MOST_VALUE = 1_000  # characters
_TRUE = frozenset({"true", "yes", "oui", "vrai", "1"})


class Rule(msgspec.Struct, frozen=True):
    """One rule; without a value it says nothing."""

    field: str = ANYWHERE
    how: How = "words"
    value: str = ""

    @property
    def query(self) -> str:
        """Return the rule as a query; empty when it says nothing."""
        if self.how == "exists":
            return f"_exists_:{self.field}" if self.field else ""
        if not self.value:
            return ""
        field = BY.get(self.field)
        if field is not None and field.kind not in ("text", "keyword", "document"):
            return f"{self.field}:{_typed(field, self.how, self.value)}"
        if field is not None and field.kind == "document":
            return f"{self.field}:{quote(self.value)}"
        if field is not None and (field.kind == "keyword" or self.how == "is") and field.raw:
            return _whole(field, self.how, self.value)
        return _worded(f"{self.field}:" if self.field else "", self.how, self.value)


class Group(msgspec.Struct, frozen=True):
    """Rules of which all, any or none must hold."""

    join: Join = "all"
    rules: tuple[Rule, ...] = (Rule(),)

    @property
    def query(self) -> str:
        """Return the group as a query; empty when no rule says anything."""
        said = [one.query for one in self.rules if one.query]
        if not said:
            return ""
        joint = " AND " if self.join == "all" else " OR "
        whole = joint.join(said)
        if self.join == "none":
            return f"NOT ({whole})"
        return f"({whole})" if len(said) > 1 else whole


class Form(msgspec.Struct, frozen=True):
    """The whole form."""

    groups: tuple[Group, ...] = (Group(),)

    @property
    def query(self) -> str:
        """Return the form as a query; empty when it says nothing."""
        said = [one.query for one in self.groups if one.query]
        if len(said) == 1 and said[0].startswith("("):
            return said[0][1:-1]
        return " AND ".join(said)


def read_form(parameters: QueryParams) -> Form:
    """Read the form of an address and do what its button asks: a rule or group more or less."""
    groups = tuple(_group(parameters, n) for n in range(_MOST_GROUPS) if f"j{n}" in parameters)
    form = Form(groups or (Group(),))
    return _without(_with_more(form, parameters.get("add", "")), parameters.get("drop", ""))


def offered() -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """Return the fields to choose from: those asked for most, then all others."""
    common = tuple(BY[name] for name in COMMON)
    others = tuple(field for field in FIELDS if field.name not in COMMON)
    return ("common", common), ("others", others)


def _group(parameters: QueryParams, number: int) -> Group:
    asked = parameters.get(f"j{number}")
    join: Join = next((one for one in JOINS if one == asked), "all")
    fields = parameters.getlist(f"f{number}")
    hows = parameters.getlist(f"h{number}")
    values = parameters.getlist(f"v{number}")
    rows = zip(fields, hows, values, strict=False)
    rules = [_rule(field, how, value) for field, how, value in rows][:_MOST_RULES]
    return Group(join, tuple(rules) or (Rule(),))


def _rule(field: str, how: str, value: str) -> Rule:
    known: How = next((one for one in HOWS if one == how), "words")
    return Rule(field if field in BY else ANYWHERE, known, " ".join(value.split())[:_MOST_VALUE])


def _with_more(form: Form, add: str) -> Form:
    if add == "group" and len(form.groups) < _MOST_GROUPS:
        return Form((*form.groups, Group()))
    if add.isascii() and add.isdigit() and int(add) < len(form.groups):
        at = int(add)
        group = form.groups[at]
        if len(group.rules) < _MOST_RULES:
            return _replaced(form, at, msgspec.structs.replace(group, rules=(*group.rules, Rule())))
    return form


def _without(form: Form, drop: str) -> Form:
    group, _, rule = drop.partition(".")
    if not (group.isascii() and group.isdigit() and rule.isascii() and rule.isdigit()):
        return form
    at, place = int(group), int(rule)
    if at >= len(form.groups) or place >= len(form.groups[at].rules):
        return form
    rules = form.groups[at].rules
    kept = (*rules[:place], *rules[place + 1 :])
    if kept:
        return _replaced(form, at, msgspec.structs.replace(form.groups[at], rules=kept))
    left = (*form.groups[:at], *form.groups[at + 1 :])
    return Form(left or (Group(),))


def _replaced(form: Form, at: int, group: Group) -> Form:
    return Form((*form.groups[:at], group, *form.groups[at + 1 :]))


def _typed(field: Field, how: How, value: str) -> str:
    """Write a number, a year or a truth value."""
    if field.kind == "boolean":
        return "true" if value.lower() in _TRUE else "false"
    if how == "least":
        return f"[{quote(value)} TO *]"
    if how == "most":
        return f"[* TO {quote(value)}]"
    return quote(value)


def _whole(field: Field, how: How, value: str) -> str:
    """Write a whole value, case and all."""
    name = field.name if field.kind == "keyword" else f"{field.name}.raw"
    return f"{name}:{escape(value)}*" if how == "begins" else f"{name}:{quote(value)}"


def _worded(field: str, how: How, value: str) -> str:
    words = list(_words(value))
    if how in ("phrase", "is"):
        return f"{field}{quote(value)}"
    if how == "begins":
        return f"{field}{escape(value)}*" if len(words) == 1 else f'{field}"{_inside(value)}*"'
    if len(words) == 1:
        return f"{field}{words[0]}"
    return f"{field}({(' AND ' if how == 'words' else ' OR ').join(words)})"


def _inside(value: str) -> str:
    return quote(value)[1:-1]


def _words(value: str) -> Iterator[str]:
    """Return the words as a query has them; `<5` as a phrase, since no escape keeps it a word."""
    return (quote(one) if one.startswith(("<", ">")) else escape(one) for one in value.split())

"""Reads a request into a verb and its arguments; refuses what OAI-PMH does not allow."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import parse_qsl

from fonds.web.harvest.oai_pmh.faults import OaiFault
from fonds.web.harvest.oai_pmh.moments import read_bounds

Arguments = Mapping[str, str]
_TOKEN = "resumptionToken"  # noqa: S105  # the name of an argument
# verb -> (required, optional); a resumption token stands alone
_LISTING = (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", _TOKEN}))
_NOTHING: frozenset[str] = frozenset()
VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = MappingProxyType(
    {
        "Identify": (_NOTHING, _NOTHING),
        "ListMetadataFormats": (_NOTHING, frozenset({"identifier"})),
        "ListSets": (_NOTHING, frozenset({_TOKEN})),
        "GetRecord": (frozenset({"identifier", "metadataPrefix"}), _NOTHING),
        "ListIdentifiers": _LISTING,
        "ListRecords": _LISTING,
    }
)
_FORMS = {  # of the schema of OAI-PMH
    "metadataPrefix": re.compile(r"[A-Za-z0-9\-_.!~*'()]+"),
    "set": re.compile(r"[A-Za-z0-9\-_.!~*'()]+(?::[A-Za-z0-9\-_.!~*'()]+)*"),
    "identifier": re.compile(r"[^\s<>\"{}|\\^`]+"),
}
_MOST_FIELDS = 100


def read_pairs(query: bytes) -> Sequence[tuple[str, str]]:
    """Return the pairs of a form; raises OaiFault for what is none."""
    try:
        text = query.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise OaiFault("badArgument", "the arguments are no form in UTF-8") from error


def read_arguments(pairs: Sequence[tuple[str, str]]) -> tuple[str, Arguments]:
    """Return verb and arguments; raises OaiFault."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiFault("badVerb", f"exactly one verb of {', '.join(VERBS)} was expected")
    given = dict(pairs)
    if len(given) != len(pairs):
        raise OaiFault("badArgument", "an argument is repeated")
    del given["verb"]
    required, optional = VERBS[verbs[0]]
    for name, value in given.items():
        if name not in required | optional:
            raise OaiFault("badArgument", f"{verbs[0]} has no argument {name[:80]}")
        if not value:
            raise OaiFault("badArgument", f"{name} is empty")
        if name in _FORMS and not _FORMS[name].fullmatch(value):
            raise OaiFault("badArgument", f"{name} has characters that it may not have")
    if _TOKEN in given:
        if len(given) > 1:
            raise OaiFault("badArgument", f"{_TOKEN} stands alone")
        return verbs[0], given
    for name in sorted(required - set(given)):
        raise OaiFault("badArgument", f"{name} is missing")
    # also where the answer is another fault: what was asked stands in it, and must be of the schema
    read_bounds(given.get("from", ""), given.get("until", ""))
    return verbs[0], given

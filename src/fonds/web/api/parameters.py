"""The parameters of `/document`, read leniently: unknown ones are ignored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from fonds.errors import ParameterInvalid, QueryInvalid, RequestTooLarge
from fonds.settings import SearchSettings

MOST_ADDRESS = 65_000  # bytes of an address (the HTTP parser takes 65,535); more comes by POST
# what reading a body as JSON may raise; the last for a hundred thousand brackets
NO_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_DURATION = re.compile(r"(\d{1,12})(d|h|m|s|ms)", re.ASCII)
_SECONDS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.\[\]]{0,127}", re.ASCII)
_OFF = frozenset({"0", "false", "no"})
_MOST_DIGITS = 18


class Parameters(msgspec.Struct, frozen=True):
    """What `/document` was asked."""

    q: str
    size: int
    offset: int
    output: str | None  # None: not given
    default_operator: str
    sort_by: str
    rank_by: str
    seed: int | None
    facet: str
    corpus: str
    scroll: str | None
    scroll_id: str
    stats: bool
    callback: str
    explain: bool = False
    highlight: bool = False


def read_pairs(query_string: bytes) -> dict[str, str]:
    """Return the parameters of an address, the first of each name; never fails on odd bytes.

    Raises RequestTooLarge.
    """
    if len(query_string) > MOST_ADDRESS:
        raise RequestTooLarge(part="address", limit=MOST_ADDRESS)
    pairs: dict[str, str] = {}
    text = query_string.decode("utf-8", "replace")
    for name, value in parse_qsl(text, keep_blank_values=True, errors="replace"):
        pairs.setdefault(name, value)
    return pairs


def read_parameters(pairs: Mapping[str, str], settings: SearchSettings) -> Parameters:
    """Read the parameters of a search; raises ParameterInvalid and QueryInvalid."""
    size = pairs.get("size", "")
    scroll_id = pairs.get("scrollId", "")
    q = pairs.get("q", "").strip()
    if not q and not scroll_id:
        raise QueryInvalid(position=1, reason="the parameter q is missing or empty")
    return Parameters(
        q=q,
        size=settings.page_size if size == "*" else _number("size", size, 10),
        offset=_number("from", pairs.get("from", ""), 0),
        output=pairs.get("output"),
        default_operator=(pairs.get("defaultOperator") or "OR").upper(),
        sort_by=pairs.get("sortBy", ""),
        rank_by=pairs.get("rankBy", ""),
        seed=_seed(pairs.get("randomSeed", "")),
        facet=pairs.get("facet", ""),
        corpus=pairs.get("corpus", ""),
        scroll=pairs.get("scroll"),
        scroll_id=scroll_id,
        stats="stats" in pairs,
        callback=valid_callback(pairs.get("callback", "")),
        explain=is_on(pairs.get("explain")),
        highlight=is_on(pairs.get("highlight")),
    )


def is_on(value: str | None) -> bool:
    """Tell whether a flag was given: bare, or with any value but 0, false and no."""
    return value is not None and value.strip().lower() not in _OFF


def valid_callback(name: str) -> str:
    """Return the name of a function for JSONP, or nothing; raises ParameterInvalid."""
    if name and _CALLBACK.fullmatch(name) is None:
        raise ParameterInvalid(name="callback", value=name[:80], reason="it is not a name")
    return name


def scroll_seconds(text: str, settings: SearchSettings) -> float:
    """Return the life of a cursor in seconds: `5m`, `30s`; empty is the default."""
    if not text:
        return float(settings.cursor_seconds)
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ParameterInvalid(
            name="scroll", value=text[:80], reason="a number and d, h, m, s or ms was expected"
        )
    return int(match[1]) * _SECONDS[match[2]]


def read_body(content_type: str, body: bytes) -> str:
    """Return the query of a POST: JSON or a form with `qString`; raises ParameterInvalid."""
    if content_type.partition(";")[0].strip().lower() == "application/x-www-form-urlencoded":
        pairs = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        found: Any = pairs.get("qString")
    else:
        try:
            content = msgspec.json.decode(body) if body.strip() else {}
        except NO_JSON as error:
            raise ParameterInvalid(name="qString", value="", reason="not JSON") from error
        found = content.get("qString") if isinstance(content, dict) else None
    if not isinstance(found, str):
        raise ParameterInvalid(
            name="qString", value="", reason='a body such as {"qString": "brain"} was expected'
        )
    return found


def _number(name: str, text: str, default: int) -> int:
    text = text.strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise ParameterInvalid(name=name, value=text[:80], reason="a number was expected")
    return int(text) if len(text) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _seed(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise ParameterInvalid(name="randomSeed", value=text[:80], reason="a number was expected")
    return int(text)

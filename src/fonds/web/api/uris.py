"""Addresses in answers: made from text, in the order and with the escapes clients have seen."""

from __future__ import annotations

import re
from urllib.parse import quote

from fonds.web.api.parameters import Parameters

# literal in the addresses of the original service; all else but letters and digits is escaped
_LITERAL = ":()[]=*,>/!';@?$~"
_HOST = re.compile(r"[A-Za-z0-9.\-_]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_LONG = 2_000  # characters; a walk does not need its query again


def base_of(scheme: str, host: str, configured: str, prefix: str = "") -> str:
    """Return the address that everything starts with, without a slash at its end."""
    if configured:
        return configured.rstrip("/") + prefix
    if _HOST.fullmatch(host) is None:
        host = "localhost"
    return f"{scheme}://{host}{prefix}"


def listing(base: str, parameters: Parameters, size: int, seed: int | None) -> str:
    """Return the address of a result without its end, `from=`."""
    return "&".join([*_common(base, parameters, size, parameters.q, seed), "from="])


def walking(base: str, parameters: Parameters, seed: int | None, life: str, cursor: str) -> str:
    """Return the address of the next page of a walk."""
    q = parameters.q if len(parameters.q) <= _LONG else "*"
    parts = _common(base, parameters, parameters.size, q, seed)
    return "&".join([*parts, f"scroll={_escaped(life)}", f"scrollId={quote(cursor, safe='')}"])


def _common(base: str, parameters: Parameters, size: int, q: str, seed: int | None) -> list[str]:
    parts = [f"{base}/document/?q={_escaped(q)}", f"size={size}"]
    if parameters.output is not None:
        parts.append(f"output={_escaped(parameters.output)}")
    if parameters.facet:
        parts.append(f"facet={_escaped(parameters.facet)}")
    parts.append(f"defaultOperator={_escaped(parameters.default_operator)}")
    if parameters.corpus:
        parts.append(f"corpus={_escaped(parameters.corpus)}")
    if parameters.sort_by:
        parts.append(f"sortBy={_escaped(parameters.sort_by)}")
    if parameters.rank_by:
        parts.append(f"rankBy={_escaped(parameters.rank_by)}")
    if seed is not None:
        parts.append(f"randomSeed={seed}")
    return parts


def _escaped(text: str) -> str:
    return quote(text, safe=_LITERAL)

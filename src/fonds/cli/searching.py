"""Answering a search on the command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from fonds.access.gate import OPERATOR
from fonds.cli.output import print_line
from fonds.settings import read_settings
from fonds.web.api.answer import search_answer
from fonds.web.services import open_services

_SHOWN = "title,author,host,publicationDate,arkIstex,doi"


def run(home: Path, parameters: Mapping[str, str], *, as_json: bool) -> None:
    """Print the API's answer, as JSON or for a person."""
    settings = read_settings(home)
    services = open_services(home, settings)
    try:
        if as_json:
            answer = search_answer(services, parameters, settings.web.base_url, OPERATOR)
            sys.stdout.buffer.write(answer + b"\n")
            return
        shown = {**parameters, "output": _SHOWN}
        _tell(msgspec.json.decode(search_answer(services, shown, settings.web.base_url, OPERATOR)))
    finally:
        services.close()


def _tell(answer: dict[str, Any]) -> None:
    total = answer["total"]
    print_line(f"{total:,} document{'s' if total != 1 else ''}")
    for hit in answer["hits"]:
        print_line()
        print_line(hit.get("title") or "(no title)")
        people = [author["name"] for author in hit.get("author", [])]
        host = hit.get("host", {})
        numbers = [host.get("title", ""), hit.get("publicationDate", "")]
        numbers += [f"vol. {host['volume']}"] if host.get("volume") else []
        numbers += [f"no. {host['issue']}"] if host.get("issue") else []
        if people:
            print_line("  " + ", ".join(people[:4]) + (" et al." if len(people) > 4 else ""))
        print_line("  " + ", ".join(filter(None, numbers)))
        print_line("  " + "  ".join([hit.get("arkIstex", ""), *hit.get("doi", [])]))
    for name, facet in answer.get("aggregations", {}).items():
        print_line()
        print_line(name)
        for bucket in facet["buckets"]:
            label = bucket.get("rangeAsString") or bucket.get("keyAsString") or bucket["key"]
            print_line(f"  {bucket['docCount']:>8,}  {label}")

"""Page files of one scan: files of a folder that differ by number only make one document.

Told by content: only pages of ALTO are joined; articles are often named by number, too. The first
page is the description, the others are attached to it, so the archive keeps them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from fonds.sources.model import Attachment, Candidate, DeliveredFile, Rejected

_NUMBERED = re.compile(r"(.*?)\d+\.xml$", re.IGNORECASE | re.DOTALL)
_PAGE = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?alto[\s>]")
_HEAD = 2_048  # bytes in which the root is looked for


def joined(items: Iterable[Candidate | Rejected]) -> Iterator[Candidate | Rejected]:
    """Give the candidates of one folder, the pages of a scan as one, in its first page's place."""
    found = list(items)
    series: dict[str, list[Candidate]] = {}
    for item in found:
        key = _series(item)
        if key is not None and isinstance(item, Candidate):
            series.setdefault(key, []).append(item)
    pages = {key: kept for key, group in series.items() if len(kept := _pages(group)) > 1}
    firsts = {kept[0].name: kept for kept in pages.values()}
    others = {one.name for kept in pages.values() for one in kept[1:]}
    for item in found:
        if isinstance(item, Rejected) or item.name not in others:
            yield item if isinstance(item, Rejected) else _whole(item, firsts.get(item.name))


def further(candidate: Candidate) -> tuple[DeliveredFile, ...]:
    """Return the pages that follow a candidate's first one, in order; most have none."""
    others = [one.file for one in candidate.attachments if _NUMBERED.fullmatch(one.file.name)]
    if not others or not _is_page(candidate.description):
        return ()
    return tuple(file for file in others if _is_page(file))


def _series(item: Candidate | Rejected) -> str | None:
    """Return what the names of a series have in common; None for a name without number."""
    if isinstance(item, Rejected) or item.pdf is not None or item.description is None:
        return None
    match = _NUMBERED.fullmatch(item.description.name)
    return match[1] if match else None


def _pages(group: list[Candidate]) -> list[Candidate]:
    """Return the pages of a series; when its first file is none, the others are not opened."""
    if len(group) < 2 or not _is_page(group[0].description):
        return []
    return [one for one in group if _is_page(one.description)]


def _is_page(file: DeliveredFile | None) -> bool:
    if file is None:
        return False
    try:
        with Path(file.location).open("rb") as stream:
            return bool(_PAGE.search(stream.read(_HEAD)))
    except OSError:
        return False


def _whole(first: Candidate, pages: list[Candidate] | None) -> Candidate:
    if pages is None:
        return first
    more = [one for page in pages[1:] for one in _files(page)]
    return msgspec.structs.replace(first, attachments=(*more, *first.attachments))


def _files(page: Candidate) -> Iterator[Attachment]:
    file: DeliveredFile | None = page.description
    if file is not None:
        yield Attachment(file, "metadata")
    yield from page.attachments

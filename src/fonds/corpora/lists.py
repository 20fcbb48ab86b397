"""What an export says about itself: the members that we make, each of a length known beforehand."""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import msgspec

from fonds.archive.extents import Kind
from fonds.corpora.choice import Choice, Members
from fonds.corpora.citations import FILES, check_count, citations
from fonds.corpora.corpus_file import corpus_head, corpus_line, corpus_size
from fonds.corpora.layout import DIGEST, Layout, log_line, withheld_text
from fonds.corpora.plan import Plan
from fonds.search.engine import Ords

MANIFEST, CORPUS, LOG, DIGESTS = "manifest.json", ".corpus", "log.txt", "manifest-sha512.txt"
_CHUNK = 500  # documents looked up at a time


class Made:
    """A member we make, again at each reading: nothing is kept."""

    def __init__(self, name: str, size: int, chunks: Callable[[], Iterator[bytes]]) -> None:
        self.name = name
        self.size = size
        self._chunks = chunks
        self._facts: tuple[int, str] | None = None

    def chunks(self) -> Iterator[bytes]:
        """Give the content; what is read to its end leaves its checksums behind."""
        crc32, digest = 0, hashlib.sha512()
        for chunk in self._chunks():
            crc32 = zlib.crc32(chunk, crc32)
            digest.update(chunk)
            yield chunk
        self._facts = crc32, digest.hexdigest()

    def facts(self) -> tuple[int, str]:
        """Return CRC-32 and SHA-512, if need be by making the content once more."""
        if self._facts is None:
            for _ in self.chunks():
                pass
        assert self._facts is not None
        return self._facts


def lists(choice: Choice, members: Members, plan: Plan, layout: Layout, key: str) -> list[Made]:
    """Return the members we make, the one that comes first at the beginning."""
    manifest = _manifest(plan, layout, key)
    made = [Made(MANIFEST, len(manifest), lambda: iter((manifest,)))]
    head = corpus_head(plan)
    size = len(head) + corpus_size(len(plan.ords), layout.arks, layout.versions)
    made.append(Made(CORPUS, size, lambda: _corpus(choice, plan, head)))
    if layout.log:
        made.append(Made(LOG, layout.log, lambda: _log(choice, members)))
    made += [_citations(choice, plan, form) for form in choice.selection.citations]
    mine = sum(DIGEST + 3 + len(one.name) for one in made)
    size = layout.files * (DIGEST + 3) + layout.names + mine
    before = tuple(made)
    made.append(Made(DIGESTS, size, lambda: _digests(choice, members, before)))
    return made


def _citations(choice: Choice, plan: Plan, form: str) -> Made:
    """Return the citations of all documents; they are made once now, to know their length."""
    check_count(choice.selection.citations, len(plan.ords))
    size = sum(map(len, citations(choice, plan, form)))
    return Made(FILES[form], size, lambda: citations(choice, plan, form))


def _manifest(plan: Plan, layout: Layout, key: str) -> bytes:
    asked, snapshot = plan.asked, plan.snapshot
    made = datetime.fromtimestamp(snapshot.time, UTC)
    withheld = choice_reasons(layout)
    content = {
        "manifestVersion": "1.0",
        "creationDate": f"{made.year}-{made.month}-{made.day}",
        "creationTimestamp": int(snapshot.time * 1000),
        "query": {**asked.parameters, "totalResults": asked.total},
        "url": f"/document/?{urlencode(asked.parameters)}",
        "export": key,
        "snapshot": snapshot,
        "tree": asked.tree,
        "completeness": {
            "asked": asked.size,
            "delivered": layout.delivered,
            "files": layout.files,
            "bytes": sum(tally.bytes for tally in layout.tallies),
            "withheld": withheld,
            "formats": layout.tallies,
            "complete": layout.delivered == asked.size and not withheld,
        },
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def choice_reasons(layout: Layout) -> int:
    """Return how many files are withheld."""
    return sum(layout.withheld)


def _corpus(choice: Choice, plan: Plan, head: bytes) -> Iterator[bytes]:
    yield head
    for at in range(0, len(plan.ords), _CHUNK):
        ords = plan.ords[at : at + _CHUNK].tolist()
        found = choice.archive.located(ords)
        yield b"".join(
            corpus_line(found[n].ark, found[n].id, found[n].version) for n in ords if n in found
        )


def _log(choice: Choice, members: Members) -> Iterator[bytes]:
    """Give the lines of the log, pack by pack."""
    reasons = choice.withholding.reasons
    for chosen in choice.packs():
        firsts = chosen.extents.firsts.tolist()
        kinds = chosen.extents.kinds
        for first, end in zip(firsts, [*firsts[1:], math.inf], strict=True):
            for kind, ords in chosen.absent:
                yield from _absent(choice, kind, ords[(ords >= first) & (ords < end)])
            here = (chosen.withheld.ord >= first) & (chosen.withheld.ord < end)
            numbers = chosen.withheld.kind[here].tolist()
            found = members.of(chosen.withheld.where(here))
            rows = zip(found, numbers, chosen.reasons[here].tolist(), strict=True)
            for (name, _), number, reason in rows:
                said = withheld_text(reasons[reason - 1])
                yield log_line(name.partition("/")[0], kinds[number], said)


def _absent(choice: Choice, kind: Kind, ords: Ords) -> Iterator[bytes]:
    for at in range(0, len(ords), _CHUNK):
        part = ords[at : at + _CHUNK].tolist()
        found = choice.archive.located(part)
        yield b"".join(log_line(found[n].id, kind, "absent") for n in part)


def _digests(choice: Choice, members: Members, before: tuple[Made, ...]) -> Iterator[bytes]:
    for chosen in choice.packs():
        for name, file in members.of(chosen.files):
            yield f"{file.sha512.hex()}  {name}\n".encode()
    for made in before:
        yield f"{made.facts()[1]}  {made.name}\n".encode()

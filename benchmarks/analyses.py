"""Every analysis of a corpus of 10,000 documents, each in a fresh process."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from benchmarks import first_picture
from benchmarks.deliveries import BUNDLED
from benchmarks.measure import Ran, child
from benchmarks.report import Claim, Section
from fonds.analyses.digest import Candidates, Digest
from fonds.analyses.digests import Digests
from fonds.analyses.door import analysis_names, load_analysis
from fonds.archive.archive import Archive
from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.settings import Settings

DOCUMENTS = 10_000
# a synthesis holds the themes, so it has their bound (on a busy machine it took 13.7 to 16.0 s)
MOST_SECONDS = {"themes": 15.0, "synthesis": 15.0}
_SECONDS = 5.0
T = TypeVar("T")
_MOST_MEMORY = 2_000.0  # MB
_FIRST_YEAR, _YEARS = 1990, 35


def run(only: Sequence[str] = ()) -> list[Section]:
    """Measure every analysis installed; of networks, each kind."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as place:
        folder = Path(place)
        home = folder / "home"
        for delivery in sorted(path for path in BUNDLED.iterdir() if path.is_dir()):
            load([delivery], collection=delivery.name, home=home, settings=Settings())
        enrich(home=home, settings=Settings(), without=("ocr",), workers=2)
        one, both = folder / "digests.msgpack", folder / "both.msgpack"
        source = write_digests(home, one, DOCUMENTS)
        write_digests(home, both, 2 * DOCUMENTS)
        ran = []
        for name in only or analysis_names():
            made = both if name == "comparison" else one
            for given in _given(name):
                told = child("benchmarks.once", "analyse", str(home), str(made), name, given)
                ran.append((name, given, told))
        sections = [_section(ran, source)]
        return sections if only else [*sections, first_picture.measure(home, one)]


def write_digests(home: Path, file: Path, count: int) -> int:
    """Write varied copies of a home's digests to a file; return how many there were."""
    with Archive.open(home, Settings()) as archive, Digests(home, archive) as digests:
        digests.refresh()
        originals = list(digests.read(range(archive.last_ord() + 1)))
    file.write_bytes(msgspec.msgpack.encode(list(itertools.islice(varied(originals), count))))
    return len(originals)


def varied(originals: Sequence[Digest]) -> Iterator[Digest]:
    """Give copies without end, each with words, people and references of others mixed in."""
    rng = np.random.default_rng(1)
    for number in itertools.count():
        one = originals[number % len(originals)]
        other = originals[int(rng.integers(len(originals)))]
        group = number // len(originals)
        cited = [f"10.5555/{int(at)}" for at in rng.integers(0, max(1, number), 2)]
        references = [
            msgspec.structs.replace(work, doi=work.doi and f"{work.doi}.{group % 9}")
            for work in _mixed(one.references, other.references, rng)
        ]
        for at, doi in zip(range(len(references)), cited, strict=False):
            references[at] = msgspec.structs.replace(references[at], doi=doi)
        yield msgspec.structs.replace(
            one,
            id=f"{number:040x}",
            doi=f"10.5555/{number}",
            year=_FIRST_YEAR + int(rng.integers(_YEARS)),
            title=f"{one.title} {number}",
            abstract=" ".join(_mixed(one.abstract.split(), other.abstract.split(), rng)),
            authors=tuple(f"{name} {group % 17}" for name in one.authors),
            references=tuple(references),
            terms=tuple(_mixed(one.terms, other.terms, rng)),
            entities=tuple(_mixed(one.entities, other.entities, rng)),
            keywords=tuple(_mixed(one.keywords, other.keywords, rng)),
            candidates=_candidates(one.candidates, other.candidates, rng),
        )


def _mixed(own: Sequence[T], others: Sequence[T], rng: np.random.Generator) -> list[T]:
    """Return two thirds of the one and a third of the other, in order, each once."""
    kept = [one for one in own if rng.random() < 2 / 3]
    return list(dict.fromkeys([*kept, *(one for one in others if rng.random() < 1 / 3)]))


def _candidates(one: Candidates, other: Candidates, rng: np.random.Generator) -> Candidates:
    def lines(found: Candidates) -> list[tuple[str, str, int]]:
        return list(zip(found.stems.split("\n"), found.forms.split("\n"), found.counts,
                        strict=False))  # fmt: skip

    mixed = {line[0]: line for line in _mixed(lines(one), lines(other), rng)}
    chosen = list(mixed.values())
    return Candidates(
        "\n".join(stems for stems, _, _ in chosen),
        "\n".join(form for _, form, _ in chosen),
        tuple(count for _, _, count in chosen),
    )


def _given(name: str) -> tuple[str, ...]:
    """Return the parameters to measure an analysis with."""
    if name == "networks":
        kinds = next(one.choices for one in load_analysis(name).parameters if one.name == "of")
        return tuple(f"of={kind}" for kind in kinds)
    if name == "concordance":
        return ("words=analysis",)
    if name == "trends":
        return ("of=terms", "of=entities", "words=analysis, cell, new species")
    return ("",)


def _section(ran: Sequence[tuple[str, str, Ran]], source: int) -> Section:
    rows, claims = [], []
    for name, given, one in ran:
        seconds, memory = one.answer["seconds"], one.peak_bytes / 1e6
        said = f"{name} {given}".strip()
        rows.append([said, f"{one.answer['read']:.2f}", f"{seconds:.2f}", f"{memory:.0f}"])
        claims.append(Claim(said, seconds, MOST_SECONDS.get(name, _SECONDS), "s"))
    memory = max(one.peak_bytes for _, _, one in ran) / 1e6
    return Section(
        title=f"analyses of {DOCUMENTS:,} documents",
        data=(
            f"Digests of {source} enriched documents of the bundled deliveries, multiplied with "
            "years, words, people and references varied; each in a new process, one thread."
        ),
        head=["analysis", "of these, reading digests, s", "s", "peak memory, MB"],
        rows=rows,
        claims=[*claims, Claim("peak memory", memory, _MOST_MEMORY, "MB")],
        notes=[
            "Seconds hold reading the digests, importing what an analysis needs (a server's "
            "process imports once) and drawing. A comparison is with 10,000 further digests."
        ],
    )

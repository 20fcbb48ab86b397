"""Many records made from few: real records multiplied, with identifiers, years and words varied.

The sources are the JATS articles and, where the shared corpora are, the volumes of the ACL
Anthology. A copy takes a record's shape; its year is drawn between 1950 and 2024, one word in
four of title, abstract and text is replaced by a word of the whole vocabulary drawn by its
frequency rank (so that frequencies stay Zipf-like), and identifiers are numbered. The seed is
fixed: two runs make the same records.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha512

import msgspec
from lxml import etree

from benchmarks.deliveries import BUNDLED, SHARED, files
from fonds.archive.prepared import PreparedDocument, PreparedFile
from fonds.record import Contributor, Host, Record

_WORD = re.compile(r"\w+")
_COLLECTIONS = ("anthology", "presse", "revues", "sciences", "theses")
_TEXT_WORDS = 250  # words of running text a copy keeps: records at the scale of ISTEX's JSON


class Seed(msgspec.Struct, frozen=True):
    """A real record that copies are made of."""

    title: str
    abstract: str
    authors: tuple[str, ...]
    journal: str
    language: str
    genre: str
    text: str


Change = Callable[[int, Record], Record]  # of the numbered copy, before it is stored


def seeds() -> list[Seed]:
    """Read the real records."""
    found = list(_articles())
    if SHARED.is_dir():
        found += list(_papers())
    return found


def documents(
    count: int, real: list[Seed], change: Change | None = None
) -> Iterator[tuple[PreparedDocument, str]]:
    """Make `count` documents and the text to index with each."""
    draw = random.Random(2026)
    words = _vocabulary(real)
    for number in range(count):
        seed = real[number % len(real)]
        text = _vary(seed.text, words, draw)
        made = _document(number, seed, text, words, draw)
        if change is not None:
            made = msgspec.structs.replace(made, record=change(number, made.record))
        yield made, text


def common_words(real: list[Seed], count: int) -> list[str]:
    """Return words to search for, from frequent to rare, evenly over the ranks."""
    ranked = [w for w in _vocabulary(real) if len(w) > 3 and w.isalpha() and w.isascii()]
    step = max(1, min(len(ranked), 5_000) // count)
    return ranked[::step][:count]


def _document(
    number: int, seed: Seed, text: str, words: list[str], draw: random.Random
) -> PreparedDocument:
    year = str(draw.randint(1950, 2024))
    record = Record(
        title=_vary(seed.title, words, draw),
        abstract=_vary(seed.abstract, words, draw),
        author=tuple(Contributor(name=name) for name in seed.authors),
        language=(seed.language,),
        genre=(seed.genre,),
        publication_date=year,
        doi=(f"10.5555/bench.{number:08d}",),
        host=Host(
            genre=("journal",),
            title=seed.journal,
            volume=str(int(year) - 1949),
            issue=str(draw.randint(1, 12)),
        ),
    )
    body = text.encode()
    packer = zlib.compressobj(6, wbits=-15)
    stored = packer.compress(body) + packer.flush()
    file = PreparedFile(
        typology="fulltext",
        extension="txt",
        mimetype="text/plain",
        original=False,
        name="",
        method=8,
        crc32=zlib.crc32(body),
        size=len(body),
        sha512=sha512(body).digest(),
        data=stored,
    )
    collection = _COLLECTIONS[number % len(_COLLECTIONS)]
    return PreparedDocument(
        collection=collection,
        record=record,
        files=(file,),
        source=f"bench/{number:08d}.xml",
        reader="benchmark",
    )


def _vary(text: str, words: list[str], draw: random.Random) -> str:
    parts = text.split(" ")
    for index in range(draw.randrange(4), len(parts), 4):
        # the product of two even draws favours low ranks, as language does
        parts[index] = words[int(len(words) * draw.random() * draw.random() * draw.random())]
    return " ".join(parts)


def _vocabulary(real: list[Seed]) -> list[str]:
    counts: Counter[str] = Counter()
    for seed in real:
        counts.update(_WORD.findall(f"{seed.title} {seed.abstract} {seed.text}".lower()))
    return [word for word, _ in counts.most_common()]


def _articles() -> Iterator[Seed]:
    folder = SHARED / "jats" if SHARED.is_dir() else BUNDLED
    for path in files(folder, (".xml", ".nxml")):
        try:
            root = etree.parse(str(path), etree.XMLParser(recover=True)).getroot()
        except (etree.XMLSyntaxError, OSError):
            continue
        if root is None or etree.QName(root).localname != "article":
            continue
        title = _first(root, "//article-meta//article-title")
        if title:
            names = root.findall(".//article-meta//contrib//name")
            yield Seed(
                title=title,
                abstract=_first(root, "//article-meta/abstract"),
                authors=tuple(_words(name) for name in names),
                journal=_first(root, "//journal-meta//journal-title") or "Journal",
                language={"fr": "fre", "es": "spa", "pt": "por"}.get(
                    str(root.get("{http://www.w3.org/XML/1998/namespace}lang")), "eng"
                ),
                genre=str(root.get("article-type") or "other"),
                text=" ".join(_first(root, "/*/body").split(" ")[:_TEXT_WORDS]),
            )


def _papers() -> Iterator[Seed]:
    for path in files(SHARED / "acl-anthology", (".xml",)):
        root = etree.parse(str(path)).getroot()
        for paper in root.iter("paper"):
            title = _first(paper, "title")
            if not title:
                continue
            names = paper.findall("author")
            volume = paper.getparent()
            yield Seed(
                title=title,
                abstract=_first(paper, "abstract"),
                authors=tuple(_words(name) for name in names),
                journal=_first(volume, "meta/booktitle") if volume is not None else "ACL",
                language="eng",
                genre="conference",
                text=_first(paper, "abstract"),
            )


def _first(node: etree._Element, path: str) -> str:
    found = node.xpath(path)
    first = found[0] if isinstance(found, list) and found else None
    return _words(first) if isinstance(first, etree._Element) else ""


def _words(node: etree._Element) -> str:
    return " ".join(" ".join(str(part) for part in node.itertext()).split())

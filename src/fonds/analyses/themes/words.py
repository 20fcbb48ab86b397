"""What a document says, for themes: the stems of its title, abstract, keywords and terms.

Words are stemmed and stopped by the language they are written in. A record's language is that of
the text, while its abstract may be in English: the stop words in it decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fonds.analyses.digest import Digest
from fonds.analyses.names import names_of
from fonds.enrich.pieces import Pieces
from fonds.enrich.words import TERM, Words, stop_words

_TITLE, _KEYWORD, _MINED = 2, 2, 1  # weights of words by where they stand; 1 in an abstract
_MOST_TERMS = 25  # mined from the text, best first
_PROBED = 1_200  # characters of an abstract that tell its language
_SURER = 3  # more stop words of another language than of the record's own
_LONGEST = 3  # words of a phrase taken from a title
_UNKNOWN = ("", "unknown", "und", "mul", "zxx")


class Said(msgspec.Struct, frozen=True):
    """What one document says."""

    language: str  # of its words; empty where nothing tells
    stems: Mapping[str, int]  # weighted
    phrases: Mapping[str, str]  # stems of what may name a theme -> as written


NOTHING = Said("", {}, {})


class Speech:
    """Reads what documents of some languages say."""

    def __init__(self, digests: Sequence[Digest]) -> None:
        named = {one.language for one in digests} | {one.terms_language for one in digests}
        self._stops = {
            name: stop_words(name) for name in sorted(named) if name not in _UNKNOWN
        }  # fmt: skip
        self._words: dict[str, tuple[Words, Pieces[str]]] = {}
        self._hosts: dict[tuple[str, str], str] = {}
        # documents share their terms
        self._found: dict[tuple[str, str], tuple[tuple[str, ...], str, str]] = {}

    def read(self, digest: Digest) -> Said:
        """Return what a document says."""
        language = self._language(digest)
        names = names_of(digest)
        words, known = self._of(language)
        stems = Counter(known.of(words.tokens(digest.abstract)))
        stems.pop("", None)
        phrases: dict[str, str] = {}
        for run in _runs(words, digest.title):
            for stem, _ in run:
                stems[stem] += _TITLE
            phrases.update(_phrases(run))
        mined = (one.term for one in digest.terms[:_MOST_TERMS])
        for texts, weight in ((mined, _MINED), (digest.keywords, _KEYWORD)):
            for text in texts:
                if names.hold(text):
                    continue
                found, phrase, written = self._term(words, text)
                for stem in found:
                    stems[stem] += weight
                if found:
                    phrases[phrase] = written
                    if len(found) > 1:
                        stems[phrase] += weight
        host = self._host(words, digest.host)
        framed = f" {host} "
        named = {one: said for one, said in phrases.items() if not _is_host(one, host, framed)}
        return Said(language, stems, named)

    def _of(self, language: str) -> tuple[Words, Pieces[str]]:
        """Return the words of a language, and the stems of those that can be terms."""

        def stem_of(token: str) -> str:
            kind, stem = words.look(token)
            return stem if kind == TERM else ""

        found = self._words.get(language)
        if found is None:
            words = Words(language)
            found = self._words[language] = words, Pieces(stem_of)
        return found

    def _term(self, words: Words, text: str) -> tuple[tuple[str, ...], str, str]:
        """Return the stems of a term, also as a phrase, and the term as written."""
        key = words.language, text
        found = self._found.get(key)
        if found is None:
            stems = tuple(stem for run in _runs(words, text) for stem, _ in run)
            found = self._found[key] = stems, " ".join(stems), " ".join(text.split())
        return found

    def _host(self, words: Words, title: str) -> str:
        """Return the stems of a journal's title; the journal is no theme."""
        found = self._hosts.get((words.language, title))
        if found is None:
            found = self._hosts[words.language, title] = words.phrase(title)
        return found

    def _language(self, digest: Digest) -> str:
        """Return the language of a document's title and abstract."""
        own = next((name for name in (digest.language, digest.terms_language)
                    if name not in _UNKNOWN), "")  # fmt: skip
        if len(self._stops) < 2:
            return own or next(iter(self._stops), "")
        text = f"{digest.title} {digest.abstract[:_PROBED]}".casefold()
        words = set(text.split())
        hits = {name: len(words & stops) for name, stops in self._stops.items()}
        best = max(sorted(hits), key=lambda name: hits[name])
        return best if not own or hits[best] > hits.get(own, 0) + _SURER else own


def _is_host(phrase: str, host: str, framed: str) -> bool:
    """Tell whether a phrase is the journal's title, or several words of it."""
    return phrase == host or (" " in phrase and phrase in host and f" {phrase} " in framed)


def _runs(words: Words, text: str) -> Iterator[list[tuple[str, str]]]:
    """Give stretches of words between stop words and signs, as stems and as written."""
    run: list[tuple[str, str]] = []
    for token in words.tokens(text):
        kind, stem = words.look(token)
        if kind == TERM:
            run.append((stem, token))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _phrases(run: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give the phrases of a stretch of a title."""
    for length in range(1, _LONGEST + 1):
        for at in range(len(run) - length + 1):
            part = run[at : at + length]
            yield " ".join(stem for stem, _ in part), " ".join(word for _, word in part)

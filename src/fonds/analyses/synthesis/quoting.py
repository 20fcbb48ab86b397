"""The key sentences of a document, and those of a theme from its typical documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.synthesis.extract import Scored, Vector, chosen, scored
from fonds.analyses.synthesis.model import Quote, Source
from fonds.analyses.synthesis.passages import sentences_of
from fonds.enrich.words import Words
from fonds.sources.languages import tag

_LOOKED_AT, _LEAST, _MOST = 60, 4, 8  # documents of all themes, and of each at least and most
_OF_ONE = 2  # sentences that one document may give
_NEAREST = 4  # best sentences of each document that are weighed against the others'
_NAMED = 2  # authors; of more, the first and "et al."


class Quoter:
    """Quotes documents of one corpus; `read` counts those whose text was read."""

    def __init__(self, corpus: Corpus, themes: int = 1) -> None:
        self._corpus = corpus
        self._looked_at = min(_MOST, max(_LEAST, _LOOKED_AT // max(1, themes)))
        self._words: dict[str, Words] = {}
        self.read: set[str] = set()

    def extract(self, digest: Digest, most: int) -> tuple[Quote, ...]:
        """Return the key sentences of a document, in the order in which they stand."""
        found = chosen(self._scored(digest, None), most)
        found.sort(key=lambda one: one.sentence.at)
        return tuple(self._quote(digest, one) for one in found)

    def of_theme(
        self, digests: Sequence[Digest], terms: Mapping[str, float], most: int
    ) -> tuple[Quote, ...]:
        """Return key sentences of a theme; its documents come the most typical first."""
        pool: list[Scored] = []
        owner: dict[int, Digest] = {}
        looked_at = digests[: self._looked_at]
        scored_of = [self._scored(digest, terms) for digest in looked_at]
        times = Counter(text for found in scored_of for text in {_plain(one) for one in found})
        for digest, found in zip(looked_at, scored_of, strict=True):
            own = [one for one in found if times[_plain(one)] == 1]  # else a form of the journal
            for one in chosen(own, _NEAREST):
                owner[id(one)] = digest
                pool.append(one)
        kept: list[Scored] = []
        for one in chosen(pool, len(pool)):
            mine = sum(owner[id(other)] is owner[id(one)] for other in kept)
            if mine < (_OF_ONE if len(digests) < most else 1):
                kept.append(one)
            if len(kept) == most:
                break
        return tuple(self._quote(owner[id(one)], one) for one in kept)

    def _scored(self, digest: Digest, focus: Vector | None) -> list[Scored]:
        sentences = sentences_of(self._corpus, digest)
        if any(one.place.kind == "text" for one in sentences):
            self.read.add(digest.ark)
        language = _language(digest)
        words = self._words.setdefault(language, Words(language))
        return scored(sentences, words, focus)

    def _quote(self, digest: Digest, one: Scored) -> Quote:
        sentence = one.sentence
        return Quote(sentence.text, tag(_language(digest)), source_of(digest), sentence.place,
                     round(one.score, 3))  # fmt: skip


def _plain(one: Scored) -> str:
    return " ".join(one.sentence.text.casefold().split())


def source_of(digest: Digest) -> Source:
    """Return how a document is named in a report."""
    names = [one.partition(",")[0] for one in digest.authors]
    authors = f"{names[0]} et al." if len(names) > _NAMED else ", ".join(names)
    return Source(digest.ark, digest.title or digest.id, authors, digest.year, digest.host)


def sources(quotes: Sequence[Quote]) -> tuple[Source, ...]:
    """Return the documents of quotations, each once, in their order."""
    return tuple({msgspec.json.encode(one.source): one.source for one in quotes}.values())


def _language(digest: Digest) -> str:
    known = digest.language not in ("", "unknown", "mul", "und", "zxx")
    return digest.language if known else digest.terms_language

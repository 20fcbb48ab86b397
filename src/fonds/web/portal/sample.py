"""What examples are about: a question that finds something in this archive, and one document."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fonds.record import Record
from fonds.web.services import Services

# the first that some titles of this archive have is taken; else a word of one of its titles
_WORDS = ("water", "climate", "brain", "cell", "eau", "species", "disease", "health", "energy",
          "history", "model", "analysis", "study", "new", "de", "the")  # fmt: skip
_SOME = 5  # documents that make an example worth while
_MOST = 500  # documents that an example takes out
_RECORD = msgspec.json.Decoder(Record).decode


class Sample(msgspec.Struct, frozen=True):
    """Words, a question and a document for examples; all descriptions, which are open."""

    word: str
    question: str  # finds between 1 and some hundred documents, where the archive has any
    first: str  # years of the question, for `publicationDate`
    last: str
    id: str
    ark: str
    doi: str
    year: str

    @property
    def dated(self) -> str:
        """Return the words in titles, between two years."""
        return f"title:{self.word} AND publicationDate:[{self.first} TO {self.last}]"


def sample_of(services: Services) -> Sample:
    """Choose what examples are about; in an empty archive they find nothing."""
    word = _word(services)
    record = _document(services, word)
    year = record.publication_date[:4]
    last = year if year.isdigit() else "2020"
    question = f"title:{word}"
    if _count(services, question) > _MOST:
        question = f"title:{word} AND publicationDate:{last}"
    return Sample(
        word=word,
        question=question,
        first=str(int(last) - 9),
        last=last,
        id=record.id,
        ark=record.ark_istex,
        doi=record.doi[0] if record.doi else "",
        year=year,
    )


def _word(services: Services) -> str:
    """Return the first word that some titles have; else the one that most have."""
    best, most = _WORDS[0], 0
    for word in _candidates(services):
        count = _count(services, f"title:{word}")
        if count >= _SOME:
            return word
        if count > most:
            best, most = word, count
    return best


def _candidates(services: Services) -> Iterator[str]:
    yield from _WORDS
    for word in _document(services, "").title.lower().split():
        if word.isalpha():
            yield word


def _document(services: Services, word: str) -> Record:
    """Return a document with the word in its title, one with a DOI if there is one."""
    for query in (f"title:{word} AND _exists_:doi", f"title:{word}") if word else ("*",):
        question = services.search.ask(query, size=1, sort_by="publicationDate[desc]")
        for hit in services.search.search(question).hits:
            return _RECORD(hit.source)
    return Record()


def _count(services: Services, query: str) -> int:
    return services.search.search(services.search.ask(query, size=0)).total

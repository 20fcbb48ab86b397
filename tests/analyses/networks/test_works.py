"""Entries of bibliographies that are one work, and works that are documents of the corpus."""

from __future__ import annotations

import msgspec

from fonds.analyses.digest import CitedWork, Digest, digest_of
from fonds.analyses.networks.works import bibliographies
from fonds.record import Record

ORIGIN = "On the Origin of Species by Means of Natural Selection"


def document(*cited: CitedWork, title: str = "", doi: str = "", year: int = 2020) -> Digest:
    """Return a document with a bibliography."""
    empty = digest_of(1, msgspec.json.encode(Record()), {})
    return msgspec.structs.replace(empty, title=title, doi=doi, year=year, references=cited)


def test_a_work_with_and_without_its_doi_is_one() -> None:
    found = bibliographies(
        [
            document(CitedWork("10.5962/59991", ORIGIN, 1859, "Darwin")),
            document(CitedWork("", ORIGIN.upper(), 1859, "DARWIN")),
            document(CitedWork("", ORIGIN, 1872, "Darwin")),
        ]
    )
    assert [(one.name, one.cited_by) for one in found.works] == [
        ("Darwin 1859", (0, 1)),
        ("Darwin 1872", (2,)),
    ]


def test_a_journal_alone_is_not_a_work_of_all_its_authors() -> None:
    found = bibliographies(
        [
            document(CitedWork("", "Journal of Things", 1990, "Ada")),
            document(CitedWork("", "Journal of Things", 1990, "Bob")),
        ]
    )
    assert [len(one.cited_by) for one in found.works] == [1, 1]


def test_documents_cite_each_other_by_doi_or_by_title_and_year() -> None:
    found = bibliographies(
        [
            document(title=ORIGIN, year=1859),
            document(CitedWork("", ORIGIN, 1860, "Darwin"), doi="10.1/ABC"),
            document(CitedWork("10.1/abc", "", 2020, ""), CitedWork("", ORIGIN, 1872, "D")),
        ]
    )
    assert found.citations == ((1, 0), (2, 1))


def test_a_document_does_not_cite_itself() -> None:
    found = bibliographies([document(CitedWork("10.1/a", "", 0, ""), doi="10.1/A")])
    assert not found.citations


def test_nothing_is_cited() -> None:
    assert bibliographies([]).works == ()
    assert bibliographies([document()]).works == ()

"""Every row is asked for through a resolver before it is published."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import msgspec
import pytest

from fonds.access.rights import AccessFile, Rights
from fonds.archive.archive import Archive
from fonds.holdings.checking import Answer, check
from fonds.record import Host
from fonds.settings import Settings
from tests.holdings.making import article, book, held

BASE = "https://archive.example.org"
OPEN = Rights(AccessFile())


def test_every_end_is_probed(tmp_path: Path) -> None:
    """Both ends of each range are asked for; what a resolver misses is told with its cause."""
    documents = [
        article(1, volume="1"), article(2, volume="2", year="1991"),
        article(3, volume="9", year="1998"), article(4, title="Undated", issn=(), year=""),
        book(5),
    ]  # fmt: skip
    with held(tmp_path, documents) as holdings, Archive.open(tmp_path, Settings()) as archive:
        arks = {document.record: document.ark for document in archive.documents()}
        asked: list[dict[str, list[str]]] = []

        def sure(query: str) -> Answer:
            said = parse_qs(query)
            asked.append(said)
            title = said["rft.atitle"][0].encode()
            (ark,) = [ark for record, ark in arks.items() if title in record]
            return Answer(ark, True)

        report = check(holdings, archive, OPEN, sure, BASE)
        assert report.is_good
        assert (report.titles, report.rows, report.probes) == (3, 3, 4)
        assert [one.gap.first for one in report.gaps] == [3]
        assert len(report.unpublished) == 1
        assert sorted(one["rft.volume"][0] for one in asked if "rft.volume" in one) == [
            "1", "2", "9",
        ]  # fmt: skip
        for answer, cause in (
            (Answer(), "not-found"), (Answer("ark:/1/x", True), "another-document"),
        ):  # fmt: skip
            bad = check(holdings, archive, OPEN, lambda _, said=answer: said, BASE)  # type: ignore[misc]
            assert {one.cause for one in bad.failures} == {cause}
            assert len(bad.failures) == 4
            assert not bad.is_good


@pytest.mark.parametrize(("year", "good"), [("1999", True), ("2001", False)])
def test_another_delivery_of_a_work_may_be_the_answer(
    tmp_path: Path, year: str, good: bool
) -> None:
    """When all that describes it is the same; whole books share no identifier."""
    host = Host(genre=("book",), title="A Book", publication_date="1999")
    documents = []
    for number, dated in ((1, "1999"), (2, year)):
        one = article(number, host=host, year=dated, collection=f"c{number}")
        record = msgspec.structs.replace(one.record, title="A Book", author=(), doi=())
        documents.append(msgspec.structs.replace(one, record=record))
    with held(tmp_path, documents) as holdings, Archive.open(tmp_path, Settings()) as archive:
        first, second = [one.ark for one in archive.documents()]
        for ark in (first, second):
            report = check(holdings, archive, OPEN, lambda _, said=ark: Answer(said, True), BASE)  # type: ignore[misc]
            assert report.is_good is good

"""The other ways to a reference: only those whose address can be written, safely."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from fonds.settings import PortalSettings
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.links import filled, held_title, links_of
from tests.holdings.making import ISSN, article, held

SETTINGS = PortalSettings(
    interlibrary_loan="https://ill.example.org/form?x=1",
    catalogue="https://sudoc.example.org/?issn={issn}",
    open_version="https://oa.example.org/{doi}",
    proxy="https://proxy.example.org/login?qurl={url}",
    report="mailto:library@example.org",
)
DOI = "10.1002/(SICI)1097<265::AID-1>3.0.CO;2-3"


def test_only_what_can_be_written() -> None:
    """A template whose values are not known gives no link; the loan form takes any reference."""
    assert [one.kind for one in links_of(Citation(title="x"), SETTINGS)] == ["loan", "report"]
    assert links_of(Citation(title="x"), PortalSettings()) == ()
    kinds = [one.kind for one in links_of(Citation(doi=(DOI,), issn=(ISSN,)), SETTINGS)]
    assert kinds == ["publisher", "open", "catalogue", "loan", "report"]
    assert [one.kind for one in links_of(Citation(pmid=("1",)), PortalSettings())] == ["pubmed"]


def test_addresses_are_quoted() -> None:
    """What a caller wrote cannot leave its place in an address."""
    links = {one.kind: one.address for one in links_of(Citation(doi=(DOI,)), SETTINGS)}
    assert "<" not in "".join(links.values())
    target = parse_qs(urlsplit(links["publisher"]).query)["qurl"][0]
    assert target == "https://doi.org/10.1002/(SICI)1097%3C265::AID-1%3E3.0.CO;2-3"
    hostile = Citation(issn=("&admin=1#",), title='"><script>', doi=("javascript:alert(1)",))
    catalogue = {one.kind: one.address for one in links_of(hostile, SETTINGS)}["catalogue"]
    assert catalogue == "https://sudoc.example.org/?issn=%26admin%3D1%23"
    assert filled("{unknown}", {}) == ""


def test_the_reference_is_passed_on() -> None:
    """The loan form gets everything that is known, as an OpenURL."""
    said = Citation(doi=(DOI,), title="A & B", host_title="Nature", issn=(ISSN,), volume="3")
    (loan,) = [one.address for one in links_of(said, SETTINGS) if one.kind == "loan"]
    got = parse_qs(urlsplit(loan).query)
    assert got["x"] == ["1"]
    assert got["rft_id"] == [f"info:doi/{DOI}"]
    assert (got["rft.atitle"], got["rft.jtitle"], got["rft.volume"]) == (
        ["A & B"],
        ["Nature"],
        ["3"],
    )


def test_the_journal_of_a_reference(tmp_path: Path) -> None:
    """By ISSN or by its very name; whether we hold the volume, else the year."""
    documents = [article(n, volume=str(n), year=str(1980 + n)) for n in (1, 2, 3, 9)]
    with held(tmp_path, documents) as holdings:
        for citation, covers in (
            (Citation(issn=(ISSN,), volume="2"), True),
            (Citation(issn=(ISSN,), volume="5", year="1982"), False),
            (Citation(host_title="NATURE", year="1989"), True),
            (Citation(host_title="Nature", year="1985"), False),
            (Citation(host_title="nature"), None),
        ):
            found = held_title(citation, holdings)
            assert found is not None
            assert found.covers is covers, citation
        assert held_title(Citation(host_title="Nat"), holdings) is None
        assert held_title(Citation(), holdings) is None

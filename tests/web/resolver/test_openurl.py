"""OpenURLs as the world writes them are read; nothing a caller sends fails."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.web.resolver.citation import Citation
from fonds.web.resolver.openurl import pairs_of, read_identifier, read_openurl


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("rft_id=info:doi/10.1136/acup-2012-01", Citation(doi=("10.1136/acup-2012-01",))),
        ("rft_id=info:doi/%2210.1000/x%22&noredirect=1", Citation(doi=("10.1000/x",))),
        ("url_ver=rft_id=info:doi/10.1000/x", Citation(doi=("10.1000/x",))),
        ("rft_id=info:doi/&rft_id=info:pmid/20442922", Citation(pmid=("20442922",))),
        ("rft_id=info:pii/S0143-0807(98)90774-7", Citation(pii=("S0143-0807(98)90774-7",))),
        ("rft_pmid=info:pmid/123", Citation(pmid=("123",))),
        ("id=pmid:123&sid=google", Citation(pmid=("123",))),
        ("rft_id=https://doi.org/10.1000/X", Citation(doi=("10.1000/X",))),
        ("rft_id=https%3A//pubmed.ncbi.nlm.nih.gov/42/", Citation(pmid=("42",))),
        ("rft_id=ark:67375/GT4-FJLCPBW9-Q", Citation(ark=("ark:/67375/GT4-FJLCPBW9-Q",))),
        (
            "id=doi:10.1002/1531-8249(199902)45:2%3C265::AID-ANA21%3E3.0.CO%3B2-3",
            Citation(doi=("10.1002/1531-8249(199902)45:2<265::AID-ANA21>3.0.CO;2-3",)),
        ),
        (
            'au="Shu-Hua Yang"&ref.title="Monthly Notices"&issue=4',
            Citation(author="Shu-Hua Yang", host_title="Monthly Notices", issue="4"),
        ),
        (
            "rft&rft.issn=09645284&&rtf.volume=30&rft.spage=298&rft.date=2012-03-01",
            Citation(issn=("0964-5284",), volume="30", first_page="298", year="2012"),
        ),
        ("pages=12-19&atitle=A+b", Citation(first_page="12", title="A b")),
        ("atitle=%C9tude%A0x", Citation(title="Étude x")),
        ("atitle=%25C3%2589tude", Citation(title="Étude")),
        ("rft_ref=http://169.254.169.254/&rft_ref_fmt=x", Citation()),
    ],
)  # fmt: skip
def test_forms(query: str, wanted: Citation) -> None:
    """Versions, prefixes, quotes, encodings and malformed addresses."""
    assert read_openurl(query.encode()) == wanted


@pytest.mark.parametrize("name", ["openurls-0.1", "openurls-1.0", "google-scholar-openurls"])
def test_real_openurls(name: str, shared: Path) -> None:
    """Every real OpenURL says something that can be looked for."""
    lines = (shared / "refs" / f"{name}.txt").read_text("utf-8").splitlines()
    queries = [line.split("\t")[0].lstrip("?") for line in lines if line.startswith("?")]
    assert len(queries) >= 10
    empty = [query for query in queries if read_openurl(query.encode()).is_empty]
    assert empty == []


@given(st.binary(max_size=400))
def test_any_bytes(query: bytes) -> None:
    """Whatever comes, a citation is read."""
    assert isinstance(read_openurl(query), Citation)


@given(st.from_regex(r"10\.[0-9]{4,9}/[a-z0-9<>();:./_-]{1,40}[a-z0-9]", fullmatch=True))
def test_dois_survive_encoding(doi: str) -> None:
    """A DOI arrives as it was, whatever punctuation it holds."""
    assert read_openurl(f"rft_id=info:doi/{quote(doi)}".encode()).doi == (doi,)


def test_what_is_no_identifier() -> None:
    """Words are no identifier."""
    assert read_identifier("the brain") is None


def test_control_characters_are_blanks() -> None:
    """What a page shows of a reference is text."""
    assert pairs_of(b"rft.atitle=Lava%00tubes%1b%0a&rft.jtitle=A%09B") == [
        ("rft.atitle", "Lava tubes"), ("rft.jtitle", "A B"),
    ]  # fmt: skip

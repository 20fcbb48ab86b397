"""Parts of a record are put together one way, whatever the format."""

from __future__ import annotations

import pytest
from lxml import etree

from fonds.errors import Finding
from fonds.record import Funder, Pages
from fonds.sources import parts, records


@pytest.mark.parametrize(
    ("begin", "end", "total", "wanted"),
    [
        ("7", "9", "", Pages(first="7", last="9", total="3")),
        ("7", "9", "4", Pages(first="7", last="9", total="4")),
        ("L377", "9", "0", Pages(first="L377", last="9")),
        ("n/a", "n/a", "21", Pages(total="21")),
        ("n/a", "", "", None),
    ],
)
def test_pages(begin: str, end: str, total: str, wanted: Pages | None) -> None:
    """Pages are counted where nobody counted them; what stands for none is none."""
    assert parts.pages(begin, end, total) == wanted


@pytest.mark.parametrize(
    ("main", "under", "wanted"),
    [("A", "B", "A: B"), ("A?", "B", "A? B"), ("A", "", "A"), ("", "B", "B")],
)
def test_title(main: str, under: str, wanted: str) -> None:
    """A subtitle follows after a colon, unless the title ends with a sign of its own."""
    assert parts.title(main, under) == wanted


def test_contributor() -> None:
    """Addresses come once, e-mails after them as ISTEX writes them; no name, no person."""
    person = parts.contributor("Ada", "B", affiliations=["X", "", "X"], mails=["a@x.org"])
    assert person is not None
    assert person.affiliations == ("X", "E-mail: a@x.org")
    assert parts.contributor("", "", affiliations=["X"]) is None


def test_identifiers() -> None:
    """What should be a DOI and is none stays among the publisher's own numbers."""
    findings: list[Finding] = []
    element = etree.fromstring("<doi>89.1/x</doi>")
    assert parts.identifiers(element, findings, "N1") == {"doi": (), "article_id": ("N1", "89.1/x")}
    assert [finding.code for finding in findings] == ["doi-invalid"]


def test_prose() -> None:
    """A heading that only says "Abstract" is left out, others end with a colon."""
    xml = "<a><h>A<b>bstract</b></h><s><h>Aim</h><p>To see</p><p>it.</p></s></a>"
    assert parts.prose(etree.fromstring(xml), "h", "p") == "Aim: To see it."


@pytest.mark.parametrize(
    ("link", "text", "wanted"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "", "isOpenAccess"),
        ("", "This is an Open Access article", "isOpenAccess"),
        ("", "All rights reserved", "unknown"),
    ],
)
def test_access(link: str, text: str, wanted: str) -> None:
    """A licence is open when it says so."""
    assert parts.access(link, text).content_type == wanted


def test_the_licence_that_says_most() -> None:
    """Creative Commons' address before others, a licence's name before a repository's code."""
    code, name = "info:eu-repo/semantics/openAccess", "CC BY 4.0"
    link = "https://creativecommons.org/licenses/by/4.0/"
    assert records.licence(code, name).value == name
    assert records.licence("https://x.org/tdm", name, link).value == link
    assert records.licence(code).content_type == "isOpenAccess"


def test_funders_once() -> None:
    """A funder that is named twice is one with the numbers of both."""
    found = records.funders([Funder(name="A", award=("1",)), Funder(name="B"), Funder(name="A")])
    assert found == (Funder(name="A", award=("1",)), Funder(name="B"))

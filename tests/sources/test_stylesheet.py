"""Stylesheets used from several threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from lxml import etree

from fonds.sources.stylesheet import Stylesheet

ARTICLE = (
    b"<article><body><sec><title>%d</title><p>One <italic>two</italic></p></sec></body></article>"
)


def test_threads_may_share_a_stylesheet() -> None:
    """Every thread gets the result of its own tree."""
    stylesheet = Stylesheet("fonds.sources.formats.jats", "body.xsl")

    def made(number: int) -> str:
        tree = stylesheet(etree.fromstring(ARTICLE % number))
        assert tree is not None
        return " ".join("".join(str(piece) for piece in tree.itertext()).split())

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(made, range(400)))
    assert found == [f"{number}One two" for number in range(400)]

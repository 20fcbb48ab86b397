"""What is a document without a title, and what is none."""

from __future__ import annotations

import pytest

from fonds.errors import Finding
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

_AUTHOR = "<contrib-group><contrib><string-name>Ada Exemple</string-name></contrib></contrib-group>"
_NUMBER = "<article-id pub-id-type='publisher-id'>7</article-id>"
_REFERENCES = (
    "<back><ref-list><ref id='r1'><mixed-citation>{}</mixed-citation></ref></ref-list></back>"
)


def _read(data: str) -> tuple[Reading, ...] | Finding:
    return read_bytes(data.encode(), load_readers(), LimitSettings())


@pytest.mark.parametrize(
    ("article", "stands"),
    [
        (f"<front><article-meta>{_AUTHOR}</article-meta></front>", "authors"),
        (f"<front><article-meta>{_NUMBER}</article-meta></front>", "identifier"),
        ("<front/><body><p>Words.</p></body>", "text"),
        (_REFERENCES.format("Cited, 1999."), "references"),
        ("<front/>" + _REFERENCES.format("Cited, 1999."), "references"),
    ],
)
def test_what_stands_without_a_title(article: str, stands: str) -> None:
    """It is loaded, and the missing title is named with what there is instead."""
    found = _read(f"<article>{article}</article>")
    assert isinstance(found, tuple)
    assert [f.code for f in found[0].findings] == ["title-missing"]
    assert stands in found[0].findings[0].reason


@pytest.mark.parametrize(
    "article",
    [
        "<front><article-meta><title-group><article-title/></title-group></article-meta></front>",
        "<front/><body><p> </p></body>",
        "<front/>" + _REFERENCES.format(""),
        "<front/><back><ref-list/></back>",
    ],
)
def test_an_empty_form_is_no_document(article: str) -> None:
    """Elements without words say nothing that anybody could cite."""
    found = _read(f"<article>{article}</article>")
    assert isinstance(found, Finding)
    assert found.code == "no-title"


def _marc(kind: str, fields: str) -> str:
    return (
        "<record xmlns='http://www.loc.gov/MARC21/slim'>"
        f"<leader>00000c{kind}m a2200000 a 4500</leader>"
        f"<controlfield tag='001'>42</controlfield>{fields}</record>"
    )


def _field(tag: str, text: str) -> str:
    return (
        f"<datafield tag='{tag}' ind1=' ' ind2=' '><subfield code='a'>{text}</subfield></datafield>"
    )


def test_a_catalogue_record_without_field_245() -> None:
    """The control number identifies it; a uniform title stands for the title, and that is said."""
    bare, uniform = _read(_marc("a", "")), _read(_marc("a", _field("130", "Beowulf")))
    assert isinstance(bare, tuple)
    assert isinstance(uniform, tuple)
    assert bare[0].record.article_id == ("42",)
    assert uniform[0].record.title == "Beowulf"
    for reading in (bare[0], uniform[0]):
        assert [f.code for f in reading.findings] == ["title-missing"]


@pytest.mark.parametrize("kind", ["x", "z"])
def test_holdings_and_names_are_no_documents(kind: str) -> None:
    """What describes a copy or a person is kept, and nothing is wrong with it."""
    found = _read(_marc(kind, _field("852", "shelf")))
    assert isinstance(found, Finding)
    assert found.code == "no-document"

"""References are found in plain text, however they are set off from one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.enrich.references.sections import find_references

_ENTRIES = (
    "Doe J, Roe R. Cold atoms in optical lattices. Phys. Rev. Lett. 1999, 82, 12-15.",
    "Exemple A. Les barrages de montagne. Revue de géotechnique 2003, 3, 7-19.",
    "Sample B, Other C, Third D. A method of computing flows. J. Comput. 2008, 12, 45.",
    "Último E. Inquéritos nacionais de saúde. Rev. Bras. 2010, 11, 159-167.",
)
_BODY = "The text goes on and on about atoms (Doe 1999). " * 60
_FORMS = {
    "brackets": "\n".join(f"[{n}] {one}" for n, one in enumerate(_ENTRIES, 1)),
    "one block with numbers": " ".join(f"[{n}] {one}" for n, one in enumerate(_ENTRIES, 1)),
    "dots": "\n".join(f"{n}. {one}" for n, one in enumerate(_ENTRIES, 1)),
    "numbers alone": "\n".join(f"{n} {one}" for n, one in enumerate(_ENTRIES, 1)),
    "paragraphs": "\n\n".join(_ENTRIES),
    "lines": "\n".join(_ENTRIES),
    "hanging lines": "\n".join(one.replace(". ", ".\n    ", 2) for one in _ENTRIES),
    "one block": " ".join(_ENTRIES),
}


@pytest.mark.parametrize("form", _FORMS)
def test_each_is_found_once(form: str) -> None:
    """Numbers, paragraphs, lines, or one block: four references are four."""
    found = find_references(f"{_BODY}\nReferences\n{_FORMS[form]}\n\nAppendix A\nMore text 1999.")
    assert len(found) == 4
    for one, entry in zip(found, _ENTRIES, strict=True):
        assert one.endswith(entry)


@pytest.mark.parametrize(
    "heading", ["REFERENCES", "7. References", "Bibliographie", "Références bibliographiques :"]
)
def test_headings(heading: str) -> None:
    """The section is known by its heading, in several languages, numbered or not."""
    assert len(find_references(f"{_BODY}\n{heading}\n\n{_FORMS['brackets']}")) == 4


def test_lines_and_pages_are_joined() -> None:
    """A hyphen at a line's end is joined; the number of a page is no text."""
    text = (
        "[1] Doe J. Cold ato-\nms. 1999, 12.\n17\n\f[2] Roe R. Warm\natoms of 2001."
        "\n[3] A. B. 2004, etc."
    )
    assert find_references(f"{_BODY}\nReferences\n{text}")[:2] == [
        "[1] Doe J. Cold atoms. 1999, 12.",
        "[2] Roe R. Warm atoms of 2001.",
    ]


@pytest.mark.parametrize("text", ["", _BODY, "References\n" + _BODY, f"{_BODY}\nReferences\n"])
def test_none_where_there_is_no_section(text: str) -> None:
    """Without a section, or with an empty one, nothing is found."""
    assert find_references(text) == []


@given(st.text(alphabet="[]().,1239 \nADaé-", max_size=400))
def test_any_section_is_cut(text: str) -> None:
    """Whatever stands behind the heading, pieces are pieces of it."""
    for one in find_references(f"{_BODY}\nReferences\n{text} 1999 2001"):
        assert 25 <= len(one) <= 2_000

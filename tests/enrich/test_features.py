"""Counts are exact, and no text can be put together again from them."""

from __future__ import annotations

import csv
import io
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.features import (
    LEAST_THRICE,
    LEAST_TWICE,
    LEAST_WORDS,
    Features,
    FeaturesOfText,
    phrases,
    words_of,
)
from fonds.enrich.model import Enriched
from fonds.enrich.sections import label_of, sections
from fonds.settings import EnrichSettings
from tests.enrich.making import material

_SENTENCE = "Magma rises slowly beneath the old volcano. "
_TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
<div><head>1. Introduction</head><p>{0}</p><p>more <hi>text</hi> here<note>a note</note> end</p>
</div>
<div><head>Methods</head><p>{0}</p><figure><figDesc>caption</figDesc></figure></div>
</body></text></TEI>"""


def _made(**parts: object) -> Enriched | None:
    return FeaturesOfText(EnrichSettings()).enrich(material(**parts))  # type: ignore[arg-type]


def _rows(made: Enriched) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(made.table.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def test_words_are_counted_exactly() -> None:
    """The counts of the document are those of its words."""
    made = _made(texts={"pdf": _SENTENCE * 30})
    assert made is not None
    counted = {
        row["phrase"]: int(row["count"])
        for row in _rows(made)
        if row["unit"] == "document" and row["n"] == "1"
    }
    assert counted == Counter(words_of(_SENTENCE * 30))
    assert counted["magma"] == 30


def test_sections_and_pages_are_counted_apart() -> None:
    """Each section and page with enough words has counts of its own; few are joined."""
    body = _SENTENCE * 20
    made = _made(
        texts={"xml": body, "pdf": f"{body}\ffew words\f{body}"},
        cleaned=body * 2,
        files={("fulltext", "tei"): _TEI.format(body).encode()},
    )
    assert made is not None
    assert isinstance(made.result, Features)
    units = [(u.kind, u.first, u.last, u.label) for u in made.result.units]
    assert units == [
        ("document", 1, 1, ""),
        ("section", 1, 1, "introduction"),
        ("section", 2, 2, "methods"),
        ("page", 1, 1, ""),
        ("page", 2, 3, ""),
    ]
    assert all(unit.words >= LEAST_WORDS for unit in made.result.units)


def test_sections_hold_running_text_alone() -> None:
    """Notes and captions are not the text of a section."""
    found = sections(
        material(cleaned="x", files={("fulltext", "tei"): _TEI.format("Some text.").encode()})
    )
    assert [one.label for one in found] == ["introduction", "methods"]
    assert "more text here end" in " ".join(found[0].text.split())
    assert "caption" not in found[1].text
    assert label_of("2.1 Matériel et méthodes") == "methods"
    assert label_of("On magma") == ""


def test_little_text_gives_nothing() -> None:
    """A text of a few words would be known from its counts: none are given."""
    assert _made(texts={"pdf": _SENTENCE}) is None
    assert _made(title="Title") is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), max_size=12))
def test_only_phrases_that_come_again_are_given(sentences: list[list[str]]) -> None:
    """No phrase that stands once in the document is given, whatever the document."""
    words = "\0".join(" ".join(one) for one in sentences).replace("\0", " \0 ").split(" ")
    twice, thrice = phrases([word for word in words if word])
    for size, least, found in ((2, LEAST_TWICE, twice), (3, LEAST_THRICE, thrice)):
        for phrase, count in found:
            there = sum(
                " ".join(one[at : at + size]) == phrase
                for one in sentences
                for at in range(len(one) - size + 1)
            )
            assert there == count >= least


def test_the_text_cannot_be_put_together_again() -> None:
    """Of a text in which no phrase comes again, no order at all is given away."""
    text = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400))
    made = _made(texts={"pdf": text})
    assert made is not None
    rows = _rows(made)
    assert {row["n"] for row in rows} == {"1"}
    for unit in ("document", "page"):
        listed = [row["phrase"] for row in rows if row["unit"] == unit]
        assert listed == sorted(listed)

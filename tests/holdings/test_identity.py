"""One title has one identifier, whatever order its descriptions come in."""

from __future__ import annotations

from random import Random

import pytest

from fonds.holdings.describing import Description, isbn13, valid_issn
from fonds.holdings.identity import group, title_id


def journal(title: str, *issn: str, eissn: tuple[str, ...] = ()) -> Description:
    """Describe a journal."""
    return Description(kind="serial", title=title, issn=issn, eissn=eissn)


def test_numbers_join() -> None:
    """A record with both ISSNs joins those that have one each; the name may differ."""
    found = group(
        [
            journal("Nature", "0028-0836"),
            journal("Nature (London)", eissn=("1476-4687",)),
            journal("NATURE", "0028-0836", eissn=("1476-4687",)),
            journal("Science", "0036-8075"),
        ],
        "99999",
    )
    assert sorted(len(one.members) for one in found) == [1, 3]
    nature = next(one for one in found if len(one.members) == 3)
    assert nature.id == title_id("issn:0028-0836", "99999")
    assert nature.aliases == (title_id("issn:1476-4687", "99999"),)


def test_names_join_when_there_is_no_doubt() -> None:
    """A title without numbers joins the only one of its name; of two, neither."""
    bare = journal("Annals")
    assert len(group([bare, journal("ANNALS!", "0028-0836")], "99999")) == 1
    several = [bare, journal("Annals", "0028-0836"), journal("Annals", "0036-8075")]
    assert len(group(several, "99999")) == 3
    book = Description(kind="monograph", title="Annals", year=1990)
    assert len(group([bare, book], "99999")) == 2


def test_the_order_does_not_matter() -> None:
    """Identifiers are made from what a title is, not from when it came."""
    described = [
        journal("A", "0028-0836"),
        journal("A", "0028-0836", eissn=("1476-4687",)),
        journal("A", eissn=("1476-4687",)),
        journal("B"),
        journal("b"),
    ]
    known = sorted(one.id for one in group(described, "99999"))
    for seed in range(10):
        Random(seed).shuffle(described)
        assert sorted(one.id for one in group(described, "99999")) == known


@pytest.mark.parametrize(
    ("text", "valid"),
    [("0028-0836", True), ("2434-561X", True), ("0028-0837", False), ("0000-0000", False),
     ("", False), ("0028-083٦", False)],
)  # fmt: skip
def test_issn(text: str, valid: bool) -> None:
    """The check character counts; the number of nothing is none."""
    assert valid_issn(text) is valid


@pytest.mark.parametrize(
    ("text", "plain"),
    [("978-0-12-037311-6", "9780120373116"), ("0-12-037311-4", "9780120373116"),
     ("012037311X", ""), ("9780120373117", ""), ("x", ""), ("", "")],
)  # fmt: skip
def test_isbn(text: str, plain: str) -> None:
    """Both lengths become thirteen digits; a wrong check digit is none."""
    assert isbn13(text) == plain

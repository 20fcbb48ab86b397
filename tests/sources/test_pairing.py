"""Files of one folder are put together, and none is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fonds.sources.model import Candidate, DeliveredFile, Rejected
from fonds.sources.pairing import is_noise, pair


def paired(*names: str) -> list[Candidate | Rejected]:
    """Pair files of these names."""
    return list(pair(DeliveredFile(name, name, 1) for name in names))


def members(item: Candidate | Rejected) -> list[str]:
    """Return the names of all files in a result."""
    if isinstance(item, Rejected):
        return [item.file.name]
    main = [file.name for file in (item.description, item.pdf) if file is not None]
    return main + [attachment.file.name for attachment in item.attachments]


def test_same_stem() -> None:
    """XML and PDF of one stem are one document."""
    (one,) = paired("f/a.xml", "f/a.pdf")
    assert isinstance(one, Candidate)
    assert (one.name, members(one)) == ("f/a.xml", ["f/a.xml", "f/a.pdf"])


def test_two_descriptions() -> None:
    """JATS is the description, a deposit beside it further metadata."""
    (one,) = paired("j1.crossref.xml", "j1.jats.xml", "j1.pdf")
    assert isinstance(one, Candidate)
    assert one.description is not None
    assert one.description.name == "j1.jats.xml"
    assert [(a.file.name, a.role) for a in one.attachments] == [("j1.crossref.xml", "metadata")]


def test_annexes_and_covers() -> None:
    """Files named after a document, and covers in its folder, come with it."""
    (one,) = paired("a.xml", "a.pdf", "a-fig1.jpg", "a_S1.pdf", "cover.jpg")
    assert isinstance(one, Candidate)
    roles = {a.file.name: a.role for a in one.attachments}
    assert roles == {"a-fig1.jpg": "annexes", "a_S1.pdf": "annexes", "cover.jpg": "covers"}


def test_longest_stem_wins() -> None:
    """`a-10.gif` belongs to `a-10`, not to `a`."""
    found = {item.name: item for item in paired("a.xml", "a-10.xml", "a-10.gif")
             if isinstance(item, Candidate)}  # fmt: skip
    assert [a.file.name for a in found["a-10.xml"].attachments] == ["a-10.gif"]
    assert not found["a.xml"].attachments


def test_a_prefix_alone_does_not_pair() -> None:
    """`a1` is another document than `a`."""
    assert sorted(len(members(item)) for item in paired("a.xml", "a1.pdf", "b.xml")) == [1, 1, 1]


def test_noise() -> None:
    """What desktops leave behind is no file of a delivery."""
    assert all(map(is_noise, ("__MACOSX/a.xml", "x/.DS_Store", "x/._a.xml", "Thumbs.db")))
    assert not is_noise("x/a.xml")


@given(st.sets(st.from_regex(r"[ab1._-]{1,6}(\.(xml|pdf|jpg|txt))?", fullmatch=True), max_size=12))
def test_every_file_is_in_exactly_one_result(names: set[str]) -> None:
    """Nothing is lost and nothing is doubled, whatever the names."""
    found = [name for item in paired(*names) for name in members(item)]
    assert sorted(found) == sorted(names)

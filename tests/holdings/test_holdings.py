"""What is held follows the archive: at once, after corrections, after deletion of the file."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.access.rights import AccessFile, CollectionRule, Rights
from fonds.holdings.holdings import Choice
from fonds.holdings.model import Issue
from fonds.holdings.store import FILE
from fonds.record import Host
from tests.holdings.making import EISSN, ISSN, OTHER, add, article, book, held


def test_a_load_is_seen_at_once(tmp_path: Path) -> None:
    """Titles, counts and ranges are those of the documents there are."""
    with held(tmp_path, [article(1, volume="1"), article(2, volume="2", year="1991")]) as holdings:
        (nature,) = holdings.titles(Choice()).titles
        assert (nature.documents, nature.first_year, nature.last_year) == (2, 1990, 1991)
        assert nature.issn == (ISSN,)
        add(tmp_path, [article(3, volume="5", year="1994", collection="other")])
        after = holdings.title(nature.id)
        assert after is not None
        assert after.documents == 3
        assert after.collections == (("c", 2), ("other", 1))
        assert len(holdings.coverage(after).ranges) == 2
        assert len(holdings.coverage(after, "c").ranges) == 1
        assert holdings.coverage(after, "other").documents == 1


def test_a_joining_document_keeps_both_addresses(tmp_path: Path) -> None:
    """When a later record joins two titles, both identifiers lead to the one there is."""
    first = [article(1), article(2, issn=(), eissn=(EISSN,), title="Nature online")]
    with held(tmp_path, first) as holdings:
        before = [one.id for one in holdings.titles(Choice()).titles]
        assert len(before) == 2
        add(tmp_path, [article(3, eissn=(EISSN,))])
        (joined,) = holdings.titles(Choice()).titles
        assert joined.documents == 3
        assert joined.other_names == ("Nature online",)
        for name in before:
            found = holdings.title(name)
            assert found is not None
            assert found.id == joined.id
    (tmp_path / FILE).unlink()
    with held(tmp_path) as holdings:
        assert holdings.titles(Choice()).titles == (joined,)


def test_a_corrected_delivery_moves(tmp_path: Path) -> None:
    """A new version in another journal leaves the old one, which vanishes when it is empty."""
    one = article(1, title="Wrong", issn=(OTHER,))
    with held(tmp_path, [one, article(2)]) as holdings:
        assert holdings.titles(Choice()).total == 2
        right = msgspec.structs.replace(
            one, record=msgspec.structs.replace(one.record, host=article(2).record.host),
            files=article(77).files,
        )  # fmt: skip
        add(tmp_path, [right])
        (nature,) = holdings.titles(Choice()).titles
        assert nature.documents == 2
        assert holdings.by_number(OTHER) is None
        assert holdings.by_number(ISSN) == nature


def test_choices(tmp_path: Path) -> None:
    """Words, numbers, letters, kinds, collections and years choose titles."""
    documents = [
        article(1, title="The Zoologist", issn=(OTHER,)),
        article(2, title="Éléments 100 %", issn=(), year="2001", collection="other"),
        book(3, isbn=("0-12-037311-4",), title="Space_Science"),
    ]
    with held(tmp_path, documents) as holdings:

        def names(choice: Choice) -> list[str]:
            return [one.name for one in holdings.titles(choice).titles]

        assert names(Choice()) == ["Éléments 100 %", "Space_Science", "The Zoologist"]
        assert names(Choice(words="ELEMENTS")) == ["Éléments 100 %"]
        assert names(Choice(words="%")) == names(Choice())  # no letter, no digit: nothing is asked
        assert names(Choice(words=OTHER)) == ["The Zoologist"]
        assert names(Choice(words="9780120373116")) == ["Space_Science"]
        assert names(Choice(letter="Z")) == ["The Zoologist"]
        assert names(Choice(kind="monograph")) == ["Space_Science"]
        assert names(Choice(collection="other")) == ["Éléments 100 %"]
        assert names(Choice(first=2000)) == ["Éléments 100 %"]
        assert names(Choice(first=1980, last=1995)) == ["Space_Science", "The Zoologist"]
        assert names(Choice(publisher="Publisher & Sons")) == ["Éléments 100 %", "The Zoologist"]
        assert holdings.letters(Choice()) == {"E": 1, "S": 1, "Z": 1}
        assert holdings.publishers() == [("Publisher & Sons", 2)]


def test_contents(tmp_path: Path) -> None:
    """An issue lists its documents by page, issues come in their order."""
    documents = [article(number, volume="10", issue=str(number % 2 + 9)) for number in range(1, 9)]
    documents += [article(20, volume="2", issue="1", year="1980")]
    with held(tmp_path, documents) as holdings:
        (nature,) = holdings.titles(Choice()).titles
        issues, coverage = holdings.shape(nature)
        assert coverage == holdings.coverage(nature)
        assert issues == (
            Issue(1980, "2", "1", 1), Issue(1990, "10", "9", 4), Issue(1990, "10", "10", 4),
        )  # fmt: skip
        assert holdings.contents(nature, 1990, "10", "9", size=3) == [2, 4, 6]
        assert holdings.contents(nature, 1990, "10", "9", offset=3) == [8]
        assert len(holdings.contents(nature, 1990)) == 8
        assert len(holdings.contents(nature)) == 9


def test_what_is_in_no_journal(tmp_path: Path) -> None:
    """A database, a patent and a nameless journal are no titles; they are counted."""
    hosts = [Host(genre=("database",), title="x"), Host(genre=("journal",), title=" - ")]
    with held(tmp_path, [article(n, host=host) for n, host in enumerate(hosts)]) as holdings:
        assert holdings.titles(Choice()).total == 0
        assert holdings.outside() == 2


def test_what_is_free(tmp_path: Path) -> None:
    """A title is free when everyone may read every document of it."""
    documents = [article(1, is_open=True, collection="a"), article(2, collection="b")]
    with held(tmp_path, documents) as holdings:
        (title,) = holdings.titles(Choice()).titles

        def free(**rules: CollectionRule) -> bool:
            return holdings.is_free(title, Rights(AccessFile(collections=rules)))

        shut = CollectionRule(access="restricted")
        assert free()
        assert free(a=shut)
        assert not free(b=shut)
        assert not free(a=msgspec.structs.replace(shut, open_access=False))


def test_an_older_archive_is_read_anew(tmp_path: Path) -> None:
    """A table of another archive says nothing about this one."""
    with held(tmp_path / "one", [article(1), article(2, title="B", issn=(OTHER,))]) as holdings:
        holdings.refresh()
    add(tmp_path / "two", [article(9)])
    (tmp_path / "one" / FILE).rename(tmp_path / "two" / FILE)
    with held(tmp_path / "two") as holdings:
        (title,) = holdings.titles(Choice()).titles
        assert title.documents == 1


def test_titles_are_found_by_number_and_name(tmp_path: Path) -> None:
    """By every number, by every name whatever its writing, and by nothing else."""
    first = [article(1, eissn=(EISSN,)), article(2, eissn=(EISSN,), title="Nature, en ligne")]
    with held(tmp_path, [*first, book(3, isbn=("978-2-1234-5680-3",))]) as holdings:
        nature, work = holdings.by_number(ISSN), holdings.by_number("9782123456803")
        assert nature is not None
        assert work is not None
        assert holdings.by_number(EISSN) == holdings.by_name("NATURE EN LIGNE") == nature
        assert holdings.by_name("A book") == work
        assert holdings.by_number(OTHER) is holdings.by_name("Nat") is None
        add(tmp_path, [article(4, issn=(OTHER,), title="Science")])
        assert holdings.by_number(OTHER) == holdings.by_name("science")


def test_documents_are_found_by_their_whole_title(tmp_path: Path) -> None:
    """Case, accents and signs do not matter; the beginning of a title is another title."""
    with held(tmp_path, [article(1), article(2)]) as holdings:
        asked = ["ABOUT the number 1, and its neighbours!", "About the number", "", "1"]
        assert holdings.titled(asked) == [1]
        many = [f"About the number {n} and its neighbours" for n in range(2_000)]
        assert holdings.titled(many) == [1, 2]
        add(tmp_path, [article(3, collection="other")])
        assert holdings.titled(many) == [1, 2, 3]


def test_contents_follow_a_load(tmp_path: Path) -> None:
    """Pages of one place join without a gap, also when something came in between."""
    with held(tmp_path, [article(n) for n in (9, 1, 5)]) as holdings:
        (nature,) = holdings.titles(Choice()).titles
        assert holdings.contents(nature, 1990, size=2) == [2, 3]
        assert holdings.contents(nature, 1990, offset=2) == [1]
        add(tmp_path, [article(7)])
        assert holdings.contents(nature, 1990) == [2, 3, 4, 1]


def test_subjects_of_journals(tmp_path: Path) -> None:
    """A journal has the classes of its ISSN, two levels; what is in no table has none."""
    documents = [
        article(1, title="eLife", issn=("2050-084X",)),
        article(2, title="PhytoKeys", issn=("1314-2011",), eissn=("1314-2003",)),
        article(3, title="Nature"),
    ]
    with held(tmp_path / "home", documents) as holdings:
        found = dict(holdings.subjects())
        assert found == {"Science": 2, "Science › Biology (General)": 1, "Science › Botany": 1}
        for subject, count in found.items():
            listing = holdings.titles(Choice(subject=subject))
            assert listing.total == count
            assert all(subject in one.subjects for one in listing.titles)
        add(tmp_path / "home", [article(4, title="PhytoKeys", issn=("1314-2011",))])
        assert dict(holdings.subjects()) == found

"""What must hold for the format of every publisher, whatever is missing in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from fonds.errors import Finding
from fonds.settings import LimitSettings
from fonds.sources import entities, instructions
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element, local, parse, strings
from tests.conftest import DATA
from tests.sources.formats import (
    test_bmc,
    test_copernicus,
    test_erudit,
    test_iop,
    test_nature,
    test_rsc,
    test_springer,
    test_wiley,
)
from tests.sources.formats.reading import read, read_folder

_SAMPLES = {
    "bmc": test_bmc.ARTICLE,
    "copernicus": test_copernicus.RECORD,
    "erudit": test_erudit.ARTICLE.format(kind="article", title=test_erudit.TITLE),
    "iop": test_iop.ARTICLE,
    "nature": test_nature.ARTICLE,
    "rsc": test_rsc.ARTICLE,
    "springer": test_springer.JOURNAL.format(articles=test_springer.ARTICLE.format(number="a1")),
    "springer books": test_springer.BOOK,
    "wiley": test_wiley.COMPONENT.format(kind="article", category=""),
}
_FOLDERS = (
    "bmc-art",
    "erudit",
    "nc-licensed/erudit",
    "oup-scjats",
    "wiley-wileyml",
    *(f"pub2tei-dummy/{name}" for name in ("BMJ", "IOP", "Nature", "OUP", "PNAS", "RSC")),
)
_HEADER = (
    f'<TEI xmlns="{TEI.strip("{}")}"><teiHeader><fileDesc><titleStmt><title>x</title></titleStmt>'
    "<publicationStmt><p>x</p></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc>"
    "</teiHeader></TEI>"
)


# parts of an article that hold its body, and what in them is no running text of it
_PARTS = frozenset({"body", "bdy", "bm", "back", "art-body", "art-back", "corps", "partiesann"})
_ELSEWHERE = frozenset({"bibliography", "bibl", "references", "ref-list", "biblist", "refgrp",
                        "grbiblio", "math", "tex-math", "TeX", "no", "object-id"})  # fmt: skip


def _letters(element: Element) -> Counter[str]:
    """Count the letters and digits of what runs as text in an element."""
    found: Counter[str] = Counter()
    waiting = [element]
    while waiting:
        one = waiting.pop()
        texts = [one.text or "", *(child.tail or "" for child in one)]
        found.update(letter for text in texts for letter in text if letter.isalnum())
        waiting += [child for child in one if local(str(child.tag)) not in _ELSEWHERE]
    return found


def _without_one(root: Element) -> Iterator[bytes]:
    """Give the tree with each of its elements taken out in turn, then emptied in turn."""
    count = sum(1 for _ in root.iter(etree.Element))
    for number in range(1, count):
        for is_kept in (False, True):
            tree = deepcopy(root)
            element = list(tree.iter(etree.Element))[number]
            parent = element.getparent()
            assert parent is not None
            if is_kept:
                parent.replace(element, etree.Element(element.tag))
            else:
                parent.remove(element)
            yield etree.tostring(tree)


@pytest.mark.parametrize("name", sorted(_SAMPLES))
def test_any_part_may_be_missing(name: str) -> None:
    """A file that lacks a part, or has it empty, is read or refused; no reader fails on it."""
    readers, limits = load_readers(), LimitSettings()
    root = etree.fromstring(instructions.keep(_SAMPLES[name].encode()))
    outcomes = [bool(read_bytes(data, readers, limits)) for data in _without_one(root)]
    assert all(outcomes)
    assert len(outcomes) > 20


def _valid(text: Element, schema: etree.RelaxNG) -> bool:
    document = etree.fromstring(_HEADER)
    document.append(text)
    return bool(schema.validate(etree.fromstring(etree.tostring(document))))


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    """Return the schema of TEI."""
    return etree.RelaxNG(file=str(DATA / "schemas" / "tei_fonds.rng"))


@pytest.mark.parametrize("name", sorted(_SAMPLES))
def test_text_is_valid(name: str, schema: etree.RelaxNG) -> None:
    """The text of a small file of each format is valid TEI."""
    for reading in read(_SAMPLES[name]):
        assert reading.text is None or _valid(reading.text, schema), schema.error_log


@pytest.mark.parametrize("folder", _FOLDERS)
def test_nothing_of_a_body_is_lost(shared: Path, folder: str) -> None:
    """A text holds what the body and the back of its file say, all but a hundredth.

    What is left out on purpose: captions that are said twice, links to a platform.
    """
    readers, limits = load_readers(), LimitSettings()
    for path in sorted((shared / "corpora" / folder).rglob("*.xml")):
        data = path.read_bytes()
        parsed = parse(entities.resolve(instructions.keep(data)), limits)
        assert not isinstance(parsed, Finding)
        parts = [part for part in parsed.root if local(str(part.tag)) in _PARTS]
        said = sum((_letters(part) for part in parts), Counter[str]())
        found = read_bytes(data, readers, limits)
        assert not isinstance(found, Finding)
        assert found[0].text is not None
        lost = said - Counter(letter for letter in "".join(strings(found[0].text)))
        assert lost.total() <= said.total() / 100, f"{path}: {lost}"


@pytest.mark.parametrize("folder", _FOLDERS)
def test_text_of_real_files_is_valid(shared: Path, folder: str, schema: etree.RelaxNG) -> None:
    """The text of real files is valid TEI."""
    pattern = "*.xml"
    found = list(read_folder(shared / "corpora" / folder, pattern))
    assert found
    for path, reading in found:
        assert reading.text is not None, path
        assert _valid(reading.text, schema), f"{path}: {schema.error_log}"

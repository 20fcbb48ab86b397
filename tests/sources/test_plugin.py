"""A reader in a package of its own enters by the entry points, as the guide says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading
from tests.conftest import ROOT
from tests.plugins import installed_example

_EXAMPLE = ROOT / "docs" / "examples" / "fonds-rfc"
_GUIDE = ROOT / "docs" / "adding-a-format.md"
_MOST_LINES = 100


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the example, as pip does."""
    with installed_example(_EXAMPLE, tmp_path, monkeypatch):
        yield


@pytest.fixture
def reading(installed: None) -> Reading:
    """Return the sample as the installed readers read it."""
    data = (_EXAMPLE / "sample.xml").read_bytes()
    found = read_bytes(data, load_readers(), LimitSettings())
    assert isinstance(found, tuple), found
    return found[0]


def test_without_the_plugin_nobody_reads_it() -> None:
    """Fonds itself does not know the format: the reader is the package's."""
    found = read_bytes((_EXAMPLE / "sample.xml").read_bytes(), load_readers(), LimitSettings())
    assert not isinstance(found, tuple)
    assert found.code == "format-not-read"


def test_record(reading: Reading) -> None:
    """The record is what the sample says."""
    record = reading.record
    assert reading.reader == "rfc"
    assert (record.title, record.publication_date) == ("Bees as a Transport", "2026")
    assert (record.doi, record.article_id) == (("10.17487/RFC99999",), ("RFC99999",))
    assert [one.name for one in record.author] == ["Ada Exemple"]
    assert [one.name for one in record.editor] == ["Bo Sample"]
    assert record.ref_bibs[0].doi == "10.17487/RFC1149"


def test_text_is_tei(reading: Reading, data: Path) -> None:
    """The text is valid TEI, and its references find their places."""
    assert reading.text is not None
    schema = etree.RelaxNG(etree.parse(data / "schemas" / "tei_fonds.rng"))
    header = (
        "<teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/>"
        "</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    )
    text = etree.tostring(reading.text, encoding="unicode")
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{text}</TEI>'
    assert schema.validate(etree.fromstring(whole)), schema.error_log
    targets = {one.get("type"): one.get("target") for one in reading.text.iter("{*}ref")}
    assert targets == {"bibr": "#RFC1149", "section": "#safety"}
    assert [reference.key for reference in reading.record.ref_bibs] == ["RFC1149"]


def test_guide_shows_what_runs() -> None:
    """Each piece of code in the guide stands in the example, which is as small as promised."""
    sources = "".join(
        path.read_text("utf-8") for path in [_EXAMPLE / "pyproject.toml", *_EXAMPLE.glob("*/*.*")]
    )
    pieces = re.findall(r"```(?:python|toml|xml)\n(.*?)```", _GUIDE.read_text("utf-8"), re.DOTALL)
    assert len(pieces) == 6
    assert [piece for piece in pieces if piece not in sources] == []
    for name in ("reader.py", "body.xsl"):
        lines = len((_EXAMPLE / "fonds_rfc" / name).read_text("utf-8").splitlines())
        assert lines < _MOST_LINES
        assert re.search(rf"{name} +{lines} lines", _GUIDE.read_text("utf-8")), name

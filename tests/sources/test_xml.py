"""XML is parsed without trusting it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.errors import Finding
from fonds.settings import LimitSettings
from fonds.sources import entities
from fonds.sources.xml import Parsed, parse

_LIMITS = LimitSettings()


def text(data: bytes) -> str:
    """Return the text of a file that can be read."""
    found = parse(entities.resolve(data), _LIMITS)
    assert isinstance(found, Parsed), found
    return "".join(str(piece) for piece in found.root.itertext())


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("eacute", "é"),
        ("ndash", "–"),
        ("OHgr", "Ω"),
        ("Dgr", "Δ"),
        ("emsp", "\u2003"),
        ("copy", "©"),
    ],
)
@pytest.mark.parametrize("head", [b"", b'<!DOCTYPE a PUBLIC "-//X//Y" "x.dtd">'])
def test_named_entities(name: str, character: str, head: bytes) -> None:
    """HTML's and ISO's entities are read with and without a DOCTYPE."""
    assert text(head + b"<a>x&" + name.encode() + b";y</a>") == f"x{character}y"


def test_own_declarations_win() -> None:
    """An entity that the document declares means what the document says."""
    assert text(b'<!DOCTYPE a [<!ENTITY copy "mine">]><a>&copy;</a>') == "mine"


def test_external_entities_are_not_opened() -> None:
    """A file that asks for another file is refused, and the other file is not read."""
    data = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    found = parse(data, _LIMITS)
    assert isinstance(found, Finding)
    assert found.code == "xml-hostile"


def test_undeclared_prefixes_are_read() -> None:
    """A prefix that only the DTD declares does no harm."""
    found = parse(b"<a><mml:math><mml:mi>x</mml:mi></mml:math></a>", _LIMITS)
    assert isinstance(found, Parsed)
    assert found.findings == ()


def test_the_place_of_an_error() -> None:
    """What is repaired is said with line and column."""
    found = parse(b"<a>\n<b>Q & A</b></a>", _LIMITS)
    assert isinstance(found, Parsed)
    assert [(f.code, f.line) for f in found.findings] == [("xml-repaired", 2)]
    assert found.findings[0].column


def test_truncated_files_are_refused() -> None:
    """A file without its end is not a document."""
    found = parse(b"<a><b>text</b><c>and", _LIMITS)
    assert isinstance(found, Finding)
    assert (found.code, found.line) == ("xml-malformed", 1)


def test_wrong_encoding_is_said() -> None:
    """Latin-1 bytes in a file that says UTF-8 are named with their place."""
    found = parse(
        '<?xml version="1.0" encoding="UTF-8"?>\n<a>café noir</a>'.encode("latin-1"), _LIMITS
    )
    findings = found.findings if isinstance(found, Parsed) else (found,)
    assert [(f.code, f.line) for f in findings] == [("xml-encoding", 2)]


def test_western_letters_are_read_whatever_the_file_says() -> None:
    """Where no byte makes sense as UTF-8 it is Windows-1252; one bad byte in UTF-8 is no reason."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    found = parse(f"{head}<a>Été à Orléans – l’œuvre</a>".encode("cp1252"), _LIMITS)
    assert isinstance(found, Parsed)
    assert found.root.text == "Été à Orléans – l’œuvre"
    assert [finding.code for finding in found.findings] == ["xml-encoding"]
    mixed = parse(f"{head}<a>Été</a>".encode().replace(b"</a>", b"\xe0</a>"), _LIMITS)
    assert isinstance(mixed, Parsed)
    assert (mixed.root.text or "").startswith("Été")


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "US-ASCII"])
def test_declared_encodings(encoding: str) -> None:
    """Declared encodings are believed when the bytes agree."""
    word = "cafe" if encoding == "US-ASCII" else "café"
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>{word}</a>'.encode(encoding)
    assert text(data) == word


def test_large_files_are_refused() -> None:
    """Beyond the limit nothing is parsed."""
    found = parse(b"<a>" + b" " * 100 + b"</a>", LimitSettings(xml_bytes=50))
    assert isinstance(found, Finding)
    assert found.code == "xml-hostile"


@given(st.binary(max_size=300))
def test_any_bytes_have_a_result(data: bytes) -> None:
    """Whatever the bytes are, a tree or a finding comes back, never an exception."""
    assert isinstance(parse(entities.resolve(data), _LIMITS), Parsed | Finding)


@given(st.text(alphabet="<>/a&;! []?-=\"'x:DOCTYPEN", max_size=80))
def test_any_markup_has_a_result(data: str) -> None:
    """The same for what nearly is XML."""
    assert isinstance(parse(entities.resolve(data.encode()), _LIMITS), Parsed | Finding)

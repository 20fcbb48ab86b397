"""Small JATS articles made of parts."""

from __future__ import annotations

from fonds.record import Record
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def read(meta: str = "", *, journal: str = "", rest: str = "", attributes: str = "") -> Reading:
    """Read one article made of these parts."""
    xml = (
        f'<article article-type="research-article" {XLINK} {attributes}><front><journal-meta>'
        f'{journal}</journal-meta><article-meta><article-id pub-id-type="publisher-id">x1'
        f"</article-id>{meta}</article-meta></front>{rest}</article>"
    )
    found = read_bytes(xml.encode(), load_readers(), LimitSettings())
    assert isinstance(found, tuple), found
    return found[0]


def record(meta: str = "", **more: str) -> Record:
    """Return the record alone."""
    return read(meta, **more).record


def title(text: str) -> str:
    """Return what a title is read as."""
    return record(f"<title-group><article-title>{text}</article-title></title-group>").title

"""Any span of any representation of a file is that part of it."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from fonds.archive.model import StoredFile
from fonds.web.api.content import Content, Span, accepts_gzip, read_range


def stored(data: bytes, method: int, offset: int, raw: bytes) -> StoredFile:
    """Describe a file at a place of a pack."""
    return StoredFile(
        typology="fulltext",
        extension="txt",
        mimetype="text/plain",
        original=False,
        name="",
        pack="pack.zip",
        offset=offset,
        stored_size=len(raw),
        size=len(data),
        method=method,
        crc32=zlib.crc32(data),
        sha512=hashlib.sha512(data).digest(),
    )


@given(
    st.binary(max_size=2_000).map(lambda data: data * 40),
    st.integers(0, 100),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.sampled_from(["stored", "inflated", "gzip"]),
)
def test_spans(data: bytes, offset: int, cut: tuple[float, float], form: str) -> None:
    """Stored, inflated and wrapped as gzip alike."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    raw = data if form == "stored" else packer.compress(data) + packer.flush()
    file = stored(data, 0 if form == "stored" else 8, offset, raw)
    with TemporaryDirectory() as name:
        pack = Path(name) / "pack.zip"
        pack.write_bytes(b"\x00" * offset + raw + b"what follows")
        content = Content(pack, file, gzip=form == "gzip")
        whole = b"".join(content.chunks(Span(0, content.size)))
        assert len(whole) == content.size
        assert (gzip.decompress(whole) if form == "gzip" else whole) == data
        begin, end = sorted(int(part * content.size) for part in cut)
        assert b"".join(content.chunks(Span(begin, end))) == whole[begin:end]


@given(st.text(max_size=40), st.integers(0, 10**6))
def test_any_range_header_is_a_span_or_ignored(text: str, size: int) -> None:
    """Nothing a client sends gives a span outside the file."""
    try:
        span = read_range(text, size)
    except ValueError:
        return
    assert span is None or 0 <= span.begin < span.end <= size


def test_who_accepts_gzip() -> None:
    """As RFC 9110 reads the header."""
    assert accepts_gzip("gzip, deflate, br")
    assert accepts_gzip("br;q=1.0, GZIP;q=0.2")
    assert accepts_gzip("*")
    assert not accepts_gzip("")
    assert not accepts_gzip("identity")
    assert not accepts_gzip("gzip;q=0, *")
    assert not accepts_gzip("gzip; q=0.000")

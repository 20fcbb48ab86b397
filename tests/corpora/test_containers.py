"""The writers of archive files, at the edges; what is beyond 4 GiB is laid out, not written."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.archive.extents import Measured, SizedDocument, pack_extents, unpack_extents
from fonds.archive.model import StoredFile
from fonds.archive.names import outgoing_names
from fonds.archive.zip_format import Member, central
from fonds.corpora.container import Container
from fonds.corpora.pieces import Stretch, length, part
from fonds.corpora.tars import TarGzip
from fonds.corpora.unpacked import unpacked, unpacked_size
from fonds.corpora.zips import Zip

ID = "0123456789ABCDEF0123456789ABCDEF01234567"


def stored(extension: str, size: int, stored_size: int, method: int, name: str = "") -> StoredFile:
    """Describe a file that nobody reads."""
    return StoredFile(
        "annexes" if name else "fulltext", extension, "x/y", False, name, "p.zip", 0, stored_size,
        size, method, 7, bytes(64),
    )  # fmt: skip


sizes = st.one_of(st.integers(0, 200_000), st.integers(2**32 - 3, 2**32 + 3), st.just(2**33))


@pytest.mark.parametrize("container", [Zip(), TarGzip()])
@settings(deadline=None, max_examples=40)
@given(
    files=st.lists(
        st.tuples(sizes, st.booleans(), st.text(min_size=1, max_size=150)), min_size=1, max_size=3
    )
)
def test_sizes_as_columns_are_the_sizes_written(
    container: Container, files: list[tuple[int, bool, str]]
) -> None:
    """What is computed for a column of files is what writing each one gives."""
    made = [
        stored("pdf", size, size if plain else size // 3 + 1, 0 if plain else 8, name)
        for size, plain, name in files
    ]
    names = outgoing_names(ID, made)
    columns = pack_extents([SizedDocument(1, ID, "ark:/1/2", 1, made)])
    rows = unpack_extents([Measured("any", 1, columns)]).files
    written = [
        sum(map(length, container.member(name, file)))
        for name, file in zip(names, made, strict=True)
    ]
    assert container.member_sizes(rows).tolist() == written
    for wide in (False, True):
        entries = [
            len(central(Member(name, f.method, f.crc32, f.stored_size, f.size, 0), wide=wide))
            for name, f in zip(names, made, strict=True)
        ]
        if isinstance(container, Zip):
            assert container.entry_sizes(rows, wide=wide).tolist() == entries
    assert all(len(name.rpartition("/")[2].encode()) <= 100 for name in names)
    assert len({name.casefold() for name in names}) == len(names)


@settings(deadline=None)
@given(
    st.integers(0, 3), st.integers(0, 2**33), st.integers(0, 200_000), st.sampled_from([1, 1000])
)
def test_the_ending_has_the_length_announced(large: int, start: int, count: int, step: int) -> None:
    """Also with 64-bit records: for many members, and for a directory that begins late."""
    members = [Member(f"{n}", 8, 1, 5, 6, min(n * step, start)) for n in range(min(count, 300))]
    members += [Member("large", 0, 1, 2**33, 2**33, 0)] * large
    container = Zip()
    entries = sum(len(central(m, wide=container.is_wide(start))) for m in members)
    written = b"".join(container.ending(iter(members), start))
    assert container.ending_size(len(members), entries, start) == len(written)


@settings(deadline=None)
@given(st.integers(0, 300_000), st.integers(1, 70_000))
def test_stored_blocks_are_a_deflate_stream(size: int, step: int) -> None:
    """Whatever the chunks, zlib gives the bytes back, and the length is exact."""
    data = bytes(range(256)) * (size // 256 + 1)
    data = data[:size]
    chunks = (data[at : at + step] for at in range(0, size, step))
    stream = b"".join(unpacked(chunks, size))
    assert len(stream) == unpacked_size(size)
    assert zlib.decompress(stream, -15) == data


def test_a_list_of_another_length_is_no_list() -> None:
    """Fewer or more bytes than announced are a fault, never a broken archive."""
    for size in (3, 5, 70_000):
        with pytest.raises(ValueError, match="were announced"):
            list(unpacked([b"1234"], size))


def test_seventy_thousand_members(tmp_path: object) -> None:
    """More members than 16 bits count: the standard library reads them all."""
    container = Zip()
    out = io.BytesIO()
    entries = []
    for number in range(70_000):
        file = stored("txt", 0, 0, 0)
        entries.append(Member(f"{number}", 0, 0, 0, 0, out.tell()))
        head = container.member(f"{number}", _empty(file))[0]
        assert isinstance(head, bytes)
        out.write(head)
    for chunk in container.ending(iter(entries), out.tell()):
        out.write(chunk)
    with zipfile.ZipFile(out) as opened:
        assert len(opened.namelist()) == 70_000
        assert opened.testzip() is None


def _empty(file: StoredFile) -> StoredFile:
    return StoredFile(
        file.typology, file.extension, file.mimetype, False, "", file.pack, 0, 0, 0, 0, 0,
        file.sha512,
    )  # fmt: skip


@given(
    st.lists(st.one_of(st.binary(max_size=9), st.integers(0, 9)), max_size=9),
    st.integers(0, 90),
    st.integers(0, 90),
)
def test_a_part_of_pieces(content: list[bytes | int], begin: int, end: int) -> None:
    """Cutting pieces is cutting the bytes they stand for."""
    file = stored("pdf", 10, 10, 0)
    pieces = [Stretch(file, 0, one) if isinstance(one, int) else one for one in content]

    def read(some: Iterator[bytes | Stretch]) -> bytes:
        return b"".join(
            one if isinstance(one, bytes) else b"0123456789"[one.begin : one.end] for one in some
        )

    assert read(part(pieces, begin, end)) == read(iter(pieces))[begin:end]


def test_names_do_not_leave_their_folder() -> None:
    """Path tricks, odd letters and case: each becomes a plain name of its own."""
    tricks = ["../../etc/passwd", "..", "a/../b.gif", "C:\\x\\fig.gif", "FIG.gif", "x\n\0y.gif", ""]
    files = [stored("gif", 1, 1, 0, name or "/") for name in tricks]
    names = outgoing_names(ID, files)
    assert len({name.casefold() for name in names}) == len(tricks)
    for name in names:
        folder, kind, plain = name.split("/")
        assert (folder, kind) == (ID, "annexes")
        assert plain not in ("", ".", "..")
        assert plain.isprintable()
    assert np.all([len(name) < 200 for name in names])

"""Archives are unpacked without trusting them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.settings import LimitSettings
from fonds.sources.delivery import open_delivery
from fonds.sources.model import Candidate, Rejected
from fonds.sources.unpack import shown

_XML = b"<article><front/></article>"


def items(path: Path, spool: Path, limits: LimitSettings | None = None) -> dict[str, str]:
    """Return what came of each file of a delivery: `candidate`, or the code."""
    with open_delivery(path, limits or LimitSettings(), spool) as delivery:
        return {
            (i.file.name if isinstance(i, Rejected) else i.name): (
                i.finding.code if isinstance(i, Rejected) else "candidate"
            )
            for i in delivery
        }


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Write a ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_climbing_and_absolute_names_stay_inside(tmp_path: Path) -> None:
    """A member that would be written elsewhere is set aside; the rest is read."""
    path = zipped(tmp_path / "d.zip", {"../../x.xml": _XML, "/etc/y.xml": _XML, "a/z.xml": _XML})
    found = items(path, tmp_path / "spool")
    assert found == {
        "d.zip!/../../x.xml": "archive-unsafe",
        "d.zip!/etc/y.xml": "archive-unsafe",
        "d.zip!/a/z.xml": "candidate",
    }
    assert not (tmp_path.parent / "x.xml").exists()


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    """Links and devices of a TAR are refused one by one."""
    path = tmp_path / "d.tar.gz"
    with tarfile.open(path, "w:gz") as file:
        for name, kind in (("l.xml", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", b"3")):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            file.addfile(member)
        member = tarfile.TarInfo("ok.xml")
        member.size = len(_XML)
        file.addfile(member, io.BytesIO(_XML))
    found = items(path, tmp_path / "spool")
    assert sorted(found.values()) == ["archive-unsafe"] * 3 + ["candidate"]


@pytest.mark.parametrize(
    "limits",
    [
        LimitSettings(archive_bytes=1_000_000),
        LimitSettings(archive_members=2),
    ],
)
def test_bombs_stop_early(tmp_path: Path, limits: LimitSettings) -> None:
    """An archive that unpacks to too much is set aside, and what came before is kept."""
    path = zipped(tmp_path / "b.zip", {f"{n}.xml": b" " * 600_000 for n in range(4)})
    found = items(path, tmp_path / "spool", limits)
    assert found["b.zip"] == "archive-bomb"
    assert len(found) < 4


def test_ratio_bombs_stop(tmp_path: Path) -> None:
    """Beyond the first 64 MiB, the ratio counts."""
    path = zipped(tmp_path / "b.zip", {f"{n}.xml": bytes(20 << 20) for n in range(5)})
    assert items(path, tmp_path / "spool")["b.zip"] == "archive-bomb"


def test_nesting_ends(tmp_path: Path) -> None:
    """Archives inside archives are opened down to the limit."""
    data, name = _XML, "a.xml"
    for depth in range(6):
        zipped(tmp_path / "n.zip", {name: data})
        data, name = (tmp_path / "n.zip").read_bytes(), f"n{depth}.zip"
    found = items(tmp_path / "n.zip", tmp_path / "spool", LimitSettings(archive_depth=4))
    assert list(found.values()) == ["archive-nesting"]


def test_nested_documents_are_found(tmp_path: Path) -> None:
    """A TAR.XZ inside a ZIP gives its documents."""
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:xz") as file:
        member = tarfile.TarInfo("a/b.xml")
        member.size = len(_XML)
        file.addfile(member, io.BytesIO(_XML))
    path = zipped(tmp_path / "o.zip", {"i.tar.xz": inner.getvalue()})
    assert items(path, tmp_path / "spool") == {"o.zip!/i.tar.xz!/a/b.xml": "candidate"}


@pytest.mark.parametrize("name", ["d.zip", "d.tar", "d.tar.gz", "d.tar.xz"])
@pytest.mark.parametrize("data", [b"not an archive at all", b""])
def test_damaged_archives_are_set_aside(tmp_path: Path, name: str, data: bytes) -> None:
    """What is not an archive says so."""
    (tmp_path / name).write_bytes(data)
    found = items(tmp_path / name, tmp_path / "spool")
    assert found == {name: "archive-damaged" if data else "file-empty"}


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    """What stands before and behind a damaged member is unpacked; what was read of it is kept."""
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name in ("a.xml", "b.pdf", "c.xml"):
            made.writestr(name, f"<article>{name}</article>")
    data = path.read_bytes().replace(b"<article>b.pdf", b"<article>B.pdf")
    path.write_bytes(data)
    found = items(path, tmp_path / "spool")
    assert found["d.zip!/b.pdf"] == "archive-damaged"
    assert {name for name, code in found.items() if code != "archive-damaged"} == {
        "d.zip!/a.xml", "d.zip!/c.xml",
    }  # fmt: skip


def test_encrypted_members_are_set_aside(tmp_path: Path) -> None:
    """A member that needs a password is named."""
    path = zipped(tmp_path / "e.zip", {"a.xml": _XML})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag in the local header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert items(path, tmp_path / "spool") == {"e.zip!/a.xml": "archive-encrypted"}


def test_cut_archives_keep_what_came_before(tmp_path: Path) -> None:
    """A TAR.GZ cut in the middle is set aside."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as file:
        member = tarfile.TarInfo("a.xml")
        member.size = 300_000
        file.addfile(member, io.BytesIO(bytes(range(250)) * 1_200))
    path = tmp_path / "c.tar.gz"
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    assert items(path, tmp_path / "spool")["c.tar.gz"] == "archive-damaged"


def test_nothing_is_left_in_the_spool(tmp_path: Path) -> None:
    """A closed delivery leaves no unpacked file; an open one keeps them readable."""
    path, spool = zipped(tmp_path / "d.zip", {"a.xml": _XML}), tmp_path / "spool"
    with open_delivery(path, LimitSettings(), spool) as delivery:
        found = [item for item in delivery if isinstance(item, Candidate)]
        assert found[0].description is not None
        assert Path(found[0].description.location).read_bytes() == _XML
        assert delivery.files_found >= 1
    assert not spool.exists()


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are shown, and the file is still read."""
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / b"caf\xe9.xml".decode("utf-8", "surrogateescape")).write_bytes(_XML)
    assert items(folder, tmp_path / "spool") == {"caf\\xe9.xml": "candidate"}


@given(st.binary(max_size=40))
def test_every_name_can_be_shown(name: bytes) -> None:
    """Any bytes become printable text that UTF-8 can hold."""
    text = shown(name.decode("utf-8", "surrogateescape"))
    assert text.encode("utf-8") is not None
    assert all(char.isprintable() for char in text)

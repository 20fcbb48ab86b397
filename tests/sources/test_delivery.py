"""Deliveries as publishers send them: what stands together, and that nothing is lost."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.settings import LimitSettings
from fonds.sources.delivery import open_deliveries, open_delivery
from fonds.sources.model import Candidate, Rejected

_DATASET = (
    "<dataset><dataset-content><journal-item><journal-item-unique-ids><pii>S1</pii>"
    "</journal-item-unique-ids><files-info><ml><pathname>S1/main.xml</pathname></ml><web-pdf>"
    "<pathname>S1/main.pdf</pathname></web-pdf></files-info></journal-item></dataset-content>"
    "</dataset>"
)


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zipped(path: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a ZIP."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def opened(path: Path, spool: Path) -> tuple[dict[str, Candidate], dict[str, Rejected]]:
    """Return the candidates and rejects of a delivery by name; no file is in two of them."""
    with open_delivery(path, LimitSettings(), spool / "spool") as delivery:
        items = list(delivery)
    candidates = {item.name: item for item in items if isinstance(item, Candidate)}
    rejects = {item.file.name: item for item in items if isinstance(item, Rejected)}
    names = [*rejects]
    for item in candidates.values():
        names += [file.name for file in (item.description, item.pdf) if file is not None]
        names += [attachment.file.name for attachment in item.attachments]
    assert len(names) == len(set(names))
    assert len(items) == len(candidates) + len(rejects)
    return candidates, rejects


def beside(item: Candidate) -> list[str]:
    """Return the names of PDF and other files of a candidate."""
    return [*([item.pdf.name] if item.pdf else []), *(a.file.name for a in item.attachments)]


def test_sibling_folders(tmp_path: Path) -> None:
    """`xml/`, `pdf/` and `img/` of one issue are one place, at any level and mirrored."""
    root = put(
        tmp_path / "d",
        {
            "xml/v1/a.xml": "<a/>",
            "pdf/v1/a.pdf": "x",
            "img/v1/a-f1.jpg": b"\0",
            "pdf/v2/a.pdf": "x",
            "v3/ART=1/b.xml.Meta": "<a/>",
            "v3/ART=1/BodyRef/PDF/b.pdf": "x",
        },
    )
    found, rejects = opened(root, tmp_path)
    assert beside(found["xml/v1/a.xml"]) == ["pdf/v1/a.pdf", "img/v1/a-f1.jpg"]
    assert beside(found["v3/ART=1/b.xml.Meta"]) == ["v3/ART=1/BodyRef/PDF/b.pdf"]
    assert set(found) == {"xml/v1/a.xml", "pdf/v2/a.pdf", "v3/ART=1/b.xml.Meta"}
    assert not rejects


def test_sibling_archives(tmp_path: Path) -> None:
    """Archives of one issue, one per kind of file, are joined; another issue's are not."""
    root = tmp_path / "d"
    zipped(root / "iss_9.xml.zip", {"p1.xml": "<a/>", "p2.xml": "<a/>"})
    zipped(root / "iss_9.pdf.zip", {"p1.pdf": "x", "p2.pdf": "x"})
    zipped(root / "iss_9.img.zip", {"p1fig1.jpg": b"\0", "__MACOSX/p1.xml": "x"})
    zipped(root / "iss_8.pdf.zip", {"p1.pdf": "x"})
    found, rejects = opened(root, tmp_path)
    assert beside(found["iss_9.xml.zip!/p1.xml"]) == [
        "iss_9.pdf.zip!/p1.pdf",
        "iss_9.img.zip!/p1fig1.jpg",
    ]
    assert beside(found["iss_9.xml.zip!/p2.xml"]) == ["iss_9.pdf.zip!/p2.pdf"]
    assert "iss_8.pdf.zip!/p1.pdf" in found
    assert not rejects


def test_archive_named_after_a_kind(tmp_path: Path) -> None:
    """`pdf.zip` beside XML files holds their PDFs."""
    root = put(tmp_path / "d", {"a.xml": "<a/>"})
    zipped(root / "pdf.zip", {"a.pdf": "x"})
    found, _ = opened(root, tmp_path)
    assert beside(found["a.xml"]) == ["pdf.zip!/a.pdf"]


def test_compressed_single_files(tmp_path: Path) -> None:
    """A single compressed file is read; beside its PDF it is that document's description."""
    root = put(
        tmp_path / "d",
        {"a.xml.gz": gzip.compress(b"<a/>"), "a.pdf": "x", "r/b.jsonl.gz": gzip.compress(b"{}")},
    )
    found, _ = opened(root, tmp_path)
    assert beside(found["a.xml.gz"]) == ["a.pdf"]
    assert "r/b.jsonl.gz" in found


def test_every_member_of_a_tar(tmp_path: Path) -> None:
    """A TAR gives all its members, also those whose names begin with `./`."""
    root = put(tmp_path / "t", {"dataset.xml": _DATASET, "S1/main.xml": "<a/>", "S1/main.pdf": "x"})
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        archive.add(root, arcname=".")
    found, rejects = opened(tmp_path / "d.tar", tmp_path)
    (one,) = found.values()
    assert beside(one) == ["d.tar!/./S1/main.pdf"]
    assert [file.name for file in one.beside] == ["d.tar!/./dataset.xml"]
    finding = rejects["d.tar!/./dataset.xml"].finding
    assert finding.code == "delivery-description"
    assert "all there" in finding.reason


def test_descriptive_files_are_handed_down(tmp_path: Path) -> None:
    """A descriptive file, told by content, goes to what is below it, the nearest first."""
    issue = "<serial-issue xmlns='http://www.elsevier.com/xml/si/dtd'><issue-info/></serial-issue>"
    root = put(
        tmp_path / "d",
        {
            "list.xml": _DATASET,
            "i1/toc.xml": issue,
            "i1/S1/main.xml": "<a/>",
            "i1/S1/main.assets/gr1.jpg": b"\0",
            "i2/S2/main.xml": "<dataset/>",
        },
    )
    found, rejects = opened(root, tmp_path)
    assert [file.name for file in found["i1/S1/main.xml"].beside] == ["i1/toc.xml", "list.xml"]
    assert beside(found["i1/S1/main.xml"]) == ["i1/S1/main.assets/gr1.jpg"]
    assert [file.name for file in found["i2/S2/main.xml"].beside] == ["list.xml"]
    assert set(rejects) == {"list.xml", "i1/toc.xml"}
    assert "S1/main.pdf" in rejects["list.xml"].finding.reason
    assert "1 of 2 missing" in rejects["list.xml"].finding.reason


@pytest.mark.parametrize("notation", ["{sum}  {name}", "{sum} *{name}", "SHA256 ({name}) = {sum}",
                                      "{name}\t{sum}", "./{name},{sum}"])  # fmt: skip
def test_checksums(tmp_path: Path, notation: str) -> None:
    """Checksums in every usual notation agree; one that differs is said of list and document."""
    right = hashlib.sha256(b"<a/>").hexdigest()
    lines = [notation.format(sum=right, name=name) for name in ("x/a.xml", "x/b.xml")]
    root = put(
        tmp_path / "d",
        {"x/a.xml": "<a/>", "x/b.xml": "<b/>", "manifest-sha256.txt": "\n".join(lines)},
    )
    found, rejects = opened(root, tmp_path)
    finding = rejects["manifest-sha256.txt"].finding
    assert finding.code == "checksum-mismatch"
    assert "x/b.xml" in finding.reason
    assert not found["x/a.xml"].findings
    assert [f.code for f in found["x/b.xml"].findings] == ["checksum-mismatch"]


def test_checksum_of_one_file(tmp_path: Path) -> None:
    """`a.zip.md5` holds the checksum of `a.zip` alone."""
    root = tmp_path / "d"
    zipped(root / "a.zip", {"a.xml": "<a/>"})
    digest = hashlib.md5((root / "a.zip").read_bytes()).hexdigest()
    put(root, {"a.zip.md5": f"{digest}\n"})
    _, rejects = opened(root, tmp_path)
    assert rejects["a.zip.md5"].finding.code == "delivery-list"
    assert "1 checksums agree" in rejects["a.zip.md5"].finding.reason


def test_missing_files_are_named(tmp_path: Path) -> None:
    """What a manifest names and nobody sent is said."""
    root = put(
        tmp_path / "d",
        {"issue_manifest.txt": "id, 2, JOURNAL, j/a.pdf, j/a.xml", "j/a.xml": "<a/>"},
    )
    found, rejects = opened(root, tmp_path)
    finding = rejects["issue_manifest.txt"].finding
    assert (finding.code, finding.reason) == ("list-incomplete", "1 of 2 missing: j/a.pdf")
    assert set(found) == {"j/a.xml"}


def test_the_only_pdf_of_the_only_document(tmp_path: Path) -> None:
    """Files named by their digests: the only PDF is the document's."""
    root = put(tmp_path / "d", {"1f2e.xml": "<a/>", "77ab.pdf": "x", "0c.jpg": b"\0"})
    found, _ = opened(root, tmp_path)
    item = found["1f2e.xml"]
    assert item.pdf is not None
    assert beside(item) == ["77ab.pdf", "0c.jpg"]


def test_loose_files(tmp_path: Path) -> None:
    """What may be a record is tried; a loose image is kept; an empty file is said."""
    root = put(
        tmp_path / "d",
        {"a.xml": "<a/>", "b.xml": "<a/>", "r.mrc": "00000", "i.jpg": b"\0", "e.txt": ""},
    )
    found, rejects = opened(root, tmp_path)
    assert set(found) == {"a.xml", "b.xml", "r.mrc"}
    assert {name: item.finding.code for name, item in rejects.items()} == {
        "i.jpg": "file-unclaimed",
        "e.txt": "file-empty",
    }


def test_packages(shared: Path, tmp_path: Path) -> None:
    """Every package of the corpus is put together as its publisher meant it."""
    found, rejects = opened(shared / "corpora" / "packages", tmp_path)
    pairs = {name.rpartition("/")[2]: beside(item) for name, item in found.items()}
    ends = {name: [one.rpartition("/")[2] for one in files] for name, files in pairs.items()}
    assert ends["ptac113.xml"] == [
        "ptac113.pdf", "ptac113fig1.jpg", "ptac113fig2.jpg", "ptac113fig3.jpg", "ptac113fig4.jpg",
    ]  # fmt: skip
    assert ends["13130_2019_Article_9848.xml.scoap"] == ["13130_2019_Article_9848.pdf"]
    assert ends["cpc_46_9_093110.xml"] == ["cpc_46_9_093110.pdf"]
    assert sum(name.endswith("/main.xml") for name in found) == 3
    assert {item.finding.code for item in rejects.values()} == {
        "delivery-list",
        "delivery-description",
    }


def test_files_given_together(tmp_path: Path) -> None:
    """Files and archives of one folder named one by one are one delivery; other files are not."""
    root = put(tmp_path / "d", {"a.xml": "<a/>", "a.pdf": "x", "other.xml": "<a/>"})
    zipped(root / "i.xml.zip", {"p.xml": "<a/>"})
    zipped(root / "i.pdf.zip", {"p.pdf": "x"})
    names = ("a.xml", "i.pdf.zip", "a.pdf", "i.xml.zip")
    paths = [*(root / name for name in names), put(tmp_path / "e", {"b.xml": "<a/>"})]
    opened = open_deliveries(paths, LimitSettings(), tmp_path / "spool")
    assert len(opened) == 2
    with opened[0] as delivery:
        items = {item.name: item for item in delivery if isinstance(item, Candidate)}
    assert {name: beside(item) for name, item in items.items()} == {
        "a.xml": ["a.pdf"],
        "i.xml.zip!/p.xml": ["i.pdf.zip!/p.pdf"],
    }


def test_a_manifest_says_what_belongs_together(tmp_path: Path) -> None:
    """A line of a manifest that names one XML and one PDF joins them, whatever their names."""
    lines = "in/4711.xml, in/scan_1.pdf\nin/4712.xml, in/scan_2.pdf"
    root = put(
        tmp_path / "d",
        {"manifest.txt": lines, "in/4711.xml": "<a/>", "in/4712.xml": "<a/>", "in/scan_1.pdf": "x",
         "in/scan_2.pdf": "x"},
    )  # fmt: skip
    found, rejects = opened(root, tmp_path)
    assert {name: beside(item) for name, item in found.items()} == {
        "in/4711.xml": ["in/scan_1.pdf"],
        "in/4712.xml": ["in/scan_2.pdf"],
    }
    assert rejects["manifest.txt"].finding.code == "delivery-list"


def test_parts_in_xml(tmp_path: Path) -> None:
    """An XML that holds a table of a document is no document; output of GROBID pairs."""
    root = put(
        tmp_path / "d",
        {"pj1.xml": "<a/>", "pj1-tab001.xml": "<a/>", "q-tab1.xml": "<a/>", "b.tei.xml": "<a/>",
         "b.pdf": "x"},
    )  # fmt: skip
    found, _ = opened(root, tmp_path)
    assert {name: beside(item) for name, item in found.items()} == {
        "pj1.xml": ["pj1-tab001.xml"],
        "q-tab1.xml": [],
        "b.tei.xml": ["b.pdf"],
    }


_FOLDERS = st.sampled_from(["", "xml/", "pdf/", "a/", "a/xml/", "xml/a/", "a.assets/", "supp/"])
_FILES = st.sampled_from(["a.xml", "a.pdf", "a-1.jpg", "b.xml.gz", "b.nlm.xml", "c.txt", "l.md5",
                          "manifest.txt", "d.xml", ".DS_Store"])  # fmt: skip
_ARCHIVES = st.sampled_from(["", "", "x.zip", "x.pdf.zip", "pdf.zip", "a/xml.zip"])


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(_ARCHIVES, _FOLDERS, _FILES), max_size=14))
def test_every_file_is_in_exactly_one_result(names: set[tuple[str, str, str]]) -> None:
    """Nothing is lost and nothing is doubled, whatever stands where."""
    with tempfile.TemporaryDirectory() as base:
        root, packed = Path(base, "d"), dict[str, dict[str, str]]()
        root.mkdir()
        for archive, folder, name in names:
            if archive:
                packed.setdefault(archive, {})[folder + name] = "<a/>"
            else:
                put(root, {folder + name: "<a/>"})
        for archive, members in packed.items():
            zipped(root / archive, members)
        candidates, rejects = opened(root, Path(base))
    found = {*rejects}
    for item in candidates.values():
        found |= {file.name for file in (item.description, item.pdf) if file is not None}
        found |= {attachment.file.name for attachment in item.attachments}
    wanted = {
        f"{archive}!/{folder}{name}" if archive else folder + name
        for archive, folder, name in names
        if name != ".DS_Store"
    }
    assert found == wanted

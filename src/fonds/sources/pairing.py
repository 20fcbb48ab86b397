"""Which files of one folder make one document.

An XML and a PDF belong together when they share their stem; `x.jats.xml` and `x.crossref.xml` are
two descriptions of `x`, the fuller one first. Other files belong to the document whose stem begins
their name (or the name of their folder), or to the only document of the folder. What belongs to
nothing and may be read (a MARC file, a text) is a document of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fonds.errors import Finding
from fonds.sources.merging import is_extra
from fonds.sources.model import Attachment, Candidate, DeliveredFile, Rejected, Role

XML = frozenset({"xml", "nxml", "jats", "scoap", "meta"})
_MARC = frozenset({"mrc", "marc"})
_NOISE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
# what a second description of the same document is called; the rest comes before them
_KINDS = ("jats", "nlm", "", "meta", "tei", "crossref", "datacite", "mods", "dc")
_COVERS = ("cover", "couverture", "frontcover")
_BOUNDARY = frozenset("._-+ (")
_IMAGES = frozenset({"jpg", "jpeg", "png", "gif", "tif", "tiff", "eps", "svg", "webp", "bmp"})
# records, which are never an annex because they lie in another document's folder
_RECORDS = frozenset({"mrk", "jsonl", "ndjson", "bib", "ris"})
# written for programs, not about documents
_TOOLS = frozenset({"html", "htm", "css", "js", "dtd", "ent", "mod", "xsd", "rng", "rnc", "xsl",
                    "xslt", "md", "sh", "py", "log"})  # fmt: skip
# an XML that holds a table, a figure or a supplement of the document whose name it continues
_PART = re.compile(r"[._-](tab|table|fig|figure|moesm|mmc|esm|supp)[._-]?\d+$", re.IGNORECASE)
_SAMPLE = 1_024  # bytes that tell whether a file can be read as text


def is_noise(name: str) -> bool:
    """Tell the traces that desktops leave in folders and archives."""
    parts = name.lower().split("/")
    return "__macosx" in parts or parts[-1] in _NOISE or parts[-1].startswith("._")


def extension(name: str) -> str:
    """Return a name's extension in lower case."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""


def pair(
    files: Iterable[DeliveredFile], partners: Mapping[str, str] | None = None
) -> Iterator[Candidate | Rejected]:
    """Put the files of one folder together; every file is in exactly one result.

    `partners`: the XML's name for a PDF's, where a list of the delivery says so.
    """
    documents, others = _documents(files, partners or {})
    claimed: dict[str, list[Attachment]] = {stem: [] for stem in documents}
    loose: list[DeliveredFile] = []
    for file in others:
        stem = _claimed_by(file, documents)
        if stem is None:
            loose.append(file)
        else:
            claimed[stem].append(Attachment(file, _role(file)))
    for stem, (descriptions, pdfs) in documents.items():
        yield _candidate(descriptions, pdfs, claimed[stem])
    for file in loose:
        yield _alone(file)


_Documents = dict[str, tuple[list[DeliveredFile], list[DeliveredFile]]]


def _documents(
    files: Iterable[DeliveredFile], partners: Mapping[str, str]
) -> tuple[_Documents, list[DeliveredFile]]:
    """Group XML by stem, then give each PDF to the stem it shares, or one of its own."""
    documents: _Documents = {}
    pdfs: list[DeliveredFile] = []
    others: list[DeliveredFile] = []
    for file in sorted(files, key=lambda one: one.name):
        kind = extension(unzipped(file.name))
        if kind in XML or kind in _MARC:
            documents.setdefault(stem_of(file), ([], []))[0].append(file)
        else:
            (pdfs if kind == "pdf" else others).append(file)
    others += _parts(documents)
    stems = {file.name: stem for stem, (found, _) in documents.items() for file in found}
    with_xml = set(documents)
    if len(with_xml) == 1 and len(pdfs) == 1 and not is_extra(pdfs[0].name):
        (stem,) = with_xml
        if not owns(stem, _base(pdfs[0])):  # named otherwise, but whose else?
            documents[stem][1].append(pdfs.pop())
    for pdf in pdfs:
        stem = stems.get(partners.get(pdf.name, ""), _base(pdf))
        if stem in with_xml:
            documents[stem][1].append(pdf)
        elif _claimed_by(pdf, dict.fromkeys(with_xml)) is not None:
            others.append(pdf)  # a supplement in PDF
        else:
            documents.setdefault(stem, ([], []))[1].append(pdf)
    return documents, others


def _parts(documents: _Documents) -> list[DeliveredFile]:
    """Take the XML files out that are parts of another document, and return them."""
    names = [stem for stem in documents if _PART.search(stem)]
    parts = [stem for stem in names if _PART.sub("", stem) in documents]
    return [file for stem in parts for file in documents.pop(stem)[0]]


def _candidate(
    descriptions: list[DeliveredFile], pdfs: list[DeliveredFile], attached: list[Attachment]
) -> Candidate:
    ordered = sorted(descriptions, key=lambda file: (_rank(file), file.name))
    printed = sorted(pdfs, key=lambda file: is_extra(file.name))
    main = ordered[0] if ordered else None
    pdf = printed[0] if printed else None
    more = [Attachment(file, "metadata") for file in ordered[1:]]
    more += [Attachment(file, "annexes") for file in printed[1:]]
    named = main or pdf
    assert named is not None
    return Candidate(named.name, main, pdf, (*more, *attached))


def _alone(file: DeliveredFile) -> Candidate | Rejected:
    """Give a file of no document to the readers, if it can be read at all."""
    if file.size == 0:
        return Rejected(file, Finding("file-empty", "zero bytes"))
    plain = unzipped(file.name)
    if extension(plain) not in _IMAGES | _TOOLS and (plain != file.name or _is_text(file)):
        return Candidate(file.name, file, None)
    return Rejected(file, Finding("file-unclaimed", "no document of its folder has its name"))


def _is_text(file: DeliveredFile) -> bool:
    """Tell a file that may be text, in any encoding that has no zero bytes, or UTF-16."""
    try:
        with Path(file.location).open("rb") as stream:
            head = stream.read(_SAMPLE)
    except OSError:
        return False
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
    return is_wide or b"\x00" not in head


def _base(file: DeliveredFile) -> str:
    """Return a file's name without folder and extension."""
    return file.name.rpartition("/")[2].rpartition(".")[0]


def unzipped(name: str) -> str:
    """Return the name that a compressed file has without `.gz`: it is read as it is."""
    return name[:-3] if name.lower().endswith(".gz") else name


def _named(file: DeliveredFile) -> str:
    """Return the name of an XML without extensions: `x.xml.Meta` is `x`."""
    base = unzipped(file.name).rpartition("/")[2].rpartition(".")[0]
    return base[:-4] if base.lower().endswith(".xml") else base


def _kind(file: DeliveredFile) -> str:
    """Return which description an XML is: `crossref` for `x.crossref.xml`; `x_nlm.xml` too."""
    named = _named(file)
    kind = "nlm" if named.lower().endswith("_nlm") else named.rpartition(".")[2].lower()
    return kind if kind in _KINDS else ""


def stem_of(file: DeliveredFile) -> str:
    """Return the name of the document that an XML describes."""
    named, kind = _named(file), _kind(file)
    marked = kind and len(named) > len(kind) and named[-len(kind) - 1] in "._"
    return named[: -len(kind) - 1] if marked else named


def _rank(file: DeliveredFile) -> int:
    return _KINDS.index(_kind(file))


def owns(stem: str, name: str, *, loosely: bool = False) -> bool:
    """Tell whether a name is a document's own or begins with it; `loosely`: `a1fig2` is of `a1`."""
    if not name.startswith(stem) or not stem:
        return False
    if name == stem or name[len(stem)] in _BOUNDARY:
        return True
    return loosely and stem[-1].isdigit() and name[len(stem)].isalpha()


def _claimed_by(file: DeliveredFile, documents: Iterable[str] | dict[str, object]) -> str | None:
    """Return the document whose stem begins a file's or its folder's name; else the only one."""
    stems = sorted(documents, key=len, reverse=True)
    is_image = extension(file.name) in _IMAGES
    folders = file.name.rpartition("!/")[2].split("/")[:-1]
    for name in (_base(file), *reversed(folders)):
        for stem in stems:
            if owns(stem, name, loosely=is_image):
                return stem
    is_record = extension(file.name) in _RECORDS
    return stems[0] if len(stems) == 1 and not is_record else None


def _role(file: DeliveredFile) -> Role:
    base = file.name.rpartition("/")[2].lower()
    is_image = extension(base) in _IMAGES or extension(base) == "pdf"
    return "covers" if is_image and base.startswith(_COVERS) else "annexes"

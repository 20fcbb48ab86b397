"""Which files of one folder make one document.

An XML and a PDF belong together when they share their stem; `x.jats.xml` and `x.crossref.xml` are
two descriptions of `x`, the fuller one first. Other files belong to the document whose stem begins
their name, or to the only document of the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fonds.errors import Finding
from fonds.sources.model import Attachment, Candidate, DeliveredFile, Rejected, Role

XML = frozenset({"xml", "nxml", "jats", "scoap", "meta"})
_MARC = frozenset({"mrc", "marc"})
_JSON = frozenset({"json", "jsonl", "ndjson"})  # records, unless they lie beside a document
_NOISE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
# what a second description of the same document is called; the rest comes before them
_KINDS = ("jats", "nlm", "", "meta", "crossref", "datacite", "mods", "dc")
_COVERS = ("cover", "couverture", "frontcover")
_BOUNDARY = frozenset("._-+ (")


def is_noise(name: str) -> bool:
    """Tell the traces that desktops leave in folders and archives."""
    parts = name.lower().split("/")
    return "__macosx" in parts or parts[-1] in _NOISE or parts[-1].startswith("._")


def extension(name: str) -> str:
    """Return a name's extension in lower case."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""


def pair(files: Iterable[DeliveredFile]) -> Iterator[Candidate | Rejected]:
    """Put the files of one folder together; every file is in exactly one result."""
    documents, others = _documents(files)
    claimed: dict[str, list[Attachment]] = {stem: [] for stem in documents}
    loose: list[DeliveredFile] = []
    for file in others:
        stem = _owner(_base(file), documents)
        if stem is None:
            loose.append(file)
        else:
            claimed[stem].append(Attachment(file, _role(file)))
    for stem, (descriptions, pdfs) in documents.items():
        yield _candidate(descriptions, pdfs, claimed[stem])
    for file in loose:
        plain = file.name.lower().removesuffix(".gz")
        if file.size and (extension(plain) in _JSON or plain != file.name.lower()):
            yield Candidate(file.name, file, None)
            continue
        code = "file-empty" if file.size == 0 else "file-unclaimed"
        yield Rejected(file, Finding(code, "no document of its folder has its name"))


_Documents = dict[str, tuple[list[DeliveredFile], list[DeliveredFile]]]


def _documents(files: Iterable[DeliveredFile]) -> tuple[_Documents, list[DeliveredFile]]:
    """Group XML by stem, then give each PDF to the stem it shares, or one of its own."""
    documents: _Documents = {}
    pdfs: list[DeliveredFile] = []
    others: list[DeliveredFile] = []
    for file in sorted(files, key=lambda one: one.name):
        kind = extension(file.name)
        if kind in XML or kind in _MARC:
            documents.setdefault(_stem(file), ([], []))[0].append(file)
        else:
            (pdfs if kind == "pdf" else others).append(file)
    with_xml = set(documents)
    for pdf in pdfs:
        stem = _base(pdf)
        if stem in with_xml:
            documents[stem][1].append(pdf)
        elif _owner(stem, dict.fromkeys(with_xml)) is not None:
            others.append(pdf)  # a supplement in PDF
        else:
            documents.setdefault(stem, ([], []))[1].append(pdf)
    return documents, others


def _candidate(
    descriptions: list[DeliveredFile], pdfs: list[DeliveredFile], attached: list[Attachment]
) -> Candidate:
    ordered = sorted(descriptions, key=lambda file: (_rank(file), file.name))
    main = ordered[0] if ordered else None
    pdf = pdfs[0] if pdfs else None
    more = [Attachment(file, "metadata") for file in ordered[1:]]
    more += [Attachment(file, "annexes") for file in pdfs[1:]]
    named = main or pdf
    assert named is not None
    return Candidate(named.name, main, pdf, (*more, *attached))


def _base(file: DeliveredFile) -> str:
    """Return a file's name without folder and extension."""
    return file.name.rpartition("/")[2].rpartition(".")[0]


def _kind(file: DeliveredFile) -> str:
    """Return which description an XML is: `crossref` for `x.crossref.xml`."""
    kind = _base(file).rpartition(".")[2].lower()
    return kind if kind in _KINDS else ""


def _stem(file: DeliveredFile) -> str:
    base, kind = _base(file), _kind(file)
    return base[: -len(kind) - 1] if kind and "." in base else base


def _rank(file: DeliveredFile) -> int:
    return _KINDS.index(_kind(file))


def _owner(stem: str, documents: Iterable[str] | dict[str, object]) -> str | None:
    """Return the document whose stem begins a name, the longest; or the folder's only one."""
    stems = list(documents)
    for known in sorted(stems, key=len, reverse=True):
        if stem.startswith(known) and (stem == known or stem[len(known)] in _BOUNDARY):
            return known
    return stems[0] if len(stems) == 1 else None


def _role(file: DeliveredFile) -> Role:
    base = file.name.rpartition("/")[2].lower()
    is_image = extension(base) in ("jpg", "jpeg", "png", "gif", "tif", "tiff", "pdf")
    return "covers" if is_image and base.startswith(_COVERS) else "annexes"

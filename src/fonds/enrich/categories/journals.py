"""Categories of journals, by ISSN.

Bundled: the classes that DOAJ gave its journals in 2014 (`journals.tsv.gz`, CC BY-SA, DOAJ). An
operator adds tables of other schemes (Science-Metrix, Scopus, Web of Science), under whatever
licence they have, by the setting `enrich.categories`.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from importlib import resources

from lxml import etree

from fonds.enrich.categories.examples import Example
from fonds.enrich.categories.tree import Path, Tree
from fonds.enrich.errors import TableUnreadable

Table = Mapping[str, tuple[Path, ...]]  # ISSN -> paths
_ISSN = ("issn", "eissn")
_LEVELS = ("level1", "level2", "level3", "level4")


def bundled_journals(tree: Tree) -> Table:
    """Return the classes of the bundled journals."""
    file = resources.files("fonds.enrich.categories").joinpath("journals.tsv.gz")
    lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    rows = (line.split("\t") for line in lines)
    return {issn: tuple(tree.path(code) for code in codes.split(";")) for issn, codes in rows}


def read_table(path: str) -> Table:
    """Read an operator's CSV: `issn` and/or `eissn`, then `level1`, `level2`, ... in each row.

    Raises TableUnreadable.
    """
    found: dict[str, tuple[Path, ...]] = {}
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise TableUnreadable(path=path, reason=error) from error
    rows = csv.DictReader(io.StringIO(text), dialect=_dialect(text))
    names = {(name or "").strip().lower(): name for name in rows.fieldnames or ()}
    if not any(name in names for name in _ISSN) or _LEVELS[0] not in names:
        raise TableUnreadable(path=path, reason="it has no columns issn (or eissn) and level1")
    for row in rows:
        levels = [(row.get(names.get(name, "")) or "").strip() for name in _LEVELS]
        place = tuple(level for level in levels if level)
        for name in _ISSN:
            issn = plain_issn(row.get(names.get(name, "")) or "")
            if issn and place:
                found[issn] = tuple(dict.fromkeys((*found.get(issn, ()), place)))
    return found


def read_doaj(data: bytes, tree: Tree) -> dict[str, tuple[str, ...]]:
    """Return the codes of classes by ISSN, of DOAJ's list of journals as CSV."""
    codes = {label: code for code, label in reversed(list(tree.labels.items()))}
    found: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(io.StringIO(data.decode())):
        classes = _chains(row["Subjects"], codes, tree)
        for name in ("ISSN", "EISSN"):
            if classes and (issn := plain_issn(row[name] or "")):
                found[issn] = classes
    return found


def descriptions(data: bytes, classes: Mapping[str, tuple[str, ...]], tree: Tree) -> list[Example]:
    """Return what DOAJ's list says of each journal, as examples of its first class."""
    found = []
    for row in csv.DictReader(io.StringIO(data.decode())):
        issn = plain_issn(row["ISSN"] or "") or plain_issn(row["EISSN"] or "")
        if issn in classes:
            text = " ".join((row["Title"], row["Title.Alternative"], row["Keyword"]))
            found.append(Example(text, tree.codes(classes[issn][0]), issn))
    return found


def read_lcc(data: bytes) -> list[tuple[str, str, str]]:
    """Return code, code above and label of each class of DOAJ's `lccSubjects.xml`."""
    root = etree.fromstring(data)
    rows = [
        [(one.findtext(name) or "").strip() for name in ("code", "parent", "name")]
        for one in root.iter("subject")
    ]
    codes = {label: code for code, _, label in reversed(rows)}
    return [(code, codes.get(above, ""), label) for code, above, label in rows if label != "TMP"]


def plain_issn(text: str) -> str:
    """Return an ISSN as NNNN-NNNX; empty for what is none."""
    digits = text.strip().replace("-", "").upper()
    good = len(digits) == 8 and digits[:7].isdigit() and (digits[7].isdigit() or digits[7] == "X")
    return f"{digits[:4]}-{digits[4:]}" if good else ""


def _chains(subjects: str, codes: Mapping[str, str], tree: Tree) -> tuple[str, ...]:
    """Return the classes that DOAJ writes with all classes above them: "leaf, above, top".

    Labels hold commas themselves; what is no whole chain is of DOAJ's former scheme.
    """
    found: list[str] = []
    chain: list[str] = []
    for label in _labels(subjects.split(","), codes):
        code = codes.get(label, "")
        if chain and tree.above.get(chain[-1], "") != code:
            chain = []
        chain.append(code)
        if code and code not in tree.above:
            found.append(chain[0])
            chain = []
    known = {above for code in found for above in tree.codes(code)[:-1]}
    return tuple(code for code in dict.fromkeys(found) if code not in known)


def _labels(parts: list[str], codes: Mapping[str, str]) -> Iterable[str]:
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            label = ", ".join(part.strip() for part in parts[at:end])
            if label in codes or end == at + 1:
                yield label
                at = end
                break


def _dialect(text: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(text[:10_000], delimiters=",;\t")
    except csv.Error:
        return csv.excel

"""Lists that come with a delivery: manifests, and checksums in the usual notations.

What a list names is compared with what was delivered while the folders below it are walked: a file
that differs from its checksum and a file that is missing are said. Only the list itself is held.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from fonds.errors import Finding
from fonds.sources.model import DeliveredFile

_MOST_BYTES = 64 * 1024 * 1024
_SHOWN = 5  # names in a finding
_ALGORITHMS = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
_SUMS = frozenset({"md5", "md5sum", "md5sums", "sha", "sha1", "sha1sum", "sha224", "sha256",
                   "sha256sum", "sha256sums", "sha384", "sha512", "sha512sum", "checksum",
                   "checksums", "sum"})  # fmt: skip
_LISTS = re.compile(
    r"(^|[._-])(manifest|checksums?|md5sums?|md5|sha(1|224|256|384|512)(sums?)?|filelist|file_list"
    r"|package_?list|contents?)([._-]|$)"
)
_BARE = frozenset({"", "txt", "csv", "tsv", "lst", "list", "mf"})
_GNU = re.compile(r"^\\?([0-9a-fA-F]{32,128})[ \t,;|]+[*]?(.+)$")
_BSD = re.compile(r"^[A-Za-z0-9-]+ ?\((.+)\) ?= ?([0-9a-fA-F]{32,128})$")
_LAST = re.compile(r"^(.+?)[ \t,;|=:]+([0-9a-fA-F]{32,128})$")
_ALONE = re.compile(r"^([0-9a-fA-F]{32,128})$")
_TOKEN = re.compile(r"[^\s,;|\"'<>()]+\.[A-Za-z][A-Za-z0-9]{1,7}(?=$|[\s,;|\"'<>()])")


class Listing:
    """One list, and what was seen of it."""

    def __init__(
        self, file: DeliveredFile, paths: dict[str, str], pairs: dict[str, str] | None = None
    ) -> None:
        self.file = file
        self._pairs = pairs or {}
        self._by_base: dict[str, list[tuple[str, str]]] = {}
        for path, digest in paths.items():
            self._by_base.setdefault(path.rpartition("/")[2], []).append((path, digest))
        self._missing = set(paths)
        self._wrong: list[str] = []
        self._checked = 0

    def meet(self, file: DeliveredFile) -> Finding | None:
        """Compare a delivered file with its line; return what is wrong with it."""
        for path, digest in self._by_base.get(file.name.rpartition("/")[2], ()):
            if not _ends_with(file.name, path):
                continue
            self._missing.discard(path)
            if not digest:
                return None
            found = _digest(file, _ALGORITHMS[len(digest)])
            self._checked += 1
            if found != digest:
                self._wrong.append(file.name)
                reason = f"{file.name}: {_ALGORITHMS[len(digest)]} is {found or 'unreadable'}"
                return Finding("checksum-mismatch", f"{reason}, {self.file.name} says {digest}")
        return None

    def partners(self, files: Iterable[DeliveredFile]) -> Iterator[tuple[str, str]]:
        """Give the names of a PDF and an XML that stand in one line."""
        if not self._pairs:
            return
        known = {file.name.rpartition("/")[2]: file.name for file in files}
        for pdf, xml in self._pairs.items():
            names = known.get(pdf.rpartition("/")[2], ""), known.get(xml.rpartition("/")[2], "")
            if _ends_with(names[0], pdf) and _ends_with(names[1], xml):
                yield names

    @property
    def outcome(self) -> Finding:
        """Say how the list and the delivery agree, once everything was met."""
        total = sum(map(len, self._by_base.values()))
        if self._wrong:
            reason = f"{len(self._wrong)} of {total} differ: {_some(self._wrong)}"
            if self._missing:
                reason += f"; {len(self._missing)} missing: {_some(sorted(self._missing))}"
            return Finding("checksum-mismatch", reason)
        if self._missing:
            missing = sorted(self._missing)
            return Finding(
                "list-incomplete", f"{len(missing)} of {total} missing: {_some(missing)}"
            )
        if not total:
            return Finding("delivery-list", "it lists no files")
        checked = f", {self._checked} checksums agree" if self._checked else ""
        return Finding("delivery-list", f"{total} files listed, all there{checked}")


def read_listing(file: DeliveredFile) -> Listing | None:
    """Return the list that a file is; None when it is not one."""
    base = file.name.rpartition("/")[2]
    stem, _, kind = base.rpartition(".")
    is_sum = kind.lower() in _SUMS
    if file.size > _MOST_BYTES or not (
        is_sum
        or (kind.lower() in _BARE and _LISTS.search(stem.lower()))
        or ("." not in base and _LISTS.search(base.lower()))
    ):
        return None
    try:
        text = Path(file.location).read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return None
    paths: dict[str, str] = {}
    pairs: dict[str, str] = {}
    for line in text.splitlines():
        listed = _line(line.strip(), stem if is_sum else "")
        paths.update(listed)
        pairs.update(_pair(listed))
    return Listing(file, paths, pairs) if paths else None


def _pair(listed: Iterable[str]) -> dict[str, str]:
    """Return the XML and the PDF of a line that names one of each."""
    kinds: dict[str, list[str]] = {"pdf": [], "xml": []}
    for path in listed:
        kinds.get(path.rpartition(".")[2].lower(), []).append(path)
    alone = len(kinds["pdf"]) == len(kinds["xml"]) == 1
    return {kinds["pdf"][0]: kinds["xml"][0]} if alone else {}


def _line(line: str, named: str) -> dict[str, str]:
    """Read one line: a checksum and a name in either order, or names alone."""
    if not line or line.startswith(("#", "//")):
        return {}
    alone = _ALONE.match(line)
    if alone and named and len(alone[1]) in _ALGORITHMS:
        return {named: alone[1].lower()}
    gnu, bsd, last = _GNU.match(line), _BSD.match(line), _LAST.match(line)
    pair = (
        (bsd[1], bsd[2])
        if bsd
        else (gnu[2], gnu[1])
        if gnu
        else (last[1], last[2])
        if last
        else None
    )
    if pair is not None and len(pair[1]) in _ALGORITHMS:
        path = _path(pair[0])
        return {path: pair[1].lower()} if path else {}
    found = (
        _path(token) for token in _TOKEN.findall(line) if "://" not in token and "@" not in token
    )
    return dict.fromkeys(filter(None, found), "")


def _path(text: str) -> str:
    """Return a listed path as it ends the name in the delivery."""
    plain = text.strip(" \t\"'").replace("\\", "/")
    return plain.removeprefix("./").lstrip("/")


def _ends_with(name: str, path: str) -> bool:
    return name == path or name.endswith((f"/{path}",))


def _digest(file: DeliveredFile, algorithm: str) -> str:
    try:
        with Path(file.location).open("rb") as stream:
            return hashlib.file_digest(stream, algorithm).hexdigest()
    except OSError:
        return ""


def _some(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")

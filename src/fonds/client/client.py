"""What a program asks of an archive: search, walk through everything, take files out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fonds.client.download import download, unpack
from fonds.client.http import Connection, refuse_pages
from fonds.client.rows import row
from fonds.errors import RemoteFailed

Progress = Callable[[int, int], None]  # bytes done; bytes in all, 0 when it is not known

_LONG = 2_000  # characters of a query; longer ones are stored first
_ALREADY = 409
_PAGE = 1_000


class Client:
    """An archive that speaks the ISTEX API."""

    def __init__(
        self, address: str = "http://localhost:8080", token: str = "", *, timeout: float = 60.0,
        wait: float = 0.5,
    ) -> None:  # fmt: skip
        """Name the service; `timeout` and `wait` (before a repetition) in seconds."""
        self._address = address.rstrip("/")
        self._connection = Connection(token, timeout=timeout, wait=wait)

    def search(self, query: str, **parameters: object) -> dict[str, Any]:
        """Return one page of answers as the service gives it.

        Parameters are the API's: size, output, facet, sortBy, ... Raises RemoteFailed.
        """
        found: dict[str, Any] = self._connection.json(self._to(query, parameters))
        if "_error" in found:
            raise RemoteFailed(address=self._address, status=200, reason=found["_error"])
        return found

    def count(self, query: str) -> int:
        """Return how many documents a query finds."""
        return int(self.search(query, size=0)["total"])

    def iterate(
        self, query: str, output: str = "*", *, page: int = _PAGE, scroll: str = "5m"
    ) -> Iterator[dict[str, Any]]:
        """Give every document a query finds, each once; `scroll` is the life of the walk.

        Raises RemoteFailed, also when fewer documents came than were found.
        """
        given = {"output": output, "size": page, "scroll": scroll}
        found = self.search(query, **given)
        total, come = int(found["total"]), 0
        while True:
            yield from found["hits"]
            come += len(found["hits"])
            following = found.get("nextScrollURI")
            if found.get("noMoreScrollResults") or not following or not found["hits"]:
                break
            found = self._connection.json(following)
        if come < total:
            raise RemoteFailed(
                address=self._address, status=200, reason=f"{come} of {total} documents came"
            )

    def record(self, identifier: str) -> dict[str, Any]:
        """Return a record by id or ARK."""
        path = (
            f"{identifier}/record.json"
            if identifier.startswith("ark:")
            else f"document/{identifier}"
        )
        found: dict[str, Any] = self._connection.json(f"{self._address}/{path}")
        return found

    def file(self, address: str) -> bytes:
        """Return a file by the `uri` that a record gives it; a login page is no file."""
        with self._connection.open(address) as answer:
            refuse_pages(address, answer)
            return answer.read()

    def sizes(self, query: str, extract: str = "", **parameters: object) -> dict[str, Any]:
        """Return what a download into a ZIP or a folder would hold, exactly (Fonds only)."""
        given = self._wanted(query, extract, "zip", parameters)
        found: dict[str, Any] = self._connection.json(self._to(query, given, "/extract"))
        return found

    def download(
        self,
        query: str,
        target: str | Path,
        extract: str = "metadata[json]",
        *,
        progress: Progress | None = None,
        **parameters: object,
    ) -> Path:
        """Take documents out into a ZIP (`.zip`), a TAR (`.tar.gz`) or a new folder.

        What an interrupted call left beside the target is continued where the service can.
        Raises RemoteFailed.
        """
        target = Path(target)
        name = target.name.lower()
        tar = name.endswith((".tar.gz", ".tgz"))
        given = self._wanted(query, extract, "tar" if tar else "zip", parameters)
        address = self._to(query, given)
        if tar or name.endswith(".zip"):
            return download(self._connection, address, target, progress)
        packed = download(
            self._connection, address, target.with_name(f"{target.name}.zip"), progress
        )
        return unpack(packed, target)

    def rows(self, query: str, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Give a flat row of fields (paths such as `host.title`) for every document."""
        for record in self.iterate(query, ",".join(fields)):
            yield row(record, fields)

    def analyse(self, name: str, query: str, **parameters: object) -> dict[str, Any]:
        """Return an analysis of everything a query finds, as its JSON (Fonds only).

        Names and parameters of analyses stand in `/analyses`. Raises RemoteFailed.
        """
        found: dict[str, Any] = self._connection.json(self._analysis(name, query, parameters))
        return found

    def analysis_file(self, name: str, query: str, form: str, **parameters: object) -> bytes:
        """Return an analysis as a file: csv, parquet, svg, tbx, gexf, pdf, ... (Fonds only)."""
        return self.file(self._analysis(name, query, {**parameters, "format": form}))

    def _analysis(self, name: str, query: str, parameters: dict[str, Any]) -> str:
        return self._to(query, parameters, f"/analyses/{name}")

    def frame(self, query: str, fields: Sequence[str]) -> Any:
        """Return a pandas DataFrame of fields; pandas must be installed."""
        import pandas as pd  # noqa: PLC0415  # the caller's, if there

        return pd.DataFrame(self.rows(query, fields), columns=list(fields))

    def arrow(self, query: str, fields: Sequence[str]) -> Any:
        """Return a pyarrow Table of fields; pyarrow must be installed."""
        import pyarrow as pa  # noqa: PLC0415  # the caller's, if there

        return pa.Table.from_pylist(list(self.rows(query, fields)))

    def _wanted(
        self, query: str, extract: str, archive_type: str, parameters: dict[str, object]
    ) -> dict[str, object]:
        """Return the parameters of a download; all documents is a number, as old services ask."""
        size = parameters.get("size") or max(1, self.count(query))
        return {**parameters, "size": size, "archiveType": archive_type, "extract": extract}

    def _to(self, query: str, parameters: dict[str, Any], path: str = "/document") -> str:
        given = {key: str(value) for key, value in parameters.items() if value is not None}
        named = {"q": query} if len(query) <= _LONG else {"q_id": self._stored(query)}
        return f"{self._address}{path}?{urlencode({**named, **given, 'sid': 'fonds-client'})}"

    def _stored(self, query: str) -> str:
        """Store a long query under its MD5, as the API demands."""
        name = hashlib.md5(query.encode(), usedforsecurity=False).hexdigest()
        address = f"{self._address}/q_id/{name}"
        status = self._connection.post(address, {"qString": query})
        if status >= 300 and status != _ALREADY:
            raise RemoteFailed(address=address, status=status, reason="it was not stored")
        return name

"""A GROBID server that the operator runs (setting `enrich.grobid`): references, whole texts.

https://grobid.readthedocs.io/en/latest/Grobid-service/: `/api/processReferences` and
`/api/processFulltextDocument` are given a PDF and answer with TEI; 204 says that there is nothing,
503 that all its engines are busy.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from http import HTTPStatus

from lxml import etree

from fonds.enrich.errors import GrobidFailed
from fonds.record import Reference
from fonds.sources.formats.tei.references import read_references
from fonds.sources.xml import Element

_TEI = "{http://www.tei-c.org/ns/1.0}TEI"
_BOUNDARY = "fonds-7c1f0a5b9d7e2468"
_TRIES = 4
_PAUSE = 2.0  # seconds before a busy server is asked again; doubled each time
_MOST_ANSWER = 64 * 1024 * 1024


class Grobid:
    """A GROBID server."""

    def __init__(self, address: str, seconds: float = 120.0, pause: float = _PAUSE) -> None:
        self._address = address.rstrip("/")
        self._seconds = seconds
        self._pause = pause

    def references(self, pdf: bytes) -> tuple[Reference, ...]:
        """Return the references of a PDF; raises GrobidFailed."""
        answer = self._post("/api/processReferences", pdf)
        return read_references(self._parsed(answer)) if answer else ()

    def fulltext(self, pdf: bytes) -> tuple[bytes, Element] | None:
        """Return the TEI of a whole PDF, as it came and parsed; None without a text.

        Raises GrobidFailed.
        """
        answer = self._post("/api/processFulltextDocument", pdf)
        if not answer:
            return None
        root = self._parsed(answer)
        if root.tag != _TEI:
            raise self._failed("its answer is no TEI")
        return answer, root

    def _parsed(self, answer: bytes) -> Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            return etree.fromstring(answer, parser)
        except etree.XMLSyntaxError as error:
            raise self._failed(f"its answer is no XML ({error.msg})") from error

    def _post(self, path: str, pdf: bytes) -> bytes:
        head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="input"; filename="a.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        request = urllib.request.Request(  # noqa: S310 - the operator's own setting
            self._address + path,
            data=head.encode() + pdf + f"\r\n--{_BOUNDARY}--\r\n".encode(),
            headers={
                "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
                "Accept": "application/xml",
            },
        )
        for again in range(_TRIES):
            try:
                with urllib.request.urlopen(request, timeout=self._seconds) as answer:  # noqa: S310
                    data: bytes = answer.read(_MOST_ANSWER)
                    return data
            except urllib.error.HTTPError as error:
                error.close()
                if error.code != HTTPStatus.SERVICE_UNAVAILABLE or again == _TRIES - 1:
                    raise self._failed(f"it answered {error.code}") from error
                time.sleep(self._pause * 2**again)
            except (OSError, ValueError) as error:
                raise self._failed(str(error)) from error
        raise AssertionError("unreachable")

    def _failed(self, reason: str) -> GrobidFailed:
        return GrobidFailed(address=self._address, reason=reason)

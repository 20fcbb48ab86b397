"""A report as PDF, typeset by Typst: tagged, with its title and language, fonts embedded.

What documents say goes in as JSON, never as markup. https://typst.app/docs/
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import msgspec

from fonds.analyses.model import Answer
from fonds.analyses.synthesis.forms.whole import whole
from fonds.analyses.synthesis.report import (
    Block,
    Drawn,
    Items,
    Paragraph,
    Quotation,
    Report,
    Spans,
    address,
)


def write(answer: Answer) -> bytes:
    """Return the report; the same one has the same bytes."""
    import typst  # noqa: PLC0415  # large, and only for PDF

    report = whole(answer)
    pictures = {one.name: one.svg for one in answer.pictures}
    blocks = [
        _said(one, report)
        for one in report.blocks
        if not isinstance(one, Drawn) or one.name in pictures
    ]
    data = {"language": report.language, "title": report.title, "blocks": blocks,
            "archive": answer.corpus.archive or "Fonds", "pictures": pictures}  # fmt: skip
    layout = resources.files("fonds.analyses.synthesis.forms").joinpath("report.typ").read_bytes()
    said = {"report": msgspec.json.encode(data).decode()}
    made = typst.compile(layout, sys_inputs=said, pdf_standards=["ua-1"])
    return bytes(made)


def _said(block: Block, report: Report) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.to_builtins(block)
    match block:
        case Paragraph():
            said["spans"] = _spans(block.spans, report)
        case Quotation():
            said["source"] = _spans(block.source, report)
        case Items():
            said["rows"] = [_spans(row, report) for row in block.rows]
    return said


def _spans(spans: Spans, report: Report) -> list[dict[str, str]]:
    return [{"text": one.text, "href": address(one, report), "lang": one.lang} for one in spans]

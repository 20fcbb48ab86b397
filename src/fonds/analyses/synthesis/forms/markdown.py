"""A report as Markdown (CommonMark); pictures are left out, quotations keep their language."""

from __future__ import annotations

import re

from fonds.analyses.model import Answer
from fonds.analyses.synthesis.forms.whole import whole
from fonds.analyses.synthesis.report import (
    Block,
    Figures,
    Heading,
    Items,
    Machine,
    Paragraph,
    Quotation,
    Report,
    Spans,
    address,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_START = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+])(?=\s)")


def write(answer: Answer) -> bytes:
    """Return the report."""
    report = whole(answer)
    parts = [_block(one, report) for one in report.blocks]
    return ("\n\n".join(filter(None, parts)) + "\n").encode("utf-8", "replace")


def _block(block: Block, report: Report) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_escaped(block.text)}"
        case Paragraph():
            text = _start(_spans(block.spans, report))
            return f"*{text}*" if block.note else text
        case Quotation():
            text = _escaped(block.text)
            said = f'<span lang="{block.lang}">{text}</span>' if block.lang else _start(text)
            return f"> {said}\n>\n> — {_spans(block.source, report)}"
        case Machine():
            return f"*{_escaped(block.said)}:* {_escaped(block.text)}"
        case Items():
            rows = [_spans(row, report) for row in block.rows]
            if block.numbered:
                return "\n".join(f"{at}. {row}" for at, row in enumerate(rows, start=1))
            return "\n".join(f"- {_start(row)}" for row in rows)
        case Figures():
            rows = [f"| {_escaped(name)} | {_escaped(value)} |" for name, value in block.rows]
            return "\n".join(["| | |", "|---|---:|", *rows])
        case _:
            return ""


def _spans(spans: Spans, report: Report) -> str:
    parts = []
    for span in spans:
        text = _escaped(span.text)
        href = address(span, report)
        parts.append(f"[{text}](<{href}>)" if href else text)
    return "".join(parts)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))


def _start(text: str) -> str:
    """Return a paragraph that is no list, whatever it begins with."""
    return _START.sub(lambda m: f"{m[2]}\\{m[3]}" if m[2] else f"\\{m[5]}", text, count=1)

"""A report as HTML: a whole file with its style inside, or the article alone for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from importlib import resources

from fonds.analyses.model import Answer
from fonds.analyses.synthesis.forms.whole import whole
from fonds.analyses.synthesis.report import (
    Block,
    Drawn,
    Figures,
    Heading,
    Items,
    Machine,
    Paragraph,
    Quotation,
    Report,
    Span,
    Spans,
    address,
)
from fonds.analyses.synthesis.wording import wording

Link = Callable[[Span], str]


def write(answer: Answer) -> bytes:
    """Return a file that stands alone."""
    report = whole(answer)
    style = resources.files("fonds.analyses.synthesis.forms").joinpath("report.css").read_text()
    body = article(report, _pictures(answer), lambda span: address(span, report))
    page = (
        f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def article(report: Report, pictures: Mapping[str, str], link: Link) -> str:
    """Return the report's blocks as HTML; all that documents say is escaped."""
    parts: list[str] = []
    for block in report.blocks:
        parts.append(_block(block, pictures, link))
        if isinstance(block, Heading) and block.level == 1:
            parts.append(_contents(report))
    return "".join(parts)


def article_of(answer: Answer, link: Link) -> str:
    """Return the article of an answer, for a page with its own links."""
    return article(whole(answer), _pictures(answer), link)


def _pictures(answer: Answer) -> dict[str, str]:
    return {one.name: one.svg for one in answer.pictures}


def _contents(report: Report) -> str:
    rows = "".join(
        f'<li><a href="#{one.anchor}">{escape(one.text)}</a></li>'
        for one in report.blocks
        if isinstance(one, Heading) and one.level == 2
    )
    label = escape(wording(report.language)("contents"))
    return f'<nav class="contents" aria-label="{label}"><ol>{rows}</ol></nav>\n'


def _block(block: Block, pictures: Mapping[str, str], link: Link) -> str:
    match block:
        case Heading():
            anchor = f' id="{block.anchor}"' if block.anchor else ""
            return f"<h{block.level}{anchor}>{escape(block.text)}</h{block.level}>\n"
        case Paragraph():
            kind = ' class="note"' if block.note else ""
            return f"<p{kind}>{_spans(block.spans, link)}</p>\n"
        case Quotation():
            lang = f' lang="{escape(block.lang)}"' if block.lang else ""
            source = _spans(block.source, link)
            return (f'<figure class="quotation"><blockquote{lang}><p>{escape(block.text)}</p>'
                    f"</blockquote><figcaption>{source}</figcaption></figure>\n")  # fmt: skip
        case Machine():
            return (f'<aside class="machine"><p class="said">{escape(block.said)}</p>'
                    f"<p>{escape(block.text)}</p></aside>\n")  # fmt: skip
        case Items():
            tag = "ol" if block.numbered else "ul"
            kind = ' class="sources"' if block.numbered else ""
            rows = "".join(f"<li>{_spans(row, link)}</li>" for row in block.rows)
            return f"<{tag}{kind}>{rows}</{tag}>\n"
        case Figures():
            rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
                           for name, value in block.rows)  # fmt: skip
            return f'<dl class="figures">{rows}</dl>\n'
        case Drawn():
            return _drawn(pictures.get(block.name, ""), escape(block.caption))


def _drawn(svg: str, caption: str) -> str:
    if not svg:
        return ""
    region = f'<div class="wide" tabindex="0" role="region" aria-label="{caption}">{svg}</div>'
    return f'<figure class="drawn">{region}<figcaption>{caption}</figcaption></figure>\n'


def _spans(spans: Spans, link: Link) -> str:
    return "".join(map(_linked(link), spans))


def _linked(link: Link) -> Callable[[Span], str]:
    def one(span: Span) -> str:
        text = escape(span.text)
        if span.strong:
            text = f"<strong>{text}</strong>"
        if span.lang:
            text = f'<span lang="{escape(span.lang)}">{text}</span>'
        href = link(span)
        return f'<a href="{escape(href)}">{text}</a>' if href else text

    return one

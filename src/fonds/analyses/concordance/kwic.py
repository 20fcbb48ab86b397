"""The lines of a concordance as plain text, the words found one below the other."""

from __future__ import annotations

from fonds.analyses.concordance.model import Concordance, Quoted
from fonds.analyses.model import Answer, Form

_HEAD = "{words}: {total:,} lines in {read:,} documents, {closed:,} of them closed, {left} not read"


def write(answer: Answer) -> bytes:
    """Return the lines of an answer, one each, with their sources behind them."""
    found = answer.result
    assert isinstance(found, Concordance)
    head = _HEAD.format(
        words=", ".join(found.words),
        total=found.total,
        read=found.read,
        closed=found.closed,
        left=f"{found.left_out:,}",
    )
    left = max((len(one.left) for one in found.lines), default=0)
    right = max((len(one.match) + len(one.right) for one in found.lines), default=0)
    lines = (
        f"{one.left:>{left}}\u2502{one.match + one.right:<{right}}  {_source(one)}"
        for one in found.lines
    )
    return ("\n".join((head, "", *lines)) + "\n").encode()


KWIC = Form("txt", "text/plain; charset=utf-8", "txt", write)


def _source(one: Quoted) -> str:
    place = f"p. {one.place.page}" if one.place.page else one.place.section or one.place.part
    return f"{one.ark} {one.year or '-'} {place}"

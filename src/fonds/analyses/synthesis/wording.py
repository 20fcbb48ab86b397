"""The words of reports, in French and English (`texts.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

_THIN = "\u202f"  # no-break, before what French sets apart


class Wording:
    """The words of one language."""

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language = language
        self._table = table

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a text with its values filled in; numbers as the language writes them."""
        said = {name: self._said(value) for name, value in values.items()}
        return self._table[text].format_map(said)

    def has(self, key: str) -> bool:
        """Tell whether there is a text."""
        return key in self._table

    def number(self, value: int) -> str:
        """Return a number as the language writes it."""
        return f"{value:,}".replace(",", _THIN if self.language == "fr" else ",")

    def share(self, value: float) -> str:
        """Return a share in per cent; one above nothing is never said to be nothing."""
        said = "< 1" if 0 < value < 0.005 else f"{value * 100:.0f}"
        return f"{said}{_THIN}%" if self.language == "fr" else f"{said}%"

    def language_name(self, code: str) -> str:
        """Return what a language is called; its code where there is no name."""
        return self._table.get(f"lang_{code}", code)

    def _said(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)


@cache
def wording(language: str) -> Wording:
    """Return the words of a language: "fr", else English."""
    text = resources.files("fonds.analyses.synthesis").joinpath("texts.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    column = 1 if language == "fr" else 2
    return Wording("fr" if column == 1 else "en", {row[0]: row[column] for row in rows})

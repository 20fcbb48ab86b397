"""Everything the portal says, in French and English: one table, `texts.tsv`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, get_args

from markupsafe import escape
from starlette.requests import Request

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "fonds_lang"
_EITHER = "¦"  # between what is said of one and what is said of more
_LARGE = 1_000  # a number from it on is written without decimals
_SMALL = 0.1  # a share below it is written with a digit more
_MEGA, _GIGA = 1_000_000, 1_000_000_000
_FIXED = "\u00a0"  # a blank at which no line ends
# French as it is printed: apostrophes are curved, and no line begins with a mark
_APOSTROPHE, _BEFORE_MARK = re.compile(r"(?<=\w)'(?=[\w«{])"), re.compile(" (?=[;:!?»])")


# tables of analyses whose values are codes, and what their names begin with
_OF_TABLES = {
    "languages": "language",
    "genres": "genre",
    "texts": "text_of",
    "readiness": "reads",
}
_SAID = re.compile(r">([\w-]+)(<|: )")  # what an SVG writes of a row, or says on it


class Texts:
    """The texts of one language; `texts("results", count=3)`."""

    def __init__(self, language: Language, table: Mapping[str, str]) -> None:
        self.language = language
        self._table = table

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in; `count` chooses between one and more."""
        text = self._table[key]
        if "count" in values and _EITHER in text:
            one, _, more = text.partition(_EITHER)
            text = one if str(values["count"]) in self._singular else more
        return text.format_map(values) if values else text

    @property
    def _singular(self) -> tuple[str, ...]:
        return ("0", "1") if self.language == "fr" else ("1",)

    def or_key(self, key: str) -> str:
        """Return a text, or the key where there is none (a type of file we do not name)."""
        return self._table.get(key, key.partition("_")[2].upper() or key)

    def language_name(self, tag: str) -> str:
        """Return what the language calls another one; its tag where we have no name."""
        return self._table.get(f"lang_{tag}", tag)

    def value(self, field: str, value: str) -> str:
        """Return what a value of a facet is called; itself where it has no other name."""
        return self._table.get(f"{field}_{value}", value)

    def in_table(self, table: str, value: object) -> object:
        """Return what a value of a table of an analysis is called; itself where it has no name."""
        known = _OF_TABLES.get(table)
        return self.value(known, value) if known and isinstance(value, str) else value

    def named(self, table: str, picture: str) -> str:
        """Return the picture of a table with the names of its values in place of codes."""
        known = _OF_TABLES.get(table)
        if not known:
            return picture

        def said(match: re.Match[str]) -> str:
            return f">{escape(self.value(known, match[1]))}{match[2]}"

        return _SAID.sub(said, picture)

    def number(self, value: int) -> str:
        """Return a number as the language writes it."""
        grouped = f"{value:,}"
        return grouped.replace(",", "\u202f") if self.language == "fr" else grouped

    def percent(self, share: float) -> str:
        """Return a share as the language writes it."""
        return f"{share:.0%}".replace("%", "\u202f%") if self.language == "fr" else f"{share:.0%}"

    def share(self, share: float) -> str:
        """Return a share, a small one with a digit more, as the language writes it."""
        if share == 0 or abs(share) >= _SMALL:
            return self.percent(share)
        said = f"{share:.1%}"
        return said.replace(".", ",").replace("%", "\u202f%") if self.language == "fr" else said

    def decimal(self, value: float) -> str:
        """Return a number to three digits, a large one whole, as the language writes it."""
        if abs(value) >= _LARGE:
            return self.number(round(value))
        said = f"{value + 0.0:.3g}"  # a nought has no sign
        return said.replace(".", ",") if self.language == "fr" else said

    def exact(self, value: float) -> str:
        """Return a number with the decimals that it has, as the language writes it."""
        said = f"{value:g}"
        return said.replace(".", ",") if self.language == "fr" else said

    def size(self, count: int) -> str:
        """Return a file's size for people, as the language writes it."""
        if count < _MEGA:
            said = f"{max(1, round(count / 1000)) if count else 0} kB"
        else:
            said = f"{count / _MEGA:.1f} MB" if count < _GIGA else f"{count / _GIGA:.1f} GB"
        if self.language == "fr":
            said = said.replace(".", ",").replace("B", "o").replace(" ", _FIXED)
        return said

    @property
    def other(self) -> Language:
        """Return the other language."""
        return "en" if self.language == "fr" else "fr"


@cache
def texts(language: Language) -> Texts:
    """Return the texts of a language."""
    content = resources.files("fonds.web.portal").joinpath("texts.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in content.splitlines()[1:]]
    if language == "en":
        return Texts(language, MappingProxyType({row[0]: row[2] for row in rows}))
    return Texts(language, MappingProxyType({row[0]: _printed(row[1]) for row in rows}))


def chosen(request: Request) -> Language:
    """Return the language asked for: in the address, by the cookie, by the browser; else French."""
    for wish in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wish == "fr":
            return "fr"
        if wish == "en":
            return "en"
    for part in request.headers.get("accept-language", "").split(","):
        code = part.strip()[:2].lower()
        if code == "fr":
            return "fr"
        if code == "en":
            return "en"
    return "fr"


def _printed(text: str) -> str:
    """Return a French text with the signs that keyboards lack: apostrophes, fixed blanks."""
    fixed = _BEFORE_MARK.sub(_FIXED, _APOSTROPHE.sub("\u2019", text))
    return fixed.replace("« ", f"«{_FIXED}")

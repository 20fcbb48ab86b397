"""HTML to read in a browser: the text of a document, made from its TEI when someone asks.

Nothing of a publisher runs in it: the stylesheet names every element and attribute that may come
out, and links lead to the web or into the text alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from html import escape
from typing import Literal

import msgspec
from lxml import etree

from fonds.renditions.model import Material
from fonds.renditions.tex import with_mathml
from fonds.sources.languages import tag
from fonds.sources.stylesheet import Stylesheet, quoted
from fonds.sources.xml import Element

# old print's umlaut, an e above its letter, that hardly any font has: shown as we write it
_SMALL_E, _DIAERESIS = "\u0364", "\u0308"


class ReadingText(msgspec.Struct, frozen=True):
    """A text as HTML, safe to put into a page."""

    contents: str  # an `ol`, or nothing when the text has no sections
    text: str
    graphics: tuple[str, ...]  # publisher's names of the images, in order


class Html:
    """Makes `html`."""

    name = "html"
    extension = "html"
    typology: Literal["fulltext", "metadata"] = "fulltext"
    mimetype = "text/html"
    version = 3
    stored = False

    def __init__(self) -> None:
        self._sheet = Stylesheet("fonds.renditions", "html.xsl")

    def make(self, material: Material) -> bytes | None:
        """Return a page of its own; None without structured text."""
        found = self.reading(material)
        if found is None:
            return None
        code = next((tag(code) for code in material.record.language if tag(code)), "")
        lang = f' lang="{code}"' if code else ""
        title = escape(material.record.title)
        nav = f"<nav>{found.contents}</nav>\n" if found.contents else ""
        page = (
            f'<!DOCTYPE html>\n<html{lang}>\n<head><meta charset="utf-8"><title>{title}</title>'
            f"</head>\n<body>\n<h1>{title}</h1>\n{nav}{found.text}\n</body>\n</html>\n"
        )
        return page.encode("utf-8", "replace")

    def reading(
        self,
        material: Material,
        words: Mapping[str, str] | None = None,
        images: Mapping[str, str] | None = None,
    ) -> ReadingText | None:
        """Return contents and text; `words` name the parts, `images` give addresses of graphics."""
        text = material.text
        if text is None or not _says_something(text):
            return None
        called = {name: quoted(word) for name, word in (words or {}).items()}
        made = self._sheet(with_mathml(text), **called)
        assert made is not None
        contents, body = made
        names = tuple(_graphics(body, images or {}))
        return ReadingText(_markup(contents) if len(contents) else "", _markup(body), names)


def _says_something(text: Element) -> bool:
    body = text.find("{*}body")
    return text.find("{*}group") is not None or (
        body is not None and (len(body) > 1 or bool("".join(map(str, body.itertext())).strip()))
    )


def _graphics(body: Element, images: Mapping[str, str]) -> list[str]:
    """Put images where we have them, with the caption as what they show; name those there are."""
    names: list[str] = []
    for place in body.findall(".//span[@class='graphic']"):
        name = place.get("data-name", "")
        del place.attrib["data-name"]
        names.append(name)
        address = images.get(_stem(name), "")
        if address:
            image = etree.SubElement(place, "img", src=address, loading="lazy")
            image.set("alt", _caption(place))
    return names


def _caption(place: Element) -> str:
    figure = next(place.iterancestors("figure"), None)
    said = figure.find("figcaption") if figure is not None else None
    return " ".join("".join(map(str, said.itertext())).split())[:300] if said is not None else ""


def _stem(name: str) -> str:
    """Return the name of an image without folders and extension; publishers leave it out."""
    plain = name.rpartition("/")[2]
    stem, dot, kind = plain.rpartition(".")
    return (stem if dot and kind.isalnum() and len(kind) <= 4 else plain).lower()


def image_name(name: str) -> str:
    """Return the name by which `reading` looks for an image."""
    return _stem(name)


def _markup(element: Element) -> str:
    made = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    if _SMALL_E not in made:
        return made
    return unicodedata.normalize("NFC", made.replace(_SMALL_E, _DIAERESIS))

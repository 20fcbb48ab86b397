"""Where the parts of a TEI description stand: in a header, or in a list of HAL's."""

from __future__ import annotations

from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.xml import Element

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Description:
    """A `teiHeader`, or the `biblFull` that describes a document in a list of HAL's."""

    def __init__(self, root: Element, full: Element | None = None) -> None:
        header = root.find("{*}teiHeader")
        assert header is not None
        self.root = root
        self.text = root.find("{*}text")
        described = header.find("{*}fileDesc") if full is None else full
        self.file = described if described is not None else header
        self.profile = (header if full is None else full).find("{*}profileDesc")
        self.source = self.file.find("{*}sourceDesc")

    def source_part(self, name: str) -> Element | None:
        """Return the description of the source in one of TEI's three forms."""
        return self.source.find(f".//{{*}}{name}") if self.source is not None else None

    def language(self) -> str:
        """Return the language of the document; empty when none is named that exists."""
        named = [] if self.profile is None else self.profile.findall(".//{*}language")
        codes = [one.get("ident") for one in named]
        places = (self.text, self.root, self.root.find("{*}teiHeader"))
        codes += [one.get(LANG) for one in places if one is not None]
        codes += [one.get(LANG) for one in self._titles()]
        return next((found for code in codes if (found := language(code))), "")

    def _titles(self) -> list[Element]:
        titles = self.file.findall("{*}titleStmt/{*}title")
        return [one for one in titles if words(one)]

    def identifiers(self) -> dict[str, list[str]]:
        """Return the numbers of the document by type, in lower case; of the host's none."""
        found: dict[str, list[str]] = {}
        places = [self.file.find("{*}publicationStmt"), self.source_part("biblStruct")]
        for place in places:
            for one in place.iter("{*}idno") if place is not None else []:
                parent = one.getparent()
                of_host = parent is not None and "monogr" in parent.tag
                if of_host or one.get("subtype") == "issue" or len(one):
                    continue
                if text := words(one):
                    found.setdefault((one.get("type") or "").lower(), []).append(text)
        return found

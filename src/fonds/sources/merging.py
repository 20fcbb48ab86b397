"""Which folders and archives of a delivery are parts of one another.

Publishers send one issue as `xml/`, `pdf/` and `img/`, as `x.xml.zip`, `x.pdf.zip` and
`x.img.zip`, or an article's PDF in `BodyRef/PDF/` below its XML. A folder or archive that is named
after the kind of its files is no place of its own: its files stand where it stands.
"""

from __future__ import annotations

import re

from fonds.sources.unpack import ARCHIVES

_KINDS = frozenset({
    "xml", "xmls", "pdf", "pdfs", "img", "imgs", "image", "images", "graphic", "graphics", "gfx",
    "figure", "figures", "figs", "fig", "fulltext", "full-text", "full_text", "bodyref", "html",
    "meta", "metadata", "supp", "suppl", "supplement", "supplements", "supplementary",
    "supplementary_materials", "supplementary-materials", "media", "assets", "tif", "tiff", "jpg",
    "jpeg", "gif", "png", "eps", "print_pdf", "online_pdf", "webpdf", "web-pdf", "nxml", "sgml",
    "txt", "text", "ocr", "mets",
})  # fmt: skip
_MARK = re.compile(r"[._-]")
_EXTRA = frozenset({"supp", "suppl", "supplement", "supplements", "supplementary", "media",
                    "supplementary_materials", "supplementary-materials"})  # fmt: skip


def is_kind(name: str) -> bool:
    """Tell a folder that is named after the kind of its files."""
    return name.lower() in _KINDS


def is_extra(folder: str) -> bool:
    """Tell a path through a folder of supplements: a PDF in it is no full text."""
    return any(part.lower() in _EXTRA for part in folder.split("/"))


def archive_key(name: str) -> str:
    """Return what archives of one thing share: the name without the kind of its files.

    Empty when the name is a kind alone: `pdf.zip` is a folder `pdf/`.
    """
    base = name.rpartition("/")[2].lower()
    ending = max((end for end in ARCHIVES if base.endswith(end)), key=len, default="")
    base = base[: len(base) - len(ending)] if ending else base
    if base in _KINDS:
        return ""
    words = _MARK.split(base)
    first, last = words[0], words[-1]
    if last in _KINDS:
        return base[: -len(last) - 1]
    return base[len(first) + 1 :] if first in _KINDS else base

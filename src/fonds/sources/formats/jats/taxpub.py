"""TaxPub: JATS with the names of organisms marked part by part (https://www.plazi.org/taxpub)."""

from __future__ import annotations

from fonds.sources.xml import Element

TAXPUB = "http://www.plazi.org/taxpub"
_PART = f"{{{TAXPUB}}}taxon-name-part"


def set_parts_apart(article: Element) -> None:
    """Put a blank between genus and species that follow each other without one.

    Their mark-up says that they are two words; publishers set the blank by a style sheet.
    Changes the tree.
    """
    for part in list(article.iter(_PART)):
        following = part.getnext()
        if not part.tail and following is not None and following.tag == _PART:
            part.tail = " "

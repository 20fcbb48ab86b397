"""What kind of article it is: Elsevier's codes (`docsubtype`, production item types)."""

from __future__ import annotations

from fonds.sources import values
from fonds.sources.formats.elsevier.names import CE
from fonds.sources.markup import words
from fonds.sources.xml import Element, local

# code -> (Elsevier's name of it, ISTEX's genre)
_CODES = {
    "abs": ("Abstract", "abstract"),
    "add": ("Addendum", "other"),
    "adv": ("Advertisement", "other"),
    "ann": ("Announcement", "other"),
    "brv": ("Book review", "book-reviews"),
    "cal": ("Calendar", "other"),
    "cnf": ("Conference", "conference"),
    "con": ("Contents list", "other"),
    "cor": ("Correspondence", "other"),
    "crp": ("Case report", "case-report"),
    "dat": ("Data article", "research-article"),
    "dis": ("Discussion", "other"),
    "dup": ("Duplicate", "other"),
    "edb": ("Editorial board", "other"),
    "edi": ("Editorial", "editorial"),
    "err": ("Erratum", "other"),
    "exm": ("Examination", "other"),
    "fla": ("Full-length article", "research-article"),
    "ind": ("Index", "other"),
    "lit": ("Literature alert", "other"),
    "mic": ("Micro-article", "brief-communication"),
    "mis": ("Miscellaneous", "other"),
    "mta": ("Method article", "research-article"),
    "nws": ("News", "other"),
    "ocn": ("Other contents", "other"),
    "osp": ("Original software publication", "research-article"),
    "pgl": ("Practice guideline", "other"),
    "pnt": ("Patent report", "other"),
    "pro": ("Protocol", "research-article"),
    "prp": ("Personal report", "other"),
    "prv": ("Product review", "book-reviews"),
    "pub": ("Publisher's note", "other"),
    "rem": ("Removal", "other"),
    "req": ("Request for assistance", "other"),
    "ret": ("Retraction", "other"),
    "rev": ("Review article", "review-article"),
    "rpl": ("Replication study", "research-article"),
    "sco": ("Short communication", "brief-communication"),
    "ssu": ("Short survey", "review-article"),
    "vid": ("Video article", "other"),
}
_DEFAULTS = {"article": "fla", "book-review": "brv", "exam": "exm"}
_ABOUT_ANOTHER = frozenset({"err", "add", "ret", "rem"})


def genre(article: Element, head: Element) -> tuple[str, str]:
    """Return Elsevier's name of the kind of article and ISTEX's genre."""
    code = _code(article)
    if code in _CODES:
        return _CODES[code]
    heading = words(head.find(f"{CE}dochead/{CE}textfn"))
    return code or heading, values.genre(heading) if heading else "article"


def is_about_another(article: Element) -> bool:
    """Tell a correction, an addendum, a retraction."""
    return _code(article) in _ABOUT_ANOTHER


def _code(article: Element) -> str:
    return article.get("docsubtype") or _DEFAULTS.get(local(article.tag), "")

"""The record: the canonical description of a document, and the JSON that the API returns.

Field names in JSON are ISTEX's (camelCase of the names here). Absent values are omitted: empty
strings, empty tuples and None are defaults and are never written. `host.genre` is always there.
Keys that ISTEX does not have are additions; they are marked below.
"""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel", gc=False):
    """Base of all parts of a record."""


class Contributor(Part, frozen=True, kw_only=True, omit_defaults=True):
    """An author or editor; a group has a name only."""

    name: str  # as displayed: "Ada Exemple"
    affiliations: tuple[str, ...] = ()
    forename: str = ""  # addition
    surname: str = ""  # addition
    orcid: str = ""  # addition: 0000-0002-1825-0097


class Subject(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A keyword given by the author or publisher."""

    lang: tuple[str, ...] = ()  # ISO 639-2/B
    value: str


class LocalText(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A text in a language: a translated title, a further abstract (addition)."""

    lang: str = ""  # ISO 639-2/B, or empty
    kind: str = ""  # publisher's kind: "summary", "graphical", "teaser", ...
    value: str


class Pages(Part, frozen=True, kw_only=True, omit_defaults=True):
    first: str = ""
    last: str = ""
    total: str = ""


class Conference(Part, frozen=True, kw_only=True, omit_defaults=True):
    name: str


class Host(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The journal or book that holds the document."""

    genre: tuple[str, ...]  # required, so always written: clients read host.genre[0] unguarded
    title: str = ""
    language: tuple[str, ...] = ()
    publication_date: str = ""
    copyright_date: str = ""
    issn: tuple[str, ...] = ()
    eissn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    eisbn: tuple[str, ...] = ()
    doi: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()
    publisher_id: tuple[str, ...] = ()
    journal_id: tuple[str, ...] = ()
    book_id: tuple[str, ...] = ()
    publisher: str = ""  # addition
    volume: str = ""
    issue: str = ""
    pages: Pages | None = None
    article_number: str = ""  # addition: elocation-id
    author: tuple[Contributor, ...] = ()
    editor: tuple[Contributor, ...] = ()
    conference: tuple[Conference, ...] = ()
    subject: tuple[Subject, ...] = ()


class Serie(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The series above a host book."""

    title: str = ""
    issn: tuple[str, ...] = ()
    eissn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    doi: tuple[str, ...] = ()
    volume: str = ""
    issue: str = ""
    publication_date: str = ""
    copyright_date: str = ""
    language: tuple[str, ...] = ()
    pages: Pages | None = None
    author: tuple[Contributor, ...] = ()
    editor: tuple[Contributor, ...] = ()
    conference: tuple[Conference, ...] = ()


class ReferenceHost(Part, frozen=True, kw_only=True, omit_defaults=True):
    title: str = ""
    author: tuple[Contributor, ...] = ()
    volume: str = ""
    issue: str = ""
    isbn: tuple[str, ...] = ()
    publication_date: str = ""
    pages: Pages | None = None


class ReferenceSerie(Part, frozen=True, kw_only=True, omit_defaults=True):
    title: str = ""


class Reference(Part, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of the bibliography, as far as the publisher structured it."""

    title: str = ""
    author: tuple[Contributor, ...] = ()
    publication_date: str = ""
    doi: str = ""
    pmid: str = ""  # addition
    host: ReferenceHost | None = None
    serie: ReferenceSerie | None = None
    text: str = ""  # addition: the reference as printed, where it is not structured
    key: str = ""  # addition: the publisher's id of the entry, which the text refers to


class Categories(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Subject classes as "<level> - <label>", paths flattened one after another."""

    wos: tuple[str, ...] = ()
    science_metrix: tuple[str, ...] = ()
    scopus: tuple[str, ...] = ()
    inist: tuple[str, ...] = ()
    lcc: tuple[str, ...] = ()  # addition: Library of Congress, by the journal
    nb: tuple[str, ...] = ()  # addition: Library of Congress, by the text


class Keywords(Part, frozen=True, kw_only=True, omit_defaults=True):
    teeft: tuple[str, ...] = ()


class QualityIndicators(Part, frozen=True, kw_only=True, omit_defaults=True):
    """ISTEX's indicators; counts of a missing PDF are absent."""

    score: float | None = None
    pdf_version: float | None = None
    pdf_page_size: str = ""  # "595 x 842 pts (A4)"
    ref_bibs_native: bool | None = None
    keyword_count: int | None = None
    abstract_char_count: int | None = None
    abstract_word_count: int | None = None
    pdf_word_count: int | None = None
    pdf_char_count: int | None = None
    pdf_page_count: int | None = None
    pdf_words_per_page: int | None = None
    pdf_text: bool | None = None
    tdm_ready: bool | None = None
    tei_source: str = ""
    ocr_confidence: float | None = None  # addition: 0 to 1, mean over the words of a scan
    text_source: str = ""  # addition: "xml", "pdf", "ocr", what the plain text was made from
    mining_ready: str = ""  # addition: how it reads, by the enrichment `quality`
    alpha_ratio: float | None = None  # addition
    dictionary_hits: float | None = None  # addition


class AccessCondition(Part, frozen=True, kw_only=True, omit_defaults=True):
    content_type: str = "unknown"  # isOpenAccess, isNotOpenAccess, unknown
    value: str = ""  # licence text or URI


class Funder(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Who paid for the work, and under which numbers (addition)."""

    name: str = ""
    id: str = ""  # Open Funder Registry, ROR, ... as delivered
    award: tuple[str, ...] = ()


class LeftOut(Part, frozen=True, kw_only=True, omit_defaults=True):
    """What the body holds that `cleaned` does not (addition)."""

    captions: int = 0  # of figures
    tables: int = 0
    formulas: int = 0  # each replaced by `_placeholder_formula_`
    notes: int = 0
    code: int = 0


class TextQuality(Part, frozen=True, kw_only=True, omit_defaults=True):
    """How a text reads, measured on samples; shares from 0 to 1 (addition)."""

    word_like: float  # of tokens with letters: those of the form of a word
    garbage: float = 0.0  # of characters: replacement, private use, control
    broken: float = 0.0  # of tokens: words parted by a hyphen at a line's end


class TextLayer(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A text of the document beside others (addition)."""

    source: str  # "xml", "pdf", "ocr"
    extension: str  # of the file that holds it, under fulltext
    words: int
    quality: TextQuality
    default: bool = False  # what is searched, and offered as `txt`
    reason: str = ""  # why it is the default: "structured" or "only"


class DetectedLanguage(Part, frozen=True, kw_only=True, omit_defaults=True):
    """The language that the text of a document was found to be in (addition)."""

    value: str  # ISO 639-2/B, or "unknown"
    probability: float


class Completion(Part, frozen=True, kw_only=True, omit_defaults=True):
    """Values that the delivery lacked, and the other document that gave them (addition)."""

    id: str
    corpus_name: str = ""
    ark: str = ""
    fields: tuple[str, ...]  # "host.volume", "doi"


class FileDescriptor(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A file offered for the document; `uri` is a path, made absolute when it is sent."""

    original: bool
    mimetype: str
    extension: str
    uri: str


class Record(Part, frozen=True, kw_only=True, omit_defaults=True):
    """A document. Readers leave `id`, `ark_istex`, `ark`, `corpus_name` and files empty."""

    corpus_name: str = ""
    ark_istex: str = ""
    ark: tuple[str, ...] = ()
    id: str = ""
    version: int = 1  # addition: raised by a corrected delivery
    title: str = ""
    translated_title: tuple[LocalText, ...] = ()  # addition
    abstract: str = ""
    other_abstract: tuple[LocalText, ...] = ()  # addition
    author: tuple[Contributor, ...] = ()
    editor: tuple[Contributor, ...] = ()
    subject: tuple[Subject, ...] = ()
    language: tuple[str, ...] = ()
    genre: tuple[str, ...] = ()
    original_genre: tuple[str, ...] = ()
    original_language: tuple[str, ...] = ()  # addition: as the publisher writes it
    original_date: str = ""  # addition: as delivered, where it could not be used
    publication_date: str = ""  # YYYY
    copyright_date: str = ""  # YYYY
    online_date: str = ""  # addition: YYYY[-MM[-DD]]
    print_date: str = ""  # addition: YYYY[-MM[-DD]]
    doi: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()
    pmid: tuple[str, ...] = ()
    pmcid: tuple[str, ...] = ()  # addition
    arxiv: tuple[str, ...] = ()  # addition
    article_id: tuple[str, ...] = ()
    chapter_id: tuple[str, ...] = ()
    erratum_of: tuple[str, ...] = ()
    sici: tuple[str, ...] = ()
    host: Host | None = None
    serie: Serie | None = None
    ref_bibs: tuple[Reference, ...] = ()
    categories: Categories | None = None
    keywords: Keywords | None = None
    quality_indicators: QualityIndicators | None = None
    has_formula: bool | None = None
    figure: tuple[str, ...] = ()  # captions; searched, never sent unless asked for by name
    table: tuple[str, ...] = ()  # captions; searched, never sent unless asked for by name
    text_layers: tuple[TextLayer, ...] = ()  # addition; the default first
    cleaned: LeftOut | None = None  # addition
    detected_language: DetectedLanguage | None = None  # addition, by the enrichment `language`
    access_condition: AccessCondition | None = None
    funder: tuple[Funder, ...] = ()  # addition
    completed_from: tuple[Completion, ...] = ()  # addition
    derived: tuple[str, ...] = ()  # addition: fields that a PDF alone told, nobody delivered them
    fulltext_url: str = ""
    fulltext: tuple[FileDescriptor, ...] = ()
    metadata: tuple[FileDescriptor, ...] = ()
    covers: tuple[FileDescriptor, ...] = ()
    annexes: tuple[FileDescriptor, ...] = ()
    enrichments: dict[str, tuple[FileDescriptor, ...]] = {}

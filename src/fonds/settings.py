"""Every setting with its default, in one place; `fonds.toml` in the home overrides them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from fonds.errors import SettingInvalid


class ArchiveSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How documents are kept."""

    naan: str = "99999"  # 99999 is the NAAN for tests (https://arks.org/about/testing-arks/)
    publishers: dict[str, str] = {}  # collection -> three characters of the ARK; else derived
    pack_bytes: int = 256 * 1024 * 1024  # a pack is closed when it is larger
    pack_documents: int = 5_000  # ... or holds this many documents
    deflate_level: int = 4  # of libdeflate, 1 to 12; docs/decisions says why 4


class LimitSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What untrusted input may cost."""

    xml_bytes: int = 256 * 1024 * 1024
    companion_bytes: int = 64 * 1024 * 1024  # of a file that describes a delivery (dataset.xml)
    archive_bytes: int = 64 * 1024**3  # unpacked size of one delivered archive
    archive_ratio: int = 200  # unpacked / packed, beyond the first 64 MiB
    archive_members: int = 5_000_000
    archive_depth: int = 4  # archives inside archives
    pdf_seconds: float = 60.0
    pdf_memory_bytes: int = 1024 * 1024 * 1024
    pdf_pages: int = 5_000


class EnrichSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What text and content mining adds to documents."""

    # languages a text may be in (ISO 639-2/B); fewer are told apart better
    languages: tuple[str, ...] = ("eng", "fre", "ger", "spa", "ita", "por", "dut", "rus")
    categories: dict[str, str] = {}  # scheme -> CSV of journals by ISSN: "scopus" -> "/path.csv"
    grobid: str = ""  # address of a GROBID server; empty: references are read without one
    models: str = "models"  # folder of models trained here; relative to the home
    after_load: bool = True  # enrich what was loaded as soon as the load has been acknowledged
    after_load_without: tuple[str, ...] = ("ocr",)  # what takes too long to run after every load
    document_seconds: float = 600.0  # that one enrichment may take for one document
    worker_memory_bytes: int = 6 * 1024**3  # address space of one worker
    ocr_dpi: int = 300  # of the picture that tesseract sees
    ocr_pages: int = 500  # of one document
    ocr_page_seconds: float = 60.0
    ocr_memory_bytes: int = 2 * 1024**3  # address space of the process that recognises a page


class SearchSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one search may cost."""

    writer_heap_bytes: int = 24 * 1024 * 1024  # per thread; more: fewer segments, a longer end
    query_bytes: int = 1_000_000
    query_depth: int = 64
    query_clauses: int = 20_000
    query_patterns: int = 500  # *, ?, fuzzy words, expressions; in a phrase, each counts as ten
    expansions: int = 10_000  # terms one wildcard, regular expression or fuzzy term may become
    page_size: int = 5_000  # documents one answer may hold
    cursor_seconds: int = 30  # life of a scroll without a value, renewed at each call
    cursor_seconds_max: int = 7 * 24 * 3600


class CorporaSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may be taken out at once, and how long an interrupted download can be resumed."""

    documents: int = 0  # of one export over HTTP; 0: no limit
    plan_seconds: int = 7 * 24 * 3600  # since its last use
    plan_bytes: int = 4 * 1024**3  # of all plans together
    kept_by: Literal["everyone", "members", "nobody"] = "members"  # over HTTP, for good
    kept_documents: int = 100_000  # of one corpus kept over HTTP
    kept_corpora: int = 10_000  # in all; beyond, only the command line keeps more


class LanguageModelSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language model of the operator's that may write linking text into syntheses."""

    # of an OpenAI-compatible API: "https://models.example.org/v1"; empty: none is asked. It is sent
    # the titles and key sentences that the report shows
    address: str = ""
    model: str = ""
    key_file: str = ""  # a file that holds the key alone; relative to the home
    seconds: float = 30.0  # for all texts of one report; what is not written by then is left out


class AnalysesSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one analysis of a corpus may cost."""

    documents: int = 20_000  # looked at; of a larger corpus a sample, which is always the same
    seconds: float = 120.0
    memory_bytes: int = 4 * 1024**3  # address space of the process that analyses
    kept: int = 64  # answers that a server remembers
    language_model: LanguageModelSettings = LanguageModelSettings()


class HoldingsSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What knowledge bases and search engines are told of the archive."""

    provider: str = "Fonds"  # first part of the names of KBART files
    region: str = "Global"  # second part: a region or consortium
    contacts: tuple[str, ...] = ()  # "Name <mail>", for Google Scholar; readers never see them
    keywords: tuple[str, ...] = ()  # words by which readers find the institution in Scholar
    link_label: str = ""  # what Scholar writes on a link to a PDF; empty: made from web.name
    other_link_label: str = ""  # ... and on a link to the menu of the resolver
    pubmed_provider: str = ""  # ProviderId that NCBI gave for LinkOut
    pubmed_abbreviation: str = ""  # NameAbbr that NCBI gave
    pubmed_code: str = ""  # code of the Outside Tool (otool), for the link readers are given
    icon_url: str = ""  # picture on links in PubMed; empty: this server's own
    europepmc_provider: str = ""  # id that Europe PMC gave for external links


class WebSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the server presents itself."""

    host: str = "127.0.0.1"
    port: int = 8080
    base_url: str = ""  # public address; empty: taken from the request's Host
    name: str = "Fonds"  # the institution's name on every page
    # collections, or patterns such as "open-*", whose pages search engines may index
    indexing: tuple[str, ...] = ()
    threads: int = 4  # searches at a time in one server process
    ark_resolver: str = "https://n2t.net"  # where ARKs of other authorities are sent
    # what `ARK?info` promises, in the words of the NLM permanence ratings
    ark_promise: str = "Permanent: Stable Content: a correction is a new version under this ARK"


class PortalSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the portal offers beside the archive itself."""

    interlibrary_loan: str = ""  # address that an OpenURL is added to; empty: not offered
    catalogue: str = (
        ""  # address with {issn}, {isbn}, {title}, ... or {openurl}; empty: not offered
    )
    open_version: str = ""  # address with {doi} of a service that knows open versions
    proxy: str = ""  # address with {url} that publishers' sites are reached by, off campus
    report: str = ""  # where readers report a problem: mailto: or a web address
    citation_style: str = "iso690"  # written on an article's page, before any choice
    # what an audit (RGAA) of this installation came to; without a valid one the law says: not
    accessibility: Literal["not", "partly", "fully"] = "not"
    accessibility_audit: str = ""  # address of the audit's report; required for partly and fully
    accessibility_contact: str = ""  # mailto: or web address for who meets an obstacle


class HarvestSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What those meet who copy records: OAI-PMH, SRU, sitemaps, ResourceSync."""

    email: str = "contact@example.org"  # whom a harvester's operator writes to
    namespace: str = ""  # domain for oai:DOMAIN:ark:/...; empty: the ARK is the identifier
    page: int = 100  # records in one answer of OAI-PMH
    withdrawn: dict[str, date] = {}  # collection -> day since which its records count as deleted


class RateSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one caller may ask in a time, of all server processes of a home; 0 is no limit."""

    seconds: int = 60  # window of the numbers of requests
    person_requests: int = 0  # one address; of IPv6 one /64 network
    token_requests: int = 0
    network_requests: int = 0  # all members of one institution
    bytes_seconds: int = 24 * 3600  # window of the numbers of bytes sent
    person_bytes: int = 0
    token_bytes: int = 0
    network_bytes: int = 0


class UsageSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether it is counted what is read (COUNTER); no person is kept."""

    record: bool = True


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of one installation."""

    archive: ArchiveSettings = msgspec.field(default_factory=ArchiveSettings)
    limits: LimitSettings = msgspec.field(default_factory=LimitSettings)
    enrich: EnrichSettings = msgspec.field(default_factory=EnrichSettings)
    search: SearchSettings = msgspec.field(default_factory=SearchSettings)
    corpora: CorporaSettings = msgspec.field(default_factory=CorporaSettings)
    analyses: AnalysesSettings = msgspec.field(default_factory=AnalysesSettings)
    holdings: HoldingsSettings = msgspec.field(default_factory=HoldingsSettings)
    web: WebSettings = msgspec.field(default_factory=WebSettings)
    portal: PortalSettings = msgspec.field(default_factory=PortalSettings)
    harvest: HarvestSettings = msgspec.field(default_factory=HarvestSettings)
    rates: RateSettings = msgspec.field(default_factory=RateSettings)
    usage: UsageSettings = msgspec.field(default_factory=UsageSettings)


def read_settings(home: Path) -> Settings:
    """Read `fonds.toml` of a home; without the file, the defaults.

    Raises SettingInvalid for unknown names and wrong types.
    """
    path = home / "fonds.toml"
    try:
        settings = msgspec.toml.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        settings = Settings()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SettingInvalid(path=path, reason=error) from error
    models = str(home.absolute() / settings.enrich.models)
    replace = msgspec.structs.replace
    analyses = settings.analyses
    if analyses.language_model.key_file:
        key_file = str(home.absolute() / analyses.language_model.key_file)
        named = replace(analyses.language_model, key_file=key_file)
        analyses = replace(analyses, language_model=named)
    return replace(settings, enrich=replace(settings.enrich, models=models), analyses=analyses)

"""Every error a person can meet: a stable code, the data, and what to do next.

Codes are never reused. `docs/reference/errors.md` is generated from this file's classes and a
test fails when one is missing there. Two kinds exist: a `FondsError` stops what was asked; a
`Finding` is said about one delivered file, which is kept while the rest of the work goes on.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class FondsError(Exception):
    """Base of every error that is shown to a person."""

    code: ClassVar[str] = "fonds"
    next_action: ClassVar[str] = "Report this with the command that caused it."
    exit_code: ClassVar[int] = 1
    template: ClassVar[str] = "{detail}"

    def __init__(self, **data: object) -> None:
        self.data = data
        super().__init__(self.template.format_map(data))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with its data."""
        return _made_again, (type(self), self.data)

    @property
    def message(self) -> str:
        """Return the sentence for a person, in English."""
        return str(self)


def _made_again(kind: type[FondsError], data: dict[str, object]) -> FondsError:
    return kind(**data)


class CommandError(FondsError):
    """Base of errors that commands alone can meet, no request over HTTP."""


class HomeNotFound(FondsError):
    code = "home-not-found"
    template = "There is no Fonds installation in {home}."
    next_action = "Load something first (fonds load PATH --collection NAME), or name it by --home."
    exit_code = 3


class HomeBusy(FondsError):
    code = "home-busy"
    template = "Another process is writing to {home}."
    next_action = "Wait until the running load has ended, then try again."
    exit_code = 4


class HomeNotWritable(FondsError):
    code = "home-not-writable"
    template = "{path} cannot be written: {reason}."
    next_action = "Free space or mend the permissions, then run the same command again."
    exit_code = 5


class DeliveryNotFound(CommandError):
    code = "delivery-not-found"
    template = "{path} does not exist or cannot be read: {reason}."
    next_action = "Check the path and its permissions."
    exit_code = 3


class ArchiveDamaged(FondsError):
    code = "archive-damaged"
    template = "{count} damaged members found, the first in {where}: {reason}."
    next_action = "Restore the named packs from another copy, then run fonds check again."
    exit_code = 6


class CauseUnknown(CommandError):
    code = "cause-unknown"
    template = "{name} is not a cause for which files are set aside."
    next_action = "fonds report lists the causes; all stands for every one of them."
    exit_code = 2


class ReaderUnknown(CommandError):
    code = "reader-unknown"
    template = "No reader called {name} is installed."
    next_action = "fonds report FILE names the reader of a document; leave it out for all."
    exit_code = 2


class LoadIncomplete(CommandError):
    code = "load-incomplete"
    template = "Nothing says {what}."
    next_action = "fonds load PATH... --collection NAME, or fonds load --again CAUSE|all."
    exit_code = 2


class FileNotDelivered(CommandError):
    code = "file-not-delivered"
    template = "No delivered file is called {name}."
    next_action = "fonds report --stages lists every file that was delivered."
    exit_code = 3


class InstitutionUnknown(CommandError):
    code = "institution-unknown"
    template = "access.toml names no institution {name}."
    next_action = "Write it into access.toml of the home; docs/rooms/access.md shows how."
    exit_code = 3


class TokenUnknown(FondsError):
    code = "token-unknown"
    template = "No valid token is {number}."
    next_action = "fonds token list shows the numbers of those given out."
    exit_code = 3


class RateExceeded(FondsError):
    code = "rate-exceeded"
    template = "A {who} may take {limit} {unit} in {seconds} seconds; that is used up."
    next_action = "Wait as many seconds as Retry-After says; /limits lists every limit."


class ReportUnknown(CommandError):
    code = "report-unknown"
    template = "There is no usage report {name}; known are {known}."
    next_action = "Choose one of them; docs/statistics.md says what each is for."
    exit_code = 2


class ReportRefused(CommandError):
    code = "report-refused"
    template = "The report cannot be made: {reason}."
    next_action = "Ask for finished months, as fonds usage report tr --begin 2026-01 --end 2026-03."
    exit_code = 2


class AccessDenied(FondsError):
    code = "access-denied"
    template = "This text is for members of institutions that have rights to {collection}."
    next_action = (
        "Ask from the network of your institution, sign in, or send a token: "
        "Authorization: Bearer ..."
    )
    exit_code = 1


class LoginNeeded(FondsError):
    code = "login-needed"
    template = "This is for members of institutions: sign in first."
    next_action = "Open the address `login` in a browser, or send Authorization: Bearer <token>."


class LoginRefused(FondsError):
    code = "login-refused"
    template = "The login at {issuer} was not accepted: {reason}."
    next_action = "Sign in again; if it happens again, send this message to the library."


class LoginUnknown(FondsError):
    code = "login-unknown"
    template = "{issuer} is no login that this archive knows."
    next_action = "Choose your institution on the page /login."


class LoginNotOffered(FondsError):
    code = "login-not-offered"
    template = "This archive offers no login: {reason}."
    next_action = "The operator sets it up in access.toml; docs/federation.md shows how."


class TargetRefused(FondsError):
    code = "target-refused"
    template = "A login does not lead to {target!r}: it is not an address of this archive."
    next_action = "Name a page of this archive, or have the operator allow it in access.toml."


class TokensTooMany(FondsError):
    code = "tokens-too-many"
    template = "{count} tokens were taken out since signing in, as many as one session may."
    next_action = "Use one of them, or sign out and in again."


class MetadataInvalid(CommandError):
    code = "metadata-invalid"
    template = "The metadata {name} cannot be used: {reason}."
    next_action = "Check its file, address and certificate in access.toml, then refresh again."
    exit_code = 2


class SettingInvalid(CommandError):
    code = "setting-invalid"
    template = "{path}: {reason}."
    next_action = (
        "Mend the named line of fonds.toml; docs/reference/settings.md lists all settings."
    )
    exit_code = 2


class NotConfigured(FondsError):
    code = "not-configured"
    template = "{what} cannot be written: the setting {setting} is missing."
    next_action = "Set it in fonds.toml; docs/librarians.md says who gives out the value."
    exit_code = 2


class Unreachable(CommandError):
    code = "address-in-use"
    template = "Cannot listen on {host}:{port}: {reason}."
    next_action = "Choose another port by --port."
    exit_code = 7


class DocumentNotFound(FondsError):
    code = "document-not-found"
    template = "There is no document {name}."
    next_action = "Check the identifier; fonds search finds documents by their words."
    exit_code = 3


class EnrichmentUnknown(CommandError):
    code = "enrichment-unknown"
    template = "No enrichment called {name} is installed; known are {known}."
    next_action = "Choose one of them, or leave the name out for all."
    exit_code = 2


class FormNotOffered(FondsError):
    code = "form-not-offered"
    template = "The form {name} is not offered for this document; known are {known}."
    next_action = "Choose one of them; tei and html need structured text."
    exit_code = 3


class CursorExpired(FondsError):
    code = "cursor-expired"
    template = "The cursor {cursor} does not exist or has expired."
    next_action = "Start the walk again, with a longer scroll duration if pages take long."


class FacetInvalid(FondsError):
    code = "facet-invalid"
    template = "The facet {facet} cannot be computed: {reason}."
    next_action = "Mend the facet; the documentation of the API lists what each field allows."


class SearchTooBroad(FondsError):
    code = "search-too-broad"
    template = "{expression} would match too many different words: {reason}."
    next_action = "Write more of the word."


class QueryInvalid(FondsError):
    code = "query-invalid"
    template = "The query cannot be used, character {position}: {reason}."
    next_action = "Mend the query at the named character; /docs explains the query language."


class ExpressionInvalid(FondsError):
    code = "expression-invalid"
    template = "/{expression}/ cannot be read, character {position}: {reason}."
    next_action = "Mend the regular expression, or escape the character by a backslash."


class ParameterInvalid(FondsError):
    code = "parameter-invalid"
    template = "The parameter {name} cannot be {value!r}: {reason}."
    next_action = "Mend the parameter; the documentation of the API lists what each one allows."


class RequestTooLarge(FondsError):
    code = "request-too-large"
    template = "The {part} of the request is larger than {limit} bytes."
    next_action = "Send a long query as POST /document, or shorten it; /docs shows how."


class RangeNotThere(FondsError):
    code = "range-not-there"
    template = "Nothing of the range {range} is there: the whole has {size} bytes."
    next_action = "Ask for bytes that are there, or for the whole, without Range."


class ExtractInvalid(FondsError):
    code = "extract-invalid"
    template = "The parameter extract cannot be used, character {position}: {reason}."
    next_action = "Write type[format,format];type, for example metadata[json];fulltext[pdf,txt]."
    exit_code = 2


class ExportTooLarge(FondsError):
    code = "export-too-large"
    template = "{asked} documents were asked for; this archive gives out at most {limit} at once."
    next_action = "Ask for fewer by size, or in parts by from and size."


class RemoteFailed(CommandError):
    code = "remote-failed"
    template = "{address} did not give what was asked (status {status}): {reason}."
    next_action = "Check the address and the token; what was downloaded is kept and continued."
    exit_code = 7


class OutputNotWritable(CommandError):
    code = "output-not-writable"
    template = "{path} cannot be written: {reason}."
    next_action = "Free space, mend the permissions or name another place, then add --resume."
    exit_code = 5


class ExtraMissing(FondsError):
    code = "extra-missing"
    template = "{what} needs a library that is not installed here."
    next_action = "Install Fonds with its extra: pip install 'fonds[tables]'."
    exit_code = 2


class CorpusNotFound(FondsError):
    code = "corpus-not-found"
    template = "No corpus is kept under {name}."
    next_action = "fonds corpus lists those that are."
    exit_code = 3


class CorpusInvalid(FondsError):
    code = "corpus-invalid"
    template = "This is not a .corpus file: {reason}."
    next_action = "Mend the named lines; after [ISTEX], each is ark, id or doi and one value."
    exit_code = 2


class KeepingRefused(FondsError):
    code = "keeping-refused"
    template = "Corpora cannot be kept here by whoever asks; the operator allows: {by}."
    next_action = "Ask as a member (network or token), or ask the operator (corpora.kept_by)."


class NotThere(FondsError):
    code = "not-found"
    template = "There is no {what} {name}."
    next_action = "Search for the document; its answer lists the addresses of its files."


class MethodNotAllowed(FondsError):
    code = "method-not-allowed"
    template = "{path} does not take {method}."
    next_action = "Use a method that the documentation of the API lists for this address."


class ArkInvalid(FondsError):
    code = "ark-invalid"
    template = "{ark} is not an ARK of this archive: {reason}."
    next_action = "Compare it with its source, character by character; the last one is a check."


class ArkElsewhere(FondsError):
    code = "ark-elsewhere"
    template = "{ark} belongs to another authority ({naan}); it is resolved at {location}."
    next_action = "Follow the address of the Location header."


class IndexOutdated(FondsError):
    code = "index-outdated"
    template = "The index in {path} was made by another version of Fonds."
    next_action = "Run fonds rebuild; the archive itself is not touched."


class CatalogueOutdated(FondsError):
    code = "catalogue-outdated"
    template = "The catalogue {path} was made by another version of Fonds."
    next_action = "Run fonds rebuild; the archive itself is not touched."


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was found wrong with one delivered file; codes are the keys of `findings.FINDINGS`."""

    code: str
    reason: str
    line: int | None = None
    column: int | None = None


# what is kept beside the documents and is no failure
KEPT = frozenset({"delivery-description", "delivery-list", "file-unclaimed", "no-document"})

# said of a file that lists others, by comparing it with the delivery it came in
ABOUT_DELIVERY = frozenset(
    {"delivery-description", "delivery-list", "list-incomplete", "checksum-mismatch"}
)

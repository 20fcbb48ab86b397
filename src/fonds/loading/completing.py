"""Which values one record may take from another of the same work; nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fonds.record import Completion, Host, Record

_IDENTIFIERS = ("doi", "pmid", "pmcid", "pii")
_HOST = ("title", "issn", "eissn", "isbn", "publisher", "volume")
_PLACE = ("issue", "pages", "article_number")  # of a volume: taken only from the same one
_ADDED_HOST = "host"


def is_bare(record: Record) -> bool:
    """Tell a record without a text: neither structured nor as a PDF."""
    quality = record.quality_indicators
    if quality is None:
        return True
    return not quality.text_source and quality.pdf_page_count is None


def completed(record: Record, source: Record) -> Record | None:
    """Return the record with what it lacks and the source has; None when that is nothing."""
    values = {name: getattr(source, name) for name in _IDENTIFIERS if _lacks(record, source, name)}
    found = list(values)
    host = record.host
    if source.host is not None:
        host, taken = _hosted(record.host, source.host)
        found += taken
    if not found:
        return None
    note = Completion(
        id=source.id,
        corpus_name=source.corpus_name,
        ark=source.ark_istex,
        fields=tuple(found),
    )
    return msgspec.structs.replace(
        record, **values, host=host, completed_from=(*record.completed_from, note)
    )


def withdrawn(record: Record, source: str) -> Record | None:
    """Return the record without what came from a source; None when nothing did."""
    notes = [note for note in record.completed_from if note.id == source]
    if not notes:
        return None
    fields = [field for note in notes for field in note.fields]
    own = {name: () for name in _IDENTIFIERS if name in fields}
    host = record.host
    if _ADDED_HOST in fields:
        host = None
    elif host is not None:
        host = msgspec.structs.replace(host, **dict(_emptied(fields)))
    return msgspec.structs.replace(
        record,
        **own,
        host=host,
        completed_from=tuple(note for note in record.completed_from if note.id != source),
    )


def _hosted(host: Host | None, source: Host) -> tuple[Host, list[str]]:
    """Return the host with what it lacks, and the names of what was taken."""
    found = [] if host is not None else [_ADDED_HOST]
    target = host if host is not None else Host(genre=source.genre)
    names = [name for name in _HOST if _lacks(target, source, name)]
    if target.volume in ("", source.volume):
        has_place = target.pages is not None or target.article_number
        names += [
            name
            for name in _PLACE
            if _lacks(target, source, name) and (name == "issue" or not has_place)
        ]
    if not names:
        return target, []
    values = {name: getattr(source, name) for name in names}
    return msgspec.structs.replace(target, **values), [*found, *(f"host.{n}" for n in names)]


def _emptied(fields: list[str]) -> Iterator[tuple[str, object]]:
    empty = Host(genre=())
    for field in fields:
        prefix, _, name = field.partition(".")
        if prefix == _ADDED_HOST and name:
            yield name, getattr(empty, name)


def _lacks(target: Record | Host, source: Record | Host, name: str) -> bool:
    return not getattr(target, name) and bool(getattr(source, name))

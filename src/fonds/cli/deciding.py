"""What `fonds duplicates` lists and decides."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.faults import no_fault
from fonds.archive.model import StoredDocument
from fonds.archive.works import REASONS, Decision, Reason
from fonds.cli.output import print_json, print_line
from fonds.errors import DocumentNotFound
from fonds.loading.completion import Completer
from fonds.loading.loader import opened_for_writing
from fonds.record import Record
from fonds.settings import Settings

_RECORD = msgspec.json.Decoder(Record)


class Copy(msgspec.Struct, frozen=True):
    """One of the documents of a work."""

    id: str
    ark: str
    collection: str
    title: str
    doi: str


class Copies(msgspec.Struct, frozen=True):
    """A work and its documents."""

    reasons: tuple[Reason, ...]
    documents: tuple[Copy, ...]


class Duplicates(msgspec.Struct, frozen=True):
    """What `fonds duplicates --json` prints."""

    works: tuple[Copies, ...]
    decisions: tuple[Decision, ...]


def decide(
    home: Path,
    settings: Settings,
    pair: tuple[str, str],
    *,
    linked: bool,
    why: str,
    quiet: bool,
) -> None:
    """Keep a decision about two documents; raises DocumentNotFound, HomeBusy, HomeNotWritable."""
    with Archive.open(home, settings) as archive:  # an unknown home must not be made
        first, second = (_find(archive, name) for name in pair)
    if first.id == second.id:
        raise DocumentNotFound(name=f"a second document beside {pair[0]}")
    with opened_for_writing(home, settings, no_fault, 1) as (archive, indexer):
        archive.decide((first.id, second.id), linked=linked, why=why)
        completer = Completer(archive, indexer)
        if linked:
            completer.complete((first.id, second.id))
        else:
            completer.withdraw(first.id, second.id)
        (decision,) = archive.decisions()[-1:]
    if quiet:
        print_json(decision)
    else:
        print_line(f"{first.ark} and {second.ark} are {'' if linked else 'not '}the same work now.")


def listed(home: Path, settings: Settings, collection: str) -> Duplicates:
    """Return every work of several documents, or those that touch a collection."""
    with Archive.open(home, settings) as archive:
        found = []
        for work in archive.works():
            copies = tuple(_copy(_find(archive, identifier)) for identifier in work.ids)
            if not collection or any(copy.collection == collection for copy in copies):
                found.append(Copies(work.reasons, copies))
        return Duplicates(tuple(found), archive.decisions())


def tell(answer: Duplicates) -> None:
    """Say it to a person."""
    if not answer.works:
        print_line("No two documents are the same work.")
    for work in answer.works:
        print_line(f"{work.documents[0].title or '(no title)'}")
        print_line(f"  {'; '.join(REASONS[reason] for reason in work.reasons)}")
        for copy in work.documents:
            print_line(f"  {copy.ark}  {copy.collection}  {copy.doi}".rstrip())
    for one in answer.decisions:
        state = "linked" if one.linked else "not linked"
        reason = f" ({one.why})" if one.why else ""
        print_line(f"By hand {state}: {one.first} and {one.second}{reason}")


def _find(archive: Archive, name: str) -> StoredDocument:
    found = archive.by_ark(name) if name.startswith("ark:") else archive.by_id(name)
    if found is None:
        raise DocumentNotFound(name=name)
    return found


def _copy(document: StoredDocument) -> Copy:
    record = _RECORD.decode(document.record)
    doi = record.doi[0] if record.doi else ""
    return Copy(document.id, document.ark, document.collection, record.title, doi)

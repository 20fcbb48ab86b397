"""Showing kept corpora."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.cli.output import print_json, print_line, print_table
from fonds.corpora.corpus_file import french_date
from fonds.corpora.kept import KeptCorpus, corpus_text, kept_corpora, read_kept
from fonds.corpora.rerun import Changes
from fonds.corpora.rerun import rerun as ask_again
from fonds.errors import OutputNotWritable
from fonds.settings import read_settings
from fonds.web.services import open_services


class Shown(msgspec.Struct, frozen=True):
    """What `fonds corpus NAME --json` says."""

    corpus: KeptCorpus
    changes: Changes | None


def listing(home: Path, *, as_json: bool) -> None:
    """List the corpora of a home."""
    found = kept_corpora(home)
    if as_json:
        print_json(found)
    elif not found:
        print_line("No corpus is kept here; fonds export QUERY --keep TITLE keeps one.")
    else:
        rows = [(one.ark, f"{one.documents:,}", one.title, one.query) for one in found]
        print_table(("corpus", "documents ", "title", "query"), rows)


def show(home: Path, name: str, *, rerun: bool, write: Path | None, as_json: bool) -> None:
    """Show a corpus, write its `.corpus` file, or ask its question again."""
    kept = read_kept(home, name)
    services = open_services(home, read_settings(home))
    try:
        if write is not None:
            _write(write, corpus_text(services.archive, kept))
        changes = None
        if rerun:
            changes = ask_again(services.archive, services.engine, services.search, kept)
    finally:
        services.close()
    if as_json:
        print_json(Shown(kept, changes))
        return
    print_line(f"{kept.ark}  {kept.title}")
    print_line(f"  {kept.asked.query}")
    print_line(f"  {len(kept.documents):,} documents, kept {french_date(kept.kept)} (UTC)")
    if changes is not None:
        print_line(
            f"  now {changes.now:,}: {len(changes.added):,} added, "
            f"{len(changes.removed):,} removed, {len(changes.changed):,} in another version"
        )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise OutputNotWritable(path=path, reason=error.strerror or error) from error

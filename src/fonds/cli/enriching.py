"""Running enrichments with a progress bar; Ctrl-C ends between two documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fonds.archive.enriched import Ords
from fonds.cli.bar import Bar
from fonds.cli.loading import fault_hook, interruptible
from fonds.cli.output import print_line
from fonds.cli.refreshing import refresh_enriched
from fonds.loading.enrich import EnrichSummary, enrich
from fonds.settings import Settings
from fonds.web.services import open_services


def run(
    home: Path,
    settings: Settings,
    names: Sequence[str] = (),
    *,
    without: Sequence[str] = (),
    where: str = "",
    failed: bool = False,
    workers: int = 1,
    quiet: bool = False,
) -> EnrichSummary:
    """Run enrichments and show how it goes on a terminal."""
    within = _found(home, settings, where) if where else None
    with interruptible() as stop, _Bar(quiet=quiet) as bar:
        summary = enrich(
            home=home,
            settings=settings,
            names=names,
            without=without,
            within=within,
            failed=failed,
            workers=workers,
            progress=bar,
            hook=fault_hook(),
            stop=stop,
        )
        bar.finish()
        refresh_enriched(home, settings)
    return summary


def tell(summary: EnrichSummary) -> None:
    """Say what a run did."""
    if not summary.due:
        print_line("Nothing is due: every document has what is installed.")
        return
    state = "stopped early" if summary.interrupted else "done"
    print_line(
        f"{summary.documents:,} of {summary.due:,} documents enriched, {state}, in "
        f"{summary.seconds:.1f} s ({summary.documents_per_second:.1f} documents/s)"
    )
    for name in summary.enrichments:
        made, nothing = summary.made.get(name, 0), summary.nothing.get(name, 0)
        failed = summary.failed.get(name, 0)
        said = [f"{made:,} made"]
        said += [f"{nothing:,} without anything to work on"] if nothing else []
        said += [f"{failed:,} failed"] if failed else []
        print_line(f"  {name}: {', '.join(said)}")
    for code, count in summary.failed_by_code.items():
        print_line(f"  failed: {count} × {code}")
    if summary.killed:
        print_line(f"  {summary.killed} processes were killed; their documents were tried again")
    if summary.failed:
        print_line("  fonds report --enrichments says where and why.")


def _found(home: Path, settings: Settings, query: str) -> Ords:
    """Return the documents that a query finds; raises QueryInvalid."""
    services = open_services(home, settings)
    try:
        return services.engine.matches(services.search.ask(query))[0]
    finally:
        services.close()


class _Bar(Bar):
    """The bar of enrichments."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__("enriching", "documents", quiet=quiet)

    def advance(self, done: int, total: int) -> None:
        """Show how far the run is."""
        self.say("enriching")
        self.show(done, total)

    def finish(self) -> None:
        """Show that digests are made."""
        self.say("digests")

    def wait(self) -> None:
        """Show that a load has to end first."""
        self.say("waiting for a load to end")

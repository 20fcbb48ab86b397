"""The bar of long work on a terminal: what is done, rate, time left."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bar:
    """A bar with rate and time left, on terminals only. A context manager."""

    def __init__(self, name: str, unit: str, *, total: int = 0, quiet: bool) -> None:
        console = Console(stderr=True, quiet=quiet)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f} " + unit),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task: TaskID = self._progress.add_task(name, total=total, rate="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, done: int, total: int) -> None:
        """Show how far the work is."""
        speed = self._progress.tasks[0].speed or 0.0
        self._progress.update(self._task, completed=done, total=total, rate=f"{speed:,.1f}/s")

    def say(self, name: str) -> None:
        """Change what stands before the bar."""
        self._progress.update(self._task, description=name)

"""Real deliveries that come with Fonds, to try it on; licences in deliveries/LICENCES.md."""

from __future__ import annotations

from pathlib import Path


def deliveries() -> list[Path]:
    """Return the folders of the bundled deliveries, one per collection."""
    folder = Path(__file__).parent / "deliveries"
    return sorted(path for path in folder.iterdir() if path.is_dir())

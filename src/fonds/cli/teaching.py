"""`fonds enrich train NAME` and `fonds enrich vocabulary FILE`: what enrichments learn here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from fonds.archive.archive import Archive
from fonds.cli.output import print_json, print_line
from fonds.enrich import models
from fonds.enrich.entities.vocabulary import FOLDER, dump, read_vocabulary
from fonds.enrich.training import TRAINERS
from fonds.errors import EnrichmentUnknown
from fonds.settings import Settings


def teach(
    home: Path, settings: Settings, words: Sequence[str], source: Path | None, *, as_json: bool
) -> None:
    """Train models, or keep vocabularies, in the home.

    Raises EnrichmentUnknown, TooLittleToLearn, VocabularyUnreadable and HomeNotFound.
    """
    verb, *names = words
    folder = home.absolute() / settings.enrich.models
    said: dict[str, object] = {}
    with Archive.open(home, settings) as archive:
        for name in names or ([] if verb == "vocabulary" else ["terms", "categories"]):
            if verb == "vocabulary":
                said[name] = _keep(Path(name), folder)
            elif name in TRAINERS:
                said[name] = TRAINERS[name](archive, folder, source)
            else:
                raise EnrichmentUnknown(name=name, known=", ".join(TRAINERS))
    if as_json:
        print_json(said)
        return
    for name, figures in said.items():
        print_line(f"{name}: {figures}")
    print_line(f"Kept in {folder}. The next fonds enrich makes again what it changes.")


def _keep(path: Path, folder: Path) -> dict[str, object]:
    concepts = read_vocabulary(path)
    name = re.sub(r"[^\w-]+", "-", path.stem).strip("-") or "vocabulary"
    models.write_model(folder, f"{FOLDER}/{name}.tsv", dump(concepts))
    return {"name": name, "concepts": len(concepts)}

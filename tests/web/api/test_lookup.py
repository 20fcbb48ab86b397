"""The look-up answers for what is surely meant and is silent about the rest."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SURE = {"title": "The Brain: study 1", "year": "1991", "author": "A Exemple"}


def found(client: httpx.Client, *references: dict[str, str]) -> list[dict[str, Any]]:
    """Ask for references by POST."""
    answer = client.post("/lookup", json={"references": list(references)})
    assert answer.status_code == 200
    content: list[dict[str, Any]] = answer.json()["references"]
    return content


def test_identifiers_are_found(client: httpx.Client) -> None:
    """Each is answered under the caller's own name for it, with addresses that work."""
    answers = found(
        client,
        {"id": "a", "doi": "https://doi.org/10.1000/XYZ.0"},
        {"id": "b", "doi": "10.1000/none"},
        {"id": "c", "doi": "10.1000/xyz.12"},
    )
    assert [one["id"] for one in answers] == ["a", "c"]
    first = answers[0]
    assert (first["entitled"], first["accessType"], first["doi"]) == (
        "yes",
        "open",
        "10.1000/xyz.0",
    )
    assert client.get(first["vor"][0]["url"]).headers["content-type"] == "application/pdf"
    assert first["document"].endswith(f"/notice/{first['ark']}")
    assert answers[1]["vor"] == []
    again = found(client, {"id": "d", "ark": first["document"]})
    assert again[0]["ark"] == first["ark"]


def test_identifiers_are_found_by_address(client: httpx.Client) -> None:
    """GET takes identifiers alone, each answered under its value."""
    answer = client.get("/lookup?doi=10.1000/xyz.0&doi=10.1000%2Fxyz.3&pmid=1&x=1")
    assert [one["id"] for one in answer.json()["references"]] == ["10.1000/xyz.0", "10.1000/xyz.3"]
    assert client.get("/lookup").json() == {"references": []}


def test_a_title_needs_year_and_author(client: httpx.Client) -> None:
    """The whole title with year and first author is sure, anything less is silent."""
    assert len(found(client, SURE)) == 1
    for change in (
        {"title": "The brain study"},
        {"title": "The brain"},
        {"title": "The brain study 1 and more"},
        {"year": "1992"},
        {"year": ""},
        {"author": "Somebody"},
        {"author": ""},
        {"author": "A"},
        {"doi": "10.1000/another"},
    ):
        assert found(client, {**SURE, **change}) == [], change


def test_a_title_may_speak_against_an_identifier(client: httpx.Client) -> None:
    """An identifier on a wrong row gives nothing; a title cut short does not hurt."""
    doi = {"doi": "10.1000/xyz.1"}
    assert found(client, {**doi, "title": "Economics of something else altogether"}) == []
    assert len(found(client, {**doi, "title": "The brain study"})) == 1


def test_every_origin_may_ask(client: httpx.Client) -> None:
    """A page of another site may ask, also with a body."""
    origin = {"Origin": "https://scholar.google.com"}
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    answer = client.options("/lookup", headers={**origin, **asked})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == origin["Origin"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()
    answer = client.get("/lookup?doi=10.1000/xyz.0", headers=origin)
    assert answer.headers["access-control-allow-origin"] == origin["Origin"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"references": 1}',
        b'{"references": [{"doi": 1}]}',
        b'{"references": [%s]}' % b",".join([b"{}"] * 201),
        b'{"references": [{"title": "%s"}]}' % (b"x" * 3_000),
    ],
)
def test_what_is_no_question_is_said(client: httpx.Client, body: bytes) -> None:
    """Wrong bodies are 400 and JSON."""
    answer = client.post("/lookup", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter-invalid")


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "doi", "pmid", "pii", "ark", "title", "year", "author"]),
            st.one_of(
                st.text(st.characters(codec="utf-8"), max_size=40),
                st.sampled_from(['10.1/"', "ark:/", "1990", "brain study one", "\\", '" OR *']),
            ),
        ),
        max_size=4,
    )
)
def test_nothing_breaks_it_and_nothing_is_guessed(
    client: httpx.Client, references: list[dict[str, str]]
) -> None:
    """Whatever is asked is answered, and what is made up means nothing."""
    assert found(client, *references) == []

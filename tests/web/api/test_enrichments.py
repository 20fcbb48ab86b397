"""Enrichments: one, several as a ZIP, merged into the full text (istex-api.md 1.4)."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest
from lxml import etree

from tests.web.conftest import stand_off

TEI = "{http://www.tei-c.org/ns/1.0}"
NS1 = "{https://xml-schema.delivery.istex.fr/formats/ns1.xsd}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@pytest.fixture(scope="module")
def enriched(client: httpx.Client) -> dict[str, Any]:
    """Return the record of the document that has enrichments."""
    found = client.get("/document?q=doi.raw:%2210.1000/xyz.1%22&output=*").json()
    hit: dict[str, Any] = found["hits"][0]
    return hit


def test_the_list_is_an_object_by_type(client: httpx.Client, enriched: dict[str, Any]) -> None:
    """`{"id":…, "enrichments":{"teeft":[{…}], …}}`."""
    content = client.get(f"/document/{enriched['id']}/enrichments").json()
    assert content == {"id": enriched["id"], "enrichments": enriched["enrichments"]}
    assert set(content["enrichments"]) == {"teeft", "multicat"}


@pytest.mark.parametrize("name", ["teeft", "multicat", "catWos"])
def test_one(client: httpx.Client, enriched: dict[str, Any], name: str) -> None:
    """By id, by ARK in every form that clients write, by its old name."""
    expected = stand_off("multicat" if name == "catWos" else name)
    ark = enriched["arkIstex"]
    for path in (
        f"/document/{enriched['id']}/enrichments/{name}",
        f"/{ark}/enrichments/{name}",
        f"/{ark}/enrichment.{name}",
        f"/{ark}/enrichments.{name}",
    ):
        assert client.get(path).content == expected


def test_several_come_as_a_zip(client: httpx.Client, enriched: dict[str, Any]) -> None:
    """One TEI file each; what is not there is said in a log."""
    for start in (f"/document/{enriched['id']}", f"/{enriched['arkIstex']}"):
        answer = client.get(f"{start}/enrichments/multicat,nb,teeft")
        assert answer.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
    stem = f"{enriched['id']}/{enriched['id']}"
    assert content == {
        f"{stem}-multicat.tei": stand_off("multicat"),
        f"{stem}-teeft.tei": stand_off("teeft"),
        "log.txt": f"{enriched['id']} enrichments/nb: absent\n".encode(),
    }


def test_several_formats_of_any_type(client: httpx.Client, enriched: dict[str, Any]) -> None:
    """The same for texts."""
    answer = client.get(f"/document/{enriched['id']}/fulltext/txt,tei")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == [
            f"{enriched['id']}/{enriched['id']}.{one}" for one in ("tei", "txt")
        ]


def test_consolidated(client: httpx.Client, enriched: dict[str, Any]) -> None:
    """Each stand-off part stands behind the text; the viewer's literal prefix is kept."""
    answer = client.get(f"/document/{enriched['id']}/enrichments/teeft,multicat?consolidate")
    assert answer.headers["content-type"] == "application/tei+xml"
    assert b"<ns1:listAnnotation" in answer.content
    root = etree.fromstring(answer.content)
    assert [child.tag for child in root] == [
        f"{TEI}teiHeader", f"{TEI}text", f"{NS1}standOff", f"{NS1}standOff",
    ]  # fmt: skip
    types = [one.get("type") for one in root.iter(f"{NS1}listAnnotation")]
    assert types == ["rd-teeft", "rd-multicat"]
    identifiers = [one.get(XML_ID) for one in root.iter(etree.Element) if one.get(XML_ID)]
    assert identifiers == ["p1", "teeft.p1", "multicat.p1"]
    pointed = [one.get("corresp") for one in root.iter(f"{TEI}keywords")]
    assert pointed == ["#teeft.p1", "#multicat.p1"]
    ark = client.get(f"/{enriched['arkIstex']}/enrichments/teeft,multicat?consolidate")
    assert ark.content == answer.content


@pytest.mark.parametrize(
    "path", ["enrichments/nb", "enrichments/nb,unitex", "enrichments/nb?consolidate",
             "enrichments/?consolidate", "enrichments/,", "fulltext/a,b"],
)  # fmt: skip
def test_what_is_not_there(client: httpx.Client, path: str) -> None:
    """404 with the contract's words, for documents without enrichments too."""
    hit = client.get("/document?q=doi.raw:%2210.1000/xyz.2%22&output=id").json()["hits"][0]
    answer = client.get(f"/document/{hit['id']}/{path}")
    assert answer.status_code == 404
    assert answer.json()["_error"] in (
        "La ressource que vous demandez n'existe pas",
        "Il n'existe actuellement aucun résultat pour ce type de data",
    )

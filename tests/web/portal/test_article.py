"""An article's page as programs and readers meet it: tags, links, forms, relations, ways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import extruct
import httpx
import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from lxml import etree, html
from signposting import find_signposting_http_link

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument
from fonds.loading.index import catch_up
from fonds.record import (
    AccessCondition,
    Contributor,
    Host,
    LocalText,
    Pages,
    Record,
    Reference,
    Subject,
)
from fonds.renditions.model import Material
from fonds.renditions.mods import Mods
from fonds.search.engines import open_engine
from fonds.settings import PortalSettings, Settings, WebSettings
from fonds.web.services import open_services
from tests.archive.making import document, file
from tests.web.portal.conftest import serving
from tests.web.portal.trees import find, tree_of

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOST = Host(
    genre=("journal",), title="Acta Botanica", volume="7", issue="2",
    pages=Pages(first="11", last="19"), issn=("1234-5679",), publisher="House",
)  # fmt: skip
CITED = Record(
    title="Mosses of the northern island shores",
    abstract="Mosses and lichens of island shores were counted. Bryophytes prefer shade.",
    other_abstract=(LocalText(lang="fre", value="Les mousses des rivages ont été comptées."),),
    author=(Contributor(name="Ada Exemple", surname="Exemple", forename="Ada",
                        orcid="0000-0002-1825-0097"),),
    subject=(Subject(value="bryophytes"), Subject(value="lichens")),
    language=("eng",), genre=("research-article",), publication_date="1999",
    online_date="1999-04-02", doi=("10.1000/Moss.1",), pmid=("1234",), host=HOST,
    access_condition=AccessCondition(
        content_type="isOpenAccess", value="https://creativecommons.org/licenses/by/4.0/"
    ),
)  # fmt: skip
CITING = Record(
    title="Lichens and bryophytes on island shores again",
    abstract="Bryophytes and lichens of the shores are counted again, with mosses.",
    publication_date="2003", doi=("10.1000/again",), host=HOST, language=("eng",),
    ref_bibs=(
        Reference(title="Elsewhere", doi="10.9999/none"),
        Reference(doi="10.1000/MOSS.1"),
        Reference(title="Hostile titles are titles too: " + SCRIPT, publication_date="1990"),
        Reference(title="Mosses of the Northern Island Shores.", publication_date="1950"),
    ),
)  # fmt: skip
HOSTILE = Record(
    title="Hostile titles are titles too: " + SCRIPT, publication_date="1991",
    author=(Contributor(name=SCRIPT, surname='"><b>', forename="</script>"),), abstract=SCRIPT,
    subject=(Subject(value='"\\' + SCRIPT),),
    access_condition=AccessCondition(value="javascript:alert(3)"),
    fulltext_url="javascript:alert(4)", doi=('10.1000/"><script>',),
)  # fmt: skip
LONG = Record(title="ما هو " + "very long " * 200, language=("ara",))
RECORDS = (CITED, CITING, HOSTILE, LONG, Record())


def prepared(number: int, record: Record) -> PreparedDocument:
    """Return a document of a record, with its MODS."""
    made = Mods().make(Material(record))
    assert made is not None
    mods = msgspec.structs.replace(
        file(made, extension="mods", name=""), original=False, mimetype=Mods.mimetype
    )
    plain = document(number)
    return msgspec.structs.replace(plain, record=record, files=(*plain.files, mods))


@pytest.fixture(scope="module")
def arks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[str]]]:
    """Load the articles above; give the home and their ARKs in that order."""
    home = tmp_path_factory.mktemp("articles")
    with Archive.open(home, Settings(), writable=True) as archive:
        with archive.batch("plants") as batch:
            for number, record in enumerate(RECORDS):
                batch.add(prepared(number, record))
            batch.commit()
        made = [one.ark for one in archive.documents()]
        engine = open_engine(home, Settings(), writable=True)
        catch_up(archive, engine)
        engine.close()
    yield home, made


@pytest.fixture(scope="module")
def site(arks: tuple[Path, list[str]]) -> Iterator[httpx.Client]:
    """Serve them, with an interlibrary loan."""
    settings = Settings(portal=PortalSettings(interlibrary_loan="https://loan.example/?lib=1"))
    with (
        serving(open_services(arks[0], settings)) as base,
        httpx.Client(base_url=base, headers={"Accept-Language": "en"}) as client,
    ):
        yield client


def test_tags_are_what_zotero_and_scholar_read(
    site: httpx.Client, arks: tuple[Path, list[str]]
) -> None:
    """Highwire tags: one author each, dates with slashes, absolute addresses; not indexed."""
    tree = tree_of(site, f"/notice/{arks[1][0]}")
    tags = [(m.get("name") or "", m.get("content") or "") for m in tree.iter("meta")]
    said = dict(tags)
    assert said["citation_author"] == "Exemple, Ada"
    assert said["citation_publication_date"] == "1999/04/02"
    assert said["citation_doi"] == "10.1000/Moss.1"
    assert (said["citation_firstpage"], said["citation_lastpage"]) == ("11", "19")
    assert said["citation_journal_title"] == "Acta Botanica"
    assert said["citation_abstract_html_url"] == f"{site.base_url}/notice/{arks[1][0]}".replace(
        "//notice", "/notice"
    )
    assert said["robots"] == "noindex"
    assert "citation_pdf_url" not in said
    assert not find(tree, "//*[@class='Z3988'] | //link[@rel='unapi-server']")


@pytest.mark.parametrize("number", [0, 2])
def test_a_keyword_leads_to_its_articles(
    site: httpx.Client, arks: tuple[Path, list[str]], number: int
) -> None:
    """Whatever stands in it, the search that its link makes finds the article."""
    tree = tree_of(site, f"/notice/{arks[1][number]}")
    links = find(tree, "//a[contains(@href,'subject.value')]/@href")
    assert links
    for link in links:
        assert f"/notice/{arks[1][number]}" in site.get(link).text


def test_indexing_is_a_switch(arks: tuple[Path, list[str]]) -> None:
    """A collection that search engines may index says nothing against it."""
    settings = Settings(web=WebSettings(indexing=("pl*",)))
    with serving(open_services(arks[0], settings)) as base:
        assert "noindex" not in httpx.get(f"{base}/notice/{arks[1][0]}").text


def test_json_ld_is_read(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """extruct reads the article; a hostile title ends no element."""
    for ark, record in zip(arks[1], RECORDS, strict=True):
        page = site.get(f"/notice/{ark}").text
        (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
        assert found["@type"] == "ScholarlyArticle"
        assert found.get("name", "") == record.title[:1_000]
    found = extruct.extract(site.get(f"/notice/{arks[1][0]}").text, syntaxes=["json-ld"])
    article = found["json-ld"][0]
    assert article["isPartOf"]["isPartOf"]["isPartOf"]["issn"] == ["1234-5679"]
    assert {one["propertyID"] for one in article["identifier"]} == {"ark", "doi", "pmid"}
    assert article["isAccessibleForFree"] is True


def test_signposting_is_read(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """The reference reader finds every kind of link, by GET and HEAD, and the set of links."""
    address = f"{site.base_url}".rstrip("/") + f"/notice/{arks[1][0]}"
    for answer in (site.get(address), site.head(address)):
        found = find_signposting_http_link([answer.headers["link"]], address)
        assert str(found.citeAs.target) == address.replace("/notice", "")
        assert {str(one.target) for one in found.authors} == {
            "https://orcid.org/0000-0002-1825-0097"
        }
        assert "creativecommons.org/licenses/by" in str(found.license.target)
        assert {str(one.target).rpartition("/")[2] for one in found.types} == {
            "AboutPage", "ScholarlyArticle",
        }  # fmt: skip
        for link in found.describedBy:
            form = site.get(str(link.target))
            assert form.headers["content-type"].partition(";")[0] == str(link.type)
    (linkset,) = found.linksets
    answer = site.get(str(linkset.target))
    assert answer.headers["content-type"] == "application/linkset+json"
    assert answer.json()["linkset"][0]["cite-as"][0]["href"] == str(found.citeAs.target)


@pytest.mark.parametrize("door", ["/", "/notice/"])
def test_forms_are_negotiated(site: httpx.Client, arks: tuple[Path, list[str]], door: str) -> None:
    """Independent readers read each form, at the permanent link and at the page."""
    address = f"{door}{arks[1][0]}"

    def form(accept: str) -> str:
        answer = site.get(address, headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(accept.partition(";")[0])
        assert "Accept" in answer.headers["vary"]
        return answer.text

    (ris,) = rispy.loads(form("application/x-research-info-systems"))
    assert (ris["doi"], ris["authors"]) == ("10.1000/Moss.1", ["Exemple, Ada"])
    entry = parse_string(form("application/x-bibtex")).entries[0]
    assert entry["title"].replace("{", "").replace("}", "") == CITED.title
    (item,) = msgspec.json.decode(form("application/vnd.citationstyles.csl+json"))
    assert item["container-title"] == "Acta Botanica"
    mods = etree.fromstring(form("application/mods+xml").encode())
    assert mods.findtext(".//{*}title") == CITED.title
    assert msgspec.json.decode(form("application/ld+json"))["@type"] == "ScholarlyArticle"
    french = form("text/x-bibliography; style=iso690; locale=fr-FR")
    assert french.startswith("EXEMPLE, Ada, 1999. Mosses of the northern island shores.")
    wrong = site.get(address, headers={"Accept": "text/x-bibliography; style=nonsense"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "parameter-invalid")


def test_the_permanent_link(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """A browser is sent to the page, a program gets the list of formats."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    sent = site.get(f"/{arks[1][0]}", headers={"Accept": browser})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/notice/{arks[1][0]}")
    assert site.get(f"/{arks[1][0]}").json()["arkIstex"] == arks[1][0]


def test_unapi(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """Formats, formats of a document, a description; 404 and 406."""
    names = {one.get("name") for one in etree.fromstring(site.get("/unapi").content)}
    assert names == {"mods", "ris", "bibtex", "csl", "dc"}
    ask = {"id": arks[1][0]}
    assert site.get("/unapi", params=ask).status_code == 300
    for name in names:
        assert site.get("/unapi", params={**ask, "format": name or ""}).status_code == 200
    assert site.get("/unapi", params={**ask, "format": "x"}).status_code == 406
    assert site.get("/unapi?id=ark:/99999/x&format=ris").status_code == 404


def test_relations(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """References held, by DOI or by title and year; cited by; similar: each by its own rule."""
    cited, citing, hostile, _, _ = (f"/notice/{ark}" for ark in arks[1])
    tree = tree_of(site, citing)
    references = find(tree, "//ol[@class='references']/li")
    where = [[a.get("href") for a in find(li, "a[@class='held']")] for li in references]
    assert where == [[], [cited], [hostile], []]
    tree = tree_of(site, cited)
    assert "Cited by 1 article" in tree.text_content()
    section = find(tree, "//section[@aria-labelledby='cited']//a/@href")
    assert section == [citing]
    assert find(tree, "//section[@aria-labelledby='similar']//a/@href") == [citing]
    assert "Cited by 1 article" in site.get(hostile).text


def test_relations_by_the_api(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """`/document/{id}/citations` says the same: which references are here, and who cites."""

    def ask(ark: str) -> dict[str, Any]:
        hits = site.get("/document", params={"q": f'arkIstex.raw:"{ark}"'}).json()["hits"]
        identifier = hits[0]["id"]
        found: dict[str, Any] = site.get(f"/document/{identifier}/citations").json()
        return found

    cited, citing, hostile, _, _ = arks[1]
    found = ask(citing)
    held = [(one["reference"], one["document"]["arkIstex"]) for one in found["citedHere"]]
    assert (found["references"], held) == (4, [(1, cited), (2, hostile)])
    found = ask(cited)["citingHere"]
    assert (found["total"], [one["arkIstex"] for one in found["documents"]]) == (1, [citing])
    assert site.get(found["documents"][0]["uri"]).json()["arkIstex"] == citing
    assert site.get("/document", params={"q": found["query"]}).json()["total"] == 1
    assert site.get(f"/document/{'0' * 40}/citations").status_code == 404


def test_ways_in_order(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """Publisher, open version, journal, loan with the reference; no script is ever an address."""
    tree = tree_of(site, f"/notice/{arks[1][0]}")
    found = [
        (li.get("class"), li.find("a").get("href")) for li in find(tree, "//ol[@class='ways']/li")
    ]
    assert [kind for kind, _ in found] == ["publisher", "open", "journal", "loan"]
    loan = dict(found)["loan"]
    assert loan.startswith("https://loan.example/?lib=1&ctx_ver=Z39.88-2004")
    assert "rft_id=info%3Adoi%2F10.1000%2FMoss.1" in loan
    for ark in arks[1]:
        for address in find(tree_of(site, f"/notice/{ark}"), "//@href"):
            assert not str(address).lower().startswith("javascript")


@pytest.mark.parametrize("place", range(len(RECORDS)))
@pytest.mark.parametrize("part", ["", "/cite", "/linkset"])
def test_hostile_records(
    site: httpx.Client, arks: tuple[Path, list[str]], place: int, part: str
) -> None:
    """Scripts, 2,000 characters, right to left, nothing: a page, and no element of theirs."""
    answer = site.get(f"/notice/{arks[1][place]}{part}", headers={"Accept-Language": "fr"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    if part != "/linkset":
        assert not find(html.fromstring(answer.content), "//*[@onerror] | //b")
        assert len(answer.content) < 60_000


def test_every_style_is_offered(site: httpx.Client, arks: tuple[Path, list[str]]) -> None:
    """The page to cite shows each style in the reader's language; one alone when asked."""
    page = site.get(f"/notice/{arks[1][0]}/cite").text
    for name in ("ISO 690", "APA", "MLA", "Chicago", "IEEE", "Vancouver"):
        assert name in page
    assert "<i>Acta Botanica</i>" in page
    one = tree_of(site, f"/notice/{arks[1][0]}/cite?style=apa&lang=fr")
    assert len(find(one, "//p[@class='citation']")) == 1

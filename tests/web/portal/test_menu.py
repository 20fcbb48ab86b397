"""The resolver for readers: straight to the PDF, or a menu that helps with any reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import httpx
import msgspec
import pytest
from lxml import html

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument
from fonds.loading.index import catch_up
from fonds.record import Contributor, Host, Pages
from fonds.search.engines import open_engine
from fonds.settings import PortalSettings, Settings, WebSettings
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.openurl import read_openurl
from fonds.web.services import open_services
from tests.holdings.making import ISSN, add, article
from tests.web.portal.conftest import serving

SETTINGS = Settings(
    web=WebSettings(name="Université"),
    portal=PortalSettings(
        interlibrary_loan="https://ill.example.org/form", catalogue="https://c.example.org/{issn}"
    ),
)


def indexed(home: Path, documents: Sequence[PreparedDocument]) -> None:
    """Load documents and index them."""
    add(home, documents)
    with Archive.open(home, Settings()) as archive:
        engine = open_engine(home, Settings(), writable=True)
        catch_up(archive, engine)
        engine.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with a few articles, one without a PDF."""
    made = tmp_path_factory.mktemp("menu")
    documents = [article(n, volume=str(n), year=str(1980 + n), pmid=str(1000 + n))
                 for n in (1, 2, 3, 9)]  # fmt: skip
    documents.append(article(50, pdf=False, collection="records"))
    indexed(made, documents)
    return made


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[httpx.Client]:
    """Return a client of a server with the addresses of a library."""
    with (
        serving(open_services(home, SETTINGS)) as address,
        httpx.Client(base_url=address, timeout=30, headers={"Accept-Language": "en"}) as client,
    ):
        yield client


def shown(client: httpx.Client, query: str) -> html.HtmlElement:
    """Return the menu of a reference."""
    answer = client.get(f"/openurl?{query}")
    assert answer.status_code == 200, query
    return html.document_fromstring(answer.text)


@pytest.mark.parametrize(
    "query",
    ["id=doi:10.5555/c.2", "rft_id=info:pmid/1002", "sid=google&id=pmid:1002&title=De+la+nature",
     f"issn={ISSN}&volume=2&spage=2", "reference=see+10.5555/c.2.",
     "reference=Exemple2.+About+the+number+2+and+its+neighbours.+Nature+2:2+(1982)"],
)  # fmt: skip
def test_straight_to_the_pdf(server: httpx.Client, query: str) -> None:
    """One document that the reader may have: no page between."""
    answer = server.get(f"/openurl?{query}&auth=ip")
    assert answer.status_code == 302
    assert "/fulltext.pdf?" in answer.headers["location"]
    assert "auth=ip" in answer.headers["location"]
    assert server.get(answer.headers["location"]).content.startswith(b"%PDF")


def test_the_menu_when_asked(server: httpx.Client) -> None:
    """`menu` or svc.any shows the ways, ours first, completed by what the document says."""
    for query in ("id=doi:10.5555/c.2&menu=1", "rft_id=info:doi/10.5555/c.2&svc.any=yes"):
        page = shown(server, query)
        assert page.xpath("//article[contains(@class,'sure')]//a[@class='button']/@href")
        ways = page.xpath("//ol[@class='ways-out']//a/@href")
        assert ways[0] == "https://doi.org/10.5555/c.2"
        assert f"https://c.example.org/{ISSN}" in ways
        assert any(one.startswith("https://ill.example.org/form?url_ver=") for one in ways)
        assert any(one.startswith("/journals/TTL-") for one in ways)


def test_every_pmid_is_answered(server: httpx.Client) -> None:
    """A number that we do not have: PubMed, the loan with the number, a form to complete."""
    page = shown(server, "sid=Entrez:PubMed&id=pmid:99999999")
    assert "did not find" in page.text_content()
    ways = page.xpath("//ol[@class='ways-out']//a/@href")
    assert ways[0] == "https://pubmed.ncbi.nlm.nih.gov/99999999/"
    assert "rft_id=info%3Apmid%2F99999999" in ways[1]
    assert page.xpath("//input[@id='f-pmid']/@value") == ["99999999"]


def test_candidates_with_evidence(server: httpx.Client) -> None:
    """An author alone may mean several: ranked, each with what agrees and what differs."""
    page = shown(server, "rft.aulast=Ada")
    assert len(page.xpath("//ol[contains(@class,'choices')]/li")) > 1
    first = page.xpath("//ol[contains(@class,'choices')]/li")[0].text_content()
    assert "✓ author" in first


def test_without_a_pdf(server: httpx.Client) -> None:
    """A record alone is shown, and the other ways to it."""
    page = shown(server, "id=doi:10.5555/records.50")
    assert "no PDF" in page.text_content()


def test_a_gap_is_said(server: httpx.Client) -> None:
    """The journal is linked, and it says that the volume is not there."""
    page = shown(server, f"issn={ISSN}&volume=5&date=1985&spage=1")
    assert "is not there" in page.text_content()


def test_corrected_by_the_form(server: httpx.Client) -> None:
    """The form holds what was understood; sent again with a right value it finds the article."""
    page = shown(server, f"issn={ISSN}&volume=2&spage=77777")
    fields = {
        one.get("name"): one.get("value") or ""
        for one in page.xpath("//form[@class='fields']//input")
    }
    assert fields["rft.issn"] == ISSN
    fields["rft.spage"] = "2"
    answer = server.get("/openurl", params=fields)
    assert answer.status_code == 200
    assert "✓ first page" in answer.text


def test_for_catalogues(server: httpx.Client) -> None:
    """VuFind's shape, from any page."""
    answer = server.get("/openurl?id=doi:10.5555/c.2&format=json")
    assert answer.headers["access-control-allow-origin"] == "*"
    links = answer.json()
    assert all(set(one) == {"href", "title", "coverage", "service_type", "access"} for one in links)
    assert links[0]["service_type"] == "getFullTxt"
    assert links[0]["access"] == "open"
    assert server.get(links[0]["href"]).content.startswith(b"%PDF")
    journal = links[-1]
    assert journal["coverage"] == "1981-1983; 1989-1990"
    assert server.get("/openurl?format=json").json() == []  # nothing is asked for


def test_restricted(home: Path, tmp_path: Path) -> None:
    """Who has no rights gets the menu, and is told who may read; no address of a PDF."""
    indexed(tmp_path, [article(1, volume="1")])
    (tmp_path / "access.toml").write_text('[collections.c]\naccess = "restricted"\n')
    with serving(open_services(tmp_path, SETTINGS)) as base, httpx.Client(base_url=base) as client:
        text = client.get("/openurl?id=doi:10.5555/c.1&lang=en").text
        assert "is for members of institutions" in text
        assert "fulltext.pdf" not in text
        (first, *_) = client.get("/openurl?id=doi:10.5555/c.1&format=json").json()
        assert (first["access"], "pdf" in first["href"]) == ("limited", False)


@pytest.mark.parametrize(
    "query",
    [
        "", "rft", "reference=", "reference=%00%ff", "&&&=&=%", "rft.isbn=x&rft.btitle=*",
        "rft.atitle=%3Cscript%3Ealert(1)%3C/script%3E", "id=doi:10.1/%22%3E%3Cscript%3E",
        f"rft.atitle={'x' * 5000}", "rft.date=%D9%A3%D9%A3%D9%A3%D9%A3", "rft.issn=' OR 1=1 --",
        "rft_ref=http://169.254.169.254/&rft_ref_fmt=x", "reference=title:(a AND [",
    ],
)  # fmt: skip
def test_hostile(server: httpx.Client, query: str) -> None:
    """Whatever is asked, the page is there and runs nothing."""
    answer = server.get(f"/openurl?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace("<script src", "")
    posted = server.post("/openurl", content=query.encode())
    assert posted.status_code == 200


def test_real_openurls(shared: Path, tmp_path: Path) -> None:
    """The real OpenURLs of Scholar and others: those whose article is loaded resolve to it.

    Each article that ISTEX had is made from what its OpenURL says; the others are not loaded.
    """
    asked: list[tuple[str, str]] = []  # the query, and the identifier of the article
    for name in ("google-scholar-openurls", "openurls-1.0"):
        for line in (shared / "refs" / f"{name}.txt").read_text("utf-8").splitlines():
            if line.startswith("?"):
                query, wanted, *held = line.split("\t")
                asked.append((query[1:], (held or [query])[0] if wanted.strip() == "1" else ""))
    articles = {
        held: described(number, read_openurl(query.encode()))
        for number, (query, held) in enumerate(asked)
        if held
    }
    indexed(tmp_path, list(articles.values()))
    with (
        serving(open_services(tmp_path, SETTINGS)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        found = [
            client.get(f"/openurl?{quote(query, safe='%&=+:/.,;()')}").status_code == 302
            for query, _ in asked
        ]
    wrong = [one for one, here in zip(asked, found, strict=True) if bool(one[1]) != here]
    assert len(asked) > 110
    assert wrong == []


def described(number: int, said: Citation) -> PreparedDocument:
    """Return the article that a citation describes."""
    host = Host(
        genre=("journal",), title=said.host_title, issn=said.issn, volume=said.volume,
        issue=said.issue, pages=Pages(first=said.first_page),
    )  # fmt: skip
    made = article(number, year=said.year, host=host)
    record = msgspec.structs.replace(
        made.record,
        title=said.title or made.record.title,
        doi=said.doi,
        pmid=said.pmid,
        pii=said.pii,
        author=(Contributor(name=said.author),) if said.author else (),
    )
    return msgspec.structs.replace(made, record=record)

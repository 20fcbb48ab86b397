"""The portal's pages say what the archive holds, in both languages, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import msgspec
import pytest
from lxml import html

from fonds.archive.archive import Archive
from fonds.loading.index import catch_up
from fonds.loading.load import load
from fonds.search.engines import open_engine
from fonds.settings import Settings
from fonds.web.services import Services, open_services
from tests.archive.making import document
from tests.web.portal.conftest import DELIVERIES, serving


def page(client: httpx.Client, address: str, status: int = 200) -> html.HtmlElement:
    """Return a page as a tree."""
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.text)


def first(tree: html.HtmlElement, path: str) -> html.HtmlElement:
    """Return the first element of a CSS-like path."""
    found = tree.cssselect(path) if not path.startswith("/") else tree.xpath(path)
    assert found, path
    element = found[0]
    assert isinstance(element, html.HtmlElement)
    return element


def test_the_first_page(client: httpx.Client, services: Services) -> None:
    """It counts what is there and leads to every collection."""
    tree = page(client, "/")
    assert f"{services.archive.count()} documents" in tree.text_content()
    for collection in services.archive.collections():
        assert collection.name in tree.text_content()


def test_results_are_those_of_the_api(client: httpx.Client) -> None:
    """The same question gives the same number and the same documents in the same order."""
    tree = page(client, "/?q=plants+genus")
    answer = client.get("/document", params={"q": "plants genus", "output": "arkIstex"}).json()
    assert f"{answer['total']} results" in tree.text_content()
    shown = [a.get("href") for a in tree.xpath("//ol[contains(@class,'hits')]//h2/a")]
    assert shown == [f"/notice/{hit['arkIstex']}" for hit in answer["hits"]]


def test_facets_narrow_and_widen(client: httpx.Client) -> None:
    """A facet's link keeps the question, its count is what one finds, and a chip undoes it."""
    tree = page(client, "/?q=plants&sort=newest")
    link = first(tree, "//section[contains(@class,'facet')]//a[contains(@href,'corpusName')]")
    row = link.getparent()
    assert row is not None
    count = int(re.sub(r"\D", "", row.text_content().replace(link.text_content(), "")))
    address = link.get("href") or ""
    assert "q=plants" in address
    assert "sort=newest" in address
    narrowed = page(client, address)
    assert f"{count} result" in narrowed.text_content()
    chip = first(narrowed, "//ul[contains(@class,'chips')]//a")
    assert chip.get("href") == "/?q=plants&sort=newest"


def test_years_are_links(client: httpx.Client) -> None:
    """A bar of the chart leads to the documents of its year, as many as it says."""
    tree = page(client, "/?q=*")
    bar = first(tree, "//*[local-name()='svg']//*[local-name()='a']")
    year, count = re.findall(r"\d+", bar.get("aria-label") or "")
    narrowed = page(client, bar.get("href") or "")
    assert f"{count} result" in narrowed.text_content()
    assert year in narrowed.text_content()


def test_pages_go_to_the_end(client: httpx.Client, services: Services) -> None:
    """Following the next link visits each document once."""
    seen: list[str] = []
    address: str | None = "/?q=*"
    while address:
        tree = page(client, address)
        seen += [a.get("href") or "" for a in tree.xpath("//ol[contains(@class,'hits')]//h2/a")]
        following = tree.xpath("//a[@rel='next']")
        address = following[0].get("href") if following else None
    assert len(seen) == len(set(seen)) == services.archive.count()


def test_passages_mark_the_words(client: httpx.Client) -> None:
    """Words found are marked, accents or not."""
    tree = page(client, "/?q=saude")
    marks = {mark.text_content().lower() for mark in tree.xpath("//mark")}
    assert marks
    assert marks <= {"saúde", "saude"}


def test_a_wrong_query_is_explained(client: httpx.Client) -> None:
    """The page names the character and shows it; it is not a result."""
    tree = page(client, "/?q=title%3A(water", 400)
    assert first(tree, "//mark[contains(@class,'wrong')]").text_content() == "("
    loose = page(client, "/?q=water)+OR+(plants&f=corpusName:mdpi", 400)
    assert first(loose, "//mark[contains(@class,'wrong')]").text_content() == ")"
    unknown = page(client, "/?q=titel%3Awater", 400)
    assert "did you mean title" in unknown.text_content()


@pytest.mark.parametrize(
    "address",
    ["/?q=*&page=99999999999", "/?q=*&f=nonsense:x&f=&sort=up", "/?first=abc&last=1", "/?page=0",
     "/?q=" + "x" * 5000, "/?q=%00%01", "/?f=corpusName:%22%29%20OR%20*"],
)  # fmt: skip
def test_odd_addresses_never_fail(client: httpx.Client, address: str) -> None:
    """Old, wrong and hostile addresses give a page."""
    assert client.get(address).status_code in (200, 400)


def test_a_notice_names_who_paid(client: httpx.Client) -> None:
    """Funders stand on the page with the numbers of their grants, and are found by them."""
    query = {"q": "_exists_:funder.award", "output": "arkIstex,funder", "size": "1"}
    (hit,) = client.get("/document", params=query).json()["hits"]
    funder = hit["funder"][0]
    text = page(client, f"/notice/{hit['arkIstex']}").text_content()
    assert funder["name"] in text
    assert funder["award"][0] in text


def notice_of(client: httpx.Client, query: str) -> str:
    """Return the address of the first document that answers."""
    answer = client.get("/document", params={"q": query, "output": "arkIstex", "size": "1"}).json()
    return f"/notice/{answer['hits'][0]['arkIstex']}"


def test_a_document_says_everything(client: httpx.Client, services: Services) -> None:
    """Title, authors, identifiers, files and the tags that reference managers read."""
    address = notice_of(client, "corpusName:mdpi AND _exists_:qualityIndicators.pdfWordCount")
    document = services.archive.by_ark(address.removeprefix("/notice/"))
    assert document is not None
    record = msgspec.json.decode(document.record)
    tree = page(client, address)
    text = " ".join(tree.text_content().split())
    for said in (record["title"], record["doi"][0], record["arkIstex"], record["id"],
                 *[author["name"] for author in record["author"]]):  # fmt: skip
        assert " ".join(said.split()) in text
    tags = {meta.get("name"): meta.get("content") for meta in tree.xpath("//meta[@name]")}
    assert tags["citation_title"] == record["title"]
    assert tags["citation_doi"] == record["doi"][0]
    pdf = tags["citation_pdf_url"] or ""
    assert pdf.endswith("/fulltext.pdf")
    opened = client.get(pdf)
    assert opened.content.startswith(b"%PDF")
    assert opened.headers["content-type"] == "application/pdf"
    button = first(tree, "//a[contains(@class,'button')]")
    assert pdf.endswith(button.get("href") or "-")
    for link in tree.xpath("//ul[contains(@class,'files')]//a"):
        assert client.get(link.get("href")).status_code == 200


def test_text_layers_are_shown(client: httpx.Client) -> None:
    """Publisher's text and PDF text side by side, each with its file; the default says why."""
    address = notice_of(client, "_exists_:qualityIndicators.pdfWordCount AND corpusName:mdpi")
    tree = page(client, address)
    record = client.get(f"{address.removeprefix('/notice')}/record.json").json()
    assert [one["source"] for one in record["textLayers"]] == ["xml", "pdf"]
    shown = " ".join(tree.text_content().split())
    assert "default: structured by the publisher" in shown
    for layer in record["textLayers"]:
        answer = client.get(f"/{record['arkIstex']}/fulltext.{layer['extension']}")
        assert len(answer.text.split()) == layer["words"]
        assert 0.8 < layer["quality"]["wordLike"] <= 1
    assert sum(record["cleaned"].values()) > 0
    assert "The cleaned text leaves out:" in shown


def test_citations_are_offered(client: httpx.Client) -> None:
    """Each button of the notice gives its form."""
    tree = page(client, notice_of(client, "corpusName:mdpi"))
    links = {
        a.text_content(): a.get("href")
        for a in tree.xpath("//section[@id='cite']//a[contains(@href,'/record.')]")
    }
    for name, start in (("BibTeX", "@article{"), ("RIS", "TY  - JOUR"), ("CSL-JSON", "[")):
        assert client.get(links[name] or "").text.startswith(start)


@pytest.mark.parametrize("query", ["corpusName:mdpi", "corpusName:plos", "corpusName:scielo"])
def test_reading(client: httpx.Client, query: str) -> None:
    """The text is read under its title; contents and references lead to places that are there."""
    notice = notice_of(client, f"{query} AND _exists_:refBibs.title")
    link = first(page(client, notice), "//a[contains(@href,'/read')]").get("href") or ""
    assert link == f"{notice}/read"
    tree = page(client, link)
    ids = {element.get("id") for element in tree.iterfind(".//*[@id]")}
    targets = [a.get("href", "")[1:] for a in tree.iter("a") if a.get("href", "").startswith("#")]
    assert len(targets) > 10
    assert set(targets) <= ids
    assert len(list(tree.iter("h1"))) == 1
    text = client.get(notice.replace("/notice", "") + "/fulltext.cleaned").text
    shown = " ".join(tree.text_content().split())
    plain = [block for block in text.split("\n\n") if "_placeholder_" not in block]
    assert sum(block.strip() in shown for block in plain) > len(plain) * 0.6


def test_reading_in_french(client: httpx.Client) -> None:
    """What we say on the page is in the reader's language."""
    notice = notice_of(client, "corpusName:plos AND _exists_:refBibs.title")
    answer = client.get(f"{notice}/read?lang=fr")
    assert "Sommaire" in answer.text
    assert "Références" in answer.text


def test_nothing_to_read_is_a_page(client: httpx.Client) -> None:
    """Documents without structured text have no reading page and no link to one."""
    answer = client.get(
        "/document",
        params={"q": "NOT qualityIndicators.tdmReady:true", "output": "arkIstex", "size": "1"},
    ).json()
    for hit in answer["hits"]:
        assert "/read" not in client.get(f"/notice/{hit['arkIstex']}").text
        assert client.get(f"/notice/{hit['arkIstex']}/read").status_code == 404
    assert client.get("/notice/ark:/99999/AAA-BCDFGHJK-0/read").status_code == 404


def test_an_id_leads_to_the_ark(client: httpx.Client) -> None:
    """The address with an id is sent on to the one that lasts."""
    answer = client.get("/document", params={"q": "*", "size": "1", "output": "arkIstex"}).json()
    hit = answer["hits"][0]
    sent = client.get(f"/notice/{hit['id'].lower()}")
    assert (sent.status_code, sent.headers["location"]) == (301, f"/notice/{hit['arkIstex']}")


@pytest.mark.parametrize(
    "address", ["/notice/ark:/99999/AAA-BCDFGHJK-0", "/notice/xyz", "/notice/ark:/99999/nonsense"]
)
def test_missing_documents_are_a_page(client: httpx.Client, address: str) -> None:
    """What is not there is said on a page of the portal, with status 404."""
    assert "does not exist" in page(client, address, 404).text_content()


def test_text_is_never_markup(tmp_path: Path) -> None:
    """A title full of markup is shown as it is, in results and on its page."""
    title = "<script>alert(1)</script> & \"quotes\" <b onclick='x'>water</b>"
    with Archive.open(tmp_path, Settings(), writable=True) as archive:
        with archive.batch("c") as batch:
            batch.add(document(1, title=title))
            batch.commit()
        engine = open_engine(tmp_path, Settings(), writable=True)
        catch_up(archive, engine)
        engine.close()
    opened = open_services(tmp_path, Settings())
    with serving(opened) as base, httpx.Client(base_url=base) as client:
        for address in ("/?q=water", notice_of(client, "water")):
            text = client.get(address).text
            assert "<script>alert" not in text
            assert "<b onclick" not in text
            assert title in unescape(re.sub(r"</?mark>", "", text))


def test_language(client: httpx.Client) -> None:
    """The address wins over the cookie, the cookie over the browser; French otherwise."""
    assert 'lang="fr"' in client.get("/").text
    assert 'lang="en"' in client.get("/", headers={"Accept-Language": "de, en;q=0.8"}).text
    asked = client.get("/?lang=en")
    assert "fonds_lang=en" in asked.headers["set-cookie"]
    kept = client.get("/", headers={"Accept-Language": "fr"})  # the client kept the cookie
    assert 'lang="en"' in kept.text


def test_nothing_comes_from_elsewhere(client: httpx.Client) -> None:
    """The policy allows our own files only, and the pages hold no inline script or style."""
    for address in ("/", "/?q=plants", notice_of(client, "plants")):
        answer = client.get(address)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        tree = html.fromstring(answer.text)
        assert not tree.xpath(
            "//style | //script[not(@src) and not(@type='application/ld+json')]"
            " | //*[@style] | //*[@onclick]"
        )
        for path in ("//script/@src", "//link[@rel='stylesheet']/@href", "//img/@src"):
            found = tree.xpath(path)
            assert isinstance(found, list)
            assert all(client.get(str(source)).status_code == 200 for source in found)


def test_pages_are_light(client: httpx.Client) -> None:
    """A page with all that it loads is under 60 kB as it is sent, but for the viewer of PDFs."""
    for address in ("/", "/?q=plants", "/assisted", notice_of(client, "plants")):
        with client.stream("GET", address) as answer:
            sent = sum(map(len, answer.iter_raw()))
        loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get(address).text)
        for file in set(loaded):
            with client.stream("GET", file) as answer:
                sent += sum(map(len, answer.iter_raw()))
        assert sent < 60_000, f"{address}: {sent}"


def test_the_same_work_is_shown(tmp_path: Path) -> None:
    """A notice leads to the other deliveries of its work, with the reason, in both languages."""
    with Archive.open(tmp_path, Settings(), writable=True) as archive:
        for name in ("one", "two"):
            with archive.batch(name) as batch:
                batch.add(document(1, title="Whales"))
                batch.commit()
        here, there = archive.documents()
        engine = open_engine(tmp_path, Settings(), writable=True)
        catch_up(archive, engine)
        engine.close()
    with (
        serving(open_services(tmp_path, Settings())) as base,
        httpx.Client(base_url=base) as client,
    ):
        tree = page(client, f"/notice/{here.ark}")
        (entry,) = tree.xpath(f"//aside//li[a/@href='/notice/{there.ark}']")
        assert entry.text_content().split() == ["Whales", "two", "·", "same", "DOI"]
        french = client.get(f"/notice/{there.ark}", headers={"Accept-Language": "fr"}).text
        assert "Aussi dans l’archive" in french
        assert "même DOI" in french


def test_nothing_found_is_explained(client: httpx.Client) -> None:
    """A search without results says what each part finds and leads to one that has some."""
    tree = page(client, "/?q=genus+AND+zzzzzz")
    doctor = first(tree, "//section[contains(@class,'doctor')]")
    assert "zzzzzz" in doctor.text_content()
    (address,) = doctor.xpath(".//ul//a[contains(@href,'q=genus')]/@href")
    assert "No document" not in page(client, address).text_content()


def test_a_search_is_explained_when_asked(client: httpx.Client) -> None:
    """Below the number of results a link leads to the explanation."""
    tree = page(client, "/?q=plants+genus")
    (address,) = tree.xpath("//p[@class='understand']/a/@href")
    explained = page(client, address)
    rows = explained.xpath("//section[contains(@class,'doctor')]//tbody/tr/td[1]/code/text()")
    assert rows == ["plants", "genus"]


def test_a_pasted_doi_is_found(client: httpx.Client) -> None:
    """A DOI in the search box finds its article."""
    record = client.get("/document?q=doi:*&size=1&output=doi,arkIstex").json()["hits"][0]
    tree = page(client, f"/?q={record['doi'][0]}")
    shown = tree.xpath("//ol[contains(@class,'hits')]//h2/a/@href")
    assert f"/notice/{record['arkIstex']}" in shown


def test_a_lost_pack_is_said(tmp_path: Path) -> None:
    """Results lose their passages alone; the document says 503, on a page with another way."""
    home = tmp_path / "home"
    load([DELIVERIES / "mdpi"], collection="mdpi", home=home, settings=Settings())
    with (
        serving(open_services(home, Settings())) as base,
        httpx.Client(base_url=base, timeout=30) as client,
    ):
        asked = {"q": "_exists_:qualityIndicators.pdfWordCount", "output": "arkIstex", "size": "1"}
        ark = client.get("/document", params=asked).json()["hits"][0]["arkIstex"]
        for pack in (home / "archive").glob("*-mdpi-*.zip"):
            pack.rename(tmp_path / pack.name)
        assert client.get("/?q=fruits").status_code == 200
        for address in (f"/notice/{ark}", f"/notice/{ark}/read", f"/notice/{ark}/view"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert 'role="alert"' in answer.text
            assert 'href="/openurl"' in answer.text
        answer = client.get(f"/{ark}/fulltext.pdf")
        assert (answer.status_code, answer.json()["code"]) == (503, "archive-damaged")

"""Journals and books: the list, a title with its gaps and contents, the fragment, the export."""

from __future__ import annotations

import csv
import html as escapes
import io
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html

from fonds.holdings.coverage import Place, coverage_of
from fonds.holdings.model import Issue
from fonds.record import Host
from fonds.settings import Settings
from fonds.web.portal.timeline import HEIGHT, WIDTH, timeline
from fonds.web.services import open_services
from tests.holdings.making import EISSN, ISSN, OTHER, add, article, book
from tests.web.portal.conftest import serving
from tests.web.portal.trees import find, tree_of

HOSTILE = '<script>alert(1)</script> "&quot; ' + "é" * 2_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a server over journals of every shape."""
    home = tmp_path_factory.mktemp("journals")
    documents = [
        article(n, volume=str(volume), issue=str(issue), year=str(1899 + volume), eissn=(EISSN,))
        for n, (volume, issue) in enumerate(
            ((v, i) for v in range(1, 41) if v not in (7, 8, 30) for i in (1, 2)), 1
        )
    ]
    documents += [article(500 + n, title="Everything", issn=(OTHER,), year="2014", volume="9")
                  for n in range(120)]  # fmt: skip
    documents += [
        article(700, title="One Issue Only", issn=(), volume="1", issue="1"),
        article(701, title=HOSTILE, issn=(), year=""),
        article(702, title="", issn=("2434-561X",)),
        book(703, isbn=("9780120373116",)),
    ]
    add(home, documents)
    with (
        serving(open_services(home, Settings())) as address,
        httpx.Client(base_url=address, timeout=30, headers={"Accept-Language": "en"}) as client,
    ):
        yield client


def tree(client: httpx.Client, address: str) -> html.HtmlElement:
    """Return a page of the portal."""
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200, address
    assert len(answer.content) < 60_000
    return html.document_fromstring(answer.text)


def test_the_list(server: httpx.Client) -> None:
    """A to Z, with counts; filters narrow it, and the export holds what the list holds."""
    page = tree(server, "/journals")
    names = [one.text_content() for one in page.xpath("//ul[contains(@class,'titles')]//h2")]
    assert len(names) == 6
    assert names[:-1] == ["2434-561X", "A Book", "Everything", "Nature", "One Issue Only"]
    assert "6 titles" in page.text_content()
    for query, expected in (
        ("q=nature", ["Nature"]), (f"q={ISSN}", ["Nature"]), ("letter=E", ["Everything"]),
        ("type=monograph", ["A Book"]), ("first=2010", ["Everything"]), ("q=nothing", []),
        ("collection=none", []), ("page=9", []), ("type=x&first=abc&page=-1&letter=42", names),
    ):  # fmt: skip
        page = tree(server, f"/journals?{query}")
        found = [one.text_content() for one in page.xpath("//ul[contains(@class,'titles')]//h2")]
        assert found == expected, query
    exported = server.get("/journals/kbart?q=nature").text
    rows = list(csv.DictReader(io.StringIO(exported), delimiter="\t"))
    assert {row["publication_title"] for row in rows} == {"Nature"}
    assert len(rows) == 3


def test_a_title(server: httpx.Client) -> None:
    """Coverage with its gaps, years, issues, contents that lead to the PDF."""
    page = tree(server, f"/journals/{ISSN}")
    assert page.xpath("//h1")[0].text_content() == "Nature"
    text = " ".join(page.text_content().split())
    assert "74 documents · 1900–1939 · 2 gaps" in text
    assert "missing: volumes 7 to 8" in text
    assert "missing: volume 30" in text
    assert len(page.xpath("//svg[@class='timeline']/rect[@class='gap']")) == 2
    assert len(page.xpath("//svg[@class='timeline']/rect[not(@class='gap')]")) == 37
    (year,) = page.xpath("//nav[@class='years-nav']//a[text()='1910']/@href")
    page = tree(server, year)
    (issue,) = page.xpath("//ul[contains(@class,'issues')]//a[contains(.,'no. 2')]/@href")
    page = tree(server, issue)
    assert "1910 · vol. 11, no. 2" in " ".join(page.text_content().split())
    (entry,) = page.xpath("//ol[contains(@class,'entries')]/li")
    (pdf,) = entry.xpath(".//a[@class='pdf']/@href")
    assert server.get(pdf).content.startswith(b"%PDF")
    assert server.get(entry.xpath(".//a/@href")[0]).status_code == 200


def test_every_identifier_leads_to_the_title(server: httpx.Client) -> None:
    """ISSN, eISSN, ISBN and ARK are redirected to the one address; places are kept."""
    first = server.get(f"/journals/{ISSN}").headers["location"]
    assert server.get(f"/journals/{EISSN.replace('-', '')}").headers["location"] == first
    name = first.rpartition("/")[2]
    ark = server.get(f"/ark:/99999/{name}")
    assert ark.headers["location"].endswith(first)
    moved = server.get(f"/journals/{ISSN}/embed?year=1905&page=2").headers["location"]
    assert moved == f"{first}/embed?year=1905&page=2"
    assert server.get("/journals/978-0-12-037311-6").status_code == 301
    for address in ("/journals/TTL-00000000-0", "/journals/x/kbart", "/journals/x/embed"):
        assert server.get(address).status_code == 404


def test_ten_thousand_in_a_year(server: httpx.Client) -> None:
    """A year with many documents and no issues is shown in pages, each document once."""
    seen: list[str] = []
    for number in (1, 2, 3, 99):
        page = tree(server, f"/journals/{OTHER}?year=2014&page={number}")
        found = page.xpath("//p[@class='entry']/a/@href")
        assert len(found) <= 50
        seen += found if number < 99 else []
    assert len(seen) == len(set(seen)) == 120


def test_one_issue(server: httpx.Client) -> None:
    """A journal with one issue shows its contents at once, without choices."""
    address = tree(server, "/journals?q=one+issue").xpath("//h2/a/@href")[-1]
    page = tree(server, address)
    assert len(page.xpath("//p[@class='entry']")) == 1
    assert not page.xpath("//nav[@class='years-nav'] | //svg[@class='timeline']")


def test_search_within(server: httpx.Client) -> None:
    """Words are looked for in the title alone."""
    answer = server.get(f"{server.get(f'/journals/{ISSN}').headers['location']}/search?q=number")
    assert answer.status_code == 303
    assert "host.title%3ANature" in answer.headers["location"]


def test_the_fragment(server: httpx.Client) -> None:
    """Any page may frame or fetch it; the page that shares it previews the very code."""
    name = server.get(f"/journals/{ISSN}").headers["location"].rpartition("/")[2]
    answer = server.get(f"/journals/{name}/embed")
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert answer.headers["access-control-allow-origin"] == "*"
    shown = html.document_fromstring(answer.text)
    assert shown.xpath("//p[@class='entry']/a[@target='_blank']")
    assert "frame-ancestors 'none'" in server.get("/journals").headers["content-security-policy"]
    page = tree(server, f"/journals/{name}/share?fixed=1&year=1905")
    code = html.fragment_fromstring(str(page.xpath("//textarea/text()")[0]))
    (frame,) = page.xpath("//iframe/@src")
    assert code.get("src") == f"{str(server.base_url).rstrip('/')}{frame}"
    assert frame == f"/journals/{name}/embed?year=1905"
    assert server.get(frame).status_code == 200


def test_hostile_names(server: httpx.Client) -> None:
    """Markup in a name is text on every page, however long the name is."""
    address = tree(server, "/journals?q=alert").xpath("//h2/a/@href")[-1]
    for ending in ("", "/embed", "/share"):
        text = server.get(address + ending).text
        assert "<script>alert" not in text
        assert "<script>alert(1)</script>" in escapes.unescape(text)
    (code,) = tree(server, f"{address}/share").xpath("//textarea/text()")
    frame = html.fragment_fromstring(str(code))
    assert (frame.tag, frame.get("title", "")[:25]) == ("iframe", HOSTILE[:25])
    for query in ("year=99999", "year=-1", "volume=%00", "page=0", "page=x&issue=%3Cb%3E"):
        assert server.get(f"{address}?{query}").status_code == 200


def test_nothing_inline(server: httpx.Client) -> None:
    """The strict policy holds: no inline style, no script of the page's own."""
    for address in ("/journals", f"/journals/{ISSN}", f"/journals/{ISSN}/embed"):
        page = tree(server, address)
        assert not page.xpath("//style | //script[not(@src)] | //*[@style] | //*[@onclick]")


def test_the_drawing() -> None:
    """Bars stand in their years, gaps between them; a long span is drawn by tens of years."""

    def drawn(*years: int) -> tuple[list[Issue], list[Place]]:
        return ([Issue(y, "", "", y % 7 + 1) for y in years],
                [Place(y, "", "", y % 7 + 1, 0) for y in years])  # fmt: skip

    for years in ((1990,), (1990, 1991, 1995), tuple(range(1500, 2000, 3))):
        issues, places = drawn(*years)
        made = timeline(issues, coverage_of(places))
        assert made is not None
        assert sum(bar.count for bar in made.bars) == sum(one.documents for one in issues)
        assert len(made.bars) <= 200
        for bar in made.bars:
            assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 1
            assert 0 < bar.height <= HEIGHT
        assert all(0 <= band.x <= band.x + band.width <= WIDTH + 5 for band in made.bands)
    assert timeline([Issue(0, "1", "", 3)], coverage_of([])) is None


def test_the_list_knows_new_titles(tmp_path: Path) -> None:
    """What is loaded while the server runs is there with the next answer."""
    add(tmp_path, [article(1)])
    opened = open_services(tmp_path, Settings())
    with serving(opened) as base, httpx.Client(base_url=base) as client:
        assert "Later" not in client.get("/journals").text
        add(tmp_path, [article(2, host=Host(genre=("journal",), title="Later"))])
        assert re.search(r">Later</a>", client.get("/journals").text)


def test_titles_of_a_subject(client: httpx.Client) -> None:
    """The list offers the subjects that it has; a title leads to its own; KBART follows."""
    subjects = find(tree_of(client, "/journals"), "//select[@id='jsubject']/option/@value")
    assert "Science › Botany" in subjects
    tree = tree_of(client, "/journals?" + str(httpx.QueryParams(subject="Science › Botany")))
    titles = find(tree, "//ul[@class='plain titles']//h2/a")
    assert [one.text_content() for one in titles] == ["PhytoKeys"]
    [kbart] = find(tree, "//a[@download]/@href")
    assert len(client.get(kbart).text.splitlines()) >= 2
    page = tree_of(client, titles[0].get("href"))
    assert find(page, "//p[@class='facts']//a[contains(@href,'Botany')]")
    [corpus] = find(page, "//p[@class='actions']/a[contains(@href,'/corpus/new')]/@href")
    assert "20 documents" in find(tree_of(client, corpus), "//p[@class='total']")[0].text_content()
    assert not find(tree_of(client, "/journals?subject=Nothing"), "//ul[@class='plain titles']/li")

"""The corpus page: what it shows is what is taken out, however the documents were asked for."""

from __future__ import annotations

import csv
import io
import re
import shlex
import zipfile
from typing import Any

import httpx
import pytest
from lxml import html

from fonds.web.portal.corpus import building, indicators
from tests.web.portal.trees import find, tree_of

PAGE = "/corpus/new"


def text(tree: html.HtmlElement, path: str) -> str:
    """Return the text of the first thing a path finds."""
    return " ".join(find(tree, path)[0].text_content().split())


def exact(tree: html.HtmlElement) -> int:
    """Return the bytes that a page announces."""
    return int(find(tree, "//a[@id='download']/@data-size")[0])


def ids(content: bytes) -> set[str]:
    """Return the documents of an export."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name.partition("/")[0] for name in archive.namelist() if "/" in name}


def shared(tree: html.HtmlElement) -> str:
    """Return the link to share."""
    return text(tree, "//code[@id='share']")


@pytest.mark.parametrize(
    "asked",
    ["q=plants&use=nooj", "q=plants&take=random&size=7&seed=3", "q=plants&archive=tar&use=lodex",
     "q=*&f=corpusName:mdpi&file=fulltext/pdf&file=metadata/bibtex", "q=study&take=first&size=4",
     "f=corpusName:elife&use=cortext"],
)  # fmt: skip
def test_the_size_shown_is_the_size_taken(client: httpx.Client, asked: str) -> None:
    """To the byte, by the button, by the address of the API and by the curl line."""
    tree = tree_of(client, f"{PAGE}?{asked}&lang=en")
    size = exact(tree)
    button = client.get(find(tree, "//a[@id='download']/@href")[0])
    assert (len(button.content), button.headers["content-length"]) == (size, str(size))
    api = client.get(text(tree, "//code[@id='line-api']"))
    assert api.content == button.content
    assert shlex.split(text(tree, "//code[@id='line-curl']"))[-1] == str(api.request.url)
    assert f"{size:,} bytes exactly" in tree.text_content()
    again = tree_of(client, shared(tree) + "&lang=en")
    assert exact(again) == size


def test_a_sample_is_drawn_once(client: httpx.Client) -> None:
    """The same seed gives the same documents, another one others; without one, one is drawn."""
    address = f"{PAGE}?q=plants&take=random&size=5&seed="
    taken = [ids(client.get(find(tree_of(client, address + seed), "//a[@id='download']/@href")[0])
                 .content) for seed in ("7", "7", "8")]  # fmt: skip
    assert taken[0] == taken[1] != taken[2]
    assert len(taken[0]) == 5
    for wanted in (address, address + "7&draw=1"):
        drawn = client.get(wanted)
        assert drawn.status_code == 303
        assert re.search(r"seed=\d+$", drawn.headers["location"])


def test_indicators_count_the_corpus_itself(client: httpx.Client) -> None:
    """Of the whole result and of a sample, every number is what the API counts of it."""
    for asked in ("q=plants", "q=plants&take=random&size=9&seed=2"):
        tree = tree_of(client, f"{PAGE}?{asked}&lang=en")
        content = client.get(find(tree, "//a[@id='download']/@href")[0]).content
        wanted = f"id:({' '.join(ids(content))})"
        counted = {"an abstract": "_exists_:abstract", "English": "language:eng",
                   "a PDF with text": "qualityIndicators.pdfText:true",
                   "2 to 5": "qualityIndicators.score:[2 TO 5}"}  # fmt: skip
        for label, clause in counted.items():
            row = f"//div[@id='figures']//li[span[@class='name'][.='{label}']]"
            shown = int(find(tree, f"{row}/span[@class='number']/text()")[0])
            query = {"q": f"{wanted} AND {clause}", "size": "0"}
            assert shown == client.get("/document", params=query).json()["total"], label
    presets = client.get("/presets?q=plants").json()
    tree = tree_of(client, f"{PAGE}?q=plants&lang=en")
    for one in presets:
        said = text(tree, f"//span[@id='share-{one['preset']['name']}']")
        assert said == ("usable: all documents" if one["documents"] else "no document usable")


def test_a_long_list_is_counted_alike(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of a list are the same however they are counted."""
    hits = client.get("/document?q=plants&size=40&output=id").json()["hits"]
    listed = {"list": "\n".join(hit["id"] for hit in hits)}
    shown = []
    for most in (100_000, 10):
        monkeypatch.setattr(indicators, "LONG", most)
        tree = html.fromstring(client.post(PAGE, data=listed).content)
        shown.append(text(tree, "//div[@id='figures']"))
    assert shown[0] == shown[1]


def test_three_ways_lead_to_the_same_corpus(client: httpx.Client) -> None:
    """Words; rules; a list, and the .corpus file of a corpus, which gives the same ids again."""
    words = tree_of(client, f"{PAGE}?q=abstract:species&lang=en")
    rules = client.get(f"{PAGE}?way=rules&j0=all&f0=abstract&h0=words&v0=species&go=1")
    assert (rules.status_code, rules.headers["location"]) == (303, f"{PAGE}?q=abstract%3Aspecies")
    assisted = client.get("/assisted?j0=all&f0=abstract&h0=words&v0=species&corpus=1")
    assert assisted.headers["location"] == f"{PAGE}?q=abstract%3Aspecies"
    content = client.get(find(words, "//a[@id='download']/@href")[0]).content
    corpus = client.get(find(words, "//a[.='.corpus file']/@href")[0])
    assert corpus.headers["content-length"] == str(len(corpus.content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read(".corpus") == corpus.content
    for given in (
        {"data": {"list": "\n".join(ids(content))}},
        {"files": {"file": ("a.corpus", corpus.content)}},
    ):
        answer = client.post(PAGE, headers={"Accept-Language": "en"}, **given)
        assert answer.status_code == 200
        tree = html.fromstring(answer.content)
        again = client.get(find(tree, "//a[@id='download']/@href")[0]).content
        assert ids(again) == ids(content)
        assert ids(client.get(text(tree, "//code[@id='line-api']")).content) == ids(content)
    query = client.post(PAGE, data={"list": "query : abstract:species\n[ISTEX]\n"})
    assert exact(html.fromstring(query.content)) == exact(words)


def test_the_doors_to_the_page(client: httpx.Client) -> None:
    """From every page, from results with their filters, from a list of identifiers."""
    results = tree_of(client, "/?q=plants&f=corpusName:mdpi&first=2000&lang=en")
    assert find(results, "//nav//a[@href='/corpus/new']")
    [address] = find(results, "//p[@class='out']/a/@href")
    tree = tree_of(client, address)
    total = re.findall(r"\d+", text(results, "//h1"))[0]
    assert text(tree, "//p[@class='total']").startswith(f"{total} document")
    chips = find(tree, "//ul[@class='chips'][not(@aria-labelledby)]//a/@href")
    assert [tree_of(client, one) is not None for one in chips] == [True, True]
    hit = client.get("/document?q=_exists_:doi&size=1&output=doi").json()["hits"][0]
    listed = client.post("/identifiers", data={"list": hit["doi"][0]})
    [address] = re.findall(r'href="(/corpus/new\?list=[0-9a-f]{32})"', listed.text)
    assert find(tree_of(client, address), "//a[@id='download']")


def test_a_spreadsheet(client: httpx.Client) -> None:
    """The columns chosen, a row per document, its size known when it is short."""
    asked = "q=plants&use=table&column=title&column=doi&take=first&size=6"
    tree = tree_of(client, f"{PAGE}?{asked}&lang=en")
    content = client.get(find(tree, "//a[@id='download']/@href")[0]).content
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    assert (rows[0], len(rows)) == (["title", "doi"], 7)
    assert f"{len(content):,} bytes exactly, 6 rows, 2 columns" in tree.text_content()


def test_a_long_spreadsheet(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is worked out when somebody asks, exactly."""
    monkeypatch.setattr(building, "MADE_AT_ONCE", 5)
    tree = tree_of(client, f"{PAGE}?q=plants&use=table&column=title&take=first&size=6&lang=en")
    assert "bytes exactly" not in tree.text_content()
    (address,) = find(tree, "//a[contains(@href, 'measure=1')]/@href")
    content = client.get(find(tree, "//a[@id='download']/@href")[0]).content
    measured = tree_of(client, f"{address}&lang=en").text_content()
    assert f"{len(content):,} bytes exactly, 6 rows, 1 column" in measured


def test_what_was_found_row_by_row(client: httpx.Client) -> None:
    """Each enrichment has its table, of these documents alone."""
    tree = tree_of(client, f"{PAGE}?q=plants&take=first&size=6")
    addresses = find(tree, "//ul[@aria-labelledby='by-row']//a/@href")
    assert len(addresses) == 6
    for address in addresses:
        answer = client.get(address)
        rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
        assert answer.status_code == 200
        assert len({row["id"] for row in rows}) <= 6


BAD: tuple[tuple[str, int, str], ...] = (
    ("q=", 400, "Nothing was asked"),
    ("q=title:(water", 400, "cannot be built"),
    ("q=zzzzqqqq", 200, "How this search is understood"),
    ("q=plants&take=first&size=5000", 200, "all are taken"),
    ("q=plants&take=random&size=x&seed=1", 400, "is no number of documents"),
    ("q=plants&use=word", 400, "The use “word” is unknown"),
    ("q=plants&file=fulltext/%3Cb%3E", 400, "The format “fulltext/<b>” is unknown"),
    ("q=plants&file=fulltext/docx", 200, "no document of this corpus has it"),
    ("q=plants&use=table&column=%3Cscript%3E", 400, "The column “<script>” is unknown"),
    (f"list={'0' * 32}", 404, "cannot be built"),
    ("q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", 400, "cannot be built"),
)


@pytest.mark.parametrize(("asked", "status", "said"), BAD, ids=[one[0][:40] for one in BAD])
def test_bad_input_is_explained(client: httpx.Client, asked: str, status: int, said: str) -> None:
    """The page says what is wrong, in both languages, and nothing of it is markup."""
    tree = tree_of(client, f"{PAGE}?{asked}&lang=en", status)
    assert said in " ".join(tree.text_content().split())
    assert not find(tree, "//main//script | //main//b")
    tree_of(client, f"{PAGE}?{asked}&lang=fr", status)


def test_lists_that_cannot_be_used(client: httpx.Client) -> None:
    """None of it here, a .corpus file with wrong lines, a file too large, no form at all."""
    none = client.post(f"{PAGE}?lang=en", data={"list": "10.9999/none\nwhat is this"})
    assert none.status_code == 200
    assert "Found: 0 of 1" in none.text
    assert "what is this" in none.text
    wrong = client.post(f"{PAGE}?lang=en", data={"list": "[ISTEX]\nark ark:/1/2 3 4\n"})
    assert (wrong.status_code, "lines cannot be read: 2" in wrong.text) == (400, True)
    large = client.post(PAGE, files={"file": ("a.txt", b"x" * 3_000_000)})
    assert large.status_code == 413
    assert client.post(PAGE, content=b"{}").status_code == 400


def test_beyond_the_limit_a_part_is_offered(keeper: httpx.Client) -> None:
    """Where the operator sets a limit, links take a sample or the first, as many as allowed."""
    tree = tree_of(keeper, f"{PAGE}?q=*&lang=en", 413)
    offers = find(tree, "//div[@role='alert']//li/a/@href")
    assert len(offers) == 2
    for one in offers:
        answer = keeper.get(one)
        followed: Any = (
            answer if answer.status_code == 200 else keeper.get(answer.headers["location"])
        )
        assert "60 documents" in followed.text


def test_pages_are_no_part_of_the_api(client: httpx.Client) -> None:
    """Other origins may not read them; the API's own /corpus answers as ever."""
    page = client.get(f"{PAGE}?q=plants", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in page.headers
    assert client.get("/corpus").headers["content-type"].startswith("application/json")
    gone = client.get("/extract/0123456789abcdef0123456789abcdef.corpus")
    assert gone.status_code == 404

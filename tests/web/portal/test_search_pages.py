"""The pages that search: what the box understands, facets both ways, assisted search, lists."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from fonds.search.query.lucene import read_query
from fonds.settings import SearchSettings
from fonds.web.portal.asking import Asked, Filter, read
from fonds.web.portal.assisted import HOWS, Form, Group, Rule, read_form
from fonds.web.portal.identifier_lists import look_up
from fonds.web.services import Services
from tests.web.portal.trees import find, tree_of


@pytest.fixture(autouse=True)
def in_english(client: httpx.Client) -> None:
    """Ask for pages in English."""
    client.headers["Accept-Language"] = "en"


def record(client: httpx.Client, query: str) -> dict[str, object]:
    """Return the first record of a query."""
    asked = {"q": query, "size": "1", "output": "*"}
    found: dict[str, object] = client.get("/document", params=asked).json()["hits"][0]
    return found


def shown(client: httpx.Client, q: str, **more: str) -> tuple[list[str], str]:
    """Search in the box; return the addresses found and what the page says it read."""
    tree = tree_of(client, "/?" + str(httpx.QueryParams(q=q, **more)))
    note = find(tree, "//p[contains(@class,'understood')]")
    said = " ".join(note[0].text_content().split()) if note else ""
    return find(tree, "//ol[contains(@class,'hits')]//h2/a/@href"), said


@pytest.mark.parametrize(
    "form", ["{}", "doi:{}", "DOI: {}", "https://doi.org/{}", "http://dx.doi.org/{}", '"{}".']
)
def test_a_doi_in_any_notation(client: httpx.Client, form: str) -> None:
    """The article of a DOI is the one result, however the DOI was written."""
    held = record(client, "_exists_:doi AND corpusName:plos")
    doi = str(held["doi"][0])  # type: ignore[index]
    found, said = shown(client, form.format(doi.upper()))
    assert found == [f"/notice/{held['arkIstex']}"]
    assert said.startswith("Read as a DOI")


def test_other_identifiers(client: httpx.Client) -> None:
    """PubMed numbers, ARKs and ISSNs."""
    held = record(client, "_exists_:pmid")
    found, said = shown(client, f"PMID: {held['pmid'][0]}")  # type: ignore[index]
    assert (found, said[:21]) == ([f"/notice/{held['arkIstex']}"], "Read as a PubMed numb")
    found, said = shown(client, str(held["arkIstex"]))
    assert (found, said[:14]) == ([f"/notice/{held['arkIstex']}"], "Read as an ARK")
    issn = record(client, "_exists_:host.issn")["host"]["issn"][0]  # type: ignore[index]
    found, said = shown(client, f"ISSN {issn}")
    assert found
    assert said.startswith("Read as an ISSN")


def test_a_pasted_reference(client: httpx.Client) -> None:
    """A reference as printed finds its article, and the words are one link away."""
    held = record(client, "corpusName:mdpi AND _exists_:author.name AND publicationDate:*")
    author, year = held["author"][0], held["publicationDate"]  # type: ignore[index]
    reference = f"{author['name']}, et al. ({year}). {held['title']}. Some Journal, 6(4): 104."
    found, said = shown(client, reference)
    assert found == [f"/notice/{held['arkIstex']}"]
    assert said.startswith("Read as a reference")
    tree = tree_of(client, "/?" + str(httpx.QueryParams(q=reference)))
    words = tree_of(client, find(tree, "//p[contains(@class,'understood')]/a/@href")[0])
    assert len(find(words, "//ol[contains(@class,'hits')]/li")) > 1
    assert not find(words, "//p[contains(@class,'understood')]")
    nobody = "Nobody N. (1999). Nothing like this was ever written. Acta 1: 2."
    assert shown(client, nobody)[1].startswith("Read as a reference")


@pytest.mark.parametrize(
    "q",
    ["plants", 'doi:"10.1371/journal" AND plants', "doi:10.1371*", '"climate change"',
     "title:water AND publicationDate:[2010 TO *]",
     "plants of the northern hemisphere in the very long year of the comet 1999 AND flora"],
)  # fmt: skip
def test_queries_stay_queries(client: httpx.Client, q: str) -> None:
    """What is written in the query language is not read as anything else."""
    assert shown(client, q)[1] == ""


def test_facets_exclude(client: httpx.Client) -> None:
    """A value can be excluded: the rest is counted, a chip undoes it, never both ways at once."""
    tree = tree_of(client, "/?q=plants")
    total = int(re.sub(r"\D", "", find(tree, "//h1")[0].text_content()))
    row = find(tree, "//section[@class='facet']//li[.//a[@class='not']]")[0]
    count = int(find(row, "./span")[0].text_content())
    address = find(row, ".//a[@class='not']/@href")[0]
    assert parse_qs(urlsplit(address).query)["x"]
    less = tree_of(client, address)
    assert int(re.sub(r"\D", "", find(less, "//h1")[0].text_content())) == total - count
    assert find(less, "//a[@class='excluded']/@href") == ["/?q=plants"]
    both = Asked(q="a", filters=(Filter("genre", "x"),)).with_filter("genre", "x", excluded=True)
    assert read(QueryParams(both[2:])).filters == (Filter("genre", "x", True),)


def test_the_api_is_asked_the_same(client: httpx.Client) -> None:
    """The call that the page shows gives the number that the page shows."""
    address = "/?q=plants&x=corpusName:plos&first=2000&sort=oldest&page=2"
    tree = tree_of(client, address)
    call = find(tree, "//code[@id='api-call']")[0].text_content()
    answer = client.get(call).json()
    shown_total = re.sub(r"\D", "", find(tree, "//h1")[0].text_content())
    assert str(answer["total"]) == shown_total
    hits = [f"/notice/{hit['arkIstex']}" for hit in answer["hits"]]
    assert find(tree, "//ol[contains(@class,'hits')]//h2/a/@href") == hits


def test_results_carry_references(client: httpx.Client) -> None:
    """Each result has one empty COinS span; the page of an article has none."""
    tree = tree_of(client, "/?q=plants")
    spans = find(tree, "//span[@class='Z3988']")
    assert len(spans) == len(find(tree, "//ol[contains(@class,'hits')]/li"))
    said = parse_qs(spans[0].get("title"))
    assert said["ctx_ver"] == ["Z39.88-2004"]
    assert said["rft.atitle"]


RULES: tuple[tuple[Rule, str], ...] = (
    (Rule("", "words", "water plants"), "(water AND plants)"),
    (Rule("title", "words", "water plants"), "title:(water AND plants)"),
    (Rule("title", "any", "water AND"), r"title:(water OR \AND)"),
    (Rule("title", "phrase", 'so "called"'), r'title:"so \"called\""'),
    (Rule("title", "begins", "wat"), "title:wat*"),
    (Rule("title", "is", "Water"), 'title.raw:"Water"'),
    (Rule("publicationDate", "least", "2010"), 'publicationDate:["2010" TO *]'),
    (Rule("publicationDate", "most", "2010"), 'publicationDate:[* TO "2010"]'),
    (Rule("hasFormula", "is", "oui"), "hasFormula:true"),
    (Rule("author.orcid", "is", "0000"), 'author.orcid:"0000"'),
    (Rule("abstract", "exists", ""), "_exists_:abstract"),
    (Rule("title", "words", ""), ""),
)


@pytest.mark.parametrize(("rule", "expected"), RULES, ids=[r[1] or "nothing" for r in RULES])
def test_rules(rule: Rule, expected: str) -> None:
    """Each rule is written in the query language."""
    assert rule.query == expected


def test_groups() -> None:
    """Groups hold together by AND; none of a group's rules is NOT any of them."""
    some, other = Rule("title", "words", "a"), Rule("abstract", "words", "b")
    assert Form((Group("any", (some, other)),)).query == "title:a OR abstract:b"
    form = Form((Group("all", (some, other)), Group("none", (other,)), Group()))
    assert form.query == "(title:a AND abstract:b) AND NOT (abstract:b)"


@given(st.sampled_from(HOWS), st.sampled_from(["", "title", "language", "doi"]), st.text())
@example("words", "", "<0")
def test_any_value_makes_a_query(how: str, field: str, value: str) -> None:
    """Whatever is typed, the form's query can be read."""
    form = read_form(QueryParams([("j0", "all"), ("f0", field), ("h0", how), ("v0", value)]))
    if form.query:
        read_query(form.query, default_operator="OR", settings=SearchSettings())


def test_assisted_search_works_by_its_buttons(client: httpx.Client) -> None:
    """Without a script: a rule more, a group more, one less, the count, and on to the results."""
    base = {"j0": "all", "f0": "title", "h0": "words", "v0": "plants"}
    tree = tree_of(client, "/assisted?" + str(httpx.QueryParams(base)))
    assert find(tree, "//code[@id='query-made']")[0].text_content() == "title:plants"
    total = client.get("/document?q=title:plants&size=0").json()["total"]
    assert re.sub(r"\D", "", find(tree, "//p[@class='live']")[0].text_content()) in (
        str(total), "1" if total == 1 else "",
    )  # fmt: skip
    more = tree_of(client, "/assisted?" + str(httpx.QueryParams({**base, "add": "0"})))
    assert len(find(more, "//li[@class='rule']")) == 2
    more = tree_of(client, "/assisted?" + str(httpx.QueryParams({**base, "add": "group"})))
    assert len(find(more, "//fieldset")) == 2
    less = tree_of(client, "/assisted?" + str(httpx.QueryParams({**base, "drop": "0.0"})))
    assert find(less, "//input[@name='v0']/@value") == [""]
    sent = client.get("/assisted", params={**base, "go": "1"})
    assert (sent.status_code, sent.headers["location"]) == (303, "/?q=title%3Aplants")
    wrong = tree_of(client, "/assisted?j0=all&f0=publicationDate&h0=least&v0=soon")
    assert find(wrong, "//div[@id='preview']")


@pytest.mark.parametrize("odd", ["add=99", "drop=9.9", "drop=x", "j0=odd&f0=none&h0=odd&v0=a"])
def test_odd_forms(client: httpx.Client, odd: str) -> None:
    """Old or forged addresses show a form."""
    assert client.get(f"/assisted?{odd}").status_code == 200


def test_a_list_of_identifiers(client: httpx.Client, services: Services) -> None:
    """Pasted or in a file: what is there is searched, what is not is listed, in its order."""
    asked = {"q": "_exists_:doi", "size": "12", "output": "doi,arkIstex,id"}
    hits = client.get("/document", params=asked).json()["hits"]
    lines = [hits[0]["doi"][0].upper(), f"https://doi.org/{hits[1]['doi'][0]}", hits[2]["arkIstex"],
             hits[3]["id"].lower(), "10.9999/none", "no identifier here", "PMC999999999", "",
             hits[0]["doi"][0]]  # fmt: skip
    rows = ["title;doi", *(f"A title, 2001;{hit['doi'][0]}" for hit in hits[4:])]
    answer = client.post(
        "/identifiers",
        data={"list": "\n".join(lines)},
        files={"file": ("list.csv", "\r\n".join(rows).encode("utf-16"))},
    )
    assert answer.status_code == 200
    assert "Found: 12 of 14 identifiers" in answer.text
    result = look_up(services, "\n".join(lines))
    assert result.missing == ("10.9999/none", "PMC999999999")
    assert result.unread == ("no identifier here",)
    assert result.ids == tuple(hit["id"] for hit in hits[:4])
    address = re.findall(r'href="(/\?list=[0-9a-f]{32})"', answer.text)[0]
    tree = tree_of(client, address)
    assert "12 results" in find(tree, "//h1")[0].text_content()
    call = find(tree, "//code[@id='api-call']")[0].text_content()
    assert client.get(call).json()["total"] == 12
    gone = client.get("/?list=" + "0" * 32)
    assert gone.status_code == 400
    assert "list" in gone.text


def test_lists_have_limits(client: httpx.Client, services: Services) -> None:
    """10,000 identifiers are looked up, the rest is said; files too large are refused."""
    result = look_up(services, "\n".join(f"10.1000/{n}" for n in range(10_003)))
    assert (result.given, result.found, result.cut) == (10_000, 0, 3)
    large = client.post("/identifiers", files={"file": ("a.txt", b"x" * 3_000_000)})
    assert large.status_code == 413
    wrong = client.post("/identifiers", content=b"{}", headers={"Content-Type": "text/plain"})
    assert wrong.status_code == 400
    binary = client.post("/identifiers", files={"file": ("a.bin", bytes(range(256)) * 40)})
    assert binary.status_code == 200

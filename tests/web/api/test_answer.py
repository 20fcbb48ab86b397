"""The JSON of searches, over HTTP, as istex-api.md 1.1, 1.2 and 12 write it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest

from fonds.access.gate import OPERATOR
from fonds.web.api.answer import search_answer
from fonds.web.services import Services
from tests.web.conftest import COUNT

Pairs = list[tuple[str, Any]]


def ask(client: httpx.Client, path: str) -> dict[str, Any]:
    """Ask and expect an answer."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    content: dict[str, Any] = answer.json()
    return content


def test_two_hits_have_the_wire_shape_of_the_contract(client: httpx.Client) -> None:
    """Keys, their order and the page addresses are those of istex-api.md 12.1, to the letter."""
    path = "/document/?q=brain&size=2&output=title,host.title,doi&sid=demo"
    answer = client.get(path)
    start = f"{client.base_url}/document/?q=brain&size=2&output=title,host.title,doi"
    content = ask(client, path)
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert list(content) == ["total", "nextPageURI", "firstPageURI", "lastPageURI", "hits"]
    assert content["total"] == 40
    assert content["nextPageURI"] == f"{start}&defaultOperator=OR&from=2"
    assert content["firstPageURI"] == f"{start}&defaultOperator=OR&from=0"
    assert content["lastPageURI"] == f"{start}&defaultOperator=OR&from=38"
    assert [list(hit) for hit in content["hits"]] == [["title", "host", "doi", "id", "score"]] * 2
    assert content["hits"][0]["host"] == {"title": "Annals of Nothing"}
    assert "brain" in content["hits"][0]["title"]


def test_default_output_is_id_title_ark_and_score(client: httpx.Client) -> None:
    """Without `output` a hit holds what old and new clients read."""
    hit = ask(client, "/document?q=*&size=1")["hits"][0]
    assert list(hit) == ["id", "title", "arkIstex", "score"]
    assert hit["score"] == 1


def test_only_blanks_and_quotes_are_escaped_in_page_addresses(client: httpx.Client) -> None:
    """Brackets, colons and parentheses stay literal; what would break the address does not."""
    query = 'title:("brain study") AND publicationDate:[1990 TO *]'
    content = client.get("/document/", params={"q": query, "size": "1"}).json()
    assert (
        "?q=title:(%22brain%20study%22)%20AND%20publicationDate:[1990%20TO%20*]&size=1"
        in content["firstPageURI"]
    )
    odd = client.get("/document/", params={"q": 'brain AND "a&b+c#d%e"'}).json()
    assert parse_qs(urlsplit(odd["firstPageURI"]).query)["q"] == ['brain AND "a&b+c#d%e"']


def test_paging_by_the_given_addresses_visits_each_document_once(client: httpx.Client) -> None:
    """Following nextPageURI ends, and back again by prevPageURI."""
    content = ask(client, "/document?q=*&size=7&sortBy=title.raw[desc]&output=id")
    seen = [hit["id"] for hit in content["hits"]]
    assert "prevPageURI" not in content
    while "nextPageURI" in content:
        content = ask(client, content["nextPageURI"])
        seen += [hit["id"] for hit in content["hits"]]
    assert len(seen) == len(set(seen)) == COUNT
    assert content["prevPageURI"].endswith("&from=49")


def test_count_and_facets_only(client: httpx.Client) -> None:
    """`size=0` has no page addresses: total, hits, aggregations (istex-api.md 12.2)."""
    content = ask(
        client,
        "/document?q=*&size=0&facet=corpusName[1],hasFormula,publicationDate[1990-1994:2]",
    )
    assert list(content) == ["total", "hits", "aggregations"]
    assert (content["total"], content["hits"]) == (COUNT, [])
    assert content["aggregations"] == {
        "corpusName": {
            "docCountErrorUpperBound": 0,
            "sumOtherDocCount": 15,
            "keyCount": 1,
            "buckets": [{"key": "first", "docCount": 45}],
        },
        "hasFormula": {
            "docCountErrorUpperBound": 0,
            "sumOtherDocCount": 0,
            "keyCount": 2,
            "buckets": [
                {"key": 0, "keyAsString": "false", "docCount": 30},
                {"key": 1, "keyAsString": "true", "docCount": 30},
            ],
        },
        "publicationDate": {
            "buckets": [
                {
                    "keyAsString": "1990",
                    "key": 631152000000,
                    "docCount": 12,
                    "rangeAsString": "[1990-1992[",
                },
                {
                    "keyAsString": "1992",
                    "key": 694224000000,
                    "docCount": 12,
                    "rangeAsString": "[1992-1994[",
                },
                {
                    "keyAsString": "1994",
                    "key": 757382400000,
                    "docCount": 6,
                    "rangeAsString": "[1994-1994]",
                },
            ],
            "keyCount": 3,
        },
    }


def test_stats_come_first_and_have_what_widgets_read(client: httpx.Client) -> None:
    """`stats` as a bare flag adds two times in milliseconds."""
    content = ask(client, "/document?q=*&size=1&stats")
    assert next(iter(content)) == "stats"
    assert content["stats"]["istex-api"]["took"] >= 0
    assert content["stats"]["elasticsearch"]["took"] >= 0


def test_everything_but_figures_and_tables(client: httpx.Client) -> None:
    """`output=*` gives the record with absolute file addresses; captions only by name."""
    hit = ask(client, "/document?q=*&size=1&output=*")["hits"][0]
    assert "figure" not in hit
    assert hit["host"]["genre"] == ["journal"]
    addresses = [file["uri"] for file in hit["fulltext"] + hit["metadata"]]
    assert all(uri.startswith(f"{client.base_url}/ark:/99999/") for uri in addresses)
    named = ask(client, "/document?q=*&size=1&output=*,figure")["hits"][0]
    assert named["figure"] == ["Figure caption 0"]


def test_output_leniency(client: httpx.Client) -> None:
    """Unknown names, an empty output and paths into lists are all fine."""
    assert list(ask(client, "/document?q=*&size=1&output=")["hits"][0]) == ["id", "score"]
    hit = ask(client, "/document?q=*&size=1&output=link,pubdate,author.name,nothing.at.all")
    assert list(hit["hits"][0]) == ["author", "id", "score"]
    assert hit["hits"][0]["author"][1] == {"name": "Bob Sample"}


def test_random_order_reveals_its_seed_and_repeats(client: httpx.Client) -> None:
    """The seed stands in every page address, and the pages fit together."""
    content = ask(client, "/document?q=*&size=30&rankBy=random&output=id")
    assert "&rankBy=random&randomSeed=" in content["nextPageURI"]
    again = ask(client, content["firstPageURI"])
    assert again["hits"] == content["hits"]
    rest = ask(client, content["nextPageURI"])
    ids = {hit["id"] for hit in content["hits"] + rest["hits"]}
    assert len(ids) == COUNT


def test_sorting_puts_missing_values_last(client: httpx.Client) -> None:
    """Both directions end with the documents without a year."""
    for order in ("asc", "desc"):
        content = ask(
            client,
            f"/document?q=*&size=60&output=publicationDate&sortBy=publicationDate[{order}],title.raw",
        )
        years = [hit.get("publicationDate") for hit in content["hits"]]
        given = [year for year in years if year]
        assert years[len(given) :] == [None] * 6
        assert given == sorted(given, reverse=order == "desc")


def test_deep_pages_and_absurd_sizes(client: httpx.Client) -> None:
    """There is no window: beyond the end nothing is there; sizes are cut, not refused."""
    content = ask(client, "/document?q=*&from=99999999999999999999&size=99999999999999999999")
    assert (content["total"], content["hits"]) == (COUNT, [])
    assert "&size=5000&" in content["firstPageURI"]
    assert len(ask(client, "/document?q=*&size=*&output=id")["hits"]) == COUNT


def test_post_takes_json_and_forms(client: httpx.Client) -> None:
    """A long query by POST is answered like the same query by GET."""
    expected = ask(client, "/document?q=brain&size=3&output=id")["hits"]
    long = "brain" + " " * 3_000
    path = "/document?size=3&output=id&sid=istex-search"
    for answer in (
        client.post(path, json={"qString": long}),
        client.post(path, data={"qString": "brain"}),
    ):
        assert answer.status_code == 200
        assert answer.json()["hits"] == expected


def test_jsonp(client: httpx.Client) -> None:
    """A callback wraps the answer; a name that is none is refused."""
    answer = client.get("/document/?q=*&size=0&callback=JSON_CALLBACK")
    assert answer.headers["content-type"].startswith("application/javascript")
    assert json.loads(answer.text.removeprefix("JSON_CALLBACK(").rstrip(");")) == {
        "total": COUNT,
        "hits": [],
    }
    assert client.get("/document/?q=*&callback=alert(1)//").status_code == 400


@pytest.mark.parametrize(
    "extra",
    ["_1424268118509=", "spread=1", "withID=true", 'sid="x"', "sid=a?sid=b", "auth=ip,fede"],
)
def test_unknown_parameters_are_ignored_and_not_echoed(client: httpx.Client, extra: str) -> None:
    """What other versions of the API knew never disturbs."""
    content = ask(client, f"/document?q=brain&size=1&{extra}")
    assert content == ask(client, "/document?q=brain&size=1")


def test_legacy_corpus_filter(client: httpx.Client) -> None:
    """`corpus` restricts to a collection and stays in the page addresses."""
    content = ask(client, "/document?q=*&corpus=second&size=5&output=corpusName")
    assert content["total"] == 15
    assert "&corpus=second&" in content["nextPageURI"]


def test_scroll_life_cycle(client: httpx.Client) -> None:
    """istex-api.md 12.4: pages, the last one flagged, an exhausted walk goes on answering."""
    path = "/document/?q=brain&scroll=5m&output=arkIstex,doi&size=25&sid=ezs&facet=corpusName"
    first = ask(client, path)
    assert list(first) == [
        "total",
        "scroll",
        "scrollId",
        "nextScrollURI",
        "noMoreScrollResults",
        "hits",
        "aggregations",
    ]
    assert (first["total"], first["scroll"], first["noMoreScrollResults"]) == (40, "5m", False)
    assert first["nextScrollURI"].startswith(f"{client.base_url}/document/?q=brain&size=25&output=")
    assert "&scroll=5m&scrollId=" in first["nextScrollURI"]
    assert first["nextScrollURI"].endswith("%3D%3D")
    last = ask(client, first["nextScrollURI"])
    assert list(last) == ["total", "scroll", "scrollId", "noMoreScrollResults", "hits"]
    assert last["noMoreScrollResults"] is True
    arks = {hit["arkIstex"] for hit in first["hits"] + last["hits"]}
    assert (len(first["hits"]), len(last["hits"]), len(arks)) == (25, 15, 40)
    again = ask(client, first["nextScrollURI"])
    assert (again["hits"], again["noMoreScrollResults"]) == ([], True)
    assert again["scrollId"] == first["scrollId"]


def test_scroll_pages_heed_only_the_cursor(client: httpx.Client) -> None:
    """Another q, size and output are ignored; `size=0` does not move the walk."""
    first = ask(client, "/document/?q=brain&scroll=30s&size=30&output=id")
    cursor = first["scrollId"]
    peek = ask(client, f"/document/?q=1&size=0&scroll=30s&scrollId={cursor}")
    assert (peek["hits"], peek["scrollId"], peek["noMoreScrollResults"]) == ([], cursor, False)
    rest = ask(client, f"/document/?q=1&size=2&output=*&scrollId={cursor}")
    assert len(rest["hits"]) == 10
    assert list(rest["hits"][0]) == ["id", "score"]


def test_a_result_of_one_page_is_done_at_once(client: httpx.Client) -> None:
    """No second request is asked of the client."""
    content = ask(client, "/document/?q=brain&scroll=&size=40")
    assert content["noMoreScrollResults"] is True
    assert "nextScrollURI" not in content


def test_an_expired_cursor_says_so(client: httpx.Client) -> None:
    """404, and a sentence that tells what to do."""
    for cursor in ("A==", "x" * 34 + "==", "../../catalogue"):
        answer = client.get("/document/", params={"q": "1", "scrollId": cursor})
        assert answer.status_code == 404
        assert "expiré" in answer.json()["_error"]
    short = ask(client, "/document/?q=brain&scroll=1ms&size=1")
    answer = client.get(short["nextScrollURI"])
    assert answer.status_code == 404


def test_the_command_line_gets_the_same_answer(services: Services, client: httpx.Client) -> None:
    """`search_answer` is what HTTP sends."""
    base = str(client.base_url).rstrip("/")
    made = search_answer(services, {"q": "brain", "size": "2"}, base, OPERATOR)
    assert json.loads(made) == ask(client, "/document?q=brain&size=2")


def test_infinite_scores_are_numbers(client: httpx.Client) -> None:
    """JSON has no infinity; a boost beyond measure still gives an answer."""
    for query in ("brain^1e300", "brain^1e38 study^1e38"):
        answer = client.get("/document", params={"q": query})
        assert answer.status_code == 200
        hit = msgspec.json.decode(answer.content)["hits"][0]
        assert hit["score"] >= 0


@pytest.mark.parametrize("output", ["id", "arkIstex", "id,arkIstex", "", "id.x"])
def test_a_walk_of_names_alone_says_what_records_say(client: httpx.Client, output: str) -> None:
    """Ids and ARKs come without reading records; the answer is the one a page gives."""
    page = client.get(f"/document?q=title:brain&size=60&output={output}").json()
    walk = client.get(f"/document?q=title:brain&size=60&output={output}&scroll=5m").json()
    assert walk["hits"] == page["hits"]
    assert [list(hit) for hit in walk["hits"]] == [list(hit) for hit in page["hits"]]


def test_top_hits_hold_the_best_documents_of_each_bucket(client: httpx.Client) -> None:
    """Elasticsearch's envelope, as lodex reads it; also below a nested facet."""
    content = ask(
        client,
        "/document?q=title:brain&size=0&facet=host.title[2]>topHits[1],corpusName>genre>topHits",
    )
    bucket = content["aggregations"]["host.title"]["buckets"][0]
    assert bucket["docCount"] == bucket["topHits"]["hits"]["total"] == 40
    (hit,) = bucket["topHits"]["hits"]["hits"]
    assert hit["_source"]["host"]["title"] == "Annals of Nothing"
    assert hit["_score"] == bucket["topHits"]["hits"]["max_score"] > 0
    assert "figure" not in hit["_source"]
    assert hit["_source"]["fulltext"][0]["uri"].startswith(str(client.base_url))
    best = ask(client, "/document?q=title:brain&size=1&output=id")["hits"][0]["id"]
    assert hit["_source"]["id"] == best
    inner = content["aggregations"]["corpusName"]["buckets"][0]["genre"]["buckets"][0]
    assert len(inner["topHits"]["hits"]["hits"]) == 1


@pytest.mark.parametrize(
    "facet", ["topHits", "topHits[1]", "corpusName>topHits>genre", "corpusName>topHits[x]",
              "corpusName>topHits[0]", "genre[" + "9" * 5_000 + "x]"],
)  # fmt: skip
def test_top_hits_in_the_wrong_place(client: httpx.Client, facet: str) -> None:
    """400 with a reason."""
    answer = client.get("/document", params={"q": "*", "size": "0", "facet": facet})
    assert (answer.status_code, answer.json()["code"]) == (400, "facet-invalid")


def test_highlight_says_where_a_hit_answers(client: httpx.Client) -> None:
    """HTML by field, only for what was asked; everything else of the answer stays the same."""
    path = "/document?q=brain+rovers+cleaned&size=1&output=id"
    plain = ask(client, path)
    content = ask(client, f"{path}&highlight")
    found = content["hits"][0].pop("highlight")
    assert content == plain
    assert found["title"][0].startswith("The <em>brain</em> study")
    assert found["abstract"][0].endswith(" about lunar <em>rovers</em>")
    assert found["fulltext"] == ["<em>cleaned</em> text"]
    assert "highlight" not in ask(client, f"{path}&highlight=0")["hits"][0]
    answer = client.get("/document?q=*&size=101&highlight")
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter-invalid")


def test_an_order_by_meaning_without_vectors_is_that_of_words(client: httpx.Client) -> None:
    """The answer says so; without `rankBy=hybrid` it has no such key."""
    plain = ask(client, "/document?q=brain&size=5&facet=language")
    content = ask(client, "/document?q=brain&size=5&facet=language&rankBy=hybrid")
    assert content["ordered"] == {"by": "relevance", "reason": "no-vectors"}
    assert "ordered" not in plain
    for key in ("total", "hits", "aggregations"):
        assert content[key] == plain[key]

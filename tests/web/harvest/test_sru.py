"""SRU: what YAZ finds, every version, every diagnostic."""

from __future__ import annotations

import re
import shutil
import subprocess

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.web.conftest import COUNT

OLD = "{http://www.loc.gov/zing/srw/}"
NEW = "{http://docs.oasis-open.org/ns/search-ws/sruResponse}"
MODS = "{http://www.loc.gov/mods/v3}"
DC = "{http://purl.org/dc/elements/1.1/}"
DIAGNOSTIC = re.compile(r"info:srw/diagnostic/1/(\d+)")


def search(client: httpx.Client, query: str, **more: str) -> etree._Element:
    """Search by version 1.2, unless told otherwise."""
    given = {"operation": "searchRetrieve", "version": "1.2", "query": query, **more}
    answer = client.get("/sru", params=given)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    return etree.fromstring(answer.content)


def total(answer: etree._Element) -> int:
    """Return the number of records, which no diagnostic accompanies."""
    assert not DIAGNOSTIC.search(etree.tostring(answer, encoding="unicode"))
    return int(answer.findtext("{*}numberOfRecords") or -1)


@pytest.mark.parametrize(
    ("cql", "lucene"),
    [
        ("cql.allRecords = 1", "*"),
        ("dc.title = cerveau", "title:cerveau"),
        ('dc.title all "brain study"', "title:brain AND title:study"),
        ('dc.title any "brain cerveau"', "title:(brain OR cerveau)"),
        ('dc.title adj "brain study"', 'title:"brain study"'),
        ("title = cerv* or title = br?in", "title:cerv* OR title:br?in"),
        ("dc.date = 1995", "publicationDate:1995"),
        ('dc.date within "1992 1994"', "publicationDate:[1992 TO 1994]"),
        ("dc.date >= 1994 and dc.date < 1996", "publicationDate:[1994 TO 1995]"),
        ("dc.date <> 1995", "* NOT publicationDate:1995"),
        ("bath.issn = 1234-5679", 'host.issn:"1234-5679"'),
        ('fonds.doi = "10.1000/XYZ.7"', 'doi.raw:"10.1000/xyz.7"'),
        ("rec.collectionName = first", 'corpusName.raw:"first"'),
        ("fonds.language = fre", "language:fre"),
        ('dc.source == "Annals of Nothing"', 'host.title.raw:"Annals of Nothing"'),
        ("fonds.volume = 3", "host.volume:3"),
        ("magma not dc.title = cerveau", "magma AND NOT title:cerveau"),
        ("a or brain and cerveau", "(a OR brain) AND cerveau"),
        ('dc.creator = "Ada Exemple 7"', 'author.name:"Ada Exemple 7"'),
        ("évolution", "évolution"),
    ],
)
def test_a_query_means_the_same_everywhere(client: httpx.Client, cql: str, lucene: str) -> None:
    """CQL and the API's own language count the same documents."""
    expected = client.get("/document", params={"q": lucene, "size": "0"}).json()["total"]
    assert total(search(client, cql)) == expected
    assert total(search(client, cql, version="1.1")) == expected
    answer = client.get("/sru", params={"query": cql})
    assert total(etree.fromstring(answer.content)) == expected


def test_records_come_in_both_forms(client: httpx.Client) -> None:
    """Dublin Core and MODS, with places, as XML and as text, in the order asked for."""
    query = "dc.title = brain sortBy dc.date/sort.descending"
    answer = search(client, query, recordSchema="mods", maximumRecords="3", startRecord="2")
    records = answer.findall(f"{OLD}records/{OLD}record")
    assert [one.findtext(f"{OLD}recordPosition") for one in records] == ["2", "3", "4"]
    assert answer.findtext(f"{OLD}nextRecordPosition") == "5"
    assert all(one.find(f"{OLD}recordData/{MODS}mods") is not None for one in records)
    answer = search(client, query, maximumRecords="60")
    dates = [one.text or "" for one in answer.iter(f"{DC}date")]
    assert dates == sorted(dates, reverse=True)
    assert answer.find(f"{OLD}nextRecordPosition") is None
    answer = search(client, query, recordPacking="string", maximumRecords="1")
    said = answer.findtext(f"{OLD}records/{OLD}record/{OLD}recordData") or ""
    assert etree.fromstring(said).find(f"{DC}title") is not None


def test_the_server_explains_itself(client: httpx.Client) -> None:
    """Without a question, in each version."""
    for address, namespace in (
        ("/sru", NEW),
        ("/sru?operation=explain&version=1.1", OLD),
        ("/sru/?version=2.0", NEW),
    ):
        answer = etree.fromstring(client.get(address).content)
        assert answer.tag == f"{namespace}explainResponse"
        names = {name.text for name in answer.iter("{http://explain.z3950.org/dtd/2.0/}name")}
        assert {"title", "creator", "issn", "doi"} <= names


@pytest.mark.parametrize(
    ("parameters", "number"),
    [
        ({"operation": "scan", "version": "1.2", "scanClause": "a"}, 4),
        ({"version": "3.0", "query": "a"}, 5),
        ({"query": "a", "startRecord": "0"}, 6),
        ({"query": "a", "maximumRecords": "many"}, 6),
        ({"query": "a", "queryType": "sql"}, 6),
        ({"operation": "searchRetrieve", "version": "1.2"}, 7),
        ({"query": "a", "nonsense": "1"}, 8),
        ({"query": "a and"}, 10),
        ({"query": "a" * 30_000}, 12),
        ({"query": "dc.nonsense = a"}, 16),
        ({"query": "dc.title = brain", "startRecord": "1000"}, 61),
        ({"query": "a", "recordSchema": "marcxml"}, 66),
        ({"query": "a", "recordPacking": "zip"}, 71),
        ({"query": "a", "sortKeys": "title"}, 80),
    ],
)
def test_diagnostics_have_their_numbers(
    client: httpx.Client, parameters: dict[str, str], number: int
) -> None:
    """Errors come with status 200, a number and words, and no record."""
    answer = client.post("/sru", data=parameters)
    said = answer.text
    assert (answer.status_code, DIAGNOSTIC.findall(said)) == (200, [str(number)])
    assert (etree.fromstring(answer.content).findtext("{*}numberOfRecords")) == "0"


def test_yaz_searches(client: httpx.Client) -> None:
    """The library world's own client finds and shows, by 1.2 and by 2.0."""
    tool = shutil.which("yaz-client")
    if tool is None:
        pytest.skip("yaz-client is not installed: no other SRU client is tried")
    for version in ("1.1", "1.2", "2.0"):
        commands = (
            f"open {client.base_url}/sru\nquerytype cql\nsru get {version}\nschema mods\n"
            'find dc.title = "brain"\nshow 1+2\nquit\n'
        )
        done = subprocess.run(
            [tool], input=commands, capture_output=True, text=True, timeout=60, check=False
        )
        assert f"Number of hits: {COUNT - COUNT // 3}" in done.stdout, done.stdout
        assert done.stdout.count("<titleInfo>") >= 2


@settings(
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.dictionaries(
        st.sampled_from(["query", "version", "operation", "startRecord", "recordSchema", "x"]),
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["1.2", "2.0", "searchRetrieve", "dc.title = a", "3", "mods"]),
        ),
    )
)
def test_anything_gets_an_answer(client: httpx.Client, parameters: dict[str, str]) -> None:
    """Whatever is asked, the answer is XML of the protocol."""
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in parameters.items()}
    answer = client.get("/sru", params=sent)
    assert answer.status_code == 200
    assert etree.fromstring(answer.content).tag.startswith((OLD, NEW))

"""OAI-PMH: two other harvesters take everything, the schema holds, every error has its code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from oaipmh_scythe import HTTPConfig, Scythe
from oaipmh_scythe.models import Record
from sickle import Sickle

from fonds.settings import HarvestSettings, Settings
from fonds.web.app import create_app
from fonds.web.harvest.oai_pmh.sets import collection_of, collection_spec
from fonds.web.services import open_services
from tests.web.conftest import COUNT, load, serving

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
FIRST = COUNT - COUNT // 4  # documents of the collection "first"
Ask = Callable[..., etree._Element]


@pytest.fixture(scope="session")
def schema(shared: Path) -> etree.XMLSchema:
    """Return the schema of OAI-PMH."""
    return etree.XMLSchema(etree.parse(shared / "refs" / "OAI-PMH.xsd"))


@pytest.fixture
def ask(client: httpx.Client) -> Ask:
    """Return a way to ask that reads the answer."""

    def asking(**arguments: str) -> etree._Element:
        answer = client.get("/oai", params=arguments)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        return etree.fromstring(answer.content)

    return asking


def code(answer: etree._Element) -> str:
    """Return the code of an error; empty when there is none."""
    found = answer.find(f"{OAI}error")
    return found.get("code", "") if found is not None else ""


def listed(ask: Ask, verb: str, **arguments: str) -> list[etree._Element]:
    """Follow tokens to the end."""
    found: list[etree._Element] = []
    asked = arguments
    sizes = set()
    while True:
        answer = ask(verb=verb, **asked)
        assert not code(answer), etree.tostring(answer)
        kind = "record" if verb == "ListRecords" else "header"
        token = answer.find(f"{OAI}{verb}/{OAI}resumptionToken")
        if token is not None:
            assert token.get("cursor") == str(len(found))
            sizes.add(token.get("completeListSize"))
        found += answer.findall(f"{OAI}{verb}/{OAI}{kind}")
        if token is None or not token.text:
            assert sizes in (set(), {str(len(found))})
            return found
        asked = {"resumptionToken": token.text}


def test_sickle_harvests_everything(harvested: str) -> None:
    """All records once, in each form, under ARKs; sets filter."""
    harvester = Sickle(f"{harvested}/oai")
    identity = harvester.Identify()
    assert (identity.deletedRecord, identity.protocolVersion) == ("persistent", "2.0")
    assert {one.metadataPrefix for one in harvester.ListMetadataFormats()} == {
        "oai_dc", "mods", "tei",
    }  # fmt: skip
    for prefix in ("oai_dc", "mods", "tei"):
        records = list(harvester.ListRecords(metadataPrefix=prefix))
        assert len({one.header.identifier for one in records}) == len(records) == COUNT
        assert all(one.header.identifier.startswith("ark:/99999/") for one in records)
    titles = {one.metadata["title"][0] for one in harvester.ListRecords(metadataPrefix="oai_dc")}
    assert len(titles) == COUNT
    sets = {one.setSpec: one.setName for one in harvester.ListSets()}
    assert sets["collection:first"] == "first"
    assert sets["journal:1234-5679"] == "Annals of Nothing"
    for spec, count in {"collection:first": FIRST, "journal": COUNT, "collection": COUNT}.items():
        heads = list(harvester.ListIdentifiers(metadataPrefix="mods", set=spec))
        assert len(heads) == count


def test_scythe_harvests_everything(harvested: str) -> None:
    """The other harvester, by POST."""
    with Scythe(f"{harvested}/oai", http_config=HTTPConfig(http_method="POST")) as harvester:
        records = [
            one
            for one in harvester.list_records(metadata_prefix="oai_dc")
            if isinstance(one, Record)
        ]
        names = [str(one.header.identifier) for one in records]
        assert len(set(names)) == COUNT
        found = harvester.get_record(identifier=names[0], metadata_prefix="tei")
        assert isinstance(found, Record)
        assert found.header.identifier == names[0]


@pytest.mark.parametrize(
    "arguments",
    [
        {"verb": "Identify"},
        {"verb": "ListMetadataFormats"},
        {"verb": "ListSets"},
        {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "journal:1234-5679"},
        {"verb": "ListRecords", "metadataPrefix": "mods", "from": "2001-01-01"},
        {"verb": "ListRecords", "metadataPrefix": "tei", "until": "2999-01-01T00:00:00Z"},
        {"verb": "ListIdentifiers", "metadataPrefix": "tei"},
        {"verb": "Nonsense"},
        {"verb": "ListRecords", "resumptionToken": "forged"},
        {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "ark:/99999/nothing"},
        {"verb": "GetRecord", "metadataPrefix": "a b", "identifier": "<\x00>"},
    ],
    ids=str,
)
def test_answers_are_valid(ask: Ask, schema: etree.XMLSchema, arguments: dict[str, str]) -> None:
    """Every answer holds to the schema of the protocol, errors too."""
    schema.assertValid(ask(**arguments))


def test_xmllint_agrees(client: httpx.Client, shared: Path, tmp_path: Path) -> None:
    """Another validator says the same."""
    import subprocess  # noqa: PLC0415

    tool = shutil.which("xmllint")
    if tool is None:
        pytest.skip("xmllint is not installed: answers are validated by lxml alone")
    page = tmp_path / "page.xml"
    page.write_bytes(client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").content)
    command = [
        tool,
        "--nonet",
        "--noout",
        "--schema",
        str(shared / "refs" / "OAI-PMH.xsd"),
        str(page),
    ]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods&metadataPrefix=mods", "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods&from=1999", "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods&from=1999-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods&from=2001-01-02&until=2001-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods&from=2001-01-02&until=2002-01-01T00:00:00Z",
         "badArgument"),
        ("verb=ListRecords&metadataPrefix=mods&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=%FF", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=mods&until=1901-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=mods&from=2999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=mods&set=nothing", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=mods&set=collection:nothing", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=mods&set=journal:0000-0000", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=AAAA", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=AAAA", "badResumptionToken"),
        ("verb=GetRecord&metadataPrefix=mods&identifier=oai:x:1", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=ark:/99999/0", "idDoesNotExist"),
    ],
)  # fmt: skip
def test_errors_have_their_codes(client: httpx.Client, query: str, expected: str) -> None:
    """The same by GET and by POST; with badVerb and badArgument the request has no attributes."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    for answer in (
        client.get(f"/oai?{query}"),
        client.post("/oai", content=query.encode(), headers=form),
    ):
        said = etree.fromstring(answer.content)
        assert (answer.status_code, code(said)) == (200, expected)
        request = said.find(f"{OAI}request")
        assert request is not None
        assert bool(request.attrib) is (expected not in ("badVerb", "badArgument"))


def test_tokens_belong_to_their_list(ask: Ask) -> None:
    """A token works again and again, for its verb alone, and not when a character is changed."""
    first = ask(verb="ListIdentifiers", metadataPrefix="mods")
    token = first.findtext(f"{OAI}ListIdentifiers/{OAI}resumptionToken") or ""
    pages = [ask(verb="ListIdentifiers", resumptionToken=token) for _ in range(2)]
    heads = [page.findall(f"{OAI}ListIdentifiers/{OAI}header") for page in pages]
    assert len(heads[0]) == len(heads[1]) == 7
    assert code(ask(verb="ListRecords", resumptionToken=token)) == "badResumptionToken"
    changed = token[:30] + ("A" if token[30] != "A" else "B") + token[31:]
    assert code(ask(verb="ListIdentifiers", resumptionToken=changed)) == "badResumptionToken"


def test_dates_choose(ask: Ask) -> None:
    """A list from and to the datestamp of a record holds it, in both granularities."""
    heads = listed(ask, "ListIdentifiers", metadataPrefix="oai_dc")
    stamps = sorted(head.findtext(f"{OAI}datestamp") or "" for head in heads)
    for bounds in ((stamps[0], stamps[-1]), (stamps[0][:10], stamps[-1][:10])):
        arguments = {"metadataPrefix": "oai_dc", "from": bounds[0], "until": bounds[1]}
        assert len(listed(ask, "ListIdentifiers", **arguments)) == COUNT
    earliest = ask(verb="Identify").findtext(f"{OAI}Identify/{OAI}earliestDatestamp")
    assert earliest == stamps[0]


def test_corrections_and_withdrawals_are_told(tmp_path: Path) -> None:
    """What is withdrawn stays as deleted, with its day; identifiers with a domain are found."""
    home = tmp_path / "home"
    load(home, range(8), Settings())
    harvest = HarvestSettings(
        page=3, namespace="archive.example.org", withdrawn={"second": date(2999, 1, 2)}
    )
    services = open_services(home, Settings(harvest=harvest))
    with serving(create_app(services)) as address:
        records = list(Sickle(f"{address}/oai").ListRecords(metadataPrefix="oai_dc"))
        deleted = [one.header for one in records if one.deleted]
        assert (len(records), len(deleted)) == (8, 2)
        assert {head.datestamp for head in deleted} == {"2999-01-02T00:00:00Z"}
        harvester = Sickle(f"{address}/oai")
        later = {"metadataPrefix": "mods", "from": "2999-01-01"}
        assert len(list(harvester.ListIdentifiers(**later))) == 2
        known = records[0].header.identifier
        assert known.startswith("oai:archive.example.org:ark:/99999/")
        for name in (known, known.partition(":ark:")[0] and "ark:" + known.partition(":ark:")[2]):
            one = harvester.GetRecord(identifier=name, metadataPrefix="oai_dc")
            assert one.header.identifier == known


def test_sets_follow_a_load(tmp_path: Path) -> None:
    """Counts and sets that are kept between requests end with the load that changes them."""
    home = tmp_path / "home"
    load(home, range(8), Settings())
    with serving(create_app(open_services(home, Settings()))) as address:
        harvester = Sickle(f"{address}/oai")

        def counted() -> list[int]:
            return [
                len(list(harvester.ListIdentifiers(metadataPrefix="mods", **chosen)))
                for chosen in ({}, {"set": "journal"}, {"set": "journal:1234-5679"})
            ]

        sets = {one.setSpec for one in harvester.ListSets()}
        assert (counted(), counted()) == ([8, 8, 8], [8, 8, 8])
        load(home, range(8, 11), Settings())
        assert counted() == [11, 11, 11]
        assert {one.setSpec for one in harvester.ListSets()} == sets


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_a_set_names_its_collection(name: str) -> None:
    """Any name of a collection can be written as a set and read again."""
    name = name.encode("utf-8", "replace").decode()
    spec = collection_spec(name)
    assert collection_of(spec) == name
    assert spec.isascii()
    assert spec.count(":") == 1


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(arguments={"verb": "ListRecords", "metadataPrefix": "0", "from": "0"})
@given(
    st.dictionaries(
        st.sampled_from(["verb", "metadataPrefix", "identifier", "set", "from", "resumptionToken"]),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["ListRecords", "GetRecord", "ListSets", "mods", "oai_dc"]),
        ),
    )
)
def test_anything_gets_a_valid_answer(
    client: httpx.Client, schema: etree.XMLSchema, arguments: dict[str, str]
) -> None:
    """Whatever is asked, the answer is XML that holds to the schema."""
    encodable = {
        name: value.encode("utf-8", "replace").decode() for name, value in arguments.items()
    }
    answer = client.get("/oai", params=encodable)
    assert answer.status_code == 200
    schema.assertValid(etree.fromstring(answer.content))

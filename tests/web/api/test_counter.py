"""The COUNTER API over a real server: keys, exceptions, reports that fit the schemas."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest

from fonds.access.usage.customers import digest
from fonds.access.usage.event_log import EventLog, day_of
from fonds.access.usage.events import Event, pack_ords
from fonds.access.usage.exceptions import STATUS
from fonds.access.usage.gathering import gather
from fonds.access.usage.kinds import KINDS
from fonds.access.usage.wishes import month_before
from fonds.archive.archive import Archive
from fonds.settings import Settings
from fonds.web.services import open_services
from tests.web.conftest import api_app, load, serving

NOW = day_of(int(time.time() * 1000))[:7]
LAST = month_before(NOW)
WORLD = "0000000000000000"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Return a client of a home that was read last month."""
    home = tmp_path_factory.mktemp("counter") / "home"
    load(home, range(4), Settings())
    (home / "access.toml").write_text(
        f'usage_key = "{digest("operator")}"\n[institutions.lyon]\nname = "Lyon"\n'
        f'usage_key = "{digest("lyon-key")}"\n[institutions.nancy]\n'
    )
    then = int(time.mktime(time.strptime(f"{LAST}-15", "%Y-%m-%d")) * 1000)
    log = EventLog(home / "usage" / "events")
    log.append(
        [
            Event(then, "u", "a", "request", pack_ords([1, 2, 3]), "Open", customers=("lyon",)),
            Event(then, "u", "b", "search"),
            Event(then + 60_000, "u", "c", "search", customers=("i1", "i2", "i3", "i4", "i5")),
        ]
    )
    log.close()
    with Archive.open(home, Settings()) as archive:
        gather(home, archive)
    opened = open_services(home, Settings())
    with serving(api_app(opened)) as address, httpx.Client(base_url=address) as made:
        yield made
    opened.close()


def asked(**given: str) -> dict[str, str]:
    """Return the parameters of a good request, with changes."""
    good = {"customer_id": "lyon", "api_key": "lyon-key", "begin_date": LAST, "end_date": LAST}
    return {key: value for key, value in {**good, **given}.items() if value}


@pytest.fixture(scope="module")
def schemas(shared: Path) -> dict[str, Any]:
    """Return the document of the COUNTER API."""
    found: dict[str, Any] = json.loads((shared / "refs/counter/COUNTER_API.json").read_text())
    return found


def fits(schemas: dict[str, Any], name: str, content: object) -> None:
    """Check some JSON against a schema of the standard."""
    validator = jsonschema.Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": schemas["components"]},
        format_checker=jsonschema.FormatChecker(),
    )
    assert [error.message for error in validator.iter_errors(content)] == []


def test_every_report(client: httpx.Client, schemas: dict[str, Any]) -> None:
    """In lower case, for an institution and for the world."""
    for kind in KINDS:
        for who in ({}, {"customer_id": WORLD, "api_key": "operator"}):
            answer = client.get(f"/r51/reports/{kind.path}", params=asked(**who))
            assert answer.status_code == 200
            fits(schemas, kind.id, answer.json())
    found = client.get("/r51/reports/tr", params=asked()).json()["Report_Items"]
    performance = found[0]["Attribute_Performance"][0]["Performance"]
    assert performance["Total_Item_Requests"] == {LAST: 3}


def test_lists(client: httpx.Client, schemas: dict[str, Any]) -> None:
    """Status is for everyone; members and reports for who holds a key."""
    (status,) = client.get("/r51/status").json()
    fits(schemas, "Status", status)
    reports = client.get("/r51/reports", params=asked()).json()
    assert [one["Report_ID"] for one in reports] == [kind.id for kind in KINDS]
    for one in reports:
        fits(schemas, "Report", one)
        assert (one["First_Month_Available"], one["Last_Month_Available"]) == (LAST, LAST)
    members = client.get("/r51/members", params=asked()).json()
    assert [one["Customer_ID"] for one in members] == ["lyon"]
    world = asked(customer_id=WORLD, api_key="operator")
    members = client.get("/r51/members", params=world).json()
    assert [one["Customer_ID"] for one in members] == ["lyon", "nancy", WORLD]
    for one in members:
        fits(schemas, "Member", one)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"customer_id": ""}, 1030),
        ({"api_key": ""}, 1030),
        ({"begin_date": ""}, 1030),
        ({"api_key": "wrong"}, 2020),
        ({"api_key": "", "requestor_id": "wrong"}, 2000),
        ({"api_key": "wrong", "requestor_id": "lyon-key"}, 2020),
        ({"api_key": digest("lyon-key")}, 2020),
        ({"customer_id": "nancy"}, 2010),
        ({"customer_id": "nobody"}, 2010),
        ({"customer_id": WORLD}, 2011),
        ({"begin_date": "2020"}, 3020),
        ({"begin_date": NOW}, 3020),
        ({"begin_date": "2020-02", "end_date": "2020-01"}, 3020),
    ],
)
def test_refusals(
    client: httpx.Client, schemas: dict[str, Any], given: dict[str, str], code: int
) -> None:
    """Status, code and message of the standard."""
    answer = client.get("/r51/reports/tr_j1", params=asked(**given))
    assert answer.status_code == STATUS[code][0]
    assert answer.json()["Code"] == code
    fits(schemas, f"Exception_{code}", answer.json())


def test_a_key_may_come_as_requestor(client: httpx.Client) -> None:
    """Harvesters without a field for API keys send it as requestor_id (Code of Practice, 8.2)."""
    for given in ({"api_key": ""}, {}):
        answer = client.get("/r51/reports/tr", params=asked(requestor_id="lyon-key", **given))
        assert answer.status_code == 200
    assert client.get("/r51/members", params=asked(requestor_id="anybody")).status_code == 200


def test_messages_are_the_standard_s(schemas: dict[str, Any]) -> None:
    """Word for word."""
    for code, (_, message) in STATUS.items():
        schema = schemas["components"]["schemas"][f"Exception_{code}"]
        assert schema["properties"]["Message"]["const"] == message


def test_warnings_stand_in_the_header(client: httpx.Client, schemas: dict[str, Any]) -> None:
    """What is odd is ignored and said; months to come are cut off."""
    given = asked(end_date=NOW, begin_date="2001-01", odd="1", yop="x", attributes_to_show="Q")
    answer = client.get("/r51/reports/tr", params=given)
    assert answer.status_code == 200
    fits(schemas, "TR", answer.json())
    header = answer.json()["Report_Header"]
    codes = sorted(one["Code"] for one in header["Exceptions"])
    assert codes == [3031, 3032, 3050, 3060, 3062]
    assert header["Report_Filters"]["End_Date"].startswith(LAST)


def test_the_world_for_an_institution(client: httpx.Client, schemas: dict[str, Any]) -> None:
    """One report of it, without what fewer than five others did; the operator sees all."""
    world = asked(customer_id=WORLD)
    answer = client.get("/r51/reports/pr_p1", params=world)
    assert answer.status_code == 200
    fits(schemas, "PR_P1", answer.json())
    found = {row["Data_Type"]: row["Performance"] for row in performances(answer.json())}
    assert found == {"Platform": {"Searches_Platform": {LAST: 2}}}
    codes = [one["Code"] for one in answer.json()["Report_Header"]["Exceptions"]]
    assert codes == [3040]
    whole = client.get("/r51/reports/pr_p1", params=asked(customer_id=WORLD, api_key="operator"))
    assert {row["Data_Type"] for row in performances(whole.json())} == {"Article", "Platform"}
    listed = client.get("/r51/reports", params=world).json()
    assert [one["Report_ID"] for one in listed] == ["PR_P1"]
    assert client.get("/r51/members", params=world).status_code == 403


def performances(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a platform report."""
    return [row for item in report["Report_Items"] for row in item["Attribute_Performance"]]


def test_a_network_opens_nothing(client: httpx.Client) -> None:
    """Keys alone count; an unknown report is 404 in JSON; keys are not asked of the portal's."""
    answer = client.get("/r51/reports/xx", params=asked())
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
    assert client.get("/r51/reports", params={"customer_id": "lyon"}).status_code == 400

"""`fonds usage`: reports on the command line."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from fonds.access.usage.event_log import EventLog, day_of
from fonds.access.usage.events import Event, pack_ords
from fonds.access.usage.wishes import month_before
from fonds.cli.using import count, key, report
from fonds.errors import InstitutionUnknown, ReportRefused, ReportUnknown
from fonds.settings import Settings
from tests.web.conftest import load

LAST_MONTH = month_before(day_of(int(time.time() * 1000))[:7])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose documents were read last month."""
    made = tmp_path_factory.mktemp("usage") / "home"
    load(made, range(4), Settings())
    then = int(time.mktime(time.strptime(f"{LAST_MONTH}-15", "%Y-%m-%d")) * 1000)
    log = EventLog(made / "usage" / "events")
    log.append([Event(then, "u", "a", "request", pack_ords([1, 2, 3, 4]), "Open")])
    log.close()
    return made


def test_reports(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Finished days are counted first; the default is the last month."""
    report(home, "tr_j3", {}, "", "json", tmp_path / "report.json")
    found = json.loads((tmp_path / "report.json").read_text())
    assert found["Report_Header"]["Institution_Name"] == "The World"
    (title,) = found["Report_Items"]  # two names, one ISSN
    assert title["Item_ID"]["Print_ISSN"] == "1234-5679"
    performance = title["Attribute_Performance"][0]["Performance"]
    assert performance["Total_Item_Requests"] == {LAST_MONTH: 4}
    report(home, "tr", {}, "", "tsv", tmp_path / "report.tsv")
    assert (tmp_path / "report.tsv").read_text("utf-8-sig").startswith("Report_Name\tTitle Report")
    count(home, as_json=False)
    assert "0 days were counted." in capsys.readouterr().out


def test_errors(home: Path) -> None:
    """Unknown reports and institutions, and months to come, are said."""
    with pytest.raises(ReportUnknown):
        report(home, "tr_x", {}, "", "tsv", None)
    with pytest.raises(InstitutionUnknown):
        report(home, "tr", {}, "nowhere", "tsv", None)
    with pytest.raises(ReportRefused, match="Invalid Date Arguments"):
        report(home, "tr", {"begin_date": "2199-01", "end_date": "2199-02"}, "", "tsv", None)


def test_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """A key and its digest."""
    key()
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("key: ")
    assert said[1].startswith('access.toml: usage_key = "')

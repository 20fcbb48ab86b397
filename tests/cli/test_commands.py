"""The commands do what the documentation says, and fail without a trace."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"
FONDS = (sys.executable, "-m", "fonds.cli.main")


def fonds(*arguments: str, code: int = 0) -> str:
    """Run a command and return its output; nothing may look like a trace.

    A load enriches only where a test asks for it.
    """
    if arguments[0] == "load" and "--enrich" not in arguments:
        arguments = (*arguments, "--no-enrich")
    done = subprocess.run([*FONDS, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def answer(*arguments: str, code: int = 0) -> Any:
    """Run a command with --json and return what it printed."""
    return json.loads(fonds(*arguments, "--json", code=code))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a home with two collections, one of them with broken files."""
    home = str(tmp_path_factory.mktemp("cli") / "home")
    good = answer("load", str(DELIVERIES / "scielo"), "--collection", "scielo", "--home", home)
    assert good["loaded"] == 14
    assert good["set_aside"] == 0
    bad = answer(
        "load", str(DELIVERIES / "broken"), "--collection", "broken", "--home", home, code=8
    )
    assert bad["set_aside"] == sum(bad["set_aside_by_code"].values()) > 0
    return home


def test_load_again_changes_nothing(home: str) -> None:
    """The second load says unchanged, and the exit code is that of success."""
    again = answer("load", str(DELIVERIES / "scielo"), "--collection", "scielo", "--home", home)
    assert (again["loaded"], again["unchanged"]) == (0, 14)


def test_status(home: str) -> None:
    """Every document is searchable, and the counts are those of the loads."""
    state = answer("status", "--home", home)
    assert state["documents"] == state["indexed"]
    assert {c["name"] for c in state["collections"]} == {"scielo", "broken"}
    assert "99999" in fonds("status", "--home", home)


def test_report(home: str) -> None:
    """Each file set aside is listed with code, reason and place."""
    rows = answer("report", "--files", "--home", home)
    assert {row["code"] for row in rows} >= {"file-empty", "xml-hostile", "xml-malformed"}
    cut = next(row for row in rows if row["name"] == "truncated.xml")
    assert cut["line"] > 1
    assert "truncated.xml, line" in fonds("report", "--home", home, "--code", "xml-malformed")
    listed = fonds("report", "--home", home, "--files", "--code", "xml-malformed")
    assert "set-aside: xml-malformed" in listed


def test_report_by_cause(home: str) -> None:
    """Causes are counted, the most frequent first, each with an example and the next step."""
    rows = answer("report", "--files", "--home", home)
    causes = answer("report", "--home", home)
    assert {c["code"]: c["count"] for c in causes} == Counter(row["code"] for row in rows)
    assert [c["count"] for c in causes] == sorted((c["count"] for c in causes), reverse=True)
    for cause in causes:
        assert cause["example"]["code"] == cause["code"]
        assert cause["meaning"]
        assert cause["next"] in fonds("report", "--home", home)


def test_the_story_of_a_file(home: str) -> None:
    """Every stage of a document's file and of a file set aside is told, with what it took."""
    name = next((DELIVERIES / "scielo").glob("*.xml")).name
    rows = answer("report", name, "--home", home)
    assert [row["stage"] for row in rows] == ["found", "read", "rendered", "stored", "indexed"]
    assert {row["result"] for row in rows} == {"ok"}
    read = rows[1]
    assert read["detail"].startswith("jats ")
    assert read["milliseconds"] > 0
    assert "jats" in fonds("report", name, "--home", home)
    cut = answer("report", "truncated.xml", "--home", home)
    assert [row["stage"] for row in cut] == ["found", "read", "stored"]
    assert cut[1]["result"] == "set-aside"
    assert cut[1]["findings"][0]["code"] == "xml-malformed"
    fonds("report", "no-such-file.xml", "--home", home, code=3)


def test_every_file_has_its_stages(home: str) -> None:
    """A line per delivered file and stage: every file of both deliveries is found and stored."""
    rows = answer("report", "--stages", "--home", home)
    files = {p.name for folder in ("scielo", "broken") for p in (DELIVERIES / folder).iterdir()}
    for stage in ("found", "stored"):
        listed = {row["file"] for row in rows if row["stage"] == stage}
        assert {name.partition("!")[0] for name in listed} == files


def test_duplicates(tmp_path: Path) -> None:
    """The same article in two collections is listed with the reason; the link can be undone."""
    home, article = str(tmp_path), next((DELIVERIES / "scielo").glob("*.xml"))
    for name in ("a", "b"):
        summary = answer("load", str(article), "--collection", name, "--home", home)
        assert summary["duplicates"] == (name == "b")
    (work,) = answer("duplicates", "--home", home)["works"]
    first, second = work["documents"]
    assert (first["collection"], second["collection"]) == ("a", "b")
    assert work["reasons"]
    assert first["ark"] in fonds("duplicates", "--home", home)
    assert not answer("duplicates", "--home", home, "--collection", "c")["works"]
    fonds("duplicates", "--unlink", first["ark"], "0" * 40, "--home", home, code=3)
    decided = answer("duplicates", "--unlink", first["ark"], second["id"], "--home", home)
    assert decided["linked"] is False
    fonds("rebuild", "--home", home)
    assert answer("duplicates", "--home", home)["works"] == []
    fonds("duplicates", "--link", first["id"], second["id"], "--home", home)
    assert len(answer("duplicates", "--home", home)["works"]) == 1


def test_again_and_reread(home: str) -> None:
    """Both work on the archive alone, change nothing that is right, and say what is missing."""
    again = answer("load", "--again", "xml-malformed", "--home", home)
    assert (again["loaded"], again["set_aside"]) == (0, 0)
    assert again["unchanged"] > 0
    assert answer("load", "--again", "no-cause", "--home", home, code=2)["error"] == "cause-unknown"
    assert answer("load", "--home", home, code=2)["error"] == "load-incomplete"
    fonds("load", str(DELIVERIES / "scielo"), "--home", home, code=2)
    assert answer("reread", "--home", home)["read"] == 0
    everything = answer("reread", "--all", "--collection", "scielo", "--home", home)
    assert (everything["read"], everything["unchanged"]) == (14, 14)
    assert "as before" in fonds("reread", "--reader", "jats", "--home", home)
    fonds("reread", "--reader", "nobody", "--home", home, code=2)


def test_search_is_the_api(home: str) -> None:
    """--json prints the API's answer; without it a person can read it."""
    found = answer("search", "educacao", "--home", home, "--facet", "corpusName[*]")
    assert found["total"] > 0
    assert found["aggregations"]["corpusName"]["buckets"][0]["key"] == "scielo"
    assert "ark:/" in fonds("search", "educacao", "--home", home)
    wrong = answer("search", "title:(a", "--home", home, code=1)
    assert wrong["error"] == "query-invalid"


def test_show(home: str) -> None:
    """A document is shown by ARK and by id, with its text."""
    hit = answer("search", "*", "--home", home, "--size", "1")["hits"][0]
    record = json.loads(fonds("show", hit["arkIstex"], "--home", home))
    assert record["id"] == hit["id"]
    assert json.loads(fonds("show", hit["id"], "--home", home)) == record
    fonds("show", "0" * 40, "--home", home, code=3)


def test_show_forms(home: str) -> None:
    """Stored forms and those made now, by name; what is not offered is said."""
    ark = answer("search", "*", "--size", "1", "--home", home)["hits"][0]["arkIstex"]
    for form, start in (("tei", "<?xml"), ("mods", "<?xml"), ("html", "<!DOCTYPE html>"),
                        ("bibtex", "@article{"), ("ris", "TY  - JOUR")):  # fmt: skip
        assert fonds("show", ark, "--format", form, "--home", home).startswith(start)
    said = fonds("show", ark, "--format", "docx", "--home", home, code=3)
    assert "bibtex" in said


def test_check_and_rebuild(home: str, tmp_path: Path) -> None:
    """A clean archive passes; rebuilt from its packs it answers the same; a flipped byte shows."""
    copy = tmp_path / "home"
    shutil.copytree(home, copy)
    before = answer("search", "new OR de", "--home", str(copy), "--size", "100")
    assert "All is as it was written" in fonds("check", "--home", str(copy))
    shutil.rmtree(copy / "index")
    (copy / "catalogue.sqlite").unlink()
    fonds("status", "--home", str(copy), code=3)
    rebuilt = answer("rebuild", "--home", str(copy))
    assert rebuilt["documents"] == rebuilt["indexed"] == 14 + (rebuilt["documents"] - 14)
    after = answer("search", "new OR de", "--home", str(copy), "--size", "100")
    assert [h["id"] for h in after["hits"]] == [h["id"] for h in before["hits"]]
    assert after["total"] == before["total"]
    pack = max((copy / "archive").glob("*.zip"), key=lambda path: path.stat().st_size)
    data = bytearray(pack.read_bytes())
    data[len(data) // 2] ^= 1
    pack.write_bytes(bytes(data))
    assert pack.name in fonds("check", "--home", str(copy), code=6)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["status", "--home", "{tmp}/none"], 3),
        (["check", "--home", "{tmp}/none"], 3),
        (["rebuild", "--home", "{tmp}/none"], 3),
        (["search", "x", "--home", "{tmp}/none"], 3),
        (["serve", "--home", "{tmp}/none"], 3),
        (["load", "{tmp}/missing", "--collection", "c", "--home", "{tmp}/h"], 3),
        (["load", "{tmp}", "--home", "{tmp}/h"], 2),
        (["nonsense"], 2),
    ],
)
def test_failing(tmp_path: Path, arguments: list[str], code: int) -> None:
    """What cannot be done is said, with the documented exit code."""
    fonds(*[argument.format(tmp=tmp_path) for argument in arguments], code=code)


def test_a_wrong_setting(tmp_path: Path) -> None:
    """An unknown setting is named."""
    (tmp_path / "fonds.toml").write_text("[web]\nprot = 1\n")
    assert "prot" in fonds("status", "--home", str(tmp_path), code=2)


def test_help_is_quick() -> None:
    """Help does not import what it does not need."""
    code = "import sys; from fonds.cli.main import main; sys.argv[1:] = ['--help']\ntry: main()\n"
    code += "finally: print('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    shown, _, loaded = done.stdout.partition("LOADED")
    assert "rebuild" in shown
    assert not {"lxml", "tantivy", "numpy", "starlette", "pypdfium2", "pyarrow"} & set(
        loaded.split()
    )


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_serve(home: str) -> None:
    """The server says its address, answers, refuses a taken port, and ends cleanly."""
    port = free_port()
    server = subprocess.Popen(
        [*FONDS, "serve", "--home", home, "--port", str(port)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        assert f"http://127.0.0.1:{port}" in server.stdout.readline()
        total = httpx.get(f"http://127.0.0.1:{port}/document/?q=*&size=0").json()["total"]
        assert total == answer("status", "--home", home)["documents"]
        assert "--port" in fonds("serve", "--home", home, "--port", str(port), code=7)
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(20) in (0, -signal.SIGTERM)
        if server.stdout is not None:
            server.stdout.close()


def test_demo_loads_what_is_bundled(tmp_path: Path) -> None:
    """The demo loads every bundled delivery and says what it set aside."""
    said = fonds("demo", "--home", str(tmp_path / "demo"), "--no-serve")
    for folder in DELIVERIES.iterdir():
        if folder.is_dir():
            assert f"{folder.name}:" in said
    assert "set aside" in said


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C ends a load between documents: what was written is whole, the code says it."""
    many = tmp_path / "many"
    many.mkdir()
    source = (DELIVERIES / "scielo" / "10-1590-2176-4573p59384.xml").read_text("utf-8")
    doi = "10.1590/2176-4573p59384"
    assert doi in source
    for number in range(1500):
        (many / f"{number}.xml").write_text(source.replace(doi, f"10.5555/{number}"), "utf-8")
    home = tmp_path / "home"
    process = subprocess.Popen(
        [*FONDS, "load", str(many), "--collection", "c", "--home", str(home), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    while not list((home / "archive").glob("*")):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    summary = json.loads(out)
    assert summary["interrupted"]
    assert 0 < summary["loaded"] < 1500
    assert answer("status", "--home", str(home))["documents"] == summary["loaded"]
    fonds("check", "--home", str(home))

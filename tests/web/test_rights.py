"""Restricted text never leaks: not by a file, a passage, a count, a facet, an export.

Two collections of two articles, one of each under an open licence. Each article has a word of its
own in its body. For random rights, every answer of a real server is searched for the words of the
texts that the caller may not read.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import httpx
import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fonds.access.sessions import Session, Sessions
from fonds.access.tokens import Tokens
from tests.web.closed_home import COLLECTIONS, ELSEWHERE, SECRETS, Rules, home, server, write_rights

__all__ = ["home", "server"]  # fixtures

RULES = st.fixed_dictionaries(
    {
        "access": st.sampled_from(["open", "restricted"]),
        "open_access": st.booleans(),
        "search_text": st.booleans(),
    }
)


class Login(msgspec.Struct, frozen=True):
    """How somebody comes beside their address, and whether that makes them a member."""

    opens: bool
    session: tuple[str, ...] = ()  # institutions of a session of ours
    affiliation: str = ""  # in a header of a proxy
    trusted: bool = False  # ... that is configured

    def headers(self, home: Path) -> dict[str, str]:
        """Return what a request carries."""
        if self.session:
            session = Session(self.session, "https://idp.example", "saml", "1")
            return {"Cookie": f"fonds_session={Sessions(home).sign(session, seconds=600)}"}
        return {"affiliation": self.affiliation} if self.affiliation else {}


LOGINS = (
    Login(False),
    Login(True, session=("here",)),
    Login(False, session=("elsewhere",)),
    Login(True, affiliation="member@here.example", trusted=True),
    Login(False, affiliation="alum@here.example", trusted=True),
    Login(False, affiliation="member@here.example"),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rules=st.fixed_dictionaries(dict.fromkeys(COLLECTIONS, RULES)),
    granted=st.lists(st.sampled_from([*COLLECTIONS, "*"]), max_size=2),
    net=st.sampled_from(["127.0.0.1", ELSEWHERE]),
    login=st.sampled_from(LOGINS),
)
def test_nothing_leaks(
    server: httpx.Client,
    home: Path,
    rules: Rules,
    granted: list[str],
    net: str,
    login: Login,
) -> None:
    """What may be read is there, and no word of the rest is in any answer."""
    write_rights(home, rules, granted, net, ("127.0.0.1",) if login.trusted else ())
    headers = {"Shib-Identity-Provider": "https://idp.example", **login.headers(home)}
    with httpx.Client(base_url=server.base_url, timeout=30, headers=headers) as client:
        check(client, rules, granted, member=net == "127.0.0.1" or login.opens)


def check(client: httpx.Client, rules: Rules, granted: list[str], *, member: bool) -> None:
    """Ask in every way for every text."""
    mine = set(granted) if member else set()
    for (name, is_open), secret in SECRETS.items():
        rule = rules[name]
        entitled = rule["access"] == "open" or bool({name, "*"} & mine)
        readable = entitled or (bool(rule["open_access"]) and is_open)
        doi = f"10.1000/{name}-{int(is_open)}"
        hit = client.get("/document", params={"q": f'doi:"{doi}"', "output": "*"}).json()["hits"][0]
        shown = answers(client, hit)
        passage = f"bees of {secret} were"  # words of their own may be counted, passages not quoted
        for way in ("text", "read", "html", "oai", "export"):
            assert (passage in shown[way]) is readable, way
        assert (secret in shown["portal"]) is readable
        counted = shown["features"], shown["exported features"]
        searched = readable or bool(rule["search_text"])
        assert {secret in counts for counts in counted} == {searched}
        assert ("rd-probe" in shown["enrichment"]) is readable
        if not readable:
            assert not [way for way, said in shown.items() if passage in said]
        if not searched:
            assert not [way for way, said in shown.items() if secret in said]
        total = client.get("/document", params={"q": secret, "size": "0"}).json()["total"]
        assert total == (1 if searched else 0)
        ran = client.get("/about/api/run", params={"call": f"/document?q={secret}&size=0"}).text
        assert f"&#34;total&#34;: {total}" in ran
        by_term = client.get("/document", params={"q": f"keywords.teeft:{secret}"}).json()["total"]
        assert by_term <= total
        sru = client.get("/sru", params={"query": secret, "maximumRecords": "0"}).text
        assert f"<numberOfRecords>{total}</numberOfRecords>" in sru


def answers(server: httpx.Client, hit: dict[str, object]) -> dict[str, str]:
    """Return what every way to a document says."""
    title = hit["title"]
    files = [
        file["uri"]
        for kind in ("fulltext", "metadata", "annexes", "covers")
        for file in hit.get(kind, [])  # type: ignore[attr-defined]  # a decoded record
    ]
    found = {f"file {uri}": server.get(uri).text for uri in files if not uri.endswith(".txt")}
    text = next(uri for uri in files if uri.endswith(".txt"))
    found["text"] = server.get(text).text
    found["bundle"] = server.get(f"/{hit['arkIstex']}/bundle.zip").text
    found["read"] = server.get(f"/notice/{hit['arkIstex']}/read").text
    found["html"] = server.get(f"/{hit['arkIstex']}/fulltext.html").text
    found["table"] = server.get("/table", params={"q": f'title:"{title}"', "format": "jsonl"}).text
    asked = {"verb": "GetRecord", "metadataPrefix": "tei", "identifier": str(hit["arkIstex"])}
    found["oai"] = server.get("/oai", params=asked).text
    found["notice"] = server.get(f"/notice/{hit['arkIstex']}").text
    for page in ("cite", "linkset", "view"):
        found[page] = server.get(f"/notice/{hit['arkIstex']}/{page}?q=counted+twice").text
    for form in ("application/ld+json", "text/x-bibliography", "application/mods+xml"):
        found[form] = server.get(f"/{hit['arkIstex']}", headers={"Accept": form}).text
    reference = {"id": f"doi:{hit['doi'][0]}"}  # type: ignore[index]
    found["menu"] = server.get("/openurl", params={**reference, "menu": "1"}).text
    found["links"] = server.get("/openurl", params={**reference, "format": "json"}).text
    found["pasted"] = server.get("/openurl", params={"reference": str(title), "menu": "1"}).text
    journal = server.get("/journals", params={"q": "bees"}).text
    found["journal"] = server.get(re.findall(r'<h2><a href="([^"]+)"', journal)[0]).text
    found["kbart"] = server.get("/kbart/AllTitles").text
    found["unapi"] = server.get("/unapi", params={"id": str(hit["arkIstex"]), "format": "ris"}).text
    found["portal"] = server.get("/", params={"q": f'doi:"{hit["doi"][0]}" AND counted'}).text  # type: ignore[index]
    facets = "title,host.title,keywords.teeft[*],corpusName>keywords.teeft[*]"
    search = {"q": f'title:"{title}" counted', "output": "*", "facet": facets}
    found["search"] = server.get("/document", params=search).text
    found["highlight"] = server.get("/document", params={**search, "highlight": ""}).text
    shown = f"/document?{httpx.QueryParams({**search, 'highlight': ''})}"
    found["shown"] = server.get("/about/api/run", params={"call": shown}).text
    kept = f"/document/{hit['id']}"
    found["several"] = server.get(f"{kept}/fulltext/txt,cleaned,tei").text
    found["features"] = server.get(f"{kept}/enrichments/features").text
    found["enrichment"] = server.get(f"{kept}/enrichments/probe").text
    found["enrichment data"] = server.get(f"{kept}/enrichments/probe.json").text
    found["enrichments"] = server.get(f"{kept}/enrichments/probe,language").text
    found["consolidated"] = server.get(f"{kept}/enrichments/teeft?consolidate").text
    found["citations here"] = server.get(f"{kept}/citations").text
    listed = {"q": f'title:"{title}"', "rows": "teeft", "format": "jsonl"}
    found["rows of terms"] = server.get("/table", params=listed).text
    found["topHits"] = server.get("/document?q=*&size=0&facet=corpusName>topHits[9]").text
    found["kept"] = server.post("/corpora", json={"title": "t", "q": f'title:"{title}"'}).text
    found["citations"] = server.get(
        "/document", params={"q": f'title:"{title}"', "extract": "metadata[bibtex,ris,csl]"}
    ).content.decode("latin-1")
    asked = {"q": f'title:"{title}"', "lang": "en"}
    found["corpus"] = server.get("/corpus/new", params={**asked, "use": "nooj"}).text
    for address in re.findall(r'href="(/extract/[^"]+)"', found["corpus"]):
        found[address] = server.get(address).text
    found["spreadsheet"] = server.get("/corpus/new", params={**asked, "use": "table"}).text
    found["explain"] = server.get("/document?q=xylo*+xylofirstshud&size=0&explain").text
    export = server.get("/document", params={"q": f'title:"{title}"', "extract": "", "size": "9"})
    with zipfile.ZipFile(io.BytesIO(export.content)) as archive:
        own = [name for name in archive.namelist() if str(hit["id"]) in name]
        counts = [name for name in own if name.endswith("-features.tsv")]
        read = {name: archive.read(name).decode("utf-8", "replace") for name in own}
        found["exported features"] = "".join(read[name] for name in counts)
        found["export"] = "".join(text for name, text in read.items() if name not in counts)
    return found


def test_a_refusal_is_json(server: httpx.Client, home: Path) -> None:
    """403 with the reason and the next step, also for browsers, HEAD and ranges."""
    closed: Rules = {n: {"access": "restricted"} for n in COLLECTIONS}
    write_rights(home, closed, [], ELSEWHERE)
    hit = server.get('/document?q=doi:"10.1000/first-0"&output=*').json()["hits"][0]
    uri = next(file["uri"] for file in hit["fulltext"] if file["extension"] == "txt")
    headers: dict[str, str]
    for headers in (
        {},
        {"Accept": "text/html"},
        {"Range": "bytes=0-5"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"Authorization": "Bearer forged"},
    ):
        answer = server.get(uri, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["code"] == "access-denied"
    assert server.head(uri).status_code == 403
    assert server.get(f"/document/{hit['id']}/fulltext/original").status_code in (403, 404)
    assert server.get(f"/document/{hit['id']}/metadata/original").status_code == 403
    assert server.get(f"/{hit['arkIstex']}/record.json").status_code == 200
    assert server.get("/auth").status_code == 403


def test_counts_of_the_portal_are_narrowed(server: httpx.Client, home: Path) -> None:
    """Assisted search, pasted references and lists say no more of a closed text than the API."""
    shut: dict[str, object] = {"access": "restricted", "search_text": False}
    write_rights(home, dict.fromkeys(COLLECTIONS, shut), [], ELSEWHERE)
    secret = SECRETS["first", False]
    asked = {"j0": "all", "f0": "fulltext", "h0": "words", "v0": secret, "lang": "en"}
    assert "No document answers" in server.get("/assisted", params=asked).text
    corpus = server.get("/corpus/new", params={"q": secret, "lang": "en"}).text
    assert "<strong>0 documents" in corpus
    reference = f"Bees in (2001) were counted twice and called {secret} by everyone who was there"
    for more in ("", "&as=words"):
        page = server.get("/?" + str(httpx.QueryParams(q=reference)) + more).text
        assert secret not in page.partition('class="plain hits"')[2].partition("</ol>")[0]
    page = server.post("/identifiers", data={"list": "10.1000/first-0"}).text
    assert secret not in page


def test_citations_tell_nothing_of_closed_texts(server: httpx.Client, home: Path) -> None:
    """References are descriptions; a word beside them finds no closed text, and none is counted."""
    shut: dict[str, object] = {"access": "restricted", "search_text": False}
    write_rights(home, dict.fromkeys(COLLECTIONS, shut), [], ELSEWHERE)
    assert server.get("/document?q=citedHere:0&size=0").json()["total"] == 2 * len(COLLECTIONS)
    asked = {"q": f"citedHere:0 AND {SECRETS['first', False]}", "size": "0", "explain": ""}
    found = server.get("/document", params=asked).json()
    assert found["total"] == 0
    parts = found["explain"]["parts"]
    assert [part["matches"] for part in parts] == [2 * len(COLLECTIONS), 0]


def test_changes_of_a_kept_corpus_are_narrowed(server: httpx.Client, home: Path) -> None:
    """What a kept question would find today is told as who asks may search: no closed text."""
    shut: dict[str, object] = {"access": "restricted", "search_text": False}
    secret = SECRETS["first", False]
    write_rights(home, {"first": shut}, ["first"], "127.0.0.1")  # a member, who may keep
    said = server.post("/corpora", json={"title": "Of a closed text", "q": secret})
    assert said.status_code == 201, said.text
    address = f"/corpora/{said.json()['ark'].rpartition('/')[2]}.changes"
    assert server.get(address).json()["now"] == said.json()["documents"] == 1
    write_rights(home, {"first": shut}, [], ELSEWHERE)
    told = server.get(address).json()
    assert (told["now"], told["added"], told["changed"]) == (0, [], [])


def test_what_a_corpus_withholds_is_counted(server: httpx.Client, home: Path) -> None:
    """The page says how many files are withheld; what it calls usable can be taken."""
    closed: dict[str, object] = {"access": "restricted", "open_access": True, "search_text": False}
    write_rights(home, dict.fromkeys(COLLECTIONS, closed), [], ELSEWHERE)
    page = server.get("/corpus/new?q=*&use=nooj&lang=en").text
    presets = {one["preset"]["name"]: one["documents"] for one in server.get("/presets?q=*").json()}
    assert (presets["lodex"], presets["nooj"]) == (4, 2)
    assert "usable: 2 of 4 (50%)" in page
    assert "2 files are withheld" in page
    assert "Authorization: Bearer $TOKEN" in page
    address = re.findall(r'href="(/extract/[^"]+zip)"', page)[0]
    taken = server.get(address)
    assert f'data-size="{len(taken.content)}"' in page
    write_rights(home, {}, [], ELSEWHERE)
    assert server.get(address).status_code == 404  # a plan belongs to the rights it was made under


def test_an_open_text_keeps_its_enrichments(server: httpx.Client, home: Path) -> None:
    """Where a collection may not be searched, an export of its open documents alone has them."""
    closed: dict[str, object] = {"access": "restricted", "open_access": True, "search_text": False}
    write_rights(home, dict.fromkeys(COLLECTIONS, closed), [], ELSEWHERE)
    for query, there in (("doi:10.1000\\/first-1", True), ("doi:10.1000*", False)):
        asked = {"q": query, "extract": "enrichments[features]", "size": "9"}
        with zipfile.ZipFile(io.BytesIO(server.get("/document", params=asked).content)) as archive:
            names = archive.namelist()
        assert any(name.endswith("-features.tsv") for name in names) is there


def test_enrichments_are_closed_as_texts_are(server: httpx.Client, home: Path) -> None:
    """Counts of words are open; what else was found is, where the rights of a collection say so."""
    hit = server.get("/document?q=doi:10.1000*&output=id").json()["hits"][0]
    rule: dict[str, object] = {"access": "restricted", "open_access": False}
    for more, terms in (({}, 403), ({"enrichments": ["teeft"]}, 200)):
        write_rights(home, dict.fromkeys(COLLECTIONS, rule | more), [], ELSEWHERE)
        asked = {
            name: f"/document/{hit['id']}/enrichments/{name}" for name in ("features", "teeft")
        }
        assert server.get(asked["features"]).status_code == 200
        assert server.get(asked["teeft"]).status_code == terms
        extract = {"q": "doi:10.1000*", "extract": "enrichments[teeft,features]", "size": "9"}
        with zipfile.ZipFile(io.BytesIO(server.get("/document", params=extract).content)) as taken:
            names = taken.namelist()
        assert any(name.endswith("features.tsv") for name in names)
        assert any("teeft" in name for name in names) is (terms == 200)


def test_rows_of_enrichments_are_narrowed(server: httpx.Client, home: Path) -> None:
    """A table of terms has those of texts that may be read, or whose terms may, and no others."""
    closed: dict[str, object] = {"access": "restricted", "open_access": False}
    hidden = {**closed, "search_text": False, "enrichments": ["teeft"]}
    asked = {"q": "*", "rows": "teeft", "fields": "id,term", "format": "jsonl"}
    given: Rules = {"first": closed, "second": {**closed, "enrichments": ["teeft"]}}
    kept: Rules = {"first": closed, "second": {**closed, "enrichments": ["nb"]}}
    cases: tuple[tuple[Rules, int], ...] = (
        ({}, 4),
        (given, 2),
        (kept, 0),
        (dict.fromkeys(COLLECTIONS, hidden), 0),
    )
    for rules, documents in cases:
        write_rights(home, rules, [], ELSEWHERE)
        lines = server.get("/table", params=asked).text.splitlines()
        assert len({msgspec.json.decode(line)["id"] for line in lines}) == documents


def test_a_token_opens(server: httpx.Client, home: Path) -> None:
    """A token opens what its institution may read; revoked, it opens nothing."""
    closed: Rules = {n: {"access": "restricted"} for n in COLLECTIONS}
    write_rights(home, closed, ["first"], ELSEWHERE)
    tokens = Tokens(home)
    bearer = {"Authorization": f"Bearer {tokens.create('here', days=1)}"}
    uris = {}
    for name in COLLECTIONS:
        hit = server.get(f'/document?q=doi:"10.1000/{name}-0"&output=*').json()["hits"][0]
        uris[name] = next(f["uri"] for f in hit["fulltext"] if f["extension"] == "txt")
    assert server.get(uris["first"], headers=bearer).status_code == 200
    assert server.get(uris["second"], headers=bearer).status_code == 403
    assert server.get("/auth?auth=jwt", headers=bearer).json()["mode"] == "jwt"
    tokens.revoke(tokens.issued()[-1].number)
    assert server.get(uris["first"], headers=bearer).status_code == 403

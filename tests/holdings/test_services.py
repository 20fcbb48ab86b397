"""Google's, NCBI's and Europe PMC's files are what these services read."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from lxml import etree

from fonds.access.rights import AccessFile, Institution, Rights
from fonds.errors import NotConfigured
from fonds.holdings import europepmc, google_scholar, linkout
from fonds.holdings.coverage import Place, coverage_of
from fonds.holdings.holdings import Choice
from fonds.holdings.model import Linked, Title
from fonds.settings import HoldingsSettings
from tests.holdings.making import EISSN, ISSN, article, book, held

BASE = "https://archive.example.org"
SETTINGS = HoldingsSettings(
    contacts=("Ada Exemple <ada@example.org>",), keywords=("archive", "Exemple"),
    pubmed_provider="4711", pubmed_abbreviation="ExArch", europepmc_provider="1234",
)  # fmt: skip
# what NCBI declares for itself, and the elements of its chapter on LinkOut (NBK3812)
LINKOUT_DTD = """
<!ELEMENT LinkSet (Link+)>
<!ELEMENT Link (LinkId, ProviderId, IconUrl?, ObjectSelector, ObjectUrl)>
<!ELEMENT ObjectSelector (Database, (ObjectList | Query))>
<!ELEMENT ObjectList (ObjId+)>
<!ELEMENT ObjectUrl (Base, Rule, UrlName?, Attribute*)>
<!ELEMENT Provider (ProviderId, Name, NameAbbr, SubjectType?, Attribute?, Url, IconUrl?, Brief?)>
"""
TEXTS = (
    "LinkId", "ProviderId", "IconUrl", "Database", "ObjId", "Query", "Base", "Rule", "UrlName",
    "Attribute", "Name", "NameAbbr", "SubjectType", "Url", "Brief",
)  # fmt: skip


def parsed(text: str, entities: str = "") -> etree._Element:
    """Parse a file without asking the network for its DTD."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=True)
    return etree.fromstring(text.replace("]>", f"{entities}]>", 1).encode(), parser)


@pytest.fixture
def dtds(shared: Path) -> dict[str, etree.DTD]:
    """Return Google's DTDs."""
    folder = shared / "refs"
    return {
        name: etree.DTD(str(folder / f"institutional_{name}.dtd")) for name in ("links", "holdings")
    }


def test_google_holdings(tmp_path: Path, dtds: dict[str, etree.DTD]) -> None:
    """Valid for the DTD: two items for two ISSNs, gaps as coverages, nothing without a text."""
    documents = [
        article(1, volume="1", issue="1", eissn=(EISSN,)),
        article(2, volume="4-5", issue="Suppl", year="1993"),
        article(3, title="Abstracts only", issn=(), pdf=False),
        article(4, title="Undated", issn=(), year=""),
        article(5, title="<b>Markup</b> & more", issn=()),
        book(6, isbn=("9780120373116",)),
    ]
    with held(tmp_path, documents) as holdings:
        (text,) = google_scholar.holdings_files(holdings)
    root = parsed(text)
    assert dtds["holdings"].validate(root), dtds["holdings"].error_log
    items = [(item.findtext("title"), item.findtext("issn"), item.findtext("isbn"))
             for item in root]  # fmt: skip
    assert items == [
        ("<b>Markup</b> & more", None, None),
        ("A Book", None, "9780120373116"),
        ("Nature", ISSN, None),
        ("Nature", EISSN, None),
    ]
    ends = [
        [(end.tag, [part.text for part in end]) for end in one] for one in root[2].iter("coverage")
    ]
    assert ends == [
        [("from", ["1990", "1", "1"]), ("to", ["1990", "1", "1"])],
        [("from", ["1993", "4"]), ("to", ["1993", "5"])],
    ]


def test_google_files_are_small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file is larger than allowed, and together they hold every item once."""
    title = Title(id="TTL-0", kind="serial", name="é" * 200, issn=(ISSN,))
    places = [Place(1800 + 2 * n, "", "", 1, 1) for n in range(100)]
    (item,) = google_scholar.items_of(title, coverage_of(places))
    monkeypatch.setattr(google_scholar, "MOST_BYTES", 30_000)
    with held(tmp_path, [article(n, title=f"{n} {'x' * 900}", issn=()) for n in range(80)]) as some:
        files = list(google_scholar.holdings_files(some))
    assert len(files) > 2
    assert all(len(one.encode()) <= 30_000 for one in files)
    assert sum(one.count("<item ") for one in files) == 80
    assert item.count("<coverage>") == 100


def test_google_links(dtds: dict[str, etree.DTD]) -> None:
    """Valid for the DTD, within Google's limits; networks as ranges with both ends."""
    networks = ("192.0.2.0/24", "198.51.100.7", "2001:db8::/32", "10.1.*.*")
    rights = Rights(AccessFile(institutions={"x": Institution(networks=networks)}))
    text = google_scholar.links_file(
        "Université " * 20 + "<script>", SETTINGS, rights, BASE, files=2
    )
    root = parsed(text)
    assert dtds["links"].validate(root), dtds["links"].error_log
    assert len(root.findtext("institution") or "") <= 60
    assert len(root.findtext("electronic_link_label") or "") <= 25
    assert root.findtext("openurl_base") == f"{BASE}/openurl?"
    assert [one.text for one in root.iter("patron_ip_range")] == [
        "192.0.2.0-192.0.2.255", "198.51.100.7", "10.1.0.0-10.1.255.255",
    ]  # fmt: skip
    assert [one.text for one in root.iter("url")] == [
        f"{BASE}/google-scholar/institutional_holdings_{n}.xml" for n in (0, 1)
    ]


def test_linkout(tmp_path: Path) -> None:
    """NCBI's elements in their order; only articles with a text, each number once."""
    documents = [article(1, pmid="13596467"), article(2, pmid="12135974", pdf=False),
                 article(3, pmid="13596467", collection="b"), article(4)]  # fmt: skip
    with held(tmp_path, documents) as holdings:
        (text,) = linkout.resource_files(holdings.linked(pmid=True), SETTINGS, BASE)
    root = parsed(text, "<!ENTITY lo.id '4711'>")
    texts = "".join(f"<!ELEMENT {name} (#PCDATA)>" for name in TEXTS)
    dtd = etree.DTD(io.StringIO(LINKOUT_DTD + texts))
    assert dtd.validate(root), dtd.error_log
    assert [one.text for one in root.iter("ObjId")] == ["13596467"]
    rule = "".join(map(str, next(root.iter("Rule")).itertext()))
    assert rule == "openurl?sid=Entrez:PubMed&id=pmid:4711"
    provider = parsed(linkout.provider_file("Ex & Co", SETTINGS, BASE))
    assert dtd.validate(provider), dtd.error_log
    assert provider.findtext("NameAbbr") == "ExArch"
    assert linkout.outside_tool(BASE).endswith("id=pmid:")


def test_linkout_in_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many numbers make many links of a thousand, in files of a limited size."""
    monkeypatch.setattr(linkout, "MOST_BYTES", 60_000)
    linked = [Linked(n, str(10_000 + n), "") for n in range(5_500)]
    files = list(linkout.resource_files(linked, SETTINGS, BASE))
    assert len(files) > 1
    assert sum(one.count("<ObjId>") for one in files) == 5_500
    names = re.findall(r"<LinkId>([^<]+)</LinkId>", "".join(files))
    assert len(names) == len(set(names)) == 6


def test_europe_pmc(tmp_path: Path) -> None:
    """A PubMed number names the article, else its DOI."""
    documents = [article(1, pmid="13596467"), article(2), article(3, pdf=False)]
    with held(tmp_path, documents) as holdings:
        (text,) = europepmc.link_files(holdings.linked(), "Ex & Co", SETTINGS, BASE)
    root = parsed(text)
    assert root.xpath("//link/@providerId") == ["1234", "1234"]
    assert root.findtext("link/record/id") == "13596467"
    assert root.findtext("link/record/source") == "MED"
    assert [one.text for one in root.iter("doi")] == ["10.5555/c.2"]
    assert root.findtext("link/resource/url") == f"{BASE}/openurl?sid=EuropePMC&id=pmid:13596467"
    profile = parsed(europepmc.provider_file("Ex & Co", SETTINGS))
    assert profile.findtext("provider/email") == "ada@example.org"


def test_what_is_not_configured(tmp_path: Path) -> None:
    """Without the number that a service gives out, nothing is written."""
    with held(tmp_path, [article(1, pmid="1")]) as holdings:
        assert holdings.titles(Choice()).total == 1
        for make in (
            lambda: linkout.provider_file("x", HoldingsSettings(), BASE),
            lambda: linkout.resource_files([], HoldingsSettings(), BASE),
            lambda: europepmc.provider_file("x", HoldingsSettings()),
        ):
            with pytest.raises(NotConfigured):
                make()

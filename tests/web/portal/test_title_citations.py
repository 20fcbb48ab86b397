"""The most cited articles of a title and who cites it, counted as on the pages of the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument
from fonds.loading.index import catch_up
from fonds.record import Reference
from fonds.search.engines import open_engine
from fonds.settings import Settings
from fonds.web.portal import title_citations
from fonds.web.portal.title_citations import citations_of
from fonds.web.services import Services, open_services
from tests.holdings.making import EISSN, ISSN, OTHER, add, article
from tests.web.portal.conftest import serving
from tests.web.portal.trees import find, tree_of


def citing(
    number: int, references: tuple[Reference, ...], *, inside: bool = False
) -> PreparedDocument:
    """Return an article with references, in another journal or in the same."""
    made = (
        article(number, year="1991")
        if inside
        else article(number, year=str(2000 + number % 20), title="Science", issn=(OTHER,))
    )
    record = msgspec.structs.replace(made.record, ref_bibs=references)
    return msgspec.structs.replace(made, record=record)


def by_doi(number: int) -> Reference:
    """Return a reference to an article by its DOI, written in capitals."""
    return Reference(doi=f"10.5555/C.{number}")


def by_title(number: int, year: str) -> Reference:
    """Return a reference to an article by its title."""
    return Reference(title=f"About the number {number} and its Neighbours.", publication_date=year)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Return a home in which one journal cites another, rightly and nearly."""
    home = tmp_path_factory.mktemp("cited") / "home"
    cited = [article(number, year="1990" if number < 5 else "1991") for number in range(1, 7)]
    settings = Settings()
    add(home, [
        *cited,
        article(50, title="Alone", issn=(EISSN,)),
        citing(101, (by_doi(1), by_doi(2), by_doi(1))),
        citing(102, (by_title(1, "1991"), by_doi(6))),
        citing(103, (by_title(1, "1999"), by_doi(999))),  # another year: another work
        citing(104, (Reference(doi="10.5555/other", title="About the number 1 and its neighbours",
                               publication_date="1990"),)),  # two DOIs that differ
        citing(7, (by_doi(7), by_doi(1)), inside=True),  # cites itself, and within the journal
    ])  # fmt: skip
    with Archive.open(home, settings) as archive:
        engine = open_engine(home, settings, writable=True)
        catch_up(archive, engine)
        engine.close()
    opened = open_services(home, settings)
    yield opened
    opened.close()


def test_counts_are_those_of_the_articles(services: Services) -> None:
    """Each rule of a reference counts; an article is no citation of itself."""
    title = services.holdings.by_number(ISSN)
    assert title is not None
    found = citations_of(services, title)
    assert found is not None
    counts = {one.article.title.split()[3]: one.count for one in found.most}
    assert counts == {"1": 3, "2": 1, "6": 1}
    assert (found.cited, found.citing) == (3, 3)
    assert [(one.name, one.count) for one in found.titles] == [("Science", 2), ("Nature", 1)]
    in_1991 = citations_of(services, title, 1991)
    assert in_1991 is not None
    assert [one.count for one in in_1991.most] == [1]


def test_the_page(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers as on the articles' pages; years; a title nobody cites; too many articles."""
    with serving(open_services(services.home, Settings())) as address, httpx.Client(
        base_url=address, headers={"Accept-Language": "en"}
    ) as client:  # fmt: skip
        title = client.get(f"/journals/{ISSN}").headers["location"].rpartition("/")[2]
        assert (
            client.get(f"/journals/{ISSN}/cited").headers["location"] == f"/journals/{title}/cited"
        )
        assert find(tree_of(client, f"/journals/{title}"), "//a[contains(@href,'/cited')]")
        tree = tree_of(client, f"/journals/{title}/cited")
        assert "3 articles of 7 are cited here, by 3 articles" in tree.text_content()
        items = find(tree, "//section[@aria-labelledby='most-cited']/ol/li")
        assert len(items) == 3
        for item in items:
            times = find(item, "span[@class='tag']")[0].text_content()
            own = client.get(find(item, "a/@href")[0]).text
            said = re.search(r"Cited by (\d+) article", own)
            assert said is not None
            assert times == ("cited once" if said[1] == "1" else f"cited {said[1]} times")
        one = tree_of(client, f"/journals/{title}/cited?year=1991")
        assert len(find(one, "//section[@aria-labelledby='most-cited']/ol/li")) == 1
        alone = client.get(f"/journals/{EISSN}/cited").headers["location"]
        assert "None of these 1 articles is cited" in client.get(alone).text
        assert client.get("/journals/TTL-NONE/cited").status_code == 404
    monkeypatch.setattr(title_citations, "MOST_ARTICLES", 3)
    held = services.holdings.by_number(ISSN)
    assert held is not None
    assert citations_of(services, held) is None

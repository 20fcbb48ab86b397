"""A synthesis quotes what its documents say, where they say it, and says what it lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import pypdfium2
import pytest
from lxml import html
from markdown_it import MarkdownIt

from fonds.access.gate import OPERATOR, Visitor
from fonds.analyses.corpus import Asker, Corpus
from fonds.analyses.door import load_analysis
from fonds.analyses.forms import write
from fonds.analyses.model import Answer, Value
from fonds.analyses.synthesis.model import Quote, Synthesis
from fonds.analyses.synthesis.wording import wording
from fonds.enrich.sections import sections
from fonds.search.narrowing import Closed
from tests.analyses.conftest import Laboratory


@pytest.fixture(scope="module", params=["en", "fr"])
def answer(request: pytest.FixtureRequest, laboratory: Laboratory) -> Answer:
    return laboratory.analyse("synthesis", language=request.param)


def synthesis_of(answer: Answer) -> Synthesis:
    assert isinstance(answer.result, Synthesis)
    return answer.result


def quotes_of(found: Synthesis) -> list[Quote]:
    return [*found.extract, *(one for theme in found.themes for one in theme.quotes)]


def text_of(page: str) -> str:
    made: Any = html.fromstring(page)
    return str(made.text_content())


def plain(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def test_every_quotation_stands_in_its_document_where_it_is_said(
    laboratory: Laboratory, answer: Answer
) -> None:
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    corpus = Corpus(laboratory.archived, digests, Asker(OPERATOR))
    by_ark = {one.ark: one for one in digests}
    quotes = quotes_of(synthesis_of(answer))
    assert len(quotes) > 5
    for one in quotes:
        digest = by_ark[one.source.ark]
        if one.place.kind == "abstract":
            assert plain(one.text) in plain(digest.abstract)
            continue
        material = corpus.material(digest)
        assert material is not None
        parts = sections(material)
        if parts:
            there = [part for part in parts if plain(one.text) in plain(part.text)]
            assert one.place.section in {part.heading[:60] for part in there}
        if one.place.page:
            assert plain(one.text)[:60] in plain(material.pages[one.place.page - 1])
    assert any(one.place.section for one in quotes)


def test_no_document_gives_more_than_one_sentence_of_a_theme(answer: Answer) -> None:
    for theme in synthesis_of(answer).themes:
        arks = [one.source.ark for one in theme.quotes]
        assert theme.documents < 3 or len(arks) == len(set(arks))


def test_the_gaps_count_what_is_lacking(laboratory: Laboratory, answer: Answer) -> None:
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    found = {one.kind: one.count for one in synthesis_of(answer).gaps}
    assert found.get("no-abstract", 0) == sum(not one.abstract for one in digests)
    assert found.get("no-references", 0) == sum(not one.reference_count for one in digests)


def test_html_is_whole_and_marks_languages(answer: Answer) -> None:
    page: Any = html.document_fromstring(write(answer, "html").data)
    found = synthesis_of(answer)
    assert page.get("lang") == found.language
    quotes = quotes_of(found)
    blocks = page.xpath("//figure[@class='quotation']/blockquote")
    assert [(one.get("lang"), one.text_content()) for one in blocks] == [
        (one.language or None, one.text) for one in quotes
    ]
    assert len(page.xpath("//*[name()='svg']")) == 2
    assert not page.xpath("//script")
    anchors = {one.get("id") for one in page.xpath("//h2")}
    assert {one.get("href")[1:] for one in page.xpath("//nav//a")} == anchors
    assert wording(found.language)("gaps") in page.text_content()


def test_markdown_reads_as_it_is_meant(answer: Answer) -> None:
    tokens = MarkdownIt().parse(write(answer, "md").data.decode())
    heads = [tokens[at + 1].content for at, one in enumerate(tokens) if one.type == "heading_open"]
    say = wording(synthesis_of(answer).language)
    for key in ("scope", "figures", "themes", "vocabulary", "gaps", "sources"):
        assert say(key) in heads
    quotations = sum(one.type == "blockquote_open" for one in tokens)
    assert quotations == len(quotes_of(synthesis_of(answer)))


def test_pdf_is_tagged_has_its_language_and_says_the_same(answer: Answer) -> None:
    data = write(answer, "pdf").data
    found = synthesis_of(answer)
    assert b"pdfuaid:part" in data
    assert re.search(rb"/Lang\s*\(%s" % found.language.encode(), data)
    document = pypdfium2.PdfDocument(data)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_dict()["Title"]
    text = plain("".join(page.get_textpage().get_text_bounded() for page in document))
    document.close()
    first = plain(quotes_of(found)[0].text)
    assert first[:25] in text


def test_two_runs_give_the_same_bytes(laboratory: Laboratory, answer: Answer) -> None:
    again = laboratory.analyse("synthesis", language=synthesis_of(answer).language)
    for form in ("json", "html", "md", "pdf"):
        assert write(again, form) == write(answer, form)


def test_one_document_gives_its_extract(laboratory: Laboratory) -> None:
    ark = quotes_of(synthesis_of(laboratory.analyse("synthesis")))[0].source.ark
    answer = laboratory.analyse("synthesis", f'ark:"{ark}"')
    found = synthesis_of(answer)
    assert answer.coverage.looked == 1
    assert 1 <= len(found.extract) <= 10
    assert {one.source.ark for one in found.extract} == {ark}
    assert found.themes == ()
    for form in ("html", "md", "pdf"):
        assert write(answer, form).data


@pytest.mark.parametrize("count", [2, 5])
def test_small_corpora_are_treated_together(laboratory: Laboratory, count: int) -> None:
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))[:count]
    corpus = Corpus(laboratory.archived, digests, Asker(OPERATOR))
    given: Mapping[str, Value] = {"language": "fr", "count": 0, "sentences": 3}
    found = load_analysis("synthesis").analyse(corpus, given).result
    assert isinstance(found, Synthesis)
    assert found.few
    assert len(found.themes) == 1


def test_documents_without_anything_give_a_report_of_gaps(laboratory: Laboratory) -> None:
    digest = next(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    bare = msgspec.structs.replace(digest, title="", abstract="", words=0, terms=(), keywords=(),
                                   year=0, references=(), reference_count=0)  # fmt: skip
    for several in ([bare], [bare, msgspec.structs.replace(bare, ark="ark:/1/2")]):
        corpus = Corpus(laboratory.archived, several, Asker(OPERATOR))
        given: Mapping[str, Value] = {"language": "en", "count": 0, "sentences": 3}
        made = load_analysis("synthesis").analyse(corpus, given)
        assert isinstance(made.result, Synthesis)
        assert made.used == 0
        assert {"no-year", "no-abstract", "no-text"} <= {one.kind for one in made.result.gaps}


def test_texts_that_may_not_be_read_are_not_quoted(laboratory: Laboratory) -> None:
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    shut = [msgspec.structs.replace(one, access="isNotOpenAccess") for one in digests]
    collections = sorted({one.collection for one in digests})
    nobody = Asker(Visitor(), tuple(Closed(name, but_open=False) for name in collections))

    class Shut(Corpus):
        def may_read(self, digest: object) -> bool:
            return False

    corpus = Shut(laboratory.archived, shut, nobody)
    given: Mapping[str, Value] = {"language": "en", "count": 0, "sentences": 3}
    made = load_analysis("synthesis").analyse(corpus, given).result
    assert isinstance(made, Synthesis)
    assert made.read == 0
    assert {one.place.kind for one in quotes_of(made)} == {"abstract"}
    assert any(one.kind == "withheld" for one in made.gaps)


def test_what_a_title_holds_is_never_markup(laboratory: Laboratory) -> None:
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))[:3]
    title = '<script>alert("1")</script> #let x = [*b*] $x$ [a](http://b) `c` @d'
    odd = [msgspec.structs.replace(one, title=title) for one in digests]
    corpus = Corpus(laboratory.archived, odd, Asker(OPERATOR))
    given: Mapping[str, Value] = {"language": "en", "count": 0, "sentences": 3}
    found = load_analysis("synthesis").analyse(corpus, given)
    answer = msgspec.structs.replace(laboratory.analyse("synthesis"), result=found.result,
                                     pictures=found.pictures, tables=found.tables)  # fmt: skip
    page: Any = html.document_fromstring(write(answer, "html").data)
    assert not page.xpath("//script")
    assert title in page.text_content()
    rendered = MarkdownIt().render(write(answer, "md").data.decode())
    assert title in text_of(rendered)
    assert write(answer, "pdf").data.startswith(b"%PDF")

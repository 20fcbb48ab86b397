"""Documents and queries that every engine must answer as the reference evaluator does."""

from __future__ import annotations

from functools import cache

import msgspec
from hypothesis import strategies as st

from fonds.loading.prepare import PrepareTools, prepare
from fonds.settings import Settings
from fonds.sources.delivery import open_delivery
from fonds.sources.model import Candidate
from tests.conftest import ROOT
from tests.search.reference import Document

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"

# titles, abstracts and texts that French, German and odd typing meet
MADE: tuple[dict[str, object], ...] = (
    {
        "title": "L’évolution de l'œuvre d’Émile Zola",
        "abstract": "Cet été, l’auteur étudie l'été.",
        "language": ["fre"],
        "genre": ["article"],
        "publicationDate": "1998",
        "subject": [{"value": "Logopédie"}],
        "author": [{"name": "Hélène Dupré"}, {"name": "Marie Curie"}],
        "doi": ["10.1000/abc.(1)"],
        "host": {"genre": ["journal"], "title": "Revue d'histoire", "volume": "52A", "issue": "3"},
    },
    {
        "title": "Past climate change in Greenland: sub-arctic disease-free plants",
        "abstract": "The past climate. Climate of the past was studied on the moon.",
        "language": ["eng"],
        "genre": ["research-article"],
        "publicationDate": "1905",
        "author": [{"name": "Anna Marie Schmidt"}, {"name": "Curie Pierre"}],
        "hasFormula": True,
        "host": {
            "genre": ["journal"],
            "title": "Journal of Ice",
            "volume": "12",
            "issue": "3",
            "pages": {"first": "101", "last": "119"},
            "issn": ["1366-8714"],
        },
        "qualityIndicators": {
            "score": 8.35,
            "pdfVersion": 1.4,
            "pdfWordCount": 1500,
            "refBibsNative": True,
        },
    },
    {
        "title": "Straße und Fluß: Größe der Düsseldorfer Brücken",
        "abstract": "ﬁne ﬂow",
        "language": ["ger"],
        "genre": ["review-article"],
        "publicationDate": "1400",
        "host": {"genre": ["book"], "title": "Brücken", "volume": "5"},
        "hasFormula": False,
        "qualityIndicators": {
            "score": 3,
            "pdfVersion": 1.7,
            "pdfWordCount": 275240,
            "refBibsNative": False,
        },
    },
    {
        "title": "Is it safe? Franz Josef Land and the jeux paralympiques / paralímpicos",
        "abstract": "Klaus Barbie. Barbie dolls.",
        "language": ["unknown"],
        "genre": ["editorial"],
        "subject": [{"value": "Barbie"}, {"value": "pigeon", "lang": ["eng"]}, {"value": "retina"}],
        "categories": {"inist": ["1 - sciences exactes et technologie"], "wos": ["2 - veterinary"]},
        "accessCondition": {"contentType": "isOpenAccess", "value": "https://x.org/by"},
        "refBibs": [
            {
                "title": "Facteur Cheval",
                "author": [{"name": "A B"}, {"name": "C D"}],
                "publicationDate": "1999",
                "host": {"title": "Science", "volume": "316"},
            }
        ],
    },
    {
        "title": "東京の研究 quantum spitzbergen",
        "abstract": "CGATCGAT dna ham jam spam",
        "keywords": {"teeft": ["music theory", "musicology"]},
        "publicationDate": "2015",
        "copyrightDate": "2014",
        "arkIstex": "ark:/67375/HXZ-7R7P2T8X-6",
        "ark": ["ark:/67375/HXZ-7R7P2T8X-6"],
    },
    {
        "title": "quick brown fox C++ 1+1=2 foo-bar l'homme aujourd'hui",
        "publicationDate": "2020",
        "host": {"genre": ["journal"], "title": "Science", "publicationDate": "2020"},
    },
)


@cache
def documents() -> tuple[Document, ...]:
    """Return made and real documents, the real ones from the bundled deliveries."""
    found = [
        Document(
            at,
            f"{at:040X}",
            {**made, "corpusName": "made", "id": f"{at:040X}"},
            f"{made['title']} is discussed. The fungus and the fungi, birds or avian flu."
            if at % 2
            else "",
        )
        for at, made in enumerate(MADE, start=1)
    ]
    with PrepareTools(Settings()) as tools:
        for collection in ("pensoft", "elife", "scielo"):
            with open_delivery(
                DELIVERIES / collection, tools.settings.limits, ROOT / "spool-unused"
            ) as delivery:
                for item in delivery:
                    if isinstance(item, Candidate) and item.pdf is None:
                        made = prepare(item, collection, tools).documents[0]
                        at = len(found) + 1
                        record = msgspec.json.decode(msgspec.json.encode(made.document.record))
                        record |= {"corpusName": collection, "id": f"{at:040X}"}
                        found.append(Document(at, f"{at:040X}", record, made.index_text[:6_000]))
                    if len(found) % 25 == 0:
                        break
    return tuple(found)


# istex-api.md 2.1, 2.3, 2.6 and 12.9, then one or more of each construct
QUERIES = (
    "Controllability",
    "test",
    "api OR study",
    "api study",
    "test AND study",
    "test NOT study",
    "api -study",
    "cinéma && Chaplin",
    "été || Chaplin",
    "!test",
    "+cinéma +Chaplin",
    'Greenland +"Sub-arctic"',
    '"speech therapy"',
    "te?t",
    "te*t",
    "text*",
    "title:fung*",
    "para?límpicos",
    "t?bac*",
    '"speech therap*"',
    'keywords.teeft:"music*"',
    "host.title.raw:*ce",
    "*tion",
    "/[hj]am(ster)?/",
    "/spit[sz]berg(en)?/",
    "/es[kq]u?im[oa]u?[sx]?/",
    "/fung(i|us|uses)/",
    "franz AND /jose[fp]h?/ AND land",
    "title:/fung(i|use?s?)/",
    "/birds?/ OR (avian NOT flu)",
    "ham~",
    "Subarctic~1",
    "plant~0",
    '"ham jam"~10',
    '"past climate"~3',
    '"exploring moon"~1',
    "ham^2 jam",
    "ham jam^0.5",
    '"ham jam"^2 old',
    "title:(Inupiat^5 Inupiaq)",
    "title:study",
    "host.title:science",
    "author.name:Curie",
    'author.name:"Marie Curie"',
    'author.name:"Curie Marie"',
    'abstract:((plant* "past climate") NOT fungi)',
    "subject.value:(pigeon AND retina)",
    "publicationDate:[1900 TO 1905]",
    "publicationDate:{1899 TO 1906}",
    "publicationDate:[1400 TO 1500]",
    "publicationDate:[* TO 1407}",
    "publicationDate:[2015 TO *]",
    "title:[half TO ham]",
    "title:[seal TO seas]",
    "title:{ape TO appliance}",
    "qualityIndicators.pdfWordCount:>1000",
    "qualityIndicators.pdfWordCount:<5",
    "qualityIndicators.pdfWordCount:>=1500",
    "qualityIndicators.score:<=3",
    "abstract:*",
    "abstract:[* TO *]",
    "_exists_:abstract",
    "NOT publicationDate:[* TO *]",
    "-host.volume.raw:*",
    "title:new AND -host.volume:[0 TO *]",
    "publicationDate:2010",
    'publicationDate:"1998"',
    "copyrightDate:[* TO *] NOT publicationDate:[* TO *]",
    "hasFormula:true",
    "qualityIndicators.refBibsNative:false",
    "*",
    "(*)",
    '(*) AND (language.raw:"eng")',
    "*:*",
    "C\\+\\+",
    "1\\+1\\=2",
    "foo\\-bar",
    'host.issn="1366-8714"',
    "publicationDate:[2020 *]",
    "categories.wos: veterinary",
    "namedEntities.unitex.ref_url:http://www.itcproject.org",
    "(plants) AND NOT climate",
    '(NOT arkIstex.raw:("a" "b"))',
    "plants\u00a0climate\r\n",
    "plants OR “review article”",
    "l’orthophonie",
    "l'orthophonie",
    "brain",
    "language:fre",
    "language.raw:rum",
    'corpusName:"pensoft" AND new',
    "id:(A OR B OR C)",
    'id:("A","B")',
    f'id:("{1:040X}" OR "{2:040X}")',
    'arkIstex.raw:"ark:/67375/HXZ-7R7P2T8X-6"',
    '"ark:/67375/HXZ-7R7P2T8X-6" "ark:/67375/other"',
    'ark:"ark:/67375/HXZ-7R7P2T8X-6"',
    "ark:/67375/HXZ-7R7P2T8X-6",
    'doi:"10.1000/abc"',
    'doi:("10.1000/abc.(1)" OR "10.1/a\\"b")',
    '(host.issn:"1366-8714" AND publicationDate:"1905" AND -host.volume:[0 TO *])',
    'host.volume.raw:"52A"',
    "host.volume:12",
    'categories.inist.raw:("1 - sciences exactes et technologie")',
    '(new) AND (language.raw:"eng" AND qualityIndicators.pdfWordCount:[1500 TO 275240])',
    'genre.raw:"research-article" genre.raw:"article"',
    "publicationDate:{1399 TO 1500]",
    "accessCondition.contentType:isOpenAccess",
    "accessCondition.contentType:isopenaccess",
    "(abstract:Barbie title:Barbie subject.value:Barbie) AND publicationDate:[1959 TO 2024] NOT "
    '(abstract:("Klaus Barbie") title:("Klaus Barbie"))',
    '"Facteur Cheval" NOT author.affiliations:"Facteur Cheval" NOT refBibs.title:"Facteur Cheval"',
    'title:("jeux paralympiques" para?límpicos) OR abstract:(jeux) OR subject.value:(jeux)',
    # French matching: accents, case, elisions, apostrophes, ligatures, hyphens
    "evolution",
    "ÉVOLUTION",
    "l'évolution",
    "oeuvre",
    "œuvre",
    "d'Emile",
    '"oeuvre d\'Émile Zola"',
    "ete",
    "dupre",
    "helene~1",
    "title.exact:Évolution",
    "title.exact:évolution",
    "title.exact:evolution",
    "strasse",
    "straße",
    "duesseldorfer",
    "dusseldorf*",
    "fine flow",
    "disease-free",
    '"disease free plants"',
    "diseasefree",
    "sub-arctic",
    "subarctic",
    "logopedie",
    "logop?die",
    "東京",
    "京東",
    "研究",
    "aujourd'hui",
    "author.name.exact:Dupré",
    "author.name.exact:dupre",
    # phrases over values, repeated words, slop
    'author.name:"Dupré Marie"',
    'author.name:"Dupré Marie"~3',
    'refBibs.author.name:"B C"~2',
    '"the past the"',
    '"the the"~4',
    '"past climate change"~2',
    '"change climate past"~4',
    '"climate past"~1',
    '"climate past"~2',
    '"climat* change"',
    '"*ast climate"',
    '"Is it safe?"',
    '"past * change"',
    '"new species of *"~1',
    # wildcards, expressions, fuzzy on whole values
    "host.title.raw:Journal\\ of*",
    "host.title.raw:J*",
    "host.title.raw:*ournal*",
    "corpusName.raw:el?fe",
    "host.title.raw:science",
    "host.title.raw:Science",
    "corpusName.raw:elif~1",
    "title:*",
    "*ologi*",
    "?lant",
    "plant?",
    "p*t?n",
    "author.name:s*",
    "*",
    "author.\\*:curie",
    "host.\\*:science",
    "language:[eng TO fre]",
    "corpusName.raw:[e TO n]",
    "host.volume:[1 TO 20}",
    "host.volume.raw:[1 TO 5]",
    "refBibs.publicationDate:1999",
    "refBibs.host.volume:316",
    "refBibs.title:species",
    # booleans
    "a OR b AND c",
    "plants AND (climate OR moon)",
    "plants -climate -moon",
    "-plants",
    "NOT (NOT plants)",
    "+plants climate",
    "(plants climate) AND NOT (moon OR zola)",
    "!plants !climate",
    "title:(new species) AND abstract:(new)",
    "title:(+new -species)",
    "new AND species OR plants",
    "species OR genus AND new",
    '""',
    '"..." new',
    "- new",
    "title:... OR new",
)


def queries() -> st.SearchStrategy[str]:
    """Return a strategy of queries whose words stand in the documents."""
    words = st.sampled_from(
        [
            "new",
            "species",
            "plants",
            "the",
            "of",
            "climate",
            "été",
            "l'œuvre",
            "cell",
            "Brazil",
            "genus",
            "marie",
            "curie",
            "science",
            "de",
            "disease-free",
            "qsdfgh",
        ]
    )
    phrases = st.builds(
        lambda found, slop: f'"{" ".join(found)}"' + (f"~{slop}" if slop else ""),
        st.lists(words, min_size=1, max_size=3),
        st.integers(0, 4),
    )
    wild = st.builds(
        lambda word, form: form.format(word[:3], word[-2:]),
        words,
        st.sampled_from(["{0}*", "*{1}", "{0}?*", "{0}*{1}", "?{1}*"]),
    )
    fuzzy = st.builds(
        lambda word, distance: f"{word.replace(chr(39), '')}~{distance}",
        words.filter(lambda word: "-" not in word),
        st.integers(0, 2),
    )
    bare = st.one_of(words, phrases, wild, fuzzy)
    fields = st.sampled_from(
        [
            "title",
            "abstract",
            "author.name",
            "host.title",
            "fulltext",
            "subject.value",
            "refBibs.title",
        ]
    )
    years = st.builds(
        lambda a, b, end: f"publicationDate:[{a} TO {b}{end}",
        st.integers(1990, 2024),
        st.one_of(st.integers(1990, 2024), st.just("*")),
        st.sampled_from("]}"),
    )
    fielded = st.builds(lambda name, leaf: f"{name}:{leaf}", fields, bare)
    leaves = st.one_of(bare, fielded, years, st.just("_exists_:abstract"), st.just("*:*"))
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda parts, joints, signs: " ".join(
                f"{joint if at else ''} {sign}({part})".strip()
                for at, (part, joint, sign) in enumerate(zip(parts, joints, signs, strict=False))
            ),
            st.lists(inner, min_size=1, max_size=4),
            st.lists(st.sampled_from(["AND", "OR", "", ""]), min_size=4, max_size=4),
            st.lists(st.sampled_from(["", "", "+", "-", "NOT "]), min_size=4, max_size=4),
        ),
        max_leaves=6,
    )

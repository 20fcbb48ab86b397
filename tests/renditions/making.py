"""Records for tests of renditions: one with everything, one with nothing, one full of mischief."""

from __future__ import annotations

from fonds.record import (
    AccessCondition,
    Conference,
    Contributor,
    Funder,
    Host,
    LocalText,
    Pages,
    Record,
    Reference,
    ReferenceHost,
    Serie,
    Subject,
)

ARK = "ark:/67375/WNG-7T3K9QXP-7"
ID = "3C1F0A5B9D7E2468ACE013579BDF02468ACE1357"
MISCHIEF = 'a & b < c > "d" {e} \\f$ #1 50% x_y ~ ^ \x0b\ufffe]]> é\n\nTY  - JOUR'


def article() -> Record:
    """Return an article of which everything is known."""
    return Record(
        corpus_name="wiley",
        ark_istex=ARK,
        ark=(ARK,),
        id=ID,
        title="Slow magma ascent beneath Mount Nowhere: RNA & H2O",
        translated_title=(LocalText(lang="fre", value="Lente ascension"),),
        abstract="Petrological clocks.",
        other_abstract=(LocalText(lang="fre", kind="summary", value="Horloges."),),
        author=(
            Contributor(
                name="Ada Exemple",
                forename="Ada",
                surname="Exemple",
                orcid="0000-0002-1825-0097",
                affiliations=("Laboratoire Fictif, Nancy", "E-mail: ada@example.org"),
            ),
            Contributor(name="The Magma and Lava Group"),
            Contributor(name="Müller, Karl"),
        ),
        editor=(Contributor(name="C. Editor", forename="C.", surname="Editor"),),
        subject=(Subject(lang=("eng",), value="magma"), Subject(value="volcanology")),
        language=("eng",),
        genre=("research-article",),
        original_genre=("article",),
        publication_date="2009",
        copyright_date="2008",
        online_date="2009-02-03",
        doi=("10.1002/(SICI)1097<1::AID-X>3.0.CO;2-Z",),
        pii=("S0143080798907747",),
        pmid=("19000001",),
        article_id=("XYZ12345",),
        host=Host(
            genre=("journal",),
            title="Journal of Imaginary Geology",
            issn=("1234-5679",),
            eissn=("2345-6789",),
            publisher="Imaginary Press",
            volume="12",
            issue="3",
            pages=Pages(first="101", last="119", total="19"),
            conference=(Conference(name="Fictional Congress"),),
        ),
        ref_bibs=(
            Reference(
                key="b1",
                title="A cited paper",
                author=(Contributor(name="F. Cited", forename="F.", surname="Cited"),),
                publication_date="1999",
                doi="10.1000/ref",
                host=ReferenceHost(
                    title="Science", volume="316", pages=Pages(first="1153", last="1158")
                ),
            ),
            Reference(key="b2", text="Anonymous, Letters, 1712."),
        ),
        access_condition=AccessCondition(
            content_type="isOpenAccess", value="https://creativecommons.org/licenses/by/4.0/"
        ),
        funder=(Funder(name="ANR", award=("ANR-20-1",)),),
    )


def chapter() -> Record:
    """Return a chapter of a book of a series."""
    return Record(
        ark_istex=ARK,
        id=ID,
        title="On nothing",
        author=(
            Contributor(name="Jean de La Fontaine", forename="Jean", surname="de La Fontaine"),
        ),
        language=("fre",),
        genre=("chapter",),
        publication_date="1999",
        host=Host(
            genre=("book",),
            title="A book of nothings",
            isbn=("978-3-16-148410-0",),
            publisher="Imaginary Press",
            pages=Pages(first="7", last="7"),
            editor=(Contributor(name="E. Ditor", forename="E.", surname="Ditor"),),
        ),
        serie=Serie(title="Lecture Notes in Nothing", issn=("0302-9743",), volume="4"),
    )


def mischief() -> Record:
    """Return a record whose every text holds what is special to some form."""
    person = Contributor(name=MISCHIEF, forename=MISCHIEF, surname=MISCHIEF)
    return Record(
        ark_istex=ARK,
        id=ID,
        corpus_name=MISCHIEF,
        title=MISCHIEF,
        abstract=MISCHIEF,
        author=(person, Contributor(name=MISCHIEF, affiliations=(MISCHIEF,))),
        subject=(Subject(value=MISCHIEF),),
        genre=("research article&", "<>"),
        language=("zzz", "<x>"),
        publication_date="n.d.",
        doi=("10.1/{x}<y>",),
        fulltext_url="http://example.org/a b{c}|<d>",
        host=Host(
            genre=("journal",),
            title=MISCHIEF,
            volume=MISCHIEF,
            issn=(MISCHIEF,),
            pages=Pages(first=MISCHIEF, last=MISCHIEF, total="000"),
        ),
        ref_bibs=(Reference(key=MISCHIEF, title=MISCHIEF), Reference(key="1 2", text=MISCHIEF)),
        access_condition=AccessCondition(content_type="unknown", value=f"http://{MISCHIEF}"),
    )

"""Érudit articles become documents."""

from __future__ import annotations

from pathlib import Path

from tests.sources.formats.reading import read, read_folder, said, shape

ARTICLE = """<article xmlns="http://www.erudit.org/xsd/article" idproprio="1ar" typeart="{kind}"
 lang="fr"><admin><infoarticle><idpublic scheme="doi">10.7202/1ar</idpublic><pagination>
<ppage>148</ppage><dpage>179</dpage></pagination></infoarticle><revue id="r1" lang="fr">
<titrerev>Approches</titrerev><sstitrerev>Travail</sstitrerev><idissnnum>2292-0005</idissnnum>
<redacteurchef><nompers><prenom>Ed</prenom><nomfamille>Iteur</nomfamille></nompers></redacteurchef>
</revue><numero><volume>6</volume><nonumero>1</nonumero><pub><annee>2019</annee></pub><pubnum>
<date typedate="publication">2019-06-03</date></pubnum></numero><editeur><nomorg>UQTR</nomorg>
</editeur><droitsauteur>Tous droits</droitsauteur><droitsauteur><liensimple
 xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://creativecommons.org/licenses/by/4.0/"/>
</droitsauteur></admin><liminaire><grtitre><surtitre>Hors</surtitre>{title}
<titreparal lang="en">Issues</titreparal><trefbiblio>Un livre, 2018</trefbiblio></grtitre><grauteur>
<auteur id="au1"><nompers><prenom> Marie</prenom><autreprenom>J.</autreprenom>
<nomfamille>Drolet</nomfamille></nompers><affiliation><alinea>UQTR, Canada</alinea></affiliation>
<courriel>m@x.ca</courriel></auteur></grauteur><resume lang="fr"><titre>Résumé</titre>
<alinea>Les stages<renvoi idref="no1">1</renvoi>.</alinea></resume><resume lang="en">
<alinea>Internships.</alinea></resume><grmotcle lang="en"><motcle>ethics</motcle></grmotcle>
</liminaire><corps><section1 id="s1"><no>1</no><titre>Introduction</titre><para id="pa1"><no>1</no>
<alinea>Une <marquage typemarq="italique">fois</marquage><renvoi idref="no1" typeref="note">1
</renvoi>.</alinea><bloccitation><alinea>Un dilemme</alinea><source>participante 13</source>
</bloccitation></para><figure id="fi1"><no>Figure 1</no><legende><titre>Enjeux</titre></legende>
</figure></section1></corps><partiesann><merci><alinea>Merci.</alinea></merci><grbiblio><biblio>
<refbiblio id="rb1">Aiken, <marquage typemarq="italique">Work</marquage>.
<idpublic scheme="doi">10.1000/w</idpublic></refbiblio></biblio></grbiblio><grnote><note id="no1">
<no>1</no><alinea>La note.</alinea></note></grnote></partiesann></article>"""
TITLE = "<titre>Les enjeux</titre><sstitre>Une étude</sstitre>"


def test_head() -> None:
    """Titles, people, abstracts and keywords by language, rights and numbers are read."""
    record = read(ARTICLE.format(kind="article", title=TITLE))[0].record
    assert record.title == "Les enjeux: Une étude"
    assert [(one.lang, one.value) for one in record.translated_title] == [("eng", "Issues")]
    assert record.abstract == "Les stages."
    assert [(one.lang, one.value) for one in record.other_abstract] == [("eng", "Internships.")]
    assert record.subject[0].lang == ("eng",)
    (author,) = record.author
    assert (author.name, author.affiliations) == (
        "Marie J. Drolet",
        ("UQTR, Canada", "E-mail: m@x.ca"),
    )
    assert record.access_condition is not None
    assert record.access_condition.value.startswith("http://creativecommons.org")
    host = record.host
    assert host is not None
    assert (host.title, host.volume, host.issue) == ("Approches: Travail", "6", "1")
    assert [editor.name for editor in host.editor] == ["Ed Iteur"]
    assert (record.publication_date, record.online_date) == ("2019", "2019-06-03")


def test_a_review_has_the_title_of_its_book() -> None:
    """A review without a title of its own is named after what it reviews."""
    record = read(ARTICLE.format(kind="compterendu", title=""))[0].record
    assert record.title == "Un livre, 2018"
    assert (record.genre, record.original_genre) == (("book-reviews",), ("compterendu",))


def test_body_and_references() -> None:
    """Counted numbers are left out; notes, quotations and references are kept."""
    reading = read(ARTICLE.format(kind="article", title=TITLE))[0]
    assert said(reading.text, "head") == ["Introduction", "Figure 1 Enjeux"]
    assert said(reading.text, "quote") == ["Un dilemmeparticipante 13"]
    assert {"note", "hi", "figure"} <= set(shape(reading.text))
    (entry,) = reading.record.ref_bibs
    assert (entry.key, entry.doi, entry.text) == ("rb1", "10.1000/w", "Aiken, Work.")


def test_real_files(shared: Path) -> None:
    """Érudit's real files are complete, whatever their licence lets us ship."""
    for folder in ("erudit", "nc-licensed/erudit"):
        ((path, reading),) = read_folder(shared / "corpora" / folder)
        record = reading.record
        assert record.title, path
        assert record.doi, path
        assert record.abstract, path
        assert all(author.name == author.name.strip() for author in record.author), path
        assert all(author.affiliations for author in record.author), path
        assert len(record.ref_bibs) > 40, path
        assert len(said(reading.text, "note")) > 1, path

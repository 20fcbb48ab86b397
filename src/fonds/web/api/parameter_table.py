"""What the addresses of the API can be asked: every parameter, in both languages."""

from __future__ import annotations

from typing import Literal

import msgspec

Where = Literal["query", "path"]


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of an address."""

    name: str
    english: str
    french: str
    example: str = ""
    where: Where = "query"
    kind: Literal["string", "integer"] = "string"


def path_part(name: str, english: str, french: str, example: str) -> Parameter:
    return Parameter(name, english, french, example, where="path")


ID = path_part(
    "id",
    "identifier of 40 hexadecimal characters",
    "identifiant de 40 caractères hexadécimaux",
    "3C1F0A5B9D7E2468ACE013579BDF02468ACE1357",
)
NAAN = path_part("naan", "number of the naming authority", "numéro de l'autorité nommante", "99999")
NAME = path_part(
    "name",
    "name of the document: collection, document, check character",
    "nom du document : collection, document, caractère de contrôle",
    "WNG-7T3K9QXP-7",
)
TYPOLOGY = path_part(
    "typology",
    "fulltext, metadata, annexes, covers or enrichments",
    "fulltext, metadata, annexes, covers ou enrichments",
    "fulltext",
)
Q_ID = path_part(
    "q_id", "MD5 of the query", "MD5 de la requête", "900150983cd24fb0d6963f7d28e17f72"
)
CALLBACK = Parameter(
    "callback", "name of a function: JSONP", "nom d'une fonction : JSONP", "display"
)

CONSOLIDATE = Parameter(
    "consolidate",
    "enrichments merged into the full-text TEI",
    "enrichissements fondus dans le TEI du texte intégral",
    "",
)

SID = Parameter("sid", "name of the caller, ignored", "nom de l'appelant, ignoré", "my-tool")

SEARCH = (
    Parameter("q", "query in Lucene syntax", "requête en syntaxe Lucene", "title:brain AND eeg"),
    Parameter(
        "q_id", "a stored query, in place of q", "une requête enregistrée, à la place de q", ""
    ),
    Parameter(
        "size",
        "documents in the answer, 0 to 5000; larger numbers and * are 5000 (default 10)",
        "nombre de documents, de 0 à 5000 ; au-delà et pour *, 5000 (10 par défaut)",
        "10",
    ),
    Parameter(
        "from",
        "documents to skip, without limit (default 0)",
        "nombre de documents à sauter, sans limite (0 par défaut)",
        "20",
        kind="integer",
    ),
    Parameter(
        "output",
        "fields wanted, as paths; * is everything; unknown names are ignored",
        "champs voulus ; * pour tous ; les noms inconnus sont ignorés",
        "title,host.title,doi",
    ),
    Parameter(
        "facet",
        "facets: field, field[10], field[*], year[1990-2000:2], year[perYear], a[5]>b, a>topHits",
        "facettes : champ[10], champ[*], année[1990-2000:2], année[perYear], a[5]>b, a>topHits[1]",
        "corpusName[*],publicationDate[perYear]",
    ),
    Parameter(
        "sortBy",
        "fields to order by, each [asc] or [desc]; missing values come last",
        "champs de tri, chacun [asc] ou [desc] ; valeurs absentes en dernier",
        "publicationDate[desc],title.raw",
    ),
    Parameter(
        "rankBy",
        "relevance, qualityOverRelevance, random, or hybrid: words and meaning, in English",
        "relevance, qualityOverRelevance, random ou hybrid : mots et sens, en anglais",
        "qualityOverRelevance",
    ),
    Parameter(
        "randomSeed",
        "number that makes a random order repeatable",
        "nombre qui rend un ordre aléatoire reproductible",
        "42",
        kind="integer",
    ),
    Parameter(
        "defaultOperator",
        "what joins words: OR (default) or AND",
        "ce qui relie les mots : OR (par défaut) ou AND",
        "AND",
    ),
    Parameter(
        "scroll",
        "opens a walk through the whole result; value: its life between two pages",
        "ouvre un parcours de tout le résultat ; valeur : sa durée entre deux pages",
        "5m",
    ),
    Parameter("scrollId", "next page of a walk", "page suivante d'un parcours", ""),
    Parameter(
        "explain",
        "adds how the query was understood, what each part matches alone, and what to change",
        "ajoute comment la requête est comprise, ce que trouve chaque partie, quoi changer",
        "",
    ),
    Parameter(
        "highlight",
        "adds to each hit where it answers: title, abstract, passages of the text (for those who "
        "may read it) as HTML with <em>; at most 100 hits, not in a walk",
        "ajoute à chaque réponse les passages trouvés : titre, résumé, texte (pour qui peut le "
        "lire), en HTML avec <em> ; 100 réponses au plus, pas dans un parcours",
        "",
    ),
    Parameter("stats", "adds the time taken", "ajoute le temps passé", ""),
    Parameter(
        "extract",
        "an archive of files instead of an answer: type[format,format];type; empty is everything; "
        "the default size is then 5, * is all",
        "une archive de fichiers au lieu d'une réponse : type[format,format];type ; vide : tout ; "
        "size vaut alors 5 par défaut, * pour tous",
        "metadata[json];fulltext[pdf,txt]",
    ),
    Parameter("archiveType", "zip (default) or tar (TAR.GZ)", "zip (défaut) ou tar (TAR.GZ)", ""),
    Parameter(
        "compressionLevel",
        "0 to 9, accepted; files leave as they lie, compressed once",
        "de 0 à 9, accepté ; les fichiers sortent tels quels, compressés une fois pour toutes",
        "",
    ),
    Parameter("corpus", "only this collection", "cette collection seulement", ""),
    CALLBACK,
    SID,
)

LOOKUP = (
    Parameter("doi", "DOI, repeatable", "DOI, répétable", "10.1371/journal.pone.0008519"),
    Parameter("pmid", "PubMed number, repeatable", "numéro PubMed, répétable", ""),
    Parameter("pii", "publisher's item identifier, repeatable", "PII, répétable", ""),
    Parameter("ark", "ARK, repeatable", "ARK, répétable", ""),
)
OPENURL = (
    Parameter(
        "rft_id",
        "identifiers, repeatable: info:doi/, info:pmid/, info:pii/, an ARK; id= in version 0.1",
        "identifiants, répétables : info:doi/, info:pmid/, info:pii/, un ARK ; id= en version 0.1",
        "info:doi/10.1371/journal.pone.0008519",
    ),
    Parameter("rft.atitle", "title of the article", "titre de l'article", ""),
    Parameter("rft.jtitle", "title of the journal or book", "titre de la revue ou du livre", ""),
    Parameter("rft.issn", "ISSN, hyphen or not; also eissn, isbn", "ISSN ; aussi eissn, isbn", ""),
    Parameter("rft.date", "year", "année", ""),
    Parameter("rft.volume", "volume", "volume", ""),
    Parameter("rft.issue", "issue", "numéro", ""),
    Parameter("rft.spage", "first page", "première page", ""),
    Parameter("rft.aulast", "author", "auteur", ""),
    Parameter(
        "noredirect", "answer in JSON instead of sending on", "répondre en JSON sans rediriger", ""
    ),
    Parameter("sid", "name of the caller, passed on", "nom de l'appelant, transmis", "my-tool"),
)

"""The one table of the API: every address with its parameters and meaning, in both languages.

The routes, the OpenAPI document and the page `/about/api` are made from it.
"""

from __future__ import annotations

from fonds.web.api.analysis_table import ANALYSES
from fonds.web.api.counter_table import COUNTER
from fonds.web.api.endpoints import Endpoint
from fonds.web.api.parameter_table import (
    CALLBACK,
    CONSOLIDATE,
    ID,
    LOOKUP,
    NAAN,
    NAME,
    OPENURL,
    SEARCH,
    SID,
    TYPOLOGY,
    Parameter,
    path_part,
)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "/document",
        "searching.answer",
        "Search. Long queries by POST with a body {“qString”: “…”}.",
        "Rechercher. Les longues requêtes par POST avec un corps {« qString » : « … »}.",
        "search",
        SEARCH,
        post=True,
        example="/document?q=brain&size=2&output=title,host.title&facet=corpusName[*]",
    ),
    Endpoint(
        "/q_id/{q_id}",
        "queries.answer",
        "A long query stored under its MD5. POST {“qString”: “…”} stores it (409: it is there "
        "already); it lives 180 days from the last time it is asked for.",
        "Une longue requête enregistrée sous son MD5. POST {« qString » : « … »} l'enregistre "
        "(409 : elle y est déjà) ; elle vit 180 jours depuis sa dernière consultation.",
        "json",
        (
            path_part(
                "q_id", "MD5 of the query", "MD5 de la requête", "900150983cd24fb0d6963f7d28e17f72"
            ),
            SID,
        ),
        post=True,
    ),
    Endpoint(
        "/document/openurl",
        "openurl.answer",
        "Resolve a reference (OpenURL 0.1 or 1.0): 302 to the PDF of one document, 300 with the "
        "candidates of several, 404. With noredirect, 200 and {“resourceUrl”: “…”}.",
        "Résoudre une référence (OpenURL 0.1 ou 1.0) : 302 vers le PDF d'un document, 300 avec "
        "les candidats, 404. Avec noredirect, 200 et {« resourceUrl » : « … »}.",
        "resource",
        OPENURL,
        post=True,
        body="Form",
    ),
    Endpoint(
        "/document/multiopenurl",
        "openurl.answer_many",
        "Resolve up to 10,000 references by POST: [{“rft_id”: “info:doi/…”}, [“doi”, “10.…”], …]. "
        "The answers come in the same order.",
        "Résoudre jusqu'à 10 000 références par POST : [{« rft_id » : « info:doi/… » }, "
        "[« doi », « 10.… »], …]. Les réponses viennent dans le même ordre.",
        "resources",
        get=False,
        post=True,
        body="References",
    ),
    Endpoint(
        "/lookup",
        "lookup.answer",
        "Which of up to 200 references are here, and may the caller open them: for icons on other "
        "sites. Only what is surely meant is answered for. By POST also title, year and author.",
        "Quelles références, jusqu'à 200, sont ici, et l'appelant peut-il les ouvrir : pour des "
        "icônes sur d'autres sites. Seul ce qui est sûr reçoit une réponse. Par POST, aussi "
        "titre, année et auteur.",
        "lookup",
        LOOKUP,
        post=True,
        body="Lookup",
        example="/lookup?doi=10.1371/journal.pone.0008519",
    ),
    Endpoint(
        "/document/{id}",
        "documents.record",
        "The complete record of a document.",
        "La notice complète d'un document.",
        "record",
        (ID,),
    ),
    Endpoint(
        "/document/{id}/citations",
        "documents.citations",
        "Which references of a document are documents of the archive (citedHere), and which "
        "documents of the archive cite it (citingHere), by DOI, or by title and year.",
        "Les références d'un document qui sont dans l'archive (citedHere) et les documents de "
        "l'archive qui le citent (citingHere), par DOI, ou par titre et année.",
        "json",
        (ID,),
    ),
    Endpoint(
        "/document/{id}/{typology}",
        "documents.listing",
        "The files of a document of one type.",
        "Les fichiers d'un type d'un document.",
        "listing",
        (ID, TYPOLOGY),
    ),
    Endpoint(
        "/document/{id}/{typology}/{extension}",
        "documents.file",
        "A file of a document; “original” is the publisher's; “pdf,txt” a ZIP of both. Ranges, "
        "ETag and gzip work. enrichments/a,b?consolidate merges enrichments into the full-text "
        "TEI. Made when asked: metadata/bibtex, ris, csl, dc and fulltext/html.",
        "Un fichier d'un document ; « original » est celui de l'éditeur ; « pdf,txt » un ZIP. "
        "Plages, ETag et gzip. enrichments/a,b?consolidate : enrichissements dans le TEI complet. "
        "Produits à la demande : metadata/bibtex, ris, csl, dc et fulltext/html.",
        "file",
        (ID, TYPOLOGY, path_part("extension", "format", "format", "pdf"), CONSOLIDATE),
    ),
    Endpoint(
        "/ark:/{naan}/{name}",
        "arks.typologies",
        "Everything there is of a document, by its ARK; ?info tells who, what, when and what is "
        "promised (ERC). Hyphens and case do not matter; ARKs of others are sent to the resolver.",
        "Tout ce qui existe d'un document, par son ARK ; ?info dit qui, quoi, quand et ce qui est "
        "promis (ERC). Tirets et casse n'importent pas ; les ARK d'autrui partent au résolveur.",
        "listing",
        (
            NAAN,
            NAME,
            Parameter("info", "metadata and promise as text", "notice et engagement en texte", ""),
        ),
    ),
    Endpoint(
        "/ark:/{naan}/{name}/{typology}",
        "arks.formats",
        "The formats of one type (“record”), or a file (“record.json”, “record.mods”, "
        "“record.bibtex”, “fulltext.pdf”, “fulltext.tei”, “fulltext.html”, “bundle.zip”).",
        "Les formats d'un type (« record ») ou un fichier (« record.json », « record.mods », "
        "« record.bibtex », « fulltext.pdf », « fulltext.tei », « fulltext.html », "
        "« bundle.zip »).",
        "file",
        (NAAN, NAME, TYPOLOGY),
    ),
    Endpoint(
        "/ark:/{naan}/{name}/enrichments/{kind}",
        "arks.enrichment",
        "An enrichment of a document.",
        "Un enrichissement d'un document.",
        "file",
        (NAAN, NAME, path_part("kind", "name of the enrichment", "nom", "teeft"), CONSOLIDATE),
    ),
    Endpoint(
        "/corpus",
        "about.corpus",
        "The collections and how many documents each holds.",
        "Les collections et leur nombre de documents.",
        "json",
        (CALLBACK,),
        example="/corpus",
    ),
    Endpoint(
        "/mapping",
        "about.mapping",
        "The fields as a tree of types.",
        "Les champs, en arbre de types.",
        "json",
        (CALLBACK,),
        example="/mapping",
    ),
    Endpoint(
        "/properties",
        "about.properties",
        "When each collection last changed.",
        "Date du dernier changement de chaque collection.",
        "json",
        (CALLBACK,),
        example="/properties",
    ),
    Endpoint(
        "/extract",
        "exports.sizes",
        "What an extraction would hold, exactly: documents, files, bytes, per format.",
        "Ce que contiendrait une extraction, exactement : documents, fichiers, octets, par format.",
        "json",
        SEARCH,
        example="/extract?q=brain&size=100&extract=metadata[json];fulltext[pdf]",
    ),
    Endpoint(
        "/extract/{name}",
        "exports.file",
        "An extraction by its name, as Content-Location gave it: always the same bytes; .corpus "
        "is its list of documents.",
        "Une extraction par son nom, donné par Content-Location : toujours les mêmes octets ; "
        ".corpus : la liste de ses documents.",
        "file",
        (
            path_part(
                "name",
                "name of the extraction",
                "nom de l'extraction",
                "0123456789abcdef0123456789abcdef.zip",
            ),
        ),
    ),
    Endpoint(
        "/table",
        "corpora.table",
        "Fields of all documents a query finds as a table, streamed; size and from cut it.",
        "Des champs de tous les documents d'une requête en tableau, au fil de l'eau.",
        "file",
        (
            *SEARCH,
            Parameter(
                "fields",
                "columns, as paths (host.title); * is every field",
                "colonnes (host.title) ; * pour tous les champs",
                "arkIstex,title,author.name",
            ),
            Parameter("format", "csv (default), jsonl or parquet", "csv, jsonl ou parquet", "csv"),
            Parameter(
                "rows",
                "a row for each term (teeft), entity (unitex), reference (refBibs), category "
                "(nb, multicat) or part (language) of each document",
                "une ligne par terme (teeft), entité (unitex), référence (refBibs), catégorie "
                "(nb, multicat) ou partie (language) de chaque document",
                "",
            ),
        ),
        example="/table?q=brain&fields=arkIstex,title,author.name&format=csv",
    ),
    Endpoint(
        "/presets",
        "corpora.presets",
        "Formats that Lodex, CorTexT, GarganText and NooJ need, and the share that has them.",
        "Formats utiles à Lodex, CorTexT, GarganText et NooJ, et part des documents qui les ont.",
        "json",
        SEARCH,
        example="/presets?q=brain",
    ),
    Endpoint(
        "/corpora",
        "corpora.listing",
        "The corpora kept for good. POST keeps one: {“title”: “…”} and “q”, “ids” (ARKs, ids or "
        "DOIs) or “corpus” (a .corpus file); 201, or 200 when it is kept already.",
        "Les corpus conservés. POST en conserve un : {« title » : « … »} et « q », « ids » (ARK, "
        "identifiants ou DOI) ou « corpus » (un fichier .corpus) ; 201, ou 200 s'il l'est déjà.",
        "json",
        post=True,
        body="Corpus",
        example="/corpora",
    ),
    Endpoint(
        "/corpora/{name}",
        "corpora.one",
        "A kept corpus; .corpus is its file, .changes what was added, removed and changed since, "
        ".sizes how large .zip and .tar.gz are.",
        "Un corpus conservé ; .corpus : son fichier, .changes : ce qui a été ajouté, retiré, "
        "modifié depuis, .sizes : la taille de .zip et .tar.gz.",
        "json",
        (
            path_part("name", "last part of its ARK", "fin de son ARK", "CRP-7T3K9QXP-7"),
            Parameter("extract", "as for /document", "comme pour /document", "fulltext[pdf]"),
        ),
    ),
    *ANALYSES,
    Endpoint(
        "/auth",
        "auth.answer",
        "Whether the caller may read what is restricted, and how they were recognised (ip, fede, "
        "jwt); 403 for nobody known.",
        "Si l'appelant peut lire ce qui est réservé, et comment il est reconnu (ip, fede, jwt) ; "
        "403 pour un inconnu.",
        "json",
        (
            Parameter(
                "auth",
                "jwt: by token alone; fede: by login; ip: by address; ip,fede: by either. With "
                "fede a browser that is refused goes to the login, here and at every file.",
                "jwt : par jeton seulement ; fede : par identification ; ip : par adresse ; "
                "ip,fede : l'une ou l'autre. Avec fede, un navigateur refusé est conduit à "
                "l'identification, ici et pour chaque fichier.",
                "",
            ),
        ),
        example="/auth",
    ),
    Endpoint(
        "/limits",
        "limits.answer",
        "Every limit that a client can meet, and what happens beyond it.",
        "Toutes les limites qu'un client peut rencontrer, et ce qui arrive au-delà.",
        "json",
        example="/limits",
    ),
    *COUNTER,
    Endpoint(
        "/authFede",
        "auth.login",
        "Send a browser to the login of its institution, then to target; programs get 403.",
        "Conduire un navigateur à l'identification par son établissement, puis à target ; "
        "les programmes reçoivent 403.",
        "json",
        (Parameter("target", "where to go afterwards", "adresse de retour", ""),),
    ),
    Endpoint(
        "/token",
        "auth.token",
        "A token for the programs of who is signed in; a browser goes to the login first.",
        "Un jeton pour les programmes de la personne identifiée ; un navigateur est d'abord "
        "conduit à l'identification.",
        "json",
        (
            Parameter(
                "institution",
                "key of one of several institutions",
                "clé d'un de plusieurs établissements",
                "",
            ),
        ),
    ),
    Endpoint(
        "/openapi.json",
        "pages.openapi",
        "This API as an OpenAPI 3.1 document.",
        "Cette API décrite en OpenAPI 3.1.",
        "json",
        example="/openapi.json",
    ),
)

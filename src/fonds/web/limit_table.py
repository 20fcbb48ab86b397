"""Every limit a client can meet, in one table: `/limits` and the reference are made from it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fonds.corpora import citations
from fonds.settings import Settings
from fonds.web.api.highlighting import MOST_HIGHLIGHTED
from fonds.web.api.lookup import MOST_REFERENCES as MOST_LOOKED_UP
from fonds.web.api.openurl import MOST_BODY, MOST_REFERENCES
from fonds.web.api.parameters import MOST_ADDRESS
from fonds.web.api.searching import body_limit


class Limit(msgspec.Struct, frozen=True):
    """One limit. `beyond` says what happens beyond it: a status, or that the value is cut."""

    name: str
    unit: str
    beyond: str
    english: str
    french: str
    value: Callable[[Settings], int]  # 0: no limit
    setting: str = ""  # that changes it


LIMITS: tuple[Limit, ...] = (
    Limit(
        "addressBytes",
        "bytes",
        "414",
        "an address with its query; longer queries come by POST",
        "une adresse avec sa requête ; les requêtes plus longues passent par POST",
        lambda settings: MOST_ADDRESS,
    ),
    Limit(
        "bodyBytes",
        "bytes",
        "413",
        "the body of a POST with a query",
        "le corps d'un POST avec une requête",
        lambda settings: body_limit(settings.search),
        "search.query_bytes",
    ),
    Limit(
        "queryBytes",
        "bytes",
        "400",
        "a query",
        "une requête",
        lambda settings: settings.search.query_bytes,
        "search.query_bytes",
    ),
    Limit(
        "queryDepth",
        "levels",
        "400",
        "levels of a query; a parenthesis opens one",
        "niveaux d'une requête ; une parenthèse en ouvre un",
        lambda settings: settings.search.query_depth,
        "search.query_depth",
    ),
    Limit(
        "queryClauses",
        "clauses",
        "400",
        "words and phrases of a query",
        "mots et expressions d'une requête",
        lambda settings: settings.search.query_clauses,
        "search.query_clauses",
    ),
    Limit(
        "queryPatterns",
        "patterns",
        "400",
        "wildcards, fuzzy words and regular expressions of a query; in a phrase, each counts as 10",
        "troncatures, mots approchés et expressions régulières d'une requête ; "
        "entre guillemets, chacune compte pour 10",
        lambda settings: settings.search.query_patterns,
        "search.query_patterns",
    ),
    Limit(
        "pageSize",
        "documents",
        "cut",
        "documents in one answer; walk with scroll to get all",
        "documents d'une réponse ; parcourir par scroll pour tout obtenir",
        lambda settings: settings.search.page_size,
        "search.page_size",
    ),
    Limit(
        "highlighted",
        "documents",
        "400",
        "documents in one answer with highlight",
        "documents d'une réponse avec highlight",
        lambda settings: MOST_HIGHLIGHTED,
    ),
    Limit(
        "scrollSeconds",
        "seconds",
        "cut",
        "life of a walk between two calls",
        "durée de vie d'un parcours entre deux appels",
        lambda settings: settings.search.cursor_seconds_max,
        "search.cursor_seconds_max",
    ),
    Limit(
        "references",
        "references",
        "400",
        "references in one call of multiopenurl",
        "références d'un appel à multiopenurl",
        lambda settings: MOST_REFERENCES,
    ),
    Limit(
        "referencesBytes",
        "bytes",
        "413",
        "the body of a call of openurl or multiopenurl",
        "le corps d'un appel à openurl ou multiopenurl",
        lambda settings: MOST_BODY,
    ),
    Limit(
        "lookupReferences",
        "references",
        "400",
        "references in one call of lookup",
        "références d'un appel à lookup",
        lambda settings: MOST_LOOKED_UP,
    ),
    Limit(
        "exportDocuments",
        "documents",
        "413",
        "documents in one export",
        "documents d'une extraction",
        lambda settings: settings.corpora.documents,
        "corpora.documents",
    ),
    Limit(
        "citedDocuments",
        "documents",
        "413",
        "documents in one export with citations",
        "documents d'une extraction avec citations",
        lambda settings: citations.MOST,
    ),
    Limit(
        "keptDocuments",
        "documents",
        "413",
        "documents of one corpus kept by POST /corpora",
        "documents d'un corpus conservé par POST /corpora",
        lambda settings: settings.corpora.kept_documents,
        "corpora.kept_documents",
    ),
    Limit(
        "personRequests",
        "requests",
        "429",
        "requests of one address (IPv6: one /64) in rates.seconds",
        "requêtes d'une adresse (IPv6 : un /64) en rates.seconds",
        lambda settings: settings.rates.person_requests,
        "rates.person_requests",
    ),
    Limit(
        "tokenRequests",
        "requests",
        "429",
        "requests with one token in rates.seconds",
        "requêtes avec un jeton en rates.seconds",
        lambda settings: settings.rates.token_requests,
        "rates.token_requests",
    ),
    Limit(
        "networkRequests",
        "requests",
        "429",
        "requests of one institution in rates.seconds",
        "requêtes d'un établissement en rates.seconds",
        lambda settings: settings.rates.network_requests,
        "rates.network_requests",
    ),
    Limit(
        "personBytes",
        "bytes",
        "429",
        "bytes sent to one address in rates.bytes_seconds; an answer that has begun is ended",
        "octets envoyés à une adresse en rates.bytes_seconds ; une réponse commencée est achevée",
        lambda settings: settings.rates.person_bytes,
        "rates.person_bytes",
    ),
    Limit(
        "tokenBytes",
        "bytes",
        "429",
        "bytes sent for one token in rates.bytes_seconds",
        "octets envoyés pour un jeton en rates.bytes_seconds",
        lambda settings: settings.rates.token_bytes,
        "rates.token_bytes",
    ),
    Limit(
        "networkBytes",
        "bytes",
        "429",
        "bytes sent to one institution in rates.bytes_seconds",
        "octets envoyés à un établissement en rates.bytes_seconds",
        lambda settings: settings.rates.network_bytes,
        "rates.network_bytes",
    ),
    Limit(
        "rateSeconds",
        "seconds",
        "-",
        "window of the numbers of requests",
        "fenêtre des nombres de requêtes",
        lambda settings: settings.rates.seconds,
        "rates.seconds",
    ),
    Limit(
        "rateBytesSeconds",
        "seconds",
        "-",
        "window of the numbers of bytes",
        "fenêtre des nombres d'octets",
        lambda settings: settings.rates.bytes_seconds,
        "rates.bytes_seconds",
    ),
)

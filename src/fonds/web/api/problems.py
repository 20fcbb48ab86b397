"""Errors as the API says them: a status and `{"_error": "<French sentence>", ...}`, never a trace.

Beside `_error`, which old clients read, stand the stable code, an English sentence, what to do
next and, for queries, the position of the character (from 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from fonds.errors import FondsError

MISSING = "La ressource que vous demandez n'existe pas"
NOTHING_OF_TYPE = "Il n'existe actuellement aucun résultat pour ce type de data"
BAD_ARK = "L'identifiant ARK saisi n'a pas le format requis."


class Problem(msgspec.Struct, frozen=True):
    """How one error is answered; `french` is filled with the error's data."""

    status: int
    french: str


PROBLEMS: Mapping[str, Problem] = MappingProxyType(
    {
        "query-invalid": Problem(400, "La requête est invalide au caractère {position}."),
        "expression-invalid": Problem(
            400, "L'expression régulière /{expression}/ est invalide au caractère {position}."
        ),
        "search-too-broad": Problem(
            400, "{expression} correspond à trop de mots différents : précisez le mot."
        ),
        "facet-invalid": Problem(400, "La facette {facet} ne peut pas être calculée."),
        "analysis-unknown": Problem(404, "Il n'existe pas d'analyse {name}."),
        "analysis-too-long": Problem(
            503, "L'analyse {name} a pris plus de {seconds} secondes : demandez moins de documents."
        ),
        "analysis-failed": Problem(503, "L'analyse {name} n'a pas abouti : {reason}."),
        "corpus-empty": Problem(404, "Aucun document ne répond à {query} : rien à analyser."),
        "terminology-empty": Problem(
            404,
            "Aucun terme n'a été trouvé dans {documents} documents de {query} : TBX n'admet pas "
            "de terminologie vide.",
        ),
        "corpus-not-found": Problem(404, "Aucun corpus n'est conservé sous ce nom."),
        "extra-missing": Problem(501, "Ce serveur ne sait pas écrire {what}."),
        "corpus-invalid": Problem(400, "Cette liste de documents est inutilisable."),
        "keeping-refused": Problem(403, "Vous ne pouvez pas conserver de corpus ici."),
        "extract-invalid": Problem(
            400, "Le paramètre extract est invalide au caractère {position}."
        ),
        "export-too-large": Problem(
            413, "{asked} documents demandés : une extraction en compte au plus {limit}."
        ),
        "parameter-invalid": Problem(400, "Le paramètre {name} a une valeur invalide."),
        "ark-invalid": Problem(400, BAD_ARK),
        "ark-elsewhere": Problem(302, "Cet ARK relève d'une autre autorité ({naan}) : {location}"),
        "cursor-expired": Problem(
            404,
            "Ce parcours (scrollId) n'existe pas ou a expiré : relancez la requête, "
            "avec une durée « scroll » plus longue si vos pages prennent du temps.",
        ),
        "access-denied": Problem(
            403, "Accès refusé : ce texte est réservé aux établissements qui y ont droit."
        ),
        "login-needed": Problem(
            403, "Accès refusé : identifiez-vous d'abord par votre établissement."
        ),
        "login-refused": Problem(403, "L'identification n'a pas été acceptée."),
        "login-unknown": Problem(404, "Ce fournisseur d'identité n'est pas connu ici."),
        "login-not-offered": Problem(404, "Cette archive ne propose pas d'identification."),
        "target-refused": Problem(
            400, "L'adresse de retour demandée n'est pas une adresse de cette archive."
        ),
        "token-unknown": Problem(404, "Ce jeton n'existe pas, ou n'est plus valable."),
        "tokens-too-many": Problem(
            429, "{count} jetons créés depuis votre connexion : c'est le maximum."
        ),
        "rate-exceeded": Problem(429, "Trop de demandes : réessayez dans {wait} secondes."),
        "not-found": Problem(404, MISSING),
        "document-not-found": Problem(404, MISSING),
        "form-not-offered": Problem(404, MISSING),
        "not-configured": Problem(404, "{what} : le réglage {setting} manque sur ce serveur."),
        "method-not-allowed": Problem(405, "Cette méthode n'est pas acceptée à cette adresse."),
        "range-not-there": Problem(416, "Rien à {range} : le tout a {size} octets."),
        "request-too-large": Problem(
            413, "La requête dépasse {limit} octets : envoyez-la par POST, ou raccourcissez-la."
        ),
        "home-busy": Problem(503, "L'archive est momentanément indisponible."),
        "home-not-found": Problem(503, "L'archive est momentanément indisponible."),
        "home-not-writable": Problem(
            503, "Le serveur ne peut pas garder ce parcours : son disque est plein ou protégé."
        ),
        "catalogue-outdated": Problem(503, "Le catalogue doit être reconstruit (fonds rebuild)."),
        "index-outdated": Problem(503, "L'index doit être reconstruit (fonds rebuild)."),
        "archive-damaged": Problem(503, "Ce fichier est endommagé dans l'archive."),
    }
)
_OTHER = Problem(500, "Erreur interne du service.")


def status_of(error: FondsError) -> int:
    """Return the HTTP status of an error."""
    if error.code == "request-too-large" and error.data.get("part") == "address":
        return 414
    return PROBLEMS.get(error.code, _OTHER).status


def french_of(error: FondsError) -> str:
    """Return the sentence for a person, in French."""
    return PROBLEMS.get(error.code, _OTHER).french.format_map(error.data)


def body_of(error: FondsError) -> bytes:
    """Return the JSON of an error."""
    content: dict[str, object] = {
        "_error": _sent(french_of(error)),
        "code": error.code,
        "message": _sent(error.message),
        "action": error.next_action,
    }
    for name in ("position", "login"):
        if name in error.data:
            content[name] = error.data[name]
    return msgspec.json.encode(content)


def _sent(text: str) -> str:
    """Return a text that UTF-8 can say: a query may hold half a surrogate."""
    return text.encode("utf-8", "replace").decode()

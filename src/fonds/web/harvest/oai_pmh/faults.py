"""What OAI-PMH says about a request that cannot be answered: codes of the protocol, status 200."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "badVerb",
    "badArgument",
    "badResumptionToken",
    "cannotDisseminateFormat",
    "idDoesNotExist",
    "noRecordsMatch",
    "noMetadataFormats",
    "noSetHierarchy",
]


class OaiFault(Exception):
    """One `error` of an answer."""

    def __init__(self, code: Code, said: str) -> None:
        self.code = code
        self.said = said
        super().__init__(f"{code}: {said}")

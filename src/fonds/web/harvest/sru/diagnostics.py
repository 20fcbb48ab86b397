"""What SRU says about a request that cannot be answered: numbers of the protocol, status 200.

Source: https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MESSAGES: Mapping[int, str] = MappingProxyType(
    {
        1: "General system error",
        4: "Unsupported operation",
        5: "Unsupported version",
        6: "Unsupported parameter value",
        7: "Mandatory parameter not supplied",
        8: "Unsupported parameter",
        10: "Query syntax error",
        12: "Too many characters in query",
        15: "Unsupported context set",
        16: "Unsupported index",
        19: "Unsupported relation",
        20: "Unsupported relation modifier",
        27: "Empty term unsupported",
        31: "Anchoring character not supported",
        36: "Term in invalid format for index or relation",
        38: "Too many boolean operators in query",
        39: "Proximity not supported",
        46: "Unsupported boolean modifier",
        47: "Cannot process query; reason unknown",
        50: "Result sets not supported",
        61: "First record position out of range",
        66: "Unknown schema for retrieval",
        71: "Unsupported record packing",
        80: "Sort not supported",
    }
)


class Diagnostic(Exception):
    """One `diagnostic` of an answer."""

    def __init__(self, number: int, details: str = "") -> None:
        self.number = number
        self.details = details
        super().__init__(f"{number}: {self.message}: {details}")

    @property
    def message(self) -> str:
        """Return the protocol's own words."""
        return MESSAGES[self.number]

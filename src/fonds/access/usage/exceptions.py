"""What the COUNTER API says when something is wrong: the codes and messages of the standard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STATUS: Mapping[int, tuple[int, str]] = {  # code -> HTTP status and message
    1000: (503, "Service Not Available"),
    1010: (503, "Service Busy"),
    1011: (202, "Report Queued for Processing"),
    1020: (429, "Client has made too many requests"),
    1030: (400, "Insufficient Information to Process Request"),
    2000: (401, "Requestor Not Authorized to Access Service"),
    2010: (403, "Requestor is Not Authorized to Access Usage for Institution"),
    2011: (403, "Global Reports Not Supported"),
    2020: (401, "APIKey Invalid"),
    3020: (400, "Invalid Date Arguments"),
    3030: (200, "No Usage Available for Requested Dates"),
    3031: (200, "Usage Not Ready for Requested Dates"),
    3032: (200, "Usage No Longer Available for Requested Dates"),
    3040: (200, "Partial Data Returned"),
    3050: (200, "Parameter Not Recognized in this Context"),
    3060: (200, "Invalid ReportFilter Value"),
    3062: (200, "Invalid ReportAttribute Value"),
    3063: (200, "Components Not Supported"),
}


def described(code: int, data: str = "") -> dict[str, Any]:
    """Return an exception as JSON says it."""
    found: dict[str, Any] = {"Code": code, "Message": STATUS[code][1]}
    return {**found, "Data": data} if data else found


class CounterRefusal(Exception):
    """A request for a report that cannot be answered."""

    def __init__(self, code: int, data: str = "") -> None:
        self.code = code
        self.data = data
        super().__init__(STATUS[code][1])

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return STATUS[self.code][0]

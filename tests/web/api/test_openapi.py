"""The server describes itself: an OpenAPI document that is valid."""

from __future__ import annotations

import httpx
import openapi_spec_validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from fonds.web.api.openapi import openapi
from fonds.web.api.table import ENDPOINTS


def test_the_document_is_valid(client: httpx.Client) -> None:
    """OpenAPI 3.1, served as JSON, with every address of the table."""
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    document = answer.json()
    openapi_spec_validator.validate(document, cls=OpenAPIV31SpecValidator)
    assert list(document["paths"]) == [endpoint.path for endpoint in ENDPOINTS]


def test_the_record_is_described() -> None:
    """The schema of the record is made from the model."""
    schemas = openapi()["components"]["schemas"]
    assert "arkIstex" in schemas["Record"]["properties"]


def test_examples_are_answered(client: httpx.Client) -> None:
    """Each example of the table is answered."""
    for endpoint in ENDPOINTS:
        if endpoint.example:
            assert client.get(endpoint.example).status_code == 200


def test_the_counter_api_has_its_own_errors() -> None:
    """Exceptions as the standard says them; an unknown report is our own error."""
    operation = openapi()["paths"]["/r51/reports/{report}"]["get"]
    schema = operation["responses"]["default"]["content"]["application/json"]["schema"]
    names = [one["$ref"].rpartition("/")[2] for one in schema["anyOf"]]
    assert names == ["CounterException", "Error"]

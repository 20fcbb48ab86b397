"""The OpenAPI document is enough: a client is generated from it, whole, and works."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import httpx
import pytest

PACKAGE = "generated_fonds_client"


@pytest.fixture(scope="module")
def generated(client: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Generate a client of the running server by openapi-python-client; it has nothing to say."""
    folder = tmp_path_factory.mktemp("generated")
    (folder / "openapi.json").write_bytes(client.get("/openapi.json").content)
    command = [
        str(Path(sys.executable).with_name("openapi-python-client")), "generate",
        "--path", "openapi.json", "--output-path", PACKAGE, "--meta", "none", "--fail-on-warning",
    ]  # fmt: skip
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    made = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (made.returncode, "arning" in made.stdout) == (0, False), made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield folder / PACKAGE
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def module(name: str) -> ModuleType:
    """Return a module of the generated client."""
    return importlib.import_module(f"{PACKAGE}.{name}")


def test_every_address_is_there(generated: Path) -> None:
    """Each operation is a module that can be imported, and nothing else is missing."""
    document = json.loads((generated.parent / "openapi.json").read_bytes())
    wanted = {one["operationId"] for path in document["paths"].values() for one in path.values()}
    found = {one.name for one in pkgutil.iter_modules([str(generated / "api" / "default")])}
    assert found == wanted
    for name in found:
        module(f"api.default.{name}")


def test_it_searches_stores_and_downloads(generated: Path, client: httpx.Client) -> None:
    """Search, record, a stored query, a file, an error: typed answers of the running server."""
    del generated
    with module("client").Client(base_url=str(client.base_url)) as here:
        works(here, client)


def works(here: object, client: httpx.Client) -> None:
    """Ask by the generated client and compare with plain requests."""
    answer = module("api.default.get_searching_answer").sync(
        client=here, q="*", size=2, output="title,fulltext", sid="generated"
    )
    assert (len(answer.hits), answer.total) == (
        2,
        client.get("/document?q=*&size=0").json()["total"],
    )
    identifier = answer.hits[0].id
    record = module("api.default.get_documents_record").sync(client=here, id=identifier)
    assert (type(record).__name__, record.id) == ("Record", identifier)
    query = "title:one OR title:two"
    number = hashlib.md5(query.encode(), usedforsecurity=False).hexdigest()
    body = module("models.long_query").LongQuery(q_string=query)
    store = module("api.default.post_queries_answer").sync_detailed
    assert [store(client=here, q_id=number, body=body).status_code for _ in range(2)] == [200, 409]
    read = module("api.default.get_queries_answer").sync(client=here, q_id=number)
    assert read == {"req": query}
    kind = record.fulltext[0].extension
    file = module("api.default.get_documents_file").sync(
        client=here, id=identifier, typology="fulltext", extension=kind
    )
    assert file.payload.read() == client.get(f"/document/{identifier}/fulltext/{kind}").content
    wrong = module("api.default.get_searching_answer").sync(client=here, q="title:(")
    assert (type(wrong).__name__, wrong.code) == ("Error", "query-invalid")

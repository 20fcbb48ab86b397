"""schemathesis asks what the served OpenAPI document allows, and what it forbids."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 580  # a hang fails; usually it takes a tenth of that
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance," \
         "response_schema_conformance"  # fmt: skip


@pytest.mark.timeout(600)
def test_the_server_keeps_to_its_document(address: str, tmp_path: Path) -> None:
    """No 5xx, no status, type or body that the document does not tell; a fixed seed."""
    program = Path(sys.executable).parent / "schemathesis"
    command = [str(program), "run", f"{address}/openapi.json", "--checks", CHECKS,
               "--phases", "examples,coverage,fuzzing", "--max-examples", "3",
               "--generation-deterministic",
               "--request-timeout", "10", "--max-redirects", "0", "--no-color",
               "--warnings", "off"]  # fmt: skip
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]

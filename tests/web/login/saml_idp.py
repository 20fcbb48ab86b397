"""A SAML identity provider for tests: pysaml2, which signs by xmlsec1, in a process of its own.

`python -m tests.web.login.saml_idp PORT FOLDER [signed]`: its metadata come at /metadata; ours are
read from FOLDER/sp.xml. A request to /sso is answered at once, for the person and in the way that
the file FOLDER/order.json says, by the form that would go through the browser. A logout at /slo is
answered by a redirect; /ask gives the address by which the provider asks for one. With `signed` it
wants requests to be signed.
"""

from __future__ import annotations

import base64
import json
import shutil
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import saml2.entity
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from saml2 import BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NameID
from saml2.samlp import STATUS_PARTIAL_LOGOUT, StatusCode
from saml2.server import Server

SCOPE = "univ.example"
_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
_SIGN = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"


def write_key(folder: Path) -> None:
    """Write key.pem and cert.pem; the certificate has expired, as many in federations have."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=900))
        .not_valid_after(now - timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "key.pem").write_bytes(key.private_bytes(pem, private, serialization.NoEncryption()))
    (folder / "cert.pem").write_bytes(made.public_bytes(pem))


def settings(base: str, folder: Path) -> dict[str, Any]:
    """Return pysaml2's settings of the provider."""
    idp = {
        "endpoints": {
            "single_sign_on_service": [(f"{base}/sso", BINDING_HTTP_REDIRECT)],
            "single_logout_service": [(f"{base}/slo", BINDING_HTTP_REDIRECT)],
        },
        "want_authn_requests_signed": "signed" in sys.argv[3:],
        "scope": [SCOPE],
        "name_id_format": ["urn:oasis:names:tc:SAML:2.0:nameid-format:transient"],
        "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None}},
        "ui_info": {"display_name": [{"lang": "fr", "text": "Université d'exemple"}]},
    }
    services = [str(one) for one in folder.glob("sp*.xml")]
    return {
        "entityid": f"{base}/idp",
        "service": {"idp": idp},
        "key_file": str(folder / "key.pem"),
        "cert_file": str(folder / "cert.pem"),
        "xmlsec_binary": shutil.which("xmlsec1"),
        "metadata": {"local": services},
    }


def answer(base: str, folder: Path, query: dict[str, list[str]]) -> str:
    """Return the form that goes through the browser."""
    order = json.loads((folder / "order.json").read_bytes())
    with closing(Server(config=IdPConfig().load(settings(base, folder)))) as server:
        asked = server.parse_authn_request(
            query["SAMLRequest"][0], BINDING_HTTP_REDIRECT, **_signature(query)
        )
        arguments = server.response_args(asked.message)
        encrypt = order.get("encrypt", "")
        saml2.entity.pre_encryption_part = _part
        if encrypt == "gcm":
            saml2.entity.pre_encryption_part = partial(_part, msg_enc=_GCM)
            plain = server.sec.encrypt_assertion
            server.sec.encrypt_assertion = partial(plain, key_type="aes-256")
        response = server.create_authn_response(
            order["attributes"],
            userid="ada",
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
            sign_response="response" in order.get("sign", "assertion"),
            sign_assertion="assertion" in order.get("sign", "assertion"),
            encrypt_assertion=bool(encrypt),
            encrypted_advice_attributes=False,
            sign_alg=order.get("algorithm", _SIGN),
            digest_alg=_DIGEST,
            **{**arguments, **order.get("arguments", {})},
        )
    fields = {
        "SAMLResponse": base64.b64encode(str(response).encode()).decode(),
        "RelayState": query.get("RelayState", [""])[0],
    }
    inputs = "".join(f'<input name="{k}" value="{escape(v)}">' for k, v in fields.items())
    return f'<form action="{escape(arguments["destination"])}" method="post">{inputs}</form>'


def _signature(query: dict[str, list[str]]) -> dict[str, str | None]:
    names = {"relay_state": "RelayState", "sigalg": "SigAlg", "signature": "Signature"}
    return {ours: query.get(name, [None])[0] for ours, name in names.items()}


def logged_out(base: str, folder: Path, query: dict[str, list[str]]) -> str:
    """Check a signed logout, and return the address that answers it."""
    order = json.loads((folder / "order.json").read_bytes())
    with closing(Server(config=IdPConfig().load(settings(base, folder)))) as server:
        signature = _signature(query)
        asked = server.parse_logout_request(
            query["SAMLRequest"][0], BINDING_HTTP_REDIRECT, **signature
        )
        said = {"name": asked.message.name_id.text, "format": asked.message.name_id.format}
        said["index"] = asked.message.session_index[0].text
        (folder / "asked.json").write_text(json.dumps(said))
        answered = server.create_logout_response(asked.message, [BINDING_HTTP_REDIRECT])
        if order.get("partly"):
            answered.status.status_code.status_code = StatusCode(value=STATUS_PARTIAL_LOGOUT)
        to = server.response_args(asked.message, [BINDING_HTTP_REDIRECT])["destination"]
        return _redirect(server, answered, to, str(signature["relay_state"]), response=True)


def asked_to_log_out(base: str, folder: Path) -> str:
    """Return the address by which the provider asks the archive to sign somebody out."""
    order = json.loads((folder / "order.json").read_bytes())["logout"]
    with closing(Server(config=IdPConfig().load(settings(base, folder)))) as server:
        _, request = server.create_logout_request(
            order["slo"],
            order["sp"],
            name_id=NameID(text=order["name"]),
            session_indexes=order["indexes"],
        )
        return _redirect(server, request, order["slo"], "theirs", response=False)


def _redirect(server: Server, message: Any, to: str, relay: str, *, response: bool) -> str:
    made = server.apply_binding(
        BINDING_HTTP_REDIRECT,
        str(message),
        to,
        relay,
        response=response,
        sign=True,
        sigalg=_SIGN,
    )
    return str(dict(made["headers"])["Location"])


_part = saml2.entity.pre_encryption_part


def serve(port: int, folder: Path) -> None:
    """Answer until the process is ended."""
    base = f"http://127.0.0.1:{port}"
    write_key(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/metadata":
                content = str(entity_descriptor(IdPConfig().load(settings(base, folder))))
            elif parts.path == "/slo":
                content = logged_out(base, folder, parse_qs(parts.query))
            elif parts.path == "/ask":
                content = asked_to_log_out(base, folder)
            else:
                content = answer(base, folder, parse_qs(parts.query))
            data = content.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    HTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]))

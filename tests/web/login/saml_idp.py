"""A SAML identity provider for tests: pysaml2, which signs by xmlsec1, in a process of its own.

`python -m tests.web.login.saml_idp PORT FOLDER [signed] [post|soap]`: its metadata come at
/metadata; ours are read from FOLDER/sp.xml. A request to /sso is answered at once, for the person
and in the way that the file FOLDER/order.json says, by the form that would go through the browser.
A logout at /slo is answered in the way it came (its metadata name redirects, or what the flag
says); /ask gives the address by which the provider asks for one, or the form, or its answer from
server to server. With `signed` it wants requests to be signed.
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
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NameID
from saml2.samlp import STATUS_PARTIAL_LOGOUT, STATUS_SUCCESS, Status, StatusCode
from saml2.server import Server

SCOPE = "univ.example"
_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
_SIGN = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
_ALGORITHMS = {"sign_alg": _SIGN, "digest_alg": _DIGEST}


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


def binding() -> str:
    """Return how logouts go."""
    known: dict[str, str] = {"post": BINDING_HTTP_POST, "soap": BINDING_SOAP}
    return next((known[one] for one in sys.argv[3:] if one in known), str(BINDING_HTTP_REDIRECT))


def settings(base: str, folder: Path) -> dict[str, Any]:
    """Return pysaml2's settings of the provider."""
    idp = {
        "endpoints": {
            "single_sign_on_service": [(f"{base}/sso", BINDING_HTTP_REDIRECT)],
            "single_logout_service": [(f"{base}/slo", binding())],
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


def logged_out(base: str, folder: Path, query: dict[str, list[str]], body: str = "") -> str:
    """Check a signed logout; return the address, form or envelope that answers it."""
    order, way = json.loads((folder / "order.json").read_bytes()), binding()
    with closing(Server(config=IdPConfig().load(settings(base, folder)))) as server:
        signature = _signature(query) if way == BINDING_HTTP_REDIRECT else {}
        message = _inside(body) if body else query["SAMLRequest"][0]
        taken = BINDING_HTTP_POST if body else way
        asked = server.parse_logout_request(message, taken, **signature)
        said = {"name": asked.message.name_id.text, "format": asked.message.name_id.format}
        said["index"] = asked.message.session_index[0].text
        (folder / "asked.json").write_text(json.dumps(said))
        within = way != BINDING_HTTP_REDIRECT and not order.get("unsigned")
        status = None
        if order.get("partly"):
            inner = StatusCode(value=STATUS_PARTIAL_LOGOUT)
            status = Status(status_code=StatusCode(value=STATUS_SUCCESS, status_code=inner))
        answered = server.create_logout_response(
            asked.message, [way], status=status, sign=within, **_ALGORITHMS
        )
        if way == BINDING_SOAP:
            return str(server.apply_binding(way, str(answered))["data"])
        to = server.response_args(asked.message, [way])["destination"]
        relay = query.get("RelayState", [""])[0]
        return _sent(server, answered, to, relay, response=True)


def asked_to_log_out(base: str, folder: Path) -> str:
    """Ask the archive to sign somebody out; return the address, the form, or what it answers."""
    order = json.loads((folder / "order.json").read_bytes())["logout"]
    way = binding()
    with closing(Server(config=IdPConfig().load(settings(base, folder)))) as server:
        _, request = server.create_logout_request(
            order["slo"],
            order["sp"],
            name_id=NameID(text=order["name"]),
            session_indexes=order["indexes"],
            sign=way != BINDING_HTTP_REDIRECT and not order.get("unsigned"),
            **_ALGORITHMS,
        )
        if way != BINDING_SOAP:
            return _sent(server, request, order["slo"], "theirs", response=False)
        made = server.apply_binding(way, str(request), order["slo"])
        answer = server.send(**made)
        if answer.status_code != 200:
            return f"{answer.status_code} {answer.text}"
        said = server.parse_logout_request_response(_inside(answer.text), BINDING_HTTP_POST)
        return f"answered {said.response.status.status_code.value}"


def _inside(envelope: str) -> str:
    """Return the message of an envelope as a form would have it.

    pysaml2 writes what it takes out of an envelope anew, with other prefixes, and so spoils every
    signature but its own.
    """
    message = etree.fromstring(envelope.encode())[0][0]
    return base64.b64encode(etree.tostring(message)).decode()


def _sent(server: Server, message: Any, to: str, relay: str, *, response: bool) -> str:
    way = binding()
    signing = {"sign": True, "sigalg": _SIGN} if way == BINDING_HTTP_REDIRECT else {}
    made = server.apply_binding(way, str(message), to, relay, response=response, **signing)
    return str(made["data"] if way == BINDING_HTTP_POST else dict(made["headers"])["Location"])


_part = saml2.entity.pre_encryption_part


def serve(port: int, folder: Path) -> None:
    """Answer until the process is ended."""
    base = f"http://127.0.0.1:{port}"
    write_key(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if binding() == BINDING_SOAP:
                self.send(logged_out(base, folder, {}, body))
            else:
                self.send(logged_out(base, folder, parse_qs(body)))

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
            self.send(content)

        def send(self, content: str) -> None:
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

"""Names of SAML 2.0 (OASIS, 2005) and of the attributes that federations release."""

from __future__ import annotations

from lxml import etree

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
MD = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"
MDUI = "urn:oasis:names:tc:SAML:metadata:ui"
MDATTR = "urn:oasis:names:tc:SAML:metadata:attribute"
SHIBMD = "urn:mace:shibboleth:metadata:1.0"
IDPDISC = "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"
SOAP_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
XML = "http://www.w3.org/XML/1998/namespace"
SPACES = {
    "saml": SAML,
    "samlp": SAMLP,
    "md": MD,
    "ds": DS,
    "xenc": XENC,
    "xenc11": XENC11,
    "mdui": MDUI,
    "mdattr": MDATTR,
    "shibmd": SHIBMD,
    "soap": SOAP_ENVELOPE,
}

REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
SOAP = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
REQUESTER = "urn:oasis:names:tc:SAML:2.0:status:Requester"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
URI_FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
HIDDEN = "http://refeds.org/category/hide-from-discovery"
CATEGORY = "http://macedir.org/entity-category"

SCOPED_AFFILIATION = "urn:oid:1.3.6.1.4.1.5923.1.1.1.9"
ENTITLEMENT = "urn:oid:1.3.6.1.4.1.5923.1.1.1.7"
HOME_ORGANIZATION = "urn:oid:1.3.6.1.4.1.25178.1.2.9"
PAIRWISE_ID = "urn:oasis:names:tc:SAML:attribute:pairwise-id"

Element = etree._Element
_PREFIXES = {
    "md": MD,
    "ds": DS,
    "mdui": MDUI,
    "idpdisc": IDPDISC,
    "saml": SAML,
    "samlp": SAMLP,
}


def parse(data: bytes, *, huge: bool = False) -> Element:
    """Parse XML that anybody may have sent; raises ValueError.

    Nothing is fetched or expanded, and a document type is refused: SAML has none.
    """
    parser = etree.XMLParser(
        load_dtd=False, no_network=True, resolve_entities=False, remove_pis=True, huge_tree=huge
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"it is no XML: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it has a document type")
    return root


def children(parent: Element, path: str) -> list[Element]:
    """Return the elements of a path such as `saml:Subject/saml:NameID`."""
    return parent.findall(path, SPACES)


def text_of(element: Element | None) -> str:
    """Return the whole text of an element, also around comments."""
    return (
        ""
        if element is None
        else "".join(str(part) for part in element.itertext(with_tail=False)).strip()
    )


def made(space: str, name: str, *content: Element | str, **attributes: str) -> Element:
    """Return a new element with some content."""
    element = etree.Element(f"{{{space}}}{name}", attributes, nsmap=_PREFIXES)
    for one in content:
        if isinstance(one, str):
            element.text = one
        else:
            element.append(one)
    return element

"""`fonds show`: one document with everything known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home

if TYPE_CHECKING:  # commands import what they need when they run
    from fonds.archive.archive import Archive
    from fonds.archive.model import StoredDocument


def command(
    document: Annotated[str, typer.Argument(help="An id of 40 characters, or an ARK.")],
    home: Home = DEFAULT_HOME,
    text: Annotated[bool, typer.Option("--text", help="Print the running text instead.")] = False,
    form: Annotated[
        str, typer.Option("--format", help="Print a form instead: mods, tei, html, bibtex, ris ...")
    ] = "",
) -> None:
    """Print a document's record as JSON, its text, or any form that is offered of it."""
    import msgspec  # noqa: PLC0415

    from fonds.archive.archive import Archive  # noqa: PLC0415
    from fonds.cli.output import print_json, print_line  # noqa: PLC0415
    from fonds.errors import DocumentNotFound  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    with Archive.open(home, read_settings(home)) as archive:
        found = archive.by_ark(document) if document.startswith("ark:") else archive.by_id(document)
        if found is None:
            raise DocumentNotFound(name=document)
        if form:
            print_line(_form(archive, found, form))
        elif text:
            print_line(archive.index_text(found))
        else:
            print_json(msgspec.json.decode(found.record))


def _form(archive: Archive, document: StoredDocument, name: str) -> str:
    """Return a stored form, or one made now; raises FormNotOffered."""
    from fonds.archive.on_demand import OnDemand  # noqa: PLC0415
    from fonds.errors import FormNotOffered  # noqa: PLC0415
    from fonds.renditions.door import load_renditions  # noqa: PLC0415

    renditions = load_renditions()
    known = [one for one in renditions if name in (one.name, one.extension)]
    for one in known:
        file = archive.file(document.ord, one.typology, one.extension) if one.stored else None
        made = OnDemand(archive, (one,)).make(document, one) if not one.stored else None
        data = archive.read(file) if file is not None else made
        if data is not None:
            return data.decode().rstrip("\n")
    raise FormNotOffered(name=name, known=", ".join(one.name for one in renditions))

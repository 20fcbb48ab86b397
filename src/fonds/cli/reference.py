"""Makes the reference pages out of the code: nothing in them is written by hand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from fonds.analyses import errors as analysis_errors
from fonds.cli import failing
from fonds.cli.reference_contract import contract_page
from fonds.enrich import errors as enrich_errors
from fonds.errors import FondsError
from fonds.findings import FINDINGS
from fonds.search.fields import ALIASES, FIELDS, Field
from fonds.settings import Settings
from fonds.web.limit_table import LIMITS

_LIMITS = (
    "What a client can meet; `/limits` of a server says the same with its own values. "
    "Beyond it: an HTTP status, or the value is cut."
)
_GENERATED = "<!-- Generated from the code by `make docs`; do not edit. -->"


def pages() -> dict[str, str]:
    """Return every page by its file name."""
    made = {
        "settings.md": _settings(),
        "errors.md": _errors(),
        "fields.md": _fields(),
        "cli.md": _commands(),
        "contract.md": contract_page(),
        "limits.md": _limits(),
    }
    return {name: "\n".join([_GENERATED, *lines]) + "\n" for name, lines in made.items()}


def _settings() -> Iterator[str]:
    yield from ("# Settings", "", "In `fonds.toml`, in the home. Every one has a default.", "")
    for section in msgspec.structs.fields(Settings):
        kind = section.type
        yield from (f"## [{section.name}]", "", str(kind.__doc__), "")
        yield from ("| setting | type | default |", "|---|---|---|")
        for field in msgspec.structs.fields(kind):
            default = (
                field.default_factory() if field.default is msgspec.NODEFAULT else field.default
            )
            type_name = getattr(field.type, "__name__", str(field.type))
            yield f"| `{field.name}` | {type_name} | `{default!r}` |"
        yield ""


def _errors() -> Iterator[str]:
    yield from ("# Errors", "", "## Errors that stop a command or a request", "")
    yield from ("| code | what is said | what to do | exit code |", "|---|---|---|---|")
    assert enrich_errors
    assert analysis_errors  # imported, so that its classes are known
    for error in sorted(_classes(FondsError), key=lambda one: one.code):
        template = error.template.replace("|", "\\|")
        yield f"| `{error.code}` | {template} | {error.next_action} | {error.exit_code} |"
    yield from ("", "## Findings about delivered files", "")
    yield "The file is kept in the archive; `fonds report` lists it with the reason and the place."
    yield from ("", "| code | meaning | what to do |", "|---|---|---|")
    for code, (meaning, action) in sorted(FINDINGS.items()):
        yield f"| `{code}` | {meaning} | {action} |"
    yield from ("", "## Exit codes", "")
    text = " ".join(str(failing.__doc__).partition("Exit codes: ")[2].split())
    yield from (f"- {part.strip()}" for part in text.rstrip(".").split(";"))


def _classes(base: type[FondsError]) -> Iterator[type[FondsError]]:
    for error in base.__subclasses__():
        if "code" in vars(error):  # else it only holds others together
            yield error
        yield from _classes(error)


def _fields() -> Iterator[str]:
    yield from ("# Fields", "", "What a query can name. `.raw`: whole values, case and all;", "")
    yield "`.exact`: words with case and accents as written."
    yield from ("", "| field | type | forms | meaning | sens |", "|---|---|---|---|---|")
    for field in FIELDS:
        cells = (f"`{field.name}`", field.kind, _forms(field), field.english, field.french)
        yield f"| {' | '.join(cells)} |"
    yield from ("", "Other names for the same:", "")
    yield from (f"- `{alias}` is `{name}`" for alias, name in ALIASES.items())


def _forms(field: Field) -> str:
    forms = [".raw"] if field.raw else []
    forms += [".exact"] if field.exact else []
    return " ".join(f"`{form}`" for form in forms)


def _limits() -> Iterator[str]:
    yield from ("# Limits", "", _LIMITS, "")
    yield from (
        "| limit | default | unit | beyond it | what | setting |",
        "|---|---|---|---|---|---|",
    )
    for one in LIMITS:
        value = one.value(Settings()) or "none"
        setting = f"`{one.setting}`" if one.setting else ""
        yield f"| `{one.name}` | {value} | {one.unit} | {one.beyond} | {one.english} | {setting} |"
    yield ""


def _commands() -> Iterator[str]:
    from fonds.cli.main import HELP, application  # noqa: PLC0415  # it imports this module's command

    yield from ("# Commands", "", HELP, "")
    group = typer.main.get_command(application())
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        yield from (f"## fonds {name}", "", (command.help or "").strip(), "")
        yield from ("| argument or option | meaning | default |", "|---|---|---|")
        for parameter in command.params:
            if isinstance(parameter, TyperArgument | TyperOption):
                yield from _parameter(parameter)
        yield ""


def _parameter(parameter: TyperArgument | TyperOption) -> Iterator[str]:
    if parameter.name == "help":
        return
    is_option = isinstance(parameter, TyperOption)
    shown = ", ".join(parameter.opts) if is_option else (parameter.name or "").upper()
    default = "" if parameter.required or parameter.default in (None, "", 0) else parameter.default
    text = getattr(parameter, "help", "") or ""
    yield f"| `{shown}` | {text} | {f'`{default}`' if default != '' else ''} |"

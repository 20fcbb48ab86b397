"""Running an analysis at the command line, in this process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from fonds.access.gate import OPERATOR
from fonds.analyses.corpus import Asker
from fonds.analyses.digests import Digests
from fonds.analyses.door import load_analysis, read_values
from fonds.analyses.forms import as_json, forms_of, write
from fonds.analyses.job import Job, run
from fonds.analyses.model import Answer, Table
from fonds.analyses.service import opened
from fonds.cli.output import print_bytes, print_line, print_table
from fonds.cli.waiting import waiting
from fonds.corpora.kept import plan_of, read_kept
from fonds.corpora.plan import Plan
from fonds.corpora.planning import EVERYTHING, Wish, make_plan
from fonds.errors import OutputNotWritable, ParameterInvalid
from fonds.settings import read_settings
from fonds.web.services import Services, open_services

_SHOWN = 20  # rows of a table on a terminal
_NUMBERS = frozenset({"integer", "number", "share"})


class Order(msgspec.Struct, frozen=True):
    """What was asked."""

    analysis: str
    query: str  # or the ARK of a kept corpus
    beside: str = ""
    given: Mapping[str, str] = {}
    form: str = ""
    part: str = ""
    output: Path | None = None
    as_json: bool = False


def analyse(home: Path, order: Order) -> None:
    """Analyse, and print or write what was found."""
    analysis = load_analysis(order.analysis)
    known = {one.name for one in analysis.parameters}
    for name in order.given:
        if name not in known:
            reason = f"{order.analysis} has {', '.join(sorted(known)) or 'no parameters'}"
            raise ParameterInvalid(name=name, value=order.given[name], reason=reason)
    values = read_values(analysis, order.given)
    settings = read_settings(home)
    services = open_services(home, settings)
    archived, digests = opened(home, settings)
    try:
        plan, ark, title = _plan(services, order.query)
        beside = _plan(services, order.beside)[0] if order.beside else None
        job = Job(order.analysis, values, plan, Asker(OPERATOR), settings.web.name, ark, title,
                  beside)  # fmt: skip
        _refresh(digests, quiet=order.as_json or order.form != "")
        answer = run(job, archived, digests, settings.analyses.documents)
    finally:
        digests.close()
        archived.engine.close()
        archived.archive.close()
        services.close()
    _give(answer, order)


def read_given(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--set name=value`; raises ParameterInvalid."""
    given = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise ParameterInvalid(name="--set", value=pair[:80], reason="name=value was expected")
        given[name.strip()] = value
    return given


def _refresh(digests: Digests, *, quiet: bool) -> None:
    with waiting("digests", quiet=quiet) as progress:
        digests.refresh(progress)


def _plan(services: Services, query: str) -> tuple[Plan, str, str]:
    if query.startswith("ark:"):
        kept = read_kept(services.home, query)
        return plan_of(kept, "metadata[json]", "zip"), kept.ark, kept.title
    request = services.search.ask(query)
    wish = Wish(query, "metadata[json]", size=EVERYTHING, parameters={"q": query})
    return make_plan(services.archive, services.engine, request, wish), "", ""


def _give(answer: Answer, order: Order) -> None:
    form = order.form or _form_of(answer, order.output)
    if order.output is not None:
        try:
            order.output.write_bytes(write(answer, form, order.part).data)
        except OSError as error:
            raise OutputNotWritable(path=order.output, reason=error.strerror or error) from error
        print_line(f"{order.output}: {order.analysis}, {answer.coverage.used:,} documents")
    elif form:
        print_bytes(write(answer, form, order.part).data)
    elif order.as_json:
        print_bytes(as_json(answer) + b"\n")
    else:
        _tell(answer, order.part)


def _form_of(answer: Answer, output: Path | None) -> str:
    """Return the form that a file's name asks for."""
    if output is None:
        return ""
    ending = output.suffix.lower().removeprefix(".")
    return {"htm": "html", "markdown": "md"}.get(ending, ending)


def _tell(answer: Answer, part: str) -> None:
    said = answer.coverage
    sample = f", a sample of {said.looked:,}" if said.looked != said.asked else ""
    print_line(f"{answer.analysis}: {said.asked:,} documents{sample}, {said.used:,} of use")
    for reason, count in said.without:
        print_line(f"  {reason}: {count:,}")
    for table in answer.tables:
        if part in ("", table.name):
            _print(table)
    print_line(f"also as: {', '.join(forms_of(answer))} (--format, or -o FILE)")


def _print(table: Table) -> None:
    shown = [at for at, one in enumerate(table.columns) if one.kind != "query"]
    head = [f"{table.columns[at].name}{' ' * (table.columns[at].kind in _NUMBERS)}" for at in shown]
    rows = [
        ["" if row[at] is None else f"{row[at]:,}" if table.columns[at].kind == "integer"
         and not table.columns[at].name.endswith("year") else f"{row[at]}" for at in shown]
        for row in table.rows[:_SHOWN]
    ]  # fmt: skip
    print_line(f"\n{table.name}")
    print_table(head, rows)
    if len(table.rows) > _SHOWN:
        print_line(f"  {len(table.rows) - _SHOWN:,} more (--format csv --part {table.name})")

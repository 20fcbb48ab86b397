"""The analyses installed: ours and those of plug-ins, through the same entry points."""

from __future__ import annotations

from collections.abc import Mapping

from fonds.analyses.errors import AnalysisUnknown
from fonds.analyses.model import Analysis, Parameter, Value
from fonds.errors import ParameterInvalid
from fonds.plugins import installed

GROUP = "fonds.analyses"


def analysis_names() -> tuple[str, ...]:
    """Return the names of all analyses installed, in order."""
    return tuple(installed(GROUP))


def load_analysis(name: str) -> Analysis:
    """Return an analysis by its name; raises AnalysisUnknown."""
    point = installed(GROUP).get(name)
    if point is None:
        raise AnalysisUnknown(name=name[:80], known=", ".join(analysis_names()))
    made: Analysis = point.load()()
    return made


def load_analyses() -> tuple[Analysis, ...]:
    """Return all analyses installed, by name."""
    return tuple(map(load_analysis, analysis_names()))


def read_values(analysis: Analysis, given: Mapping[str, str]) -> dict[str, Value]:
    """Check the parameters of an analysis; what is not given has its default.

    Raises ParameterInvalid. Names that the analysis does not know are left to others.
    """
    return {
        one.name: _value(one, given[one.name].strip()) if given.get(one.name) else one.default
        for one in analysis.parameters
    }


def _value(parameter: Parameter, text: str) -> Value:
    if isinstance(parameter.default, str):
        if parameter.choices and text not in parameter.choices:
            reason = f"one of {', '.join(parameter.choices)} was expected"
            raise ParameterInvalid(name=parameter.name, value=text[:80], reason=reason)
        return text
    kind = type(parameter.default)
    reason = f"a number from {parameter.low:g} to {parameter.high:g} was expected"
    try:
        value = kind(text)
    except ValueError as error:
        raise ParameterInvalid(name=parameter.name, value=text[:80], reason=reason) from error
    if not parameter.low <= value <= parameter.high:
        raise ParameterInvalid(name=parameter.name, value=text[:80], reason=reason)
    return value

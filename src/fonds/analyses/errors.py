"""Errors of analyses; listed with all others in the reference."""

from __future__ import annotations

from fonds.errors import FondsError


class AnalysisUnknown(FondsError):
    code = "analysis-unknown"
    template = "There is no analysis {name}; installed are {known}."
    next_action = "Choose one of those installed; GET /analyses describes them."
    exit_code = 2


class AnalysisTooLong(FondsError):
    code = "analysis-too-long"
    template = "The analysis {name} took longer than {seconds} seconds and was given up."
    next_action = "Ask for fewer documents, or raise analyses.seconds in fonds.toml."
    exit_code = 6


class AnalysisFailed(FondsError):
    code = "analysis-failed"
    template = "The analysis {name} ended without a result: {reason}."
    next_action = "Ask for fewer documents; if it fails again, report it with the query."
    exit_code = 6


class TerminologyEmpty(FondsError):
    code = "terminology-empty"
    template = "No term was found in {documents} documents of {query}: TBX cannot hold none."
    next_action = "Ask for more documents, or enrich them; JSON, CSV and SKOS hold an empty list."
    exit_code = 3


class CorpusEmpty(FondsError):
    code = "corpus-empty"
    template = "No document of this archive answers {query}: there is nothing to analyse."
    next_action = "Ask for something else; explain= says what each part of a query finds."
    exit_code = 3

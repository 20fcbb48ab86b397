"""The process beside the server: killed, slow and failing analyses cost themselves only."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from fonds.analyses.errors import AnalysisTooLong, CorpusEmpty
from fonds.analyses.service import AnalysisService
from fonds.settings import Settings, read_settings
from tests.analyses.conftest import Laboratory


def settings_of(laboratory: Laboratory, seconds: float) -> Settings:
    settings = read_settings(laboratory.home)
    analyses = msgspec.structs.replace(settings.analyses, seconds=seconds)
    return msgspec.structs.replace(settings, analyses=analyses)


@pytest.fixture
def service(laboratory: Laboratory) -> Iterator[AnalysisService]:
    made = AnalysisService(laboratory.home, settings_of(laboratory, 60))
    yield made
    made.close()


def test_it_answers_as_the_analysis_does(laboratory: Laboratory, service: AnalysisService) -> None:
    job = laboratory.job("profile")
    found = service.answer(job)
    assert found.tables == laboratory.analyse("profile").tables
    assert service.answer(job) is found  # remembered


def test_errors_come_through_whole(laboratory: Laboratory, service: AnalysisService) -> None:
    with pytest.raises(CorpusEmpty, match="zzzzqqqq"):
        service.answer(laboratory.job("profile", "zzzzqqqq"))


def test_what_takes_too_long_is_given_up_and_the_next_works(laboratory: Laboratory) -> None:
    hasty = AnalysisService(laboratory.home, settings_of(laboratory, 0.001))
    with pytest.raises(AnalysisTooLong):
        hasty.answer(laboratory.job("profile"))
    hasty.close()


def test_a_killed_process_is_replaced(laboratory: Laboratory, service: AnalysisService) -> None:
    service.answer(laboratory.job("profile"))
    service.close()
    assert service.answer(laboratory.job("profile", "title:*")).tables

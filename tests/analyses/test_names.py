"""What is no subject: notices on other articles, names of journals and people."""

from __future__ import annotations

import msgspec
import pytest

from fonds.analyses.digest import CitedWork, Digest
from fonds.analyses.names import is_notice, names_of
from tests.analyses.themes.test_themes import made


def _document(title: str = "", host: str = "") -> Digest:
    return msgspec.structs.replace(
        made(1, "eng", title, ""), host=host, authors=("Barba, Lorena",),
        references=(CitedWork("", "A work that is cited", 2001, "Green"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Correction: Learning about loss", True),
        ("Author Correction: A study", True),
        ("Correction to: A study", True),
        ("Erratum to “A study”", True),
        ("Errata", True),
        ("Corrigendum", True),
        ("Retraction Note: A study", True),
        ("RETRACTED: A study", True),
        ("Additions and Corrections", True),
        ("Rectificatif à l'article paru", True),
        ("Correction of astigmatism in children", False),
        ("Retraction of the nictitating membrane", False),
        ("The correct typification of Tradescantia", False),
        ("Erratic rainfall", False),
        ("", False),
    ],
)
def test_notices(title: str, expected: bool) -> None:
    assert is_notice(_document(title)) is expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Barba", True),
        ("Green", True),
        ("green", False),  # a colour
        ("JOSE", True),
        ("Open Source Education", True),
        ("Education", False),  # one word of a title may be a subject
        ("open source software", False),
        ("", False),
    ],
)
def test_names(form: str, expected: bool) -> None:
    assert names_of(_document(host="Journal of Open Source Education")).hold(form) is expected


def test_a_journal_of_one_word() -> None:
    assert names_of(_document(host="eLife")).hold("eLife")
    assert names_of(_document(host="JuliaCon Proceedings")).hold("Proceedings of JuliaCon")
    assert not names_of(_document()).hold("life")

"""Affiliations as publishers print them, and the institutions they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.analyses.networks.institutions import institution_of

PRINTED = (
    ("Department of Biological Sciences, University of Cincinnati, 614 Rieveschl Hall, "
     "Cincinnati, Ohio 45221, USA", "University of Cincinnati"),
    ("the Department of Molecular Biology, University of Geneva, Geneva, Switzerland",
     "University of Geneva"),
    ("Whistler Center for Carbohydrate Research, Department of Food Science, Purdue University, "
     "West Lafayette, IN 47907, USA; (F.C.); (D.P.E.)", "Purdue University"),
    ("Royal College of Surgeons in Ireland,Dublin, Ireland",
     "Royal College of Surgeons in Ireland"),
    ("Universidade de São Paulo, Faculdade Medicina de Ribeirão Preto, SP, Brazil.",
     "Universidade de São Paulo"),
    ("1 Department of Physics, University of California, Berkeley, CA 94720, USA",
     "University of California, Berkeley"),
    ("Laboratoire d'Astrophysique, Université de Bordeaux, CNRS, 33615 Pessac, France",
     "Université de Bordeaux"),
    ("The Botanical Research Institute of Texas, 1700 University Drive, Fort Worth, Texas",
     "Botanical Research Institute of Texas"),
    ("Allgemeine Psychologie, Universität Konstanz, Konstanz, Germany", "Universität Konstanz"),
)  # fmt: skip


@pytest.mark.parametrize(("printed", "name"), PRINTED)
def test_the_institution_is_the_part_that_names_one(printed: str, name: str) -> None:
    found = institution_of(printed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "printed", ["Department of Radiology", "E-mail: a@b.org", "", "Paris, France", "\x00,;"]
)
def test_what_names_none_has_none(printed: str) -> None:
    assert institution_of(printed) is None


def test_spellings_share_a_key() -> None:
    written = ("École Normale Supérieure, Paris", "ECOLE NORMALE SUPERIEURE, 75005 Paris, France")
    keys = {found.key for one in written if (found := institution_of(one)) is not None}
    assert keys == {"ecole normale superieure"}


@given(st.text(max_size=200))
def test_any_text_is_borne(text: str) -> None:
    found = institution_of(text)
    assert found is None or found.key

"""Tests of the code table: units as laboratories write them, factors, LOINC check digits."""

import pytest

from bedside.chart.entries import KINDS
from bedside.chart.formats import UNITS
from bedside.knowledge.codes import atc_codes, load_codes
from tests.exported_codes import exported_codes


def check_digit(number: str) -> int:
    """The check digit of a LOINC (modulus 10, double-add-double)."""
    odd, even = number[::-1][0::2], number[::-1][1::2]
    total = sum(map(int, str(int(odd[::-1]) * 2))) + sum(map(int, even))
    return -total % 10


def test_that_every_loinc_has_its_check_digit() -> None:
    codes = [code.split("-") for code in load_codes().by_loinc]
    assert codes
    assert [number for number, digit in codes if check_digit(number) != int(digit)] == []


def test_that_no_loinc_stands_for_two_fields() -> None:
    listed = [code for one in load_codes().observations.values() for code in (one.loinc, *one.also) if code]
    assert len(listed) == len(set(listed))


def test_that_giga_per_litre_and_grams_per_litre_differ_by_case_alone() -> None:
    assert (load_codes().unit_of("G/l"), load_codes().unit_of("g/l")) == ("10*9/L", "g/L")


@pytest.mark.parametrize(
    ("text", "code"),
    [("10⁹/L", "10*9/L"), ("×10⁹/L", "10*9/L"), ("x10^3/µL", "10*3/uL"), ("μg/L", "ug/L"), (" mg/dl ", "mg/dL"),
     ("Zellen/µl", "/uL"), ("mg / dL", "mg/dL")],
)  # fmt: skip
def test_that_a_unit_is_known_as_laboratories_write_it(text: str, code: str) -> None:
    assert load_codes().unit_of(text) == code


@pytest.mark.parametrize("text", ["", "furlong", "10^9", "mg", "MG/DL"])
def test_that_any_other_unit_is_not_known(text: str) -> None:
    assert load_codes().unit_of(text) is None


@pytest.mark.parametrize(
    ("field", "unit", "factor"),
    [("wbc", "10*9/L", 1), ("wbc", "10*3/uL", 1), ("wbc", "/uL", 0.001), ("hb", "g/dL", 10), ("crp", "mg/dL", 10),
     ("creatinine", "mg/dL", 88.4), ("bilirubin", "mg/dL", 17.104), ("triglycerides", "mg/dL", 0.01129),
     ("igg", "mg/dL", 0.01), ("fibrinogen", "mg/dL", 0.01), ("ldh", "ukat/L", 60), ("cd19", "10*9/L", 1000)],
)  # fmt: skip
def test_that_a_factor_is_the_stated_one(field: str, unit: str, factor: float) -> None:
    assert load_codes().factors[(field, unit)] == factor


def test_that_a_unit_of_another_field_has_no_factor() -> None:
    assert ("hb", "mg/dL") not in load_codes().factors


def test_that_every_unit_is_the_charts_own() -> None:
    """The table's units are UCUM for what the chart's format writes with typographic signs."""
    written = {"10⁹/L": "10*9/L", "µg/L": "ug/L", "µmol/L": "umol/L", "°C": "Cel", "mmHg": "mm[Hg]", "mg·h/L": "mg.h/L"}
    for field, code in load_codes().observations.items():
        own = UNITS.get(field)
        if own is not None and not own.startswith("/µL"):
            assert code.unit == written.get(own, own), field


def test_that_every_agents_and_products_code_may_be_exported() -> None:
    assert atc_codes()["tisagenlecleucel"] == "L01XL04"
    assert "" not in exported_codes()["http://www.whocc.no/atc"]


def test_that_every_field_belongs_to_a_kind_or_is_a_part_of_one() -> None:
    fields = {name for kind in KINDS.values() for name in kind.model_fields}
    parts = {"car_t_qpcr", "car_t_fcm", "mrd_value"}
    assert load_codes().observations.keys() <= fields | parts

"""Tests of the size that doses of a regimen are held against."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.logic.preparation.regimen import bsa_m2
from bedside.service.multiplied import multiplied
from bedside.service.regimens import Dosing, dosing, templates
from tests.samples.index_case import knowledge
from tests.samples.planner import before_apheresis

WEIGHED = {"kind": "body_size", "at": "2020-07-30", "weight_kg": 38.6}
MEASURED = {"kind": "body_size", "at": "2020-07-12", "weight_kg": 37.0, "height_cm": 138}


def test_that_the_newest_weight_and_the_newest_height_count_and_are_named() -> None:
    found = dosing(before_apheresis(MEASURED, WEIGHED))
    assert found.weight_kg == 38.6
    assert found.bsa_m2 == pytest.approx((38.6 * 138 / 3600) ** 0.5)
    assert found.inputs == "38.6 kg (30-Jul-2020), 138 cm (12-Jul-2020)"


def test_that_without_a_height_there_is_a_weight_and_no_surface() -> None:
    found = dosing(before_apheresis(WEIGHED))
    assert (found.weight_kg, found.bsa_m2, found.missing) == (38.6, None, ("height_cm",))


def test_that_without_any_size_nothing_is_known() -> None:
    assert dosing(before_apheresis()) == Dosing()


@pytest.mark.parametrize(
    ("unit", "mg"),
    [
        ("mg/m²/day", 30 * 1.2),
        ("mg/m2", 30 * 1.2),
        ("g/m²/day", 30_000 * 1.2),
        ("mg/kg/day", 30 * 40),
        ("mg / kg", 30 * 40),
        ("mg/day", None),
        ("U/m²", None),
        ("", None),
    ],
)
def test_that_a_dose_is_multiplied_by_what_its_unit_names(unit: str, mg: float | None) -> None:
    found = Dosing(40, 1.2, "", ()).mg_a_day(30, unit)
    assert (found and found.mg) == (None if mg is None else pytest.approx(mg))


def test_that_an_unknown_size_gives_no_dose() -> None:
    assert Dosing(40, None, "", ("height_cm",)).mg_a_day(30, "mg/m²/day") is None
    assert Dosing().mg_a_day(30, "mg/kg") is None


def test_that_every_drug_of_a_template_is_in_the_catalogue() -> None:
    agents = set(knowledge().agents)
    assert {drug.agent for template in templates(knowledge()) for drug in template.drugs} <= agents


@given(
    st.decimals("0.1", "3000", places=1),
    st.decimals("2", "150", places=2),
    st.decimals("40", "200", places=1),
    st.sampled_from(["mg/m²/day", "mg/kg/day"]),
)
def test_that_whoever_multiplies_what_is_shown_gets_what_is_shown(
    dose: Decimal, weight: Decimal, height: Decimal, unit: str
) -> None:
    surface = bsa_m2(float(weight), float(height))
    found = Dosing(float(weight), surface, "", ()).mg_a_day(float(dose), unit)
    assert found is not None
    shown = Decimal(str(found.dose_mg)) * Decimal(str(found.size))
    step = Decimal("0.1") if found.mg >= 10 else Decimal("0.01")
    assert shown.quantize(step, ROUND_HALF_UP) == Decimal(str(found.mg))
    exact = float(dose) * (surface if "m²" in unit else float(weight))
    assert found.mg == pytest.approx(exact, abs=float(step) * 0.501)


@pytest.mark.parametrize(
    ("dose", "size", "mg"),
    [
        (1.5, 0.55, 0.83),
        (1.5, 0.553, 0.83),
        (10, 0.9989, 9.99),
        (10, 0.9994, 9.99),
        (10, 1.0, 10.0),
        (10, 1.0041, 10.0),
    ],
)
def test_that_a_small_dose_is_told_to_a_hundredth_of_a_mg(dose: float, size: float, mg: float) -> None:
    assert multiplied(dose, size).mg == mg

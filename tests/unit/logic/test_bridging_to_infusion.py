"""Tests of bridging, lymphodepletion, product and infusion, each limit at its edge."""

from datetime import date
from typing import Any

import pytest

from bedside.chart.derived.preparation import InfusionChecks
from bedside.logic.preparation.regimen import bsa_m2
from tests.charts import (
    Fields,
    assessed,
    entry,
    hsct,
    infusion,
    marrow,
    relapse,
    release,
    therapy,
)


def count(when: Any, **fields: Any) -> Fields:
    return entry("blood_count", when, **fields)


def checks(**fields: Any) -> InfusionChecks:
    found = assessed([infusion(0, **fields)], 10).infusion
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("weight", "fields", "expected"),
    [
        (50, {"dose_car_t_per_kg": 0.19e6}, "below"),
        (50, {"dose_car_t_per_kg": 0.2e6}, "within"),
        (50, {"dose_car_t_per_kg": 5.0e6}, "within"),
        (50, {"dose_car_t_per_kg": 5.01e6}, "above"),
        (50, {"dose_car_t_cells": 250e6}, "within"),
        (50.1, {"dose_car_t_cells": 0.099e8}, "below"),
        (50.1, {"dose_car_t_cells": 0.1e8}, "within"),
        (50.1, {"dose_car_t_cells": 2.5e8}, "within"),
        (50.1, {"dose_car_t_cells": 2.51e8}, "above"),
        (50.1, {"dose_car_t_per_kg": 2.0e6}, "within"),
        (50, {}, "unknown"),
        (None, {"dose_car_t_cells": 1e8}, "unknown"),
    ],
)
def test_that_the_dose_of_tisagenlecleucel_is_judged_by_weight(
    weight: float | None, fields: dict[str, Any], expected: str
) -> None:
    assert checks(weight_kg=weight, **fields).dose_status == expected


def test_that_a_dose_below_two_million_per_kg_above_50_kg_is_said() -> None:
    assert "aim for the high end" in checks(weight_kg=60, dose_car_t_cells=1.19e8).dose_text
    assert "aim for the high end" not in checks(weight_kg=60, dose_car_t_cells=1.2e8).dose_text


@pytest.mark.parametrize(
    ("weight", "cells", "expected"),
    [(60, 60e6, "within"), (60, 53e6, "below"), (60, 67e6, "above"), (105, 1.0e8, "within"), (105, 1.05e8, "above")],
)
def test_that_brexucabtagene_is_one_million_per_kg_and_at_most_a_hundred_million(
    weight: float, cells: float, expected: str
) -> None:
    found = checks(product="brexucabtagene_autoleucel", weight_kg=weight, dose_car_t_cells=cells)
    assert found.dose_status == expected


@pytest.mark.parametrize(
    ("viability", "flagged", "eu", "us"),
    [
        (69.9, False, "out_of_specification", "out_of_specification"),
        (70, False, "in_specification", "out_of_specification"),
        (79.9, False, "in_specification", "out_of_specification"),
        (80, False, "in_specification", "in_specification"),
        (95, True, "out_of_specification", "out_of_specification"),
        (None, False, "unknown", "unknown"),
    ],
)
def test_that_viability_is_held_against_the_limit_of_the_jurisdiction(
    viability: float | None, flagged: bool, eu: str, us: str
) -> None:
    held = [release(-5, out=flagged, viability=viability), infusion(0)]
    for jurisdiction, expected in (("eu", eu), ("us", us)):
        found = assessed(held, 10, jurisdiction=jurisdiction).infusion
        assert found is not None
        assert found.viability_status == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"identity_checked_by": ["A", "B"]}, "ok"),
        ({"identity_checked_by": ["A", " a "]}, "flagged"),
        ({"identity_check_reason": "night shift"}, "ok"),
        ({}, "flagged"),
    ],
)
def test_that_the_identity_is_checked_by_two_different_people(fields: dict[str, Any], expected: str) -> None:
    assert [one.status for one in checks(**fields).checks if one.id == "INF-4"] == [expected]


def test_that_infection_neurology_and_a_regimen_without_fludarabine_are_flagged() -> None:
    held = [
        infusion(0),
        entry("infection", -3, controlled=False),
        entry("neuro", -2, consciousness="voice", ice=None, capd=4),
        therapy(-5, "cytarabine", "lymphodepletion", stop=-3),
    ]
    found = assessed(held, 5, born="2012-01-01").infusion
    assert found is not None
    assert sorted(one.id for one in found.checks if one.status == "flagged") == ["INF-4", "INF-5", "INF-5", "INF-6"]


def bridged(*given: Fields, when: Any = 5, **options: Any) -> Any:
    held = [entry("apheresis", -40), *given, therapy(-5, "fludarabine", "lymphodepletion", stop=-3), infusion(0)]
    return assessed(held, when, **options).bridging


@pytest.mark.parametrize(
    ("agent", "fields", "expected"),
    [
        ("idarubicin", {}, "high"),
        ("clofarabine", {}, "high"),
        ("methotrexate", {"route": "iv"}, "high"),
        ("methotrexate", {"route": "po"}, "low"),
        ("methotrexate", {}, "unknown"),
        ("methotrexate", {"route": "it"}, "none"),
        ("vincristine", {}, "low"),
        ("cytarabine", {"dose": 1000, "dose_unit": "mg/m²"}, "high"),
        ("cytarabine", {"dose": 999, "dose_unit": "mg/m²"}, "between the definitions"),
        ("cytarabine", {"dose": 101, "dose_unit": "mg/m2/d"}, "between the definitions"),
        ("cytarabine", {"dose": 100, "dose_unit": "mg/m2"}, "low"),
        ("cytarabine", {"dose": 100, "dose_unit": "mg"}, "unknown"),
        ("cytarabine", {}, "unknown"),
        ("blinatumomab", {}, "immunotherapy"),
        ("imatinib", {}, "targeted"),
        ("newdrugumab", {}, "unknown"),
    ],
)
def test_that_the_agent_its_route_and_its_dose_tell_the_intensity(
    agent: str, fields: dict[str, Any], expected: str
) -> None:
    assert bridged(therapy(-30, agent, "bridging", stop=-20, **fields)).intensity == (expected,)


def test_that_several_intensities_stand_together_and_treatment_before_apheresis_is_no_bridging() -> None:
    found = bridged(
        therapy(-60, "idarubicin", stop=-50),
        therapy(-30, "vincristine", "bridging", stop=-29),
        therapy(-28, "blinatumomab", "bridging", stop=-20),
    )
    assert found.intensity == ("low", "immunotherapy")


@pytest.mark.parametrize(
    ("agents", "expected"),
    [
        (("cyclophosphamide", "vincristine", "dexamethasone"), "high"),
        (("cyclophosphamide", "cytarabine"), "high"),
        (("vincristine", "methotrexate"), "unknown"),
        (("vincristine", "mercaptopurine"), "low"),
    ],
)
def test_that_the_most_intense_agent_tells_the_intensity_of_the_regimen(agents: tuple[str, ...], expected: str) -> None:
    given = [therapy(-30 + place, agent, "bridging", stop=-20) for place, agent in enumerate(agents)]
    assert bridged(*given).intensity == (expected,)


def test_that_a_dose_between_the_definitions_outranks_a_low_agent() -> None:
    given = therapy(-30, "cytarabine", "bridging", stop=-28, dose=500, dose_unit="mg/m²")
    found = bridged(given, therapy(-30, "vincristine", "bridging", stop=-29))
    assert found.intensity == ("between the definitions",)


@pytest.mark.parametrize(("gap", "expected"), [(13, 1), (14, 2), (15, 2)])
def test_that_blocks_a_fortnight_apart_are_cycles_unless_these_are_numbered(gap: int, expected: int) -> None:
    blocks = [therapy(-35, "vincristine", "bridging", stop=-35), therapy(-35 + gap, "vincristine", "bridging", stop=-9)]
    assert bridged(*blocks).cycles == expected
    assert bridged(*({**block, "cycle": 1} for block in blocks)).cycles == 1


def test_that_weeks_run_from_the_first_bridging_day_to_the_start_of_lymphodepletion() -> None:
    assert bridged(therapy(-26, "vincristine", "bridging", stop=-26)).weeks == 3.0


def flags(*given: Fields) -> tuple[str, ...]:
    found: tuple[str, ...] = bridged(*given).flags
    return found


def test_that_each_finding_is_raised_by_its_datum_alone() -> None:
    vincristine = therapy(-30, "vincristine", "bridging", stop=-20)
    assert flags(vincristine) == ("BRG-4", "BRG-9")
    with_it = [
        vincristine,
        therapy(-30, "dexamethasone", "bridging", stop=-25),
        therapy(-30, "cytarabine", "bridging", stop=-30, route="it"),
    ]
    assert flags(*with_it) == ()
    assert flags(*with_it, marrow(-10, 5)) == ("BRG-3",)
    assert flags(*with_it, marrow(-10, 4.9)) == ()
    assert flags(*with_it, marrow(-10, 1, cd19_load_pct=14.9)) == ("BRG-12",)
    assert flags(*with_it, marrow(-10, 1, cd19_load_pct=15)) == ()
    assert flags(*with_it, hsct(-200), relapse(-100)) == ("BRG-5",)
    assert flags(*with_it, hsct(-201), relapse(-100)) == ()
    assert flags(*with_it, entry("comorbidity", -50, condition="severe_neuropathy", active=True)) == ("BRG-7",)
    assert flags(*with_it, relapse(-100, "cns")) == ("BRG-12", "BRG-15")
    assert flags(*with_it, entry("extramedullary", -50, site="testis", active=True)) == ("BRG-14",)


@pytest.mark.parametrize(
    ("auc", "expected"), [(13.79, "suboptimal"), (13.8, "borderline"), (13.99, "borderline"), (14.0, "adequate")]
)
def test_that_exposure_to_fludarabine_is_judged_by_its_limits(auc: float, expected: str) -> None:
    held = [infusion(0), entry("fludarabine_exposure", -2, auc=auc, basis="measured")]
    assert assessed(held, 5).lymphodepletion.auc_status == expected
    assert assessed([infusion(0)], 5).lymphodepletion.auc_status is None


@pytest.mark.parametrize(("end", "expected"), [(1, "flagged"), (2, "ok"), (14, "ok"), (15, "flagged")])
def test_that_the_gap_to_the_infusion_is_held_against_the_label(end: int, expected: str) -> None:
    held = [infusion(0), therapy(-20, "fludarabine", "lymphodepletion", stop=-end)]
    found = assessed(held, 5).lymphodepletion
    assert found.days_to_infusion == end
    assert [one.status for one in found.findings] == [expected]


@pytest.mark.parametrize(("wbc", "expected"), [(1.0, "ok"), (1.1, "flagged")])
def test_that_few_leukocytes_allow_to_omit_lymphodepletion_in_europe(wbc: float, expected: str) -> None:
    held = [infusion(0), count(-7, wbc=wbc)]
    assert [one.status for one in assessed(held, 5).lymphodepletion.findings] == [expected]
    assert assessed(held, 5, jurisdiction="us").lymphodepletion.findings == ()


@pytest.mark.parametrize(("gap", "blocks"), [(7, 1), (8, 2)])
def test_that_a_gap_of_more_than_a_week_starts_a_new_block(gap: int, blocks: int) -> None:
    held = [
        infusion(0),
        therapy(-20, "fludarabine", "lymphodepletion", stop=-18),
        therapy(-18 + gap, "fludarabine", "lymphodepletion", stop=-3),
    ]
    start = assessed(held, 5).lymphodepletion.start
    assert start == (date(2020, 5, 12) if blocks == 1 else date(2020, 5, 22))


def test_that_a_regimen_is_calculated_by_mosteller_without_rounding() -> None:
    held = [entry("body_size", -9, weight_kg=30.0, height_cm=130.0)]
    found = {one.regimen: one for one in assessed(held, 0).lymphodepletion.calculator}
    label = found["tisagenlecleucel"]
    surface = bsa_m2(30.0, 130.0)
    assert label.bsa_m2 == pytest.approx(1.0408330, abs=1e-7)
    fludarabine = next(one for one in label.drugs if one.agent == "fludarabine")
    assert (fludarabine.mg_per_day, fludarabine.mg_total) == (30 * surface, 120 * surface)
    cyclophosphamide = next(one for one in found["wang_2023"].drugs if one.agent == "cyclophosphamide")
    assert (cyclophosphamide.mg_per_day, cyclophosphamide.days, cyclophosphamide.mg_total) == (600.0, 3, 1800.0)


def test_that_without_a_height_the_surface_is_missing_and_a_dose_by_weight_is_not() -> None:
    (_, _, wang) = assessed([entry("body_size", -9, weight_kg=30.0)], 0).lymphodepletion.calculator
    assert wang.missing == ("height_cm",)
    assert [one.mg_per_day for one in wang.drugs] == [None, 600.0]

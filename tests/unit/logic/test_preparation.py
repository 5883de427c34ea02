"""Tests of indication, apheresis, bridging, lymphodepletion and infusion (sections 2, 3, 5 to 7), edge by edge."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.preparation import ApheresisReadiness, InfusionChecks
from bedside.logic.preparation.regimen import bsa_m2
from tests.charts import (
    Fields,
    assessed,
    entry,
    genetics,
    hsct,
    infusion,
    marrow,
    number_of,
    relapse,
    release,
    subset,
    therapy,
)

COLLECTED = "2020-04-01"


def diagnosis(when: Any = -900, **fields: Any) -> Fields:
    return entry("diagnosis", when, **{"disease": "b_all", "cd19": "positive", **fields})


def count(when: Any, **fields: Any) -> Fields:
    return entry("blood_count", when, **fields)


def referred(indication: str, when: Any = -60) -> Fields:
    return entry("referral", when, indication=indication)


def label_of(entries: list[Fields], product: str = "tisagenlecleucel", when: Any = 0, **options: Any) -> str:
    found = {one.product: one for one in assessed(entries, when, **options).indication}
    return found[product].status.value


@pytest.mark.parametrize(("born", "expected"), [("1994-06-02", "in_label"), ("1994-06-01", "off_label")])
def test_that_tisagenlecleucel_ends_before_the_26th_birthday_on_the_day_of_infusion(born: str, expected: str) -> None:
    held = [diagnosis(), referred("second_or_later_relapse"), infusion(0)]
    assert label_of(held, born=born, when=400) == expected


@pytest.mark.parametrize(
    ("born", "jurisdiction", "expected"),
    [
        ("1994-06-02", "eu", "off_label"),
        ("1994-06-01", "eu", "in_label"),
        ("2002-06-02", "us", "off_label"),
        ("2002-06-01", "us", "in_label"),
    ],
)
def test_that_brexucabtagene_begins_at_26_years_in_europe_and_at_18_in_the_united_states(
    born: str, jurisdiction: str, expected: str
) -> None:
    held = [diagnosis(), referred("first_relapse")]
    assert label_of(held, "brexucabtagene_autoleucel", born=born, jurisdiction=jurisdiction) == expected


@pytest.mark.parametrize(
    ("entries", "eu", "us"),
    [
        ([relapse(-300), relapse(-100)], "in_label", "in_label"),
        ([relapse(-100)], "off_label", "off_label"),
        ([hsct(-200), relapse(-100)], "in_label", "off_label"),
        ([referred("primary_refractory")], "in_label", "in_label"),
        ([referred("mrd_persistence")], "off_label", "off_label"),
        ([], "insufficient_data", "insufficient_data"),
    ],
)
def test_that_the_disease_has_to_fit_the_label(entries: list[Fields], eu: str, us: str) -> None:
    held = [diagnosis(), *entries]
    assert (label_of(held), label_of(held, jurisdiction="us")) == (eu, us)


def test_that_what_is_missing_is_insufficient_and_what_speaks_against_is_off_label() -> None:
    fits = [referred("second_or_later_relapse")]
    assert label_of(fits) == "insufficient_data"
    assert label_of([*fits, diagnosis(cd19="unknown")]) == "insufficient_data"
    assert label_of([*fits, diagnosis(cd19="negative")]) == "off_label"
    assert label_of([*fits, diagnosis(disease="mpal")]) == "off_label"
    assert label_of([*fits, diagnosis()], "obecabtagene_autoleucel") == "insufficient_data"


def test_that_special_situations_are_shown_with_their_data() -> None:
    held = [
        diagnosis(down_syndrome=True),
        relapse(-100, "cns"),
        genetics("bcr_abl1", "present"),
        therapy(-90, "blinatumomab", stop=-60),
    ]
    shown = {one.status: one.id for one in assessed(held, 0).situations}
    assert shown == {
        "first_relapse": "ELI-3",
        "isolated_cns_relapse": "ELI-5",
        "cd19_after_directed_therapy": "ELI-4",
        "down_syndrome": "ELI-5",
        "targetable_lesion": "ELI-5",
    }
    again = {one.status for one in assessed([*held, marrow(-50, 1, cd19="positive")], 0).situations}
    assert "cd19_after_directed_therapy" not in again


def readiness(entries: list[Fields], when: Any = COLLECTED) -> ApheresisReadiness:
    return assessed(entries, when).apheresis


def part(entries: list[Fields], name: str, when: Any = COLLECTED) -> str:
    found = readiness(entries, when)
    return {one.id: one.status.value for one in (*found.parts, *found.profiles)}[name]


@pytest.mark.parametrize(
    ("cd3", "alc", "expected"),
    [
        (150, 0.1, "caution"),
        (151, 0.1, "ready"),
        (100, 0.1, "not_ready"),
        (101, 0.1, "caution"),
        (50, 0.3, "caution"),
        (50, 0.31, "ready"),
        (50, 0.2, "caution"),
        (50, 0.19, "not_ready"),
        (None, 0.31, "ready"),
        (None, 0.1, "unknown"),
        (151, None, "ready"),
        (90, None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_that_one_good_count_makes_ready_and_a_missing_one_leaves_it_open(
    cd3: float | None, alc: float | None, expected: str
) -> None:
    held = [entry("apheresis", COLLECTED)]
    held += [] if cd3 is None else [subset(COLLECTED, None, cd3=cd3)]
    held += [] if alc is None else [count(COLLECTED, alc=alc)]
    assert part(held, "APH-1") == expected


@pytest.mark.parametrize(
    ("cd3", "alc", "expected"),
    [
        (149, 0.49, {"tisagenlecleucel_guideline": "not_ready", "myers_2023": "ready", "plat_02": "ready"}),
        (150, 0.29, {"tisagenlecleucel_guideline": "ready", "myers_2023": "ready", "plat_02": "ready"}),
        (99, 0.1, {"tisagenlecleucel_guideline": "not_ready", "myers_2023": "not_ready", "plat_02": "ready"}),
        (99, 0.09, {"tisagenlecleucel_guideline": "not_ready", "myers_2023": "not_ready", "plat_02": "not_ready"}),
        (99, 0.5, {"tisagenlecleucel_guideline": "ready", "myers_2023": "ready", "plat_02": "ready"}),
    ],
)
def test_that_the_profiles_of_other_sources_stand_beside(cd3: float, alc: float, expected: dict[str, str]) -> None:
    held = [entry("apheresis", COLLECTED), subset(COLLECTED, None, cd3=cd3), count(COLLECTED, alc=alc)]
    assert {name: part(held, name) for name in expected} == expected


@pytest.mark.parametrize(("age", "expected"), [(7, "ready"), (8, "unknown")])
def test_that_a_count_older_than_a_week_is_stale(age: int, expected: str) -> None:
    day = date.fromisoformat(COLLECTED) - timedelta(days=age)
    held = [entry("apheresis", COLLECTED), subset(day, None, cd3=900), count(day, alc=1.0)]
    assert part(held, "APH-1") == expected


@pytest.mark.parametrize(
    ("wbc", "blasts", "expected"),
    [(20, 90, "ready"), (20.1, 50, "ready"), (20.1, 50.1, "not_ready"), (20.1, None, "unknown"), (20, None, "ready")],
)
def test_that_many_leukocytes_with_many_blasts_speak_against_collection(
    wbc: float, blasts: float | None, expected: str
) -> None:
    held = [entry("apheresis", COLLECTED), count(COLLECTED, wbc=wbc, pb_blasts_pct=blasts)]
    assert part(held, "APH-2") == expected
    assert part([entry("apheresis", COLLECTED)], "APH-2") == "unknown"


@pytest.mark.parametrize(("days", "expected"), [(99, "not_ready"), (100, "caution"), (119, "caution"), (120, "ready")])
def test_that_time_since_hsct_immunosuppression_and_gvhd_count_together(days: int, expected: str) -> None:
    collected = date.fromisoformat(COLLECTED)
    transplanted = hsct(collected - timedelta(days=days))
    free = [
        entry("gvhd", collected, form="acute", grade=0, active=False),
        therapy(
            collected - timedelta(days=90), "ciclosporin", "immunosuppression", stop=collected - timedelta(days=28)
        ),
    ]
    assert part([entry("apheresis", COLLECTED), transplanted, *free], "APH-4") == expected
    assert part([entry("apheresis", COLLECTED), transplanted], "APH-4") == (
        "not_ready" if expected == "not_ready" else "unknown"
    )


@pytest.mark.parametrize(("collected", "expected"), [(0.99, "caution"), (1.0, "ready"), (1.01, "ready")])
def test_that_the_yield_is_held_against_what_is_wanted(collected: float, expected: str) -> None:
    assert part([entry("apheresis", COLLECTED, cd3_yield=collected)], "APH-5") == expected


def test_that_the_worst_part_decides_and_unknown_outranks_caution() -> None:
    good = [entry("apheresis", COLLECTED), subset(COLLECTED, None, cd3=900), count(COLLECTED, wbc=3, alc=1)]
    assert readiness(good).status == "ready"
    assert readiness([*good, therapy("2020-03-30", "cytarabine", stop="2020-03-31")]).status == "not_ready"
    assert readiness(good[:1]).status == "unknown"


def test_that_contested_counts_leave_the_readiness_unknown_and_are_named() -> None:
    held = [entry("apheresis", COLLECTED), count(COLLECTED, alc=1.0)]
    held += [{**count(COLLECTED, alc=v), "supersedes": number_of(1), "reason": "again"} for v in (0.1, 0.9)]
    found = readiness(held).parts[0]
    assert (found.id, found.status) == ("APH-1", "unknown")
    assert found.text.startswith("conflict: ")


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
    assert flags(*with_it, relapse(-100, "cns")) == ("BRG-15",)
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

"""Tests of which entries belong to which way to an infusion: several courses, the next way open, reinfusions."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.assessment import Assessment
from tests.charts import Fields, assessed, entry, hsct, infusion, marrow, on, relapse, release, subset, therapy


def depleted(first: int, last: int, agent: str = "fludarabine") -> Fields:
    return therapy(first, agent, "lymphodepletion", stop=last)


def first_course() -> list[Fields]:
    """A course from apheresis to the relapse of D+100, with a reinfusion on D+60."""
    return [
        entry("diagnosis", -900, disease="b_all", cd19="positive"),
        relapse(-300),
        entry("apheresis", -40),
        therapy(-30, "idarubicin", "bridging", stop=-28),
        depleted(-5, -3),
        entry("fludarabine_exposure", -3, auc=13.0, basis="measured"),
        infusion(0, weight_kg=30.0, dose_car_t_cells=9e7),
        depleted(54, 56),
        infusion(60),
        relapse(100),
    ]


def next_way() -> list[Fields]:
    return [
        *first_course(),
        entry("apheresis", 110),
        therapy(112, "vincristine", "bridging", stop=119),
        therapy(112, "dexamethasone", "bridging", stop=119),
        entry("plan", 115, milestone="infusion", date=on(150)),
        release(139, viability=75),
    ]


def shown(found: Assessment) -> Any:
    bridging, depletion = found.bridging, found.lymphodepletion
    assert bridging is not None
    return (bridging.intensity, bridging.weeks, depletion.agents, depletion.days_to_infusion)


def test_that_a_closed_course_goes_on_showing_its_own_way() -> None:
    assert shown(assessed(first_course(), 105)) == (("high",), 3.6, ("fludarabine",), 3)


def test_that_the_next_way_starts_empty_and_is_held_against_its_plan() -> None:
    assert shown(assessed(next_way(), 133)) == (("low",), 3.0, (), None)
    found = assessed([*next_way(), depleted(140, 143)], 145)
    assert shown(found) == (("low",), 4.0, ("fludarabine",), 7)
    (window,) = found.lymphodepletion.findings
    assert (window.id, window.status) == ("LD-3", "ok")
    assert "planned infusion" in window.text
    assert found.lymphodepletion.auc_status is None


@pytest.mark.parametrize(("last", "expected"), [(149, "flagged"), (148, "ok"), (136, "ok"), (135, "flagged")])
def test_that_the_window_is_held_against_the_planned_infusion(last: int, expected: str) -> None:
    found = assessed([*next_way(), depleted(132, last)], 149).lymphodepletion
    assert found.days_to_infusion == 150 - last
    assert found.findings[0].status == expected


def test_that_the_second_infusion_takes_the_second_way_and_not_the_reinfusion_of_the_first_course() -> None:
    without = [*next_way(), infusion(150)]
    assert shown(assessed(without, 151)) == (("low",), 5.4, (), None)
    assert assessed(without, 151).lymphodepletion.start is None
    with_block = assessed(
        [*without, depleted(140, 143), entry("fludarabine_exposure", 160, auc=15, basis="measured")], 170
    )
    assert shown(with_block) == (("low",), 4.0, ("fludarabine",), 7)
    assert with_block.lymphodepletion.auc_status == "adequate"


def test_that_the_checks_stay_with_the_newest_course_while_the_next_way_is_open() -> None:
    held = [*next_way(), depleted(140, 143, "cytarabine")]
    during, after = assessed(held, 145).infusion, assessed([*held, infusion(150)], 150).infusion
    assert during is not None
    assert after is not None
    assert during.viability_status == "unknown"
    assert "INF-6" not in {one.id for one in during.checks}
    assert after.viability_status == "in_specification"
    assert "INF-6" in {one.id for one in after.checks}


def test_that_a_course_without_an_apheresis_of_its_own_does_not_borrow_the_one_before() -> None:
    held = [*first_course(), therapy(105, "vincristine", "salvage", stop=106), infusion(150)]
    found = assessed(held, 151).bridging
    assert found is not None
    assert found.intensity == ("none",)


def test_that_the_label_is_held_against_what_happened_since_the_course_before() -> None:
    before, during = assessed(first_course(), 105), assessed(next_way(), 133)
    label = {one.product: one for one in before.indication}["tisagenlecleucel"]
    assert label.status == "off_label"
    label = {one.product: one for one in during.indication}["tisagenlecleucel"]
    assert label.status == "in_label"
    assert "2 relapses" in label.reasons[0]
    assert "cd19_after_directed_therapy" in {one.status for one in during.situations}
    again = assessed([*next_way(), marrow(120, 40, cd19="positive")], 133)
    assert "cd19_after_directed_therapy" not in {one.status for one in again.situations}


def test_that_an_as_of_in_the_past_knows_only_its_own_way() -> None:
    held = [*next_way(), depleted(140, 143), infusion(150)]
    assert shown(assessed(held, 40)) == shown(assessed(first_course(), 40))
    assert assessed(held, -35).lymphodepletion.start is None
    assert assessed(held, -4).lymphodepletion.start == date(2020, 5, 27)


def test_that_a_block_overlapped_by_a_longer_one_is_not_cut() -> None:
    held = [
        therapy(-20, "fludarabine", "lymphodepletion", stop=-5),
        therapy(-12, "cyclophosphamide", "lymphodepletion", stop=-12),
        therapy(-4, "cyclophosphamide", "lymphodepletion", stop=-3),
        infusion(0),
    ]
    found = assessed(held, 5)
    assert found.lymphodepletion.start == date(2020, 5, 12)
    assert found.lymphodepletion.days_to_infusion == 3


PARTS: list[Fields] = [
    *next_way(),
    hsct(-250),
    subset(108, None, cd3=160),
    entry("blood_count", 109, alc=0.2, wbc=25, pb_blasts_pct=60),
    entry("gvhd", 50, form="chronic", grade=1, active=False),
    therapy(-200, "ciclosporin", "immunosuppression", stop=-100),
    depleted(140, 143),
    marrow(138, 7, cd19="dim", cd19_load_pct=9),
    entry("comorbidity", 111, condition="severe_neuropathy", active=True),
    entry("infection", 111, organism="aspergillus", controlled=False),
    infusion(150, "brexucabtagene_autoleucel", weight_kg=60.0, dose_car_t_cells=6e7),
]
PANELS = ("indication", "situations", "apheresis", "bridging", "lymphodepletion", "infusion")


@settings(max_examples=25)
@given(st.randoms(use_true_random=False), st.sampled_from([-35, 10, 105, 112, 133, 145, 150, 400]))
def test_that_the_order_of_entries_and_a_voided_one_change_nothing(random: Any, day: int) -> None:
    held = [{"id": f"00000000-0000-4000-8000-{place:012d}", **fields} for place, fields in enumerate(PARTS)]
    expected = assessed(held, day)
    mixed = random.sample(held, len(held))
    mistake = {"id": "00000000-0000-4000-8000-0000000000ff", **random.choice(PARTS)}
    void = entry("void", 0, voids=mistake["id"], reason="mistaken")
    for entries in (mixed, [mistake, *mixed, void]):
        found = assessed(entries, day)
        for panel in PANELS:
            assert getattr(found, panel) == getattr(expected, panel), panel


def test_that_everything_named_as_evidence_is_an_entry_that_counts() -> None:
    held = [{"id": f"00000000-0000-4000-8000-{place:012d}", **fields} for place, fields in enumerate(PARTS)]
    for day in (-35, 10, 105, 133, 145, 160):
        found = assessed(held, day)
        counted = {one["id"] for one in held if date.fromisoformat(one["at"]) <= date.fromisoformat(on(day))}
        named = {one for label in found.indication for one in label.evidence}
        named |= {one for part in (*found.apheresis.parts, *found.apheresis.profiles) for one in part.evidence}
        named |= set(found.lymphodepletion.evidence)
        for panel in (found.bridging, found.infusion):
            named |= set() if panel is None else set(panel.evidence)
        named |= {one for note in found.situations for one in note.evidence}
        assert named
        assert named <= counted

"""Tests of indication and readiness for apheresis, each limit at its edge."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.preparation import ApheresisReadiness
from bedside.chart.formats import date_text
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


def yielded(*given: tuple[int, float | None]) -> tuple[str, str, int]:
    """Status, text and number of entries of the yield of aphereses: the day before the last one, and the cells."""
    entries = [
        entry("apheresis", date.fromisoformat(COLLECTED) - timedelta(days=before), cd3_yield=cells)
        for before, cells in given
    ]
    held = assessed(entries, COLLECTED).apheresis
    return next((one.status.value, one.text, len(one.evidence)) for one in held.parts if one.id == "APH-5")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([(1, 0.6), (0, 0.4)], ("ready", 2)),
        ([(1, 0.6), (0, 0.39)], ("caution", 2)),
        ([(4, 0.2), (2, 0.4), (0, 0.4)], ("ready", 3)),
        ([(3, 0.6), (0, 0.4)], ("caution", 1)),
        ([(0, 0.6), (0, 0.4)], ("ready", 2)),
        ([(1, None), (0, 0.4)], ("unknown", 2)),
        ([(1, None), (0, 1.0)], ("ready", 2)),
        ([(0, None), (0, 0.4)], ("caution", 2)),
    ],
)
def test_that_the_yields_of_one_collection_are_added_up_and_a_missing_one_leaves_it_open(
    given: list[tuple[int, float | None]], expected: tuple[str, int]
) -> None:
    status, _, entries = yielded(*given)
    assert (status, entries) == expected


def test_that_the_days_of_a_collection_and_what_is_missing_are_named() -> None:
    days = [date_text(date.fromisoformat(COLLECTED) - timedelta(days=1)), date_text(date.fromisoformat(COLLECTED))]
    assert f"1 ×10⁹ CD3⁺ cells on 2 days ({', '.join(days)})" in yielded((1, 0.6), (0, 0.4))[1]
    assert (
        f"at least 0.4 ×10⁹ CD3⁺ cells on 2 days ({', '.join(days)}), yield of {days[0]} not recorded"
        in (yielded((1, None), (0, 0.4))[1])
    )


def test_that_the_worst_part_decides_and_unknown_outranks_caution() -> None:
    good = [entry("apheresis", COLLECTED), subset(COLLECTED, None, cd3=900), count(COLLECTED, wbc=3, alc=1)]
    assert readiness(good).status == "unknown"
    good.append(entry("referral", -200, indication="first_relapse", therapy_history="complete"))
    assert readiness(good).status == "ready"
    assert readiness([*good, therapy("2020-03-30", "cytarabine", stop="2020-03-31")]).status == "not_ready"
    assert readiness(good[:1]).status == "unknown"


def test_that_contested_counts_leave_the_readiness_unknown_and_are_named() -> None:
    held = [entry("apheresis", COLLECTED), count(COLLECTED, alc=1.0)]
    held += [{**count(COLLECTED, alc=v), "supersedes": number_of(1), "reason": "again"} for v in (0.1, 0.9)]
    found = readiness(held).parts[0]
    assert (found.id, found.status) == ("APH-1", "unknown")
    assert found.text.startswith("conflict: ")

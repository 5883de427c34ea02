"""Tests of the grade proposed while signs are typed: what it says, and that the stored entry is graded the same."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.service.propose import DRAFT, Grading, ProposedGrade, grading
from bedside.service.read import Opened
from tests.charts import Fields, assessed, chart, entry, infusion, tables, therapy

NOW = datetime(2020, 7, 20, 9, 0, tzinfo=UTC)
ALL_CLEAR: Fields = {"hypotension": False, "oxygen": "none"}
FULL_ICE = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}


def of_chart(entries: list[Fields], born: str = "2000-01-01") -> Grading:
    one = chart(entries, born)
    opened = Opened(one, resolve(one.entries), assessed(entries, AsOf(NOW.date()).text, born=born), {})
    return grading(opened, tables(), NOW)


def at(day: int, hour: int = 8) -> str:
    return f"2020-06-{day + 1:02d}T{hour:02d}:00:00+00:00"


def vitals(day: int, temp: float | None, hour: int = 8, **fields: Any) -> Fields:
    return entry("vitals", at(day, hour), temp_c=temp, **fields)


def neuro(day: int, **fields: Any) -> Fields:
    return entry("neuro", at(day), **{"consciousness": "awake", **fields})


def proposed(draft: Fields, *recorded: Fields, born: str = "2000-01-01") -> ProposedGrade:
    return of_chart([infusion(0), *recorded], born).proposed(draft)


@pytest.mark.parametrize(("temp", "grade"), [(37.9, 0), (38.0, 1), (38.1, 1)])
def test_that_a_draft_is_graded_by_its_signs(temp: float, grade: int) -> None:
    found = proposed(vitals(3, temp, **ALL_CLEAR))
    assert (found.grade, found.at_least, found.missing) == (grade, False, ())
    assert found.statement == f"CRS grade {grade}"


def test_that_what_is_missing_is_said_in_words() -> None:
    found = proposed(vitals(3, 38.5))
    assert found.statement == "CRS at least grade 1"
    assert found.missing == ("hypotension yes or no", "oxygen support")
    assert found.rule == "fever 38.5 °C"


def test_that_without_a_temperature_the_grade_is_not_known_and_never_zero() -> None:
    found = proposed(vitals(3, None, **ALL_CLEAR))
    assert (found.grade, found.statement) == (None, "CRS not known yet")
    assert "temperature" in found.missing


@pytest.mark.parametrize(
    ("before", "moved", "words"),
    [
        (vitals(2, 37.0), 1, "rose from 0, 03-Jun-2020 08:00"),
        (vitals(2, 38.5, **ALL_CLEAR), 0, "unchanged at 1, 03-Jun-2020 08:00"),
        (vitals(2, 38.5), None, ""),
        (vitals(2, 38.5, oxygen="mask"), -1, "fell from 3, 03-Jun-2020 08:00"),
    ],
)
def test_that_the_draft_is_held_against_the_grade_before(before: Fields, moved: int, words: str) -> None:
    found = proposed(vitals(3, 38.2, **ALL_CLEAR), before, vitals(4, 39.0, oxygen="positive_pressure"))
    assert (found.moved, found.movement) == (moved, words)


@pytest.mark.parametrize(
    ("before", "moved"),
    [(vitals(2, 37.0), 1), (vitals(2, 38.5, **ALL_CLEAR), None), (vitals(2, 38.5, oxygen="low_flow"), None)],
)
def test_that_fever_alone_is_never_called_a_fall(before: Fields, moved: int | None) -> None:
    found = proposed(vitals(3, 39.1), before)
    assert (found.statement, found.moved) == ("CRS at least grade 1", moved)


def test_that_an_assessment_without_a_grade_is_no_grade_before() -> None:
    found = proposed(vitals(3, 38.2, **ALL_CLEAR), vitals(1, 37.0), vitals(2, None))
    assert found.movement == "rose from 0, 02-Jun-2020 08:00"
    assert proposed(vitals(3, 38.2, **ALL_CLEAR)).movement == ""


def test_that_fever_is_no_longer_needed_once_something_was_given_in_the_episode() -> None:
    draft, fever = vitals(3, 37.0, hypotension=True, oxygen="none"), vitals(2, 39.0)
    given_then = therapy(2, "tocilizumab", "toxicity", stop=2)
    assert proposed(draft, fever).grade == 0
    assert proposed(draft, fever, given_then).grade == 2


def test_that_a_draft_before_or_long_after_the_infusion_is_not_graded_and_says_why() -> None:
    grades = of_chart([infusion(0)])
    assert grades.proposed({**vitals(0, 39.0, **ALL_CLEAR), "at": "2020-07-01"}).grade == 1
    late = grades.proposed({**vitals(0, 39.0), "at": "2020-07-02"})
    assert late.not_graded == "more than 30 days after infusion; it is graded when the cause is judged to be CRS"
    early = grades.proposed({**vitals(0, 39.0), "at": "2020-05-31"})
    assert early.not_graded == "before the infusion of 01-Jun-2020: it stands as the baseline"
    assert (early.statement, early.grade) == ("CRS not graded", None)
    assert of_chart([]).proposed(vitals(3, 39.0)).not_graded == "no infusion so far"


def test_that_a_draft_after_the_death_is_not_graded() -> None:
    death = entry("death", 4, cause="infection")
    assert proposed(vitals(9, 39.0), death).not_graded == "after the patient's death on 05-Jun-2020"


def test_that_an_assessment_without_consciousness_says_so() -> None:
    draft = entry("neuro", at(3), ice=FULL_ICE)
    found = proposed(draft)
    assert (found.grade, found.missing) == (None, ("consciousness",))


def test_that_ice_is_chosen_from_twelve_years_and_capd_below_or_with_delay() -> None:
    grades = of_chart([infusion(0)], born="2008-06-04")
    days = [grades.takes_ice(datetime(2020, 6, day, tzinfo=UTC).date()) for day in (3, 4, 5)]
    assert days == [False, True, True]
    assert not grades.takes_ice(NOW.date(), developmental_delay=True)


def test_that_the_score_before_infusion_stands_beside() -> None:
    found = proposed(neuro(3, ice={**FULL_ICE, "writing": 0}), neuro(0, ice=FULL_ICE))
    assert (found.statement, found.rule) == ("ICANS grade 1", "ICE 9")
    assert found.baseline == "ICE 10, 01-Jun-2020 08:00"


def test_that_a_correction_does_not_compare_with_the_entry_it_replaces() -> None:
    wrong = {**vitals(3, 39.0, oxygen="mask"), "id": "00000000-0000-4000-8000-0000000000aa"}
    grades = of_chart([infusion(0), vitals(2, 37.0), wrong]).correcting(wrong["id"])
    found = grades.proposed(vitals(3, 38.4, **ALL_CLEAR))
    assert found.movement == "rose from 0, 03-Jun-2020 08:00"


signs = st.fixed_dictionaries(
    {"temp_c": st.sampled_from([36.5, 37.9, 38.0, 39.5, None])},
    optional={
        "hypotension": st.booleans(),
        "oxygen": st.sampled_from(["none", "low_flow", "mask", "positive_pressure"]),
        "vasopressors": st.sampled_from([["noradrenaline"], ["noradrenaline", "adrenaline"]]),
        "cause": st.sampled_from(["crs", "other"]),
    },
)


@given(st.lists(st.tuples(st.integers(0, 18), signs), max_size=8), st.integers(0, 18), signs, st.booleans())
def test_that_the_proposal_is_the_grade_the_stored_entry_gets(
    recorded: list[tuple[int, Fields]], day: int, draft: Fields, treated: bool
) -> None:
    entries = [infusion(0), *(entry("vitals", at(when, 7), **fields) for when, fields in recorded)]
    entries += [therapy(5, "tocilizumab", "toxicity", stop=5)] if treated else []
    typed = entry("vitals", at(day, 9), **draft)
    found = of_chart(entries).proposed(typed)
    stored = assessed([*entries, {**typed, "id": DRAFT}], "2020-07-20").crs.by_entry
    own = next(one for one in stored if one.entry == DRAFT)
    assert (found.grade, found.at_least, found.rule, found.question) == (
        own.grade,
        own.at_least,
        own.text,
        own.question,
    )

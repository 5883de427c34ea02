"""Tests of CRS and of both toxicities in time: signs, what is missing, episodes, overrides, deaths."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.entries import Vitals, parse_entry
from bedside.logic.toxicity.crs import propose_crs
from tests.charts import Fields, assessed, entry, infusion, number_of, relapse, tables, therapy
from tests.unit.logic.toxicity_charts import crs, icans, ice, neuro, vitals

NORMAL = {"temp_c": 37.0, "hypotension": False, "oxygen": "none"}


def grade(entries: list[Fields]) -> int | None:
    return crs(entries).max_grade


@pytest.mark.parametrize(("temp", "expected"), [(37.9, 0), (38.0, 1), (38.1, 1)])
def test_that_fever_begins_at_its_limit(temp: float, expected: int) -> None:
    assert grade([vitals(3, temp, hypotension=False, oxygen="none")]) == expected


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ({"hypotension": True}, 2),
        ({"vasopressors": ["norepinephrine"]}, 3),
        ({"vasopressors": ["Norepinephrine", " norepinephrine "]}, 3),
        ({"vasopressors": ["norepinephrine", "vasopressin"]}, 3),
        ({"vasopressors": ["vasopressin"]}, 3),
        ({"vasopressors": ["Noradrenaline", "norepinephrine"]}, 3),
        ({"vasopressors": ["adrenaline", "epinephrine", "argipressin"]}, 3),
        ({"vasopressors": ["noradrenaline", "adrenaline"]}, 4),
        ({"vasopressors": ["norepinephrine", "epinephrine"]}, 4),
        ({"oxygen": "low_flow"}, 2),
        ({"oxygen": "low_flow", "o2_flow": 5.9}, 2),
        ({"oxygen": "low_flow", "o2_flow": 6.0}, 2),
        ({"oxygen": "low_flow", "o2_flow": 6.1}, 3),
        ({"oxygen": "high_flow", "o2_flow": 2.0}, 3),
        ({"oxygen": "mask"}, 3),
        ({"oxygen": "positive_pressure"}, 4),
        ({"hypotension": True, "oxygen": "mask"}, 3),
        ({"vasopressors": ["norepinephrine", "epinephrine"], "oxygen": "low_flow"}, 4),
    ],
)
def test_that_the_higher_arm_decides(signs: dict[str, Any], expected: int) -> None:
    found = crs([vitals(3, 39.0, **{"hypotension": False, "oxygen": "none", **signs})])
    assert (found.max_grade, found.by_entry[0].at_least) == (expected, False)


@pytest.mark.parametrize(
    ("recorded", "words"),
    [({}, "hypotension, no vasopressor recorded"), ({"vasopressors": []}, "hypotension, no vasopressor")],
)
def test_that_vasopressors_nobody_recorded_are_not_told_as_none_given(recorded: dict[str, Any], words: str) -> None:
    found = crs([vitals(3, 39.0, hypotension=True, oxygen="none", **recorded)]).by_entry[0]
    assert (found.grade, found.at_least) == (2, False)
    assert found.text == f"fever 39 °C, {words}"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["Noradrenaline"], "one vasopressor (noradrenaline)"),
        (["norepinephrine"], "one vasopressor (norepinephrine)"),
        (["noradrenaline", "norepinephrine"], "one vasopressor (noradrenaline)"),
        (["noradrenaline", "argipressin"], "one vasopressor (argipressin, noradrenaline)"),
        (["noradrenaline", "Adrenaline"], "2 vasopressors (adrenaline, noradrenaline)"),
    ],
)
def test_that_vasopressors_are_called_as_they_were_recorded(given: list[str], told: str) -> None:
    assert told in crs([vitals(3, 39.0, vasopressors=given)]).by_entry[0].text


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ({"hypotension": True, "vasopressors": [], "oxygen": "mask"}, "oxygen by mask, hypotension, no vasopressor"),
        (
            {"vasopressors": ["noradrenaline"], "oxygen": "low_flow"},
            "one vasopressor (noradrenaline), low-flow oxygen",
        ),
        ({"hypotension": False, "oxygen": "mask"}, "oxygen by mask"),
    ],
)
def test_that_every_recorded_sign_belongs_to_the_reason_the_worst_first(signs: Fields, told: str) -> None:
    (found,) = crs([vitals(3, 39.4, **signs)]).by_entry
    assert (found.grade, found.at_least, found.text) == (3, False, f"fever 39.4 °C, {told}")


def test_that_fever_alone_with_nothing_else_recorded_is_at_least_grade_1() -> None:
    found = crs([vitals(3, 39.0)]).by_entry[0]
    assert (found.grade, found.at_least, found.missing) == (1, True, ("hypotension", "oxygen"))
    half = crs([vitals(3, 39.0, oxygen="none")]).by_entry[0]
    assert (half.grade, half.at_least, half.missing) == (1, False, ("hypotension",))


@pytest.mark.parametrize(("flow", "expected"), [(None, 1), (0.5, 2), (6.0, 2), (6.1, 3)])
def test_that_a_flow_without_a_device_counts_and_leaves_the_device_open(flow: float | None, expected: int) -> None:
    found = crs([vitals(3, 39.0, hypotension=False, o2_flow=flow)]).by_entry[0]
    assert (found.grade, found.at_least, found.missing) == (expected, flow is not None, ("oxygen",))


def test_that_grade_4_is_never_at_least() -> None:
    treated = [vitals(3, 39.0), therapy(3, "tocilizumab", "toxicity")]
    for oxygen, at_least in (("mask", True), ("positive_pressure", False)):
        found = crs([*treated, vitals(4, 37.0, oxygen=oxygen)]).by_entry[1]
        assert (found.at_least, found.missing) == (at_least, ("hypotension",))


def test_that_positive_pressure_asks_what_it_is_for() -> None:
    found = crs([vitals(3, 39.0, oxygen="positive_pressure", hypotension=False)]).by_entry[0]
    assert found.question.startswith("Is the positive pressure for hypoxia?")
    assert crs([vitals(3, 39.0, oxygen="mask", hypotension=False)]).by_entry[0].question == ""


@pytest.mark.parametrize(
    ("temperature", "vasopressors", "asks"),
    [
        (39.0, ["noradrenaline"], True),
        (39.0, ["noradrenaline", "adrenaline"], False),
        (37.0, ["noradrenaline"], False),
        (None, ["noradrenaline"], True),
    ],
)
def test_that_what_positive_pressure_is_for_is_asked_only_where_it_may_decide_the_grade(
    temperature: float | None, vasopressors: list[str], asks: bool
) -> None:
    found = crs([vitals(3, temperature, oxygen="positive_pressure", vasopressors=vasopressors)]).by_entry[0]
    assert bool(found.question) == asks


def test_that_after_treatment_normal_arms_are_grade_0_and_say_that_no_temperature_was_taken() -> None:
    treated = [vitals(3, 39.0), therapy(3, "tocilizumab", "toxicity")]
    found = crs([*treated, vitals(4, None, oxygen="none", hypotension=False)]).by_entry[1]
    assert (found.grade, found.missing) == (0, ("temp_c",))
    assert found.text == "no hypotension, no oxygen; temperature not recorded"


def test_that_nothing_recorded_is_never_grade_0() -> None:
    assert (crs([]).max_grade, crs([]).text) == (None, "never assessed")
    without_temperature = crs([vitals(3, None, hypotension=False, oxygen="none")])
    assert without_temperature.max_grade is None
    assert without_temperature.by_entry[0].missing == ("temp_c",)
    assert assessed([], 0).crs.text == "not infused yet"


def test_that_signs_of_another_cause_are_grade_0() -> None:
    assert grade([vitals(3, 40.0, hypotension=True, oxygen="mask", cause="other")]) == 0


@pytest.mark.parametrize(
    ("day", "cause", "expected"), [(30, None, 1), (31, None, None), (31, "crs", 1), (-1, None, None)]
)
def test_that_signs_are_graded_from_the_infusion_to_thirty_days_after(
    day: int, cause: str | None, expected: int | None
) -> None:
    assert grade([vitals(day, 39.0, oxygen="none", hypotension=False, cause=cause)]) == expected


def test_that_a_split_dose_and_a_reinfusion_open_windows_of_their_own() -> None:
    again = infusion(60, role="reinfusion")
    assert crs([again, vitals(90, 39.0)], 100).max_grade == 1
    assert crs([again, vitals(91, 39.0)], 100).max_grade is None


@pytest.mark.parametrize("agent", ["tocilizumab", "dexamethasone", "paracetamol", "metamizole"])
def test_that_after_treatment_in_an_open_episode_the_arms_decide_without_fever(agent: str) -> None:
    intent = "supportive" if agent in {"paracetamol", "metamizole"} else "toxicity"
    treated = [vitals(3, 39.0, **{k: v for k, v in NORMAL.items() if k != "temp_c"}), therapy(4, agent, intent)]
    later = vitals(5, 37.0, hypotension=True, oxygen="none")
    assert [one.grade for one in crs([*treated, later]).by_entry] == [1, 2]
    assert [one.grade for one in crs([treated[0], later]).by_entry] == [1, 0]
    unrecorded = crs([*treated, vitals(5, 37.0)]).by_entry[1]
    assert (unrecorded.grade, unrecorded.missing) == (None, ("hypotension", "oxygen"))


def test_that_treatment_after_the_entry_or_before_the_episode_does_not_spare_the_fever() -> None:
    first, later = vitals(3, 39.0, oxygen="none"), vitals(5, 37.0, hypotension=True, oxygen="none")
    assert [one.grade for one in crs([first, later, therapy(6, "tocilizumab", "toxicity")]).by_entry] == [1, 0]
    assert [one.grade for one in crs([therapy(2, "tocilizumab", "toxicity"), first, later]).by_entry] == [1, 0]


@pytest.mark.parametrize(
    ("second", "count"),
    [("2020-06-07T08:00:00+02:00", 1), ("2020-06-07T08:01:00+02:00", 2), ("2020-06-07", 1), ("2020-06-08", 2)],
)
def test_that_an_episode_closes_after_more_than_72_hours(second: str, count: int) -> None:
    found = crs([vitals("2020-06-04T08:00:00+02:00", 39.0), vitals(second, 39.0)])
    assert len(found.episodes) == count


def test_that_onset_peak_and_duration_are_those_of_the_graded_days() -> None:
    given = [
        vitals(2, 37.0),
        vitals(3, 39.0, oxygen="none", hypotension=False),
        vitals(4, 39.0, oxygen="mask"),
        vitals(4, 38.5, oxygen="none"),
        vitals(6, 38.0, oxygen="none"),
        vitals(7, 37.0),
        therapy(4, "tocilizumab", "toxicity", stop=4),
    ]
    found = crs(given, 8)
    assert (found.max_grade, found.onset_day, found.last_day, found.duration_days) == (3, 3, 6, 4)
    assert [(day.day, day.grade) for day in found.by_day] == [(2, 0), (3, 1), (4, 3), (6, 1)]
    (episode,) = found.episodes
    assert (episode.onset_day, episode.last_day, episode.peak, episode.open) == (3, 6, 3, True)
    assert [(treatment.agent, treatment.day) for treatment in found.treatments] == [("tocilizumab", 4)]
    assert crs(given, 10).episodes[0].open is False


def test_that_a_death_of_crs_is_grade_5() -> None:
    found = crs([vitals(3, 39.0, oxygen="mask"), entry("death", 6, cause="crs")])
    assert (found.max_grade, found.last_day) == (5, 6)
    assert crs([vitals(3, 39.0, oxygen="mask"), entry("death", 6, cause="infection")]).max_grade == 3


def test_that_corrections_that_contest_each_other_are_named_and_do_not_count() -> None:
    wrong = vitals(3, 39.0, oxygen="mask")
    corrected = [{**vitals(3, temp), "supersedes": number_of(1), "reason": "read again"} for temp in (38.2, 37.2)]
    found = crs([wrong, *corrected])
    assert found.text.startswith("conflict: ")
    assert (found.max_grade, found.at_least) == (None, True)
    graded = crs([wrong, *corrected, vitals(5, 39.0, oxygen="mask")])
    assert (graded.max_grade, graded.at_least) == (3, True)
    assert "; without them grade 3, 06-Jun-2020 (D+5): fever 39 °C, oxygen by mask" in graded.text


def contested(first: Fields, *others: Fields) -> list[Fields]:
    """An entry, the second of a chart, and corrections of it that contest each other."""
    return [first, *({**other, "supersedes": number_of(1), "reason": "read again"} for other in others)]


@pytest.mark.parametrize(
    ("first", "others", "about_crs", "about_icans"),
    [
        (vitals(-1), [vitals(-1, 39.0), vitals(-1, 37.0)], False, False),
        (vitals(3), [vitals(3, 39.0), vitals(-1, 37.0)], True, False),
        (neuro(3), [neuro(3, capd=1), neuro(3, capd=9)], False, True),
        (
            therapy(3, "tocilizumab", "toxicity"),
            [therapy(day, "tocilizumab", "toxicity") for day in (4, 5)],
            True,
            False,
        ),
        (therapy(3, "levetiracetam", "supportive"), [therapy(4, "levetiracetam", "supportive")] * 2, False, False),
        (
            entry("death", 6, cause="unknown"),
            [entry("death", 6, cause=cause) for cause in ("icans", "crs")],
            True,
            True,
        ),
    ],
)
def test_that_a_conflict_is_told_of_the_toxicity_that_it_bears_on(
    first: Fields, others: list[Fields], about_crs: bool, about_icans: bool
) -> None:
    held = contested(first, *others)
    told = (crs(held).text.startswith("conflict: "), icans(held).text.startswith("conflict: "))
    assert told == (about_crs, about_icans)
    named = crs(held).text if about_crs else icans(held).text
    assert about_crs is about_icans is False or named.split("; ")[0].count(" of ") >= 2


@pytest.mark.parametrize("end", [relapse(10), entry("hsct", 10, donor="sibling")])
@pytest.mark.parametrize("day", [9, 10, 11, 30])
def test_that_the_end_of_the_course_does_not_end_the_grading(end: Fields, day: int) -> None:
    assert crs([end, vitals(day, 39.0)]).max_grade == 1
    assert icans([end, neuro(day, ice=ice(2))]).max_grade == 3


@pytest.mark.parametrize(("day", "expected"), [(9, 1), (10, 1), (11, None)])
def test_that_nothing_after_the_day_of_death_is_graded(day: int, expected: int | None) -> None:
    assert crs([entry("death", 10, cause="infection"), vitals(day, 39.0)]).max_grade == expected


@pytest.mark.parametrize(
    ("infused", "seen", "expected"),
    [
        ("2020-06-01T12:00:00+02:00", "2020-06-01T11:59:00+02:00", None),
        ("2020-06-01T12:00:00+02:00", "2020-06-01T12:00:00+02:00", 1),
        ("2020-06-01T12:00:00+02:00", "2020-06-01", 1),
        ("2020-06-01", "2020-06-01T00:00:00+02:00", 1),
    ],
)
def test_that_signs_before_the_infusion_of_the_same_day_are_not_graded_where_clocks_tell(
    infused: str, seen: str, expected: int | None
) -> None:
    assert assessed([infusion(infused), vitals(seen, 39.0)], 1).crs.max_grade == expected


def test_that_a_death_stands_last_of_its_day_and_its_grade_can_be_overridden() -> None:
    died = [vitals("2020-06-07T08:00:00+02:00", 39.0), entry("death", 6, cause="crs")]
    assert [one.grade for one in crs(died).by_entry] == [1, 5]
    judged = entry("grade_override", 6, of=number_of(2), scale="crs", grade=3, reason="sepsis was the main cause")
    (_, death) = crs([*died, judged]).by_entry
    assert (death.grade, death.proposed, death.override_reason) == (3, 5, "sepsis was the main cause")


@pytest.mark.parametrize(
    ("years", "sbp", "asks"),
    [(0, 40, False), (1, 71, True), (1, 72, False), (10, 89, True), (10, 90, False), (11, 89, True), (11, 90, False)],
)
def test_that_a_low_systolic_pressure_asks_and_never_grades(years: int, sbp: float, asks: bool) -> None:
    signs = parse_entry({"id": number_of(1), **vitals(3, 39.0, sbp=sbp, oxygen="none")})
    assert isinstance(signs, Vitals)
    proposal = propose_crs(signs, tables().toxicity, years=years)
    assert (proposal.grade, bool(proposal.question)) == (1, asks)


OXYGEN = ("none", "low_flow", "mask", "positive_pressure")


@given(
    st.sampled_from([37.0, 38.0, 40.0]),
    st.integers(0, 2),
    st.integers(0, 3),
    st.booleans(),
)
def test_that_a_worse_sign_never_lowers_the_grade_of_crs(temp: float, pressors: int, oxygen: int, needed: bool) -> None:
    def graded(temp: float, pressors: int, oxygen: int) -> int:
        names = ["norepinephrine", "epinephrine", "dopamine"][:pressors]
        fields = vitals(3, temp, hypotension=bool(pressors), vasopressors=names, oxygen=OXYGEN[oxygen])
        signs = parse_entry({"id": number_of(1), **fields})
        assert isinstance(signs, Vitals)
        return propose_crs(signs, tables().toxicity, years=10, fever_needed=needed).grade or 0

    held = graded(temp, pressors, oxygen)
    assert graded(max(temp, 38.0), pressors, oxygen) >= held
    assert graded(temp, pressors + 1, oxygen) >= held
    assert graded(temp, pressors, min(oxygen + 1, 3)) >= held


@given(st.permutations(range(5)))
def test_that_the_order_of_entries_does_not_matter(order: list[int]) -> None:
    given_entries = [
        {"id": number_of(100 + place), **fields}
        for place, fields in enumerate(
            [
                vitals(3, 39.0),
                vitals("2020-06-04T08:00:00+02:00", 38.2, oxygen="mask"),
                vitals("2020-06-04T20:00:00+02:00", 37.2, oxygen="low_flow"),
                therapy(4, "tocilizumab", "toxicity"),
                vitals(9, 38.0, oxygen="none"),
            ]
        )
    ]
    assert crs([given_entries[place] for place in order]) == crs(given_entries)

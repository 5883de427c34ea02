"""Tests of the report to the registries: three published patients against a second reader, each rule at its limits."""

import json
from pathlib import Path
from typing import Any

import pytest

from bedside.chart.derived.registry import AnswerStatus, RegistryAnswer, RegistryReport
from bedside.chart.entries import parse_entries
from bedside.chart.formats import NO_BREAK_SPACE
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.families.registry import NOTHING
from bedside.knowledge.registry import load_registry
from bedside.logic.assess import assess
from bedside.logic.registry.report import RULES, registry_report
from bedside.resources import resource
from tests.charts import When, chart, entry, hsct, infusion, number_of, on, referral, relapse, tables, therapy

BY_HAND = Path(__file__).parent / "registry_by_hand"
MARKS = {"+": "answered", "?": "to_confirm", "-": "missing", "~": "not_due", "/": "not_asked", "0": "no_field"}
CASES = {
    "published-myers-index": "2020-12-31",
    "published-wang-case-1": "2018-12-01",
    "published-wang-case-7": "2020-12-15",
}


def report_of(one: Chart, when: When) -> RegistryReport:
    point = AsOf.parse(on(when))
    assessment = assess(one, point, tables(), app_version="test")
    return registry_report(resolve(one.entries), point, assessment, tables(), load_registry())


def published(name: str) -> Chart:
    fields = json.loads(resource(f"demo/{name}.json").read_text(encoding="utf-8"))
    patient = Patient.model_validate_json(json.dumps(fields["patient"]))
    return Chart(patient=patient, entries=parse_entries(json.dumps(fields["entries"])))


def by_hand(name: str) -> list[tuple[str, str, str, str]]:
    """Part, question, status and how the answer begins, as the table has them; its head says how it was made."""
    found, part = [], ""
    for line in (BY_HAND / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif not line.startswith("#"):
            question, mark, *begins = line.split(None, 2)
            found.append((part, question, MARKS[mark], "".join(begins)))
    return found


@pytest.mark.parametrize("name", CASES)
def test_that_the_report_agrees_with_a_second_reader_of_the_chart_question_by_question(name: str) -> None:
    report, expected = report_of(published(name), CASES[name]), by_hand(name)
    told = [
        (f"{part.form}: {part.about}", one.question.removeprefix(f"{part.form}_"), one.status.value, one.answer)
        for part in report.parts
        for one in part.answers
    ]
    assert [one[:3] for one in told] == [one[:3] for one in expected]
    assert [(one[1], one[3]) for one, hand in zip(told, expected, strict=True) if not one[3].startswith(hand[3])] == []


def test_that_every_question_has_a_rule_and_every_rule_a_question() -> None:
    asked = {question.answer for question in load_registry().questions.values()}
    assert asked - {NOTHING} == RULES.keys()


def test_that_a_question_without_a_place_in_a_chart_rests_on_nothing() -> None:
    for question in load_registry().questions.values():
        assert bool(question.kinds) is (question.answer != NOTHING)


def answers(
    entries: list[dict[str, Any]], when: When, about: str = "100 days", form: str = "cibmtr_4100"
) -> dict[str, RegistryAnswer]:
    """The answers of one form at one point, by the question without the form's name."""
    (part,) = [one for one in report_of(chart(entries), when).parts if one.form == form and one.about.startswith(about)]
    return {one.question.removeprefix(f"{form}_"): one for one in part.answers}


def state(entries: list[dict[str, Any]], when: When, question: str, **where: str) -> tuple[str, str]:
    found = answers(entries, when, **where)[question]
    return found.status.value, found.answer.replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(("day", "status"), [(84, "missing"), (85, "answered"), (115, "answered"), (116, "missing")])
def test_that_a_contact_counts_within_the_window_alone(day: int, status: str) -> None:
    assert state([infusion(0), entry("contact", day, status="alive")], 200, "contact")[0] == status


def test_that_the_contact_nearest_to_the_point_counts() -> None:
    seen = [entry("contact", day, status="alive") for day in (88, 97, 110)]
    assert state([infusion(0), *seen], 200, "contact") == ("answered", "06-Sep-2020 (D+97)")


@pytest.mark.parametrize(("day", "status"), [(115, "not_due"), (116, "missing")])
def test_that_a_point_is_due_once_its_window_is_over(day: int, status: str) -> None:
    assert state([infusion(0)], day, "contact")[0] == status
    assert state([infusion(0)], day, "malignancy")[0] == {"not_due": "not_due", "missing": "to_confirm"}[status]


def test_that_a_point_is_due_at_once_where_its_contact_has_been() -> None:
    given = [infusion(0), entry("contact", 95, status="alive")]
    assert state(given, 99, "malignancy")[0] == "not_due"
    assert state(given, 100, "malignancy")[0] == "to_confirm"


def test_that_what_has_happened_is_told_before_the_point_is_due() -> None:
    given = [infusion(0), relapse(40)]
    assert state(given, 50, "relapse")[0] == "answered"
    assert state(given, 50, "survival")[0] == "not_due"


def test_that_each_time_begins_the_day_after_the_contact_of_the_one_before() -> None:
    given = [
        infusion(0),
        entry("contact", 100, status="alive"),
        relapse(100),
        entry("malignancy", 101, second_malignancy="x"),
    ]
    assert state(given, 400, "relapse")[0] == "answered"
    assert state(given, 400, "malignancy")[0] == "to_confirm"
    assert state(given, 400, "malignancy", about="6 months")[0] == "answered"


def test_that_the_points_go_on_every_year_and_end_with_the_first_ahead() -> None:
    parts = report_of(chart([infusion(0)]), "2023-07-01").parts
    assert [one.about for one in parts if one.form == "cibmtr_4100"] == [
        "100 days", "6 months", "1 year", "2 years", "3 years", "4 years",
    ]  # fmt: skip
    assert [one.about for one in parts if one.form == "ebmt"] == [
        "day 100",
        "6 months",
        "1 year",
        "2 years",
        "3 years",
        "4 years",
    ]


def test_that_death_is_the_last_contact_and_ends_the_points() -> None:
    given = [infusion(0), entry("death", 60, cause="infection")]
    parts = [one.about for one in report_of(chart(given), 900).parts if one.form == "cibmtr_4100"]
    assert parts == ["100 days"]
    assert state(given, 61, "survival") == ("answered", "died 31-Jul-2020 (D+60)")
    assert state(given, 61, "cause") == ("answered", "infection")
    assert state(given, 61, "contact")[0] == "answered"


def test_that_an_unknown_cause_of_death_is_missing() -> None:
    assert state([infusion(0), entry("death", 60, cause="unknown")], 61, "cause")[0] == "missing"


def test_that_before_an_infusion_nothing_is_missing_yet_and_nothing_follows_it() -> None:
    report = report_of(chart([referral()]), 0)
    assert {one.form for one in report.parts} == {"cibmtr_4000", "cibmtr_4003"}
    assert {one.status for part in report.parts for one in part.answers} & {
        AnswerStatus.MISSING,
        AnswerStatus.TO_CONFIRM,
    } == set()


def counts(*values: float) -> list[dict[str, Any]]:
    return [entry("blood_count", 5 + place, anc=anc) for place, anc in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "status", "begins"),
    [
        ((0.4, 0.5, 0.5, 0.5), "answered", "07-Jun-2020"),
        ((0.4, 0.49, 0.5, 0.5), "missing", "fewer than 3"),
        ((0.4, 0.5, 0.5), "missing", "fewer than 3"),
        ((0.4, 0.6, 0.3, 0.6, 0.7, 0.8), "answered", "09-Jun-2020"),
        ((0.5, 0.6, 0.7), "to_confirm", "not below 0.5"),
        ((), "missing", "no neutrophils"),
    ],
)
def test_that_neutrophils_recover_with_the_first_of_three_counts_in_a_row(
    values: tuple[float, ...], status: str, begins: str
) -> None:
    told = state([infusion(0), *counts(*values)], 200, "anc")
    assert (told[0], told[1].startswith(begins)) == (status, True)


@pytest.mark.parametrize(("mark", "status"), [("<", "missing"), (">", "answered")])
def test_that_a_count_below_what_could_be_measured_shows_no_recovery(mark: str, status: str) -> None:
    later = [entry("blood_count", day, anc=0.5, censored={"anc": mark}) for day in (6, 7, 8)]
    assert state([infusion(0), *counts(0.1), *later], 200, "anc")[0] == status


def test_that_two_counts_of_one_day_are_one() -> None:
    day = [entry("blood_count", f"2020-06-10T{hour:02}:00:00+02:00", anc=0.6) for hour in (6, 12, 18)]
    assert state([infusion(0), *counts(0.1), *day], 200, "anc")[0] == "missing"


def test_that_an_open_conflict_answers_nothing_and_is_named() -> None:
    first = {**entry("relapse", 40, sites=["marrow"]), "id": number_of(80)}
    others = [
        {
            **entry("relapse", 40, sites=[site]),
            "id": number_of(81 + place),
            "supersedes": number_of(80),
            "reason": "typed",
        }
        for place, site in enumerate(("cns", "testis"))
    ]
    found = answers([infusion(0), first, *others], 200)["relapse"]
    assert (found.status.value, "conflict" in found.answer, len(found.evidence)) == ("missing", True, 2)


def test_that_graft_versus_host_disease_is_asked_of_those_with_a_donors_cells() -> None:
    known = referral(history="complete")
    assert state([known, infusion(0)], 200, "gvhd")[0] == "not_asked"
    assert state([known, infusion(0), hsct(60)], 200, "gvhd")[0] == "to_confirm"
    assert state([known, infusion(0, product="other", cell_source="donor_derived")], 200, "gvhd")[0] == "to_confirm"
    assert state([known, infusion(0, product="other")], 200, "gvhd")[0] == "to_confirm"


@pytest.mark.parametrize("history", [[], [referral(history="partial")], [referral(history="unknown")]])
def test_that_where_an_earlier_transplant_may_be_missing_graft_versus_host_disease_is_to_confirm(
    history: list[dict[str, Any]],
) -> None:
    assert state([*history, infusion(0)], 200, "gvhd") == ("to_confirm", "nothing is recorded in this time")


@pytest.mark.parametrize(("day", "status"), [(97, "to_confirm"), (102, "to_confirm"), (103, "answered")])
def test_that_the_contact_before_another_infusion_has_to_be_confirmed(day: int, status: str) -> None:
    seen = entry("contact", 97, status="alive")
    assert state([infusion(0), seen, hsct(day)], 200, "contact")[0] == status
    again = infusion(day, role="reinfusion", reason="b_cell_recovery")
    assert state([infusion(0), seen, again], 200, "contact")[0] == status
    assert state([infusion(0), infusion(1, role="split"), seen], 200, "contact")[0] == "answered"


def test_that_a_response_after_the_course_has_ended_is_not_its_best() -> None:
    given = [infusion(0), hsct(60), entry("remission", 90, response="cr")]
    assert state(given, 200, "response")[0] == "missing"
    assert state([*given, entry("remission", 28, response="cri")], 200, "response") == (
        "answered",
        "CRi, 29-Jun-2020 (D+28)",
    )


def test_that_the_best_response_wins_over_the_newest() -> None:
    given = [infusion(0), entry("remission", 28, response="cr"), entry("remission", 90, response="no_response")]
    assert state(given, 200, "response")[1].startswith("CR,")


def test_that_assessments_that_saw_none_are_no_answer_for_the_days_between() -> None:
    vitals = [entry("vitals", day, temp_c=37.0) for day in (3, 4)]
    assert state([infusion(0), *vitals], 200, "crs") == ("to_confirm", "none was seen: grade 0, assessments: 2")
    given = [infusion(0), entry("neuro", 4, capd=0, consciousness="awake")]
    assert state(given, 200, "icans") == ("to_confirm", "none was seen: grade 0, assessments: 1")
    where = {"form": "ebmt", "about": "day 100"}
    for question in ("icans_onset", "icans_resolution", "icans_grade"):
        assert state(given, 200, question, **where)[0] == "to_confirm"


def test_that_a_grade_that_may_be_higher_than_none_has_to_be_confirmed() -> None:
    told = state([infusion(0), entry("vitals", 3, heart_rate=90)], 200, "crs")
    assert told[0] in {"missing", "to_confirm"}


def test_that_none_before_is_said_only_where_the_history_is_complete() -> None:
    where = {"form": "cibmtr_4000", "about": "infusion"}
    assert state([referral(history="complete"), infusion(0)], 1, "prior_hct", **where)[0] == "answered"
    assert state([referral(history="partial"), infusion(0)], 1, "prior_hct", **where)[0] == "to_confirm"
    assert state([hsct(-300), infusion(0)], 1, "prior_hct", **where)[0] == "answered"


def test_that_a_drug_without_a_dose_leaves_the_doses_missing() -> None:
    where = {"form": "cibmtr_4000", "about": "infusion"}
    given = [infusion(0), therapy(-5, "fludarabine", "lymphodepletion", -3, dose=30, dose_unit="mg/m²")]
    assert state(given, 1, "ld_doses", **where) == ("answered", "fludarabine 30 mg/m²")
    given.append(therapy(-5, "cyclophosphamide", "lymphodepletion", -4))
    assert state(given, 1, "ld_doses", **where) == ("missing", "no dose of cyclophosphamide")


def test_that_size_is_the_newest_up_to_lymphodepletion() -> None:
    where = {"form": "cibmtr_4000", "about": "infusion"}
    sizes = [
        entry("body_size", day, weight_kg=kg, height_cm=cm)
        for day, kg, cm in ((-9, 30, 130), (-5, 31, 131), (-4, 32, 132))
    ]
    given = [infusion(0, weight_kg=33.0), therapy(-5, "fludarabine", "lymphodepletion", -3)]
    assert state([*given, *sizes], 1, "ld_weight", **where) == ("answered", "31 kg, 27-May-2020 (D−5)")
    assert state([*given, *sizes], 1, "ld_height", **where)[1].startswith("131 cm")
    assert state(given, 1, "ld_weight", **where) == ("to_confirm", "33 kg at the infusion; none before lymphodepletion")


def test_that_the_batch_is_that_of_the_product_that_was_infused() -> None:
    where = {"form": "cibmtr_4006", "about": "infusion"}
    released = entry("product_release", -3, product="tisagenlecleucel", out_of_specification=False, batch="B-7")
    other = entry("manufacturing", -2, product="other", status="delivered", batch="B-8")
    assert state([released, other, infusion(0)], 1, "identifier", **where) == ("answered", "B-7")
    assert state([other, infusion(0)], 1, "identifier", **where)[0] == "missing"


def test_that_each_infusion_of_a_course_has_its_own_form() -> None:
    given = [infusion(0), infusion(1, role="split")]
    parts = [one.about for one in report_of(chart(given), 10).parts if one.form == "cibmtr_4006"]
    assert parts == ["infusion of 01-Jun-2020 (D0)", "infusion of 02-Jun-2020 (D+1)"]


def test_that_an_ecog_score_is_no_karnofsky_score() -> None:
    where = {"form": "cibmtr_4000", "about": "infusion"}
    given = [infusion(0), entry("performance", -3, scale="ecog", score=1)]
    assert state(given, 1, "performance", **where)[0] == "missing"
    assert (
        state([*given, entry("performance", -4, scale="lansky", score=90)], 1, "performance", **where)[0] == "answered"
    )


def test_that_an_infection_that_goes_on_is_told_in_both_times() -> None:
    given = [infusion(0), entry("contact", 100, status="alive"), entry("infection", 90, controlled=True, stop=on(120))]
    for about in ("100 days", "6 months"):
        assert state(given, 400, "infection", about=about)[0] == "answered"
    assert state(given, 900, "infection", about="1 year")[0] == "to_confirm"


@pytest.mark.parametrize("between", [[relapse(100)], []])
def test_that_collection_and_bridging_are_those_on_the_way_to_the_newest_infusion(
    between: list[dict[str, Any]],
) -> None:
    second = infusion(200, "brexucabtagene_autoleucel")
    first_way = [entry("apheresis", -40), therapy(-30, "vincristine", "bridging", stop=-20), infusion(0)]
    held = [*first_way, *between, second]

    def told(entries: list[dict[str, Any]], when: int) -> tuple[tuple[str, str], tuple[str, str]]:
        about = {"about": "infusion of"}
        return (
            state(entries, when, "collected", form="cibmtr_4003", **about),
            state(entries, when, "bridging", form="cibmtr_4000", **about),
        )

    assert [status for status, _ in told(held, 201)] == ["missing", "to_confirm"]
    again = [*held, entry("apheresis", 150), therapy(160, "cytarabine", "bridging", stop=164)]
    assert told(again, 201) == (("answered", "29-Oct-2020"), ("answered", "cytarabine from 08-Nov-2020"))
    assert told(first_way, 10) == (("answered", "22-Apr-2020"), ("answered", "vincristine from 02-May-2020"))

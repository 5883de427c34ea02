"""Tests of the state of a patient on the first page: leukaemia now, before the infusion, toxicity, what is asked."""

from typing import Any

import pytest

from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.wanted import never_recorded
from tests.unit.report.assessed import chart_of
from tests.unit.report.printed import pages, printed, whole

Told = dict[str, Any]


def document(knowledge: Knowledge, *entries: Told) -> bytes:
    """The PDF of a chart of these entries as of the end of July 2020."""
    chart = chart_of(*entries)
    return printed(chart, assess(chart, AsOf.parse("2020-07-31"), knowledge, app_version="test"))


def first_page(knowledge: Knowledge, *entries: Told) -> str:
    return " ".join(pages(document(knowledge, *entries))[0].split())


def test_that_a_relapse_is_the_first_active_problem_of_the_first_page(knowledge: Knowledge) -> None:
    given = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}
    relapsed = {"kind": "relapse", "at": "2020-07-20", "sites": ["marrow", "cns"]}
    ill = {"kind": "infection", "at": "2020-07-25", "organism": "norovirus", "controlled": True}
    first = first_page(knowledge, given, relapsed, ill)
    problems = first.split("Active problems")[1]
    assert problems.strip().startswith("relapse of 20-Jul-2020 (marrow, CNS), no remission recorded since; norovirus")


def test_that_the_state_before_infusion_is_not_what_came_after_it_and_has_its_dates(knowledge: Knowledge) -> None:
    told: list[Told] = [
        {
            "kind": "therapy",
            "at": "2019-01-02",
            "agent": "fludarabine",
            "intent": "lymphodepletion",
            "stop": "2019-01-05",
        },
        {"kind": "infusion", "at": "2019-01-08", "product": "tisagenlecleucel"},
        {"kind": "relapse", "at": "2019-12-01", "sites": ["cns"]},
        {"kind": "marrow", "at": "2020-05-20", "blasts_pct": 12},
        {"kind": "csf", "at": "2020-05-21", "wbc_per_ul": 9, "blasts": True},
        {
            "kind": "therapy",
            "at": "2020-05-26",
            "agent": "fludarabine",
            "intent": "lymphodepletion",
            "stop": "2020-05-29",
        },
        {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"},
        {"kind": "csf", "at": "2020-06-29", "wbc_per_ul": 0, "blasts": False},
    ]
    first = first_page(knowledge, *told)
    assert "Lymphodepletion 26-May to 29-May-2020" in first
    assert "blasts 12 % (20-May-2020), CNS3 (21-May-2020)" in first
    assert "CNS3 (21-May-2020)" in first_page(knowledge, *told[3:5])


def test_that_toxicity_after_the_end_of_the_course_is_told_with_what_was_given_against_it(knowledge: Knowledge) -> None:
    told: list[Told] = [
        {"kind": "infusion", "at": "2020-07-20", "product": "tisagenlecleucel"},
        {"kind": "relapse", "at": "2020-07-25", "sites": ["cns"]},
        {"kind": "vitals", "at": "2020-07-27", "temp_c": 39.4, "hypotension": True, "oxygen": "none"},
        {"kind": "therapy", "at": "2020-07-27", "agent": "tocilizumab", "intent": "toxicity", "stop": "2020-07-27"},
    ]
    first = first_page(knowledge, *told)
    assert "grade 2, 27-Jul-2020 (D+7)" in first
    assert "tocilizumab from D+7" in first


def test_that_lymphodepletion_without_a_last_day_does_not_end_on_its_first(knowledge: Knowledge) -> None:
    told: list[Told] = [
        {"kind": "therapy", "at": "2020-07-15", "agent": "fludarabine", "intent": "lymphodepletion"},
        {"kind": "infusion", "at": "2020-07-20", "product": "tisagenlecleucel"},
    ]
    text = whole(document(knowledge, *told))
    assert text.count("from 15-Jul-2020, last day not recorded") == 2


def test_that_entries_of_one_relapse_stand_as_one_with_all_its_sites(knowledge: Knowledge) -> None:
    told: list[Told] = [
        {"kind": "relapse", "at": "2019-02-01", "sites": ["marrow"], "immunophenotype": "unknown"},
        {"kind": "relapse", "at": "2019-02-04", "sites": ["cns"], "immunophenotype": "cd19_positive"},
        {"kind": "relapse", "at": "2020-02-04", "sites": ["testis"]},
    ]
    first = first_page(knowledge, *told)
    assert "Relapses 01-Feb-2019 (marrow and CNS, CD19⁺), 04-Feb-2020 (testis)." in first


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ([], "nothing more; this is the course before the HSCT."),
        ([("2020-07-25", {"kind": "relapse", "sites": ["marrow"]})], "your view of what follows the relapse"),
        (
            [
                ("2020-07-25", {"kind": "relapse", "sites": ["marrow"]}),
                ("2020-07-26", {"kind": "remission", "response": "cr"}),
            ],
            "nothing more; this is the course before the HSCT.",
        ),
        (
            [
                ("2020-07-25", {"kind": "relapse", "sites": ["marrow"]}),
                ("2020-07-27", {"kind": "decision", "choice": "reinfusion", "rationale": "synthetic"}),
            ],
            "“reinfusion” was decided on 27-Jul-2020",
        ),
    ],
)
def test_that_a_relapse_after_hsct_asks_for_what_follows_it(
    knowledge: Knowledge, more: list[tuple[str, dict[str, Any]]], asked: str
) -> None:
    given = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}
    decided = {"kind": "decision", "at": "2020-07-01", "choice": "hsct", "rationale": "synthetic"}
    transplanted = {"kind": "hsct", "at": "2020-07-10", "donor": "sibling"}
    since = [{"at": at, **fields} for at, fields in more]
    assert asked in first_page(knowledge, given, decided, transplanted, *since)


def test_that_chemistry_tells_of_organ_function_by_a_value_of_an_organ_alone() -> None:
    wanted = "organ function (creatinine, bilirubin, transaminases)"
    inflamed = {"kind": "chemistry", "at": "2020-07-01", "crp": 12}
    assert wanted in never_recorded(chart_of(inflamed).entries)
    assert wanted not in never_recorded(chart_of({**inflamed, "creatinine": 40}).entries)


def test_that_the_class_moved_within_its_own_course_and_an_earlier_one_has_a_line_of_its_own(
    knowledge: Knowledge,
) -> None:
    first = {"kind": "infusion", "at": "2018-04-10", "product": "other"}
    transplanted = {"kind": "hsct", "at": "2018-09-30", "donor": "haploidentical"}
    second = {"kind": "infusion", "at": "2020-06-01", "product": "other"}
    page = first_page(knowledge, first, transplanted, second)
    assert "Since 01-Jun-2020 (D0). Decided by" in page
    moved = page.split("How the class moved")[1].split("Course ")[1:3]
    assert moved[0].startswith("of 10-Apr-2018: ambiguous, provisional at its end")
    assert "01-Jun-2020 (D0): ambiguous, provisional" in moved[0]


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (1e6, "anti-CD22 CAR T cells, 01-Jun-2020; anti-CD19 CAR T cells, D+1 and D+2; dose 10⁶ CAR⁺ T cells/kg"),
        (2e6, "anti-CD22 CAR T cells, 01-Jun-2020, dose 10⁶ CAR⁺ T cells/kg; "
              "anti-CD19 CAR T cells, D+1 and D+2, dose 2 × 10⁶ CAR⁺ T cells/kg"),
    ],
)  # fmt: skip
def test_that_each_product_of_a_course_is_told_with_its_own_days(
    later: float, words: str, knowledge: Knowledge
) -> None:
    given: list[Told] = [
        {"kind": "infusion", "at": f"2020-06-0{day}", "product": "other", "product_name": name,
         "role": role, "dose_car_t_per_kg": dose}
        for day, name, role, dose in (
            (1, "anti-CD22 CAR T cells", "first", 1e6),
            (2, "anti-CD19 CAR T cells", "split", later),
            (3, "anti-CD19 CAR T cells", "split", later),
        )
    ]  # fmt: skip
    assert f"Product {words} " in first_page(knowledge, *given)

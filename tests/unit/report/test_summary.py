"""Tests of the handoff PDF as a reader finds it: what it shows, on which page, and with every glyph."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bedside.chart.assessment import Phase
from bedside.chart.describe import values_text
from bedside.chart.entries import parse_entry
from bedside.chart.formats import date_text, label, moment_text
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.facts import Facts
from bedside.report.first_page_tables import newest_mrd
from tests.unit.report.assessed import chart_of, index_on_day_60, published, undecided
from tests.unit.report.printed import AS_OF, MADE, SHA, assessed, pages, plain, printed, whole

CASES = ("published-myers-index", *(f"published-wang-case-{number}" for number in range(1, 8)))


def test_that_the_index_case_is_high_and_provisional_by_the_early_loss_of_aplasia(knowledge: Knowledge) -> None:
    first = pages(printed(*index_on_day_60(knowledge)))[0]
    assert "High risk of needing HSCT, provisional" in first
    assert "Since 31-Jul-2020 (D+60); ambiguous before." in first
    assert "H4, early loss of B-cell aplasia: CD19 75/µL on 31-Jul-2020, after 0/µL on 29-Jun-2020" in first
    assert "A second CD19 count" in first
    assert "31-Jul-2020 (D+60): high, provisional" in first


def test_that_the_assessment_of_the_index_case_prints_the_same_class(knowledge: Knowledge) -> None:
    first = pages(assessed(published("published-myers-index"), knowledge))[0]
    assert "High risk of needing HSCT, provisional" in first
    assert "31-Jul-2020 D+60 0 % NGS positive, < LOQ 75/µL" in first


def test_that_the_first_page_goes_down_to_the_line_to_sign_on(knowledge: Knowledge) -> None:
    chart = published("published-myers-index")
    for as_of in (AS_OF, "2020-09-30"):
        assert "date, signed" in pages(assessed(chart, knowledge, as_of))[0]


def test_that_a_course_closed_by_transplant_has_the_event_as_its_headline(knowledge: Knowledge) -> None:
    first = pages(assessed(published("published-myers-index"), knowledge, "2020-09-30"))[0]
    assert "HSCT, D+84" in first
    assert "Class before: High risk of needing HSCT, provisional." in first
    assert "Decision: HSCT, 03-Aug-2020 (D+63): early loss of B-cell aplasia" in first


@pytest.mark.parametrize("case", CASES)
def test_that_every_therapy_marrow_and_criterion_of_a_published_case_is_printed(
    case: str, knowledge: Knowledge
) -> None:
    chart = published(case)
    assessment = assess(chart, AsOf.parse(AS_OF), knowledge, app_version="0.1.0")
    text = whole(printed(chart, assessment))
    for entry in chart.entries:
        if entry.at.day <= date.fromisoformat(AS_OF) and entry.kind in {"therapy", "marrow", "infusion", "hsct"}:
            assert date_text(entry.at.day) in text, values_text(entry)
    agents = {label(e.agent) for e in chart.entries if e.kind == "therapy" and e.at.day <= date(2020, 7, 31)}
    assert {agent for agent in agents if agent not in text} == set()
    for criterion in assessment.risk.criteria:
        title = f" {knowledge.criteria[criterion.id].title}" if assessment.courses else ""
        assert plain(f"{criterion.id}{title}") in text
        if assessment.courses:
            assert plain(criterion.text) in text


def test_that_every_page_names_the_patient_its_number_and_the_date_of_the_data(knowledge: Knowledge) -> None:
    found = pages(printed(*index_on_day_60(knowledge)))
    assert len(found) >= 2
    for number, text in enumerate(found, start=1):
        assert f"page {number} of {len(found)}" in text
        assert "Data as of 31-Jul-2020" in text
        assert "PUBLISHED, Myers Index · born 15-Jun-2000 · No. PUB-MYERS" in text
        assert "Version 1, draft, by A. Example, physician, stored 31-Jul-2020 09:44." in text
        assert "chart of 34 entries attached" in text
        assert "sha256 7c41 9e02 b5d8 … 03fa" in text


def test_that_the_colophon_names_version_knowledge_chart_and_chain(knowledge: Knowledge) -> None:
    last = pages(printed(*index_on_day_60(knowledge)))[-1]
    assert SHA in last
    assert MADE.head_hash in last
    assert knowledge.sha256 in last
    assert "34 entries" in last


def test_that_what_is_not_recorded_is_said_in_words(knowledge: Knowledge) -> None:
    chart = chart_of()
    text = whole(printed(chart, undecided(chart, knowledge, AS_OF)))
    assert "Diagnosis not recorded." in text
    assert "Genetics not recorded." in text
    assert "Allergies and weight not recorded." in text
    for words in ("Performance not recorded", "CNS class not known", "Organ function not recorded"):
        assert words in text
    assert "No marrow and no B-cell count recorded." in text
    titles = ", ".join(f"{one} {table.title}" for one, table in knowledge.criteria.items())
    assert f"Criteria open not recorded as of this date: {titles}." in text


def test_that_signs_nobody_recorded_are_not_recorded_rather_than_absent(knowledge: Knowledge) -> None:
    found = pages(assessed(published("published-wang-case-7"), knowledge))
    assert "ICANS never assessed" in found[0]
    assert "what was not recorded is no grade 0" in found[0]
    assert "ICE, CAPD not recorded" in " ".join(found)
    assert "ICANS grade 0" not in " ".join(found)


def test_that_corrections_stand_with_old_value_new_value_who_when_and_why(knowledge: Knowledge) -> None:
    typed = {"kind": "blood_count", "at": "2020-07-01", "hb": 18, "id": "00000000-0000-4000-8000-0000000000aa"}
    mended = {
        "kind": "blood_count", "at": "2020-07-01", "hb": 108, "supersedes": typed["id"], "reason": "a digit was lost",
        "recorded_at": "2020-07-02T06:00:00Z", "recorded_by": "example",
    }  # fmt: skip
    text = whole(assessed(chart_of(typed, mended), knowledge))
    for words in ("Hb 18 g/L", "Hb 108 g/L", "a digit was lost", "example, 02-Jul-2020 08:00"):
        assert words in text


def test_that_a_conflict_is_on_the_first_page_and_named_with_both_values(knowledge: Knowledge) -> None:
    typed = {"kind": "lymphocyte_subset", "at": "2020-07-01", "cd19": 8, "id": "00000000-0000-4000-8000-0000000000aa"}
    both = [
        {"kind": "lymphocyte_subset", "at": "2020-07-01", "cd19": value, "supersedes": typed["id"], "reason": "misread"}
        for value in (80, 0.8)
    ]
    found = pages(assessed(chart_of(typed, *both), knowledge))
    named = "lymphocyte subset of 01-Jul-2020: CD19⁺ 80/µL or CD19⁺ 0.8/µL"
    assert f"Conflict: {named}; none counts until one is chosen." in found[0]
    assert "The class is high if" not in found[0]


def test_that_the_class_box_says_what_an_answer_to_a_conflict_would_make_of_the_class(knowledge: Knowledge) -> None:
    counted: list[dict[str, Any]] = [
        {"kind": "infusion", "at": "2020-05-29", "product": "tisagenlecleucel"},
        {"kind": "lymphocyte_subset", "at": "2020-06-26", "cd19": 0},
    ]
    typed = {"kind": "lymphocyte_subset", "at": "2020-07-24", "cd19": 8, "id": "00000000-0000-4000-8000-0000000000aa"}
    both = [{**typed, "id": f"00000000-0000-4000-8000-0000000000b{number}", "cd19": value, "supersedes": typed["id"],
             "reason": "misread"} for number, value in enumerate((80, 0.8))]  # fmt: skip
    found = pages(assessed(chart_of(*counted, typed, *both), knowledge))[0]
    assert "CD19⁺ 80/µL or CD19⁺ 0.8/µL; none counts until one is chosen." in found
    assert "The class is high if H4 (early loss of B-cell aplasia) is met." in found
    assert "; the open conflict may change it." in found
    settled = pages(assessed(chart_of(*counted, typed), knowledge))[0]
    assert "The class is high if" not in settled
    assert "open conflict" not in settled


def test_that_what_is_known_only_later_is_left_out_and_the_moment_named(knowledge: Knowledge) -> None:
    late = {"kind": "allergy", "at": "2020-06-01", "known": True, "substance": "latex",
            "recorded_at": "2020-07-20T10:00:00Z"}  # fmt: skip
    chart = chart_of(late)
    known_at = datetime(2020, 7, 1, 10, 0, tzinfo=UTC)
    made = replace(MADE, known_at=known_at)
    text = whole(printed(chart, undecided(chart, knowledge, AS_OF), made))
    assert "latex" not in text
    assert f"as known on {moment_text(known_at, MADE.zone)}" in text
    assert "latex" in whole(printed(chart, undecided(chart, knowledge, AS_OF)))


def test_that_nothing_after_the_date_of_the_data_is_printed(knowledge: Knowledge) -> None:
    text = whole(printed(*index_on_day_60(knowledge)))
    assert "confirmed, unrelated donor" not in text
    assert "24-Aug-2020" not in text


def test_that_a_patient_who_died_is_said_to_have_died_beside_the_name(knowledge: Knowledge) -> None:
    chart = chart_of({"kind": "death", "at": "2020-07-04", "cause": "infection"})
    assessment = undecided(chart, knowledge, AS_OF, phase=Phase.REFERRAL)
    assert "Died 04-Jul-2020" in pages(printed(chart, assessment))[0]


def test_that_the_second_opinion_the_differences_and_the_wash_out_stand_on_the_following_pages(
    knowledge: Knowledge,
) -> None:
    text = " ".join(pages(assessed(published("published-myers-index"), knowledge)))
    for words in (
        "Second opinion (Myers 2023)",
        "HSCT soon",
        "Where the sources differ",
        "HSCT panel",
        "Before infusion 01-Jun-2020",
        "pegaspargase 09-Jan-2020 clear, 84 d, at least 28 d (Feuchtinger 2024)",
        "Earliest: apheresis clear from 11-Feb-2020 (vincristine)",
    ):
        assert words in text


def test_that_the_earliest_dates_name_the_agents_of_which_no_interval_is_known(knowledge: Knowledge) -> None:
    planned = {"kind": "plan", "at": "2020-07-20", "milestone": "apheresis", "date": "2020-08-14"}
    given = [{"kind": "therapy", "at": "2020-06-01", "stop": "2020-06-05", "agent": agent, "intent": "salvage"}
             for agent in ("vincristine", "inotuzumab_ozogamicin")]  # fmt: skip
    text = whole(assessed(chart_of(planned, *given), knowledge))
    without = "no interval known for inotuzumab ozogamicin"
    assert f"Earliest: apheresis clear from 19-Jun-2020 (vincristine), {without}; infusion {without}" in text


def test_that_an_old_negative_mrd_never_stands_alone_where_a_newer_marrow_shows_blasts(knowledge: Knowledge) -> None:
    chart = published("published-myers-index")
    relapsed = parse_entry({
        "kind": "marrow", "at": "2020-08-20", "blasts_pct": 64, "id": "00000000-0000-4000-8000-000000000064"
    })  # fmt: skip
    later = chart.model_copy(update={"entries": (*chart.entries, relapsed)})
    words = "not in the newest marrow: blasts 64 % (20-Aug-2020)"
    assessment = assess(later, AsOf.parse("2020-08-20"), knowledge, app_version="0.1.0")
    facts = Facts(later, resolve(later.entries), assessment)
    assert plain(newest_mrd(facts, knowledge.numbers.mrd_cut_off)).endswith(words)
    before = Facts(chart, resolve(chart.entries), assessment)
    assert "not in the newest marrow" not in newest_mrd(before, knowledge.numbers.mrd_cut_off)


@pytest.mark.parametrize(
    ("phenotype", "words"), [("unknown", "marrow, CD19 not known"), ("cd19_negative", "marrow, CD19⁻")]
)
def test_that_a_relapse_says_what_is_not_known_of_it(phenotype: str, words: str, knowledge: Knowledge) -> None:
    chart = chart_of({"kind": "relapse", "at": "2020-06-01", "sites": ["marrow"], "immunophenotype": phenotype})
    assert f"Relapse 01-Jun-2020 ({words})." in pages(assessed(chart, knowledge))[0]

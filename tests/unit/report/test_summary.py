"""Tests of the handoff PDF as a reader finds it: what it shows, on which page, and with every glyph."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdf.generic import DictionaryObject

from bedside.chart.assessment import CriterionStatus, Phase
from bedside.chart.describe import values_text
from bedside.chart.entries import parse_entry
from bedside.chart.formats import date_text, label, moment_text
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.facts import Facts
from bedside.report.first_page_tables import newest_mrd
from bedside.report.record_pages import INTENDED_USE
from bedside.report.summary import A4, Layout
from tests.unit.report.assessed import chart_of, index_on_day_60, published, undecided
from tests.unit.report.printed import MADE, SHA, pages, plain, printed, reader, whole

CASES = ("published-myers-index", *(f"published-wang-case-{number}" for number in range(1, 8)))
AS_OF = "2020-07-31"


def assessed(chart: Chart, knowledge: Knowledge, as_of: str = AS_OF, layout: Layout = A4) -> bytes:
    return printed(chart, assess(chart, AsOf.parse(as_of), knowledge, app_version="0.1.0"), layout=layout)


def ninety_therapies() -> list[dict[str, object]]:
    return [
        {"kind": "therapy", "at": f"20{10 + number // 12:02d}-{1 + number % 12:02d}-10", "agent": f"agent_{number}",
         "intent": "frontline", "stop": f"20{10 + number // 12:02d}-{1 + number % 12:02d}-12"}
        for number in range(90)
    ]  # fmt: skip


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


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_that_a_referral_takes_one_page_and_three_hundred_entries_at_most_six(page: str, knowledge: Knowledge) -> None:
    layout = Layout(page)
    referred = chart_of(
        {"kind": "diagnosis", "at": "2016-05-09", "disease": "b_all", "cd19": "positive"},
        {"kind": "relapse", "at": "2020-07-07", "sites": ["marrow"]},
        {"kind": "marrow", "at": "2020-07-08", "blasts_pct": 54},
        {"kind": "therapy", "at": "2020-07-12", "agent": "mitoxantrone", "intent": "salvage", "stop": "2020-07-13"},
        {"kind": "referral", "at": "2020-07-25", "indication": "second_or_later_relapse"},
    )
    assert len(pages(assessed(referred, knowledge, layout=layout))) == 1
    counts = [
        {"kind": "blood_count", "at": f"2020-{4 + number // 80:02d}-{1 + number % 28:02d}", "anc": number / 100}
        for number in range(270)
    ]
    index = published("published-myers-index")
    long = index.model_copy(update={"entries": index.entries + chart_of(*counts).entries})
    assert len(long.entries) > 300
    assert len(pages(assessed(long, knowledge, layout=layout))) <= 6


@pytest.mark.parametrize("page", ["A4", "Letter"])
@pytest.mark.parametrize("number", [3, 4, 5, 6])
def test_that_a_published_patient_who_was_never_infused_takes_one_page(
    number: int, page: str, knowledge: Knowledge
) -> None:
    data = assessed(published(f"published-wang-case-{number}"), knowledge, layout=Layout(page))
    assert len(pages(data)) == 1
    assert INTENDED_USE in whole(data)
    assessment = assess(published(f"published-wang-case-{number}"), AsOf.parse(AS_OF), knowledge, app_version="0.1.0")
    decided = [one for one in assessment.risk.criteria if one.status in {CriterionStatus.MET, CriterionStatus.NOT_MET}]
    told = all(plain(one.text) in whole(data) for one in decided)
    assert told or "why a criterion is met or not" in whole(data)


def test_that_a_referral_after_ninety_therapies_is_one_page_that_says_how_many_it_leaves_out(
    knowledge: Knowledge,
) -> None:
    only = pages(assessed(chart_of(*ninety_therapies()), knowledge))[0]
    shown = len(re.findall(r"agent \d+ 10-\w+-20\d\d to", only))
    assert shown >= 3
    assert f"{90 - shown} earlier left out here" in only
    assert "agent 89 10-Jun-2017 to 12-Jun-2017" in only


def test_that_the_same_input_gives_the_same_bytes(knowledge: Knowledge) -> None:
    chart, assessment = index_on_day_60(knowledge)
    assert printed(chart, assessment) == printed(chart, assessment)


def test_that_another_moment_gives_other_bytes(knowledge: Knowledge) -> None:
    chart, assessment = index_on_day_60(knowledge)
    later = replace(MADE, moment=datetime(2020, 7, 31, 8, 0, tzinfo=UTC))
    assert printed(chart, assessment) != printed(chart, assessment, later)


@pytest.mark.parametrize(("page", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_that_both_paper_sizes_are_printed(page: str, size: tuple[int, int], knowledge: Knowledge) -> None:
    document = reader(printed(*index_on_day_60(knowledge), layout=Layout(page)))
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in document.pages} == {size}


def test_that_the_document_has_title_author_language_and_bookmarks(knowledge: Knowledge) -> None:
    document = reader(printed(*index_on_day_60(knowledge)))
    assert document.metadata is not None
    assert document.metadata.title == "CAR T-cell course of PUBLISHED, Myers Index, as of 31-Jul-2020"
    assert document.metadata.author == "A. Example, physician"
    assert str(document.root_object["/Lang"]) == "en-GB"
    titles = [str(item["/Title"]) for item in document.outline if isinstance(item, dict)]
    assert "Course" in titles
    assert "Sources and origin" in titles


def test_that_a_bookmark_leads_to_the_page_of_its_heading(knowledge: Knowledge) -> None:
    data = printed(*index_on_day_60(knowledge))
    document = reader(data)
    for item in document.outline:
        assert isinstance(item, dict)
        number = document.get_destination_page_number(item)
        assert number is not None
        assert plain(str(item["/Title"])) in pages(data)[number]


def test_that_only_the_faces_of_the_program_are_embedded(knowledge: Knowledge) -> None:
    names = set()
    for page in reader(printed(*index_on_day_60(knowledge))).pages:
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"]
        assert isinstance(fonts, DictionaryObject)
        for font in fonts.values():
            resolved = font.get_object()
            assert isinstance(resolved, DictionaryObject)
            names.add(str(resolved["/BaseFont"]))
    assert {name for name in names if not re.fullmatch(r"/[A-Z]{6}\+(BedsideSans|DejaVuSans).*", name)} == set()
    assert len(names) >= 3


def test_that_no_row_of_a_table_is_cut_across_pages(knowledge: Knowledge) -> None:
    chart = published("published-myers-index")
    assessment = assess(chart, AsOf.parse(AS_OF), knowledge, app_version="0.1.0")
    found = pages(printed(chart, assessment))
    for criterion in assessment.risk.criteria:
        row = plain(f"{criterion.id} {knowledge.criteria[criterion.id].title}")
        holding = [text for text in found if row in text and plain(criterion.text) in text]
        assert holding, criterion.id


def test_that_a_table_longer_than_a_page_repeats_its_head(knowledge: Knowledge) -> None:
    infusion = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}
    found = pages(assessed(chart_of(*ninety_therapies(), infusion), knowledge))
    with_rows = [text for text in found if re.search(r"agent \d+ frontline", text)]
    assert len(with_rows) >= 2
    assert all("Agent Intent First day Last day Dose, route Response" in text for text in with_rows)


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
    assert "Conflict: corrections contradict each other" in found[0]
    assert "CD19⁺ 80/µL" in " ".join(found)
    assert "CD19⁺ 0.8/µL" in " ".join(found)


def test_that_a_relapse_is_the_first_active_problem_of_the_first_page(knowledge: Knowledge) -> None:
    given = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}
    relapsed = {"kind": "relapse", "at": "2020-07-20", "sites": ["marrow", "cns"]}
    ill = {"kind": "infection", "at": "2020-07-25", "organism": "norovirus", "controlled": True}
    first = " ".join(pages(assessed(chart_of(given, relapsed, ill), knowledge))[0].split())
    problems = first.split("Active problems")[1]
    assert problems.strip().startswith("relapse of 20-Jul-2020 (marrow, CNS), no remission recorded since; norovirus")


def test_that_the_state_before_infusion_is_not_what_came_after_it_and_has_its_dates(knowledge: Knowledge) -> None:
    told = [
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
    first = " ".join(pages(assessed(chart_of(*told), knowledge))[0].split())
    assert "Lymphodepletion 26-May to 29-May-2020" in first
    assert "blasts 12 % (20-May-2020), CNS3 (21-May-2020)" in first
    assert "CNS3 (21-May-2020)" in " ".join(pages(assessed(chart_of(*told[3:5]), knowledge))[0].split())


def test_that_toxicity_after_the_end_of_the_course_is_told_with_what_was_given_against_it(knowledge: Knowledge) -> None:
    told = [
        {"kind": "infusion", "at": "2020-07-20", "product": "tisagenlecleucel"},
        {"kind": "relapse", "at": "2020-07-25", "sites": ["cns"]},
        {"kind": "vitals", "at": "2020-07-27", "temp_c": 39.4, "hypotension": True, "oxygen": "none"},
        {"kind": "therapy", "at": "2020-07-27", "agent": "tocilizumab", "intent": "toxicity", "stop": "2020-07-27"},
    ]
    first = " ".join(pages(assessed(chart_of(*told), knowledge))[0].split())
    assert "grade 2, 27-Jul-2020 (D+7)" in first
    assert "tocilizumab from D+7" in first


def test_that_lymphodepletion_without_a_last_day_does_not_end_on_its_first(knowledge: Knowledge) -> None:
    told = [
        {"kind": "therapy", "at": "2020-07-15", "agent": "fludarabine", "intent": "lymphodepletion"},
        {"kind": "infusion", "at": "2020-07-20", "product": "tisagenlecleucel"},
    ]
    text = whole(assessed(chart_of(*told), knowledge))
    assert text.count("from 15-Jul-2020, last day not recorded") == 2


def test_that_entries_of_one_relapse_stand_as_one_with_all_its_sites(knowledge: Knowledge) -> None:
    told = [
        {"kind": "relapse", "at": "2019-02-01", "sites": ["marrow"], "immunophenotype": "unknown"},
        {"kind": "relapse", "at": "2019-02-04", "sites": ["cns"], "immunophenotype": "cd19_positive"},
        {"kind": "relapse", "at": "2020-02-04", "sites": ["testis"]},
    ]
    first = " ".join(pages(assessed(chart_of(*told), knowledge))[0].split())
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
    first = pages(assessed(chart_of(given, decided, transplanted, *since), knowledge))[0]
    assert asked in " ".join(first.split())


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
        "pegaspargase 09-Jan-2020 clear, 84 d, asked 28 d (Feuchtinger 2024)",
        "Earliest: apheresis clear from 11-Feb-2020 (vincristine)",
    ):
        assert words in text


def test_that_an_old_negative_mrd_never_stands_alone_where_a_newer_marrow_shows_blasts(knowledge: Knowledge) -> None:
    chart = published("published-myers-index")
    relapsed = parse_entry({
        "kind": "marrow", "at": "2020-08-20", "blasts_pct": 64, "id": "00000000-0000-4000-8000-000000000064"
    })  # fmt: skip
    later = chart.model_copy(update={"entries": (*chart.entries, relapsed)})
    words = "not in the newest marrow: blasts 64 % (20-Aug-2020)"
    assessment = assess(later, AsOf.parse("2020-08-20"), knowledge, app_version="0.1.0")
    facts = Facts(later, resolve(later.entries), assessment)
    assert plain(newest_mrd(facts)).endswith(words)
    before = Facts(chart, resolve(chart.entries), assessment)
    assert "not in the newest marrow" not in newest_mrd(before)


@pytest.mark.parametrize(
    ("phenotype", "words"), [("unknown", "marrow, CD19 not known"), ("cd19_negative", "marrow, CD19⁻")]
)
def test_that_a_relapse_says_what_is_not_known_of_it(phenotype: str, words: str, knowledge: Knowledge) -> None:
    chart = chart_of({"kind": "relapse", "at": "2020-06-01", "sites": ["marrow"], "immunophenotype": phenotype})
    assert f"Relapse 01-Jun-2020 ({words})." in pages(assessed(chart, knowledge))[0]

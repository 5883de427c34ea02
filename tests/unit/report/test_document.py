"""Tests of the document that the handoff PDF is: its pages, its paper, its bookmarks, its faces, and its rows."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf.generic import DictionaryObject

from bedside.chart.assessment import CriterionStatus
from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.record_pages import INTENDED_USE
from bedside.report.summary import Layout
from tests.unit.report.assessed import chart_of, index_on_day_60, published
from tests.unit.report.printed import AS_OF, MADE, assessed, pages, plain, printed, reader, whole


def ninety_therapies() -> list[dict[str, object]]:
    return [
        {"kind": "therapy", "at": f"20{10 + number // 12:02d}-{1 + number % 12:02d}-10", "agent": f"agent_{number}",
         "intent": "frontline", "stop": f"20{10 + number // 12:02d}-{1 + number % 12:02d}-12"}
        for number in range(90)
    ]  # fmt: skip


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

"""Tests of the length: six pages for any course, what is left out said in words, and everything on request."""

import re

import pytest

from bedside.chart.entries import Decision, Infection, Therapy
from bedside.chart.formats import date_text
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.summary import A4, Layout
from tests.unit.report.assessed import published
from tests.unit.report.long_course import long_course
from tests.unit.report.printed import pages, plain, printed, whole

AS_OF = AsOf.parse("2020-07-31")
SIZES = {500: (400, 10), 1000: (500, 40), 5000: (4000, 90)}


@pytest.fixture(scope="module", params=SIZES)
def course(request: pytest.FixtureRequest) -> Chart:
    counts, others = SIZES[request.param]
    return long_course(counts, others)


def summary(chart: Chart, knowledge: Knowledge, layout: Layout = A4) -> bytes:
    return printed(chart, assess(chart, AS_OF, knowledge, app_version="0.1.0"), layout=layout)


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_that_a_course_of_any_length_takes_at_most_six_pages(course: Chart, page: str, knowledge: Knowledge) -> None:
    found = pages(summary(course, knowledge, Layout(page)))
    assert len(found) <= 6
    assert "The summary informs; the decision is the physician’s." in found[0]


def test_that_what_a_long_course_leaves_out_is_counted_and_the_newest_is_kept(
    course: Chart, knowledge: Knowledge
) -> None:
    text = whole(summary(course, knowledge))
    for kind, words in ((Therapy, "therapies"), (Decision, "decisions")):
        entries = [one for one in course.entries if isinstance(one, kind)]
        left_out = re.search(rf"(\d+) earlier {words} left out here", text)
        assert left_out is None or 0 < int(left_out[1]) < len(entries)
        assert date_text(max(one.at.day for one in entries)) in text
    newest = [one for one in course.entries if isinstance(one, Infection)][-1]
    assert f"{newest.organism}, blood" in text


def test_that_the_appendix_holds_every_entry_that_counts(knowledge: Knowledge) -> None:
    chart = long_course(60, 10)
    text = whole(summary(chart, knowledge, Layout(appendix=True)))
    tables = text[text.index("Appendix: ") :]
    for entry in resolve(chart.entries).live:
        assert date_text(entry.at.day) in tables
    assert all(f"organism {number}, blood" in tables for number in range(10))
    assert tables.count("ANC 0.5") + len(re.findall(r" 1\.2 0\.4 ", tables)) >= 50


def test_that_without_being_asked_for_there_is_no_appendix(knowledge: Knowledge) -> None:
    assert "Appendix" not in whole(summary(long_course(60, 10), knowledge))


@pytest.mark.parametrize("page", ["A4", "Letter"])
@pytest.mark.parametrize("length", ["published", "long"])
def test_that_what_the_first_page_says_stands_at_the_end_does_stand_there(
    length: str, page: str, knowledge: Knowledge
) -> None:
    chart = published("published-myers-index") if length == "published" else long_course(150, 12)
    found = pages(summary(chart, knowledge, Layout(page)))
    assert re.search(r"\d more, all at the end", found[0])
    missing = assess(chart, AS_OF, knowledge, app_version="0.1.0").risk.missing
    last = found[-1].split("What is missing")[1]
    assert [text for text in missing if plain(text) not in last] == []
    assert len(found) <= 6


def test_that_what_registries_ask_follows_at_the_end_where_everything_is_asked_for(knowledge: Knowledge) -> None:
    chart = published("published-myers-index")
    short, full = (plain(whole(summary(chart, knowledge, Layout(appendix=more)))) for more in (False, True))
    assert "After the infusion Response at day 28" in short
    assert "Event-free survival" not in short
    assert "Appendix: facts for the registry Event-free survival" in full
    assert "Sequence of therapy" in full


@pytest.mark.parametrize(("case", "most"), [("published-wang-case-1", 4), ("published-wang-case-2", 5)])
def test_that_a_part_without_its_drawing_keeps_no_room_for_it(case: str, most: int, knowledge: Knowledge) -> None:
    assert len(pages(summary(published(case), knowledge))) <= most

"""Tests that what the window shows of a patient is found in the text of the PDF, whoever it is."""

import json

import pytest

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.chart.describe import KIND_TITLES, values_text
from bedside.chart.entries import BloodCount, Chemistry, Immunoglobulin, LymphocyteSubset, parse_entries
from bedside.chart.formats import LABELS, UNITS, age_text, at_text, date_text, number_text
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.lettering import faces
from bedside.report.styles import REGULAR, STRONG
from bedside.report.summary import Layout
from bedside.report.words import OPINION_WORDS, class_title
from bedside.resources import resource
from tests.unit.report.assessed import published
from tests.unit.report.printed import assessed, pages, plain, printed, whole

AS_OF = "2020-07-31"
WARD = ("SYN-0003", "SYN-0005", "SYN-0006", "SYN-0007", "SYN-0009", "SYN-0013", "SYN-0017", "SYN-0021", "SYN-0024")
PUBLISHED = ("published-myers-index", "published-wang-case-2", "published-wang-case-7")
IN_TABLES = (BloodCount, LymphocyteSubset, Chemistry, Immunoglobulin)


def of_the_ward(mrn: str) -> Chart:
    lines = resource("demo/synthetic-ward.jsonl").read_text(encoding="utf-8").splitlines()
    fields = next(one for one in map(json.loads, lines) if one["patient"]["mrn"] == mrn)
    patient = Patient.model_validate_json(json.dumps(fields["patient"]))
    return Chart(patient=patient, entries=parse_entries(json.dumps(fields["entries"])), source=fields["source"])


@pytest.fixture(scope="module", params=[*WARD, *PUBLISHED])
def shown(request: pytest.FixtureRequest, knowledge: Knowledge) -> tuple[Chart, Assessment, str]:
    """A patient, what is derived of this one, and the text of the summary with its appendix, without spaces."""
    chart = of_the_ward(request.param) if request.param in WARD else published(request.param)
    assessment = assess(chart, AsOf.parse(AS_OF), knowledge, app_version="0.1.0")
    return chart, assessment, joined(whole(printed(chart, assessment, layout=Layout(appendix=True))))


def joined(text: str) -> str:
    """A text without spaces, as lines break anywhere."""
    return plain(text).replace(" ", "")


def test_that_who_and_where_in_the_course_is_found(shown: tuple[Chart, Assessment, str]) -> None:
    chart, assessment, text = shown
    patient = chart.patient
    for words in (patient.family_name.upper(), patient.given_name, patient.mrn, date_text(patient.birth_date)):
        assert joined(words) in text
    died = next((one.at.day for one in chart.entries if one.kind == "death"), AsOf.parse(AS_OF).day)
    assert joined(age_text(patient.birth_date, died)) in text
    if assessment.day is not None:
        assert joined(f"D+{assessment.day}" if assessment.day else "D0") in text


def test_that_class_criteria_opinions_and_grades_are_found(shown: tuple[Chart, Assessment, str]) -> None:
    _, assessment, text = shown
    assert joined(class_title(assessment.risk)) in text
    told = [one.text for one in assessment.risk.criteria]
    told += [one.text for one in assessment.differences] + [one.title for one in assessment.differences]
    if assessment.courses:
        told += [OPINION_WORDS[assessment.second_opinion.verdict], assessment.crs.text, assessment.icans.text]
        told += [one.title for one in assessment.second_opinion.factors]
        told += [one.text for one in assessment.hsct.items if one.id not in {"risk_class", "second_opinion"}]
    assert [words for words in told if joined(words.rstrip(".")) not in text] == []


def test_that_every_value_that_counts_is_found(shown: tuple[Chart, Assessment, str]) -> None:
    chart, _, text = shown
    as_of = AsOf.parse(AS_OF)
    missing = [
        words
        for entry in resolve(chart.entries).live
        if as_of.covers(entry.at)
        for words in (at_text(entry.at), *values_of(entry))
        if joined(words) not in text
    ]
    assert missing == []


def values_of(entry: Entry) -> list[str]:
    """What a table or a line of the appendix says of an entry."""
    if not isinstance(entry, IN_TABLES):
        return [values_text(entry)]
    numbers = [getattr(entry, name) for name in type(entry).model_fields if isinstance(getattr(entry, name), float)]
    return [number_text(value) for value in numbers]


@pytest.mark.parametrize("face", [REGULAR, STRONG])
def test_that_every_word_and_unit_of_the_program_has_its_glyphs(face: str) -> None:
    words = "".join([*LABELS.values(), *UNITS.values(), *KIND_TITLES.values()])
    assert {sign for sign in words if sign not in faces()[face]} == set()


def test_that_every_sign_on_the_pages_has_a_glyph(shown: tuple[Chart, Assessment, str]) -> None:
    _, _, text = shown
    assert {sign for sign in text if not any(sign in held for held in faces().values())} == set()
    assert "U+" not in text


def test_that_beside_known_criteria_the_first_page_counts_what_is_overdue_and_was_never_recorded(
    knowledge: Knowledge,
) -> None:
    first, *later = pages(assessed(of_the_ward("SYN-0013"), knowledge))
    said = "Criteria: all known – Never recorded: organ function – Overdue: 2 checks, see What is due"
    assert f"Missing for the decision – {said}" in first
    assert "What is due Overdue CAR-T level" in " ".join(later)

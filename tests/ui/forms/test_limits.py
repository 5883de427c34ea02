"""Tests of how a typed number is judged, at each boundary, and of what a form is told about the patient."""

from datetime import date

import pytest
from PySide6.QtTest import QTest

from bedside.chart.enums import Sex
from bedside.chart.moments import At
from bedside.chart.patient import Patient
from bedside.knowledge.tables import Knowledge
from bedside.ui.forms.facts import before, gradable, last_values, limits_of
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import FieldLimits, flag_of, flag_reason, question_of, refusal_of, slip_of
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.frame import Frame
from tests.ui.forms.samples import YESTERDAY, Doors, context_with, entry
from tests.ui.forms.test_blood_count import number_row

HB = FieldLimits(120, 160, 50, 220, 10, 300)
TODAY = At.parse("2020-07-31T07:10:00+02:00")
MONTHS_AGO = At.parse("2020-03-01")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (120.0, ""), (160.0, ""), (119.9, "low"), (160.1, "high"), (50.0, "low"), (49.9, "critical low"),
        (220.0, "high"), (220.1, "critical high"),
    ],
)  # fmt: skip
def test_that_both_ends_of_a_range_lie_inside(value: float, words: str) -> None:
    flag = flag_of(value, HB)
    assert (flag.words if flag else "") == words


def test_that_a_value_beyond_the_scale_is_off_scale() -> None:
    flag = flag_of(20.0, HB, "<")
    assert flag is not None
    assert flag.words == "off scale, low"


def test_that_a_critical_flag_names_its_limit() -> None:
    assert flag_reason(flag_of(49.0, HB), HB) == "below 50"
    assert flag_reason(flag_of(100.0, HB), HB) == "120–160"


@pytest.mark.parametrize(("value", "refused"), [(10.0, False), (9.9, True), (300.0, False), (300.1, True)])
def test_that_only_what_lies_beyond_the_hard_limits_is_refused(value: float, refused: bool) -> None:
    assert bool(refusal_of(value, HB, "g/L")) is refused


@pytest.mark.parametrize(("value", "instead"), [(189.0, 18.9), (188.0, None), (3.86, None), (3.85, 38.5)])
def test_that_within_a_week_seven_times_the_last_value_is_a_slip(value: float, instead: float | None) -> None:
    assert slip_of(value, LastValue(27.0, YESTERDAY), TODAY) == instead


@pytest.mark.parametrize(("value", "instead"), [(269.0, None), (270.0, 27.0)])
def test_that_after_months_only_ten_times_is(value: float, instead: float | None) -> None:
    assert slip_of(value, LastValue(27.0, MONTHS_AGO), TODAY) == instead


def test_that_zero_is_no_slip() -> None:
    assert slip_of(0.0, LastValue(27.0, YESTERDAY), TODAY) is None
    assert slip_of(27.0, LastValue(0.0, YESTERDAY), TODAY) is None


def test_that_a_question_names_the_last_value_and_the_usual_limits() -> None:
    question = question_of(230.0, HB, LastValue(23.0, YESTERDAY), TODAY, "g/L")
    assert question is not None
    assert question.lead == "230\u00a0g/L?"
    assert question.detail == (
        "The last value was 23, on 30-Jul-2020 07:05. Ten times in 24\u00a0h; a slip of ten would be 23. "
        "It lies outside what is usually seen, 50–220."
    )


def test_that_nothing_is_asked_about_a_usual_value() -> None:
    assert question_of(79.0, HB, LastValue(81.0, YESTERDAY), TODAY, "g/L") is None


def test_that_the_newest_value_counts_as_the_last() -> None:
    older = entry(kind="blood_count", hb=70.0, plt=20.0, at="2020-07-29")
    newer = entry(kind="blood_count", hb=81.0, censored={"hb": "<"})
    last = last_values([older, newer])
    assert last["blood_count.hb"] == LastValue(81.0, YESTERDAY, "<")
    assert last["blood_count.plt"].value == 20.0
    assert "blood_count.wbc" not in last


def test_that_a_correction_is_compared_with_what_came_before_the_entry_and_never_with_the_entry_itself() -> None:
    older = entry(id="00000000-0000-4000-8000-000000000001", kind="blood_count", plt=30.0, at="2020-07-29")
    wrong = entry(id="00000000-0000-4000-8000-000000000002", kind="blood_count", plt=190.0)
    newer = entry(id="00000000-0000-4000-8000-000000000003", kind="blood_count", plt=25.0, at="2020-07-31")
    assert before(wrong, [older, wrong, newer]) == [older]
    assert before(wrong, [older]) == [older]


def test_that_cd19_of_the_blood_and_of_the_blasts_do_not_meet(knowledge: Knowledge) -> None:
    patient = Patient.model_construct(
        mrn="SYN-1", family_name="Quince", given_name="Synthetic", birth_date=date(1990, 1, 1), sex=Sex.FEMALE
    )
    limits = limits_of(knowledge, patient, date(2020, 7, 31))
    assert "lymphocyte_subset.cd19" in limits
    assert "diagnosis.cd19" not in limits
    assert limits["blood_count.wbc"].low == 4
    assert limits["blood_count.wbc"].high == 11


def test_that_only_assessments_can_be_graded_the_newest_first() -> None:
    found = gradable([entry(kind="vitals", temp_c=38.0), entry(kind="blood_count", hb=80.0)])
    assert [words for _, words in found] == ["Vital signs 30-Jul-2020 07:05"]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (9.0, "Not possible: below 25\u00a0g/L. Below 25 it is probably in g/dL."),
        (300.0, "Not possible: above 250\u00a0g/L. Check value and unit."),
    ],
)
def test_that_a_refusal_guesses_at_the_unit_only_where_the_guess_is_about_that_end(value: float, told: str) -> None:
    hb = FieldLimits(hard_low=25, hard_high=250, hint="Below 25 it is probably in g/dL.")
    assert refusal_of(value, hb, "g/L") == told


@pytest.mark.parametrize(("value", "guessed"), [(101.0, True), (24.0, False)])
def test_that_a_guess_that_names_no_end_is_about_values_that_are_too_high(value: float, guessed: bool) -> None:
    temperature = FieldLimits(hard_low=25, hard_high=45, hint="Between 86 and 113 it is probably in °F.")
    assert ("°F" in refusal_of(value, temperature, "°C")) is guessed


@pytest.mark.parametrize(("born", "told"), [(date(2002, 7, 31), "4–11"), (date(2002, 8, 1), "no range for this age")])
def test_that_a_range_of_other_ages_alone_is_told_as_none(knowledge: Knowledge, born: date, told: str) -> None:
    patient = Patient.model_construct(
        mrn="SYN-1", family_name="Quince", given_name="Synthetic", birth_date=born, sex=Sex.FEMALE
    )
    limits = limits_of(knowledge, patient, date(2020, 7, 31))
    assert limits["blood_count.wbc"].reach == told
    assert limits["blood_count.pb_blasts_pct"].reach == ""


def test_that_a_value_without_a_range_for_the_age_is_not_left_to_look_normal(frame: Frame, doors: Doors) -> None:
    other_ages = {"blood_count.wbc": FieldLimits(soft_low=0.1, soft_high=100, only_other_ages=True)}
    sheet = FormSheet("blood_count", context_with(doors, limits=other_ages))
    frame.open_sheet(sheet)
    row = number_row(sheet, "wbc")
    assert row.message.words == "no range for this age"
    QTest.keyClicks(row.box, "0.4")
    assert row.message.words == "no range for this age"
    row.box.setText("0.05")
    assert "critical" in row.message.words

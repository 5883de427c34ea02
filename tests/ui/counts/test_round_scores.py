"""Tests of the round of ICE and CAPD: patient after patient, by age, forgotten when it is left."""

from dataclasses import replace
from datetime import date

from bedside.chart.entries import parse_entry
from bedside.service.read import chart_of
from bedside.ui.forms.sheet import FormSheet
from tests.ui.counts import test_round_sheet
from tests.ui.counts.conftest import Keys
from tests.ui.counts.test_round_sheet import DOWN, ENTER, NAMES, Round, mrn_of

sheet = test_round_sheet.sheet


def test_that_scores_are_taken_patient_after_patient_with_their_grade(sheet: Round, keys: Keys) -> None:
    view = sheet.place.view
    sheet.frame.refresh_keys()
    for _ in range(3):
        view.show_next_round()
    assert view.is_scoring
    assert [row.facts.score for row in view.scores.rows] == ["ICE", "ICE", "ICE"]
    assert view.scores.rows[0].hasFocus()
    keys(ENTER)
    form = sheet.frame.sheets.sheet
    assert isinstance(form, FormSheet)
    assert form.kind == "neuro"
    keys(ENTER, "a", ENTER, *("4", ENTER, "3", ENTER, "1", ENTER, "1", ENTER, "1", ENTER))
    assert form.graded.proposed is not None
    assert form.graded.proposed.not_graded == "no infusion so far"
    keys(ENTER, control=True)
    sheet.settle()
    assert "Saved 09:41:07" in view.scores.rows[0].accessibleName()
    assert "ICE 10" in view.scores.rows[0].accessibleName()
    assert view.top.summary.text() == "1 saved   2 open"
    form.close_form()
    assert view.scores.rows[1].hasFocus()
    keys(DOWN)
    assert view.scores.rows[2].hasFocus()
    stored = [entry.kind for entry in chart_of(sheet.session, mrn_of(NAMES[0])).entries]
    assert stored.count("neuro") == 1


def test_that_the_score_follows_the_age_and_what_was_said_of_development(sheet: Round) -> None:
    view = sheet.place.view
    one = view._patients[0]
    child = one.patient.model_copy(update={"birth_date": date(2010, 1, 1)})
    slow = {"kind": "neuro", "at": "2020-07-30", "consciousness": "awake", "developmental_delay": True}
    delayed = parse_entry({**slow, "id": "00000000-0000-4000-8000-000000000001"})
    assert view._door.score(one) == "ICE"
    assert view._door.score(replace(one, patient=child)) == "CAPD"
    assert view._door.score(replace(one, live=(delayed,))) == "CAPD"


def test_that_leaving_the_round_of_scores_forgets_its_patients(sheet: Round) -> None:
    sheet.place.view.show_round(3)
    sheet.frame.show_board()
    assert sheet.place.view.scores.rows == []

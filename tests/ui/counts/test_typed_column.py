"""Tests of the column that is typed: its way, what is asked and refused, the draft, the save of everything at once."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui.forms.boxes import BoxState
from bedside.ui.forms.draft_keeper import DELAY_MS
from bedside.ui.troubles import Trouble
from tests.samples.counts import typical
from tests.ui.counts.conftest import Counts, Keys

ENTER, ESC, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down


def typed(counts: Counts) -> dict[str, str | None]:
    """What the boxes hold, by analyte, where they hold something."""
    typing = counts.view.typing
    assert typing is not None
    pairs = zip(typing.entries.analytes, typing.entries.numbers, strict=True)
    return {one.name: number.state for one, number in pairs if number.state is not None}


def box(counts: Counts) -> str:
    """The name of the box that has the keyboard."""
    assert QApplication.focusWidget() is counts.view.table.editor.box
    return counts.view.table.editor.box.accessibleName()


def test_that_a_key_adds_a_column_whose_moment_is_now_and_enter_goes_down(counts: Counts, keys: Keys) -> None:
    keys("a")
    assert box(counts) == "Drawn"
    assert counts.view.table.sheet.column_words(9) == ("New, D+7", "31-Jul-2020", "09:41, drawn")
    keys(ENTER, "0.6", ENTER, "0.2", ENTER)
    assert box(counts) == "ALC, 10⁹/L"
    assert typed(counts) == {"wbc": "0.6", "anc": "0.2"}


def test_that_the_last_value_is_read_beside_the_box_and_never_carried_forward(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, ENTER, ENTER, ENTER)
    assert box(counts) == "Hb, g/L"
    assert counts.view.table.editor.box.accessibleDescription() == "last value 81, 30-Jul-2020 07:05"
    assert typed(counts) == {}


def test_that_one_key_stores_several_kinds_together(counts: Counts, keys: Keys, qtbot: QtBot) -> None:
    keys("a", "7:10", ENTER, "0.6", ENTER, "x", ENTER)
    counts.view.table.go_to(counts.view.table.index_of(6))
    keys("130", ENTER, "<5", ENTER, "b")
    with qtbot.waitSignal(counts.view.entries_saved) as saved:
        keys(ENTER, control=True)
    assert [one.entry.kind for one in saved.args[0]] == ["blood_count", "chemistry"]
    count, chemistry = (request.fields for request in counts.doors.requests)
    assert count == {"kind": "blood_count", "at": "2020-07-31T07:10:00+02:00", "wbc": 0.6, "not_done": ["anc"]}
    assert (chemistry["crp"], chemistry["ferritin"], chemistry["censored"]) == (130.0, 5.0, {"ferritin": "<"})
    assert chemistry["at"] == count["at"]


def test_that_the_save_is_confirmed_in_place_with_time_and_name(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "0.6", ENTER, "0.2", ENTER, "x")
    keys(ENTER, control=True)
    assert counts.view.typing is None
    assert counts.view.foot.words.accessibleName().startswith("Saved 09:42:04 by B. Specimen: 3 values.")
    assert counts.view.table.sheet.typed_column == -1


def test_that_a_slip_of_ten_is_asked_about_under_its_row_and_changed_by_a_key(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "5", ENTER)
    table = counts.view.table
    assert table.is_asking
    assert table.strip.asked is not None
    assert table.strip.asked.answers == ("Change to 0.5", "Keep 5")
    assert table.strip.geometry().top() > table.editor.mapTo(table, table.editor.rect().bottomLeft()).y()
    assert table.editor.number.state is BoxState.QUESTION
    keys("a")
    assert typed(counts) == {"wbc": "0.5"}
    assert box(counts) == "ANC, 10⁹/L"


def test_that_a_value_that_was_kept_is_not_asked_about_again(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "5", ENTER, "b")
    assert box(counts) == "ANC, 10⁹/L"
    keys(UP, ENTER)
    assert not counts.view.table.is_asking
    keys(ENTER, control=True)
    assert [request.fields["wbc"] for request in counts.doors.requests] == [5.0]


def test_that_what_is_impossible_is_refused_under_its_row_and_stays_to_be_mended(counts: Counts, keys: Keys) -> None:
    keys("a", *[ENTER] * 4, "900", ENTER)
    strip = counts.view.table.strip
    assert strip.asked is not None
    assert "Not possible: above 250" in strip.asked.detail.replace("\u00a0", " ")
    assert (strip.asked.answers, strip.asked.tone) == ((), "high")
    assert box(counts) == "Hb, g/L"
    keys(ENTER, control=True)
    assert counts.doors.requests == []
    keys("79")
    assert strip.asked is None


def test_that_saving_leads_to_the_first_box_that_stands_in_the_way(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "5", DOWN)
    assert counts.view.table.is_asking
    keys("b", "0.2")
    counts.view.table.go_to(counts.view.table.index_of(-1))
    keys("31.2.", ENTER)
    keys(ENTER, control=True)
    assert counts.doors.requests == []
    assert box(counts) == "Drawn"


def test_that_what_contradicts_across_boxes_is_refused_beside_the_box(counts: Counts, keys: Keys) -> None:
    from dataclasses import replace

    from bedside.knowledge.limits import check
    from tests.samples.index_case import knowledge

    def judged(entry):  # type: ignore[no-untyped-def]
        return check(entry, knowledge(), birth_date=counts.opened.chart.patient.birth_date, now_day=entry.at.day)

    context = counts.typist.context()
    assert context is not None
    counts.typist.context = lambda: replace(context, check=judged)  # type: ignore[method-assign]
    keys("a", ENTER, "0.4", ENTER, "0.6", ENTER)
    keys(ENTER, control=True)
    assert counts.doors.requests == []
    assert box(counts) == "ANC, 10⁹/L"
    strip = counts.view.table.strip
    assert strip.asked is not None
    assert "at most the WBC" in strip.asked.detail


def test_that_a_draft_is_kept_shortly_after_the_last_key_and_brought_back(
    counts: Counts, keys: Keys, qtbot: QtBot
) -> None:
    keys("a", "7:10", ENTER, "0.6", ENTER, "x")
    qtbot.wait(DELAY_MS + 100)
    kept = json.loads(counts.doors.drafts["counts"])
    assert kept == {"at": "31-Jul-2020 07:10", "blood_count.wbc": "0.6", "blood_count.anc": "x"}
    keys(ESC)
    assert counts.view.typing is None
    keys("a")
    assert typed(counts) == {"wbc": "0.6", "anc": "x"}
    assert "brought back" in counts.view.note()
    assert counts.view.table.sheet.column_words(9)[2] == "07:10, drawn"


def test_that_another_patient_takes_the_column_away_and_keeps_its_draft(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "0.6")
    counts.frame.forget_patient()
    assert counts.view.typing is None
    assert json.loads(counts.doors.drafts["counts"])["blood_count.wbc"] == "0.6"
    assert counts.view.table.sheet.rowCount() == 0


def test_that_saving_drops_the_draft(counts: Counts, keys: Keys, qtbot: QtBot) -> None:
    keys("a", ENTER, "0.6")
    qtbot.wait(DELAY_MS + 100)
    assert counts.doors.drafts
    keys(ENTER, control=True)
    assert counts.doors.drafts == {}


def test_that_a_save_that_fails_says_why_and_keeps_everything(counts: Counts, keys: Keys) -> None:
    counts.doors.refuse = Trouble("The store is held by another program.", "Close it, then save again.")
    keys("a", ENTER, "0.6", ENTER)
    keys(ENTER, control=True)
    assert "held by another program" in counts.view.foot.alert.accessibleName()
    assert typed(counts) == {"wbc": "0.6"}
    counts.doors.refuse = None
    keys(ENTER, control=True)
    assert counts.view.typing is None


def test_that_a_second_press_while_it_is_being_stored_does_nothing(counts: Counts, keys: Keys) -> None:
    counts.doors.hold = True
    keys("a", ENTER, "0.6")
    keys(ENTER, ENTER, control=True)
    assert len(counts.doors.requests) == 1
    counts.doors.answer()
    assert counts.view.typing is None


def test_that_nothing_can_be_typed_while_it_is_being_stored(counts: Counts, keys: Keys) -> None:
    counts.doors.hold = True
    keys("a", ENTER, "0.6")
    keys(ENTER, control=True)
    keys("9")
    assert typed(counts) == {"wbc": "0.6"}
    counts.doors.refuse = Trouble("The store is full.", "Make room.")
    counts.doors.answer()
    keys("9")
    assert "9" in (typed(counts)["wbc"] or "")


def test_that_the_answer_to_a_patient_who_left_drops_the_draft_and_says_nothing(counts: Counts, keys: Keys) -> None:
    counts.doors.hold = True
    keys("a", ENTER, "0.6")
    keys(ENTER, control=True)
    counts.frame.forget_patient()
    counts.doors.answer()
    assert counts.doors.drafts == {}
    assert counts.view.foot.words.accessibleName() == ""


def test_that_nothing_typed_saves_nothing_and_says_so(counts: Counts, keys: Keys) -> None:
    keys("a")
    keys(ENTER, control=True)
    assert counts.doors.requests == []
    assert "Nothing typed yet" in counts.view.foot.words.accessibleName()


def test_that_a_store_for_reading_only_offers_no_column(counts: Counts, keys: Keys) -> None:
    counts.typist.why_not = "the store is open for reading only"
    counts.frame.refresh_keys()
    keys("a")
    assert counts.view.typing is None


@pytest.mark.parametrize("key", ["n", "0.1.", "1 2"])
def test_that_what_cannot_become_a_number_is_blocked_as_typed(counts: Counts, keys: Keys, key: str) -> None:
    keys("a", ENTER, key)
    assert (typed(counts).get("wbc") or "") in ("", "0.1", "12")


def test_that_the_typed_column_tells_what_is_not_stored_without_a_name(counts: Counts, keys: Keys) -> None:
    assert counts.frame.unsaved() == ""
    keys("a", ENTER, "0.6")
    assert counts.frame.unsaved() == "Column of counts, 1 value"
    keys(ENTER, control=True)
    assert counts.frame.unsaved() == ""


def test_that_the_column_stays_while_the_patient_is_read_again(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "0.6")
    counts.view.show_opened(counts.opened)
    assert typed(counts) == {"wbc": "0.6"}
    assert box(counts) == "WBC, 10⁹/L"


def test_that_the_full_list_of_a_long_column_ends_at_save(qtbot: QtBot, keys: Keys) -> None:
    counts = Counts(qtbot, typical(), (1920, 1080))
    keys("a", *[ENTER] * 25)
    assert QApplication.focusWidget() is counts.view.foot.save
    counts.frame.close_views()


@pytest.mark.parametrize("key", ["n", "-", "?"])
def test_that_a_key_that_was_not_taken_is_told_under_its_row_until_the_next_digit(
    counts: Counts, keys: Keys, key: str
) -> None:
    keys("a", ENTER, "0", key)
    table = counts.view.table
    assert table.strip.isVisible()
    assert "Not taken. A box takes digits with one comma or point" in table.strip.accessibleName()
    assert table.editor.box.accessibleDescription() == table.strip.accessibleName()
    assert box(counts) == "WBC, 10⁹/L"
    keys(".6")
    assert not table.strip.isVisible()
    assert typed(counts) == {"wbc": "0.6"}


def test_that_what_was_told_of_a_key_goes_when_the_box_is_left_or_stored(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "0.6n", ENTER)
    assert box(counts) == "ANC, 10⁹/L"
    assert not counts.view.table.strip.isVisible()
    keys("0.2n")
    keys(ENTER, control=True)
    assert counts.view.typing is None
    assert not counts.view.table.strip.isVisible()


def test_that_an_open_refusal_is_not_written_over_by_a_key_that_was_not_taken(counts: Counts, keys: Keys) -> None:
    keys("a", ENTER, "9000", ENTER, Qt.Key.Key_End, "n")
    asked = counts.view.table.strip.asked
    assert asked is not None
    assert asked.lead == "Not stored like this."

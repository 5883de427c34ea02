"""Tests of the blood count by keyboard alone: what is stored, what is asked, what is refused, what is never lost."""

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui.forms.boxes import BoxState
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.frame import Frame
from bedside.ui.troubles import Trouble
from tests.ui.forms.conftest import Type
from tests.ui.forms.samples import Doors, context_with

ENTER = Qt.Key.Key_Return
A_COUNT = ("7:10", ENTER, "0.7", ENTER, "0.1", ENTER, "0.6", ENTER, "79", ENTER, "30", ENTER, "0")


def number_row(sheet: FormSheet, name: str) -> NumberRow:
    (row,) = (row for row in sheet.rows if row.spec.name == name)
    assert isinstance(row, NumberRow)
    return row


def test_that_a_full_count_is_stored_by_keyboard_alone(count: FormSheet, doors: Doors, type_keys: Type) -> None:
    type_keys(*A_COUNT)
    type_keys(ENTER, control=True)
    (request,) = doors.requests
    assert dict(request.fields) == {
        "kind": "blood_count",
        "at": "2020-07-31T07:10:00+02:00",
        "wbc": 0.7,
        "anc": 0.1,
        "alc": 0.6,
        "hb": 79.0,
        "plt": 30.0,
        "pb_blasts_pct": 0.0,
    }
    assert count.stage is Stage.SAVED
    assert count.foot.saved_words.words == "Saved 09:42:04 by B. Specimen: 6 values"


def test_that_a_count_drawn_now_takes_no_more_keys_than_its_figures_and_one_enter_each(
    count: FormSheet, doors: Doors, type_keys: Type
) -> None:
    figures = ("0.7", "0.1", "0.6", "79", "30", "0")
    presses = 0
    for figure in ("", *figures):
        type_keys(figure)
        type_keys(ENTER)
        presses += 1
    type_keys(ENTER, control=True)
    presses += 1
    assert presses + sum(figure.count(".") for figure in figures) <= 20
    assert doors.requests[0].fields["at"] == "2020-07-31T09:41:00+02:00"
    assert count.stage is Stage.SAVED


def test_that_saving_twice_stores_once(count: FormSheet, doors: Doors, type_keys: Type) -> None:
    doors.hold = True
    type_keys(*A_COUNT)
    type_keys(ENTER, control=True)
    count.save()
    count.foot.save.click()
    assert len(doors.requests) == 1
    assert count.stage is Stage.SAVING
    doors.answer()
    count.save()
    assert len(doors.requests) == 1


def test_that_nothing_is_said_to_be_saved_before_the_commit_came_back(
    count: FormSheet, doors: Doors, type_keys: Type, qtbot: QtBot
) -> None:
    doors.hold = True
    type_keys(*A_COUNT)
    type_keys(ENTER, control=True)
    assert count.foot.saved_words.words == ""
    with qtbot.waitSignal(count.entry_saved):
        doors.answer()
    assert count.foot.saved_words.words.startswith("Saved")


def test_that_an_error_from_the_store_leaves_the_form_as_it_was(
    count: FormSheet, doors: Doors, type_keys: Type
) -> None:
    doors.refuse = Trouble("The store is held by another program.", "Close it, then save again.")
    type_keys(*A_COUNT)
    type_keys(ENTER, control=True)
    assert count.stage.value == "open"
    assert number_row(count, "hb").box.text() == "79"
    assert not number_row(count, "hb").box.isReadOnly()
    assert "held by another program" in count.foot.alert.accessibleName()
    doors.refuse = None
    type_keys(ENTER, control=True)
    assert count.stage is Stage.SAVED


def test_that_a_slip_of_ten_is_asked_about_once_naming_both_values(
    count: FormSheet, doors: Doors, type_keys: Type
) -> None:
    row = number_row(count, "plt")
    row.take_keyboard()
    type_keys("190", ENTER)
    assert row.strip.asked is not None
    assert "The last value was 27, on 30-Jul-2020 07:05." in row.strip.asked.detail
    assert "a slip of ten would be 19" in row.strip.asked.detail
    type_keys(ENTER, control=True)
    assert doors.requests == []
    type_keys("b")
    assert not row.has_question
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["plt"] == 190.0


def test_that_the_first_answer_takes_the_value_without_the_slip(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "plt")
    row.take_keyboard()
    type_keys("190", ENTER, "a")
    assert row.box.text() == "19"
    assert not row.has_question
    assert number_row(count, "pb_blasts_pct").box.hasFocus()


def test_that_figures_typed_on_without_a_look_answer_no_question(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "plt")
    row.take_keyboard()
    type_keys("190", ENTER, "2.9", ENTER, "1", ENTER)
    assert row.has_question
    assert row.box.text() == "190"
    assert number_row(count, "pb_blasts_pct").box.text() == ""


def test_that_enter_answers_no_question(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "plt")
    row.take_keyboard()
    type_keys("190", ENTER, ENTER)
    assert row.has_question
    assert row.box.text() == "190"


def test_that_an_impossible_value_is_refused_in_words_beside_the_box(
    count: FormSheet, doors: Doors, type_keys: Type
) -> None:
    row = number_row(count, "hb")
    row.take_keyboard()
    type_keys("790", ENTER)
    assert row.box.state is BoxState.REFUSED
    assert "above 300" in row.message.words
    assert row.box.hasFocus()
    type_keys(ENTER, control=True)
    assert doors.requests == []
    assert row.box.text() == "790"


def test_that_x_says_not_done_which_is_neither_blank_nor_zero(count: FormSheet, doors: Doors, type_keys: Type) -> None:
    number_row(count, "anc").take_keyboard()
    type_keys("0", ENTER, "x", ENTER)
    type_keys(ENTER, control=True)
    fields = doors.requests[0].fields
    assert fields["anc"] == 0.0
    assert fields["not_done"] == ["alc"]
    assert "wbc" not in fields


def test_that_a_digit_takes_not_done_back(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "anc")
    row.take_keyboard()
    type_keys("x", "3")
    assert not row.box.not_done
    assert row.box.text() == "3"


def test_that_malformed_input_is_blocked_as_it_is_typed(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "wbc")
    row.take_keyboard()
    type_keys("1.9.a-5")
    assert row.box.text() == "1.95"


@pytest.mark.parametrize("pasted", ["abc", "1.234,5", "-3", "1e9"])
def test_that_the_reason_stands_beside_a_box_that_did_not_take_what_was_pasted(count: FormSheet, pasted: str) -> None:
    row = number_row(count, "wbc")
    row.take_keyboard()
    QApplication.clipboard().setText(pasted)
    row.box.paste()
    assert row.box.text() == ""
    assert row.message.words.startswith("Not taken: digits with one comma or point")


def test_that_a_form_tells_what_is_typed_and_not_stored_without_a_name(count: FormSheet, type_keys: Type) -> None:
    assert count.unsaved() == ""
    type_keys(ENTER, "0.7", ENTER, "x", ENTER)
    assert count.unsaved() == "Blood count, 2 values"
    type_keys(ENTER, control=True)
    assert count.unsaved() == ""


def test_that_a_key_that_was_not_taken_is_told_until_the_next_digit(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "wbc")
    row.take_keyboard()
    type_keys("1a")
    assert row.message.words.startswith("Not taken")
    type_keys("2")
    assert not row.message.words.startswith("Not taken")


def test_that_a_decimal_comma_is_read_and_a_thousand_separator_refused(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "wbc")
    row.take_keyboard()
    type_keys("0,7")
    assert row.typed.number is not None
    assert row.typed.number.value == 0.7
    row.box.clear()
    type_keys("1.250")
    assert row.box.state is BoxState.REFUSED
    assert "thousand separator" in row.message.words


def test_that_less_than_is_kept_with_its_value(count: FormSheet, doors: Doors, type_keys: Type) -> None:
    number_row(count, "plt").take_keyboard()
    type_keys("<20", ENTER)
    type_keys(ENTER, control=True)
    fields = doors.requests[0].fields
    assert fields["plt"] == 20.0
    assert fields["censored"] == {"plt": "<"}


def test_that_the_last_value_is_shown_and_never_carried_forward(count: FormSheet) -> None:
    row = number_row(count, "hb")
    assert row.box.text() == ""
    assert row.beside.words == "81, 30-Jul-2020 07:05"


def test_that_a_flag_is_written_out(count: FormSheet, type_keys: Type) -> None:
    row = number_row(count, "anc")
    row.take_keyboard()
    type_keys("0.4")
    assert row.message.words == "low, 1.5–8"


def test_that_an_empty_form_is_not_stored(count: FormSheet, doors: Doors) -> None:
    count.save()
    assert doors.requests == []
    assert count.foot.obstacle.text() == "nothing to save yet"


def test_that_an_ambiguous_date_is_asked(count: FormSheet, doors: Doors, type_keys: Type) -> None:
    type_keys("04/05/20", ENTER)
    row = count.rows[0]
    assert row.strip.asked is not None
    assert row.strip.asked.answers == ("04-May-2020", "05-Apr-2020")
    type_keys("b", "0.7", ENTER)
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["at"] == "2020-04-05"


@pytest.mark.usefixtures("count")
def test_that_a_time_still_ahead_today_is_asked_to_be_yesterday(doors: Doors, type_keys: Type) -> None:
    type_keys("23:50", ENTER, "a", "0.7", ENTER)
    type_keys(ENTER, control=True)
    assert doors.requests[0].fields["at"] == "2020-07-30T23:50:00+02:00"


def test_that_a_date_before_birth_is_refused(count: FormSheet, doors: Doors, type_keys: Type) -> None:
    type_keys("1.1.2004", ENTER)
    assert "before the patient’s birth" in count.rows[0].message.words
    number_row(count, "hb").box.setText("80")
    count.save()
    assert doors.requests == []


def test_that_a_form_for_another_moment_fills_in_no_time(frame: Frame, doors: Doors) -> None:
    sheet = FormSheet("blood_count", context_with(doors, starts_now=False))
    frame.open_sheet(sheet)
    assert sheet.moment() is None
    assert sheet.rows[0].state() is None


def test_that_every_box_says_what_it_is(count: FormSheet) -> None:
    names = [row.box.accessibleName() for row in count.rows if isinstance(row, NumberRow)]
    assert names[:2] == ["WBC, 10⁹/L", "ANC, 10⁹/L"]
    assert "0.5" in number_row(count, "wbc").box.accessibleDescription()


def test_that_a_closed_sheet_is_gone(frame: Frame, count: FormSheet, type_keys: Type) -> None:
    type_keys(Qt.Key.Key_Escape)
    assert frame.sheets.sheet is None
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(count)


def test_that_the_question_shows_its_keys_in_the_key_bar(frame: Frame, count: FormSheet, type_keys: Type) -> None:
    number_row(count, "plt").take_keyboard()
    type_keys("190", ENTER)
    assert "A: change to 19" in frame.key_bar.accessibleName()
    assert "B: keep 190" in frame.key_bar.accessibleName()


def test_that_what_is_typed_on_while_a_question_waits_is_said_not_to_be_taken(
    count: FormSheet, type_keys: Type
) -> None:
    row = number_row(count, "plt")
    row.take_keyboard()
    type_keys("190", ENTER, "5")
    assert (row.has_question, row.box.text()) == (True, "190")
    assert "Answer with A or B first: “5” was not taken." in row.strip.words
    type_keys("b")
    assert not row.has_question


def keys_shown(row: NumberRow) -> list[str]:
    """The letters on the answers of a row's question, and the keys that answer it."""
    return [button.accessibleDescription() for button in row.strip.findChildren(KeyButton) if button.isVisible()]


def test_that_of_two_questions_the_first_alone_has_keys_and_keyboard_and_then_the_next(
    frame: Frame, count: FormSheet, type_keys: Type
) -> None:
    anc, plt = number_row(count, "anc"), number_row(count, "plt")
    anc.take_keyboard()
    type_keys("1.0")
    plt.take_keyboard()
    type_keys("2", ENTER)
    assert (anc.has_question, plt.has_question) == (True, True)
    assert (keys_shown(anc), keys_shown(plt)) == (["A", "B"], ["", ""])
    assert "A " not in plt.strip.accessibleName()
    assert QApplication.focusWidget() is anc.strip
    assert "B: keep 1," in f"{frame.key_bar.accessibleName()},".replace(";", ",")
    type_keys("b")
    assert (anc.has_question, plt.has_question) == (False, True)
    assert keys_shown(plt) == ["A", "B"]
    assert QApplication.focusWidget() is plt.strip
    type_keys("b")
    assert not plt.has_question
    assert (anc.box.text(), plt.box.text()) == ("1.0", "2")


def test_that_a_mouse_answers_the_question_that_it_presses(count: FormSheet, type_keys: Type) -> None:
    anc, plt = number_row(count, "anc"), number_row(count, "plt")
    for row, text in ((anc, "1.0"), (plt, "2")):
        row.take_keyboard()
        type_keys(text)
    type_keys(ENTER)
    next(one for one in plt.strip.findChildren(KeyButton) if one.isVisible()).click()
    assert (anc.has_question, plt.box.text()) == (True, "20")
    assert QApplication.focusWidget() is anc.strip


def test_that_the_way_back_to_the_box_is_not_taken_over_by_the_next_question(count: FormSheet, type_keys: Type) -> None:
    hb, plt = number_row(count, "hb"), number_row(count, "plt")
    hb.take_keyboard()
    type_keys("225")
    plt.take_keyboard()
    type_keys("2", ENTER)
    assert hb.strip.asked is not None
    assert hb.strip.asked.answers[0] == "Back to the box"
    type_keys("a")
    assert hb.box.hasFocus()
    assert keys_shown(plt) == ["A", "B"]


def test_that_what_is_said_beside_a_box_is_read_with_it(count: FormSheet, type_keys: Type) -> None:
    box = number_row(count, "hb").box
    number_row(count, "hb").take_keyboard()
    type_keys("7900", ENTER)
    assert box.state is BoxState.REFUSED
    told = number_row(count, "hb").message.words
    assert "Not possible: above" in told
    assert box.accessibleDescription().endswith(f"; {told}")
    assert box.accessibleDescription().startswith("last value 81")
    moment = count.rows[0]
    moment.take_keyboard()
    type_keys("yesterdayish", ENTER)
    assert moment.message.words
    typed_into = QApplication.focusWidget()
    assert typed_into is not None
    assert typed_into.accessibleDescription() == moment.message.words

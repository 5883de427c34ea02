"""A full blood count by keyboard alone, in few presses: in the column of the flowsheet, and on the round sheet."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bedside.service.read import chart_of
from bedside.ui.counts.view import CountsView
from tests.e2e import test_course
from tests.e2e.test_course import ALT, CONTROL, ENTER, MRN, Desk, register, sign_in

desk = test_course.desk
MOST = 20
COUNT = {"wbc": 2.1, "anc": 1.0, "alc": 0.4, "hb": 92.0, "plt": 60.0, "pb_blasts_pct": 0.0}


class Counted:
    """Presses keys in the window and counts those that are no digit and no decimal point of a value."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.presses = desk, 0

    def press(self, *keys: str | Qt.Key, **held: Any) -> None:
        """Send the keys."""
        for key in keys:
            signs = [one for one in key if not (one.isdigit() or one == ".")] if isinstance(key, str) else [key]
            self.presses += len(signs) + (1 if held and isinstance(key, str) else 0)
        self._desk.press(*keys, **held)

    def count(self) -> None:
        """Type the six values of a count, Enter between them."""
        values = [f"{value:g}" for value in COUNT.values()]
        for value in values[:-1]:
            self.press(value, ENTER)
        self.press(values[-1])


def logged_in_column(desk: Desk) -> Counted:
    """Sign in, register the patient and log a count in the column of the flowsheet; what was pressed for the count."""
    sign_in(desk)
    register(desk)
    keys = Counted(desk)
    keys.press(Qt.Key.Key_3, held=ALT)
    keys.press("a", ENTER)
    keys.count()
    keys.press(ENTER, held=CONTROL)
    desk.settle()
    return keys


def stored(desk: Desk) -> list[dict[str, float]]:
    """The blood counts in the store."""
    entries = chart_of(desk.shown.desk.session, MRN).entries
    return [{name: getattr(one, name) for name in COUNT} for one in entries if one.kind == "blood_count"]


def test_that_a_full_count_is_logged_in_the_column_with_at_most_twenty_presses_besides_the_digits(desk: Desk) -> None:
    keys = logged_in_column(desk)
    assert stored(desk) == [COUNT]
    assert keys.presses <= MOST, keys.presses
    view = desk.shown.frame.current_view
    assert isinstance(view, CountsView)
    assert view.foot.words.accessibleName().startswith("Saved 09:00:00 by Synthetic Physician: 6 values.")
    assert len(view.table.sheet.columns) == 1


def test_that_the_saved_count_is_corrected_from_its_cell_and_shows_what_it_was(desk: Desk) -> None:
    keys = logged_in_column(desk)
    keys.press(*[Qt.Key.Key_Down] * 3, ENTER)
    sheet: Any = desk.shown.frame.sheets.sheet
    rows = {row.key: row for row in sheet.rows}
    assert rows["hb"].isAncestorOf(QApplication.focusWidget())
    desk.press("91", ENTER)
    rows["reason"].take_keyboard()
    desk.press("typing slip")
    desk.press(ENTER, held=CONTROL)
    desk.press(Qt.Key.Key_Escape)
    view = desk.shown.frame.current_view
    assert isinstance(view, CountsView)
    words = view.foot.words.accessibleName().replace("\u00a0", " ")
    assert "Hb 91 g/L" in words
    assert "Corrected from 92 g/L to 91 g/L: “typing slip”" in words


def test_that_a_count_left_half_typed_at_the_lock_comes_back_to_its_author(desk: Desk) -> None:
    sign_in(desk)
    register(desk)
    desk.press(Qt.Key.Key_3, held=ALT)
    desk.press("a", ENTER, "2.1", ENTER, "1")
    desk.press(Qt.Key.Key_L, held=CONTROL)
    desk.press(test_course.PASSPHRASE, ENTER)
    desk.qtbot.waitUntil(lambda: desk.window.frame is not None)
    desk.settle()
    desk.press(ENTER)
    desk.press(Qt.Key.Key_3, held=ALT)
    desk.press("a")
    view = desk.shown.frame.current_view
    assert isinstance(view, CountsView)
    assert view.typing is not None
    assert [number.state for number in view.typing.entries.numbers[:3]] == ["2.1", "1", None]


def test_that_a_full_count_is_logged_on_the_round_sheet_with_at_most_twenty_presses(desk: Desk) -> None:
    sign_in(desk)
    register(desk)
    desk.press(Qt.Key.Key_B, held=CONTROL)
    keys = Counted(desk)
    keys.press(Qt.Key.Key_R, held=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    keys.press("8:30", ENTER)
    keys.count()
    keys.press(ENTER, held=CONTROL)
    desk.settle()
    assert stored(desk) == [COUNT]
    assert keys.presses <= MOST, keys.presses
    assert "Saved" in desk.shown.round.view.rows[0].sentence
    desk.press(Qt.Key.Key_Escape)
    assert desk.shown.frame.current_view is desk.shown.board
    assert desk.shown.board.table.current_mrn() == MRN

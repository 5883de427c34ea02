"""Tests of the ward board as a widget: model, keys, wrapping rows, the empty state."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.ui import theme
from bedside.ui.board.cells import HEADS, NARROW, TIGHT, WIDE, cells_of, row_height, text_width, widths_in
from bedside.ui.board.chip import FilterChip
from bedside.ui.board.model import BoardModel
from bedside.ui.board.view import BoardView
from bedside.ui.lettering import Run
from bedside.ui.paragraph import advance, plain, wrap
from bedside.ui.troubles import Trouble
from tests.samples.board import AS_OF, TYPICAL, row
from tests.ui.views.conftest import Press


def shown_board(qtbot: QtBot) -> BoardView:
    board = BoardView()
    qtbot.addWidget(board)
    board.resize(1280, 700)
    with qtbot.waitActive(board):
        board.show()
        board.activateWindow()
    board.show_board(TYPICAL, AS_OF)
    board.entered()
    return board


def test_that_the_model_keeps_the_rules_of_item_models() -> None:
    model = BoardModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for lines in (TYPICAL, (), TYPICAL[:3]):
        model.show(lines)
        assert model.rowCount() == len(lines)
    assert model.columnCount() == len(HEADS)


def test_that_enter_opens_the_selected_patient(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(board.patient_opened) as opened:
        press(Qt.Key.Key_Return)
    assert opened.args == [board.table.rows.lines[1].mrn]


def test_that_a_letter_typed_on_the_list_filters_it_and_esc_shows_all_again(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    press("hazel")
    assert board.filter.text() == "hazel"
    assert [line.family for line in board.table.rows.lines] == ["Hazel"]
    press(Qt.Key.Key_Escape)
    assert len(board.table.rows.lines) == 12


def test_that_the_filter_gives_the_keyboard_back_to_the_list(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    board.focus_filter()
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is board.table


def test_that_a_head_sorts_rising_then_falling_then_by_attention(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    orders = []
    for _ in range(3):
        board.table.head.sectionClicked.emit(0)
        orders.append(board.table.rows.lines[0].family)
    assert orders == ["Alder", "von der Testberg-Holunder", "Tamarisk"]


def test_that_no_word_of_a_row_is_wider_than_its_column_and_no_row_lower_than_48() -> None:
    long = row("Marie-Luise Anna", "von und zu der Testberg-Holunder-Wacholder", 1000, product="x" * 60)
    for widths in ((*NARROW, 214), (*WIDE, 640)):
        for line in (*TYPICAL, long):
            assert row_height(line, widths) >= 48
            for column, (cell, width) in enumerate(zip(cells_of(line), widths, strict=True)):
                room = text_width(column, width) - (22 if cell.sign else 0)
                lines = () if cell.graded else cell.paragraphs
                wrapped = [one for paragraph in lines for one in wrap(paragraph, room)]
                assert max(map(advance, wrapped), default=0) <= room
        assert row_height(long, widths) > 48


@pytest.mark.parametrize("widths", [TIGHT, NARROW, WIDE])
@pytest.mark.parametrize("last", ["2019-09-30", "2020-07-30", "2020-07-31T07:20:00+02:00", "2020-07-31", ""])
def test_that_a_date_is_never_broken_within_its_parts(widths: tuple[int, ...], last: str) -> None:
    column = HEADS.index("Last entry")
    cell = cells_of(row("One", "Elder", 3, last=last, unseen=12, stale=True))[column]
    for paragraph in cell.paragraphs:
        assert len(wrap(paragraph, text_width(column, widths[column]))) == 1


@pytest.mark.parametrize("widths", [TIGHT, NARROW, WIDE])
@pytest.mark.parametrize("said", ["new patient", "new to you"])
def test_that_a_patient_who_is_new_is_said_to_be_between_words_at_most(widths: tuple[int, ...], said: str) -> None:
    column = HEADS.index("Last entry")
    cell = cells_of(row("One", "Elder", 3, unopened=said))[column]
    lines = wrap(cell.paragraphs[-1], text_width(column, widths[column]))
    assert " ".join(plain((one,)).strip() for one in lines) == said
    assert max(map(advance, lines)) <= text_width(column, widths[column])


def test_that_every_list_stays_in_sight_when_the_window_becomes_narrower_and_wider_again(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.resize(1440, 600)
    qtbot.wait(20)
    row_of_lists = board._chips["open"].parentWidget()
    assert row_of_lists is not None
    heights = []
    for width in (1440, 1100, 1440):
        board.resize(width, 600)
        qtbot.waitUntil(lambda: row_of_lists.height() == row_of_lists.heightForWidth(row_of_lists.width()))
        assert all(row_of_lists.rect().contains(chip.geometry()) for chip in board._chips.values())
        heights.append(row_of_lists.height())
    assert heights[0] == heights[2] < heights[1]


def test_that_a_ward_without_patients_says_so_and_what_to_do(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_board((), date(2020, 7, 31))
    assert board.empty.isVisible()
    assert board.empty.statement.text() == "No patient is registered."


def test_that_a_board_that_cannot_be_read_shows_no_rows_of_before(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_trouble(Trouble("The store is damaged.", "Restore a backup."))
    assert board.table.rows.rowCount() == 0
    assert board.trouble.isVisible()
    assert board.empty.statement.text() == "The patients could not be read."


def test_that_nothing_is_counted_and_nobody_said_to_be_missing_before_the_rows_are_read(qtbot: QtBot) -> None:
    board = BoardView()
    qtbot.addWidget(board)
    chips = [chip.accessibleName() for chip in board.findChildren(FilterChip)]
    assert "overdue, not read" in chips
    assert not any(name[0].isdigit() for name in chips)
    assert board.empty.statement.text() == "The patients are being read."
    board.show_board((), AS_OF)
    assert "0 overdue" in [chip.accessibleName() for chip in board.findChildren(FilterChip)]
    assert board.empty.statement.text() == "No patient is registered."
    board.clear()
    assert "overdue, not read" in [chip.accessibleName() for chip in board.findChildren(FilterChip)]
    assert board.empty.statement.text() == "The patients are being read."


def test_that_a_board_that_could_not_be_read_counts_nothing(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_trouble(Trouble("The store is damaged.", "Restore a backup."))
    assert "overdue, not read" in [chip.accessibleName() for chip in board.findChildren(FilterChip)]


@pytest.mark.parametrize("room", [946, 1100, 1249, 1250, 1270, 1439, 1440, 1910])
def test_that_no_column_lies_beyond_the_edge_of_a_window(room: int) -> None:
    assert sum(widths_in(room)) == room


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("room", [946, 1250, 1440])
def test_that_drugs_and_dates_keep_their_line_at_every_width(room: int) -> None:
    widths = widths_in(room)
    for text, px, weight, column in (("tisagenlecleucel", 13, 600, 3), ("04-May-2020", 12, 400, 1)):
        assert Run(text, px, weight).width <= text_width(column, widths[column])


def test_that_another_moment_turns_the_line_of_the_heading_amber(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    amber = theme.current().colour("ambtint").rgb()
    board.show_board(TYPICAL, AS_OF)
    assert board.grab().toImage().pixelColor(3, 3).rgb() != amber
    board.show_board(TYPICAL, AS_OF, now=False)
    assert board.grab().toImage().pixelColor(3, 3).rgb() == amber


def test_that_the_selected_patient_stays_selected_when_the_board_is_read_again(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.table.select("PUB-MYERS")
    board.show_board(TYPICAL[::-1], AS_OF)
    assert board.table.current_mrn() == "PUB-MYERS"


def test_that_the_arrows_lead_from_one_list_to_the_next_and_around(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    lists = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        press(key)
        lists.append(board.showing.chip)
    assert lists == ["moved", "rose", "moved", "open", "closed"]


def test_that_a_list_without_rows_leaves_the_keyboard_where_the_arrows_still_act(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    board.show_board([line for line in TYPICAL if not line.moved], AS_OF)
    press(Qt.Key.Key_Right)
    assert (board.showing.chip, board.empty.isVisible()) == ("moved", True)
    press(Qt.Key.Key_Right)
    assert board.showing.chip == "rose"


def test_that_every_list_can_be_asked_for_by_its_words(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    (overdue,) = (action for action in board.actions_offered() if action.text == "Show the list: overdue")
    overdue.callback()
    assert board.showing.chip == "overdue"
    assert all(line.overdue for line in board.table.rows.lines)


def test_that_rows_that_come_late_get_the_keyboard(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    board.show_board((), AS_OF)
    board.entered()
    board.show_board(TYPICAL, AS_OF)
    assert QApplication.focusWidget() is board.table
    press(Qt.Key.Key_Down)
    assert board.table.currentIndex().row() == 1


LONG = [
    row("Long", f"Sorrel {number}", mrn=f"L-{number:04}", blockers=("a text",) * (number % 3)) for number in range(400)
]


def heights_needed(board: BoardView) -> list[int]:
    widths = tuple(board.table.columnWidth(column) for column in range(len(HEADS)))
    return [row_height(line, widths) for line in board.table.rows.lines]


def heights_given(board: BoardView) -> list[int]:
    return [board.table.rowHeight(number) for number in range(len(board.table.rows.lines))]


def rows_in_sight(board: BoardView) -> range:
    last = board.table.rowAt(board.table.viewport().height() - 1)
    return range(board.table.rowAt(0), (last if last >= 0 else len(board.table.rows.lines) - 1) + 1)


def test_that_of_a_long_list_the_rows_in_sight_have_their_height_at_once_and_all_soon(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_board(LONG, AS_OF)
    needed = heights_needed(board)
    seen = rows_in_sight(board)
    assert seen.stop > 5
    assert heights_given(board)[: seen.stop] == needed[: seen.stop]
    assert heights_given(board) != needed
    qtbot.waitUntil(lambda: heights_given(board) == needed)


def test_that_the_last_row_of_a_long_list_is_wholly_in_sight_when_one_jumps_to_it(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_board(LONG, AS_OF)
    table, last = board.table, len(LONG) - 1
    board.select(table.rows.lines[last].mrn)
    assert table.currentIndex().row() == last
    assert [table.rowHeight(number) for number in rows_in_sight(board)] == heights_needed(board)[
        rows_in_sight(board).start :
    ]
    assert table.rowViewportPosition(last) + table.rowHeight(last) <= table.viewport().height()


def test_that_what_is_in_sight_stays_where_it_is_while_the_rows_above_are_measured(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_board(LONG, AS_OF)
    board.select(board.table.rows.lines[200].mrn)
    first = board.table.rowAt(0)
    before = board.table.rowViewportPosition(first)
    needed = heights_needed(board)
    qtbot.waitUntil(lambda: heights_given(board) == needed)
    assert abs(board.table.rowViewportPosition(first) - before) <= 1


def test_that_a_letter_that_keeps_every_row_leaves_the_list_as_it_is(qtbot: QtBot, press: Press) -> None:
    board = shown_board(qtbot)
    board.show_board(LONG, AS_OF)
    with qtbot.assertNotEmitted(board.table.rows.modelReset):
        press("s")
    with qtbot.waitSignal(board.table.rows.modelReset):
        press("orrel 39")


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("selected", ["L-0000", "L-0200"])
def test_that_rows_out_of_sight_are_measured_without_painting_those_in_sight(qtbot: QtBot, selected: str) -> None:
    board = shown_board(qtbot)
    board.show_board(LONG, AS_OF)
    board.select(selected)
    QApplication.processEvents()
    paints = Paints(board.table.viewport())
    qtbot.waitUntil(lambda: not board.table.measuring)
    assert heights_given(board) == heights_needed(board)
    assert paints.count <= 2


def test_that_a_letter_that_keeps_every_row_paints_no_row_anew(qtbot: QtBot) -> None:
    board = shown_board(qtbot)
    board.show_board(LONG, AS_OF)
    qtbot.waitUntil(lambda: not board.table.measuring)
    QApplication.processEvents()
    paints = Paints(board.table.viewport())
    board.filter.setText("long")
    QApplication.processEvents()
    assert (len(board.table.rows.lines), paints.count) == (len(LONG), 0)

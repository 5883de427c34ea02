"""Tests of the counts as a view: the way of the keyboard, what is said, what is never cut, what is forgotten."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui import theme
from bedside.ui.counts.heads import COLUMN
from bedside.ui.counts.side import CountsSide
from bedside.ui.fonts import width_of
from tests.samples.counts import disputed, entry, long_course, typical
from tests.ui.counts.conftest import Counts, Keys

ENTER, LEFT, RIGHT, UP, DOWN = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)


def test_that_the_newest_value_of_the_first_analyte_has_the_keyboard(counts: Counts) -> None:
    assert counts.cell() == "WBC D+6"
    assert counts.view.foot.words.accessibleName().startswith("WBC 0.5")


def test_that_the_arrows_go_from_value_to_value_and_pass_over_the_names_of_groups(counts: Counts, keys: Keys) -> None:
    keys(*[DOWN] * 6)
    assert counts.cell() == "CRP D+6"
    keys(LEFT, UP)
    assert counts.cell() == "Blasts, blood D+5"
    assert "Nothing was recorded here" in counts.view.foot.words.accessibleName()


def test_that_enter_asks_for_the_correction_of_the_value(counts: Counts, keys: Keys, qtbot: QtBot) -> None:
    keys(DOWN, DOWN, DOWN, LEFT, LEFT, LEFT)
    with qtbot.waitSignal(counts.view.correct_asked) as asked:
        keys(ENTER)
    assert asked.args == [entry(61, kind="blood_count", at="2020-07-27").id, "hb"]


def test_that_enter_on_an_empty_cell_asks_for_nothing(counts: Counts, keys: Keys, qtbot: QtBot) -> None:
    keys(*[DOWN] * 5)
    with qtbot.assertNotEmitted(counts.view.correct_asked):
        keys(ENTER)


def test_that_what_is_out_of_view_is_said_and_no_column_is_cut(qtbot: QtBot, keys: Keys) -> None:
    counts = Counts(qtbot, long_course(60))
    table = counts.view.table
    seen = table.in_view()
    said = "7 of 14 columns in view, 7 earlier to the left, 45 entries after the moment that is shown"
    assert counts.view.bar.sentence.text() == said
    assert all(table.columnViewportPosition(column) >= 0 for column in seen)
    assert table.columnViewportPosition(seen[-1]) + COLUMN <= table.viewport().width()
    keys(Qt.Key.Key_Home)
    assert counts.view.bar.sentence.text().startswith("7 of 14 columns in view, 7 newer to the right")
    counts.frame.close_views()


def test_that_no_head_of_a_column_is_wider_than_the_column() -> None:
    widest = max(width_of(f"28-{month}-2028", 12) for month in ("Jan", "Feb", "Mar", "May", "Aug", "Nov", "Dec"))
    assert widest + 12 <= COLUMN


def test_that_a_part_hides_older_columns_and_says_how_many(qtbot: QtBot, keys: Keys) -> None:
    counts = Counts(qtbot, [*typical(), entry(90, -30, kind="blood_count", hb=100.0)])
    keys("p", "p")
    assert counts.view.bar.parts.place == 2
    assert counts.view.table.sheet.columnCount() == 9
    assert counts.view.bar.sentence.text().endswith("1 before this part")
    keys("p")
    assert counts.view.table.sheet.columnCount() == 10
    counts.frame.close_views()


def test_that_a_part_without_a_column_says_so_and_keeps_the_keys(qtbot: QtBot, keys: Keys) -> None:
    counts = Counts(qtbot, [entry(90, -30, kind="blood_count", hb=100.0)])
    keys("p")
    assert counts.view.bar.sentence.text() == "0 of 1 column in view, 1 before this part"
    keys("p")
    assert counts.view.table.sheet.columnCount() == 1
    counts.frame.close_views()


def test_that_a_patient_without_counts_is_told_how_to_type_the_first(qtbot: QtBot, keys: Keys) -> None:
    counts = Counts(qtbot, [])
    assert "A opens a column" in counts.view.foot.words.accessibleName()
    keys("a")
    assert counts.view.typing is not None
    counts.frame.close_views()


def test_that_a_contested_value_says_that_neither_counts(qtbot: QtBot) -> None:
    counts = Counts(qtbot, disputed())
    assert "neither counts until one is taken back" in counts.view.foot.words.accessibleName()
    counts.frame.close_views()


def shown_tracks(side: CountsSide) -> list[str]:
    """The names of the trends from top to bottom."""
    return [plot.track.name for pane in side.panes() for plot in pane.graphics.plots]


def test_that_the_trends_follow_the_analyte_and_the_columns_in_view(counts: Counts, keys: Keys) -> None:
    side = counts.view.side
    keys(*[DOWN] * 4)
    side.catch_up()
    assert shown_tracks(side) == ["Platelets", "ANC and ALC", "CRP", "Ferritin"]
    keys(LEFT, LEFT)
    side.catch_up()
    assert side.state.focus.isoformat() == "2020-07-28"


def test_that_an_analyte_without_a_range_has_a_trend(counts: Counts) -> None:
    rows = {line.words: row for row, line in enumerate(counts.view.table.sheet.lines)}
    for words in ("IgA", "Triglycerides", "NK cells"):
        counts.view.table.go_to(counts.view.table.sheet.index(rows[words], 7))
        counts.view.side.catch_up()
        assert shown_tracks(counts.view.side) == [words, "ANC and ALC", "Platelets", "CRP", "Ferritin"]


def test_that_another_theme_repaints_the_trends(counts: Counts, qapp: QApplication) -> None:
    theme.apply(qapp, theme.load_theme("dark"))
    qapp.processEvents()
    assert shown_tracks(counts.view.side)[0] == "WBC"
    theme.apply(qapp, theme.load_theme("light"))


def test_that_clearing_leaves_no_value_of_the_patient(counts: Counts) -> None:
    counts.view.clear()
    assert counts.view.table.sheet.rowCount() == 0
    assert counts.view.foot.words.accessibleName() == ""
    assert counts.view.bar.sentence.text() == ""
    assert shown_tracks(counts.view.side) == []


def test_that_everything_that_takes_the_keyboard_has_a_name(counts: Counts, keys: Keys) -> None:
    keys("a")
    takers = [
        widget
        for widget in counts.view.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
    ]
    nameless = [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in takers
        if not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert takers
    assert nameless == []


def test_that_trends_wait_until_the_arrows_rest_and_then_show_the_last_analyte(
    counts: Counts, keys: Keys, qtbot: QtBot
) -> None:
    side = counts.view.side
    keys(DOWN, DOWN, DOWN)
    assert shown_tracks(side)[0] == "WBC"
    qtbot.waitUntil(lambda: shown_tracks(side)[0] == "Hb")

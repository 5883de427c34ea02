"""Tests of the journal: every entry and what became of it, conflicts, filter, evidence, and the journal turned back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from bedside.chart.live import EntryState
from bedside.ui import fonts, theme
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.journal.lines import JournalLine, lines_of, matching
from bedside.ui.journal.model import LINE_ROLE, JournalModel
from bedside.ui.journal.view import JournalView
from tests.samples.index_case import chart as index_chart
from tests.samples.index_case import opened as index_case
from tests.ui.journal.samples import (
    NOW,
    ZONE,
    a_conflict,
    a_corrected_count,
    a_course,
    a_voided_note,
    entry,
    id_of,
    now,
    opened,
)


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[JournalView]:
    fonts.load_faces("Regular", "SemiBold", "Medium", "Bold")
    if theme.current().name != "light" or not qapp.styleSheet():
        theme.apply(qapp, theme.load_theme("light"))
    made = JournalView(now)
    qtbot.addWidget(made)
    made.resize(1280, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close_view()


def by_number(lines: list[JournalLine]) -> dict[int, JournalLine]:
    return {int(line.id[-12:]): line for line in lines}


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def test_that_a_corrected_entry_is_struck_and_leads_to_its_successor_with_the_reason() -> None:
    lines = by_number(lines_of(opened(a_corrected_count()), ZONE))
    assert lines[1].struck
    assert lines[1].link == id_of(2)
    assert plain(lines[1].notes[0]) == (
        "Corrected 30-Jul-2020 09:02 by B. Specimen: “typing slip”. Now: Hb 91 g/L, platelets 27 ×10⁹/L"
    )
    assert not lines[2].struck
    assert plain(lines[2].notes[0]) == "Corrects Hb 19 g/L, platelets 27 ×10⁹/L: “typing slip”"


def test_that_a_voided_entry_is_struck_and_says_why() -> None:
    lines = by_number(lines_of(opened(a_voided_note()), ZONE))
    assert lines[3].state is EntryState.VOIDED
    assert lines[3].notes == ("Taken back 30-Jul-2020 09:04 by B. Specimen: “another patient’s note”",)
    assert lines[4].values == "Note of 29-Jul-2020, Seen by the family doctor."


def test_that_the_newest_entry_stands_first() -> None:
    lines = lines_of(opened(a_course()), ZONE)
    assert [line.when[:11] for line in lines][:2] == ["30-Jul-2020", "30-Jul-2020"]
    assert lines[-1].when == "05-Jan-2018"


def test_that_day_numbers_count_from_day_0() -> None:
    lines = by_number(lines_of(opened(a_course()), ZONE))
    assert (lines[8].day, lines[1].day, lines[9].day) == ("D0", "D+6", "D−4")


def test_that_nobody_named_is_said_and_not_blank(view: JournalView) -> None:
    view.show_opened(opened([entry(1, kind="contact", status="alive", recorded_by=None, recorded_at=None)]))
    (line,) = view.table.rows.lines
    assert line.recorded == ""
    assert "recorded by: not recorded" in line.sentence


def test_that_the_model_keeps_the_rules_of_item_models(qapp: QApplication) -> None:
    assert qapp is not None
    model = JournalModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    lines = lines_of(opened(a_course()), ZONE)
    model.show_lines(lines)
    model.show_lines(lines[:2])
    model.show_lines([])
    model.show_lines(lines)
    assert model.rowCount() == len(lines)
    assert model.index(0, 0).data(LINE_ROLE) is lines[0]
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == lines[0].sentence
    tester.deleteLater()


def test_that_the_journal_turned_back_tells_nothing_of_what_came_later() -> None:
    known_at = datetime(2020, 7, 30, 7, 1, 30, tzinfo=UTC)
    lines = by_number(lines_of(opened(a_corrected_count(), known_at), ZONE))
    assert set(lines) == {1}
    assert not lines[1].struck
    assert lines[1].notes == ()


def test_that_what_was_recorded_later_is_announced(view: JournalView) -> None:
    known_at = datetime(2020, 7, 30, 7, 1, 30, tzinfo=UTC)
    view.show_opened(opened(a_corrected_count(), known_at), known_at)
    assert view.bar.sentence.text() == "1 entry · newest first · 1 recorded later, not shown"
    assert "as known on 30-Jul-2020 09:01" in view.bar.read.words
    assert view.bar.known.text() == "30-Jul-2020 09:01"


def test_that_entries_of_which_nobody_knows_when_they_were_recorded_are_said_to_be_taken_as_known(
    view: JournalView,
) -> None:
    known_at = datetime(2020, 7, 30, 7, 1, 30, tzinfo=UTC)
    said = f"{len(index_chart().entries)} without a time of recording, taken as known"
    view.show_opened(index_case("2020-07-31"), known_at)
    assert view.bar.sentence.text().endswith(said)
    view.show_opened(index_case("2020-07-31"))
    assert "time of recording" not in view.bar.sentence.text()


def test_that_an_entry_after_the_date_that_is_shown_is_not_said_to_count(view: JournalView) -> None:
    view.show_opened(opened(a_course(), as_of="2020-07-22"))
    lines = by_number(list(view.table.rows.lines))
    assert lines[8].state_words == "after 22-Jul-2020"
    assert lines[9].state_words == "in force"
    assert lines[1].state_words == "corrected"
    assert "8 after 22-Jul-2020, not counted" in view.bar.sentence.text()
    assert view.table.rowHeight(view.table.rows.place_of(id_of(8))) == 48


def test_that_a_moment_that_is_shown_parts_the_entries_of_its_day() -> None:
    lines = by_number(lines_of(opened(a_corrected_count(), as_of="2020-07-30T06:00:00+02:00"), ZONE))
    assert lines[2].state_words == "after 30-Jul-2020 06:00"
    lines = by_number(lines_of(opened(a_corrected_count(), as_of="2020-07-29T06:00:00+02:00"), ZONE))
    assert lines[2].state_words == "after 29-Jul-2020"
    lines = by_number(lines_of(opened(a_corrected_count(), as_of="2020-07-30T07:05:00+02:00"), ZONE))
    assert lines[2].state_words == "in force"


def test_that_an_imported_entry_tells_its_whereabouts_in_two_lines(view: JournalView) -> None:
    view.show_opened(opened([entry(1, kind="contact", status="alive", recorded_by=None, recorded_at=None)]))
    (line,) = view.table.rows.lines
    assert line.received == "received 31-Jul-2020 by importer"
    assert view.table.rowHeight(0) == 48


def test_that_back_at_now_nothing_is_left_in_the_box(view: JournalView) -> None:
    view.bar.known.setText("30.7.20")
    view.show_opened(opened(a_course(), NOW), NOW)
    assert view.bar.known.text() == "30.7.20"
    view.show_opened(opened(a_course()))
    assert view.bar.known.text() == ""


def test_that_a_patient_with_a_conflict_is_shown_with_one_side_of_it_selected(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    assert view.table.current is not None
    assert view.table.current.state is EntryState.CONTESTED


def test_that_another_patient_is_shown_from_the_first_row(view: JournalView) -> None:
    view.resize(1024, 320)
    view.show_opened(opened(a_course()))
    view.select(id_of(11))
    assert view.table.verticalScrollBar().value() > 0
    view.clear()
    view.show_opened(opened(a_corrected_count() + a_voided_note()))
    assert view.table.currentIndex().row() == 0
    assert view.table.verticalScrollBar().value() == 0


def test_that_a_day_typed_as_known_on_counts_to_its_end(view: JournalView, qtbot: QtBot) -> None:
    view.show_opened(opened(a_course()))
    QTest.keyClicks(view.bar.known, "29.7.20")
    assert "read as 29-Jul-2020" in view.bar.read.words.replace(", ", "")
    with qtbot.waitSignal(view.known_at_changed) as changed:
        QTest.keyClick(view.bar.known, Qt.Key.Key_Return)
    assert changed.args == [datetime(2020, 7, 29, 23, 59, 59, 999999, tzinfo=ZONE)]


def test_that_the_way_back_to_now_is_offered(view: JournalView, qtbot: QtBot) -> None:
    view.show_opened(opened(a_course(), NOW), NOW)
    assert view.bar.back.isVisible()
    with qtbot.waitSignal(view.known_at_changed) as changed:
        view.bar.back.click()
    assert changed.args == [None]


def test_that_typing_filters_and_says_so(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    QTest.keyClicks(view.bar.filter, "pegaspargase")
    assert [line.kind for line in view.table.rows.lines] == ["therapy"]
    assert view.bar.sentence.text() == "1 of 11 entries shown · newest first · filtered by “pegaspargase”"


def test_that_the_entries_behind_a_statement_stand_alone_until_esc_shows_all(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    every = [line.id for line in view.table.rows.lines]
    view.bar.filter.setText("pegaspargase")
    view.show_only([every[5], every[2]])
    assert [line.id for line in view.table.rows.lines] == [every[2], every[5]]
    assert view.table.current_id == every[2]
    assert "only those behind one statement or day" in view.bar.sentence.text()
    view.show_all()
    assert [line.id for line in view.table.rows.lines] == every
    assert "statement" not in view.bar.sentence.text()


def test_that_another_entry_than_those_behind_a_statement_is_shown_among_all(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    every = [line.id for line in view.table.rows.lines]
    view.show_only(every[:2])
    view.select(every[4])
    assert view.table.current_id == every[4]
    assert len(view.table.rows.lines) == len(every)


def test_that_a_kind_is_shown_alone(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    view.bar.kind.setCurrentIndex(view.bar.kind.findData("blood_count"))
    assert {line.kind for line in view.table.rows.lines} == {"blood_count"}


def test_that_no_match_is_said_in_a_sentence(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    QTest.keyClicks(view.bar.filter, "zzz")
    assert view.empty.isVisible()
    assert "matches the filter" in view.empty.text()


def test_that_evidence_is_found_past_a_filter_that_hides_it(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    QTest.keyClicks(view.bar.filter, "pegaspargase")
    view.select(id_of(9))
    assert view.table.current_id == id_of(9)
    assert view.bar.filter.text() == ""


def test_that_evidence_asked_for_before_the_journal_came_is_selected_then(view: JournalView) -> None:
    view.select(id_of(9))
    view.show_opened(opened(a_course()))
    assert view.table.current_id == id_of(9)


def test_that_enter_corrects_what_counts_and_leads_on_from_what_does_not(view: JournalView, qtbot: QtBot) -> None:
    view.show_opened(opened(a_course()))
    view.select(id_of(1))
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert view.table.current_id == id_of(2)
    with qtbot.waitSignal(view.correct_requested) as asked:
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert asked.args == [id_of(2)]


def test_that_a_conflict_shows_both_candidates_and_how_to_settle_it(view: JournalView, qtbot: QtBot) -> None:
    view.show_opened(opened(a_conflict()))
    assert view.conflicts.isVisible()
    buttons = view.conflicts.findChildren(KeyButton)
    assert len(buttons) == 2
    assert "weight 54 kg" in plain(buttons[0].accessibleName())
    assert "weight 55 kg" in plain(buttons[1].accessibleName())
    with qtbot.waitSignal(view.take_back_requested) as asked:
        buttons[1].click()
    assert asked.args == [id_of(7)]


def test_that_without_a_conflict_there_is_no_panel(view: JournalView) -> None:
    view.show_opened(opened(a_corrected_count()))
    assert view.conflicts.isHidden()


def test_that_another_patient_finds_nothing_left(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    QTest.keyClicks(view.bar.filter, "marrow")
    view.clear()
    assert view.table.rows.lines == ()
    assert view.bar.filter.text() == ""
    assert view.conflicts.isHidden()
    assert view.empty.isVisible()


def test_that_what_cannot_be_done_says_why(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    view.select(id_of(1))
    refusals = {action.id: action.refusal() for action in view.actions_offered()}
    assert "no longer counts" in refusals["journal.correct"]
    assert refusals["journal.follow"] == ""


def test_that_long_entries_get_the_height_that_they_need(view: JournalView) -> None:
    view.show_opened(opened(a_course()))
    assert view.table.rowHeight(view.table.rows.place_of(id_of(7))) > 48
    assert view.table.rowHeight(view.table.rows.place_of(id_of(8))) == 48


def test_that_words_are_matched_across_the_spaces_that_do_not_break() -> None:
    lines = lines_of(opened(a_corrected_count()), ZONE)
    assert {line.id for line in matching(lines, "91 g/l", "")} == {id_of(1), id_of(2)}
    assert matching(lines, "91 g/l", "marrow") == []


def test_that_the_link_to_now_is_a_button_with_a_name(view: JournalView) -> None:
    link, readers = view.bar.findChildren(QPushButton)
    assert link.text() == "Back to now"
    assert readers.isHidden(), "who saw the chart is for leads and auditors"

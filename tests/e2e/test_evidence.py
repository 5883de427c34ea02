"""What rests on entries leads to them, and to nothing else: statements of the risk view, and a day of the course."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bedside.service.exchange_files import import_file
from bedside.ui.journal.view import JournalView
from bedside.ui.overview.view import OverviewView
from bedside.ui.risk.view import RiskView
from bedside.ui.ward import Ward
from tests.e2e import test_races
from tests.e2e.test_races import rest, shown
from tests.service.charts import INDEX, INDEX_MRN

ward = test_races.ward


def statements(view: RiskView) -> list[tuple[str, QWidget, tuple[str, ...]]]:
    """What can be pressed on the risk view, with the entries that it rests on."""
    found: list[tuple[str, QWidget, tuple[str, ...]]] = []
    for row in view.rows:
        assert row.criterion is not None
        found.append((row.criterion_id, row, row.criterion.evidence))
    for section in view.side.sections:
        section.open(True)
        found += [(section.section.head, row, row.fact.evidence) for row in section.rows]
    return [one for one in found if one[2]]


def test_that_enter_on_any_statement_shows_exactly_the_entries_that_it_rests_on(qtbot: QtBot, ward: Ward) -> None:
    import_file(ward.desk.session, "index.json", INDEX)
    shown(qtbot, ward, INDEX_MRN)
    ward.frame.show_view("risk")
    rest(qtbot, ward)
    view, journal = ward.frame.view("risk"), ward.frame.view("journal")
    assert isinstance(view, RiskView)
    assert isinstance(journal, JournalView)
    found = statements(view)
    assert {name for name, _row, _rests in found} >= {"H4", "L1", "Second opinion", "HSCT panel", "B-cell aplasia"}
    assert any(len(rests) > 1 for _name, _row, rests in found)
    for name, row, rests in found:
        ward.frame.show_view("risk")
        QTest.keyClick(row, Qt.Key.Key_Return)
        assert ward.frame.current_view is journal, name
        listed = {line.id for line in journal.table.rows.lines}
        assert journal.table.current_id in rests, name
        assert listed == set(rests) if len(rests) > 1 else len(listed) > 1, name


def test_that_everything_that_knows_its_entries_can_be_pressed(qtbot: QtBot, ward: Ward) -> None:
    import_file(ward.desk.session, "index.json", INDEX)
    shown(qtbot, ward, INDEX_MRN)
    ward.frame.show_view("risk")
    rest(qtbot, ward)
    view = ward.frame.view("risk")
    assert isinstance(view, RiskView)
    assert ward.opened is not None
    opinion = ward.opened.assessment.second_opinion
    behind = {entry for factor in opinion.factors for entry in factor.evidence}
    behind |= {entry for evidence in opinion.notes_evidence for entry in evidence}
    reached = {entry for name, _row, rests in statements(view) if name == "Second opinion" for entry in rests}
    assert behind <= reached


def test_that_enter_on_a_day_of_the_course_shows_every_entry_of_that_day(qtbot: QtBot, ward: Ward) -> None:
    import_file(ward.desk.session, "index.json", INDEX)
    shown(qtbot, ward, INDEX_MRN)
    overview, journal = ward.frame.view("overview"), ward.frame.view("journal")
    assert isinstance(overview, OverviewView)
    assert isinstance(journal, JournalView)
    assert overview.timeline is not None
    assert overview.timeline.state.facts is not None
    overview.timeline.state.focus_on(date(2020, 5, 22))
    overview.setFocus()
    QTest.keyClick(overview, Qt.Key.Key_Return)
    rest(qtbot, ward)
    assert ward.frame.current_view is journal
    of_the_day = {entry.id for entry in overview.timeline.state.facts.entries if entry.at.day == date(2020, 5, 22)}
    assert {line.id for line in journal.table.rows.lines} == of_the_day
    assert len(of_the_day) == 3

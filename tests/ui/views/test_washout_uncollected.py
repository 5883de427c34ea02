"""Tests of the wash-out view of cells infused without a recorded apheresis: nothing is judged as if today."""

from datetime import date

from pytestqt.qtbot import QtBot

from bedside.chart.enums import Milestone
from tests.samples.planner import COUNTS, THERAPIES, given
from tests.ui.views.test_washout_view import shown_view

INFUSED = {"kind": "infusion", "at": "2020-07-20", "product": "tisagenlecleucel"}
GIVEN = (*COUNTS, given("clofarabine", "2020-06-22", "2020-06-26"))


def test_that_no_apheresis_is_judged_as_of_today_once_the_cells_were_infused(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *GIVEN, INFUSED)
    cell = view.cells[Milestone.APHERESIS]
    assert cell.date.text() == "None recorded"
    assert "infused without a recorded apheresis" in cell.under.accessibleName()
    assert not cell.chip.isVisible()
    assert not view.readiness.isVisible()
    assert view.chart.as_if == frozenset()
    assert "before infusion" in view.earliest.under.accessibleName()


def test_that_a_date_that_is_typed_all_the_same_is_judged(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *GIVEN, INFUSED)
    view.try_date(Milestone.APHERESIS, date(2020, 7, 1))
    assert view.cells[Milestone.APHERESIS].day == date(2020, 7, 1)
    assert view.readiness.isVisible()


def test_that_without_an_infusion_what_is_not_planned_is_held_against_today(qtbot: QtBot) -> None:
    view = shown_view(qtbot, *COUNTS, *THERAPIES)
    assert view.cells[Milestone.APHERESIS].date.text() == "Not planned"
    assert view.chart.as_if == {Milestone.APHERESIS, Milestone.INFUSION}
    assert view.readiness.isVisible()

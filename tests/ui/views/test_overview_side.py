"""Tests of what stands beside the course: its alerts, where they lead, and how the keyboard comes to them."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bedside.chart.assessment import AlertLevel
from bedside.service.read import Opened
from bedside.ui.overview.view import OverviewView
from bedside.ui.risk.alert import FoundAlert
from tests import charts
from tests.samples import toxicity
from tests.ui.views.conftest import Press, shown_overview


def alarming() -> Opened:
    """Warnings and, as nobody has judged a low pressure, a question."""
    unjudged = toxicity.entry(503, kind="vitals", at=toxicity.at(7, "09:25"), temp_c=39.0, sbp=61.0, oxygen="mask")
    return toxicity.opened([*toxicity.alarming_course(), unjudged])


@pytest.fixture
def view(qtbot: QtBot) -> OverviewView:
    """Warnings above the criteria, each resting on an entry."""
    return shown_overview(qtbot, alarming())


def alerts_of(view: OverviewView) -> list[FoundAlert]:
    return sorted(view.side.findChildren(FoundAlert), key=lambda alert: alert.y())


@pytest.mark.parametrize("way", ["mouse", "Enter", "Space"])
def test_that_the_link_of_an_alert_leads_to_the_entry_that_it_rests_on(
    view: OverviewView, qtbot: QtBot, way: str
) -> None:
    found = alarming().assessment.alerts
    first = next(alert for alert in found if alert.level is AlertLevel.WARNING)
    links = [alert.link for alert in alerts_of(view)]
    assert len(links) == len(found) > 1
    with qtbot.waitSignal(view.entries_opened) as asked:
        if way == "mouse":
            QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
        else:
            links[0].setFocus()
            QTest.keyClick(links[0], Qt.Key.Key_Return if way == "Enter" else Qt.Key.Key_Space)
    assert asked.args == [first.evidence]


def test_that_the_link_of_an_alert_says_where_it_leads(view: OverviewView) -> None:
    links = [alert.link for alert in alerts_of(view)]
    assert [link.text() for link in links] == ["Entry"] * len(alarming().assessment.alerts)
    assert {link.accessibleName().partition(": ")[0] for link in links} == {"Go to the entry of"}


def test_that_an_alert_that_rests_on_no_entry_has_no_link(view: OverviewView) -> None:
    assessment = alarming().assessment
    view.side.show_assessment(replace(assessment, alerts=(replace(assessment.alerts[0], evidence=()),)))
    (alert,) = alerts_of(view)
    assert not alert.link.isVisible()


def test_that_tab_comes_to_the_alerts_as_the_eye_does(view: OverviewView, press: Press, qtbot: QtBot) -> None:
    levels = [alert.level for alert in alarming().assessment.alerts]
    assert levels.index(AlertLevel.CAUTION) > levels.index(AlertLevel.INFO)
    qtbot.waitUntil(lambda: len({alert.y() for alert in alerts_of(view)}) == len(levels))
    view.bar.parts.setFocus()
    reached: list[QWidget] = []
    while len(reached) < 20:
        press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None and view.side.isAncestorOf(focused) and focused not in reached:
            reached.append(focused)
        elif reached:
            break
    tops = [one.mapTo(view.side, QPoint(0, 0)).y() for one in reached]
    assert len(reached) == len(levels) + 1
    assert tops == sorted(tops)


def test_that_a_met_criterion_of_high_risk_that_does_not_decide_says_why(view: OverviewView) -> None:
    product: dict[str, Any] = {"product": "other", "product_name": "Trial 19-28z"}
    entries = [
        charts.release(**product, costimulation="cd28"),
        charts.infusion(0, **product),
        charts.subset(30, 0),
        charts.subset(60, 75),
    ]
    view.side.show_assessment(charts.assessed(entries, 60))
    (high,) = [panel for panel in view.side.panels if panel.panel.risk == "high"]
    assert high.accessibleDescription().startswith("H4 Early loss of B-cell aplasia. ")
    assert "alone no high risk after a CD28 product" in high.accessibleDescription()
    view.clear()
    assert high.accessibleDescription() == ""

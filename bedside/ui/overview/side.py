"""Owns the right column of the overview: alerts, the three panels, what would change the class, what is open."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.assessment import Alert as AlertFound
from bedside.chart.assessment import AlertLevel, Assessment
from bedside.ui.criteria import PANEL_WORDS, CriteriaWords, panel_of
from bedside.ui.overview.due import NOTHING, OpenList, open_rows
from bedside.ui.overview.panel import CompactPanel
from bedside.ui.risk.alert import FoundAlert
from bedside.ui.risk.words import change_gist
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, Rule, TextBlock

CLOSED = "The course is closed; what was open is not listed."


class OverviewSide(QWidget):
    """336 px of words; `criteria_asked` when all criteria are wanted, `evidence_opened(ids)` from an alert."""

    criteria_asked = Signal()
    evidence_opened = Signal(tuple)

    def __init__(self, words: CriteriaWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.panels = [CompactPanel(panel, words, self) for panel in PANEL_WORDS]
        self.link = PushButton("All criteria", self)
        self.link.setProperty("look", "link")
        self.link.clicked.connect(self._link_clicked)
        self.changes = TextBlock(self)
        self.open_list = OpenList(self)
        self.open_count = PlainLabel("", 12, 400, "ink2", self)
        self._alerts: list[FoundAlert] = []
        self._warnings, self._cautions = QVBoxLayout(), QVBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(4)
        column.addLayout(self._warnings)
        column.addLayout(_row(PlainLabel("Risk of needing HSCT", 15, 600), self.link))
        for panel in self.panels:
            column.addWidget(panel)
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(PlainLabel("What would change it", 13, 600))
        column.addWidget(self.changes)
        column.addLayout(self._cautions)
        column.addSpacing(4)
        column.addWidget(Rule())
        column.addSpacing(2)
        column.addLayout(_row(PlainLabel("Open", 15, 600), self.open_count))
        column.addWidget(self.open_list)
        column.addStretch(1)

    def show_assessment(self, assessment: Assessment) -> None:
        """Show the class, its criteria, alerts and what is open."""
        self._drop_alerts()
        warnings = [alert for alert in assessment.alerts if alert.level is AlertLevel.WARNING]
        self._add_alerts(warnings, self._warnings)
        self._add_alerts((alert for alert in assessment.alerts if alert not in warnings), self._cautions)
        if warnings:  # Tab follows the eye: they stand above the link, which was there before them
            QWidget.setTabOrder(self._alerts[len(warnings) - 1].link, self.link)
        for panel in self.panels:
            own = [one for one in assessment.risk.criteria if panel_of(one.id) == panel.panel.risk]
            panel.show_risk(assessment.risk, own)
        self.changes.show_paragraphs(*change_gist(assessment.risk, self._words))
        rows = open_rows(assessment, self._words)
        overdue = sum(row.days is not None and row.days < 0 for row in rows)
        self.open_count.setText(f"{overdue} overdue" if rows else "")
        closed = assessment.closed_by is not None
        self.open_list.show_rows(rows, CLOSED if closed else NOTHING)

    def _add_alerts(self, found: Iterable[AlertFound], column: QVBoxLayout) -> None:
        for one in found:
            alert = FoundAlert(one, self)
            alert.evidence_opened.connect(self.evidence_opened)
            column.addWidget(alert)
            self._alerts.append(alert)

    def _drop_alerts(self) -> None:
        for alert in self._alerts:
            alert.hide()
            alert.setParent(None)
            alert.deleteLater()
        self._alerts.clear()

    def clear(self) -> None:
        """Show nothing of a patient."""
        self._drop_alerts()
        for panel in self.panels:
            panel.clear()
        self.changes.clear()
        self.open_count.setText("")
        self.open_list.clear()

    def _link_clicked(self) -> None:
        self.criteria_asked.emit()


def _row(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row

"""Owns the strip above the toxicity view: what the grades ask a person to look at, each leading to its entry."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.assessment import Assessment
from bedside.ui.risk.facts import ALERT_KINDS, rule_words
from bedside.ui.risk.words import unbroken
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import WrappedLabel

RULES, REMINDER = "TOX-", "; management follows"


class ToxicityAlerts(QWidget):
    """An alert for each grade that raises one; `entry_chosen(id)` when its link is pressed.

    What the signs ask stands at the right, beside the grade and at the assessment.
    """

    entry_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[Alert, str] = {}
        self.guide = WrappedLabel("", 12, 400, "ink2", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 10, 24, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def shown(self) -> list[Alert]:
        """The alerts that stand here now."""
        return list(self._shown)

    def show_alerts(self, assessment: Assessment) -> None:
        """Show the alerts of the toxicity rules."""
        self.clear()
        for alert in assessment.alerts:
            if alert.rule.startswith(RULES) and REMINDER in alert.text:
                widget = Alert(ALERT_KINDS[alert.level])
                widget.link_pressed.connect(self._pressed)
                self._shown[widget] = alert.evidence[-1] if alert.evidence else ""
                self._column.addWidget(widget)
                statement, guide = _parts(unbroken(alert.text))
                link = "Evidence" if alert.evidence else ""
                widget.show_words(statement, rule_words(alert.rule), link)
                self.guide.setText(guide)
        self._column.addWidget(self.guide)
        self.setVisible(bool(self._shown))

    def _pressed(self) -> None:
        alert = self.sender()
        if isinstance(alert, Alert) and self._shown.get(alert):
            self.entry_chosen.emit(self._shown[alert])

    def clear(self) -> None:
        """Show nothing."""
        for widget in self._shown:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._shown.clear()
        self.hide()


def _parts(text: str) -> tuple[str, str]:
    """The grade with its moment, and the reminder; the signs stand beside the grade at the right."""
    graded, reminds, guide = text.rpartition(REMINDER)
    return f"{graded.partition(': ')[0]}.", f"{reminds.strip('; ').capitalize()}{guide}."

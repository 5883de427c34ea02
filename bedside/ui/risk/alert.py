"""Owns an alert of the assessment: what it states, the rule that it comes from, and the way to its evidence."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bedside.chart.assessment import Alert as AlertFound
from bedside.ui.risk.facts import ALERT_KINDS, alert_words
from bedside.ui.widgets.alert import Alert


class FoundAlert(Alert):
    """`evidence_opened(ids)` when its link is pressed, which it has where it rests on entries."""

    evidence_opened = Signal(tuple)

    def __init__(self, found: AlertFound, parent: QWidget) -> None:
        super().__init__(ALERT_KINDS[found.level], parent)
        self._evidence = found.evidence
        statement, detail = alert_words(found.text, found.rule)
        self.show_words(statement, detail, "Entry" if found.evidence else "")
        self.link.setAccessibleName(f"Go to the entry of: {statement}")
        self.link_pressed.connect(self._open)

    def _open(self) -> None:
        self.evidence_opened.emit(self._evidence)

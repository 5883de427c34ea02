"""Owns the right column of the risk view: alerts, then sections of lines with their heads."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.ui.criteria import CriteriaWords
from bedside.ui.risk.facts import ALERT_KINDS, rule_words, sections
from bedside.ui.risk.opinion import opinion_sections
from bedside.ui.risk.words import unbroken
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import Rule, TextBlock, WrappedLabel


class SideColumn(QWidget):
    """Built anew for each patient: there are as many alerts and sections as there is to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 16)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def show_assessment(self, assessment: Assessment, entries: Mapping[str, Entry], words: CriteriaWords) -> None:
        """Show alerts and sections of an assessment."""
        definition = words.definition(assessment.bca.definition)
        self.clear()
        for alert in assessment.alerts:
            widget = Alert(ALERT_KINDS[alert.level])
            self._add(widget)
            statement, _point, rest = unbroken(alert.text).partition(". ")
            widget.show_words(
                f"{statement.rstrip('.')}.", " ".join(part for part in (rest, rule_words(alert.rule)) if part)
            )
            self._column.insertSpacing(self._column.count() - 1, 4)
        beside = (*opinion_sections(assessment, words.source), *sections(assessment, entries, definition))
        for place, (head, lines) in enumerate(beside):
            if place or assessment.alerts:
                self._gap()
            self._add(WrappedLabel(head, 14, 600, "ink"))
            block = TextBlock()
            self._add(block)
            block.show_paragraphs(*lines)

    def _gap(self) -> None:
        self._column.insertSpacing(self._column.count() - 1, 8)
        self._add(Rule())
        self._column.insertSpacing(self._column.count() - 1, 6)

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        self._parts.append(widget)

    def clear(self) -> None:
        """Show nothing."""
        while self._column.count() > 1:
            self._column.takeAt(0)
        for widget in self._parts:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._parts.clear()

"""Owns the right column of the marrow view: sections of facts, each of which leads to the entries it rests on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.risk.fact import GAP, FactRow, Section
from bedside.ui.widgets.labels import Rule, WrappedLabel

MARGIN = 20


class FactSection(QWidget):
    """A hairline, a head and its facts; `evidence_asked(ids)` for a fact that is pressed."""

    evidence_asked = Signal(tuple)

    def __init__(self, section: Section, *, first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.rows = [FactRow(fact, self) for fact in section.facts]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(GAP, 0, GAP, 2)
        head.setSpacing(8)
        if not first:
            head.addWidget(Rule())
        head.addWidget(WrappedLabel(section.head, 14, 600, "ink"))
        column.addLayout(head)
        for row in self.rows:
            row.clicked.connect(self._pressed)
            column.addWidget(row)

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, FactRow) and row.fact.evidence:
            self.evidence_asked.emit(row.fact.evidence)


class MarrowSide(QWidget):
    """Shows sections; only those that differ from what is shown are made anew, because the focus line moves often."""

    evidence_asked = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: list[FactSection] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN - GAP, 12, GAP, 16)
        self._column.setSpacing(0)
        self._column.addStretch(1)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these sections in the order of reading."""
        if len(sections) != len(self.parts):
            self.clear()
        for place, section in enumerate(sections):
            if place == len(self.parts):
                self._put(place, section)
            elif self.parts[place].section != section:
                self._drop(self.parts.pop(place))
                self._put(place, section)

    def _put(self, place: int, section: Section) -> None:
        part = FactSection(section, first=place == 0, parent=self)
        part.evidence_asked.connect(self.evidence_asked)
        self.parts.insert(place, part)
        self._column.insertWidget(place, part)

    def _drop(self, part: FactSection) -> None:
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()

    def clear(self) -> None:
        """Forget the patient."""
        for part in self.parts:
            self._drop(part)
        self.parts.clear()

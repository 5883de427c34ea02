"""Owns the list of everything that was given: each therapy in words, the newest first, leading to its entry."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.base import Entry
from bedside.chart.describe import values_text
from bedside.chart.entries import Radiotherapy, Therapy
from bedside.chart.formats import date_text, label
from bedside.ui.lettering import Run
from bedside.ui.risk.fact import Fact, FactRow, Section
from bedside.ui.risk.folding import FoldSection

NOTHING = Fact(((Run("No therapy is recorded.", 12, 400, "ink2"),),))


def therapy_section(entries: Iterable[Entry]) -> Section:
    """Return every therapy and radiotherapy of these entries, whether a wash-out bears on it or not."""
    given = sorted((one for one in entries if isinstance(one, Therapy | Radiotherapy)), key=lambda one: one.at.day)
    facts = tuple(_fact(one) for one in reversed(given)) or (NOTHING,)
    gist = f"{len(given)} recorded, the newest first" if given else "none recorded"
    return Section("All therapies", facts, (Run(gist, 12, 400, "ink2"),))


def _fact(entry: Therapy | Radiotherapy) -> Fact:
    name = label(entry.agent) if isinstance(entry, Therapy) else f"{label(entry.site.value)} radiotherapy"
    rest = values_text(entry).partition(", ")[2]
    goes_on = entry.stop is None and not (isinstance(entry, Therapy) and entry.stop_unknown)
    parts = [part for part in ("still given" if goes_on else "", rest) if part]
    line = (Run(name, 12, 600), Run(f"  {', '.join(parts)}", 12, 400, "ink2"))
    return Fact((line,), (entry.id,), caption=(Run(date_text(entry.at.day), 12, 400, "ink2"),))


class TherapyList(QWidget):
    """`entry_asked(id)` when a therapy is pressed."""

    entry_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section: FoldSection | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 4, 16, 16)

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Show the therapies among these entries in the place of those before."""
        self.clear()
        self.section = FoldSection(therapy_section(entries), opened=True, parent=self)
        for row in self.section.rows:
            row.clicked.connect(self._pressed)
        self._column.addWidget(self.section)

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, FactRow) and row.fact.evidence:
            self.entry_asked.emit(row.fact.evidence[0])

    def clear(self) -> None:
        """Forget the patient."""
        if self.section is not None:
            self._column.removeWidget(self.section)
            self.section.hide()
            self.section.deleteLater()
            self.section = None

"""Owns the lines of a file with what becomes of each: a choice of verdicts, the list, and all about one line."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.service.counts import CountsPlan, PlannedRow, Verdict
from bedside.ui.importing.table import PreviewTable
from bedside.ui.importing.words import VERDICTS, detail_words, line_cells, patient_words, sums
from bedside.ui.widgets.labels import WrappedLabel
from bedside.ui.widgets.segment_row import SegmentRow

PATIENT = 1
HEADS = (("Line", 54), ("Patient", 170), ("Taken", 132), ("New values, reasons", 0), ("", 136))


class LinesPane(QWidget):
    """Shows a plan; the verdicts that it has can be shown one by one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: CountsPlan | None = None
        self._offered: tuple[Verdict | None, ...] = (None,)
        self.choice = SegmentRow(("All",), self)
        self.table = PreviewTable("Lines of the file", HEADS, line_cells, self)
        self.detail = WrappedLabel("", 12, 400, "ink2", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.choice)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.detail)
        self.table.moved.connect(self._show_detail)

    def show_plan(self, plan: CountsPlan) -> None:
        """Show every line of a plan; where some are refused or asked about, these first."""
        self._plan = plan
        counts = {verdict: count for verdict, count in sums(plan).items() if count}
        self._offered = (None, *counts)
        words = [f"All {len(plan.rows)}", *(f"{VERDICTS[verdict][0]} {count}" for verdict, count in counts.items())]
        self._offer(words)
        urgent = [place for place, one in enumerate(self._offered) if one in (Verdict.ASKED, Verdict.REFUSED)]
        self.show_part(urgent[0] if urgent else 0)

    def _offer(self, words: list[str]) -> None:
        self._column.removeWidget(self.choice)
        self.choice.hide()
        self.choice.deleteLater()
        self.choice = SegmentRow(words, self)
        self._column.insertWidget(0, self.choice)
        self.choice.chosen.connect(self.show_part)
        QWidget.setTabOrder(self.choice, self.table)

    def show_part(self, place: int) -> None:
        """Show the lines with one verdict, or all of them."""
        if self._plan is None:
            return
        self.choice.choose(place)
        verdict = self._offered[place]
        rows = self._plan.rows if verdict is None else self._plan.with_verdict(verdict)
        self.table.give_room_for(PATIENT, {patient_words(row) for row in rows})
        self.table.show_rows(rows)

    def _show_detail(self) -> None:
        row = self.table.current
        self.detail.setText(detail_words(row) if isinstance(row, PlannedRow) else "")

    def forget(self) -> None:
        """Hold nothing of any patient."""
        self._plan = None
        self.table.show_rows(())

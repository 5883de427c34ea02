"""Owns the column beside the flowsheet: the trend of the selected analyte, and below it the ones always shown."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.base import Entry
from bedside.knowledge.tables import Knowledge
from bedside.ui.counts.flowsheet import Flowsheet
from bedside.ui.counts.trend_tracks import ALONE, Highest, TrendMaker
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.state import TimelineState
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

if TYPE_CHECKING:
    from bedside.chart.assessment import Assessment
    from bedside.ui.counts.trends import TrendsPane

MARGIN, FORTNIGHT = 60, 14
SETTLE_MS = 60
SAME_DAYS = "same days, proportional"
NO_TREND = "No trend, because nothing was measured so far."


class CountsSide(QWidget):
    """Follows the flowsheet: which analyte is selected, which column has the focus line, which columns are in view."""

    def __init__(self, knowledge: Knowledge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._knowledge = knowledge
        self._sheet: Flowsheet | None = None
        self._assessment: Assessment | None = None
        self._highest = Highest(())
        self._maker = TrendMaker((), self._highest, knowledge)
        self._analyte: Analyte | None = None
        self._held = range(0)
        self._wanted: tuple[Analyte | None, int, range] = (None, -1, range(0))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.catch_up)
        self._panes: tuple[TrendsPane, ...] = ()
        self._left_out: Analyte | None = None
        self.state = TimelineState(self)
        self.empty = WrappedLabel(NO_TREND, 13, 400, "ink2", self)
        head = QHBoxLayout()
        head.addWidget(PlainLabel("Trends", 15, 600))
        head.addStretch(1)
        head.addWidget(PlainLabel(SAME_DAYS, 12, 400, "ink2"))
        head.setContentsMargins(0, 0, 20, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 13, 0, 8)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)

    def show_sheet(self, sheet: Flowsheet, assessment: "Assessment") -> None:
        """Follow this flowsheet; what contradicts itself is not drawn."""
        entries = _entries(sheet, range(len(sheet.columns)))
        self._sheet, self._held, self._highest = sheet, range(0), Highest(entries)
        self._assessment = assessment
        self.empty.setVisible(not entries)
        for pane in self._panes:
            pane.setVisible(bool(entries))

    def follow(self, analyte: Analyte | None, column: int, in_view: range) -> None:
        """Show the trend of an analyte on the days of the columns in view, the focus line on the day of a column.

        Columns are places among all of the flowsheet; −1 leaves the focus line where it is. Only what lies near the
        view is held in the plots.
        """
        self._wanted = (analyte, column, in_view)
        if self._held:
            self._later.start()
        else:
            self.catch_up()

    def catch_up(self) -> None:
        """Draw what is wanted now; while somebody holds an arrow down, that is done once at the end."""
        self._later.stop()
        analyte, column, in_view = self._wanted
        if self._sheet is None or not in_view:
            return
        if in_view[0] not in self._held or in_view[-1] not in self._held:
            self._analyte = analyte or self._analyte
            count = len(self._sheet.columns)
            self._held = range(max(in_view[0] - MARGIN, 0), min(in_view[-1] + MARGIN + 1, count))
            self._show()
        elif analyte is not None and analyte != self._analyte:
            self._analyte = analyte
            self._show_selected()
        if column >= 0:
            self.state.focus_on(self._sheet.columns[column].at.day)
        self._show_days(in_view)

    def _show_days(self, in_view: range) -> None:
        assert self._sheet is not None
        columns = self._sheet.columns
        last = self._sheet.as_of.day if in_view[-1] == len(columns) - 1 else columns[in_view[-1]].at.day
        last = min(last, columns[in_view[-1]].at.day + timedelta(days=FORTNIGHT))
        first = min(columns[in_view[0]].at.day, last - timedelta(days=FORTNIGHT - 1))
        self.state.show_days(first, last)

    def _show(self) -> None:
        assert self._sheet is not None
        assert self._assessment is not None
        entries = _entries(self._sheet, self._held)
        self._maker = TrendMaker(entries, self._highest, self._knowledge)
        self.state.show(CourseFacts(entries, self._assessment, self._knowledge), ())
        self._left_out = self._analyte
        self.panes()[1].show_tracks(self._maker.always(self._analyte))
        self._show_selected()

    def _show_selected(self) -> None:
        """Show the selected analyte; the others are only made anew where it stood, or stands now, among them."""
        selected = (self._maker.selected(self._analyte),) if self._analyte is not None else ()
        self.panes()[0].show_tracks(selected)
        if self._left_out != self._analyte and {self._left_out, self._analyte} & ALONE:
            self.panes()[1].show_tracks(self._maker.always(self._analyte))
        self._left_out = self._analyte

    def panes(self) -> tuple["TrendsPane", ...]:
        """The plots of the selected analyte and of the others, made with the plotting library when first asked for."""
        if not self._panes:
            from bedside.ui.counts.trends import TrendsPane

            self._panes = (TrendsPane(self.state, self), TrendsPane(self.state, self, with_days=False))
            for place, pane in enumerate(self._panes, start=2):
                self._column.insertWidget(place, pane)
        return self._panes

    def clear(self) -> None:
        """Forget the patient."""
        self._later.stop()
        self._sheet, self._held, self._analyte = None, range(0), None
        self.state.clear()
        for pane in self._panes:
            pane.show_tracks(())
        self.empty.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the plots keep their colours until they are made anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._sheet is not None and self._held:
            self._show()


def _entries(sheet: Flowsheet, places: range) -> tuple[Entry, ...]:
    columns = [sheet.columns[place] for place in places if not sheet.columns[place].contested]
    return tuple(entry for column in columns for entry in column.entries.values())

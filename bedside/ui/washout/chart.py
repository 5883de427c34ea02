"""Owns the drawing of the planner: agents as bars on one scale, the interval that runs, the days that are short."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.chart.enums import Milestone
from bedside.chart.formats import short_date_text
from bedside.ui import theme
from bedside.ui.lettering import CENTRE, Run, dashed_pen, draw_halo_text, draw_text
from bedside.ui.painting import draw_frame
from bedside.ui.washout.facts import AgentRow
from bedside.ui.washout.handle import DateHandle
from bedside.ui.washout.row_paint import NAMES, ROW, VERDICT, RowPainter, bar_box
from bedside.ui.washout.scale import Scale

MARGIN = 24
HEAD, PILLS, FOOT = 26, 26, 32
WORDS = {Milestone.APHERESIS: "Apheresis", Milestone.INFUSION: "Infusion"}


class PlannerChart(QWidget):
    """Shows rows on a scale; `date_asked(milestone, day)` when a handle is moved, `entry_asked(id)` for a bar."""

    date_asked = Signal(object, object)
    put_back_asked = Signal(object)
    entry_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[AgentRow] = ()
        self.scale: Scale | None = None
        self.today = date.min
        self.clear_from: tuple[date, str] | None = None
        self._grabbed: float | None = None
        self.dates: Mapping[Milestone, date] = {}
        self.fixed: frozenset[Milestone] = frozenset()
        self.as_if: frozenset[Milestone] = frozenset()
        self.handles = {one: DateHandle(word, self) for one, word in WORDS.items()}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for handle in self.handles.values():
            handle.hide()
            handle.moved.connect(self._moved)
            handle.grabbed.connect(self._grab)
            handle.dragged.connect(self._dragged)
            handle.dropped.connect(self._dropped)
            handle.put_back.connect(self._put_back)

    def show_rows(
        self, rows: Sequence[AgentRow], scale: Scale, *, today: date, clear_from: tuple[date, str] | None
    ) -> None:
        """Show these rows on this scale; `clear_from` is a first clear day with what is clear from then on.

        While a date is dragged the scale stays as it is: the date would run away from under the mouse.
        """
        kept = self.scale if self._grabbed is not None else None
        self.rows, self.scale, self.today, self.clear_from = rows, kept or scale, today, clear_from
        self.setFixedHeight(HEAD + PILLS + ROW * len(rows) + FOOT)
        self.setAccessibleName("Agents against apheresis and infusion")
        self.setAccessibleDescription(". ".join(row.spoken for row in rows))
        self._place()

    def show_dates(
        self, dates: Mapping[Milestone, date], fixed: frozenset[Milestone], as_if: frozenset[Milestone]
    ) -> None:
        """Show the handles of these dates; those that took place are `fixed`, those without a date `as_if` today."""
        self.dates, self.fixed, self.as_if = dates, fixed, as_if
        for milestone, handle in self.handles.items():
            handle.setVisible(milestone in dates and milestone not in fixed)
            if milestone in dates:
                handle.show_day(dates[milestone])
        self._place()

    def clear(self) -> None:
        """Forget the patient."""
        self.rows, self.scale, self.dates, self._grabbed = (), None, {}, None
        for handle in self.handles.values():
            handle.hide()
        self.setAccessibleDescription("")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip takes what names and verdicts leave."""
        super().resizeEvent(event)
        self._place()

    @property
    def strip(self) -> tuple[float, float]:
        """Left edge and width of the strip."""
        left = MARGIN + NAMES
        return left, max(self.width() - left - 2 * VERDICT - MARGIN, 80)

    def _place(self) -> None:
        if self.scale is not None:
            left, width = self.strip
            self.scale = Scale(self.scale.first, self.scale.last, left, width)
            lowest = self.height() - FOOT + 2
            for milestone, handle in self.handles.items():
                if milestone in self.dates:
                    x = self.scale.x(self.dates[milestone]) - handle.width() / 2
                    handle.move(round(min(max(x, left), left + width - handle.width())), lowest)
            self._part_handles(left, left + width)
        self.update()

    def _part_handles(self, left: float, right: float) -> None:
        """Move handles apart that would cover each other, the earlier one to the left."""
        shown = sorted((handle for handle in self.handles.values() if not handle.isHidden()), key=lambda one: one.day)
        for first, second in pairwise(shown):
            over = first.x() + first.width() + 4 - second.x()
            if over > 0:
                start = round(min(max(first.x() - over / 2, left), right - first.width() - 4 - second.width()))
                first.move(start, first.y())
                second.move(start + first.width() + 4, second.y())

    def _milestone_of(self, handle: object) -> Milestone:
        return next(one for one, held in self.handles.items() if held is handle)

    def _moved(self, days: int) -> None:
        milestone = self._milestone_of(self.sender())
        self.date_asked.emit(milestone, date.fromordinal(self.dates[milestone].toordinal() + days))

    def _grab(self, x: float) -> None:
        if self.scale is not None:
            self._grabbed = x - self.scale.x(self.dates[self._milestone_of(self.sender())])

    def _dragged(self, x: float) -> None:
        """The date keeps its distance to the mouse; it is not dragged beyond the first day that is shown."""
        if self.scale is not None and self._grabbed is not None:
            day = max(self.scale.day(x - self._grabbed), self.scale.first)
            self.date_asked.emit(self._milestone_of(self.sender()), day)

    def _dropped(self) -> None:
        milestone, self._grabbed = self._milestone_of(self.sender()), None
        self.date_asked.emit(milestone, self.dates[milestone])

    def _put_back(self) -> None:
        self.put_back_asked.emit(self._milestone_of(self.sender()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to the entry of the bar under the mouse."""
        place = int((event.position().y() - HEAD - PILLS) // ROW)
        if self.scale is None or not 0 <= place < len(self.rows):
            return
        for bar in self.rows[place].bars:
            box = bar_box(bar, self.scale, self.today, 0)
            if box.left() - 3 <= event.position().x() <= box.right() + 3:
                self.entry_asked.emit(bar.entry)
                return

    # -- painting ------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, months, lines of the dates, then row by row."""
        scale, look = self.scale, theme.current()
        if scale is None:
            return
        painter = QPainter(self)
        past = QRectF(scale.left, HEAD, scale.x(self.today) - scale.left, self.height() - HEAD - FOOT)
        painter.fillRect(past, look.colour("sheet2"))
        self._draw_heads(painter, look, scale)
        planned = tuple(self.dates.values())
        drawn = [RowPainter(painter, look, scale, self.today, planned, self._room(place)) for place in self._places()]
        for row, brush in zip(self.rows, drawn, strict=True):
            brush.draw(row)
        self._draw_lines(painter, look, scale)
        for row, brush in zip(self.rows, drawn, strict=True):
            brush.draw_mark(row)
        painter.end()

    def _places(self) -> range:
        return range(len(self.rows))

    def _room(self, place: int) -> QRectF:
        return QRectF(MARGIN, HEAD + PILLS + place * ROW, self.width() - 2 * MARGIN, ROW)

    def _draw_heads(self, painter: QPainter, look: theme.Theme, scale: Scale) -> None:
        bottom = self.height() - FOOT
        for tick in scale.months():
            x = scale.left + tick.at * scale.per_day
            painter.fillRect(QRectF(round(x), HEAD, 1, bottom - HEAD), look.colour("grid"))
            run = Run(tick.text, 11, 400, "ink2")
            if x + 3 + run.width < scale.left + scale.width:
                draw_text(painter, QRectF(x + 3, 0, 90, HEAD), look, run)
        draw_text(painter, QRectF(MARGIN, 0, NAMES, HEAD), look, Run("Agent", 12, 400, "ink2"))
        for place, milestone in enumerate(WORDS):
            word = f"before {milestone}{', if today' if milestone in self.as_if else ''}"
            left = scale.left + scale.width + place * VERDICT
            painter.fillRect(QRectF(round(left) + 8, HEAD, 1, bottom - HEAD), look.colour("line"))
            draw_text(painter, QRectF(left + 22, 0, VERDICT, HEAD), look, Run(word, 12, 400, "ink2"))
        painter.fillRect(QRectF(MARGIN, HEAD - 1, self.width() - 2 * MARGIN, 1), look.colour("edge"))

    def _draw_lines(self, painter: QPainter, look: theme.Theme, scale: Scale) -> None:
        top, bottom = float(HEAD), float(self.height() - FOOT)
        for milestone, day in self.dates.items():
            painter.fillRect(QRectF(round(scale.x(day)) - 1, top, 2, bottom - top), look.colour("ink"))
            if milestone in self.fixed:
                words = f"{WORDS[milestone]} {short_date_text(day)}"
                at = QPointF(scale.x(day) - Run(words, 12, 600).width / 2, bottom + 18)
                draw_halo_text(painter, at, look, Run(words, 12, 600, "ink2"))
        x = round(scale.x(self.today))
        painter.fillRect(QRectF(x, top, 1.5, bottom - top), look.colour("action"))
        self._draw_pill(painter, look, (x, False), f"{short_date_text(self.today)} now", "action")
        if self.clear_from is not None and self.clear_from[0] > self.today:
            day, what = self.clear_from
            x = round(scale.x(day))
            painter.setPen(dashed_pen(look.colour("low"), 1.6, on=4, off=3))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
            self._draw_pill(painter, look, (x, True), f"{what} from {short_date_text(day)}", "low")

    def _draw_pill(self, painter: QPainter, look: theme.Theme, at: tuple[float, bool], words: str, token: str) -> None:
        x, to_the_right = at
        filled = token == "action"
        run = Run(words, 11, 600, "onaction" if filled else token)
        width = round(run.width) + 10
        left = x + 3 if to_the_right else max(x - width, MARGIN)
        box = QRectF(left, HEAD + 4, width, 18)
        edge = "" if filled else token
        draw_frame(painter, box, look, fill=token if filled else f"{token}tint", edge=edge, radius=2)
        draw_text(painter, box, look, run, align=CENTRE)

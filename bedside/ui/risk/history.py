"""Owns the class history as a small step chart: which class on which date, and what moved it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.chart.assessment import ClassOnDate
from bedside.chart.base import Entry
from bedside.ui import theme
from bedside.ui.lettering import RIGHT, Run, draw_halo_text, draw_text
from bedside.ui.painting import CLASS_TOKENS, draw_sign
from bedside.ui.risk.words import move_label
from bedside.ui.signs import CLASS_SIGNS

LEVELS = (("high", "High"), ("ambiguous", "Ambiguous"), ("low", "Low"), ("pending", "Pending"))
TOP, PITCH, LABELS, END = 26, 15, 74, 14
WIDTH, HEIGHT = 470, 88


@dataclass(frozen=True)
class Step:
    """From x on the class is `risk`; label says what moved it there ("" at the beginning)."""

    x: float
    risk: str
    label: str


def steps_of(
    history: Sequence[ClassOnDate], entries: Mapping[str, Entry], until: date, room: tuple[float, float]
) -> list[Step]:
    """The steps between the left and right edge of the room, proportional in time up to a date."""
    moves = [step for place, step in enumerate(history) if place == 0 or step.moved]
    if not moves:
        return []
    left, right = room
    begin = _beginning([step.date for step in moves], until)
    span = max((until - begin).days, 1)
    return [
        Step(
            left + (right - left) * max((step.date - begin).days, 0) / span,
            step.class_.value,
            move_label(step, entries) if place or step.moved else "",
        )
        for place, step in enumerate(moves)
    ]


def _beginning(moves: Sequence[date], until: date) -> date:
    """The chart begins as long before the first move as it goes on after it: years of pending would hide the rest."""
    if len(moves) < 2:
        return moves[0]
    after = max((until - moves[1]).days, 14)
    return date.fromordinal(max(moves[0].toordinal(), moves[1].toordinal() - after))


class StepChart(QWidget):
    """Four levels, one line; the newest class carries its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history: tuple[ClassOnDate, ...] = ()
        self._entries: Mapping[str, Entry] = {}
        self._until: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_history(self, history: Sequence[ClassOnDate], entries: Mapping[str, Entry], until: date) -> None:
        """Show the history up to a date."""
        self._history, self._entries, self._until = tuple(history), entries, until
        moves = [f"{move_label(step, entries)}: {step.class_.value}" for step in history if step.moved]
        self.setAccessibleName(f"Class history: {'; '.join(moves) or 'the class has not moved'}")
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._history, self._entries, self._until = (), {}, None
        self.setAccessibleName("Class history")
        self.update()

    def sizeHint(self) -> QSize:
        """470 × 88."""
        return QSize(WIDTH, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Caption, levels, line, labels, sign."""
        look, painter = theme.current(), QPainter(self)
        draw_text(painter, QRectF(0, 2, 200, 18), look, Run("Class history", 12, 600, "ink2"))
        if self._until is not None:
            room = (LABELS + 26.0, self.width() - END - 8.0)
            steps = steps_of(self._history, self._entries, self._until, room)
            self._draw_levels(painter, look, steps[-1].risk if steps else "")
            self._draw_steps(painter, look, steps, room[1])
        painter.end()

    def _level(self, risk: str) -> float:
        return TOP + PITCH * next(place for place, (code, _word) in enumerate(LEVELS) if code == risk)

    def _draw_levels(self, painter: QPainter, look: theme.Theme, current: str) -> None:
        for code, word in LEVELS:
            y = self._level(code)
            painter.fillRect(QRectF(LABELS + 6, round(y), self.width() - LABELS - 6, 1), look.colour("grid"))
            now = code == current
            run = Run(word, 11, 600 if now else 400, CLASS_TOKENS[code] if now else "ink2")
            draw_text(painter, QRectF(0, y - 8, LABELS, 16), look, run, align=RIGHT)

    def _draw_steps(self, painter: QPainter, look: theme.Theme, steps: Sequence[Step], right: float) -> None:
        painter.setPen(QPen(look.colour("ink"), 1.6))
        for place, step in enumerate(steps):
            y = round(self._level(step.risk)) + 0.5
            end = steps[place + 1].x if place + 1 < len(steps) else right
            painter.drawLine(QPointF(round(step.x), y), QPointF(round(end), y))
            if place:
                before = round(self._level(steps[place - 1].risk)) + 0.5
                painter.drawLine(QPointF(round(step.x), before), QPointF(round(step.x), y))
        self._draw_labels(painter, look, steps)
        if not steps:
            words = Run("no class before the infusion", 11, 400, "ink2")
            draw_halo_text(painter, QPointF(LABELS + 14, self._level("pending") + 4), look, words)
        else:
            box = QRectF(right - 2, self._level(steps[-1].risk) - 6.5, 13, 13)
            draw_sign(painter, box, look, CLASS_SIGNS[steps[-1].risk])

    def _draw_labels(self, painter: QPainter, look: theme.Theme, steps: Sequence[Step]) -> None:
        """Newest first, left of the step, else right of it, else left to the list of moves in the view."""
        taken: list[QRectF] = []
        for place in range(len(steps) - 1, 0, -1):
            step, run = steps[place], Run(steps[place].label, 11, 400, "ink")
            y = self._level(step.risk)
            for left in (step.x - run.width - 6, step.x + 7):
                box = QRectF(left, y - 7, run.width, 14)
                inside = left >= LABELS + 8 and box.right() <= self.width() - END
                if inside and not any(box.adjusted(-4, 0, 4, 0).intersects(other) for other in taken):
                    painter.fillRect(box, look.colour("sheet"))
                    draw_halo_text(painter, QPointF(left, y + 4), look, run)
                    taken.append(box)
                    break

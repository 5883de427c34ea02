"""Owns the list of what is open: each criterion without an answer, its date, and how far away or overdue it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.chart.assessment import Assessment, CriterionStatus
from bedside.chart.derived.follow_up import Due
from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN, date_text
from bedside.chart.moments import AsOf
from bedside.ui import theme
from bedside.ui.board.lines import window_words
from bedside.ui.criteria import CriteriaWords
from bedside.ui.lettering import RIGHT, Run, draw_dashed_underline, draw_text
from bedside.ui.paragraph import Line, block_height, draw_block

DATE, STATE, GAP, PAD = 78, 76, 10, 5
SOON = timedelta(days=28)
NOTHING = "Nothing is open."


@dataclass(frozen=True)
class OpenRow:
    """A criterion without an answer; days until its date, negative when overdue, None without one.

    `missed`: a round that a later one followed, told for completeness; nothing is waited for. `began`: it is due
    since its date, and not overdue before its window closes.
    """

    what: str
    known_later: bool
    on: date | None
    days: int | None
    missed: bool = False
    began: bool = False

    @property
    def state(self) -> Run:
        """When, in words: "in 24 d", "due", "32 d overdue", "not known", "missed"."""
        if self.missed:
            return Run("missed", 12, 400, "ink2")
        if self.days is None and self.known_later:
            return Run("not due", 12, 400, "ink2")
        if self.days is None:
            return Run("not known", 12, 400, "ink", missing=True)
        if self.days < 0:
            return Run(f"{-self.days}{NO_BREAK_SPACE}d overdue", 12, 600, "high")
        if self.began:
            return Run("due", 12, 400, "ink2")
        return Run("today" if self.days == 0 else f"in{NO_BREAK_SPACE}{self.days}{NO_BREAK_SPACE}d", 12, 400, "ink2")


def open_rows(assessment: Assessment, words: CriteriaWords) -> tuple[OpenRow, ...]:
    """What is open in an open course, overdue first, then by date, then what has no date, last what was missed."""
    if assessment.closed_by is not None:
        return ()
    today = AsOf.parse(assessment.as_of).day
    rows = []
    for one in assessment.risk.criteria:
        if one.status in (CriterionStatus.UNKNOWN, CriterionStatus.NOT_DUE):
            days = None if one.due is None else (one.due - today).days
            later = one.status is CriterionStatus.NOT_DUE
            rows.append(OpenRow(f"{one.id} {words.title(one.id)}", later, one.due, days))
    rows += _scheduled(assessment, today)
    return tuple(sorted(rows, key=lambda row: (row.missed, row.days is None, row.days or 0)))


def _scheduled(assessment: Assessment, today: date) -> list[OpenRow]:
    """What the schedule asks for, a line each: what is overdue since when and how often, the next in four weeks.

    What was missed, as a later round was done, has a line of its own.
    """
    waiting = [one for one in assessment.due if one.waits and one.window_first <= today + SOON]
    rows = []
    for what in dict.fromkeys(one.what for one in waiting):
        held = [one for one in waiting if one.what == what]
        late = [one for one in held if one.overdue_days]
        if late:
            longest = max(late, key=lambda one: one.overdue_days)
            rows.append(OpenRow(f"{longest.title}{_often(late)}", True, longest.due, -longest.overdue_days))
        ahead = [one for one in held if not one.overdue_days]
        if ahead:
            rows.append(_ahead(ahead[0], today))
    return rows + _missed(assessment)


def _ahead(due: Due, today: date) -> OpenRow:
    """The line of what is not overdue: in how many days, or until when the window stays open that its date began."""
    if due.due >= today:
        return OpenRow(due.title, True, due.due, (due.due - today).days)
    return OpenRow(f"{due.title}, {window_words(due.window_last)}", True, due.due, 0, began=True)


def _missed(assessment: Assessment) -> list[OpenRow]:
    """A line for each thing of which rounds were missed, with the newest of them."""
    missed = [one for one in assessment.due if one.later_done_by is not None]
    rounds = [[one for one in missed if one.what == what] for what in dict.fromkeys(one.what for one in missed)]
    return [OpenRow(f"{held[-1].title}{_often(held)}", True, held[-1].due, None, missed=True) for held in rounds]


def _often(held: Sequence[Due]) -> str:
    return f", {len(held)} times" if len(held) > 1 else ""


class OpenList(QWidget):
    """Rows of words, date and state; words wrap, nothing is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[OpenRow] | None = None
        self._empty = NOTHING
        self.state_room = float(STATE)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: Sequence[OpenRow], empty: str = NOTHING) -> None:
        """Show these rows, or in words why there is none."""
        self._rows, self._empty = rows, empty
        self.state_room = max([float(STATE), *(row.state.width for row in rows)])
        spoken = [f"{row.what}, {date_text(row.on) if row.on else ''} {row.state.text}" for row in rows]
        self.setAccessibleName("; ".join(spoken) or empty)
        self._fit()

    def clear(self) -> None:
        """Say nothing of a patient; the room stays until the next one is shown."""
        self._rows = None
        self.setAccessibleName("")
        self.update()

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(self.width(), 200)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Text breaks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows, or one line when there is none."""
        return round(sum(self._height(row, width) for row in self._rows)) if self._rows else 22

    def _height(self, row: OpenRow, width: float) -> float:
        return block_height([_what(row)], self._room(row, width)) + 2 * PAD - 4

    def _room(self, row: OpenRow, width: float) -> float:
        return width - self.state_room - GAP - (DATE + GAP if row.on is not None else 0)

    def sizeHint(self) -> QSize:
        """336 px wide."""
        return QSize(336, self.heightForWidth(336))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words at the left, date and state right-aligned in their columns."""
        look, painter, width, y = theme.current(), QPainter(self), self.width(), 0.0
        if self._rows is not None and not self._rows:
            draw_text(painter, QRectF(0, 0, width, 20), look, Run(self._empty, 12, 400, "ink2"))
        for row in self._rows or ():
            draw_block(painter, (0, y + PAD - 2), self._room(row, width), look, [_what(row)])
            line = QRectF(0, y + PAD - 2, width, 17)
            if row.on is not None:
                on = Run(date_text(row.on).replace("-", NON_BREAKING_HYPHEN), 12, 400, "ink2")
                draw_text(painter, line.adjusted(0, 0, -self.state_room - GAP, 0), look, on, align=RIGHT)
            draw_text(painter, line, look, row.state, align=RIGHT)
            if row.state.missing:
                end = width - row.state.width
                draw_dashed_underline(painter, end, line.bottom() - 1, row.state.width, look.colour("ink"))
            y += self._height(row, width)
        painter.end()


def _what(row: OpenRow) -> Line:
    return (Run(row.what, 12, 400, "ink"),)

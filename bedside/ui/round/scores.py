"""Owns the round of ICE and CAPD: each patient with the score of the age and the last one; Enter opens the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from bedside.chart.bedside_signs import Neuro
from bedside.chart.describe import values_text
from bedside.chart.formats import NO_BREAK_SPACE, at_text
from bedside.ui import theme
from bedside.ui.forms.context import Saved
from bedside.ui.lettering import Run
from bedside.ui.painting import draw_sign
from bedside.ui.paragraph import Line, block_height, draw_block, plain
from bedside.ui.risk.fact import draw_ring
from bedside.ui.round.rows import LOWEST, PADDING, RoundRow
from bedside.ui.signs import Sign
from bedside.ui.widgets.enter_button import EnterButton
from bedside.ui.widgets.labels import PlainLabel

MARGIN, PATIENT, SCORE, STATE = 24, 300, 74, 330
HEAD_HEIGHT, GAP, SCROLL_BAR = 32, 12, 10


@dataclass
class ScoreFacts:
    """Whose score it is, which one grades the age, the last assessment, and what was stored on this round."""

    row: RoundRow
    score: str
    last: Neuro | None
    saved: Saved | None = None
    grade: str = ""

    def columns(self) -> tuple[tuple[Line, ...], ...]:
        """Patient, score, last assessment, state."""
        return self.row.patient_lines(), ((Run(self.score, 13, 600),),), self._last(), self._state()

    def _last(self) -> tuple[Line, ...]:
        if self.last is None:
            return ((Run("not recorded", 12, 400, "ink2", missing=True),),)
        words = (Run(values_text(self.last), 12, 600),)
        return (words, (Run(at_text(self.last.at), 12, 400, "ink2"),))

    def _state(self) -> tuple[Line, ...]:
        if self.saved is None:
            return ((Run("open", 12, 400, "ink2"),),)
        first = (Run(f"Saved {self.saved.moment:%H:%M:%S} ", 12, 600), Run(f"by {self.saved.by}", 12, 400, "ink2"))
        return (first, (Run(self.grade, 12, 400, "ink2"),)) if self.grade else (first,)


class ScoreRow(EnterButton):
    """One patient; Enter opens the form, ↑ and ↓ go to the neighbours."""

    moved = Signal(int)

    def __init__(self, facts: ScoreFacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = facts
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.tell()

    def tell(self) -> None:
        """Show what the facts say now."""
        words = ", ".join(plain(lines) for lines in self.facts.columns())
        self.setAccessibleName(words.replace(NO_BREAK_SPACE, " "))
        self.setAccessibleDescription(f"Enter opens the form with {self.facts.score}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its words need."""
        columns = zip(self.facts.columns(), _widths(1000), strict=True)
        high = max(block_height(lines, width - GAP) for lines, width in columns)
        return QSize(1000, max(LOWEST, round(high) + 2 * PADDING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The columns, tinted and ringed while it has the keyboard."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        painter.fillRect(room, look.colour("actiontint" if self.hasFocus() else "sheet"))
        painter.fillRect(QRectF(0, room.bottom() - 1, room.width(), 1), look.colour("line"))
        left = float(MARGIN)
        for lines, width in zip(self.facts.columns(), _widths(room.width()), strict=True):
            inside = width - GAP
            high = block_height(lines, inside)
            draw_block(painter, (left, round((room.height() - high) / 2)), inside, look, lines)
            left += width
        if self.facts.saved is not None:
            at = room.width() - MARGIN - STATE - 24
            draw_sign(painter, QRectF(at, room.center().y() - 8, 16, 16), look, Sign.SAVED)
        if self.hasFocus():
            draw_ring(painter, room, look)
        painter.end()


def _widths(width: float) -> tuple[float, ...]:
    """Patient, score, last assessment and state, the last assessment taking what is left."""
    return PATIENT, SCORE, max(width - 2 * MARGIN - PATIENT - SCORE - STATE, 200), STATE


class ScoreHead(QWidget):
    """The words of the columns between two hairlines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEAD_HEIGHT)
        self.setAccessibleName("Patient, score, last assessment, state")
        self._labels = [PlainLabel(word, 12, 400, "ink2", self) for word in ("Patient", "Score", "Last", "State")]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, hairlines, and the labels at the columns of the rows."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("sheet2"))
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("edge"))
        painter.end()

    def resizeEvent(self, _event: object) -> None:
        """Follow the columns."""
        left = float(MARGIN)
        for label, width in zip(self._labels, _widths(self.width() - SCROLL_BAR), strict=True):
            label.setGeometry(round(left), 6, round(width), 20)
            left += width


class ScoreList(QWidget):
    """`asked(ScoreFacts)` when the form of a patient is wanted."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ScoreRow] = []
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(self._body)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ScoreHead(self))
        column.addWidget(self.area, 1)

    def show_facts(self, facts: Sequence[ScoreFacts]) -> None:
        """Show these patients in the place of those before."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [ScoreRow(one, self._body) for one in facts]
        for place, row in enumerate(self.rows):
            row.clicked.connect(self._pressed)
            row.moved.connect(self._move)
            self._column.insertWidget(place, row)
            row.show()  # at once, because the keyboard goes to one of them now

    def _pressed(self) -> None:
        row = self.sender()
        if isinstance(row, ScoreRow):
            self.asked.emit(row.facts)

    def _move(self, step: int) -> None:
        row = self.sender()
        if isinstance(row, ScoreRow):
            self._take(self.rows[(self.rows.index(row) + step) % len(self.rows)])

    def _take(self, row: ScoreRow) -> None:
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(row)

    def take_keyboard(self) -> None:
        """Into the first patient of whom nothing was stored on this round, else the first."""
        following = next((row for row in self.rows if row.facts.saved is None), None)
        if self.rows:
            self._take(following or self.rows[0])

    def open_focused(self) -> None:
        """Ask for the form of the patient who has the keyboard."""
        focused = next((row for row in self.rows if row.hasFocus()), None)
        if focused is not None:
            self.asked.emit(focused.facts)

    def tell(self, facts: ScoreFacts) -> None:
        """Show what became of a patient."""
        for row in self.rows:
            if row.facts is facts:
                row.tell()

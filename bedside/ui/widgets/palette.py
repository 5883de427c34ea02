"""Owns the palette: one box that finds a patient or an action, over the frame, by keyboard alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from bedside.ui import fonts, theme
from bedside.ui.lettering import Run, draw_key_cap, draw_runs, draw_text, key_cap_width
from bedside.ui.painting import draw_frame

WIDTH, TOP, ROW, MOST_ROWS = 752, 72, 44, 10
NOTHING = "Nothing matches. Patients are found by name and number, actions by their words."


@dataclass(frozen=True)
class Offer:
    """One line: a patient with the full identity, or an action with its keys, or why it is refused."""

    title: str
    choose: Callable[[], object]
    detail: str = ""
    keys: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.detail, self.refusal) if part)


def matched_runs(title: str, typed: str, token: str) -> list[Run]:
    """The title with every typed word underlined where it stands."""
    words = sorted({word for word in typed.casefold().split() if word}, key=len, reverse=True)
    runs, rest = [], title
    while rest:
        low = rest.casefold()
        hit = next((word for word in words if low.startswith(word)), "")
        size = len(hit) or 1
        runs.append(Run(rest[:size], 14, 600 if hit else 400, token))
        rest = rest[size:]
    return runs


class OfferList(QWidget):
    """The lines under the box; the current one is tinted."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers: tuple[Offer, ...] = ()
        self.current = 0
        self._typed = ""

    def show_offers(self, offers: Sequence[Offer], typed: str) -> None:
        """Show these lines, the first of them current."""
        self.offers, self._typed, self.current = tuple(offers)[:MOST_ROWS], typed, 0
        self.setFixedHeight(max(1, len(self.offers)) * ROW)
        self._announce()

    def step(self, by: int) -> None:
        """Make the next or previous line current."""
        self.current = min(max(self.current + by, 0), max(len(self.offers) - 1, 0))
        self._announce()

    def _announce(self) -> None:
        self.setAccessibleName(self.offers[self.current].spoken if self.offers else NOTHING)
        self.update()

    def sizeHint(self) -> QSize:
        """One row for each offer, one for the sentence when there is none."""
        return QSize(WIDTH, max(1, len(self.offers)) * ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the line under the pointer."""
        row = int(event.position().y() // ROW)
        if row < len(self.offers):
            self.current = row
            self.chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every line, or the sentence that nothing matches."""
        look, painter = theme.current(), QPainter(self)
        if not self.offers:
            draw_text(painter, QRectF(20, 0, self.width(), ROW), look, Run(NOTHING, 13, 400, "ink2"))
        for row, offer in enumerate(self.offers):
            self._draw_row(painter, look, QRectF(0, row * ROW, self.width(), ROW), offer)
        painter.end()

    def _draw_row(self, painter: QPainter, look: theme.Theme, room: QRectF, offer: Offer) -> None:
        if self.offers[self.current] is offer:
            painter.fillRect(room, look.colour("actiontint"))
            painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), look.colour("action"))
        token = "ink3" if offer.refusal else "ink"
        baseline = round(room.center().y() + 5)
        end = draw_runs(painter, 20, baseline, look, matched_runs(offer.title, self._typed, token))
        self._underline(painter, look, offer, token, baseline + 3)
        draw_runs(painter, end + 12, baseline, look, [Run(offer.refusal or offer.detail, 12, 400, "ink2")])
        right = room.right() - 16
        for cap in reversed(offer.keys):
            width = key_cap_width(cap)
            draw_key_cap(painter, QRectF(right - width, room.center().y() - 9, width, 18), look, cap)
            right -= width + 4

    def _underline(self, painter: QPainter, look: theme.Theme, offer: Offer, token: str, y: float) -> None:
        x = 20.0
        for run in matched_runs(offer.title, self._typed, token):
            if run.weight == 600:
                painter.fillRect(QRectF(x, y, run.width, 1), look.colour(token))
            x += run.width


class Palette(QWidget):
    """Opens over the frame 72 px from its top; Enter chooses, Esc closes, the arrows move."""

    closed = Signal()

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self._frame, self._top = frame, TOP
        self._find: Callable[[str], Sequence[Offer]] | None = None
        self.box = QLineEdit(self)
        self.box.setFrame(False)
        self.box.setProperty("look", "palette")
        self.box.setFixedHeight(60)
        self.box.setFont(fonts.font(18))
        self.box.setAccessibleName("Find a patient or an action")
        self.box.textChanged.connect(self._typed)
        self.box.installEventFilter(self)
        self.list = OfferList(self)
        self.list.chosen.connect(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addWidget(self.list)
        self.hide()

    def open(self, find: Callable[[str], Sequence[Offer]], *, top: int = TOP) -> None:
        """Ask find for the offers of what is typed, beginning with nothing; top keeps a banner uncovered."""
        self._find, self._top = find, top
        self.box.clear()
        self._typed("")
        self.show()
        self.raise_()
        self.box.setFocus()

    def _typed(self, text: str) -> None:
        if self._find is not None:
            self.list.show_offers(self._find(text), text)
            width = min(WIDTH, self._frame.width() - 48)
            self.setGeometry((self._frame.width() - width) // 2, self._top, width, 69 + self.list.height())

    def choose(self) -> None:
        """Do what the current line says, unless it is refused."""
        offers = self.list.offers
        if offers and not offers[self.list.current].refusal:
            chosen = offers[self.list.current]
            self.close_palette()
            chosen.choose()

    def close_palette(self) -> None:
        """Forget what was typed and found."""
        self._find = None
        self.box.clear()
        self.list.show_offers((), "")
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that the box does not use itself."""
        if watched is not self.box or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self.list.step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet with its edge, and the hairline under the box."""
        look, painter = theme.current(), QPainter(self)
        draw_frame(painter, QRectF(self.rect()), look, fill="sheet", edge="edge", radius=8)
        painter.fillRect(QRectF(1, 61, self.width() - 2, 1), look.colour("line"))
        painter.end()

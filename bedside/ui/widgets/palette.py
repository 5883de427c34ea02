"""Owns the palette: one box that finds a patient or an action, over the frame, by keyboard alone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from bedside.ui import fonts, theme
from bedside.ui.actions import Hint
from bedside.ui.icons import draw_icon
from bedside.ui.widgets.key_bar import KeyBar
from bedside.ui.widgets.labels import PlainLabel
from bedside.ui.widgets.offers import EDGE, TEXT, Offer, OfferList
from bedside.ui.widgets.raised import draw_raised

WIDTH, TOP, BELOW, BOX, INSET, FOOT, CORNER = 752, 72, 12, 60, 4, 28, 6
HINTS = (Hint(("↑", "↓"), "choose"), Hint(("Enter",), "do it"), Hint(("Esc",), "close"))
SEARCHED = "names, numbers and actions; not notes"


class Palette(QWidget):
    """Lies over everything below the banner; Enter chooses, Esc closes, the arrows move."""

    closed = Signal()

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self._frame, self._under = frame, 0
        self._find: Callable[[str], Sequence[Offer]] | None = None
        self.panel = QWidget(self)
        self.box = QLineEdit(self.panel)
        self.box.setFrame(False)
        self.box.setProperty("look", "palette")
        self.box.setFixedHeight(BOX)
        self.box.setFont(fonts.font(18))
        self.box.setAccessibleName("Find a patient or an action")
        self.box.textChanged.connect(self._typed)
        self.box.installEventFilter(self)
        self.count = PlainLabel("", 12, 400, "ink2", self.panel)
        self.list = OfferList()
        self.list.chosen.connect(self.choose)
        self.list.moved.connect(self._bring_into_sight)
        self.area, self.keys = QScrollArea(self.panel), KeyBar(self.panel, surface="sheet")
        self._lay_out()
        frame.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        self.area.setWidget(self.list)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setProperty("look", "sheet")
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.keys.show_hints(HINTS)
        self.keys.show_note(SEARCHED)
        row = QHBoxLayout()
        row.setContentsMargins(TEXT - INSET, 0, 20, 0)
        row.setSpacing(4)
        row.addWidget(self.box, 1)
        row.addWidget(self.count)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, CORNER)
        column.setSpacing(0)
        column.addLayout(row)
        column.addSpacing(1)
        column.addWidget(self.area, 1)
        column.addWidget(self.keys)

    def open(self, find: Callable[[str], Sequence[Offer]], *, under: int = 40) -> None:
        """Ask find for the offers of what is typed, beginning with nothing; what ends at `under` stays uncovered."""
        self._find, self._under = find, under
        self.box.clear()
        self._typed("")
        self.show()
        self.raise_()
        self.box.setFocus()

    def _typed(self, text: str) -> None:
        if self._find is not None:
            self.list.show_offers(self._find(text), text)
            self.count.setText(_counted(self.list.offers))
            self._place()

    def _place(self) -> None:
        self.setGeometry(0, self._under, self._frame.width(), self._frame.height() - self._under)
        top = max(TOP - self._under, BELOW)
        width = min(WIDTH, self.width() - 48)
        around = BOX + 2 + FOOT + CORNER
        height = around + self.list.height_within(self.height() - top - BELOW - around)
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)
        self._bring_into_sight()
        self.update()

    def _bring_into_sight(self) -> None:
        """Scroll to the current line, with the head of its group where it is the first."""
        if self.list.offers:
            room = self.list.room_of(self.list.current)
            above = 0 if self.list.current == 0 else round(room.top())
            self.area.ensureVisible(0, round(room.bottom()), 0, 0)
            self.area.ensureVisible(0, above, 0, 0)

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
        """The keys that the box does not use itself, and the size of the frame."""
        if watched is self._frame and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
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

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A click beside the panel closes it."""
        self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scrim, the panel with its shadow, and the hairline under the box."""
        look, painter = theme.current(), QPainter(self)
        room = QRectF(self.panel.geometry())
        draw_raised(painter, look, QRectF(self.rect()), room)
        draw_icon(painter, QRectF(room.left() + EDGE, room.top() + 21, 20, 20), look, "search")
        painter.fillRect(QRectF(room.left() + 1, room.top() + BOX + 1, room.width() - 2, 1), look.colour("line"))
        painter.end()


def _counted(offers: Sequence[Offer]) -> str:
    """How many of what was found: "1 patient, 9 actions"."""
    patients = sum(offer.patient for offer in offers)
    found = ((patients, "patient"), (len(offers) - patients, "action"))
    return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in found if count)

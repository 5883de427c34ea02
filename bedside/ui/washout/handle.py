"""Owns the handle of a planned date: dragged with the mouse, moved with the arrow keys, day by day or by weeks."""

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bedside.chart.formats import date_text, short_date_text
from bedside.ui import theme
from bedside.ui.lettering import LEFT, Run, draw_text
from bedside.ui.painting import draw_frame

HEIGHT = 24
GRIPS = 22


class DateHandle(QWidget):
    """The date of one milestone; `moved(days)` from where it stands, `put_back` at Esc.

    With the mouse `grabbed(x)`, `dragged(x)` in the parent, then `dropped`.
    """

    moved = Signal(int)
    grabbed = Signal(float)
    dragged = Signal(float)
    dropped = Signal()
    put_back = Signal()

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self.day = word, date.min
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setFixedHeight(HEIGHT)

    def show_day(self, day: date) -> None:
        """Say this date."""
        self.day = day
        self.setFixedWidth(round(self._run().width) + GRIPS + 10)
        self.setAccessibleName(f"{self._word} planned for {date_text(day)}")
        self.update()

    def _run(self) -> Run:
        return Run(f"{self._word} {short_date_text(self.day)}", 12, 600, "sheet")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark pill with three grips; the ring of the keyboard's place around it."""
        look, painter = theme.current(), QPainter(self)
        room = QRectF(self.rect())
        if self.hasFocus():
            draw_frame(painter, room, look, fill="action", radius=4)
        draw_frame(painter, room.adjusted(2, 2, -2, -2), look, fill="ink", radius=2)
        for place in range(3):
            painter.fillRect(QRectF(9 + place * 3, room.center().y() - 4, 1, 8), look.colour("sheet"))
        draw_text(painter, room.adjusted(GRIPS, 0, 0, 0), look, self._run(), align=LEFT)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while its button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position()).x())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard, and be taken."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton:
            self.grabbed.emit(self.mapToParent(event.position()).x())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay where the mouse left it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.dropped.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → by a day, with Shift by a week; Esc puts the date back."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key] * (7 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        elif key == Qt.Key.Key_Escape:
            self.put_back.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        super().focusOutEvent(event)
        self.update()

"""Owns the box for a PIN: six frames in a row, each filled by a dot."""

from PySide6.QtCore import QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from bedside.service.pin_rules import FREE_TRIES, PIN_DIGITS
from bedside.ui import theme
from bedside.ui.painting import draw_frame

FRAME_WIDTH, FRAME_HEIGHT, GAP, DOT = 48, 52, 8, 6.0
TRIES = f"{FREE_TRIES} tries, then a wait"


class PinBox(QLineEdit):
    """Takes digits only and announces the PIN when the last of them is there; it is never shown."""

    filled = Signal(str)

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(PIN_DIGITS)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{PIN_DIGITS}}}"), self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName(f"{caption}, {PIN_DIGITS} digits")
        self.setFixedSize(self.sizeHint())
        self.textEdited.connect(self._typed)

    def sizeHint(self) -> QSize:
        """Six frames and the gaps between them."""
        return QSize(PIN_DIGITS * FRAME_WIDTH + (PIN_DIGITS - 1) * GAP, FRAME_HEIGHT)

    def _typed(self, text: str) -> None:
        self.update()
        if len(text) == PIN_DIGITS:
            self.filled.emit(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frames, the next one to be filled in the colour of the focus."""
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        typed = len(self.text())
        for place in range(PIN_DIGITS):
            frame = QRectF(place * (FRAME_WIDTH + GAP), 0, FRAME_WIDTH, FRAME_HEIGHT)
            draw_frame(painter, frame, look, fill="sheet", edge="edge")
            if place < typed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour("ink"))
                painter.drawEllipse(frame.center(), DOT, DOT)
            if self.hasFocus() and place == min(typed, PIN_DIGITS - 1):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(look.colour("action"), 2))
                painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

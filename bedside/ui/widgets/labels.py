"""Owns the plain labels and rules: text that is never read as mark-up, in a size, weight and tone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from bedside.ui import fonts, theme


class PlainLabel(QLabel):
    """A label of plain text; tone is a text token (ink, ink2, ink3, bink, bink2, action, high, amb, low)."""

    def __init__(
        self,
        text: str = "",
        px: int = 13,
        weight: int = 400,
        tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(px, weight))
        self.setProperty("tone", tone)
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Take the colour of another token."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class WrappedLabel(PlainLabel):
    """A plain label that breaks at words and is as high as its text needs."""

    def __init__(
        self,
        text: str = "",
        px: int = 13,
        weight: int = 400,
        tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, px, weight, tone, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Rule(QWidget):
    """A hairline across its width, in the colour of a token."""

    def __init__(self, token: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedHeight(1)

    def sizeHint(self) -> QSize:
        """One pixel high."""
        return QSize(40, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One filled line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour(self._token))
        painter.end()

"""Owns the plain labels and rules: text that is never read as mark-up, in a size, weight and tone."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from bedside.ui import fonts, theme
from bedside.ui.lettering import Run
from bedside.ui.paragraph import advance, block_height, draw_block, plain


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


class TextBlock(QWidget):
    """Paragraphs of mixed runs that break at words, painted with the line heights of the visual language.

    It is always at least as high as its text needs at the width it has, so that no layout can cut it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paragraphs: tuple[tuple[Run, ...], ...] = ()
        self._fitted = (0, QSize())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_paragraphs(self, *paragraphs: Sequence[Run]) -> None:
        """Show these paragraphs, one under the other."""
        self._paragraphs = tuple(tuple(paragraph) for paragraph in paragraphs)
        self.setAccessibleName(plain(self._paragraphs))
        self._fit()

    def clear(self) -> None:
        """Show nothing; the room stays until the next words stand in it."""
        self._paragraphs = ()
        self.setAccessibleName("")
        self.update()

    def _fit(self) -> None:
        """Claim the room that the words need; where that is what they had, nothing around them is laid out anew."""
        fitted = (self.heightForWidth(self.width()) if self._paragraphs else 0, self.sizeHint())
        if fitted != self._fitted:
            self._fitted = fitted
            self.setMinimumHeight(fitted[0])
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Text breaks, so its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the paragraphs stand within that width, in logical pixels."""
        return ceil(block_height(self._paragraphs, max(width, 40)))

    def sizeHint(self) -> QSize:
        """As wide as the longest paragraph, up to 440 px."""
        width = min(440, ceil(max((advance(runs) for runs in self._paragraphs), default=0)) + 1)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The paragraphs from the top left."""
        painter = QPainter(self)
        draw_block(painter, (0, 0), self.width(), theme.current(), self._paragraphs)
        painter.end()


class WrappedLabel(TextBlock):
    """Plain text of one size, weight and tone that breaks at words; the tone is any text token."""

    def __init__(
        self,
        text: str = "",
        px: int = 13,
        weight: int = 400,
        tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._run = Run("", px, weight, tone)
        self.setText(text)

    def text(self) -> str:
        """The words that are shown."""
        return self._run.text

    def setText(self, text: str) -> None:
        """Show these words; line breaks begin a new paragraph."""
        self._run = self._run._replace(text=text)
        self.show_paragraphs(*([self._run._replace(text=line)] for line in text.splitlines()))

    def set_tone(self, tone: str) -> None:
        """Take the colour of another token."""
        self._run = self._run._replace(token=tone)
        self.setText(self._run.text)


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

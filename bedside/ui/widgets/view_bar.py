"""Owns the bar of views of one patient: a word with its digit for each view, and the moment that they show."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from bedside.ui import theme
from bedside.ui.widgets.bar_button import AsOfButton, BarButton, BarWord

HEIGHT, SECOND_ROW = 40, 32
MARGIN, GAP, NARROW_GAP = 18, 11, 2


class ViewBar(QWidget):
    """Forty pixels under the banner; another moment than now turns it amber and says so.

    It never asks for more room than its words need: with little of it the digits go, then the moment has its own row.
    """

    view_chosen = Signal(int)
    moment_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._buttons: list[BarButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.view_chosen)
        self._is_now = True
        self.as_of = AsOfButton(self)
        self.as_of.clicked.connect(self._moment_clicked)

    def show_views(self, words: Sequence[str]) -> None:
        """Offer these views, in this order, with the digits from 1."""
        for button in self._buttons:
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for index, word in enumerate(words):
            button = BarButton(BarWord(word, digit=str(index + 1), underline=3), self)
            button.setCheckable(True)
            button.setAccessibleDescription(f"Alt+{index + 1}")
            self._group.addButton(button, index)
            self._buttons.append(button)
            button.show()
        self._place()

    def show_current(self, index: int) -> None:
        """Underline the view that is shown."""
        button = self._group.button(index)
        if button is not None:
            button.setChecked(True)

    def show_moment(self, moment: str, is_now: bool) -> None:
        """Show the moment that every view shows."""
        self.as_of.show_moment(moment, is_now)
        self._place()
        if is_now != self._is_now:
            self._is_now = is_now
            self.update()

    def _moment_clicked(self) -> None:
        self.moment_asked.emit()

    def _wide(self, gap: int) -> int:
        """How much room the views need in a row."""
        return sum(button.sizeHint().width() + gap for button in self._buttons)

    def _place(self) -> None:
        """Put the views from the left and the moment at the right, in one row where they fit."""
        gap, moment = GAP, self._set_narrow(False)
        if 2 * MARGIN + self._wide(gap) + moment > self.width():
            gap, moment = NARROW_GAP, self._set_narrow(True)
        below = 2 * MARGIN + self._wide(gap) + moment > self.width()
        self.setFixedHeight(HEIGHT + (SECOND_ROW if below else 0))
        x = MARGIN
        for button in self._buttons:
            wide = button.sizeHint().width()
            button.setGeometry(x, 0, wide, HEIGHT)
            x += wide + gap
        left = max(self.width() - MARGIN - moment, 0)
        self.as_of.setGeometry(left, HEIGHT - 4 if below else 0, moment, SECOND_ROW if below else HEIGHT)

    def _set_narrow(self, narrow: bool) -> int:
        """Leave out what has no room; how wide the moment then is."""
        for button in self._buttons:
            button.set_narrow(narrow)
        self.as_of.set_narrow(narrow)
        return self.as_of.sizeHint().width()

    def sizeHint(self) -> QSize:
        """As wide as everything in one row."""
        return QSize(2 * MARGIN + self._wide(GAP) + self.as_of.sizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:
        """The views without their digits in a row."""
        words = sum(button.narrowest + NARROW_GAP for button in self._buttons)
        return QSize(2 * MARGIN + words, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of rows."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet, amber when the moment is not now, and the hairline below."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("sheet" if self._is_now else "ambtint"))
        rule = "line" if self._is_now else "amb"
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour(rule))
        painter.end()

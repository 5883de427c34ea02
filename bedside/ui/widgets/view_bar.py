"""Owns the bar of views of one patient: a word with its digit for each view, and the moment that they show."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.widgets.bar_button import AsOfButton, BarButton, BarWord

HEIGHT = 40


class ViewBar(QWidget):
    """Forty pixels under the banner; another moment than now turns it amber and says so."""

    view_chosen = Signal(int)
    moment_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self.view_chosen)
        self._is_now = True
        self.as_of = AsOfButton(self)
        self.as_of.clicked.connect(self._moment_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 0, 18, 0)
        self._row.setSpacing(11)
        self._row.addStretch(1)
        self._row.addWidget(self.as_of)

    def show_views(self, words: Sequence[str]) -> None:
        """Offer these views, in this order, with the digits from 1."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        for index, word in enumerate(words):
            button = BarButton(BarWord(word, digit=str(index + 1), underline=3), self)
            button.setCheckable(True)
            button.setAccessibleDescription(f"Alt+{index + 1}")
            self._group.addButton(button, index)
            self._row.insertWidget(index, button)

    def show_current(self, index: int) -> None:
        """Underline the view that is shown."""
        button = self._group.button(index)
        if button is not None:
            button.setChecked(True)

    def show_moment(self, moment: str, is_now: bool) -> None:
        """Show the moment that every view shows."""
        self.as_of.show_moment(moment, is_now)
        if is_now != self._is_now:
            self._is_now = is_now
            self.update()

    def _moment_clicked(self) -> None:
        self.moment_asked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet, amber when the moment is not now, and the hairline below."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("sheet" if self._is_now else "ambtint"))
        rule = "line" if self._is_now else "amb"
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, look.colour(rule))
        painter.end()

"""Owns the bar at the top of the window: mark, places, demonstration line, find box, backup, user, lock."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.lettering import Run, draw_text
from bedside.ui.mark import draw_mark
from bedside.ui.widgets.bar_button import BarButton, BarWord, FindBox
from bedside.ui.widgets.icon_label import IconLabel
from bedside.ui.widgets.labels import PlainLabel

HEIGHT = 40


class Mark(QWidget):
    """The mark of Bedside and its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Bedside")
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the name out where the bar has little room."""
        self._name = "" if narrow else "Bedside"
        self.setFixedSize(22 if narrow else 91, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Three lanes crossed by day 0, then the name."""
        look, painter = theme.current(), QPainter(self)
        draw_mark(painter, QPointF(0, 11), look)
        draw_text(painter, QRectF(26, 0, 70, HEIGHT), look, Run(self._name, 14, 600))
        painter.end()


class AppBar(QWidget):
    """Forty pixels on the ground colour; signals say what was pressed, the words are shown by the setters."""

    board_asked = Signal()
    place_asked = Signal(int)
    find_asked = Signal()
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.board = BarButton(BarWord("Ward board"), self)
        self.board.setCheckable(True)
        self.places: list[BarButton] = []
        self.demo = PlainLabel("", 12, 400, "ink2", self)
        self.mark, self.find_box = Mark(self), FindBox(self)
        self.backup = IconLabel("shield-check", parent=self)
        self.user = IconLabel("user", parent=self)
        self.lock = BarButton(BarWord("Lock", icon="lock", weight=600), self)
        self.lock.setAccessibleDescription("Ctrl+L")
        self._who, self._least = ("", ""), 0
        self._lay_out()
        self.board.clicked.connect(self._board_clicked)
        self.find_box.clicked.connect(self.find_asked)
        self.lock.clicked.connect(self.lock_asked)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        self._beside_board = QHBoxLayout()
        row.setContentsMargins(16, 0, 10, 0)
        row.setSpacing(0)
        for widget, gap in self._places():
            row.addWidget(widget)
            if widget is self.board:
                row.addLayout(self._beside_board)
            row.addSpacing(gap)
        row.addStretch(1)
        for widget, gap in self._states():
            row.addWidget(widget)
            row.addSpacing(gap)

    def _places(self) -> list[tuple[QWidget, int]]:
        return [(self.mark, 10), (self.board, 34), (self.demo, 20)]

    def _states(self) -> list[tuple[QWidget, int]]:
        return [(self.find_box, 20), (self.backup, 20), (self.user, 14), (self.lock, 0)]

    def _board_clicked(self) -> None:
        self.board_asked.emit()

    def set_places(self, words: Sequence[str]) -> None:
        """Offer these places of the ward beside the board, in their order."""
        for word in words:
            button = BarButton(BarWord(word), self)
            button.setCheckable(True)
            button.clicked.connect(self._place_clicked)
            self._beside_board.addWidget(button)
            self.places.append(button)
        self._fit()

    def _place_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, BarButton):
            self.place_asked.emit(self.places.index(button))

    def show_place(self, on_board: bool, place: int = -1) -> None:
        """Underline the ward board or another place of the ward while it is what the window shows."""
        self.board.setChecked(on_board)
        for number, button in enumerate(self.places):
            button.setChecked(number == place)

    def show_demo_line(self, text: str) -> None:
        """Say that this is no real ward, or nothing."""
        self.demo.setText(text)
        self.demo.setVisible(bool(text))
        self._fit()

    def show_backup(self, text: str) -> None:
        """Say when the store was last backed up and verified."""
        self.backup.show_text(text)
        self._fit()

    def show_user(self, name: str, role: str) -> None:
        """Say who is signed in, and as what."""
        self._who = (name, role)
        self._fit()

    def _fit(self) -> None:
        """Leave out what is said elsewhere as well, where there is no room for all of it: at 200 %, say."""
        self._least = self._width(narrow=True)
        if self._width(narrow=False) > self.width():
            self._width(narrow=True)
        self.updateGeometry()
        self.update()

    def _width(self, *, narrow: bool) -> int:
        """Take the narrow or the wide form; the width that it needs comes back."""
        name, role = self._who
        self.mark.set_narrow(narrow)
        self.find_box.set_narrow(narrow)
        self.user.show_text(name if narrow or not role else f"{name} · {role}")
        layout = self.layout()
        return 0 if layout is None else layout.minimumSize().width()

    def minimumSizeHint(self) -> QSize:
        """What the narrow form needs."""
        return QSize(self._least, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take another form."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the hairline below, and the one before the demonstration line."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("ground"))
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, look.colour("line"))
        if self.demo.isVisible():
            painter.fillRect(self.demo.x() - 20, 11, 1, 18, look.colour("line"))
        painter.end()

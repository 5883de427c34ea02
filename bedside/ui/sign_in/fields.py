"""Owns the parts of the sign-in forms: a labelled box, the rows of names, and the hint of keys."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bedside.ui import fonts, icons, theme
from bedside.ui.lettering import RIGHT, Run, draw_runs, draw_text
from bedside.ui.start import UserLine
from bedside.ui.widgets.labels import PlainLabel

ROW_HEIGHT = 52
COLUMN = 440


class LabelledBox(QWidget):
    """A caption above a box 40 px high; the caption is the box's accessible name."""

    def __init__(self, caption: str, *, secret: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = PlainLabel(caption, 13, 600, "ink", self)
        self.box = QLineEdit(self)
        self.box.setFixedHeight(40)
        self.box.setFont(fonts.font(14))
        if secret:
            self.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.caption.setBuddy(self.box)
        self.set_caption(caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.caption)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)

    def show_refused(self, refused: bool) -> None:
        """Take the look of a box whose text cannot be taken, or lose it."""
        self.box.setProperty("state", "refused" if refused else "")
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)
        self.box.setFont(fonts.font(14))

    def set_caption(self, caption: str) -> None:
        """Name the box."""
        self.caption.setText(caption)
        self.box.setAccessibleName(caption)


def links_row(links: Sequence[QWidget]) -> QHBoxLayout:
    """Links side by side, from the left."""
    row = QHBoxLayout()
    row.setSpacing(16)
    for link in links:
        row.addWidget(link)
    row.addStretch(1)
    return row


class NameRow(QAbstractButton):
    """One name in 52 px: tinted with a 3 px edge while it is the chosen one."""

    def __init__(self, line: UserLine, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self._icon = line, icon
        self.setText(line.name)
        self.setAccessibleName(", ".join(part for part in (line.name, line.role, line.seen) if part))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(ROW_HEIGHT)

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(COLUMN, ROW_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, name, role, and when this person was last here."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(room, look.colour("actiontint"))
            painter.fillRect(QRectF(0, 0, 3, room.height()), look.colour("action"))
        painter.fillRect(QRectF(0, room.height() - 1, room.width(), 1), look.colour("line"))
        icons.draw_icon(painter, QRectF(12, 16, 19, 19), look, self._icon, "ink2")
        runs = [Run(self.line.name, 14, 600), Run(f"\u2002{self.line.role}", 12, 400, "ink2")]
        draw_runs(painter, 40, 31, look, runs)
        draw_text(painter, room.adjusted(0, 0, -12, 0), look, Run(self.line.seen, 12, 400, "ink2"), align=RIGHT)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("action"), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))
        painter.end()


class NameList(QWidget):
    """The names that can sign in, or other things by their icon; the arrow keys choose, one is always chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, icon: str = "user") -> None:
        super().__init__(parent)
        self._icon = icon
        self._rows: list[NameRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 1, 0, 0)
        self._column.setSpacing(0)

    def show_users(self, users: Sequence[UserLine]) -> None:
        """Offer these names and choose the first."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [NameRow(line, self._icon, self) for line in users]
        for row in self._rows:
            row.setAutoExclusive(True)
            row.toggled.connect(self._toggled)
            self._column.addWidget(row)
        if self._rows:
            self._rows[0].setChecked(True)

    @property
    def user(self) -> str:
        """The chosen name, "" when there is none to choose."""
        return next((row.line.name for row in self._rows if row.isChecked()), "")

    @property
    def place(self) -> int:
        """The number of the chosen row from 0, −1 when there is none to choose."""
        return next((number for number, row in enumerate(self._rows) if row.isChecked()), -1)

    def choose(self, name: str) -> None:
        """Choose this name, if it is among them."""
        for row in self._rows:
            if row.line.name == name:
                row.setChecked(True)

    def choose_by(self, step: int) -> None:
        """Choose the next or previous name."""
        index = next((i for i, row in enumerate(self._rows) if row.isChecked()), 0)
        self._rows[min(max(index + step, 0), len(self._rows) - 1)].setChecked(True)

    def _toggled(self, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.user)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows choose."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.choose_by(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline above the first row."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme.current().colour("line"))
        painter.end()

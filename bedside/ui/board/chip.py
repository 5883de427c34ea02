"""Owns the buttons above the ward board: how many rows a filter keeps, and its words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import Run, draw_runs
from bedside.ui.painting import draw_frame
from bedside.ui.paragraph import advance

HEIGHT, PAD = 30, 12


class FilterChip(QAbstractButton):
    """A count and a word; checked while its rows are the ones that are shown."""

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_count(None)

    def show_count(self, count: int | None) -> None:
        """Show how many rows the filter keeps; a dash while nobody has counted them, which is not none."""
        self._count = "–" if count is None else str(count)
        self._width = round(advance(self._runs())) + 2 * PAD
        self.setAccessibleName(f"{self.text()}, not read" if count is None else f"{count} {self.text()}")
        self.updateGeometry()
        self.update()

    def _runs(self) -> tuple[Run, Run]:
        token = "action" if self.isChecked() else "ink"
        word = "action" if self.isChecked() else "ink2"
        return Run(self._count, 14, 600, token), Run(f"  {self.text()}", 13, 400, word)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(self._width, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, tint while checked, ring while it has the keyboard, count and word."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        checked = self.isChecked()
        draw_frame(painter, room, look, fill="actiontint" if checked else "sheet", edge="action" if checked else "line")
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("action"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        draw_runs(painter, PAD, 20, look, self._runs())
        painter.end()

"""Owns the large box of a grade, with an arrow that says how it moved."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bedside.ui import theme
from bedside.ui.lettering import CENTRE, Run, dashed_pen, draw_text
from bedside.ui.painting import draw_frame, draw_grade, draw_movement

BOX, ARROW = 48, 18


class GradeMark(QWidget):
    """48 × 48 px; a dashed box with ? while the grade is not known. The words beside it say the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grade: int | None = None
        self._moved: int | None = None
        self.setFixedSize(BOX + ARROW, BOX)

    def show_grade(self, grade: int | None, moved: int | None) -> None:
        """Show a grade and whether it rose (1), fell (−1) or stayed (0); None for what is not known."""
        self._grade, self._moved = grade, moved
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box and arrow."""
        look, painter = theme.current(), QPainter(self)
        box = QRectF(0, 0, BOX, BOX)
        if self._grade is None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(dashed_pen(look.colour("ink2"), 1.3))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
            draw_text(painter, box, look, Run("?", 28, 600, "ink2"), align=CENTRE)
        else:
            draw_frame(painter, box, look, edge="" if self._grade else "edge")
            draw_grade(painter, box, look, self._grade, px=28 if self._grade < 5 else 14)
        if self._moved is not None:
            draw_movement(painter, QPointF(BOX + 7, BOX / 2 - 5), look, self._moved)
        painter.end()

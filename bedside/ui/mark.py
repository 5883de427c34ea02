"""Owns the mark of Bedside: three lanes crossed by day 0, drawn, never a character of a font."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from bedside.ui.theme import Theme, load_theme

WIDTH, HEIGHT = 16, 18
LANES = ((0, 3, 6, 2.6), (3, 7.4, 11, 2.6), (9, 12.2, 7, 2.6))
DAY_0 = (6.8, 0, 1.5, 18)


def draw_mark(painter: QPainter, at: QPointF, theme: Theme, *, on_banner: bool = False) -> None:
    """The mark, 16 × 18 px from the point, on the ground of the bars or on the banner's dark one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("bink" if on_banner else "ink"))
    for lane in LANES:
        painter.drawRoundedRect(QRectF(*lane), 0.6, 0.6)
    line = QRectF(*DAY_0)
    painter.fillRect(line.adjusted(-0.8, 0, 0.8, 0), theme.colour("banner" if on_banner else "ground"))
    painter.fillRect(line, load_theme("dark").colour("high") if on_banner else theme.colour("highsolid"))
    painter.restore()

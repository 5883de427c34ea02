"""Owns the look of what lies over a view: the scrim on everything else and the one shadow of the sheet."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from bedside.ui.painting import draw_frame
from bedside.ui.theme import Theme

SHADOW = 32


def draw_raised(painter: QPainter, look: Theme, around: QRectF, sheet: QRectF) -> None:
    """Darken what is around, then draw shadow and surface of the sheet, its edge outside of what it holds."""
    scrim = QColor(0, 0, 0, 110) if look.dark else look.see_through("ink", 76)
    painter.fillRect(around, scrim)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for reach in range(SHADOW, 0, -4):
        shade = QColor(scrim)
        shade.setAlpha(5)
        painter.setBrush(shade)
        painter.drawRoundedRect(sheet.adjusted(-reach / 2, 4 - reach / 4, reach / 2, 4 + reach / 1.6), 8, 8)
    edge = "" if look.name == "light" else "bline" if look.dark else "ink"
    draw_frame(painter, sheet.adjusted(-1, -1, 1, 1), look, fill="sheet", edge=edge, radius=8)

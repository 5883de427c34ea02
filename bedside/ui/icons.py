"""Owns the icons: Lucide's drawings in the colour of a token, kept by name, token, size and pixel ratio."""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from bedside.resources import resource
from bedside.ui.dots import dots_per_pixel, on_a_dot
from bedside.ui.theme import Theme


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, theme: Theme, token: str = "ink2", size: int = 18, ratio: float = 1.0) -> QPixmap:
    """An icon of size × size logical pixels in the colour of a token; an unknown name raises BedsideError."""
    return _drawn(name, theme.hex(token), size, ratio)


def icon(name: str, theme: Theme, token: str = "ink2", size: int = 18, ratio: float = 1.0) -> QIcon:
    """The same as a QIcon, for buttons and menus; it keeps its colour until it is made again in another theme."""
    return QIcon(pixmap(name, theme, token, size, ratio))


def draw_icon(painter: QPainter, rect: QRectF, theme: Theme, name: str, token: str = "ink2") -> None:
    """Paint an icon in the middle of the rectangle, as large as its shorter side."""
    size = round(min(rect.width(), rect.height()))
    corner = QPointF(round(rect.center().x() - size / 2), round(rect.center().y() - size / 2))
    picture = pixmap(name, theme, token, size, dots_per_pixel(painter))
    painter.drawPixmap(on_a_dot(painter, corner), picture)

"""Sees every text that a widget paints: its colour, and the colour that lies under it when it is painted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

Pair = tuple[str, str]
"""Text and what lies under it, as `#rrggbb`."""


def painted_texts(widget: QWidget) -> dict[Pair, str]:
    """Return each pair of colours with one of the texts that is painted in it; what style sheets paint stays out."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    seen: dict[Pair, str] = {}
    with _watched(image, seen):
        widget.render(image, QPoint())
    return seen


@contextmanager
def _watched(image: QImage, seen: dict[Pair, str]) -> Iterator[None]:
    draw = cast(Any, QPainter.drawText)

    def watch(painter: QPainter, *given: Any) -> Any:
        text = next(one for one in given if isinstance(one, str))
        under = _most_common(image, _room(painter, given, text)) if text.strip() else ""
        if under:
            seen.setdefault((painter.pen().color().name(), under), text)
        return draw(painter, *given)

    setattr(QPainter, "drawText", watch)  # noqa: B010 - mypy refuses to assign a method
    try:
        yield
    finally:
        setattr(QPainter, "drawText", draw)  # noqa: B010


def _room(painter: QPainter, given: tuple[Any, ...], text: str) -> QRectF:
    """Where the text stands in the picture."""
    if isinstance(given[0], QPointF | QPoint):
        metrics = QFontMetricsF(painter.font())
        room = metrics.boundingRect(text).translated(QPointF(given[0]))
    else:
        room = painter.boundingRect(QRectF(given[0]), int(given[1]), text)
    return painter.deviceTransform().mapRect(room)


def _most_common(image: QImage, room: QRectF) -> str:
    """The colour of most points of a grid over the rectangle; "" outside the picture."""
    steps = (0.1, 0.3, 0.5, 0.7, 0.9)
    points = [
        QPoint(round(room.left() + room.width() * x), round(room.center().y() + y)) for x in steps for y in (-2, 2)
    ]
    colours = Counter(image.pixelColor(point).name() for point in points if image.valid(point))
    return colours.most_common(1)[0][0] if colours else ""

"""Owns how one picture is drawn at very many places in one go."""

import numpy as np
from numpy.typing import ArrayLike
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtGui import QPainter, QPixmap


class Stamps:
    """Keeps its table of places from frame to frame: it is the one that pyqtgraph's own markers use."""

    def __init__(self) -> None:
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)

    def draw(self, painter: QPainter, picture: QPixmap, x: ArrayLike, y: ArrayLike) -> None:
        """Draw a picture with its middle at each of these points, as many in x as in y, each on whole dots.

        The picture has as many dots for a pixel as what is painted on.
        """
        onto, wide, high = painter.deviceTransform(), picture.width(), picture.height()
        left = np.round(np.multiply(x, onto.m11()) + onto.dx() - wide / 2)
        top = np.round(np.multiply(y, onto.m22()) + onto.dy() - high / 2)
        self._fragments.resize(len(left))
        table = self._fragments.ndarray()
        table[:, 0], table[:, 1] = (left + wide / 2 - onto.dx()) / onto.m11(), (top + high / 2 - onto.dy()) / onto.m22()
        table[:, 2:] = (0, 0, wide, high, 1 / onto.m11(), 1 / onto.m22(), 0, 1)
        first, count = self._fragments.drawargs()
        painter.drawPixmapFragments(first, count, picture)

"""Owns how one picture is drawn at very many places in one go."""

from numpy.typing import ArrayLike
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtGui import QPainter, QPixmap


class Stamps:
    """Keeps its table of places from frame to frame: it is the one that pyqtgraph's own markers use."""

    def __init__(self) -> None:
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)

    def draw(self, painter: QPainter, picture: QPixmap, x: ArrayLike, y: ArrayLike) -> None:
        """Draw a picture with its middle at each of these points, which are as many in x as in y, one at least."""
        count, scale = len(x), 1 / picture.devicePixelRatio()  # type: ignore[arg-type]  # a list or an array
        self._fragments.resize(count)
        table = self._fragments.ndarray()
        table[:, 0], table[:, 1] = x, y
        table[:, 2:] = (0, 0, picture.width(), picture.height(), scale, scale, 0, 1)
        first, filled = self._fragments.drawargs()
        painter.drawPixmapFragments(first, filled, picture)

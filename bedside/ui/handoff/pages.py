"""Owns the pages of the summary on the screen: one under the other, as they will print."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.service.handoff import PagePicture
from bedside.ui import theme
from bedside.ui.way_out import picture_of

GAP, WIDTH = 16, 720


class Pages(QWidget):
    """Shows pictures of pages, each WIDTH px wide in the middle of a grey ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_pages(())

    def show_pages(self, pages: Sequence[PagePicture]) -> None:
        """Show these pages in the place of those before."""
        self._images = [picture_of(page) for page in pages]
        for image in self._images:
            image.setDevicePixelRatio(self.devicePixelRatioF())
        self.setFixedHeight(GAP + sum(round(image.deviceIndependentSize().height()) + GAP for image in self._images))
        count = len(self._images)
        self.setAccessibleName(f"Summary, {count} {'page' if count == 1 else 'pages'}" if count else "Summary")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as a page and its margins."""
        return QSize(WIDTH + 2 * GAP, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each page with its edge."""
        look, painter, top = theme.current(), QPainter(self), GAP
        painter.fillRect(self.rect(), look.colour("ground"))
        for image in self._images:
            size = image.deviceIndependentSize()
            left = max(round((self.width() - size.width()) / 2), GAP)
            painter.fillRect(QRectF(left - 1, top - 1, size.width() + 2, size.height() + 2), look.colour("edge"))
            painter.drawImage(left, top, image)
            top += round(size.height()) + GAP
        painter.end()

"""Owns the pages of the summary on the screen: one under the other, as they will print."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from bedside.service.handoff import PagePicture
from bedside.ui import theme
from bedside.ui.way_out import picture_of

GAP, WIDTH = 16, 720


class Pages(QWidget):
    """Shows pictures of pages, each WIDTH px wide, or as wide as there is room, in the middle of a grey ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._marked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_pages(())

    def show_pages(self, pages: Sequence[PagePicture]) -> None:
        """Show these pages in the place of those before."""
        self._images = [picture_of(page) for page in pages]
        for image in self._images:
            image.setDevicePixelRatio(self.devicePixelRatioF())
        self._fit()
        count = len(self._images)
        self.setAccessibleName(f"Summary, {count} {'page' if count == 1 else 'pages'}" if count else "Summary")
        self.update()

    def sheets(self) -> list[QRectF]:
        """Where the pages stand: none is cut at the side, however narrow the room."""
        sheets, top, room = list[QRectF](), float(GAP), self.width() - 2 * GAP
        for image in self._images:
            size = image.deviceIndependentSize()
            width = min(size.width(), room)
            height = round(size.height() * width / size.width())
            sheets.append(QRectF(max(round((self.width() - width) / 2), GAP), top, width, height))
            top += height + GAP
        return sheets

    def _fit(self) -> None:
        sheets = self.sheets()
        self.setFixedHeight(round(sheets[-1].bottom()) + GAP if sheets else GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the pages as wide as the room allows."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def mark(self, marked: bool) -> None:
        """Draw the edges of the pages as what has the keyboard, or not."""
        self._marked = marked
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as a page and its margins."""
        return QSize(WIDTH + 2 * GAP, self.height())

    def minimumSizeHint(self) -> QSize:
        """Half a page still lets its head be read."""
        return QSize(WIDTH // 2, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each page with its edge."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("ground"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for image, sheet in zip(self._images, self.sheets(), strict=True):
            around = 2 if self._marked else 1
            edge = look.colour("action" if self._marked else "edge")
            painter.fillRect(sheet.adjusted(-around, -around, around, around), edge)
            painter.drawImage(sheet, image)
        painter.end()


class PagesArea(QScrollArea):
    """Scrolls the pages with the keyboard too: by a step with the arrows, by a window with Page Up and Page Down."""

    def __init__(self, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pages of the summary")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(pages)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the pages have the keyboard."""
        super().focusInEvent(event)
        self._pages.mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they have it no longer."""
        super().focusOutEvent(event)
        self._pages.mark(False)

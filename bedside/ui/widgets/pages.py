"""Owns the pages of which one is in front."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Pages(QStackedWidget):
    """Asks for the room of the page in front: one that can scroll by itself needs less than others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turned)

    def _turned(self) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The least room of the page in front."""
        page, layout = self.currentIndex(), self.layout()
        item = layout.itemAt(page) if layout is not None and page >= 0 else None
        return QSize() if item is None else item.minimumSize()

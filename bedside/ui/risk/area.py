"""Owns the area of a column that scrolls by itself, or stands whole where the page around it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QScrollArea, QWidget

from bedside.ui.widgets.scrolling import scroll


class ColumnArea(QScrollArea):
    """Takes the height that is left; `whole`, it asks for the height of all that stands in it."""

    def __init__(self, column: QWidget) -> None:
        super().__init__()
        self._column, self._whole = column, False
        scroll(self, column)

    def stand_whole(self, whole: bool) -> None:
        """Stand whole, or scroll by itself."""
        if whole != self._whole:
            self._whole = whole
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As high as the column where it stands whole."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._column.minimumSizeHint().height()) if self._whole else hint

    def sizeHint(self) -> QSize:
        """No more than it needs: it is given what is left."""
        return self.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when the column needs another height."""
        if watched is self._column and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

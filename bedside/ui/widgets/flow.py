"""Owns a row of widgets that goes on in a further line where they do not fit beside one another."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 8


class Flow(QWidget):
    """Takes these widgets as its own, each as large as it wants to be."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _places(self, width: int) -> Iterator[tuple[QWidget, QPoint]]:
        left = top = 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, top + size.height() + GAP
            yield widget, QPoint(left, top)
            left += size.width() + GAP

    def hasHeightForWidth(self) -> bool:
        """It breaks."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        return max((at.y() + widget.sizeHint().height() for widget, at in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """Everything in one line, if there is room."""
        wide = sum(widget.sizeHint().width() + GAP for widget in self._widgets) - GAP
        return QSize(wide, self.heightForWidth(self.width() or wide))

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest widget."""
        return QSize(max((widget.sizeHint().width() for widget in self._widgets), default=0), 0)

    def event(self, event: QEvent) -> bool:
        """Set the widgets line by line when there is another width, or one of them wants another size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            for widget, at in self._places(self.width()):
                widget.setGeometry(QRect(at, widget.sizeHint()))
        another_width = isinstance(event, QResizeEvent) and event.oldSize().width() != event.size().width()
        if another_width or event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

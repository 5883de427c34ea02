"""Owns the area in which a column or a page scrolls up and down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolling(widget: QWidget) -> QScrollArea:
    """A scroll area without frame around a widget that takes its width."""
    area = QScrollArea()
    scroll(area, widget)
    return area


def scroll(area: QScrollArea, widget: QWidget) -> None:
    """Let an area scroll a widget up and down."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)


def scrolling_column(*widgets: QWidget) -> QScrollArea:
    """The same around widgets that stand one under the other, without room between them."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return scrolling(holder)

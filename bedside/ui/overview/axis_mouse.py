"""Owns how the mouse moves along a time axis: the wheel zooms, a drag pans, the focus line follows, a click opens."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from bedside.ui.overview.axis_keys import ZOOM
from bedside.ui.overview.state import LEFT, TimelineState

CLICK_REACH = 4


class AxisMouse(QObject):
    """Watches panes of one timeline; `clicked(point)` in its coordinates, `words_at` says what lies under a point."""

    clicked = Signal(QPointF)

    def __init__(self, state: TimelineState, timeline: QWidget, words_at: Callable[[QPointF], str]) -> None:
        super().__init__(timeline)
        self._state, self._timeline, self._words_at = state, timeline, words_at
        self._pressed: QPointF | None = None
        self._dragged = False
        self._last = QPointF()

    def watch(self, *panes: QWidget) -> None:
        """Follow the mouse over these panes."""
        for pane in panes:
            pane.setMouseTracking(True)
            pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take wheel and mouse events of the panes."""
        if isinstance(event, QWheelEvent):
            return self._wheel(event, self._in_timeline(watched, event.position()))
        if isinstance(event, QMouseEvent):
            at = self._in_timeline(watched, event.position())
            if event.type() == QEvent.Type.MouseMove:
                return self._moved(event, at)
            if event.type() == QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
                self._pressed, self._last, self._dragged = at, at, False
                return True
            if event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
                self._pressed = None
                if not self._dragged:
                    self.clicked.emit(at)
                return True
        return super().eventFilter(watched, event)

    def _in_timeline(self, pane: QObject, at: QPointF) -> QPointF:
        return QPointF(pane.mapTo(self._timeline, at)) if isinstance(pane, QWidget) else at

    def _wheel(self, event: QWheelEvent, at: QPointF) -> bool:
        if at.x() < LEFT - 8 or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        if event.angleDelta().x():
            self._state.pan(event.angleDelta().x() / 2)
        elif event.angleDelta().y():
            self._state.zoom(ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM, at.x())
        event.accept()
        return True

    def _moved(self, event: QMouseEvent, at: QPointF) -> bool:
        if self._pressed is not None:
            self._dragged = self._dragged or (at - self._pressed).manhattanLength() > CLICK_REACH
            if self._dragged:
                self._state.pan(at.x() - self._last.x())
            self._last = at
            return True
        if at.x() >= LEFT:
            self._state.focus_pixel(at.x())
        words = self._words_at(at)
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), words, self._timeline)
        else:
            QToolTip.hideText()
        return True

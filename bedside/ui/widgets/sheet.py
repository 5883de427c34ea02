"""Owns the form sheet: a child of the frame over the view, with a scrim that never covers the banner."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from bedside.ui import theme
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.raised import draw_raised

LEFT, TOP, WIDTH, CORNER = 24, 12, 812, 4


class SheetLayer(QWidget):
    """Covers view bar and view while a sheet is open; higher sheets than the room scroll inside it."""

    changed = Signal()

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self._frame = frame
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setProperty("look", "sheet")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet_rect = QRectF()
        self._told: list[str] = []
        self.sheet: View | None = None
        self._before: QWidget | None = None
        frame.installEventFilter(self)
        self.hide()

    def open(self, sheet: View) -> None:
        """Show this sheet; one that was open is dropped first. Tab stays inside it."""
        if self.sheet is None:
            self._before = QApplication.focusWidget()
        self.drop()
        self.sheet = sheet
        self._area.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        sheet.changed.connect(self._sheet_changed)
        for alert in sheet.findChildren(Alert):
            alert.told.connect(self._sheet_changed)
        self._place()
        self.show()
        self.raise_()
        sheet.entered()
        self.changed.emit()

    def _sheet_changed(self) -> None:
        self._place()
        QTimer.singleShot(0, self, self._bring_new_alert_into_sight)  # once it was laid out
        self.changed.emit()

    def _bring_new_alert_into_sight(self) -> None:
        """Scroll to what was refused just now, where the sheet is higher than the room."""
        alerts = [] if self.sheet is None else [one for one in self.sheet.findChildren(Alert) if one.isVisible()]
        told = [one.words.accessibleName() for one in alerts]
        if told != self._told and alerts:
            self._area.ensureWidgetVisible(alerts[-1])
        self._told = told

    def drop(self) -> None:
        """Forget the sheet that is open, if any."""
        if self.sheet is None:
            return
        sheet, self.sheet = self.sheet, None
        sheet.close_view()
        self._area.takeWidget()
        sheet.hide()
        sheet.deleteLater()
        self.hide()
        self.changed.emit()

    def take_before(self) -> QWidget | None:
        """What had the keyboard when the layer was last empty, once: it is forgotten then."""
        before, self._before = self._before, None
        return before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the frame's size, and the banner's when a long name makes it grow."""
        if watched is self._frame and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def focusNextPrevChild(self, following: bool) -> bool:
        """Keep Tab within the sheet: after its last control comes its first."""
        start = QApplication.focusWidget()
        if self.sheet is None or start is None:
            return False
        widget = start
        while (widget := self._neighbour(widget, following)) is not start:
            if self._takes_tab(widget):
                widget.setFocus(Qt.FocusReason.TabFocusReason if following else Qt.FocusReason.BacktabFocusReason)
                self._area.ensureWidgetVisible(widget)
                return True
        return True

    @staticmethod
    def _neighbour(widget: QWidget, following: bool) -> QWidget:
        beside = widget.nextInFocusChain() if following else widget.previousInFocusChain()
        return beside or widget

    def _takes_tab(self, widget: QWidget) -> bool:
        inside = self.sheet is not None and self.sheet.isAncestorOf(widget)
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return inside and by_tab and widget.isVisible() and widget.isEnabled()

    def _place(self) -> None:
        if self.sheet is None:
            return
        above, below = self._visible("banner", "emergency"), self._visible("key_bar")
        top = above.geometry().bottom() + 1 if above is not None else 40
        bottom = below.y() if below is not None else self._frame.height()
        self.setGeometry(0, top, self._frame.width(), bottom - top)
        room = self.height() - TOP - 2 * CORNER - 8
        height = min(room, max(self.sheet.minimumSizeHint().height(), self.sheet.sizeHint().height()) + 2)
        width = min(self.sheet.maximumWidth(), WIDTH, self.width() - 2 * LEFT)
        self._sheet_rect = QRectF(LEFT, TOP, width, height + 2 * CORNER)
        self._area.setGeometry(LEFT + 1, TOP + CORNER, width - 2, height)
        self.update()

    def _visible(self, *names: str) -> QWidget | None:
        """The first of these parts of the frame that is shown."""
        parts = (self._frame.findChild(QWidget, name) for name in names)
        return next((one for one in parts if one is not None and one.isVisible()), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The scrim, and the sheet's one shadow."""
        look, painter = theme.current(), QPainter(self)
        draw_raised(painter, look, QRectF(self.rect()), self._sheet_rect)
        painter.end()

"""Owns a section that folds: its head, which says the gist when it is closed, and its facts."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.ui import icons, theme
from bedside.ui.lettering import LEFT, Run, draw_text
from bedside.ui.paragraph import Line, advance, draw_block, plain
from bedside.ui.risk.fact import GAP, FactRow, Section, draw_ring

HEAD, TEXT = 34, 26


class FoldHead(QAbstractButton):
    """A chevron that points down while the section is open, the name, and the gist at the right where it has room."""

    def __init__(self, name: str, gist: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._gist = Run(name, 14, 600), gist
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{name}, {plain((gist,))}".rstrip(", "))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand on two lines where name and gist do not fit beside each other."""
        super().resizeEvent(event)
        self.setFixedHeight(HEAD if self._beside(self.width()) else HEAD + 18)

    def _beside(self, width: float) -> bool:
        return TEXT + self._name.width + 12 + advance(self._gist) <= width - 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hairline above, chevron, name, gist, ring."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(room, look.colour("sheet2"))
        painter.fillRect(QRectF(0, 0, room.width(), 1), look.colour("line"))
        sign = "chevron-down" if self.isChecked() else "chevron-right"
        icons.draw_icon(painter, QRectF(6, 10, 15, 15), look, sign, "ink2")
        draw_text(painter, QRectF(TEXT, 6, room.width() - TEXT, 22), look, self._name, align=LEFT)
        wide = advance(self._gist)
        beside = self._beside(room.width())
        at = (room.width() - 8 - wide, 9) if beside else (TEXT, 28)
        draw_block(painter, at, room.width() - TEXT if not beside else wide + 4, look, (self._gist,))
        if self.hasFocus():
            draw_ring(painter, room, look)
        painter.end()


class FoldSection(QWidget):
    """One section; `turned(name, open)` when a person opened or closed it."""

    turned = Signal(str, bool)

    def __init__(self, section: Section, *, opened: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.head = FoldHead(section.head, section.aside, self)
        self.rows = [FactRow(fact, self) for fact in section.facts]
        self._body = QWidget(self)
        body = self._column = QVBoxLayout(self._body)
        body.setContentsMargins(TEXT - 8, 0, 0, 10)
        body.setSpacing(0)
        for row in self.rows:
            body.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._body)
        self.head.clicked.connect(self._head_pressed)
        self.open(opened)

    def add_below(self, widget: QWidget, padding: int = 0) -> None:
        """Put a widget under the facts, its words, which have that padding inside it, at the margin of theirs."""
        inset = QHBoxLayout()
        inset.setContentsMargins(GAP - padding, 2, 0, 0)
        inset.addWidget(widget)
        inset.addStretch(1)
        self._column.addLayout(inset)

    def open(self, opened: bool) -> None:
        """Show the facts, or the head alone."""
        self.head.setChecked(opened)
        self.head.setAccessibleDescription("open, Enter folds it" if opened else "folded, Enter opens it")
        self._body.setVisible(opened)

    @property
    def is_open(self) -> bool:
        """Whether the facts are shown."""
        return self.head.isChecked()

    def _head_pressed(self) -> None:
        self.open(self.head.isChecked())
        self.turned.emit(self.section.head, self.head.isChecked())

"""Owns a row of the toxicity view that leads to an entry: the box of a grade and the lines beside it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.painting import GRADE_HEIGHT, GRADE_WIDTH, draw_grade
from bedside.ui.paragraph import block_height, draw_block
from bedside.ui.toxicity.words import EntryLine
from bedside.ui.widgets.enter_button import EnterButton

PAD, TEXT_LEFT = 6, 40
LEAST = 36


class EntryRow(EnterButton):
    """As high as its words need; Enter presses it, ↑ and ↓ go to the neighbours."""

    def __init__(self, line: EntryLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setAccessibleName(line.words)
        self.setAccessibleDescription("Enter shows the entry in the journal")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Words break."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Words with a little air."""
        return max(LEAST, round(block_height(self.line.lines, max(width - TEXT_LEFT - PAD, 80))) + 2 * PAD)

    def sizeHint(self) -> QSize:
        """What the words need."""
        return QSize(300, self.heightForWidth(self.width() or 300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, box, words, hairline, ring of the focused row."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        if self.hasFocus() or self.underMouse():
            painter.fillRect(room, look.colour("actiontint"))
        box = QRectF(PAD, PAD + 1, GRADE_WIDTH, GRADE_HEIGHT)
        draw_grade(painter, box, look, self.line.grade)
        draw_block(painter, (TEXT_LEFT, PAD), room.width() - TEXT_LEFT - PAD, look, self.line.lines)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("action"), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))
        else:
            painter.fillRect(QRectF(0, room.bottom() - 1, room.width(), 1), look.colour("line"))
        painter.end()

"""Owns a block of mixed text beside a box: a flag's arrows, bold and plain runs, broken at words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.painting import Flag, draw_flag
from bedside.ui.paragraph import block_height, draw_block, plain
from bedside.ui.signs import FLAG_PITCH

Paragraph = tuple[Run, ...]


def said(bold: str, rest: str = "", *, px: int = 12, token: str = "ink", rest_token: str = "ink2") -> Paragraph:
    """One paragraph that begins bold: the word that counts, then what it rests on."""
    runs = [Run(bold, px, 600, token)] if bold else []
    return (*runs, Run(rest, px, 400, rest_token)) if rest else tuple(runs)


class Lines(QWidget):
    """Paragraphs of runs, centred in the height it is given; a flag stands before the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._flag: Flag | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> str:
        """What is shown, as it is read aloud."""
        return plain(self._paragraphs)

    def show_lines(self, *paragraphs: Sequence[Run], flag: Flag | None = None) -> None:
        """Show these paragraphs, or nothing."""
        shown = tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)
        if shown == self._paragraphs and flag == self._flag:
            return
        self._paragraphs, self._flag = shown, flag
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self.update()

    @property
    def _indent(self) -> float:
        return 0 if self._flag is None else self._flag.level * FLAG_PITCH + 5

    def heightForWidth(self, width: int) -> int:
        """As high as its lines are within the width."""
        return round(block_height(self._paragraphs, max(width - self._indent, 40)))

    def hasHeightForWidth(self) -> bool:
        """Lines break."""
        return True

    def sizeHint(self) -> QSize:
        """What the lines need at the width it has."""
        return QSize(120, self._own_height())

    def _own_height(self) -> int:
        """The height at the width it has; before it was laid out, at the width of a sentence."""
        return self.heightForWidth(self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Narrow columns are the row's business."""
        return QSize(20, self._own_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Arrows, then the lines."""
        look, painter = theme.current(), QPainter(self)
        room = self.width() - self._indent
        top = max(0.0, (self.height() - block_height(self._paragraphs, max(room, 40))) / 2)
        if self._flag is not None:
            draw_flag(painter, QPointF(0, round(top + 3)), look, self._flag)
        draw_block(painter, (self._indent, round(top)), max(room, 40), look, self._paragraphs)
        painter.end()

"""Owns the heads of the flowsheet, always in sight: analytes with unit and range at the left, moments above."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QWidget

from bedside.chart.formats import NON_BREAKING_HYPHEN
from bedside.ui import theme
from bedside.ui.counts.model import FlowsheetModel
from bedside.ui.entry_grid.typed_entries import MOMENT
from bedside.ui.lettering import LEFT, RIGHT, Run, draw_text

HEIGHT = 64
MARGIN, UNIT_AT, RANGE_AT, WIDTH = 24, 122, 174, 240
COLUMN, TYPED_COLUMN = 94, 208
ROW, GROUP_ROW, MOMENT_ROW = 28, 24, 34
PAD = 8


def is_whole(cell: QRectF, table: QWidget | None) -> bool:
    """Whether a cell or head is not cut by an edge of the view: half a number would be read as another one."""
    width = table.viewport().width() if isinstance(table, QAbstractScrollArea) else cell.right()
    return cell.left() >= 0 and cell.right() <= width


class MomentHead(QHeaderView):
    """Day, date and time of each column; the one that is typed in the colour of action."""

    def __init__(self, model: FlowsheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sheet = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(COLUMN)
        self.setDefaultSectionSize(COLUMN)
        self.setFixedHeight(HEIGHT)
        self.setHighlightSections(False)
        self.current = -1

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """Three lines, right-aligned over the values."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        typed = section == self._sheet.typed_column
        painter.fillRect(room, look.colour("actiontint" if typed or section == self.current else "sheet2"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("edge"))
        if not typed and not is_whole(room, self.parentWidget()):
            return
        lines = [words.replace("-", NON_BREAKING_HYPHEN) for words in self._sheet.column_words(section)]
        token = "action" if typed else "ink"
        runs = (Run(lines[0], 14, 600, token), Run(lines[1], 12, 400, "ink2"), Run(lines[2], 12, 400, "ink2"))
        align = LEFT if typed else RIGHT
        inside = room.adjusted(PAD + 2 if typed else 0, 6, -PAD, 0)
        for run, top, height in zip(runs, (0, 20, 36), (20, 16, 16), strict=True):
            line = QRectF(inside.left(), inside.top() + top, inside.width(), height)
            draw_text(painter, line, look, run, align=align)
        if typed:
            painter.fillRect(QRectF(room.left(), room.top(), 2, room.height()), look.colour("action"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground also where no column is."""
        painter = QPainter(self.viewport())
        look = theme.current()
        painter.fillRect(self.viewport().rect(), look.colour("sheet2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("edge"))
        painter.end()
        super().paintEvent(event)


class AnalyteHead(QHeaderView):
    """Name, unit and range of each analyte, and the names of the groups."""

    def __init__(self, model: FlowsheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._sheet = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(GROUP_ROW)
        self.setDefaultSectionSize(ROW)
        self.setFixedWidth(WIDTH)
        self.setHighlightSections(False)
        self.current = -1

    def sizeHint(self) -> QSize:
        """As wide as the longest name needs."""
        return QSize(WIDTH, 40)

    def height_of(self, row: int) -> int:
        """How high a row stands by itself."""
        line = self._sheet.lines[row]
        return ROW if line.analyte is not None else MOMENT_ROW if line.place == MOMENT else GROUP_ROW

    def paintSection(self, painter: QPainter, rect: object, section: int) -> None:
        """One analyte, or the name of a group."""
        look, room = theme.current(), QRectF(rect)  # type: ignore[call-overload]
        line = self._sheet.lines[section]
        room.setHeight(self.height_of(section))
        is_current = section == self.current
        painter.fillRect(room, look.colour("actiontint" if is_current else "sheet"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        if line.analyte is None:
            run = Run(line.words, 13 if line.place == MOMENT else 12, 500 if line.place == MOMENT else 600, "ink2")
            draw_text(painter, room.adjusted(MARGIN, 0, 0, 0), look, run)
            return
        draw_text(painter, room.adjusted(MARGIN, 0, 0, 0), look, Run(line.words, 13, 600 if is_current else 500))
        draw_text(painter, room.adjusted(UNIT_AT, 0, 0, 0), look, Run(line.analyte.unit, 12, 400, "ink2"))
        reach = self._sheet.range_of(line.analyte)
        draw_text(painter, room.adjusted(RANGE_AT, 0, 0, 0), look, Run(reach, 12, 400, "ink2"))


class Corner(QWidget):
    """What the heads at the left hold, and whose ranges they are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whose = ""
        self.resize(WIDTH, HEIGHT)

    def show_whose(self, whose: str) -> None:
        """Say for which age and sex the ranges are."""
        self._whose = whose
        self.setAccessibleName(f"Analyte, unit, range {whose}".strip())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two lines above the analytes."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("sheet2"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colour("edge"))
        for words, top in (("Analyte, unit, range", 24), (self._whose, 40)):
            draw_text(painter, QRectF(MARGIN, top, WIDTH - MARGIN, 16), look, Run(words, 12, 400, "ink2"))
        painter.end()

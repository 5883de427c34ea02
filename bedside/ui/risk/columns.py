"""Owns the three panels of the risk view: their heads, which never scroll away, and their rows."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from bedside.chart.formats import NO_BREAK_SPACE
from bedside.ui import theme
from bedside.ui.criteria import CRITERIA, CriteriaWords, Panel, panel_of
from bedside.ui.lettering import RIGHT as ALIGN_RIGHT
from bedside.ui.lettering import Run, draw_text
from bedside.ui.painting import CLASS_TOKENS, draw_sign
from bedside.ui.paragraph import LINE_HEIGHTS, Line, block_height, draw_block
from bedside.ui.risk.row import CriterionRow
from bedside.ui.signs import CLASS_SIGNS

HEAD = 54
LEFT, RIGHT, PAD_RIGHT, NAME_GAP = 47, 16, 12, 12


class PanelHead(QWidget):
    """Sign, name, count, rule and source of a whole panel; tinted while its class is the patient's and decides."""

    def __init__(self, panel: Panel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = panel
        self._counts: tuple[str, ...] = ("",)
        self._rule, self._deciding = panel.rule, False
        self.setMinimumHeight(HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_state(self, counts: tuple[str, ...], rule: str, *, deciding: bool) -> None:
        """Show the count, shorter where it has little room, the rule with its source, and whether it decides."""
        self._counts, self._rule, self._deciding = counts, rule, deciding
        self.setAccessibleName(f"{self.panel.word}, {counts[0]}, {rule}")
        self._fit()

    def shown_beside(self) -> Run | None:
        """The fullest form of the count that has room beside the name; None: it stands in lines of its own."""
        free = self.width() - LEFT - self._name().width - NAME_GAP - RIGHT
        runs = [Run(count, 12, 400, "ink2") for count in self._counts]
        return next((run for run in runs if run.width <= free), None)

    def _name(self) -> Run:
        return Run(self.panel.word, 15, 600, CLASS_TOKENS[self.panel.risk] if self._deciding else "ink")

    def lines_below(self) -> list[Line]:
        """What stands below the name."""
        parts = [part.replace(" ", NO_BREAK_SPACE) for part in self._counts[0].split(", ")]
        below = [] if self.shown_beside() is not None else [", ".join(parts)]
        return [(Run(text, 12, 400, "ink2"),) for text in (*below, self._rule)]

    def _fit(self) -> None:
        more = block_height(self.lines_below(), self.room) - LINE_HEIGHTS[12]
        self.setMinimumHeight(HEAD + round(max(more, 0)))
        self.update()

    @property
    def room(self) -> float:
        """How wide the lines below the name may be."""
        return max(self.width() - LEFT - PAD_RIGHT, 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the rule needs."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(300, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, sign, name and count; rule below; hairline."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        token = CLASS_TOKENS[self.panel.risk]
        painter.fillRect(room, look.colour(f"{token}tint" if self._deciding else "sheet"))
        painter.fillRect(QRectF(0, room.bottom() - 1, room.width(), 1), look.colour("line"))
        draw_sign(painter, QRectF(23, 9, 16, 16), look, CLASS_SIGNS[self.panel.risk])
        draw_text(painter, QRectF(LEFT, 6, 140, 22), look, self._name())
        count = self.shown_beside()
        if count is not None:
            draw_text(painter, QRectF(LEFT, 7, room.width() - LEFT - RIGHT, 22), look, count, align=ALIGN_RIGHT)
        draw_block(painter, (LEFT, 28), self.room, look, self.lines_below())
        painter.end()


class PanelColumn(QWidget):
    """The rows of one panel, and whatever stands below them."""

    def __init__(self, panel: Panel, words: CriteriaWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = panel
        self.rows = [CriterionRow(one, words, self) for one in CRITERIA if panel_of(one) == panel.risk]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        for row in self.rows:
            self._column.addWidget(row)
        self._column.addStretch(1)

    def add_below(self, widgets: Sequence[QWidget]) -> None:
        """Put these under the rows, at the margin of the panel's text."""
        below = QVBoxLayout()
        below.setContentsMargins(20, 12, 16, 12)
        below.setSpacing(4)
        for widget in widgets:
            below.addWidget(widget)
        self._column.insertLayout(len(self.rows), below)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline to the next panel."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.current().colour("line"))
        painter.end()

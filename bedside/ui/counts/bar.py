"""Owns the line above the flowsheet: which columns are shown, how many are in view, and what the flags mean."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.counts.parts import WORDS, Part
from bedside.ui.lettering import Run, draw_text
from bedside.ui.painting import Flag, draw_flag
from bedside.ui.signs import FLAG_PITCH
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel
from bedside.ui.widgets.segment_row import SegmentRow

LEAST_BESIDE = 300
"""For the heading, the sentence and what lies between."""
NO_RANGES = "no range of counts is known for this age: only critical ones are marked"
_LEGEND = ((1, "out of range"), (2, "critical"), (3, "off scale"))


class FlagLegend(QWidget):
    """The arrows in both directions with their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("One arrow: out of range. Two: critical. Three: off scale. Down is low, up is high.")
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """All three in one line."""
        return QSize(round(sum(_width(level, word) for level, word in _LEGEND)) + 32, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Arrows down, arrows up, the word."""
        look, painter, left = theme.current(), QPainter(self), 0.0
        for level, word in _LEGEND:
            at = draw_flag(painter, QPointF(left, 5), look, Flag(high=False, level=level))
            at = draw_flag(painter, QPointF(at + 2, 5), look, Flag(high=True, level=level))
            draw_text(painter, QRectF(at + 5, 0, 100, 20), look, Run(word, 12, 400, "ink2"))
            left += _width(level, word) + 16
        painter.end()


def _width(level: int, word: str) -> float:
    return 2 * level * FLAG_PITCH + 7 + Run(word, 12).width


class CountsBar(QWidget):
    """`part_asked(its place)` when another part is wanted."""

    part_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = WrappedLabel("", 12, 400, "ink2", self)
        self.legend = FlagLegend(self)
        self.parts = SegmentRow([WORDS[part] for part in Part], self)
        self.parts.chosen.connect(self.part_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 9, 24, 9)
        row.setSpacing(0)
        row.addWidget(PlainLabel("Counts", 15, 600))
        row.addSpacing(18)
        row.addWidget(self.parts)
        row.addSpacing(14)
        row.addWidget(self.sentence, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(14)
        row.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for it, the legend leaves the sentence its place: the line of the focused cell says the flag."""
        super().resizeEvent(event)
        self.legend.setVisible(self.width() >= self.parts.sizeHint().width() + self.legend.width() + LEAST_BESIDE)

    def show_counts(self, in_view: range, shown: int, count: int, later: int, *, lacks_ranges: bool) -> None:
        """Say which of the columns that are shown are in view and where the others are; nothing is dropped silently.

        count is how many there are in all, later how many entries lie after the moment that is shown. `lacks_ranges`:
        no reference range of counts is known for the age.
        """
        left, right, hidden = in_view.start, shown - in_view.stop, count - shown
        parts = [f"{len(in_view)} of {count} {'column' if count == 1 else 'columns'} in view"] if count else []
        if shown:
            parts += [f"{left} earlier to the left"] if left else []
            parts += [f"{right} newer to the right"] if right else []
        parts += [f"{hidden} before this part"] if hidden else []
        parts += [f"{later} {'entry' if later == 1 else 'entries'} after the moment that is shown"] if later else []
        parts += [NO_RANGES] if count and lacks_ranges else []
        self.sentence.setText(", ".join(parts))

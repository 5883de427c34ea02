"""Owns one cell above the planner: a milestone's date, what stands against it, and the box in which one is typed."""

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bedside.chart.formats import date_text
from bedside.chart.moments import At
from bedside.chart.reading import Ambiguous, Refused, read_moment
from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.signs import Sign
from bedside.ui.widgets.chip import Chip
from bedside.ui.widgets.labels import PlainLabel, TextBlock, WrappedLabel

HINT = "+7d, 21.8.20"
BOX_HEIGHT = 28
Status = tuple[Sign, str]
NO_STATUS: Status = (Sign.NO_INTERVAL, "")


class DateCell(QWidget):
    """`typed(date)` when a date was typed that can be read; "+7d" counts from the date that is shown."""

    typed = Signal(object)

    def __init__(self, caption: str, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.day: date | None = None
        self.caption = WrappedLabel(caption, 12, 400, "ink2", self)
        self.date = PlainLabel("", 20, 600, "ink", self)
        self.chip = Chip(self)
        self.box = QLineEdit(self)
        self.box.setPlaceholderText(HINT)
        self.box.setAccessibleName(f"{caption}: type a date to try")
        self.box.setFixedSize(124, BOX_HEIGHT)
        self.box.returnPressed.connect(self._read)
        self.under = TextBlock(self)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addStrut(BOX_HEIGHT)
        top.addWidget(self.caption, 1, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.box)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.date)
        row.addWidget(self.chip)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 16, 10)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(row)
        column.addWidget(self.under)
        column.addStretch(1)

    def show_date(self, shown: date | str, status: Status, *lines: Line, open_: bool) -> None:
        """Show a date, or words where there is none, its status and the lines beneath; `open_`: one may be typed."""
        self.day = None if isinstance(shown, str) else shown
        self.date.setText(shown if isinstance(shown, str) else date_text(shown))
        self.chip.show_status(*status)
        self.box.setVisible(open_)
        self.under.show_paragraphs(*lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A hairline to the cell at the left."""
        if self.x() > 0:
            painter = QPainter(self)
            painter.fillRect(0, 0, 1, self.height(), theme.current().colour("line"))
            painter.end()

    def clear(self) -> None:
        """Forget the patient."""
        self.box.clear()
        self.show_date("", NO_STATUS, open_=False)

    def _read(self) -> None:
        now = self._now()
        start = now if self.day is None else datetime.combine(self.day, time(12), tzinfo=now.tzinfo)
        read = read_moment(self.box.text(), now=start)
        if isinstance(read, At):
            self.box.clear()
            self.typed.emit(read.day)
            return
        why = read.why if isinstance(read, Refused) else read.text
        assert isinstance(read, Refused | Ambiguous)
        self.under.show_paragraphs((Run(why, 12, 600, "high"),))
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

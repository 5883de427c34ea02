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
from bedside.ui.widgets.labels import PlainLabel, TextBlock

HINT = "+7d, 21.8.20"


class DateCell(QWidget):
    """`typed(date)` when a date was typed that can be read; "+7d" counts from the date that is shown."""

    typed = Signal(object)

    def __init__(self, caption: str, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.day: date | None = None
        self.caption = PlainLabel(caption, 12, 400, "ink2", self)
        self.date = PlainLabel("", 20, 600, "ink", self)
        self.box = QLineEdit(self)
        self.box.setPlaceholderText(HINT)
        self.box.setAccessibleName(f"{caption}: type a date to try")
        self.box.setFixedSize(124, 28)
        self.box.returnPressed.connect(self._read)
        self.under = TextBlock(self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.date)
        row.addWidget(self.box)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 16, 10)
        column.setSpacing(4)
        column.addWidget(self.caption)
        column.addLayout(row)
        column.addWidget(self.under)
        column.addStretch(1)

    def show_date(self, day: date | None, words: str, *lines: Line, open_: bool) -> None:
        """Show a date (or the words where there is none) and the lines beneath; `open_`: another one may be typed."""
        self.day = day
        self.date.setText(words if day is None else date_text(day))
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
        self.show_date(None, "", open_=False)

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

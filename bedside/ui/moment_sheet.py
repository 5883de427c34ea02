"""Owns the sheet that asks for another moment: the window as of a day, or as known at one."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bedside.chart.formats import at_text, date_text, day_text
from bedside.chart.moments import AsOf, At
from bedside.chart.reading import FORMS, Ambiguous, Refused, read_moment
from bedside.ui.actions import Action
from bedside.ui.view import View
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

WIDTH = 640


class MomentSheet(View):
    """`moment_chosen(AsOf or None)`: None is now. What was understood is shown before Enter takes it."""

    moment_chosen = Signal(object)
    close_asked = Signal()

    def __init__(
        self, now: Callable[[], datetime], day0: date | None, current: AsOf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._now, self._day0 = now, day0
        self.box = QLineEdit(self)
        self.box.setAccessibleName("Show the window as of")
        self.box.setFixedSize(220, 36)
        self.understood = WrappedLabel("", 13, 400, "ink2", self)
        self.now_button = PushButton("Now", self)
        self._lay_out(current)
        self.box.textChanged.connect(self._typed)
        self.now_button.clicked.connect(self.choose_now)
        self.setMaximumWidth(WIDTH)

    def _lay_out(self, current: AsOf) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.box)
        row.addWidget(self.now_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Show the window as of", 18, 600))
        column.addWidget(
            WrappedLabel(
                f"Now shown: {date_text(current.day)}. Everything is derived from what had happened by then; "
                "Alt+← and Alt+→ step by a day.", 12, 400, "ink2",
            )
        )  # fmt: skip
        column.addLayout(row)
        column.addWidget(self.understood)
        column.addStretch(1)
        self._typed("")

    def sizeHint(self) -> QSize:
        """Room for a question in two lines."""
        return QSize(WIDTH, 208)

    def entered(self) -> None:
        """Type at once."""
        self.box.setFocus()

    def reading(self) -> At | None:
        """The moment that is typed, or None while it cannot be read in one way."""
        found = read_moment(self.box.text(), now=self._now(), day0=self._day0) if self.box.text().strip() else None
        return found if isinstance(found, At) else None

    def _typed(self, text: str) -> None:
        self.understood.setText(self._words(text))
        self.box.setProperty("state", "")

    def _words(self, text: str) -> str:
        if not text.strip():
            return f"Type a date: {FORMS}."
        found = read_moment(text, now=self._now(), day0=self._day0)
        if isinstance(found, Refused):
            return found.why
        if isinstance(found, Ambiguous):
            return found.text
        day = f" ({day_text((found.day - self._day0).days)})" if self._day0 is not None else ""
        return f"{at_text(found)}{day}. Enter shows it."

    def take(self) -> None:
        """Show the window as of what was typed, if it can be read."""
        found = self.reading()
        if found is not None:
            self.moment_chosen.emit(AsOf(found.day, found.instant))

    def choose_now(self) -> None:
        """Go back to now."""
        self.moment_chosen.emit(None)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "moment"

    def actions_offered(self) -> tuple[Action, ...]:
        """Take, now, close."""
        return (
            Action("moment.take", "Show the window as of this date", self.take, "Return", hint="show"),
            Action("moment.now", "Show the window as of now", self.choose_now, "Alt+Home", hint="now"),
            Action("moment.close", "Close, change nothing", self.close_asked.emit, "Escape", hint="close"),
        )

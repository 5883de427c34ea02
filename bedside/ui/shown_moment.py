"""Owns the moment that the whole window shows: now, another one, or what was known at another one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal

from bedside.chart.formats import date_text, moment_text
from bedside.chart.moments import FIRST_DAY, LAST_DAY, AsOf
from bedside.ui.actions import Action
from bedside.ui.exporting.doors import Moment
from bedside.ui.frame import Frame
from bedside.ui.moment_sheet import MomentSheet
from bedside.ui.start import Desk


class ShownMoment(QObject):
    """`turned` when another moment is shown. `as_of` None is now, and moves with the clock."""

    turned = Signal()

    def __init__(self, frame: Frame, desk: Desk, day0: Callable[[], date | None], as_of: AsOf | None) -> None:
        super().__init__(frame)
        self._frame, self._desk, self._day0 = frame, desk, day0
        self.as_of, self.known_at = as_of, None
        frame.moment_asked.connect(self.ask)

    as_of: AsOf | None
    known_at: datetime | None

    def _now(self) -> datetime:
        return self._desk.session.now()

    @property
    def point(self) -> AsOf:
        """The point in time that everything is shown for."""
        return self.as_of if self.as_of is not None else AsOf(self._now().date(), self._now())

    @property
    def is_now(self) -> bool:
        """Whether the window shows now, with everything that is known."""
        return self.as_of is None and self.known_at is None

    @property
    def both(self) -> Moment:
        """The point in time, and the moment at which everything was known, None for all that is known."""
        return self.point, self.known_at

    @property
    def known_words(self) -> str:
        """When everything that is shown was known, in words; "" for all that is known."""
        return "" if self.known_at is None else moment_text(self.known_at, self._desk.session.zone)

    @property
    def words(self) -> str:
        """The moment in words."""
        point, known = self.point, self.known_words
        words = date_text(point.day) if point.instant is None else moment_text(point.instant, self._desk.session.zone)
        return f"{words}, as known {known}" if known else words

    def actions(self) -> tuple[Action, ...]:
        """Ask for a moment, step by days, and back to now."""
        return (
            Action("ward.moment", "Show the window as of another moment", self.ask, "Ctrl+D"),
            Action("ward.day_back", "Show the window as of the day before", self.day_back, "Alt+Left"),
            Action("ward.day_on", "Show the window as of the day after", self.day_on, "Alt+Right"),
            Action("ward.now", "Show the window as of now", self.show_now, "Alt+Home"),
        )

    def ask(self) -> None:
        """Ask for another moment."""
        sheet = MomentSheet(self._now, self._day0(), self.point)
        sheet.moment_chosen.connect(self.show)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)

    def show(self, as_of: AsOf | None) -> None:
        """Turn the whole window to a moment; None is now, with everything that is known."""
        self._frame.close_sheet()
        self.as_of = None if as_of == AsOf(self._now().date()) else as_of
        if as_of is None:
            self.known_at = None
        self.turned.emit()

    def show_known_at(self, known_at: datetime | None) -> None:
        """Turn the whole window to what was known at a moment; None is everything."""
        self.known_at = known_at
        self.turned.emit()

    def show_now(self) -> None:
        """Turn the window back to now."""
        self.show(None)

    def day_back(self) -> None:
        """Turn the window a day back."""
        self._step(-1)

    def day_on(self) -> None:
        """Turn the window a day on."""
        self._step(1)

    def _step(self, days: int) -> None:
        day = self.point.day
        if day != (FIRST_DAY if days < 0 else LAST_DAY):
            self.show(AsOf(day + timedelta(days=days)))

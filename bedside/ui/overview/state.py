"""Owns what the panes of the timeline share: the axis, the part in view, the focus date, where the strip lies."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, Signal

from bedside.chart.entries import Infusion
from bedside.chart.formats import date_text, day_text
from bedside.chart.moments import AsOf
from bedside.ui.overview.axis import LEAST_VISIBLE, CourseAxis, Visible, axis_over, days_ahead
from bedside.ui.overview.course import CourseFacts, covered
from bedside.ui.overview.ticks import LEAST_DAY_PITCH, Tick, day_ticks, month_ticks
from bedside.ui.overview.tracks import Track

LEFT, RIGHT, NAMES_LEFT = 236, 24, 24
CLOCK_PITCH, CLOCK_LEAST_VISIBLE = 38.0, 1.0


class TimelineState(QObject):
    """Every pane draws from it; `changed` tells that the part in view or the focus moved.

    With a clock the axis shows hours: what has a time stands at it, and the names of days stand over their middle.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, clock: bool = False) -> None:
        super().__init__(parent)
        self.clock = clock
        self.facts: CourseFacts | None = None
        self.axis: CourseAxis | None = None
        self.visible = Visible(0, 1)
        self.focus = date.min
        self.width = 600.0
        self.is_now = True
        self._places: list[float] = []
        self._deadline: date | None = None
        self._point = AsOf(date.min)

    def show(self, facts: CourseFacts, tracks: tuple[Track, ...]) -> None:
        """Show a course; another moment of the same patient keeps nothing of the view."""
        self.facts = facts
        deadlines = [track.deadline.on for track in tracks if track.deadline is not None]
        self._deadline = next((day for day in deadlines if day > facts.as_of), None)
        self.axis = axis_over(covered(facts), facts.as_of, self._deadline)
        days = [entry.at.day for entry in facts.entries]
        self._places = sorted(map({day: self.axis.at(day) for day in set(days)}.__getitem__, days))
        self._point = AsOf.parse(facts.assessment.as_of)
        self.focus = facts.as_of
        self.show_all()

    def clear(self) -> None:
        """Forget the course."""
        self.facts, self.axis = None, None
        self.changed.emit()

    @property
    def day0(self) -> date | None:
        """Day 0 of the course."""
        return None if self.facts is None else self.facts.assessment.day0

    def show_all(self) -> None:
        """Show the whole axis."""
        if self.axis is not None:
            self._see(Visible(0.0, self.axis.end))

    def show_from(self, day: date) -> None:
        """Show the axis from a little before a day on, to what lies ahead of now."""
        if self.axis is not None and self.facts is not None:
            start, now = self.axis.at(day), self.axis.at(self.facts.as_of)
            deadline = None if self._deadline is None else (self._deadline - self.facts.as_of).days
            end = min(now + days_ahead(now - start, deadline), self.axis.end)
            margin = max((end - start) * 0.03, 1.0)
            self._see(Visible(start - margin, end).kept_within(self.axis))

    def show_days(self, first: date, last: date) -> None:
        """Show the axis from the start of one day to the end of another."""
        if self.axis is not None:
            self._see(Visible(self.axis.at(first), self.axis.at(last) + 1).kept_within(self.axis))

    def zoom(self, factor: float, pixel: float | None = None) -> None:
        """Zoom around a pixel of the strip, or around the focus line."""
        if self.axis is not None:
            least = CLOCK_LEAST_VISIBLE if self.clock else LEAST_VISIBLE
            anchor = self.axis.at(self.focus) if pixel is None else self.visible.place(pixel, LEFT, self.width)
            self._see(self.visible.zoomed(factor, anchor, self.axis, least))

    def pan(self, pixels: float) -> None:
        """Move the course by pixels, to the right when positive."""
        if self.axis is not None:
            days = -pixels / self.width * (self.visible.high - self.visible.low)
            self._see(self.visible.moved(days, self.axis))

    def _see(self, visible: Visible) -> None:
        self.visible = visible
        self.changed.emit()

    def focus_pixel(self, pixel: float) -> None:
        """Move the focus line to the day under a pixel."""
        if self.axis is not None:
            half = 0.5 if self.clock else 0.0
            self.focus_on(self.axis.day(self.visible.place(pixel, LEFT, self.width) - half))

    def focus_on(self, day: date) -> None:
        """Move the focus line to a day of the axis, and into view."""
        if self.axis is None or day == self.focus:
            return
        first = date.fromordinal(self.axis.stretches[0].first)
        last = date.fromordinal(self.axis.stretches[-1].last)
        self.focus = min(max(day, first), last)
        at = self.axis.at(self.focus)
        if not self.visible.low <= at <= self.visible.high:
            middle = (self.visible.low + self.visible.high) / 2
            self.visible = self.visible.moved(at - middle, self.axis)
        self.changed.emit()

    def step_focus(self, days: int) -> None:
        """Move the focus line by days; a cut is crossed in one step."""
        if self.axis is None:
            return
        day = self.focus + timedelta(days=days)
        for cut in self.axis.cuts():
            if cut.first <= day <= cut.last:
                day = cut.last + timedelta(days=1) if days > 0 else cut.first - timedelta(days=1)
        self.focus_on(day)

    def step_entry(self, step: int) -> None:
        """Move the focus line to the day before or after it that has an entry."""
        days = sorted({entry.at.day for entry in self.facts.entries}) if self.facts is not None else []
        beyond = [day for day in days if (day < self.focus if step < 0 else day > self.focus)]
        if beyond:
            self.focus_on(beyond[-1] if step < 0 else beyond[0])

    def entries_at_focus(self) -> tuple[str, ...]:
        """Every entry of the focus date in the order of the chart."""
        entries = self.facts.entries if self.facts is not None else ()
        return tuple(entry.id for entry in entries if entry.at.day == self.focus)

    @property
    def day_wide(self) -> float:
        """How wide a day stands, in pixels."""
        return self.width / (self.visible.high - self.visible.low)

    def pixel(self, day: date, part: float = 0.0) -> float:
        """Where a day begins, or a part of it has passed, in pixels of the pane."""
        assert self.axis is not None
        return self.visible.pixel(self.axis.at(day) + part, LEFT, self.width)

    @property
    def as_of_x(self) -> float:
        """Where what is not known yet begins."""
        assert self.facts is not None
        return self.pixel(self._point.day, self._part(self._point.instant))

    @property
    def focus_x(self) -> float:
        """Where the focus line stands: at the start of its day, today at the time that is shown."""
        shown = self.facts is not None and self.focus == self.facts.as_of
        return self.as_of_x if shown else self.pixel(self.focus)

    @property
    def day0_x(self) -> float:
        """Where day 0 is marked: at the time of the infusion where it is known and the axis shows hours."""
        assert self.facts is not None
        assert self.day0 is not None
        given = [one.at.instant for one in self.facts.of(Infusion) if one.at.day == self.day0]
        return self.pixel(self.day0, self._part(given[0] if given else None))

    def _part(self, instant: datetime | None) -> float:
        return part_of_day(instant) if self.clock else 0.0

    def day_ticks(self) -> tuple[Tick, ...]:
        """The days in view from day 0."""
        assert self.axis is not None
        roomy = LEAST_DAY_PITCH / CLOCK_PITCH if self.clock else 1.0
        return day_ticks(self.axis, self.visible, self.width * roomy, self.day0)

    def month_ticks(self) -> tuple[Tick, ...]:
        """The months in view, or dates where few days are."""
        assert self.axis is not None
        return month_ticks(self.axis, self.visible, self.width, self.day0)

    @property
    def focus_words(self) -> str:
        """The focus date as its pill shows it: "D+60 now", or the date before a day 0 is known."""
        words = day_text((self.focus - self.day0).days) if self.day0 is not None else date_text(self.focus)
        now = self.is_now and self.facts is not None and self.focus == self.facts.as_of
        return f"{words} now" if now else words

    def sentence(self) -> str:
        """What is trimmed and what lies out of view, in words."""
        if self.axis is None or self.facts is None:
            return ""
        parts = [f"{date_text(cut.first)} to {date_text(cut.last)} trimmed, no entry in it" for cut in self.axis.cuts()]
        left = bisect_left(self._places, self.visible.low)
        right = len(self._places) - bisect_right(self._places, self.visible.high)
        if left:
            start = date_text(self.axis.day(self.visible.low))
            parts = [f"{left} {'entry' if left == 1 else 'entries'} before {start} not in view"]
        if right:
            parts.append(f"{right} {'entry' if right == 1 else 'entries'} to the right not in view")
        return " · ".join(parts)


def part_of_day(instant: datetime | None) -> float:
    """Which part of its local day has passed at an instant, 0 without one."""
    return 0.0 if instant is None else (instant.hour * 60 + instant.minute) / 1440

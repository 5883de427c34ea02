"""The overview: the whole course on one axis at the left, class, alerts and what is open at the right."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from bedside.chart.entries import Referral
from bedside.ui.actions import Action
from bedside.ui.collector import leave_alone
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.axis_keys import AxisKeys
from bedside.ui.overview.bar import CourseBar
from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.side import OverviewSide
from bedside.ui.split_view import SplitView

if TYPE_CHECKING:
    from bedside.service.read import Opened
    from bedside.ui.overview.timeline import Timeline

TIMELINE = "bedside.ui.overview.timeline"
SIDE = 384
PARTS = ("Whole course", "From referral", "From day 0")
WHOLE, REFERRAL, DAY0 = 0, 1, 2


def timeline_loaded() -> bool:
    """Whether the timeline and its plotting library are in memory."""
    return TIMELINE in sys.modules


def load_timeline() -> None:
    """Import the timeline with its plotting library: a third of a second, once, on whatever thread calls."""
    import bedside.ui.overview.timeline  # noqa: F401

    leave_alone()


class OverviewView(SplitView):
    """Shows what was opened; `entry_opened(id)` for a mark that is pressed, `criteria_asked` for the risk view.

    `entries_opened(ids)` for a mark or a focus date that stands for several entries, and for what an alert rests on.
    """

    entry_opened = Signal(str)
    entries_opened = Signal(tuple)
    criteria_asked = Signal()

    def __init__(
        self,
        words: CriteriaWords,
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.side = OverviewSide(words)
        super().__init__(self.side, SIDE, parent)
        self._more = more_actions
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The course on its axis")
        self._words = words
        self._facts: CourseFacts | None = None
        self.bar = CourseBar("Course", PARTS, self)
        self.timeline: Timeline | None = None
        self.keys: AxisKeys | None = None
        self.bar.part_asked.connect(self.show_part)
        self.bar.zoom_asked.connect(self._zoom_asked)
        self.side.criteria_asked.connect(self.criteria_asked)
        self.side.evidence_opened.connect(self.entries_opened)
        self.left.addWidget(self.bar)
        self.left.addStretch(1)
        self.place_side()

    def show_opened(self, opened: "Opened", *, is_now: bool = True) -> None:
        """Show what was opened, as of now or not; the plotting library is loaded now, unless it was before."""
        self._facts = facts_of(opened, self._words.knowledge)
        self._timeline().state.is_now = is_now
        self._timeline().show_course(self._facts)
        self.side.show_assessment(opened.assessment)
        self.bar.allow(REFERRAL, self._referral() is not None, "No referral is recorded.")
        self.bar.allow(DAY0, self._facts.assessment.day0 is not None, "There is no day 0 so far.")
        self.bar.show_part(WHOLE)
        self.changed.emit()

    def _timeline(self) -> "Timeline":
        if self.timeline is None:
            from bedside.ui.overview.timeline import Timeline

            self.timeline = Timeline(self)
            self.timeline.entry_opened.connect(self.entry_opened)
            self.timeline.entries_opened.connect(self.entries_opened)
            self.timeline.state.changed.connect(self._moved)
            self.keys = AxisKeys(self.timeline.state, "overview", self.timeline.open_at_focus, self)
            self.left.takeAt(1)
            self.left.addWidget(self.timeline, 1)
        return self.timeline

    def _referral(self) -> Referral | None:
        referrals = self._facts.of(Referral) if self._facts is not None else []
        return referrals[-1] if referrals else None

    def _moved(self) -> None:
        if self.timeline is not None:
            self.bar.sentence.setText(self.timeline.state.sentence())

    def show_part(self, place: int) -> None:
        """Show the whole course, or what follows the referral or day 0."""
        if self.timeline is None or self._facts is None:
            return
        referral, day0 = self._referral(), self._facts.assessment.day0
        if place == REFERRAL and referral is not None:
            self.timeline.state.show_from(referral.at.day)
        elif place == DAY0 and day0 is not None:
            self.timeline.state.show_from(day0)
        else:
            self.timeline.state.show_all()
        self.bar.show_part(place)

    def _zoom_asked(self, direction: int) -> None:
        if self.keys is not None:
            self.keys.zoom(direction)

    def clear(self) -> None:
        """Forget the patient."""
        self._facts = None
        if self.timeline is not None:
            self.timeline.clear()
        self.side.clear()
        self.bar.sentence.setText("")

    def help_name(self) -> str:
        """Help on this view."""
        return "overview"

    def actions_offered(self) -> tuple[Action, ...]:
        """Focus line, zoom, entry."""
        scrolling_keys = self.timeline.scrolling("overview", "counts") if self.timeline is not None else ()
        return (
            *(self._more() if self._more is not None else ()),
            *(self.keys.actions() if self.keys is not None else ()),
            *scrolling_keys,
        )

    def note(self) -> str:
        """How many entries are known at the moment that is shown."""
        if self._facts is None:
            return ""
        count = len(self._facts.entries)
        return f"{count} {'entry' if count == 1 else 'entries'} known"

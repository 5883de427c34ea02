"""The toxicity view: grades by day, support and treatments, temperature and scores on one axis; what follows beside."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from bedside.ui.actions import Action
from bedside.ui.criteria import CriteriaWords
from bedside.ui.overview.axis_keys import AxisKeys
from bedside.ui.overview.bar import CourseBar
from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.split_view import SplitView
from bedside.ui.toxicity.alerts import ToxicityAlerts
from bedside.ui.toxicity.side import ToxicitySide
from bedside.ui.toxicity.window import toxicity_facts

if TYPE_CHECKING:
    from bedside.service.read import Opened
    from bedside.ui.overview.timeline import Timeline

SIDE = 430
PARTS = ("From day 0", "Last 3 days", "All of it")
DAY0, LAST, WHOLE = 0, 1, 2
LEAST_DAYS, LAST_DAYS = 13, 2


class ToxicityView(SplitView):
    """Shows what was opened; `entry_opened(id)` for a mark or row that is pressed, `entries_opened(ids)` for several.

    `grade_asked(id, scale)` for an assessment whose grade a physician wants to set.
    """

    entry_opened = Signal(str)
    entries_opened = Signal(tuple)
    grade_asked = Signal(str, str)

    def __init__(
        self,
        words: CriteriaWords,
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        may_grade: Callable[[], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        self.side = ToxicitySide(words)
        super().__init__(self.side, SIDE, parent)
        self._words, self._more, self._may_grade = words, more_actions, may_grade
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Toxicity by day")
        self._facts: CourseFacts | None = None
        self.alerts = ToxicityAlerts(self)
        self.bar = CourseBar("Toxicity", PARTS, self)
        self.timeline: Timeline | None = None
        self.keys: AxisKeys | None = None
        self.side.entry_chosen.connect(self.entry_opened)
        self.alerts.entry_chosen.connect(self.entry_opened)
        self.bar.part_asked.connect(self.show_part)
        self.bar.zoom_asked.connect(self._zoom_asked)
        self.left.addWidget(self.alerts)
        self.left.addWidget(self.bar)
        self.left.addStretch(1)
        self.place_side()

    def show_opened(self, opened: "Opened", *, is_now: bool = True) -> None:
        """Show what was opened, as of now or not; the plotting library is loaded now, unless it was before."""
        self._facts = toxicity_facts(facts_of(opened, self._words.knowledge))
        timeline = self._timeline()
        timeline.state.is_now = is_now
        timeline.show_course(self._facts)
        self.alerts.show_alerts(opened.assessment)
        day0 = opened.assessment.day0
        self.bar.allow(DAY0, day0 is not None, "There is no day 0 so far.")
        self.show_part(WHOLE if day0 is None else DAY0)
        self.changed.emit()

    def _timeline(self) -> "Timeline":
        if self.timeline is None:
            from bedside.ui.overview.timeline import Timeline
            from bedside.ui.toxicity.content import toxicity_content

            self.timeline = Timeline(self, content=toxicity_content, clock=True)
            self.timeline.entry_opened.connect(self.entry_opened)
            self.timeline.entries_opened.connect(self.entries_opened)
            self.timeline.state.changed.connect(self._moved)
            self.keys = AxisKeys(self.timeline.state, "toxicity", self.timeline.open_at_focus, self)
            self.left.takeAt(2)
            self.left.addWidget(self.timeline, 1)
        return self.timeline

    def show_part(self, place: int) -> None:
        """Show the days from day 0, the last few, or everything there is."""
        if self.timeline is None or self._facts is None:
            return
        state, day0, as_of = self.timeline.state, self._facts.assessment.day0, self._facts.as_of
        if place == DAY0 and day0 is not None:
            window = day0 + timedelta(days=self._facts.knowledge.toxicity.window)
            state.show_days(day0, max(day0 + timedelta(days=LEAST_DAYS), min(as_of, window)))
        elif place == LAST:
            state.show_days(as_of - timedelta(days=LAST_DAYS), as_of)
        else:
            state.show_all()
        self.bar.show_part(place)

    def _moved(self) -> None:
        if self.timeline is not None and self._facts is not None:
            self.bar.sentence.setText(self.timeline.state.sentence())
            self.side.show_course(self._facts, self.timeline.state.focus)

    def _zoom_asked(self, direction: int) -> None:
        if self.keys is not None:
            self.keys.zoom(direction)

    def ask_grade(self) -> None:
        """Ask for another grade of the assessment that has the keyboard, else the newest of the focus day."""
        line = self.side.gradable()
        if line is not None:
            self.grade_asked.emit(line.entry, line.scale)

    def _no_grade(self) -> str:
        if self.side.gradable() is None:
            return "nothing was graded on this day"
        return self._may_grade()

    def clear(self) -> None:
        """Forget the patient."""
        self._facts = None
        if self.timeline is not None:
            self.timeline.clear()
        self.alerts.clear()
        self.side.clear()
        self.bar.sentence.setText("")

    def help_name(self) -> str:
        """Help on this view."""
        return "toxicity"

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be entered, another grade, focus line and zoom."""
        text = "Set another grade than the proposed one"
        grade = Action("toxicity.grade", text, self.ask_grade, "G", hint="set another grade", refusal=self._no_grade)
        keys = self.keys.actions() if self.keys is not None else ()
        scrolling_keys = self.timeline.scrolling("toxicity", "curves") if self.timeline is not None else ()
        return (*(self._more() if self._more is not None else ()), grade, *keys, *scrolling_keys)

    def note(self) -> str:
        """What a box with a dash says."""
        return "– not assessed that day"

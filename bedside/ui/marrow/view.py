"""Marrow and persistence: disease, B cells, CAR T cells and IgG on one axis, with what follows from them beside."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from bedside.ui.actions import Action
from bedside.ui.criteria import CriteriaWords
from bedside.ui.marrow.levels import levels_of
from bedside.ui.marrow.levels_pane import LevelsPane
from bedside.ui.marrow.response_lane import response_lane
from bedside.ui.marrow.side import MarrowSide
from bedside.ui.marrow.words import side_sections
from bedside.ui.overview.axis_keys import AxisKeys
from bedside.ui.overview.axis_mouse import AxisMouse
from bedside.ui.overview.bar import CourseBar
from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.header import AxisHead
from bedside.ui.overview.state import LEFT, RIGHT, TimelineState
from bedside.ui.overview.tracks import cd19_track
from bedside.ui.split_view import SplitView
from bedside.ui.widgets.scrolling import scrolling_column

if TYPE_CHECKING:
    from bedside.service.read import Opened
    from bedside.ui.overview.lanes_pane import LanesPane

SIDE = 430
PARTS = ("Whole course", "From day 0")
WHOLE, DAY0 = 0, 1


class MarrowView(SplitView):
    """Shows what was opened; `entry_opened(id)` for a mark that is pressed, `entries_opened(ids)` for several."""

    entry_opened = Signal(str)
    entries_opened = Signal(tuple)

    def __init__(
        self,
        words: CriteriaWords,
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.side = MarrowSide()
        super().__init__(self.side, SIDE, parent)
        self._words, self._more = words, more_actions
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Marrow and persistence on their axis")
        self._facts: CourseFacts | None = None
        self.state = TimelineState(self)
        self.bar = CourseBar("Marrow and persistence", PARTS, self)
        self.head, self.pane = AxisHead(self.state, self), LevelsPane(self.state)
        self.response = self._lane()
        self.keys = AxisKeys(self.state, "marrow", self.open_at_focus, self)
        self.mouse = AxisMouse(self.state, self, self._words_at)
        self._lay_out()
        self.place_side()
        self.bar.part_asked.connect(self.show_part)
        self.bar.zoom_asked.connect(self.keys.zoom)
        self.state.changed.connect(self._moved)
        self.mouse.watch(self.response, self.pane)
        self.mouse.clicked.connect(self._clicked)
        self.side.evidence_asked.connect(self._open)

    def _lane(self) -> "LanesPane":
        """The plotting library, which draws its marks, is loaded now, unless it was before."""
        from bedside.ui.overview.lanes_pane import LanesPane

        return LanesPane(self.state)

    def _lay_out(self) -> None:
        self.area = scrolling_column(self.response, self.pane)
        self.left.addWidget(self.bar)
        self.left.addWidget(self.head)
        self.left.addWidget(self.area, 1)

    def show_opened(self, opened: "Opened", *, is_now: bool = True) -> None:
        """Show what was opened, from day 0 on where there is one."""
        self._facts = facts_of(opened, self._words.knowledge)
        self.state.is_now = is_now
        self.pane.show_levels(levels_of(self._facts))
        self.state.show(self._facts, (cd19_track(self._facts),))
        self.response.show_lanes((response_lane(self._facts),))
        day0 = self._facts.assessment.day0
        self.bar.allow(DAY0, day0 is not None, "There is no day 0 so far.")
        self._fit()
        self.show_part(WHOLE if day0 is None else DAY0)
        self.changed.emit()

    def show_part(self, place: int) -> None:
        """Show the whole course, or what follows day 0."""
        day0 = self.state.day0
        if place == DAY0 and day0 is not None:
            self.state.show_from(day0)
        else:
            self.state.show_all()
        self.bar.show_part(place)

    def _moved(self) -> None:
        self.bar.sentence.setText(self.state.sentence())
        if self._facts is not None:
            self.side.show_sections(side_sections(self._facts, self.pane.levels, self.state, self._words))

    def _under(self, at: QPointF) -> tuple[str, tuple[str, ...]]:
        """What lies under a point: its words and its entries."""
        item = self.response.item_at(QPointF(self.response.mapFrom(self, at)))
        if item is not None:
            return item.spoken, item.entries
        mark = self.pane.mark_at(QPointF(self.pane.mapFrom(self, at)))
        return ("", ()) if mark is None else (mark.spoken, (mark.entry,))

    def _words_at(self, at: QPointF) -> str:
        return self._under(at)[0]

    def _clicked(self, at: QPointF) -> None:
        self._open(self._under(at)[1])

    def open_at_focus(self) -> None:
        """Open every entry of the focus date; nothing happens on a day without one."""
        self._open(self.state.entries_at_focus())

    def _open(self, entries: tuple[str, ...]) -> None:
        if len(entries) > 1:
            self.entries_opened.emit(entries)
        elif entries:
            self.entry_opened.emit(entries[0])

    def clear(self) -> None:
        """Forget the patient."""
        self._facts = None
        self.response.clear()
        self.pane.show_levels(())
        self.state.clear()
        self.side.clear()
        self.bar.sentence.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip takes what the right column leaves."""
        super().resizeEvent(event)
        self.state.width = max(float(self.width() - self.side_area.minimumWidth() - 1 - LEFT - RIGHT), 120.0)
        self.state.changed.emit()
        self._fit()

    def _fit(self) -> None:
        self.pane.fit(self.area.viewport().height() - self.response.height())

    def help_name(self) -> str:
        """Help on this view."""
        return "marrow"

    def actions_offered(self) -> tuple[Action, ...]:
        """Entries, focus line, zoom."""
        return (*(self._more() if self._more is not None else ()), *self.keys.actions())

    def note(self) -> str:
        """What a hollow mark is."""
        return "▽ not detected, drawn at its limit of detection"

"""Owns the timeline: head, lanes and tracks on one axis, and how mouse and keys move it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.overview.axis_mouse import AxisMouse
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.course_lanes import lanes_of
from bedside.ui.overview.header import AxisHead
from bedside.ui.overview.lanes import Lane
from bedside.ui.overview.lanes_pane import LanesPane
from bedside.ui.overview.plots import TracksPane
from bedside.ui.overview.state import LEFT, RIGHT, TimelineState
from bedside.ui.overview.tracks import Track, tracks_of
from bedside.ui.widgets.scrolling import scrolling_column

Content = tuple[tuple[Lane, ...], tuple[Track, ...]]


def course_content(facts: CourseFacts) -> Content:
    """The lanes and tracks of a whole course."""
    return lanes_of(facts), tracks_of(facts)


class Timeline(QWidget):
    """Shows a course, or the part of it that `content` gives; `entry_opened(id)` when something on it is pressed.

    `entries_opened(ids)` for what stands for several entries, such as the bar of a block of drugs or the focus date.
    """

    entry_opened = Signal(str)
    entries_opened = Signal(tuple)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        content: Callable[[CourseFacts], Content] = course_content,
        clock: bool = False,
    ) -> None:
        super().__init__(parent)
        self._content = content
        self.state = TimelineState(self, clock=clock)
        self.head = AxisHead(self.state, self)
        self.lanes_pane = LanesPane(self.state)
        self.tracks_pane = TracksPane(self.state)
        self.lanes: tuple[Lane, ...] = ()
        self.mouse = AxisMouse(self.state, self, self.words_at)
        self.mouse.clicked.connect(self._clicked)
        self._lay_out()
        self.mouse.watch(self.lanes_pane, self.tracks_pane.graphics.viewport())

    def _lay_out(self) -> None:
        self.area = scrolling_column(self.lanes_pane, self.tracks_pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.area, 1)

    def show_course(self, facts: CourseFacts) -> None:
        """Show a course as of its point in time."""
        self.lanes, tracks = self._content(facts)
        self.state.show(facts, tracks)
        self.lanes_pane.show_lanes(self.lanes)
        self.tracks_pane.show_tracks(tracks)

    def scroll_down(self) -> None:
        """Show the tracks further down."""
        self._scroll(1)

    def scroll_up(self) -> None:
        """Show the lanes further up."""
        self._scroll(-1)

    def _scroll(self, direction: int) -> None:
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + direction * bar.pageStep() // 2)

    def scrolling(self, prefix: str, below: str) -> tuple[Action, ...]:
        """Scrolling, in the name of a view; below is the word of what lies further down."""
        return (
            Action(f"{prefix}.down", f"Scroll to the {below}", self.scroll_down, "PgDown", hint=below, caps=("PgDn",)),
            Action(f"{prefix}.up", "Scroll back up", self.scroll_up, "PgUp"),
        )

    def clear(self) -> None:
        """Forget the course."""
        self.lanes = ()
        self.state.clear()
        self.lanes_pane.clear()
        self.tracks_pane.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The strip takes the width that the names leave."""
        super().resizeEvent(event)
        self.state.width = max(float(self.width() - LEFT - RIGHT), 120.0)
        self.state.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the plots keep their colours until they are made anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.state.facts is not None:
            self.tracks_pane.show_tracks(self._content(self.state.facts)[1])

    def _under(self, at: QPointF) -> tuple[str, tuple[str, ...]]:
        """What lies under a point of the timeline: its words and its entries."""
        item = self.lanes_pane.item_at(QPointF(self.lanes_pane.mapFrom(self, at)))
        if item is not None:
            return item.spoken, item.entries
        value = self.tracks_pane.value_at(QPointF(self.tracks_pane.mapFrom(self, at)))
        return (value.spoken, (value.entry,)) if value is not None else ("", ())

    def words_at(self, at: QPointF) -> str:
        """The exact entry under a point, in words, or nothing."""
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

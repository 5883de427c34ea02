"""Owns how the keyboard moves along a time axis: the focus line by days and entries, more or less time."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from bedside.ui.actions import Action
from bedside.ui.overview.state import TimelineState

ZOOM = 0.85


class AxisKeys(QObject):
    """Moves one state; `open_at_focus` is what Enter does, `prefix` the view in the names of the actions."""

    def __init__(self, state: TimelineState, prefix: str, open_at_focus: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._prefix, self._open = state, prefix, open_at_focus

    def zoom_in(self) -> None:
        """Show less time around the focus line."""
        self.zoom(1)

    def zoom_out(self) -> None:
        """Show more time around the focus line."""
        self.zoom(-1)

    def zoom(self, direction: int) -> None:
        """Show less time (1) or more (−1) around the focus line."""
        self._state.zoom(ZOOM ** (2 * direction))

    def earlier(self) -> None:
        """Move the focus line a day back."""
        self._state.step_focus(-1)

    def later(self) -> None:
        """Move the focus line a day on."""
        self._state.step_focus(1)

    def entry_before(self) -> None:
        """Move the focus line to the entry before it."""
        self._state.step_entry(-1)

    def entry_after(self) -> None:
        """Move the focus line to the entry after it."""
        self._state.step_entry(1)

    def actions(self) -> tuple[Action, ...]:
        """Focus line, entry, zoom."""
        name, arrows = self._prefix, ("←", "→")
        line, entry = "Move the focus line a day", "Go to the entry"
        return (
            Action(f"{name}.earlier", f"{line} back", self.earlier, "Left", hint="focus line", caps=arrows),
            Action(f"{name}.later", f"{line} on", self.later, "Right"),
            Action(
                f"{name}.before",
                f"{entry} before",
                self.entry_before,
                "Ctrl+Left",
                hint="entry",
                caps=("Ctrl", *arrows),
            ),
            Action(f"{name}.after", f"{entry} after", self.entry_after, "Ctrl+Right"),
            Action(f"{name}.open", "Open the entries at the focus line", self._open, "Return", hint="open"),
            Action(f"{name}.in", "Show less time", self.zoom_in, "+", hint="zoom", caps=("+", "−")),
            Action(f"{name}.out", "Show more time", self.zoom_out, "-"),
        )

"""Owns the row of the ICE score: five items pressed as their points, and the total as it grows."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from bedside.ui.forms.lines import said
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.segments import HEIGHT, Option, Segments
from bedside.ui.widgets.labels import PlainLabel

ITEMS = {
    "orientation": ("Orientation: year, month, city, hospital", 4),
    "naming": ("Naming three objects", 3),
    "commands": ("Following a command", 1),
    "writing": ("Writing a sentence", 1),
    "attention": ("Counting back from 100 by ten", 1),
}


class IceRow(FieldRow):
    """All five items or none: a part of the score is no score."""

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self.items: dict[str, Segments] = {}
        for line, (name, (words, most)) in enumerate(ITEMS.items()):
            options = [Option(str(points), str(points)) for points in range(most + 1)]
            item = Segments(options, f"ICE, {words}", parent=self)
            item.changed.connect(self._changed)
            item.next_asked.connect(self._next)
            item.back_asked.connect(self._back)
            self.items[name] = item
            grid.addWidget(PlainLabel(words, 13, 400, "ink2", self), line, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(item, line, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(grid)
        column.addWidget(self.message)
        self.line.setContentsMargins(24, 9, 24, 9)
        self.line.addLayout(column, 1)
        self.line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.label.setMinimumHeight(HEIGHT)
        self._tell()

    @property
    def points(self) -> dict[str, int]:
        """The items that are scored."""
        return {name: int(item.chosen[0]) for name, item in self.items.items() if item.chosen}

    def _changed(self) -> None:
        self._tell()
        self.touched()

    def _tell(self) -> None:
        points = self.points
        if len(points) == len(ITEMS):
            self.show_message(said(f"ICE {sum(points.values())} of 10"))
        else:
            self.show_message(said("", f"{len(points)} of 5 items scored" if points else "all five items, or none"))

    def _position(self) -> int:
        items = list(self.items.values())
        return next((i for i, item in enumerate(items) if any(b.hasFocus() for b in item.buttons)), 0)

    def _next(self) -> None:
        items, place = list(self.items.values()), self._position()
        if place + 1 < len(items):
            items[place + 1].take_keyboard()
        else:
            self.next_asked.emit(self)

    def _back(self) -> None:
        items, place = list(self.items.values()), self._position()
        if place:
            items[place - 1].take_keyboard()
        else:
            self.back_asked.emit(self)

    def take_keyboard(self) -> None:
        """Into the first item."""
        next(iter(self.items.values())).take_keyboard()

    def settle(self) -> str:
        """A part of the score cannot be stored."""
        if 0 < len(self.points) < len(ITEMS):
            self.show_fault("ICE needs all five items. Score the rest, or leave all of them out.")
            return "incomplete"
        return ""

    def contribute(self, fields: dict[str, Any]) -> None:
        """The items, if all are scored."""
        if len(self.points) == len(ITEMS):
            fields[self.spec.name] = self.points

    def state(self) -> Any:
        """The points by item."""
        return self.points or None

    def restore(self, state: Any) -> None:
        """Score again."""
        if isinstance(state, Mapping):
            for name, points in state.items():
                self.items[name].choose([str(points)])
            self._tell()

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the items of an entry."""
        self.restore(fields.get(self.spec.name))

    def set_locked(self, locked: bool) -> None:
        """Keep the score as it is."""
        for item in self.items.values():
            item.set_locked(locked)

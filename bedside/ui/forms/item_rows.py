"""Owns the row of a score whose items are pressed as their points, its total, and that it was not done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bedside.ui.forms.boxes import NOT_DONE
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.lines import said
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.segments import HEIGHT, Option, Segments
from bedside.ui.forms.typed_number import NOT_DONE_STATE
from bedside.ui.widgets.labels import PlainLabel


@dataclass(frozen=True)
class Item:
    """One item: its name in a draft, its words, and its points in the order in which they stand."""

    name: str
    words: str
    points: Sequence[int]


class ItemsRow(FieldRow):
    """A grid of items above the row's message; Enter and the arrows go from item to item, X says not done."""

    tells_not_done = True
    items_of: tuple[Item, ...] = ()
    score = ""

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        self.items: dict[str, Segments] = {}
        for line, item in enumerate(self.items_of, start=1):
            self._add_item(item, line)
        self.grid.setColumnStretch(1, 1)
        self.not_done_button = KeyButton(NOT_DONE, lead="X", parent=self)
        self.not_done_button.setCheckable(True)
        self.not_done_button.setAccessibleName(f"{self.score} {NOT_DONE}")
        self.not_done_button.clicked.connect(self._not_done_pressed)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.message, 1)
        below.addWidget(self.not_done_button)
        self.column = QVBoxLayout()
        self.column.setSpacing(6)
        self.column.addLayout(self.grid)
        self.column.addLayout(below)
        self.line.setContentsMargins(24, 9, 24, 9)
        self.line.addLayout(self.column, 1)
        self.line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.label.setMinimumHeight(HEIGHT)

    def _add_item(self, item: Item, line: int) -> None:
        options = [Option(str(points), str(points)) for points in item.points]
        made = Segments(options, f"{self.score}, {item.words}", parent=self)
        made.changed.connect(self._changed)
        made.next_asked.connect(self._next)
        made.back_asked.connect(self._back)
        self.items[item.name] = made
        words = PlainLabel(item.words, 13, 400, "ink2", self)
        self.grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignVCenter)
        self.grid.addWidget(made, line, 1)

    @property
    def points(self) -> dict[str, int]:
        """The items that are scored."""
        return {name: int(item.chosen[0]) for name, item in self.items.items() if item.chosen}

    @property
    def is_complete(self) -> bool:
        """Whether every item is scored."""
        return len(self.points) == len(self.items)

    @property
    def not_done(self) -> bool:
        """Whether the score was asked for and not done."""
        return self.not_done_button.isChecked()

    def set_not_done(self, not_done: bool) -> None:
        """Say that it was asked for and not done, which takes every score away; or take that back."""
        self.not_done_button.setChecked(not_done)
        if not_done:
            for item in self.items.values():
                item.choose(())
        self.tell()

    def tell(self) -> None:
        """Say that it was not done, else the total, or how many items are scored."""
        if self.not_done:
            self.show_message(said(f"{self.score} {NOT_DONE}", ": asked for, and no score"))
        else:
            self.tell_score()

    def tell_score(self) -> None:
        """Say the total, or how many items are scored."""
        raise NotImplementedError

    def _not_done_pressed(self) -> None:
        self.set_not_done(self.not_done)
        self.touched()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """X in any item says not done, and takes it back."""
        if event.text().casefold() == NOT_DONE_STATE and self.not_done_button.isEnabled():
            self.not_done_button.click()
        else:
            super().keyPressEvent(event)

    def _changed(self) -> None:
        self.not_done_button.setChecked(False)
        self.tell()
        self.touched()

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

    def contribute(self, fields: dict[str, Any]) -> None:
        """That it was not done; a kind of score adds what it is."""
        if self.not_done:
            fields.setdefault("not_done", []).append(self.spec.name)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show that an entry says it was not done."""
        if self.spec.name in (fields.get("not_done") or ()):
            self.set_not_done(True)

    def state(self) -> Any:
        """The points by item, or "x" for not done."""
        return NOT_DONE_STATE if self.not_done else self.points or None

    def restore(self, state: Any) -> None:
        """Score again."""
        if state == NOT_DONE_STATE:
            self.set_not_done(True)
        if isinstance(state, Mapping):
            for name in self.items.keys() & state.keys():
                self.items[name].choose([str(state[name])])
            self.tell()

    def set_locked(self, locked: bool) -> None:
        """Keep the score as it is."""
        for item in self.items.values():
            item.set_locked(locked)
        self.not_done_button.setEnabled(not locked or self.not_done)

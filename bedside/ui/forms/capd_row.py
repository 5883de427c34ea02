"""Owns the row of the CAPD score: the total as typed, or eight items that add up to it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.ui.forms.boxes import Box, BoxState
from bedside.ui.forms.item_rows import Item, ItemsRow
from bedside.ui.forms.lines import said
from bedside.ui.forms.row import RowSpec
from bedside.ui.forms.segments import GAP
from bedside.ui.widgets.labels import PlainLabel

MOST = 32
HOW_OFTEN = ("never", "rarely", "some", "often", "always")
BUTTON = 42


class CapdRow(ItemsRow):
    """The chart keeps the total; the items help to reach it and are kept in the draft alone."""

    score = "CAPD"
    items_of = (
        Item("eye_contact", "Makes eye contact", range(4, -1, -1)),
        Item("purposeful", "Actions are purposeful", range(4, -1, -1)),
        Item("aware", "Aware of surroundings", range(4, -1, -1)),
        Item("communicates", "Communicates needs and wants", range(4, -1, -1)),
        Item("restless", "Restless", range(5)),
        Item("inconsolable", "Inconsolable", range(5)),
        Item("underactive", "Underactive while awake", range(5)),
        Item("slow", "Slow to respond", range(5)),
    )

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.box = Box("CAPD total, 0 to 32", self)
        self.box.setFixedWidth(120)
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.box.textChanged.connect(self._typed)
        self.box.next_asked.connect(self._box_next)
        self.box.back_asked.connect(self._box_back)
        self._from_items = False
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.box)
        top.addWidget(PlainLabel("of 32: the total, or the eight items below", 12, 400, "ink2", self), 1)
        self.column.insertLayout(0, top)
        self._add_heads()
        self.tell()

    def _add_heads(self) -> None:
        heads = QHBoxLayout()
        heads.setSpacing(GAP)
        for words in HOW_OFTEN:
            head = PlainLabel(words, 11, 400, "ink2", self)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            head.setFixedWidth(BUTTON)
            heads.addWidget(head)
        heads.addStretch(1)
        self.grid.addLayout(heads, 0, 1)

    def tell(self) -> None:
        """Say how many items are scored; a full set writes the total."""
        points, so_far = self.points, sum(self.points.values())
        if points:
            self._from_items = True
            self.box.setText(str(so_far) if self.is_complete else "")
            self._from_items = False
        if self.is_complete:
            self.show_message(said(f"CAPD {so_far} of 32"))
        elif points:
            self.show_message(said("", f"{len(points)} of 8 items scored, {so_far} points so far"))
        else:
            self.show_message(said(self.box.text() and f"CAPD {self.box.text()} of 32"))

    def _typed(self) -> None:
        self.box.set_state(BoxState.REST)
        if not self._from_items:
            for item in self.items.values():
                item.choose(())
            self.tell()
        self.touched()

    def _box_next(self) -> None:
        if self.box.text():
            self.next_asked.emit(self)
        else:
            super().take_keyboard()

    def _box_back(self) -> None:
        self.back_asked.emit(self)

    def _back(self) -> None:
        if self._position():
            super()._back()
        else:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Into the total."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)

    def _total(self) -> int | None:
        text = self.box.text().strip()
        return int(text) if text.isascii() and text.isdecimal() and int(text) <= MOST else None

    def settle(self) -> str:
        """A total is a whole number up to 32; a part of the items is no total."""
        if self.points and not self.is_complete:
            self.show_fault("CAPD needs all eight items. Score the rest, or type the total alone.")
            return "incomplete"
        if self.box.text().strip() and self._total() is None:
            self.box.set_state(BoxState.REFUSED)
            self.show_fault("Type a whole number from 0 to 32.")
            return "no total"
        return ""

    def contribute(self, fields: dict[str, Any]) -> None:
        """The total."""
        total = self._total()
        if total is not None and (self.is_complete or not self.points):
            fields[self.spec.name] = total

    def state(self) -> Any:
        """The items, else the total as typed."""
        return super().state() or self.box.text() or None

    def restore(self, state: Any) -> None:
        """Show total or items again."""
        if isinstance(state, str):
            self.box.setText(state)
        else:
            super().restore(state)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the total of an entry."""
        value = fields.get(self.spec.name)
        if value is not None:
            self.box.setText(str(value))

    def set_locked(self, locked: bool) -> None:
        """Keep the score as it is."""
        super().set_locked(locked)
        self.box.set_locked(locked)

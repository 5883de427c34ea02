"""Owns the row of the CAPD score: the total as typed, or eight items that add up to it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bedside.chart.bedside_signs import CAPD_TOTAL
from bedside.ui.forms.boxes import BoxState, NumberBox
from bedside.ui.forms.item_rows import Item, ItemsRow
from bedside.ui.forms.lines import said
from bedside.ui.forms.row import RowSpec
from bedside.ui.forms.segments import GAP
from bedside.ui.forms.typed_number import NOT_DONE_STATE
from bedside.ui.widgets.labels import PlainLabel

HOW_OFTEN = ("never", "rarely", "sometimes", "often", "always")
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
        self.box = NumberBox(f"CAPD total, 0 to {CAPD_TOTAL}", self)
        self.box.take_only(r"\d{0,2}")
        self.box.textChanged.connect(self._typed)
        self.box.inputRejected.connect(self._say_what_is_taken)
        self.box.not_done_changed.connect(self._box_not_done)
        self.box.left.connect(self._left)
        self.box.next_asked.connect(self._box_next)
        self.box.back_asked.connect(self._box_back)
        self._from_items = False
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.box)
        top.addWidget(PlainLabel(f"of {CAPD_TOTAL}: the total, or the eight items below", 12, 400, "ink2", self), 1)
        self.column.insertLayout(0, top)
        self._add_heads()
        self.tell()

    def _add_heads(self) -> None:
        heads = QWidget(self)
        heads.setFixedHeight(16)
        for place, words in enumerate(HOW_OFTEN):
            head = PlainLabel(words, 11, 400, "ink2", heads)
            head.adjustSize()
            head.move(round(place * (BUTTON + GAP) + (BUTTON - head.width()) / 2), 0)
        self.grid.addWidget(heads, 0, 1)

    def set_not_done(self, not_done: bool) -> None:
        """Say it in the box of the total too."""
        self.not_done_button.setChecked(not_done)
        self.box.set_not_done(not_done)
        super().set_not_done(not_done)

    def _box_not_done(self) -> None:
        if self.box.not_done != self.not_done:
            self.set_not_done(self.box.not_done)
            self.touched()

    def _changed(self) -> None:
        self.box.set_not_done(False)
        super()._changed()

    def tell_score(self) -> None:
        """Say how many items are scored; a full set writes the total."""
        points, so_far = self.points, sum(self.points.values())
        if points:
            self._from_items = True
            self.box.setText(str(so_far) if self.is_complete else "")
            self._from_items = False
        if self.is_complete:
            self.show_message(said(f"CAPD {so_far} of {CAPD_TOTAL}"))
        elif points:
            self.show_message(said("", f"{len(points)} of 8 items scored, {so_far} points so far"))
        elif not self._total_fault():
            self.show_message(said(self.box.text() and f"CAPD {self.box.text()} of {CAPD_TOTAL}"))

    def _total_fault(self) -> str:
        """Show at once that a total cannot be one."""
        wrong = bool(self.box.text()) and self._total() is None
        if not self.box.not_done:
            self.box.set_state(BoxState.REFUSED if wrong else BoxState.REST)
        if wrong:
            self.show_fault(f"CAPD goes from 0 to {CAPD_TOTAL}.")
        return "no total" if wrong else ""

    def _say_what_is_taken(self) -> None:
        if self.box.state is not BoxState.REFUSED:
            self.show_not_taken(f"a whole number from 0 to {CAPD_TOTAL}, or X for not done")

    def _typed(self) -> None:
        if not self._from_items:
            for item in self.items.values():
                item.choose(())
            self.not_done_button.setChecked(self.box.not_done)
            self.tell()
        self.touched()

    def _box_next(self) -> None:
        if self._total_fault():
            self.box.selectAll()
        elif self.box.text() or self.not_done:
            self.next_asked.emit(self)
        else:
            super().take_keyboard()

    def _left(self) -> None:
        if self.box.state is not BoxState.REFUSED:
            self.tell()

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
        return int(text) if text.isascii() and text.isdecimal() and int(text) <= CAPD_TOTAL else None

    def settle(self) -> str:
        """A total is a whole number within the score; a part of the items is no total."""
        if self.points and not self.is_complete:
            self.show_fault("CAPD needs all eight items. Score the rest, or type the total alone.")
            return "incomplete"
        return self._total_fault()

    def contribute(self, fields: dict[str, Any]) -> None:
        """The total, or that it was not done."""
        super().contribute(fields)
        total = self._total()
        if total is not None and (self.is_complete or not self.points):
            fields[self.spec.name] = total

    def state(self) -> Any:
        """The items, else the total as typed."""
        return super().state() or self.box.text() or None

    def restore(self, state: Any) -> None:
        """Show total or items again."""
        if isinstance(state, str) and state != NOT_DONE_STATE:
            self.box.setText(state)
        else:
            super().restore(state)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the total of an entry."""
        super().load(fields)
        value = fields.get(self.spec.name)
        if value is not None:
            self.box.setText(str(value))

    def set_locked(self, locked: bool) -> None:
        """Keep the score as it is."""
        super().set_locked(locked)
        self.box.set_locked(locked)

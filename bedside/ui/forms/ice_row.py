"""Owns the row of the ICE score: five items, all of them or none."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from bedside.chart.bedside_signs import ICE_MOST, ICE_TOTAL
from bedside.ui.forms.item_rows import Item, ItemsRow
from bedside.ui.forms.lines import said
from bedside.ui.forms.row import RowSpec


def _points(item: str) -> range:
    return range(ICE_MOST[item] + 1)


class IceRow(ItemsRow):
    """All five items or none: a part of the score is no score."""

    score = "ICE"
    items_of = (
        Item("orientation", "Orientation: year, month, city, hospital", _points("orientation")),
        Item("naming", "Naming three objects", _points("naming")),
        Item("commands", "Following a command", _points("commands")),
        Item("writing", "Writing a sentence", _points("writing")),
        Item("attention", "Counting back from 100 by ten", _points("attention")),
    )

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.tell()

    def tell_score(self) -> None:
        """Say the total, or how many items are scored."""
        points = self.points
        if self.is_complete:
            self.show_message(said(f"ICE {sum(points.values())} of {ICE_TOTAL}"))
        else:
            self.show_message(said("", f"{len(points)} of 5 items scored" if points else "all five items, or none"))

    def settle(self) -> str:
        """A part of the score cannot be stored."""
        if self.points and not self.is_complete:
            self.show_fault("ICE needs all five items. Score the rest, or leave all of them out.")
            return "incomplete"
        return ""

    def contribute(self, fields: dict[str, Any]) -> None:
        """The items, if all are scored."""
        super().contribute(fields)
        if self.is_complete:
            fields[self.spec.name] = self.points

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the items of an entry."""
        super().load(fields)
        self.restore(fields.get(self.spec.name))

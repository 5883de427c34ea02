"""Owns where the items of one lane lie: their places on the axis and the width of their words, worked out once."""

from typing import Any, NamedTuple

import numpy as np

from bedside.ui.lettering import Run
from bedside.ui.overview.lanes import PITCH, Item, Lane, Shape
from bedside.ui.overview.placing import Place, Wish, packed, placed
from bedside.ui.overview.shapes import BARS, RADIUS
from bedside.ui.overview.state import LEFT, RIGHT, TimelineState
from bedside.ui.paragraph import advance

WHOLE_DAYS = frozenset({Shape.BAR, Shape.PHASE, Shape.GRADE})
CROWDED = 48
"""From so many items in view on, words stand inside bars or nowhere; they come back when fewer are in view."""

MOST_ROWS = 6
THINNED_TO = 2.0
"""Marks of one shape that lie nearer than this, in px, are painted once in a crowded lane."""


class Laid(NamedTuple):
    """An item where it is drawn: the middle of its row, its edges and the place of its words."""

    item: Item
    y: float
    left: float
    right: float
    place: Place
    painted: bool = True

    @property
    def words_y(self) -> float:
        """The middle of the row in which its words stand."""
        return self.y + (PITCH if self.place.below else 0.0)


class Strip:
    """One lane on the axis that is shown."""

    def __init__(self, lane: Lane, state: TimelineState) -> None:
        assert state.axis is not None
        self.lane, self._state = lane, state
        at = state.axis.at
        items = lane.items
        self._starts = np.array([at(item.start) + item.begins for item in items])
        self._stops = np.array([at(item.end) + item.ends + (item.shape in WHOLE_DAYS) for item in items])
        self._least = np.array([2.0 if item.shape in BARS else 0.0 for item in items])
        self._wishes = [_wish_of(item, lane) for item in items]

    def lay(self, top: float) -> list[Laid]:
        """Every item that is in view, in a lane whose upper edge is there."""
        state = self._state
        found = self._in_view()
        crowded = len(found) >= CROWDED
        day0 = None if crowded or state.day0 is None else state.day0_x
        wishes = [self._wish(*one, day0) for one in found]
        edges = (float(LEFT), LEFT + state.width + RIGHT - 12)
        places = packed(wishes, edges, MOST_ROWS) if crowded else placed(wishes, edges)
        laid: list[Laid] = []
        drawn: dict[Shape, float] = {}
        for (number, left, right), place in zip(found, places, strict=True):
            item = self.lane.items[number]
            painted = not crowded or item.shape in BARS or left - drawn.get(item.shape, -1e9) >= THINNED_TO
            if painted:
                drawn[item.shape] = left
            laid.append(Laid(item, top + (place.row + 0.5) * self.lane.pitch, left, right, place, painted))
        return laid

    def _in_view(self) -> list[tuple[int, float, float]]:
        """The number of each item that is in view with its left and right edge, in px."""
        low, day, end = self._state.visible.low, self._state.day_wide, LEFT + self._state.width
        left, right = LEFT + (self._starts - low) * day, LEFT + (self._stops - low) * day
        right = np.maximum(right, left + self._least)
        seen = np.flatnonzero((right >= LEFT - 1) & (left <= end + 1))
        edges = np.maximum(left[seen], LEFT - 4.0), np.minimum(right[seen], end + 4.0)
        return list(zip(seen.tolist(), *(edge.tolist() for edge in edges), strict=True))

    def _wish(self, number: int, left: float, right: float, day0: float | None) -> Wish:
        mark, bar, sides = self._wishes[number]
        return Wish._make((left - mark, right + mark, *sides, day0 if bar else None))


def _wish_of(item: Item, lane: Lane) -> tuple[float, bool, tuple[Any, ...]]:
    """How far a mark reaches from its place, whether the item is a bar, and what its wish holds after the edges."""
    bar = item.shape in BARS
    short = advance([Run(item.short, 12)]) if item.short else 0.0
    below = lane.closed_up and (item.end > item.start or item.shape is Shape.CURRENT)
    sides = (lane.labels_left, item.on_top, lane.closed_up, below)
    return 0.0 if bar else RADIUS, bar, (advance(runs_of(item, outside=True)), short, bar, *sides)


def runs_of(item: Item, *, short: bool = False, outside: bool = False) -> list[Run]:
    """The words of an item; beside it they are in ink where inside they would be in the colour of the sheet."""
    tone = "ink" if outside and item.tone == "sheet" else item.tone
    if short:
        return [Run(item.short, 12, 400, tone)]
    runs = [Run(item.strong, 12, 600, tone)] if item.strong else []
    if item.soft:
        runs.append(Run(f" {item.soft}" if runs else item.soft, 12, 400, "ink2" if runs else tone))
    return runs

"""Owns how bars, marks and their labels share a lane: inside the bar, else right, else left, else a further row."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from reportlab.lib.colors import Color

from bedside.report.frame import Run, runs_width

LABEL_SIZE = 7.0
_GAP = 3.0
_MARK_HALF = 3.4
_CLEAR = 1.5


class Mark(Enum):
    """How an item is drawn."""

    BAR = "bar"
    SPAN = "span"
    SQUARE_FULL = "full square"
    SQUARE_EMPTY = "empty square"
    DOT = "dot"
    TRIANGLE = "triangle"
    GRADE = "grade in a box"


@dataclass(frozen=True)
class Item:
    """One thing on a lane with its first day, from x `start` to `end`, and the runs of its label."""

    mark: Mark
    day: date
    start: float
    end: float
    label: tuple[Run, ...] = ()
    fill: Color | None = None
    open_ended: bool = False
    grade: str = ""

    @property
    def shape(self) -> tuple[float, float]:
        """The stretch that the drawn shape takes."""
        if self.mark in {Mark.BAR, Mark.SPAN}:
            return self.start, self.end
        return self.start - _MARK_HALF, self.start + _MARK_HALF


@dataclass(frozen=True)
class Placed:
    """An item with its row and where its label starts (None: no room was found)."""

    item: Item
    row: int
    label_x: float | None
    inside: bool = False

    @property
    def label_span(self) -> tuple[float, float]:
        """The stretch that the words take; none of it without them."""
        if self.label_x is None:
            return self.item.start, self.item.start
        return self.label_x, self.label_x + runs_width(self.item.label, LABEL_SIZE)


@dataclass
class _Row:
    taken: list[tuple[float, float]] = field(default_factory=list)
    shapes: list[tuple[float, float]] = field(default_factory=list)

    def free(self, start: float, end: float) -> bool:
        return _is_clear(start, end, self.taken)

    def take(self, item: Item, start: float, end: float) -> None:
        self.taken.append((start - _CLEAR, end + _CLEAR))
        self.shapes.append(item.shape)


def place(items: Sequence[Item], bounds: tuple[float, float], avoid: Sequence[float], rows: int) -> list[Placed]:
    """Return the items with their rows (at most `rows`) and label places within `bounds`, clear of the lines `avoid`.

    An item for which no row has room keeps its shape and loses its label, as does a label that would lie over it.
    """
    taken = [_Row() for _ in range(rows)]
    placed = [_place_one(item, taken, bounds, avoid) for item in items]
    return [_without_words_over(one, placed) for one in placed]


def _without_words_over(one: Placed, placed: Sequence[Placed]) -> Placed:
    shapes = [other.item.shape for other in placed if other.row == one.row and other is not one]
    return one if _is_clear(*one.label_span, shapes) else replace(one, label_x=None)


def _is_clear(start: float, end: float, taken: Sequence[tuple[float, float]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _place_one(item: Item, taken: list[_Row], bounds: tuple[float, float], avoid: Sequence[float]) -> Placed:
    start, end = item.shape
    for strict in (avoid, ()):
        for number, row in enumerate(taken):
            if not row.free(start, end):
                continue
            found = _label_place(item, row, bounds, strict)
            if found is not None:
                label_x, inside = found
                row.take(item, min(start, label_x), max(end, label_x + runs_width(item.label, LABEL_SIZE)))
                return Placed(item, number, label_x if item.label else None, inside)
    clear = [n for n, row in enumerate(taken) if row.free(start, end)]
    over_words = [n for n, row in enumerate(taken) if _is_clear(start, end, row.shapes)]
    number = clear[0] if clear else over_words[-1] if over_words else len(taken) - 1
    taken[number].take(item, start, end)
    return Placed(item, number, None)


def _label_place(
    item: Item, row: _Row, bounds: tuple[float, float], avoid: Sequence[float]
) -> tuple[float, bool] | None:
    length = runs_width(item.label, LABEL_SIZE)
    start, end = item.shape
    if not item.label:
        return start, True
    if item.mark in {Mark.BAR, Mark.SPAN} and length + 2 * _GAP <= end - start:
        return start + _GAP, True
    for label_x in (end + _GAP, start - _GAP - length):
        inside_bounds = bounds[0] <= label_x and label_x + length <= bounds[1]
        crossed = any(label_x - 1 < line < label_x + length + 1 for line in avoid)
        if inside_bounds and not crossed and row.free(label_x, label_x + length):
            return label_x, False
    return None

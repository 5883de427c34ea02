"""Owns where words go on a lane so that nothing collides: inside a bar, else right, else left, else a row below."""

from collections.abc import Sequence
from dataclasses import dataclass, field

GAP = 5.0
AIR = 6.0
INSIDE_PAD = 6.0


@dataclass(frozen=True)
class Wish:
    """An item in pixels: its edges, the width of its words and of their short form, the side they like to stand on."""

    left: float
    right: float
    words: float
    short: float = 0.0
    inside: bool = False
    prefer_left: bool = False


@dataclass(frozen=True)
class Place:
    """The row of an item and where its words begin; `short` when only their short form has room; None: no words."""

    row: int
    words_at: float | None
    short: bool = False
    inside: bool = False


@dataclass
class _Row:
    taken: list[tuple[float, float]] = field(default_factory=list)

    def free(self, low: float, high: float) -> bool:
        return all(high <= a or low >= b for a, b in self.taken)


def placed(wishes: Sequence[Wish], edges: tuple[float, float]) -> list[Place]:
    """The place of each wish, in the order given (by time); words stay between the edges where they can."""
    rows: list[_Row] = []
    return [_place(wish, rows, edges) for wish in wishes]


def _place(wish: Wish, rows: list[_Row], edges: tuple[float, float]) -> Place:
    for number, row in enumerate(rows):
        found = _in_row(wish, row, edges)
        if found is not None:
            return _take(wish, row, number, found)
    rows.append(_Row())
    found = _in_row(wish, rows[-1], edges) or (_beyond_edge(wish, edges), False, False)
    return _take(wish, rows[-1], len(rows) - 1, found)


def _beyond_edge(wish: Wish, edges: tuple[float, float]) -> float:
    """Where words go that fit neither side within the edges: over the item itself, pushed inside."""
    return max(edges[0], min(wish.right + GAP, edges[1] - wish.words))


def _in_row(wish: Wish, row: _Row, edges: tuple[float, float]) -> tuple[float | None, bool, bool] | None:
    low, high = edges
    if not row.free(wish.left - 1, wish.right + 1):
        return None
    if not wish.words:
        return None, False, False
    if wish.inside:
        room = min(wish.right, high) - max(wish.left, low) - 2 * INSIDE_PAD
        start = max(wish.left, low) + INSIDE_PAD
        if wish.words <= room:
            return start, False, True
        if wish.short and wish.short <= room + INSIDE_PAD:
            return start - INSIDE_PAD / 2, True, True
    right = wish.right + GAP
    left = wish.left - GAP - wish.words
    order = (left, right) if wish.prefer_left else (right, left)
    for start in order:
        if start >= low and start + wish.words <= high and row.free(start - AIR / 2, start + wish.words + AIR / 2):
            return start, False, False
    return None


def _take(wish: Wish, row: _Row, number: int, found: tuple[float | None, bool, bool]) -> Place:
    start, short, inside = found
    row.taken.append((wish.left - 2, wish.right + 2))
    if start is not None and not inside:
        row.taken.append((start - AIR / 2, start + wish.words + AIR / 2))
    return Place(number, start, short, inside)

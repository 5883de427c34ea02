"""Owns where words go on a lane so that nothing collides: inside a bar, else right, else left, else a row below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

GAP = 5.0
AIR = 6.0
INSIDE_PAD = 6.0


class Wish(NamedTuple):
    """An item in pixels: its edges, the width of its words and of their short form, the side they like to stand on.

    One `on_top` stands in the row of the item before it; of one `closed_up` words stand inside, or `below` it, or
    nowhere. Words change sides where they would cross the `line`, which has a place there.
    """

    left: float
    right: float
    words: float
    short: float = 0.0
    inside: bool = False
    prefer_left: bool = False
    on_top: bool = False
    closed_up: bool = False
    below: bool = False
    line: float | None = None


class Place(NamedTuple):
    """The row of an item and where its words begin; `short` when only their short form has room; None: no words.

    Words `below` stand in the row beneath that of their item.
    """

    row: int
    words_at: float | None
    short: bool = False
    inside: bool = False
    below: bool = False

    @property
    def rows(self) -> int:
        """How many rows the lane needs for it."""
        return self.row + 1 + self.below


@dataclass
class _Row:
    taken: list[tuple[float, float]] = field(default_factory=list)

    def free(self, low: float, high: float) -> bool:
        return all(high <= a or low >= b for a, b in self.taken)


def placed(wishes: Sequence[Wish], edges: tuple[float, float]) -> list[Place]:
    """The place of each wish, in the order given (by time); words stay between the edges where they can."""
    rows: list[_Row] = []
    places: list[Place] = []
    for wish in wishes:
        above = places[-1].row if wish.on_top and places else 0
        places.append(_place(wish, rows, edges, above))
    return _with_words_below(wishes, places, edges)


def _with_words_below(wishes: Sequence[Wish], places: list[Place], edges: tuple[float, float]) -> list[Place]:
    """Give items that are too narrow for their words these beneath them where they have room, the newest item first."""
    under = _Row()
    for number, wish in reversed(list(enumerate(wishes))):
        if wish.below and wish.words and places[number].words_at is None:
            for width in filter(None, (wish.words, wish.short)):
                start = min(max((wish.left + wish.right - width) / 2, edges[0]), edges[1] - width)
                if under.free(start - AIR / 2, start + width + AIR / 2):
                    under.taken.append((start - AIR / 2, start + width + AIR / 2))
                    short = width != wish.words
                    places[number] = places[number]._replace(words_at=start, short=short, below=True)
                    break
    return places


def packed(wishes: Sequence[Wish], edges: tuple[float, float], rows: int) -> list[Place]:
    """The places where so many lie side by side that their words could not be told apart: inside bars or nowhere.

    An item stands in the first row whose last one has ended, in the last row where none has: it may hide others.
    """
    ends: list[float] = []
    places: list[Place] = []
    for wish in wishes:
        row = places[-1].row if wish.on_top and places else 0 if wish.closed_up else _first_free(ends, wish.left, rows)
        ends += [wish.right] * (row + 1 - len(ends))
        ends[row] = max(ends[row], wish.right)
        spot = _inside(wish, edges) if wish.inside and wish.words else None
        places.append(Place(row, spot.start, spot.short, inside=True) if spot else Place(row, None))
    return places


def _first_free(ends: Sequence[float], left: float, rows: int) -> int:
    for row, end in enumerate(ends):
        if end < left:
            return row
    return min(len(ends), rows - 1)


def _place(wish: Wish, rows: list[_Row], edges: tuple[float, float], first: int) -> Place:
    for number, row in enumerate(rows):
        found = _in_row(wish, row, edges) if number >= first else None
        if found is not None:
            return _take(wish, row, number, found)
    rows.append(_Row())
    found = _in_row(wish, rows[-1], edges) or Spot(_beyond_edge(wish, edges))
    return _take(wish, rows[-1], len(rows) - 1, found)


@dataclass(frozen=True)
class Spot:
    """Where words begin in a row, whether they are the short ones, and whether they stand inside the item."""

    start: float | None
    short: bool = False
    inside: bool = False


def _beyond_edge(wish: Wish, edges: tuple[float, float]) -> float:
    """Where words go that fit neither side within the edges: over the item itself, pushed inside."""
    return max(edges[0], min(wish.right + GAP, edges[1] - wish.words))


def _in_row(wish: Wish, row: _Row, edges: tuple[float, float]) -> Spot | None:
    if not (wish.on_top or wish.closed_up) and not row.free(wish.left - 1, wish.right + 1):
        return None
    if not wish.words:
        return Spot(None)
    inside = _inside(wish, edges) if wish.inside else None
    if inside is not None or wish.closed_up:
        return inside or Spot(None)
    return _beside(wish, wish.words, row, edges) or _short_beside(wish, row, edges)


def _short_beside(wish: Wish, row: _Row, edges: tuple[float, float]) -> Spot | None:
    if not wish.short or wish.inside:
        return None
    found = _beside(wish, wish.short, row, edges)
    return Spot(found.start, short=True) if found is not None else None


def _inside(wish: Wish, edges: tuple[float, float]) -> Spot | None:
    start = max(wish.left, edges[0]) + INSIDE_PAD
    room = min(wish.right, edges[1]) - start - INSIDE_PAD
    if wish.words <= room:
        return Spot(start, inside=True)
    if wish.words <= room + INSIDE_PAD:
        return Spot(start - INSIDE_PAD / 2, inside=True)
    if wish.short and wish.short <= room + INSIDE_PAD:
        return Spot(start - INSIDE_PAD / 2, short=True, inside=True)
    return None


def _beside(wish: Wish, width: float, row: _Row, edges: tuple[float, float]) -> Spot | None:
    right, left = wish.right + GAP, wish.left - GAP - width
    sides = [left, right] if wish.prefer_left else [right, left]
    if wish.line is not None:
        sides.sort(key=lambda start: start < (wish.line or 0) < start + width)
    for start in sides:
        if start >= edges[0] and start + width <= edges[1] and row.free(start - AIR / 2, start + width + AIR / 2):
            return Spot(start)
    return None


def _take(wish: Wish, row: _Row, number: int, found: Spot) -> Place:
    row.taken.append((wish.left - 2, wish.right + 2))
    if found.start is not None and not found.inside:
        width = wish.short if found.short else wish.words
        row.taken.append((found.start - AIR / 2, found.start + width + AIR / 2))
    return Place(number, found.start, found.short, found.inside)

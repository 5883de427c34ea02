"""Owns what lies on the lanes of the course: pathway, events, therapies, samples, aplasia, signs, infections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shape(StrEnum):
    """How an item is drawn."""

    BAR = "bar"
    PHASE = "phase"
    CURRENT = "current"
    SPAN = "span"
    DISC = "disc"
    FALL = "fall"
    SQUARE = "square"
    SQUARE_EMPTY = "square_empty"
    LIMIT = "limit"
    DIAMOND = "diamond"
    UP = "up"
    LOSS = "loss"
    TICK = "tick"
    UNSURE = "unsure"


SHORT_PHASES = {"lymphodepletion": "LD", "early monitoring": "Early", "follow-up": "Follow-up"}


@dataclass(frozen=True)
class Item:
    """Something from a day to a day (the same for a mark): bold and plain words beside it, the entries it stands for.

    fill is the colour token of a bar; a `short` form of the words is used inside a bar that is too narrow for them.
    """

    shape: Shape
    start: date
    end: date
    strong: str = ""
    soft: str = ""
    short: str = ""
    fill: str = "bar1"
    tone: str = "ink"
    open_ended: bool = False
    entries: tuple[str, ...] = ()
    spoken: str = ""


@dataclass(frozen=True)
class Lane:
    """A named row of items; `ruled` draws a line above it, `empty` stands in it while it has no item."""

    name: str
    items: tuple[Item, ...]
    ruled: bool = False
    empty: str = ""
    labels_left: bool = False

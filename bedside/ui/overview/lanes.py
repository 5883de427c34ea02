"""Owns what lies on the lanes of the course: pathway, events, therapies, samples, aplasia, signs, infections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bedside.chart.base import Entry
from bedside.chart.describe import describe
from bedside.chart.formats import at_text


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
    PART = "part"
    GRADE = "grade"
    WORDS = "words"


def told(entry: Entry) -> str:
    """An entry with its date, in words."""
    return f"{at_text(entry.at)}: {describe(entry)}"


PITCH = 21.0
SHORT_PHASES = {
    "referral": "Ref.",
    "lymphodepletion": "LD",
    "early monitoring": "Early",
    "infusion": "",
    "closed": "Closed",
}


@dataclass(frozen=True)
class Item:
    """Something from a day to a day (the same for a mark): bold and plain words beside it, the entries it stands for.

    fill is the colour token of a bar; `short` is used where there is no room for the words; an item `on_top` stands
    on the one before it. `begins` and `ends` are parts of the day where the axis shows hours. A grade fills its day.
    `about` are entries whose own words are `spoken`, put together only when they are asked for.
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
    on_top: bool = False
    entries: tuple[str, ...] = ()
    said: str = ""
    about: tuple[Entry, ...] = ()
    begins: float = 0.0
    ends: float = 0.0
    grade: int | None = None

    @property
    def spoken(self) -> str:
        """The item in words: what is said of it, else its entries."""
        return self.said or "; ".join(map(told, self.about))


def mark(entry: Entry, shape: Shape, *, strong: str = "", soft: str = "", short: str = "") -> Item:
    """A mark on the day of an entry, with its words."""
    day = entry.at.day
    return Item(shape, day, day, strong, soft, short, entries=(entry.id,), about=(entry,))


@dataclass(frozen=True)
class Lane:
    """A named row of items; `ruled` draws a line above it, `empty` stands in it while it has no item.

    In a `closed_up` lane items follow each other without a gap: words stand inside them, or beneath narrow ones.
    """

    name: str
    items: tuple[Item, ...]
    ruled: bool = False
    empty: str = ""
    labels_left: bool = False
    closed_up: bool = False
    pitch: float = PITCH

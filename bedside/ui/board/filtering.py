"""Owns which rows of the ward board are shown, in which order, and the sentence that says so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bedside.ui.board.lines import RANKS, STEPS, BoardLine

CHIPS = (
    ("open", "all open"),
    ("moved", "class moved in 7 days"),
    ("rose", "grade rose in 24 h"),
    ("overdue", "overdue"),
    ("blocked", "next step blocked"),
    ("new", "new to you"),
    ("conflicts", "in conflict"),
    ("closed", "closed or gone"),
)
ATTENTION = -1
ATTENTION_WORDS = "attention (conflict, grade that alerts or rises, class moved, overdue), then by distance from day 0"
_FAR = 10**6


@dataclass(frozen=True)
class Column:
    """How a column sorts: its word, how it runs from top to bottom at first and turned round, and what it sorts by.

    value is None where nothing is known, which stands last whichever way the column runs. falls says that the first
    way begins with the most.
    """

    word: str
    way: str
    turned: str
    value: Callable[[BoardLine], Any]
    falls: bool = False


@dataclass(frozen=True)
class Showing:
    """The state of the list: which chip, which typed text, which column sorts (ATTENTION: none) and which way.

    descending turns the column's first way round.
    """

    chip: str = "open"
    typed: str = ""
    column: int = ATTENTION
    descending: bool = False

    @property
    def falls(self) -> bool:
        """Whether the most stands first in the column that sorts."""
        return self.column != ATTENTION and COLUMNS[self.column].falls is not self.descending


def by_chip(lines: Iterable[BoardLine]) -> dict[str, list[BoardLine]]:
    """The rows that each chip keeps, in the order given."""
    kept: dict[str, list[BoardLine]] = {chip: [] for chip, _word in CHIPS}
    for line in lines:
        for chip in line.lists:
            kept[chip].append(line)
    return kept


def ordered(lines: Sequence[BoardLine], showing: Showing) -> list[BoardLine]:
    """Every row in the order of the column that sorts."""
    if showing.column == ATTENTION:
        return sorted(lines, key=attention)
    value = COLUMNS[showing.column].value
    by_name = sorted(lines, key=_by_name)
    known = [line for line in by_name if value(line) is not None]
    return [*sorted(known, key=value, reverse=showing.falls), *(line for line in by_name if value(line) is None)]


def found(lines: Sequence[BoardLine], typed: str) -> Sequence[BoardLine]:
    """The rows that typed words keep, in the order given; every word must be found in a row."""
    for word in typed.casefold().split():
        lines = [line for line in lines if word in line.searched]
    return lines


@lru_cache(maxsize=8192)
def attention(line: BoardLine) -> tuple[Any, ...]:
    """The default order: conflicts, grades, classes that moved (high first), overdue or blocked, near day 0."""
    moved = RANKS[line.risk] if line.moved else -1
    distance = abs(line.day) if line.day is not None else _FAR
    waits = not (line.overdue or line.blockers)
    return (not line.conflicts, not line.grade_asks, -moved, waits, distance, *_by_name(line))


def _by_name(line: BoardLine) -> tuple[Any, ...]:
    return (line.family.casefold(), line.given.casefold(), line.mrn)


_WORST, _LETTERS = ("worst first", "mildest first"), ("from A to Z", "from Z to A")
COLUMNS = (
    Column("family name", *_LETTERS, _by_name),
    Column("day", "lowest first", "highest first", lambda line: line.day),
    Column("pathway", "first step first", "last step first", lambda line: STEPS.get(line.phase, 0)),
    Column("product", *_LETTERS, lambda line: line.product or None),
    Column("class", "high risk first", "low risk first", lambda line: RANKS[line.risk], falls=True),
    Column("CRS", *_WORST, lambda line: line.crs.worst if line.crs else None, falls=True),
    Column("ICANS", *_WORST, lambda line: line.icans.worst if line.icans else None, falls=True),
    Column("last entry", "newest first", "oldest first", lambda line: line.touched, falls=True),
    Column("next due", "earliest first", "latest first", lambda line: line.next_due.due if line.next_due else None),
)


def sentence(lines: Sequence[BoardLine], showing: Showing, count: int) -> str:
    """What the list shows, in words: how many of how many, the filter, the order, and what is not shown."""
    away = sum(line.away for line in lines)
    ended = "closed or gone" if any(line.gone for line in lines) else "closed"
    among = away if showing.chip == "closed" else len(lines) - away
    kind = ended if showing.chip == "closed" else "open"
    if showing.chip == "conflicts":
        among, kind = len(lines), ""
    noun = " ".join(word for word in (kind, "course" if among == 1 else "courses") if word)
    chip = dict(CHIPS)[showing.chip]
    filters = [f"only {chip}"] if showing.chip not in ("open", "closed") else []
    filters += [f"only rows with “{showing.typed.strip()}”"] if showing.typed.strip() else []
    parts = [f"{count} of {among} {noun} shown", " and ".join(filters) or "no filter", f"sorted by {_order(showing)}"]
    if showing.chip not in ("closed", "conflicts"):
        parts += [f"{away} {ended} {'course' if away == 1 else 'courses'} not shown"] if away else []
    elif showing.chip == "closed" and len(lines) - away:
        parts += [f"{len(lines) - away} open not shown"]
    return " · ".join(parts)


def _order(showing: Showing) -> str:
    if showing.column == ATTENTION:
        return ATTENTION_WORDS
    column = COLUMNS[showing.column]
    return f"{column.word}, {column.turned if showing.descending else column.way}"

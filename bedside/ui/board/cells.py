"""Owns what each cell of a row holds: paragraphs of runs, a sign before them, or the pathway strip above them."""

from dataclasses import dataclass
from functools import lru_cache

from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN
from bedside.ui.board.lines import RANKS, STEPS, BoardLine, Grade
from bedside.ui.lettering import Run
from bedside.ui.painting import CLASS_TOKENS, GRADE_HEIGHT
from bedside.ui.paragraph import Line, block_height
from bedside.ui.signs import CLASS_SIGNS, Sign

HEADS = (
    "Patient",
    "Day, day 0",
    "Pathway",
    "Product",
    "Risk of needing HSCT",
    "CRS",
    "ICANS",
    "Last entry",
    "Next due, overdue",
)
TIGHT = (190, 92, 94, 116, 138, 48, 52, 66)
NARROW = (266, 90, 196, 124, 176, 52, 58, 74)
WIDE = (328, 92, 204, 172, 212, 56, 60, 96)
NARROW_FROM, WIDE_FROM = 1250, 1440
TIGHT_LAST, LAST_LOWEST = 150, 214
"""How narrow the last column may become: nothing of it lies beyond the edge of a window at 200 %."""

MARGIN = 24
GAP = 8
SIGN_ROOM = 22
STRIP_ROOM = 15
PADDING = 6
ARROW_ROOM = "\u2003"
LOWEST = 48


@dataclass(frozen=True)
class Cell:
    """One cell: its paragraphs, a sign at the left, the step of the pathway strip (None: no strip).

    moved is which way the class moved, drawn before the second paragraph; signed are last lines with a
    sign each; graded: the cell holds the box of `grade` alone.
    """

    paragraphs: tuple[Line, ...]
    sign: Sign | None = None
    step: int | None = None
    moved: int = 0
    signed: tuple[tuple[Sign, Line], ...] = ()
    graded: bool = False
    grade: Grade | None = None

    def height(self, width: float) -> float:
        """How high the content stands within the width of its text."""
        if self.graded:
            return GRADE_HEIGHT
        room = width - (SIGN_ROOM if self.sign else 0)
        last = sum(block_height([line], width - SIGN_ROOM) for _sign, line in self.signed)
        return block_height(self.paragraphs, room) + last + (STRIP_ROOM if self.step is not None else 0)


@lru_cache(maxsize=4096)
def cells_of(line: BoardLine) -> tuple[Cell, ...]:
    """The cells of a row, in the order of HEADS."""
    first = (_patient(line), _day(line), _pathway(line), _product(line), _risk(line))
    return (*first, _grade(line.crs), _grade(line.icans), _last_entry(line), _due(line))


def widths_in(room: float) -> tuple[int, ...]:
    """How wide all columns are, in a list that is `room` px wide; the last one takes the rest."""
    first = WIDE if room >= WIDE_FROM else NARROW if room >= NARROW_FROM else TIGHT
    return (*first, max(TIGHT_LAST if first is TIGHT else LAST_LOWEST, round(room) - sum(first)))


@lru_cache(maxsize=8192)
def row_height(line: BoardLine, widths: tuple[int, ...]) -> int:
    """How high the row is: 48 px, more where a text wraps; widths are those of the columns."""
    cells = cells_of(line)
    tallest = max(
        cell.height(text_width(column, width)) for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return max(LOWEST, round(tallest) + 2 * PADDING)


def text_width(column: int, width: float) -> float:
    """How wide the text of a column may be: the first column keeps the margin of the view, each a gap to the next."""
    return width - GAP - (MARGIN if column == 0 else 0)


def _second(text: str, token: str = "ink2") -> Line:
    return (Run(text, 12, 400, token),)


def _patient(line: BoardLine) -> Cell:
    name = [Run(f"{line.family.upper()},", 14, 600), Run(f" {line.given}", 14, 400)]
    tag = [Run(f"  {line.tag.replace(' ', NO_BREAK_SPACE)}", 11, 400, "ink3")] if line.tag else []
    return Cell(((*name, *tag), _second(line.born)))


def _day(line: BoardLine) -> Cell:
    return Cell(((Run(line.day_words, 15, 600),), _second(line.day0_words)))


def _pathway(line: BoardLine) -> Cell:
    return Cell((_second(line.phase_words, "ink"),), step=STEPS.get(line.phase, 0))


def _product(line: BoardLine) -> Cell:
    name = (Run(line.product or "none yet", 13, 600 if line.product else 400, "ink"),)
    return Cell((name, *([_second(line.product_state)] if line.product_state else [])))


def _grade(grade: Grade | None) -> Cell:
    words = "not graded" if grade is None else grade.words
    return Cell(((Run(words, 13, 400),),), graded=True, grade=grade)


def _last_entry(line: BoardLine) -> Cell:
    day, year = line.last_entry, ""
    if day.count("-") > 1:  # the year of another one stands below: the whole date is wider than the column
        day, _, year = day.rpartition("-")
    said = [day.replace("-", NON_BREAKING_HYPHEN) or "none", *([year] if year else [])]
    paragraphs: list[Line] = [(Run(words, 13, 400, "ink2"),) for words in said]
    paragraphs += [(Run(line.unseen_words, 12, 600, "action"),)] if line.unseen_words else []
    paragraphs += [(Run("updating", 11, 400, "ink3"),)] if line.stale else []
    return Cell(tuple(paragraphs))


def _risk(line: BoardLine) -> Cell:
    weight = 400 if line.risk == "pending" else 600
    notes = [] if not line.moved else [Run(f"{ARROW_ROOM}{line.movement_words}", 12, 600, "ink")]
    if line.class_note:
        notes.append(Run(f"{', ' if notes else ''}{line.class_note}", 12, 400, "ink2"))
    paragraphs = [(Run(line.class_words, 13, weight, CLASS_TOKENS[line.risk]),), *([tuple(notes)] if notes else [])]
    return Cell(tuple(paragraphs), sign=CLASS_SIGNS[line.risk], moved=movement(line))


def _due(line: BoardLine) -> Cell:
    what, when = line.due_words
    token = "ink" if when else "ink2"
    paragraphs: list[Line] = [(Run(what, 13, 400, token),)]
    paragraphs += [_second(when)] if when else []
    if line.overdue:
        paragraphs.append((Run("overdue ", 12, 600, "high"), Run(line.overdue_words, 12, 400, "ink2")))
    signed: list[tuple[Sign, Line]] = [
        (Sign.CAUTION, (Run(f"{words[:1].upper()}{words[1:]}", 12, 600, "ink"),)) for words in line.blockers
    ]
    if line.conflicts:
        said = (Run("Conflict: ", 12, 600, "high"), Run(line.conflict_words, 12, 400, "ink"))
        signed.append((Sign.CONFLICT, said))
    return Cell(tuple(paragraphs), signed=tuple(signed))


def movement(line: BoardLine) -> int:
    """Which way the class moved in the last 7 days: 1 towards high, −1 towards low, 0 not."""
    if line.moved is None:
        return 0
    return 1 if RANKS[line.risk] > RANKS[line.moved.before] else -1

"""Owns what each cell of a journal row holds, and how high the row stands."""

from functools import lru_cache

from bedside.chart.live import EntryState
from bedside.ui.journal.lines import JournalLine
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line, block_height

WHEN, KIND, VALUES, RECORDED, STATE = range(5)
WIDTHS = (172, 164, 0, 232, 150)
MARGIN, GAP, PADDING, LOWEST = 24, 12, 6, 48
WIDEST = 9  # px of a 13 px character, generously: beyond it a row is measured
NOT_SAID = "not recorded"


@lru_cache(maxsize=16384)
def cells_of(line: JournalLine) -> tuple[tuple[Line, ...], ...]:
    """The paragraphs of the five cells."""
    return (_when(line), _kind(line), _values(line), _recorded(line), _state(line))


def _tone(line: JournalLine) -> str:
    return "ink" if line.counts else "ink2"


def _when(line: JournalLine) -> tuple[Line, ...]:
    day: tuple[Line, ...] = ((Run(line.day, 12, 400, "ink2"),),) if line.day else ()
    return ((Run(line.when, 13, 600, _tone(line)),), *day)


def _kind(line: JournalLine) -> tuple[Line, ...]:
    return ((Run(line.title, 13, 500, _tone(line)),),)


def _values(line: JournalLine) -> tuple[Line, ...]:
    words = line.values or "no value"
    notes = tuple((Run(note, 12, 400, "ink2"),) for note in line.notes)
    return ((Run(words, 13, 400, _tone(line)),), *notes)


def _recorded(line: JournalLine) -> tuple[Line, ...]:
    who = Run(line.recorded or NOT_SAID, 13, 400, "ink" if line.recorded else "ink2", missing=not line.recorded)
    if not line.received:
        moment: tuple[Line, ...] = ((Run(line.recorded_at, 12, 400, "ink2"),),) if line.recorded_at else ()
        return ((who,), *moment)
    beside = (Run(f"  {line.recorded_at}", 12, 400, "ink2"),) if line.recorded_at else ()
    return ((who, *beside), (Run(line.received, 12, 400, "ink2"),))


def _state(line: JournalLine) -> tuple[Line, ...]:
    if line.state is EntryState.CONTESTED:
        return ((Run(line.state_words, 13, 600, "high"),),)
    return ((Run(line.state_words, 13, 400, "ink2"),),)


def text_width(column: int, width: int) -> float:
    """How wide the text of a column may be."""
    sign = 22 if column == STATE else 0
    return width - GAP - sign - (MARGIN if column == WHEN else 0)


def row_height(line: JournalLine, widths: tuple[int, ...]) -> int:
    """How high the row is: 48 px, more where a text wraps; what surely fits in one line is not measured."""
    if not line.notes and not line.received and len(line.values) * WIDEST <= text_width(VALUES, widths[VALUES]):
        return LOWEST
    tallest = max(block_height(cell, text_width(column, widths[column])) for column, cell in enumerate(cells_of(line)))
    return max(LOWEST, round(tallest) + 2 * PADDING)

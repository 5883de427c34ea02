"""Which part of the course the flowsheet shows: every column, those from day 0 on, or those of the last two weeks."""

from enum import IntEnum

from bedside.ui.counts.flowsheet import Flowsheet

FORTNIGHT = 14


class Part(IntEnum):
    """The parts, in the order in which they are offered."""

    ALL = 0
    FROM_DAY0 = 1
    TWO_WEEKS = 2


WORDS = {Part.ALL: "All", Part.FROM_DAY0: "From day 0", Part.TWO_WEEKS: "Two weeks"}


def parts_of(sheet: Flowsheet | None) -> tuple[Part, ...]:
    """The parts that there are: without a day 0 none begins there."""
    return tuple(part for part in Part if part is not Part.FROM_DAY0 or (sheet is not None and sheet.day0 is not None))


def columns_of(sheet: Flowsheet, part: Part) -> int:
    """How many of the columns a part has, counted from the newest."""
    if part is Part.TWO_WEEKS:
        return sheet.columns_of_last(FORTNIGHT)
    if part is Part.FROM_DAY0 and sheet.day0 is not None:
        return sheet.columns_from(sheet.day0)
    return len(sheet.columns)

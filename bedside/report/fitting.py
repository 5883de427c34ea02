"""Owns how parts are written shorter until they take no more room than they may."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeAlias

from reportlab.platypus import Table
from reportlab.platypus.flowables import Flowable

from bedside.report.frame import height_of
from bedside.report.writing import MOST_ROWS, Writing

Part: TypeAlias = Callable[[Writing], list[Flowable]]
Saved: TypeAlias = Callable[[Sequence[Flowable]], Sequence[float]]


def longest_that_fits(
    forms: Sequence[Writing], parts: Sequence[Part], changing: Collection[Part], height: float, saved: Saved
) -> list[Flowable]:
    """Return the parts in one of ever shorter forms that takes no more than `height`, else in the shortest.

    The parts that are alike in every form are written once. `saved` tells, from what the changing parts are in the
    longest form, how many points each form saves at best: the first that may save enough is tried next.
    """
    writing = forms[0]
    fixed = {part: part(writing) for part in parts if part not in changing}
    kept = len(writing.letters.long_texts)

    def written(number: int) -> list[Flowable]:
        del writing.letters.long_texts[kept:]
        return [one for part in parts for one in (fixed[part] if part in fixed else part(forms[number]))]

    flowables = written(0)
    excess = height_of(flowables, writing.room) - height
    if excess <= 0:
        return flowables
    known = {id(one) for made in fixed.values() for one in made}
    likely = saved([one for one in flowables if id(one) not in known])
    first = next((number for number, points in enumerate(likely) if points >= excess), len(forms) - 1)
    for number in range(max(first, 1), len(forms)):
        flowables = written(number)
        if height_of(flowables, writing.room) <= height:
            break
    return flowables


def saved_by_rows(flowables: Iterable[Flowable]) -> list[float]:
    """Return how many points the tables lose when only so many of their rows are kept, for each of MOST_ROWS."""
    tables = [(one._nrows, sum(one._rowHeights)) for one in flowables if isinstance(one, Table)]
    return [sum(height * (1 - min(rows, most + 1) / rows) for rows, height in tables) for most in MOST_ROWS]

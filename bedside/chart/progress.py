"""How long work tells how far it has come, and how it is ended by whoever no longer wants it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bedside.chart.errors import UserError

Item = TypeVar("Item")
Progress = Callable[[int, int], None]
"""Told how much of how much is done; raises Cancelled when the work is no longer wanted."""


class Cancelled(UserError):
    """A person ended the work; `left` says in a sentence how that leaves things."""

    def __init__(self, left: str) -> None:
        super().__init__("It was cancelled.", left)


def unheard(_done: int, _total: int) -> None:
    """Tell nobody."""


def part_of(progress: Progress, first: int, last: int, whole: int = 100) -> Progress:
    """Return what tells of a part of longer work, which begins at `first` and ends at `last` of the whole."""

    def tell(done: int, total: int) -> None:
        progress(first + (last - first) * done // max(total, 1), whole)

    return tell


def one_by_one(items: Sequence[Item], progress: Progress) -> Iterator[Item]:
    """Yield the items, and tell before each how many there were."""
    for done, item in enumerate(items):
        progress(done, len(items))
        yield item

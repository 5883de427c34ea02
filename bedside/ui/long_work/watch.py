"""Owns what the window and the worker share of one long piece of work: how far it is, and that it shall end."""

from collections.abc import Callable

from bedside.chart.progress import Cancelled


def _to_nobody() -> None:
    """Give way to nobody."""


class Watch:
    """Handed to the worker: `tell` notes how far it has come, and raises Cancelled once `stop` was asked for.

    `words` say what is going on, `left` how things stand when it is cancelled, `way_out` what the button for that
    says. `is_shown` tells that the place from which it was asked for shows it, so that nobody else needs to; at each
    `tell` the worker gives way to the window by `give_way`.
    """

    def __init__(self, words: str, left: str = "Nothing was stored.", way_out: str = "Cancel") -> None:
        self.words, self.left, self.way_out = words, left, way_out
        self.done, self.total = 0, 0
        self.stopped = self.is_shown = False
        self.give_way: Callable[[], None] = _to_nobody

    @property
    def percent(self) -> int | None:
        """How much is done in whole per cent, 100 only when all of it is; None while that is not known."""
        return min(max(100 * self.done // self.total, 0), 100) if self.total else None

    def tell(self, done: int, total: int) -> None:
        """Called by the worker."""
        self.done, self.total = done, total
        if self.stopped:
            raise Cancelled(self.left)
        self.give_way()

    def stop(self) -> None:
        """Called by the window."""
        self.stopped = True

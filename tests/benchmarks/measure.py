"""One benchmark's result against its floor, and the interleaved medians that both come from."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table: a value beside its floor in the same unit, and what must not be passed.

    `limit_of` says what the limit bounds: the ratio of value to floor, or the value itself from below or above.
    """

    name: str
    value: float
    unit: str
    floor: float
    limit: float
    limit_of: Literal["ratio at most", "value at least", "value at most"] = "ratio at most"

    @property
    def ratio(self) -> float:
        """The value as a multiple of the floor."""
        return self.value / self.floor

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        if self.limit_of == "value at least":
            return self.value >= self.limit
        return (self.ratio if self.limit_of == "ratio at most" else self.value) <= self.limit

    def as_json(self) -> dict[str, str | float]:
        """The result as JSON values, rounded to four digits."""
        numbers = {"value": self.value, "floor": self.floor, "ratio": self.ratio}
        rounded = {name: float(f"{number:.4g}") for name, number in numbers.items()}
        return {"name": self.name, "unit": self.unit, "limit": self.limit, "limit_of": self.limit_of, **rounded}


@contextmanager
def without_collector() -> Iterator[None]:
    """Run the block after one full collection and without any further one."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def seconds(work: Work) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(work: Work, floor: Work, rounds: int) -> tuple[float, float]:
    """The median seconds of both, called in turn after one call each that does not count, the collector off."""
    work()
    floor()
    measured, bare = [], []
    for _ in range(rounds):
        with without_collector():
            bare.append(seconds(floor))
        with without_collector():
            measured.append(seconds(work))
    return statistics.median(measured), statistics.median(bare)

"""What reading a file needs and gives: the file's name, the limits and the moment; the chart and its warnings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bedside.chart.entries import AnyEntry
from bedside.chart.errors import UserError
from bedside.chart.patient import Chart
from bedside.chart.progress import Progress, unheard

if TYPE_CHECKING:
    from bedside.knowledge.tables import Knowledge

WHAT_TO_DO = "Nothing of this file was used; correct it and try again."


def nothing_held(_mrn: str) -> Sequence[AnyEntry]:
    """Return no entries: the reader keeps no charts."""
    return ()


@dataclass(frozen=True, slots=True)
class ReadChart:
    """A chart, the name of its file (with the line), and a sentence for each value that is unusual but allowed."""

    name: str
    chart: Chart
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A file by its name, as messages give it."""

    name: str

    def refused(self, why: str, place: str = "") -> UserError:
        """Return the error that refuses the whole file, naming the place in it."""
        return UserError(f"{', '.join(part for part in (self.name, place) if part)}: {why}", WHAT_TO_DO)


@dataclass(frozen=True, slots=True)
class Reading(Named):
    """The file's name for messages, the limits, the present moment (aware, in the ward's zone).

    `held` gives the entries that a store holds for an MRN already, so that a file may correct them. `progress` is told
    how much was read.
    """

    knowledge: "Knowledge"
    now: datetime
    held: Callable[[str], Sequence[AnyEntry]] = nothing_held
    progress: Progress = unheard

    @property
    def latest(self) -> datetime:
        """The last moment at which something recorded can have happened: one day after now."""
        return self.now + timedelta(days=1)

    @property
    def last_day(self) -> date:
        """The local date of `latest`."""
        return self.latest.date()


def place_of(index: int, kind: object) -> str:
    """Return the words for an entry's place in a file: its index, counted from 0, and its kind."""
    return f"entries[{index}] ({str(kind)[:40]})"

"""Episodes of a toxicity, its curve by day and its summary, from the grades of single entries (TOX-4)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bedside.chart.base import Entry
from bedside.chart.derived.toxicity import DayGrade, Episode, GradedEntry
from bedside.chart.moments import At

_ONE_DAY = timedelta(days=1)


class OpenEpisode:
    """The episode that goes on while entries are graded one after the other."""

    def __init__(self, gap: timedelta) -> None:
        self._gap = gap
        self.first_day: date | None = None
        self._last: At | None = None

    def is_open(self, at: At) -> bool:
        """Tell whether an episode is still open at a moment: no longer than the gap since its last graded entry."""
        return self._last is not None and not passed(self._last, at, self._gap)

    def take(self, at: At) -> None:
        """Add a graded entry, which opens an episode where none is open."""
        if not self.is_open(at):
            self.first_day = at.day
        self._last = at


def passed(earlier: At, later: At, gap: timedelta) -> bool:
    """Tell whether more than a gap lies between two moments; in whole days where a time is missing."""
    if earlier.instant is not None and later.instant is not None:
        return later.instant - earlier.instant > gap
    return later.day - earlier.day > gap


def episodes(graded: Sequence[tuple[Entry, GradedEntry]], day0: date, gap: timedelta, now: At) -> tuple[Episode, ...]:
    """Return the episodes of entries in order; the last is open until the gap since its last grade has passed."""
    groups: list[list[tuple[Entry, GradedEntry]]] = []
    for entry, grade in graded:
        if not grade.grade:
            continue
        if groups and not passed(groups[-1][-1][0].at, entry.at, gap):
            groups[-1].append((entry, grade))
        else:
            groups.append([(entry, grade)])
    found = []
    for group in groups:
        first, last = group[0][0].at.day, group[-1][0].at.day
        found.append(
            Episode(
                onset=first,
                onset_day=(first - day0).days,
                last=last,
                last_day=(last - day0).days,
                duration_days=(last - first).days + 1,
                peak=max(grade.grade or 0 for _, grade in group),
                open=group is groups[-1] and not passed(group[-1][0].at, now, gap),
            )
        )
    return tuple(found)


def by_day(graded: Iterable[tuple[Entry, GradedEntry]], day0: date) -> tuple[DayGrade, ...]:
    """Return the worst grade of each date on which one could be told."""
    worst: dict[date, int] = {}
    for entry, grade in graded:
        if grade.grade is not None:
            worst[entry.at.day] = max(grade.grade, worst.get(entry.at.day, 0))
    return tuple(DayGrade(day, (day - day0).days, worst[day]) for day in sorted(worst))

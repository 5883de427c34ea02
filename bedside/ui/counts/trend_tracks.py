"""Turns the values of a flowsheet into the tracks of its trends: the selected analyte, and the ones always shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bedside.chart.base import Entry
from bedside.chart.formats import quantity_text
from bedside.knowledge.tables import Knowledge
from bedside.ui.counts.flowsheet import sign_of
from bedside.ui.entry_grid.analytes import Analyte
from bedside.ui.overview.tracks import Limit, Series, Track, Value, round_up, top_of
from bedside.ui.units_shown import quantity_words

_MARKS = (("o", "s1"), ("t", "s2"))
HEIGHT = 62
LEAST_SHARE = 0.1
"""A limit nearer to the ground than this share of the plot would only hide the curve."""
ALWAYS: tuple[tuple[str, tuple[Analyte, ...]], ...] = (
    ("ANC and ALC", (Analyte("blood_count", "anc"), Analyte("blood_count", "alc"))),
    ("Platelets", (Analyte("blood_count", "plt"),)),
    ("CRP", (Analyte("chemistry", "crp"),)),
    ("Ferritin", (Analyte("chemistry", "ferritin"),)),
)
ALONE = frozenset(analytes[0] for _words, analytes in ALWAYS if len(analytes) == 1)
"""Those that have a track of their own among them, which is left out while they are selected."""


class Highest:
    """The highest value that each analyte had in the whole course, so that the plots keep their height."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._kept: dict[Analyte, float] = {}

    def of(self, analyte: Analyte) -> float:
        """The highest value, 0 without one."""
        if analyte not in self._kept:
            values = [getattr(entry, analyte.name) for entry in self._entries if entry.kind == analyte.kind]
            self._kept[analyte] = max((value for value in values if value is not None), default=0.0)
        return self._kept[analyte]


@dataclass(frozen=True)
class TrendMaker:
    """Makes tracks of some entries of a course; `highest` knows all of it."""

    entries: Sequence[Entry]
    highest: Highest
    knowledge: Knowledge

    def always(self, but: Analyte | None) -> tuple[Track, ...]:
        """The tracks that stand whatever is selected; one without a value, or that shows `but` alone, is left out."""
        shown = [(words, analytes) for words, analytes in ALWAYS if analytes != (but,)]
        known = [one for one in shown if any(self.highest.of(analyte) for analyte in one[1])]
        return tuple(self._track(words, analytes) for words, analytes in known)

    def selected(self, analyte: Analyte) -> Track:
        """The track of one analyte with the limits beyond which it is critical."""
        track = self._track(analyte.words, (analyte,))
        limit = self.knowledge.ranges.get(analyte.name)
        if limit is None:
            return track
        marks = ((limit.soft_low, "critical below"), (limit.soft_high, "critical above"))
        limits = tuple(
            Limit(at, f"{words} {quantity_text(at, analyte.unit)}")
            for at, words in marks
            if at is not None and LEAST_SHARE * track.top <= at <= track.top
        )
        return replace(track, limits=limits)

    def _track(self, words: str, analytes: Sequence[Analyte]) -> Track:
        series = [
            Series(analyte.words, marker, token, tuple(_values(analyte, self.entries)))
            for analyte, (marker, token) in zip(analytes, _MARKS, strict=False)
        ]
        return Track(words, analytes[0].unit, tuple(series), self._top(analytes), height=HEIGHT)

    def _top(self, analytes: Sequence[Analyte]) -> float:
        """By the ranges; beyond what is critical, or without a range, by the highest value of the course.

        A ferritin of 12 000 would lie on the ground under the next limit, 100 000.
        """
        highest = max(self.highest.of(analyte) for analyte in analytes)
        ranges = [self.knowledge.ranges.get(analyte.name) for analyte in analytes]
        known = [one for one in ranges if one is not None]
        if not known or highest > max(one.usual_high for one in known):
            return round_up(highest or 1.0)
        return top_of(self.knowledge, [analyte.name for analyte in analytes], highest)


def _values(analyte: Analyte, entries: Sequence[Entry]) -> Iterator[Value]:
    worded = partial(quantity_words, analyte.name)
    for entry in entries:
        number = getattr(entry, analyte.name) if entry.kind == analyte.kind else None
        if number is not None:
            sign = sign_of(entry, analyte.name)
            yield Value(entry.at.day, number, sign, entry, worded)

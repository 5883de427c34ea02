"""Owns which lanes the course has and what lies on them: therapies by class, marrow, aplasia, signs, events."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import Color

from bedside.chart.assessment import BcaStatus
from bedside.chart.base import Entry
from bedside.chart.entries import (
    Apheresis,
    Death,
    Diagnosis,
    Hsct,
    Infection,
    Infusion,
    LymphocyteSubset,
    Marrow,
    Mrd,
    Radiotherapy,
    Referral,
    Relapse,
    Therapy,
    Vitals,
)
from bedside.chart.enums import MrdOutcome, TherapyResponse
from bedside.chart.formats import day_text, field_quantity_text, label
from bedside.chart.sensitivity import sensitive_enough
from bedside.knowledge.families.risk_class import Numbers
from bedside.report.facts import Facts
from bedside.report.lanes import Item, Mark
from bedside.report.lettering import Lettering
from bedside.report.styles import GREY_DARK, GREY_LIGHT, GREY_MIDDLE, REGULAR, STRONG
from bedside.report.therapy_classes import THERAPY_LANES, therapy_lane
from bedside.report.time_axis import Axis
from bedside.report.words import b_cell_words, blasts_words

_FILLS: Mapping[str, Color] = {
    "Immunotherapy": GREY_MIDDLE, "Lymphodepletion": GREY_DARK, "Conditioning": GREY_DARK,
}  # fmt: skip
_RESPONSES: Mapping[TherapyResponse | None, str] = {TherapyResponse.NO_CR: "no CR", TherapyResponse.CR: "CR"}
_SIGNS = {MrdOutcome.POSITIVE: "+", MrdOutcome.NEGATIVE: "−"}
MOST_ROWS = 3
_DAYS_OF_ONE_BLOCK = 3
_ROOM_OF_A_LOSS = 5.2


@dataclass(frozen=True)
class Lane:
    """A named lane, its items in the order of time, and how many rows it may take."""

    name: str
    items: tuple[Item, ...]
    rows: int
    ruled: bool = False


@dataclass(frozen=True)
class LaneMaker:
    """Makes the lanes of one patient on one axis."""

    facts: Facts
    lettering: Lettering
    axis: Axis
    agent_classes: Mapping[str, str]
    numbers: Numbers

    def lanes(self) -> list[Lane]:
        """Return every lane that holds something, from top to bottom; marrow always, aplasia once infused."""
        lanes = [Lane(name, tuple(items), MOST_ROWS) for name, items in self._therapies()]
        radiation = [self._bar(e, e.stop, (label(e.site.value),), None) for e in self.facts.of(Radiotherapy)]
        lanes += [Lane("Radiotherapy", tuple(radiation), 2)] if radiation else []
        lanes.append(Lane("Marrow, MRD", tuple(self._marrow()), MOST_ROWS, ruled=True))
        lanes.append(Lane("B-cell aplasia", tuple(self._aplasia()), 1))
        lanes.append(Lane("Toxicity", tuple(self._toxicity()), 2))
        infections = [
            self._bar(e, e.stop, (e.organism or e.site or "organism not recorded",), GREY_LIGHT)
            for e in self.facts.of(Infection)
        ]
        lanes += [Lane("Infections", tuple(infections), MOST_ROWS)] if infections else []
        lanes.append(Lane("Events", tuple(self._events()), MOST_ROWS))
        always = {"Marrow, MRD", "B-cell aplasia"} if self.facts.course else {"Marrow, MRD"}
        return [lane for lane in lanes if lane.items or lane.name in always]

    def _label(self, strong: str, soft: str = "") -> tuple[tuple[str, str], ...]:
        return (*self.lettering.runs(strong, STRONG), *(self.lettering.runs(f" {soft}") if soft else ()))

    def _bar(self, entry: Entry, stop: date | None, words: tuple[str, ...], fill: Color | None) -> Item:
        end = self.facts.last_day if stop is None or stop > self.facts.last_day else stop
        start_x = self.axis.x(entry.at.day)
        end_x = max(self.axis.x(end) + self.axis.points_per_day, start_x + 2.5)
        return Item(
            Mark.BAR,
            entry.at.day,
            start_x,
            end_x,
            self._label(*words),
            fill or GREY_LIGHT,
            stop is None and self.facts.last_day == self.facts.as_of.day,
        )

    def _therapies(self) -> Iterator[tuple[str, list[Item]]]:
        by_lane: dict[str, list[list[Therapy]]] = {}
        for therapy in self.facts.of(Therapy):
            blocks = by_lane.setdefault(therapy_lane(therapy, self.agent_classes), [])
            block = next((block for block in reversed(blocks) if _one_block(block[0], therapy)), None)
            if block is None:
                blocks.append([therapy])
            else:
                block.append(therapy)
        for name in THERAPY_LANES:
            if name in by_lane:
                yield name, [self._block(name, block) for block in by_lane[name]]

    def _block(self, lane: str, block: list[Therapy]) -> Item:
        agents = ", ".join(dict.fromkeys(label(therapy.agent) for therapy in block))
        soft = _RESPONSES.get(block[0].response, "")
        last = max((t.stop for t in block if t.stop), default=None)
        if block[0].stop_unknown:
            last, soft = block[0].at.day, f"{soft} last day not known".strip()
        return self._bar(block[0], last, (agents, soft), _FILLS.get(lane))

    def _marrow(self) -> Iterator[Item]:
        for sample in self.facts.of(Marrow):
            parts = [blasts_words(sample)] if sample.blasts_pct is not None else []
            parts += [self._mrd_words(result) for result in sample.mrd or () if result.result in _SIGNS]
            found = any(result.result is MrdOutcome.POSITIVE for result in sample.mrd or ())
            full = found if sample.blasts_pct is None else sample.blasts_pct >= self.numbers.disease_blasts_pct
            mark = Mark.SQUARE_FULL if full else Mark.SQUARE_EMPTY
            x = self.axis.x(sample.at.day)
            yield Item(mark, sample.at.day, x, x, self._label(", ".join(parts)) if parts else ())

    def _mrd_words(self, result: Mrd) -> str:
        negative = result.result is MrdOutcome.NEGATIVE
        weak = negative and not sensitive_enough(result.lod, self.numbers.mrd_cut_off)
        return f"{label(result.method.value)} {_SIGNS[result.result]}{' not sensitive enough' if weak else ''}"

    def _aplasia(self) -> Iterator[Item]:
        bca = self.facts.assessment.bca
        lost = bca.status in {BcaStatus.LOST, BcaStatus.NEVER_ESTABLISHED}
        if bca.established_on is not None:
            last = bca.lost_on or self._last_aplastic() or bca.established_on
            start, end = self.axis.x(bca.established_on), self.axis.x(last)
            end = max(end - (_ROOM_OF_A_LOSS if lost else 0), start + 2.5)
            yield Item(Mark.SPAN, bca.established_on, start, end, self._label("aplasia"))
        if lost and bca.lost_on is not None:
            x = self.axis.x(bca.lost_on)
            words = "lost" if bca.status is BcaStatus.LOST else "never established"
            values = [b_cell_words(e) for e in self._subsets_on(bca.lost_on)]
            yield Item(Mark.TRIANGLE, bca.lost_on, x, x, self._label(", ".join([words, *values])))

    def _last_aplastic(self) -> date | None:
        ids = self.facts.assessment.bca.evidence
        days = [self.facts.by_id[i].at.day for i in ids if i in self.facts.by_id]
        return max(days, default=None)

    def _subsets_on(self, day: date) -> list[LymphocyteSubset]:
        return [e for e in self.facts.of(LymphocyteSubset) if e.at.day == day and b_cell_words(e)]

    def _toxicity(self) -> Iterator[Item]:
        graded = (("CRS", self.facts.assessment.crs), ("ICANS", self.facts.assessment.icans))
        for name, told in graded:
            first = next((one for one in told.by_day if told.max_grade and one.grade == told.max_grade), None)
            if first is not None:
                x = self.axis.x(first.date)
                yield Item(Mark.GRADE, first.date, x, x, self._label(name, day_text(first.day)), grade=str(first.grade))
        if not any(told.max_grade for _, told in graded):
            yield from self._signs()

    def _signs(self) -> Iterator[Item]:
        warm = [e for e in self.facts.in_course(Vitals) if e.temp_c is not None]
        if warm:
            peak = max(warm, key=lambda entry: entry.temp_c or 0.0)
            words = f"highest {field_quantity_text('temp_c', peak.temp_c or 0.0)}"
            x = self.axis.x(peak.at.day)
            low = ", hypotension" if any(e.hypotension for e in warm if e.at.day == peak.at.day) else ""
            yield Item(Mark.DOT, peak.at.day, x, x, self._label(words + low))

    def _events(self) -> Iterator[Item]:
        found: list[tuple[date, str]] = []
        for kind, told in _EVENTS.items():
            found += [(entry.at.day, told(entry)) for entry in self.facts.of(kind)]
        found.append((self.facts.as_of.day, "data as of"))
        merged: dict[date, list[str]] = {}
        for day, words in sorted(found, key=lambda event: event[0]):
            merged.setdefault(day, []).append(words)
        for day, together in merged.items():
            x = self.axis.x(day)
            words = ", ".join(dict.fromkeys(together))
            yield Item(Mark.DOT, day, x, x, tuple(self.lettering.runs(words, REGULAR)))


def _one_block(first: Therapy, other: Therapy) -> bool:
    if first.response is not other.response or (first.stop is None) != (other.stop is None):
        return False
    apart = abs((first.at.day - other.at.day).days)
    stops_apart = abs((first.stop - other.stop).days) if first.stop and other.stop else 0
    return apart <= _DAYS_OF_ONE_BLOCK and stops_apart <= _DAYS_OF_ONE_BLOCK


def _relapse_words(entry: Entry) -> str:
    assert isinstance(entry, Relapse)
    return f"relapse, {' and '.join(label(site.value) for site in entry.sites)}"


_EVENTS: Mapping[type[Entry], Callable[[Entry], str]] = {
    Diagnosis: lambda _: "diagnosis",
    Relapse: _relapse_words,
    Referral: lambda _: "referral",
    Apheresis: lambda _: "apheresis",
    Infusion: lambda _: "infusion",
    Hsct: lambda _: "HSCT",
    Death: lambda _: "died",
}

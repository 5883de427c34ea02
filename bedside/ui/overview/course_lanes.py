"""Turns an opened patient into the lanes of the course."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

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
    Relapse,
)
from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.formats import NO_BREAK_SPACE, field_quantity_text, fraction_text, label
from bedside.chart.sensitivity import NOT_SENSITIVE_ENOUGH, negative_text, sensitive_enough
from bedside.ui.board.lines import PHASE_WORDS
from bedside.ui.overview.course import CourseFacts, aplasia_span
from bedside.ui.overview.lanes import SHORT_PHASES, Item, Lane, Shape, mark, told
from bedside.ui.overview.therapy_lanes import lasting, therapy_lanes
from bedside.ui.overview.toxicity_lane import toxicity_lane


def lanes_of(facts: CourseFacts) -> tuple[Lane, ...]:
    """The lanes from top to bottom; a lane without items is left out unless its emptiness says something."""
    lanes = [
        Lane("Pathway", tuple(_phases(facts)), closed_up=True),
        Lane("Events", tuple(_events(facts)), empty="none recorded"),
        *therapy_lanes(facts),
        Lane("Marrow blasts", tuple(_blasts(facts)), ruled=True, empty="no marrow recorded", labels_left=True),
        *(_mrd_lane(facts, method) for method in MrdMethod),
        Lane("B-cell aplasia", tuple(_aplasia(facts)), ruled=True, empty=_no_aplasia(facts)),
        toxicity_lane(facts),
        Lane("Infections", tuple(_infections(facts)), empty="none recorded"),
    ]
    return tuple(lane for lane in lanes if lane.items or lane.empty)


def _phases(facts: CourseFacts) -> Iterator[Item]:
    spans = facts.assessment.phases
    for place, span in enumerate(spans):
        end = span.end or facts.as_of
        words = PHASE_WORDS[span.phase.value]
        current = place == len(spans) - 1
        yield Item(
            Shape.CURRENT if current else Shape.PHASE,
            span.start,
            max(end, span.start),
            strong=words[:1].upper() + words[1:] if current else "",
            soft="" if current else words[:1].upper() + words[1:],
            short=SHORT_PHASES.get(words, words[:1].upper() + words[1:]),
            fill="ink" if current else "sheet2",
            tone="sheet" if current else "ink",
            said=f"{words}, from {span.start.isoformat()}",
        )


_EVENT_WORDS: Mapping[type[Entry], tuple[Shape, Callable[[Entry], str]]] = {
    Diagnosis: (Shape.DISC, lambda _entry: "Diagnosis"),
    Relapse: (
        Shape.FALL,
        lambda entry: "Relapse, " + " and ".join(label(site) for site in getattr(entry, "sites", ())),
    ),
    Apheresis: (Shape.DISC, lambda _entry: "Apheresis"),
    Infusion: (Shape.DISC, lambda _entry: "Infusion"),
    Hsct: (Shape.DISC, lambda _entry: "HSCT"),
    Death: (Shape.FALL, lambda _entry: "Died"),
}


def _events(facts: CourseFacts) -> Iterator[Item]:
    for entry in facts.entries:
        if type(entry) in _EVENT_WORDS:
            shape, words = _EVENT_WORDS[type(entry)]
            yield mark(entry, shape, soft=words(entry))


def _blasts(facts: CourseFacts) -> Iterator[Item]:
    limit = facts.knowledge.numbers.disease_blasts_pct
    for sample in facts.of(Marrow):
        if sample.blasts_pct is not None:
            shape = Shape.SQUARE if sample.blasts_pct >= limit else Shape.SQUARE_EMPTY
            censor = (sample.censored or {}).get("blasts_pct", "")
            yield mark(sample, shape, strong=field_quantity_text("blasts_pct", sample.blasts_pct, censor))


def _mrd_lane(facts: CourseFacts, method: MrdMethod) -> Lane:
    items = [item for sample in facts.of(Marrow) if (item := _mrd(facts, sample, method)) is not None]
    return Lane(f"MRD by {label(method.value)}", tuple(items), labels_left=True)


def _mrd(facts: CourseFacts, sample: Marrow, method: MrdMethod) -> Item | None:
    result = next((one for one in sample.mrd or () if one.method is method), None)
    if result is None:
        return None
    if result.result is MrdOutcome.NOT_EVALUABLE:
        return mark(sample, Shape.UNSURE, soft="not evaluable")
    if result.result is MrdOutcome.NEGATIVE:
        return _negative(sample, result.lod, facts.knowledge.numbers.mrd_cut_off)
    value = f" {fraction_text(result.value)}" if result.value is not None else ""
    below = ", below quantification" if result.below_loq else ""
    return mark(sample, Shape.DIAMOND, soft=f"positive{value}{below}", short=f"positive{value}")


def _negative(sample: Marrow, lod: float | None, cut_off: float) -> Item:
    """A result without disease; one of a method that was not sensitive enough says so in every form."""
    sensitive = sensitive_enough(lod, cut_off)
    words = negative_text(lod, sensitive=sensitive, before_limit=f"<{NO_BREAK_SPACE}")
    short = "negative" if sensitive else NOT_SENSITIVE_ENOUGH
    said = "" if sensitive else f"{told(sample)}; {words}"
    return replace(mark(sample, Shape.LIMIT, soft=words, short=short), said=said)


def _aplasia(facts: CourseFacts) -> Iterator[Item]:
    derived, newest = facts.assessment, [one.at.day for one in facts.of(Infusion)][-1:]
    for interval, infused in ((derived.bca, derived.day0), (derived.second_interval, newest[0] if newest else None)):
        if interval is None:
            continue
        by_id = {entry.id: entry for entry in facts.of(LymphocyteSubset)}
        evidence = [by_id[one] for one in interval.evidence if one in by_id]
        span = aplasia_span(interval, infused)
        if span is not None:
            yield Item(
                Shape.SPAN, *span, "aplasia", fill="lowtint", entries=interval.evidence, said=interval.text,
            )  # fmt: skip
        if interval.lost_on is not None:
            never = interval.status is BcaStatus.NEVER_ESTABLISHED
            values = [cd19_words(entry) for entry in evidence if entry.at.day == interval.lost_on]
            words = ", ".join(["never established" if never else "lost", *values])
            lost = tuple(entry.id for entry in evidence if entry.at.day == interval.lost_on)
            yield Item(
                Shape.LOSS, interval.lost_on, interval.lost_on, words, tone="high",
                on_top=span is not None, entries=lost, said=interval.text,
            )  # fmt: skip


def cd19_words(subset: LymphocyteSubset) -> str:
    """The CD19⁺ value of a sample: its count, or else its share."""
    censored = subset.censored or {}
    if subset.cd19 is not None:
        return field_quantity_text("cd19", subset.cd19, censored.get("cd19", ""))
    if subset.cd19_pct is not None:
        return field_quantity_text("cd19_pct", subset.cd19_pct, censored.get("cd19_pct", ""))
    return ""


def _no_aplasia(facts: CourseFacts) -> str:
    if facts.assessment.day0 is None:
        return "no infusion so far"
    status = facts.assessment.bca.status
    return "no CD19 value after day 0" if status is BcaStatus.UNKNOWN else "not established so far"


def _infections(facts: CourseFacts) -> Iterator[Item]:
    for infection in facts.of(Infection):
        words = ", ".join(part for part in (infection.organism, infection.site) if part) or "organism not recorded"
        yield lasting(infection, words, "bar4", facts.as_of)

"""Turns an opened patient into the lanes of the course."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from bedside.chart.assessment import Assessment, BcaStatus, Course
from bedside.chart.base import Entry
from bedside.chart.derived.toxicity import Episode, Toxicity
from bedside.chart.entries import (
    Apheresis,
    Death,
    Diagnosis,
    Hsct,
    Infection,
    Infusion,
    LymphocyteSubset,
    Marrow,
    Radiotherapy,
    Relapse,
    Therapy,
)
from bedside.chart.enums import Intent, MrdMethod, MrdOutcome, TherapyResponse
from bedside.chart.formats import NO_BREAK_SPACE, day_text, field_quantity_text, fraction_text, label, title
from bedside.chart.live import up_to
from bedside.chart.moments import AsOf
from bedside.chart.treatment import Lasting
from bedside.knowledge.tables import Knowledge
from bedside.ui.board.lines import PHASE_WORDS
from bedside.ui.overview.lanes import SHORT_PHASES, Item, Lane, Shape

if TYPE_CHECKING:
    from bedside.service.read import Opened

Kind = TypeVar("Kind", bound=Entry)

DISPLAY_LANES = {
    "steroid": ("Steroid", "bar1"),
    "chemotherapy": ("Chemotherapy", "bar1"),
    "immunotherapy": ("Immunotherapy", "bar2"),
    "targeted": ("Targeted therapy", "bar2"),
    "lymphodepletion": ("Lymphodepletion", "bar3"),
    "conditioning": ("Conditioning", "bar3"),
    "immunosuppression": ("Immunosuppression", "bar1"),
    "immunoglobulin": ("Immunoglobulin", "bar4"),
    "supportive": ("Supportive", "bar4"),
    "other": ("Other agents", "bar1"),
}
BY_INTENT = {Intent.LYMPHODEPLETION: "lymphodepletion", Intent.CONDITIONING: "conditioning"}
ONE_BLOCK_DAYS = 3
_SEVERE = 3  # the grade from which a bar is coloured as an alarm
RESPONSES = {TherapyResponse.NO_CR: "no CR", TherapyResponse.CR: "CR"}


@dataclass(frozen=True)
class CourseFacts:
    """The live entries up to the point in time, what was derived from them, and what knowledge says of agents."""

    entries: tuple[Entry, ...]
    assessment: Assessment
    knowledge: Knowledge

    @cached_property
    def as_of(self) -> date:
        """The last day that is shown as known."""
        return AsOf.parse(self.assessment.as_of).day

    @cached_property
    def _by_kind(self) -> Mapping[type[Entry], list[Entry]]:
        sorted_out: defaultdict[type[Entry], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            sorted_out[type(entry)].append(entry)
        return sorted_out

    def of(self, kind: type[Kind]) -> list[Kind]:
        """The entries of one kind, in their order."""
        return cast(list[Kind], self._by_kind.get(kind, []))

    def lasting(self) -> Iterator[Lasting]:
        """The entries of what was given over days, kind by kind."""
        for kind, entries in self._by_kind.items():
            if issubclass(kind, Lasting):
                yield from cast(list[Lasting], entries)


def facts_of(opened: "Opened", knowledge: Knowledge) -> CourseFacts:
    """What the overview draws of an opened patient."""
    as_of = AsOf.parse(opened.assessment.as_of)
    return CourseFacts(up_to(opened.journal.live, as_of), opened.assessment, knowledge)


def lanes_of(facts: CourseFacts) -> tuple[Lane, ...]:
    """The lanes from top to bottom; a lane without items is left out unless its emptiness says something."""
    lanes = [
        Lane("Pathway", tuple(_phases(facts)), closed_up=True),
        Lane("Events", tuple(_events(facts)), empty="none recorded"),
        *_therapy_lanes(facts),
        Lane("Marrow blasts", tuple(_blasts(facts)), ruled=True, empty="no marrow recorded", labels_left=True),
        *(_mrd_lane(facts, method) for method in MrdMethod),
        Lane("B-cell aplasia", tuple(_aplasia(facts)), ruled=True, empty=_no_aplasia(facts)),
        Lane("CRS and ICANS", tuple(_toxicity(facts)), empty=_no_toxicity(facts)),
        Lane("Infections", tuple(_infections(facts)), empty="none recorded"),
    ]
    return tuple(lane for lane in lanes if lane.items or lane.empty)


def covered(facts: CourseFacts) -> list[tuple[date, date]]:
    """Which days hold something: the day of every entry, and of one that lasts every day to its last one."""
    spans, as_of = [(day, day) for day in {entry.at.day for entry in facts.entries}], facts.as_of
    spans += [(one.at.day, max(one.at.day, min(one.stop, as_of))) for one in facts.lasting() if one.stop is not None]
    return spans or [(as_of, as_of)]


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
            yield _mark(entry, shape, soft=words(entry))


def _mark(entry: Entry, shape: Shape, *, strong: str = "", soft: str = "", short: str = "") -> Item:
    day = entry.at.day
    return Item(shape, day, day, strong, soft, short, entries=(entry.id,), about=(entry,))


def _therapy_lanes(facts: CourseFacts) -> list[Lane]:
    blocks: dict[str, list[list[Therapy]]] = {}
    for therapy in facts.of(Therapy):
        if therapy.intent is not Intent.TOXICITY:
            _join(blocks.setdefault(_display(therapy, facts.knowledge), []), therapy)
    made = [
        (DISPLAY_LANES[name][0], [_bar(block, DISPLAY_LANES[name][1], facts.as_of) for block in blocks[name]])
        for name in DISPLAY_LANES
        if name in blocks
    ]
    radiotherapy = [_lasting(entry, title(entry.site), "bar1", facts.as_of) for entry in facts.of(Radiotherapy)]
    made += [("Radiotherapy", radiotherapy)] if radiotherapy else []
    return [Lane(name, tuple(items), ruled=place == 0) for place, (name, items) in enumerate(made)]


def _display(therapy: Therapy, knowledge: Knowledge) -> str:
    agent = knowledge.agents.get(therapy.agent)
    display = agent.display if agent is not None else "other"
    return BY_INTENT.get(therapy.intent) or (display if display in DISPLAY_LANES else "other")


def _join(blocks: list[list[Therapy]], therapy: Therapy) -> None:
    for block in reversed(blocks):
        first = block[0]
        same = first.response is therapy.response and (first.stop is None) == (therapy.stop is None)
        starts = abs((first.at.day - therapy.at.day).days)
        stops = abs((first.stop - therapy.stop).days) if first.stop and therapy.stop else 0
        if same and starts <= ONE_BLOCK_DAYS and stops <= ONE_BLOCK_DAYS:
            block.append(therapy)
            return
    blocks.append([therapy])


def _bar(block: list[Therapy], fill: str, as_of: date) -> Item:
    names = ", ".join(dict.fromkeys(label(therapy.agent) for therapy in block))
    first = block[0]
    notes = [RESPONSES.get(first.response, "") if first.response else ""]
    notes += [label(first.route)] if first.route is not None and first.route.value in ("po", "it") else []
    notes += ["last day not known"] if first.stop_unknown else []
    end = max((min(therapy.stop or as_of, as_of) for therapy in block), default=as_of)
    start = min(therapy.at.day for therapy in block)
    return Item(
        Shape.BAR,
        start,
        start if first.stop_unknown else max(end, start),
        names,
        ", ".join(note for note in notes if note),
        fill=fill,
        open_ended=first.stop is None and not first.stop_unknown,
        entries=tuple(therapy.id for therapy in block),
        about=tuple(block),
    )


def _lasting(entry: Radiotherapy | Infection, words: str, fill: str, as_of: date) -> Item:
    end = min(entry.stop or as_of, as_of)
    return Item(
        Shape.BAR, entry.at.day, max(end, entry.at.day), "", words,
        fill=fill, open_ended=entry.stop is None, entries=(entry.id,), about=(entry,),
    )  # fmt: skip


def _blasts(facts: CourseFacts) -> Iterator[Item]:
    limit = facts.knowledge.numbers.disease_blasts_pct
    for sample in facts.of(Marrow):
        if sample.blasts_pct is not None:
            shape = Shape.SQUARE if sample.blasts_pct >= limit else Shape.SQUARE_EMPTY
            censor = (sample.censored or {}).get("blasts_pct", "")
            yield _mark(sample, shape, strong=field_quantity_text("blasts_pct", sample.blasts_pct, censor))


def _mrd_lane(facts: CourseFacts, method: MrdMethod) -> Lane:
    items = [item for sample in facts.of(Marrow) if (item := _mrd(sample, method)) is not None]
    return Lane(f"MRD by {label(method.value)}", tuple(items), labels_left=True)


def _mrd(sample: Marrow, method: MrdMethod) -> Item | None:
    result = next((one for one in sample.mrd or () if one.method is method), None)
    if result is None:
        return None
    if result.result is MrdOutcome.NOT_EVALUABLE:
        return _mark(sample, Shape.UNSURE, soft="not evaluable")
    if result.result is MrdOutcome.NEGATIVE:
        limit = (
            f", <{NO_BREAK_SPACE}{fraction_text(result.lod)}" if result.lod is not None else ", sensitivity not stated"
        )
        return _mark(sample, Shape.LIMIT, soft=f"negative{limit}", short="negative")
    value = f" {fraction_text(result.value)}" if result.value is not None else ""
    below = ", below quantification" if result.below_loq else ""
    return _mark(sample, Shape.DIAMOND, soft=f"positive{value}{below}", short=f"positive{value}")


def _aplasia(facts: CourseFacts) -> Iterator[Item]:
    for interval in (facts.assessment.bca, facts.assessment.second_interval):
        if interval is None:
            continue
        by_id = {entry.id: entry for entry in facts.of(LymphocyteSubset)}
        evidence = [by_id[one] for one in interval.evidence if one in by_id]
        if interval.established_on is not None:
            last = interval.lost_on or max((entry.at.day for entry in evidence), default=interval.established_on)
            yield Item(
                Shape.SPAN, interval.established_on, max(last, interval.established_on), "aplasia", fill="lowtint",
                entries=interval.evidence, said=interval.text,
            )  # fmt: skip
        if interval.lost_on is not None:
            never = interval.status is BcaStatus.NEVER_ESTABLISHED
            values = [cd19_words(entry) for entry in evidence if entry.at.day == interval.lost_on]
            words = ", ".join(["never established" if never else "lost", *values])
            lost = tuple(entry.id for entry in evidence if entry.at.day == interval.lost_on)
            yield Item(
                Shape.LOSS, interval.lost_on, interval.lost_on, words, tone="high",
                on_top=interval.established_on is not None, entries=lost, said=interval.text,
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


def _toxicity(facts: CourseFacts) -> Iterator[Item]:
    """A bar for each episode with its highest grade, the scales without one in words, and what was given for it."""
    scales = (("CRS", facts.assessment.crs), ("ICANS", facts.assessment.icans))
    bars = [_episode(name, found, episode) for name, found in scales for episode in found.episodes]
    quiet, day0 = _quiet(facts), facts.assessment.day0
    if bars and quiet:
        bars[-1] = replace(bars[-1], soft=f"{bars[-1].soft}; {quiet}", said=f"{bars[-1].said}. {quiet}")
    others = [*(_not_graded(course) for course in facts.assessment.courses[:-1]), *_given(facts)]
    if others and not bars and day0 is not None:
        yield Item(Shape.WORDS, day0, day0, soft=quiet)
    yield from bars
    yield from others


def _not_graded(course: Course) -> Item:
    words = "earlier infusion: not graded here"
    return Item(Shape.WORDS, course.day0, course.day0, soft=words, entries=(course.infusion,))


def _given(facts: CourseFacts) -> Iterator[Item]:
    """A mark for each single dose, those of one agent with its name once, and a bar for what went on."""
    therapies = [one for one in facts.of(Therapy) if one.intent is Intent.TOXICITY]
    doses: dict[str, list[Therapy]] = {}
    for therapy in therapies:
        if therapy.stop == therapy.at.day:
            doses.setdefault(therapy.agent, []).append(therapy)
    for held in doses.values():
        yield from _doses(held)
    yield from (_bar([one], "bar3", facts.as_of) for one in therapies if one.stop != one.at.day)


def _doses(held: list[Therapy]) -> Iterator[Item]:
    first, last, agent = held[0], held[-1], label(held[0].agent)
    if first is last:
        yield _mark(first, Shape.FALL, strong=agent)
        return
    often = "twice" if len(held) == 2 else f"{len(held)} times"
    ids = tuple(one.id for one in held)
    yield Item(Shape.WORDS, first.at.day, last.at.day, agent, often, entries=ids, about=tuple(held))
    yield from (replace(_mark(one, Shape.FALL), on_top=True) for one in held)


def _episode(name: str, found: Toxicity, episode: Episode) -> Item:
    graded = [one for one in found.by_entry if one.grade and episode.onset_day <= one.day <= episode.last_day]
    peak = next(one for one in graded if one.grade == episode.peak)
    least = "at least " if peak.at_least else ""
    return Item(
        Shape.BAR, episode.onset, episode.last, f"{name} {least}{episode.peak}", f" {_span(episode)}",
        short=f"{name} {episode.peak}", fill="bar3", tone="high" if episode.peak >= _SEVERE else "ink",
        entries=tuple(one.entry for one in graded), said=f"{name}: {found.text}",
    )  # fmt: skip


def _span(episode: Episode) -> str:
    """The days of an episode."""
    first, last = day_text(episode.onset_day), day_text(episode.last_day)
    return first if first == last else f"{first} to {last}"


def _no_toxicity(facts: CourseFacts) -> str:
    """Why the lane is empty: what was never assessed is not the same as grade 0."""
    return _quiet(facts) if facts.assessment.day0 is not None else "no infusion so far"


def _quiet(facts: CourseFacts) -> str:
    """What is known of the scales without an episode, those of which the same is known together."""
    scales = (("CRS", facts.assessment.crs), ("ICANS", facts.assessment.icans))
    names: dict[str, list[str]] = {}
    for name, found in scales:
        if not found.episodes:
            names.setdefault(_none_words(found), []).append(name)
    return ", ".join(f"{' and '.join(named)} {words}" for words, named in names.items())


def _none_words(found: Toxicity) -> str:
    if found.max_grade is None:
        return "grade not known" if found.by_entry else "never assessed"
    return f"{'at least ' if found.at_least else ''}grade {found.max_grade}"


def _infections(facts: CourseFacts) -> Iterator[Item]:
    for infection in facts.of(Infection):
        words = ", ".join(part for part in (infection.organism, infection.site) if part) or "organism not recorded"
        yield _lasting(infection, words, "bar4", facts.as_of)

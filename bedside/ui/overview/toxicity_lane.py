"""Turns CRS, ICANS and what was given for them into one lane: never assessed is never shown as no toxicity."""

from collections.abc import Iterator
from dataclasses import replace

from bedside.chart.assessment import Course
from bedside.chart.derived.toxicity import Episode, Toxicity
from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent
from bedside.chart.formats import day_text, label
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.lanes import Item, Lane, Shape, mark
from bedside.ui.overview.therapy_lanes import bar

_SEVERE = 3  # the grade from which a bar is coloured as an alarm


def toxicity_lane(facts: CourseFacts) -> Lane:
    """The lane; without an item it says why it is empty."""
    return Lane("CRS and ICANS", tuple(_toxicity(facts)), empty=_no_toxicity(facts))


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
    yield from (bar([one], "bar3", facts.as_of) for one in therapies if one.stop != one.at.day)


def _doses(held: list[Therapy]) -> Iterator[Item]:
    first, last, agent = held[0], held[-1], label(held[0].agent)
    if first is last:
        yield mark(first, Shape.FALL, strong=agent)
        return
    often = "twice" if len(held) == 2 else f"{len(held)} times"
    ids = tuple(one.id for one in held)
    yield Item(Shape.WORDS, first.at.day, last.at.day, agent, often, entries=ids, about=tuple(held))
    yield from (replace(mark(one, Shape.FALL), on_top=True) for one in held)


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

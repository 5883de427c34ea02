"""Owns the lanes of the toxicity view: grades by day, then what supported and what was given."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from bedside.chart.derived.toxicity import GradedEntry, Toxicity
from bedside.chart.entries import Therapy, Vitals
from bedside.chart.enums import Oxygen
from bedside.chart.formats import at_text, date_text, day_text, label, quantity_text
from bedside.chart.moments import AsOf
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.lanes import Item, Lane, Shape
from bedside.ui.overview.state import part_of_day
from bedside.ui.toxicity.window import graded_days, is_given_for_toxicity

GRADE_PITCH = 29.0
LONGEST_HOLD = timedelta(days=1)
"""How far apart two readings are joined to one bar; how the drawing behaves, nothing clinical."""

Reading = Callable[[Vitals], str | None]


def toxicity_lanes(facts: CourseFacts) -> tuple[Lane, ...]:
    """The lanes from top to bottom; a support that was never needed says so."""
    assessment = facts.assessment
    never = "no infusion so far" if assessment.day0 is None else "not recorded"
    return (
        _grades("CRS, worst of the day", assessment.crs, facts),
        _grades("ICANS, worst of the day", assessment.icans, facts),
        _support("Hypotension", facts, _hypotension, "bar1", ruled=True),
        _support("Vasopressor", facts, _vasopressors, "bar2"),
        _support("Oxygen", facts, _oxygen, "bar4"),
        Lane("Given", tuple(_given(facts)), empty=never if assessment.day0 is None else "nothing recorded"),
    )


def _grades(name: str, found: Toxicity, facts: CourseFacts) -> Lane:
    days = graded_days(facts)
    if days is None:
        return Lane(name, (), empty="no infusion so far", pitch=GRADE_PITCH)
    first, last = days
    items = tuple(_grade(name, found, facts, day) for day in range((last - first).days + 1))
    return Lane(name, items, pitch=GRADE_PITCH, closed_up=True)


def _grade(name: str, found: Toxicity, facts: CourseFacts, day: int) -> Item:
    """The box of a day: its worst grade, or a dash where none can be told."""
    assert facts.assessment.day0 is not None
    on = facts.assessment.day0 + timedelta(days=day)
    scale = name.split(",", maxsplit=1)[0]
    worst = _worst([one for one in found.by_entry if one.day == day])
    if worst is None or worst.grade is None:
        spoken = f"{scale} {day_text(day)}, {date_text(on)}: not assessed"
        return Item(Shape.GRADE, on, on, said=spoken)
    least = "at least " if worst.at_least else ""
    spoken = f"{scale} {day_text(day)}, {date_text(on)}: {least}grade {worst.grade}, {worst.text}"
    return Item(
        Shape.GRADE, on, on, short=f"≥{worst.grade}" if worst.at_least else "", grade=worst.grade,
        entries=(worst.entry,), said=spoken,
    )  # fmt: skip


def _worst(graded: list[GradedEntry]) -> GradedEntry | None:
    """The entry with the highest grade, the first of those; one that is certain before one that is at least so."""
    known = [one for one in graded if one.grade is not None]
    return max(known, key=lambda one: (one.grade or 0, not one.at_least), default=None)


def _hypotension(vitals: Vitals) -> str | None:
    return None if vitals.hypotension is None else "hypotension" if vitals.hypotension else ""


def _vasopressors(vitals: Vitals) -> str | None:
    return None if vitals.vasopressors is None else ", ".join(vitals.vasopressors)


def _oxygen(vitals: Vitals) -> str | None:
    if vitals.oxygen is None:
        return None
    flow = f", {quantity_text(vitals.o2_flow, 'L/min')}" if vitals.o2_flow else ""
    return "" if vitals.oxygen is Oxygen.NONE else f"{label(vitals.oxygen.value)}{flow}"


def _support(name: str, facts: CourseFacts, reading: Reading, fill: str, *, ruled: bool = False) -> Lane:
    """What each set of vital signs says holds until the next one says something else."""
    read = [(one, words) for one in facts.of(Vitals) if (words := reading(one)) is not None]
    runs: list[list[tuple[Vitals, str]]] = []
    for one in read:
        if runs and runs[-1][-1][1] == one[1]:
            runs[-1].append(one)
        else:
            runs.append([one])
    items = []
    for place, run in enumerate(runs):
        if run[0][1]:
            following = runs[place + 1][0][0] if place + 1 < len(runs) else None
            items.append(_held(run, following, fill))
    empty = "none" if read else "no infusion so far" if facts.assessment.day0 is None else "not recorded"
    return Lane(name, tuple(items), ruled=ruled, empty=empty, labels_left=True)


def _held(run: list[tuple[Vitals, str]], following: Vitals | None, fill: str) -> Item:
    first, last = run[0][0].at, run[-1][0].at
    close = following is not None and following.at.day - last.day <= LONGEST_HOLD
    end = following.at if following is not None and close else last
    until = f" to {at_text(end)}" if end != first else ""
    words = run[0][1]
    return Item(
        Shape.PART, first.day, end.day, "" if words == "hypotension" else words,
        fill=fill, open_ended=not close, begins=part_of_day(first.instant),
        ends=part_of_day(end.instant) if end.instant is not None else float(not close),
        entries=tuple(one.id for one, _words in run), said=f"{words}, {at_text(first)}{until}",
    )  # fmt: skip


def _given(facts: CourseFacts) -> Iterator[Item]:
    """A mark for what was given once, a bar for what went on; the second dose of an agent is a second mark."""
    for therapy in facts.of(Therapy):
        if is_given_for_toxicity(therapy, facts.knowledge):
            yield _therapy(therapy, facts)


def _therapy(therapy: Therapy, facts: CourseFacts) -> Item:
    begins, name = part_of_day(therapy.at.instant), label(therapy.agent)
    if therapy.stop == therapy.at.day:
        return Item(
            Shape.FALL, therapy.at.day, therapy.at.day, name, begins=begins, ends=begins,
            entries=(therapy.id,), about=(therapy,),
        )  # fmt: skip
    point, unknown = AsOf.parse(facts.assessment.as_of), bool(therapy.stop_unknown)
    end = therapy.at.day if unknown else min(therapy.stop or point.day, point.day)
    now = part_of_day(point.instant) if end == point.day and point.instant is not None else 1.0
    return Item(
        Shape.PART, therapy.at.day, end, name, "last day not known" if unknown else "", fill="bar3", begins=begins,
        ends=max(now, begins), open_ended=therapy.stop is None, entries=(therapy.id,), about=(therapy,),
    )  # fmt: skip

"""Owns the words of the toxicity view: the grade now, episodes, the assessments of a day, blood counts, IEC-HS."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bedside.chart.assessment import Assessment
from bedside.chart.derived.toxicity import Episode, GradedEntry, Toxicity
from bedside.chart.formats import NO_BREAK_SPACE, at_text, day_text, duration_text, time_text
from bedside.chart.moments import AsOf, At
from bedside.ui.lettering import Run
from bedside.ui.overview.course import CourseFacts
from bedside.ui.paragraph import Line
from bedside.ui.risk.words import unbroken
from bedside.ui.toxicity.treatment_words import treatment_words
from bedside.ui.widgets.section_column import Section


@dataclass(frozen=True)
class Standing:
    """Where a toxicity stands: its newest known grade, how it moved, what is said beside the box."""

    grade: int | None
    moved: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class EntryLine:
    """A row that leads to an entry: a grade, what is said, and of which scale the entry is graded ("" for neither)."""

    grade: int | None
    words: str
    lines: tuple[Line, ...]
    entry: str
    scale: str = ""


def standing(scale: str, found: Toxicity, as_of: AsOf, source: str) -> Standing:
    """The newest known grade of a toxicity with the one before, its rule, and the time since."""
    known = [one for one in found.by_entry if one.grade is not None]
    if not known:
        return Standing(None, None, ((Run(f"{scale} not assessed", 15, 600),), _why(found), *_baseline(found)))
    newest, before = known[-1], known[-2] if len(known) > 1 else None
    moved = None if before is None else newest.moved_from(before)
    word = {1: ", rising", -1: ", falling", 0: "", None: ""}[moved]
    head = (Run(f"{scale} {grade_words(newest)}{word}", 15, 600),)
    named = source.replace(" ", NO_BREAK_SPACE)
    rule = (Run(f"{unbroken(newest.text)}. ", 12, 600), Run(f"{named}.", 12, 400, "ink2"))
    below = (*_override(newest), _since(newest, as_of), *_span(found), *_baseline(found))
    return Standing(newest.grade, moved, (head, rule, *_asked(found.by_entry[-1]), *below))


def _why(found: Toxicity) -> Line:
    """Why no grade is known; what was never assessed is not grade 0."""
    return (
        Run(f"{found.text[:1].upper()}{found.text[1:]}. Not assessed is not grade{NO_BREAK_SPACE}0.", 12, 400, "ink2"),
    )


def grade_words(graded: GradedEntry) -> str:
    """A grade in words: "at least grade 2"; what could not be told says so."""
    if graded.grade is None:
        return "not known"
    return f"{'at least ' if graded.at_least else ''}grade {graded.grade}"


def _override(graded: GradedEntry) -> tuple[Line, ...]:
    if graded.override is None:
        return ()
    proposed = "not known" if graded.proposed is None else f"grade {graded.proposed}"
    words = f"Set by a physician; proposed was {proposed}. Reason: {graded.override_reason}"
    return ((Run(words, 12, 400),),)


def _asked(graded: GradedEntry) -> tuple[Line, ...]:
    """What the signs ask of a person, until the answer is recorded or a physician has set the grade."""
    if not graded.question or graded.override is not None:
        return ()
    return ((Run(f"{graded.question[:1].upper()}{graded.question[1:]}", 12, 600, "amb"),),)


def _since(newest: GradedEntry, as_of: AsOf) -> Line:
    at = At.parse(newest.at)
    ago = unbroken(ago_words(at, as_of)).replace(" ", NO_BREAK_SPACE)
    when = f"today{NO_BREAK_SPACE}{time_text(at.instant)}" if at.instant is not None and at.day == as_of.day else ""
    said = Run(when or unbroken(at_text(at)), 12, 600)
    return (Run("Last assessed ", 12, 400, "ink2"), said, Run(f", {ago}", 12, 400, "ink2"))


def ago_words(at: At, as_of: AsOf) -> str:
    """How long ago a moment was: in hours where both times are known, else in days."""
    if at.instant is not None and as_of.instant is not None:
        return f"{duration_text(as_of.instant - at.instant)} ago"
    days = (as_of.day - at.day).days
    return "today" if not days else f"{days} d ago"


def _span(found: Toxicity) -> tuple[Line, ...]:
    if found.onset_day is None or found.last_day is None:
        always_told = not found.at_least and all(one.grade is not None for one in found.by_entry)
        when = "on every assessed day" if always_told else "whenever it could be told"
        return ((Run(f"Grade 0 {when}.", 12, 400, "ink2"),),)
    peak = next(one for one in found.by_entry if one.grade == found.max_grade)
    words = f"Onset {day_text(found.onset_day)}, peak {found.max_grade} on {day_text(peak.day)}"
    return ((Run(f"{words}, last graded {day_text(found.last_day)}.", 12, 400, "ink2"),),)


def _baseline(found: Toxicity) -> tuple[Line, ...]:
    return ((Run(f"Before infusion {found.baseline}.", 12, 400, "ink2"),),) if found.baseline else ()


def episode_lines(facts: CourseFacts) -> tuple[EntryLine, ...]:
    """The episodes of both toxicities by onset; each leads to the entry of its peak."""
    found = [
        (episode, _episode(scale, toxicity, episode, facts))
        for scale, toxicity in (("CRS", facts.assessment.crs), ("ICANS", facts.assessment.icans))
        for episode in toxicity.episodes
    ]
    return tuple(line for _episode_, line in sorted(found, key=lambda one: one[0].onset))


def _episode(scale: str, found: Toxicity, episode: Episode, facts: CourseFacts) -> EntryLine:
    held = [one for one in found.by_entry if one.grade and episode.onset_day <= one.day <= episode.last_day]
    peak = next(one for one in held if one.grade == episode.peak)
    days = "1 day" if episode.duration_days == 1 else f"{episode.duration_days} days"
    state = ", still open" if episode.open else ""
    span = _days(episode.onset_day, episode.last_day)
    head = f"{scale} {span}, {days}{state}"
    second = f"Peak {grade_words(peak)}, {day_text(peak.day)}: {unbroken(peak.text)}"
    given = treatment_words(found, episode, facts)
    lines = ((Run(head, 13, 600),), (Run(second, 12, 400, "ink2"),), (Run(given, 12, 400, "ink2"),))
    return EntryLine(episode.peak, f"{head}. {second}. {given}", lines, peak.entry)


def _days(first: int, last: int) -> str:
    return day_text(first) if first == last else f"{day_text(first)} to {day_text(last)}"


def assessment_lines(assessment: Assessment, day: date) -> tuple[EntryLine, ...]:
    """Every assessment of a date with its grade, the newest first; each leads to its entry."""
    found = [
        (one.at, _assessed(scale, one))
        for scale, toxicity in (("CRS", assessment.crs), ("ICANS", assessment.icans))
        for one in toxicity.by_entry
        if At.parse(one.at).day == day
    ]
    return tuple(line for _at, line in sorted(found, key=lambda one: one[0], reverse=True))


def _assessed(scale: str, graded: GradedEntry) -> EntryLine:
    instant = At.parse(graded.at).instant
    when = f"{time_text(instant)} " if instant is not None else ""
    head = f"{when}{scale} {grade_words(graded)}"
    lines = (
        (Run(head, 13, 600),),
        (Run(unbroken(graded.text), 12, 400, "ink2"),),
        *_override(graded),
        *_asked(graded),
    )
    words = ". ".join("".join(run.text for run in line) for line in lines)
    return EntryLine(graded.grade, words, lines, graded.entry, scale.lower())


def prompts(assessment: Assessment, source_of: Callable[[str], str]) -> Iterator[Section]:
    """What is to be looked at beside CRS and ICANS: neutropenia after infusion, and the checklist of IEC-HS."""
    if assessment.icaht is not None:
        found = assessment.icaht
        early = (Run("Early ", 12, 600), Run(unbroken(found.early.text), 12, 400, "ink2"))
        late = (Run("Late ", 12, 600), Run(unbroken(found.late.text), 12, 400, "ink2"))
        yield (f"Neutropenia after infusion ({source_of(found.source)})", (early, late))
    if assessment.iec_hs is not None:
        checklist = assessment.iec_hs
        signs = [(Run(f"{one.title}  ", 12, 600), Run(unbroken(one.text), 12, 400, "ink2")) for one in checklist.signs]
        prompt = (Run(f"{checklist.text}.", 12, 400, "ink2"),)
        yield (f"Checklist of hyperinflammation ({source_of(checklist.source)})", (*signs, prompt))

"""Owns the sections beside the plots: aplasia, what is known on the focus date, kinetics, and the marrow samples."""

from collections.abc import Iterable, Mapping

from bedside.chart.base import Entry
from bedside.chart.derived.opinion import Kinetics
from bedside.chart.formats import NO_BREAK_SPACE, date_text, day_text, label, number_text
from bedside.ui.criteria import CriteriaWords
from bedside.ui.lettering import Run
from bedside.ui.marrow.levels import Level
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.state import TimelineState
from bedside.ui.paragraph import Line
from bedside.ui.risk.facts import APLASIA, RESPONSE, SAMPLES, sections
from bedside.ui.risk.words import unbroken
from bedside.ui.widgets.section_column import Section

SHOWN = (APLASIA, SAMPLES, RESPONSE)


def side_sections(
    facts: CourseFacts, levels: tuple[Level, ...], state: TimelineState, words: CriteriaWords
) -> tuple[Section, ...]:
    """The sections in the order of reading."""
    assessment = facts.assessment
    entries: Mapping[str, Entry] = {entry.id: entry for entry in facts.entries}
    known = sections(assessment, entries, words.definition(assessment.bca.definition))
    lines = {one.head: tuple(line for fact in one.facts for line in fact.lines) for one in known}
    aplasia, samples, response = ((head, lines[head]) for head in SHOWN)
    focus = (f"Known on {_focus_words(state)}", tuple(_focus(levels, state)))
    return (aplasia, focus, ("CAR-T kinetics", tuple(_kinetics(assessment.kinetics))), response, samples)


def _focus_words(state: TimelineState) -> str:
    return f"{date_text(state.focus)}{_day(state)}"


def _day(state: TimelineState) -> str:
    return "" if state.day0 is None else f" ({day_text((state.focus - state.day0).days)})"


def _focus(levels: tuple[Level, ...], state: TimelineState) -> Iterable[Line]:
    for level in levels:
        for series in level.series:
            held = [mark for mark in series.marks if mark.on <= state.focus]
            name = Run(f"{series.name[:1].upper()}{series.name[1:]}  ", 12, 400, "ink2")
            if held:
                said = held[-1].words.removeprefix(f"{series.name} ")
                yield (name, Run(said, 12, 600, "ink"), Run(f"  {unbroken(date_text(held[-1].on))}", 12, 400, "ink2"))
            else:
                yield (name, Run("not recorded so far", 12, 400, "ink2", missing=True))


def _kinetics(found: tuple[Kinetics, ...]) -> Iterable[Line]:
    if not found:
        yield (Run("Not derived", 12, 600, "ink", missing=True), Run("  no level since day 0", 12, 400, "ink2"))
    for one in found:
        space = NO_BREAK_SPACE
        yield (Run(label(one.method), 12, 600, "ink"), Run(f"  {one.unit}, linear trapezoid", 12, 400, "ink2"))
        yield _pair("Cmax", f"{number_text(one.cmax)}")
        yield _pair("Tmax", "none, every level is 0" if one.tmax_day is None else day_text(one.tmax_day))
        yield _pair(f"AUC 0–28{space}d", f"{number_text(one.auc_0_28)}, last day used {day_text(one.last_day_used)}")
        yield _pair("Tlast", "none, every level is 0" if one.tlast_day is None else day_text(one.tlast_day))


def _pair(name: str, value: str) -> Line:
    return (Run(f"{name}  ", 12, 400, "ink2"), Run(value, 12, 600, "ink"))

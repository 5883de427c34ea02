"""Owns the sections beside the plots: aplasia, what is known on the focus date, kinetics, and the marrow samples."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from bedside.chart.base import Entry
from bedside.chart.derived.opinion import Kinetics
from bedside.chart.formats import NO_BREAK_SPACE, date_text, day_text, label, number_text
from bedside.ui.criteria import CriteriaWords
from bedside.ui.lettering import Run
from bedside.ui.marrow.levels import Level
from bedside.ui.marrow.response_lane import findings
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.state import TimelineState
from bedside.ui.paragraph import Line
from bedside.ui.risk.fact import Fact, Section
from bedside.ui.risk.facts import APLASIA, RESPONSE, SAMPLES, sections
from bedside.ui.risk.words import unbroken

SHOWN = (APLASIA, SAMPLES, RESPONSE)


def side_sections(
    facts: CourseFacts, levels: tuple[Level, ...], state: TimelineState, words: CriteriaWords
) -> tuple[Section, ...]:
    """The sections in the order of reading."""
    assessment = facts.assessment
    entries: Mapping[str, Entry] = {entry.id: entry for entry in facts.entries}
    known = {one.head: one for one in sections(assessment, entries, words.definition(assessment.bca.definition))}
    aplasia, samples, response = (known[head] for head in SHOWN)
    focus = Section(f"Known on {_focus_words(state)}", (_response(facts, state), *_focus(levels, state)))
    kinetics = Section("CAR-T kinetics", tuple(_kinetics(assessment.kinetics, assessment.day0)))
    return (aplasia, focus, kinetics, response, samples)


def _focus_words(state: TimelineState) -> str:
    return f"{date_text(state.focus)}{_day(state)}"


def _day(state: TimelineState) -> str:
    return "" if state.day0 is None else f" ({day_text((state.focus - state.day0).days)})"


def _response(facts: CourseFacts, state: TimelineState) -> Fact:
    """The newest finding of the response up to the focus date."""
    known = [one for one in findings(facts) if one.on <= state.focus]
    if not known:
        return Fact((_nothing(),), caption=_caption("Response"))
    newest = known[-1]
    on = Run(f" {newest.soft}  {unbroken(date_text(newest.on))}", 12, 400, "ink2")
    return Fact(((Run(newest.strong, 12, 600), on),), newest.entries, caption=_caption("Response"))


def _nothing() -> Line:
    return (Run("not recorded so far", 12, 400, "ink2", missing=True),)


def _focus(levels: tuple[Level, ...], state: TimelineState) -> Iterable[Fact]:
    for level in levels:
        for series in level.series:
            held = [mark for mark in series.marks if mark.on <= state.focus]
            name = _caption(f"{series.name[:1].upper()}{series.name[1:]}")
            if held:
                said = Run(held[-1].words.removeprefix(f"{series.name} "), 12, 600)
                unit = f" {level.unit.removesuffix(', log')}" if level.is_log and level.high > 1 else ""
                on = Run(f"{unit}  {unbroken(date_text(held[-1].on))}", 12, 400, "ink2")
                yield Fact(((said, on),), (held[-1].entry,), caption=name)
            else:
                yield Fact((_nothing(),), caption=name)


def _kinetics(found: tuple[Kinetics, ...], day0: date | None) -> Iterable[Fact]:
    if not found:
        why = Run("  no infusion so far" if day0 is None else "  no level since day 0", 12, 400, "ink2")
        yield Fact(((Run("Not derived", 12, 600, missing=True), why),))
    for one in found:
        whole = one.unit.replace("/", "·d/", 1)
        yield Fact(((Run(label(one.method), 12, 600), Run("  linear trapezoid", 12, 400, "ink2")),))
        yield _pair("Cmax", number_text(one.cmax), one.unit)
        yield _day_pair("Tmax", one.tmax_day, day0)
        yield _pair(f"AUC 0–28{NO_BREAK_SPACE}d", number_text(one.auc_0_28), whole)
        yield _pair("", "", f"last day used {day_text(one.last_day_used)}")
        yield _day_pair("Tlast", one.tlast_day, day0)


def _day_pair(name: str, day: int | None, day0: date | None) -> Fact:
    """A day from day 0 with its date."""
    if day is None:
        return _pair(name, "none, every level is 0")
    return _pair(name, day_text(day), "" if day0 is None else date_text(day0 + timedelta(days=day)))


def _caption(words: str) -> Line:
    return (Run(words, 12, 400, "ink2"),)


def _pair(name: str, value: str, rest: str = "") -> Fact:
    soft = (Run(f" {unbroken(rest)}" if value else unbroken(rest), 12, 400, "ink2"),) if rest else ()
    strong = (Run(value, 12, 600),) if value else ()
    return Fact(((*strong, *soft),), caption=_caption(name))

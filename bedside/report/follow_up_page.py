"""Owns the part on the time after infusion: decisions and signatures, what is due, how it went on, registry facts."""

from collections.abc import Iterator, Sequence

from reportlab.platypus.flowables import Flowable

from bedside.chart.derived.follow_up import Due, Event, Outcome
from bedside.chart.describe import values_text
from bedside.chart.entries import Chimerism, Contact, Death, Decision, Malignancy
from bedside.chart.formats import date_text, day_text, label, moment_text
from bedside.report.styles import CELL
from bedside.report.writing import Cell, Writing

_DECISION_SHARES = (0.2, 0.15, 0.35, 0.3)
_NAMES = 128.0
_STEPS = 12
_COUNTED = {
    "prior_lines": "Earlier lines of therapy",
    "therapies_before_infusion": "Therapies before infusion",
    "therapies_after_infusion": "Therapies after infusion",
    "days_apheresis_to_infusion": "Apheresis to infusion, days",
    "aplasia_days": "B-cell aplasia, days",
    "immunoglobulin_periods": "Periods of immunoglobulin",
}


def decisions(writing: Writing) -> list[Flowable]:
    """Return every decision with its rationale and its signatures, newest last, then who released this summary."""
    newest, earlier = writing.newest(writing.facts.of(Decision), "decisions")
    rows = [_decision(writing, one) for one in newest]
    releases = [f"{one.words} {moment_text(one.at, writing.made.zone)}." for one in writing.made.releases]
    if not rows and not releases:
        return []
    flowables = writing.heading("Decisions and signatures", "decisions")
    if rows:
        widths = [writing.room * share for share in _DECISION_SHARES]
        flowables.append(writing.table(["Date", "Decision", "Rationale", "Signed"], rows, widths))
        flowables += earlier
    flowables += [writing.letters.paragraph(f"This summary: {words}", CELL) for words in releases]
    return flowables


def decision_words(writing: Writing) -> Iterator[str]:
    """Yield every decision in one sentence with its signatures."""
    for one in writing.facts.of(Decision):
        signed = _signed(writing, one)
        yield f"{label(one.choice.value)}, {writing.facts.dated(one.at.day)}: {one.rationale} ({signed})"


def _decision(writing: Writing, one: Decision) -> list[Cell]:
    choice = writing.strong_cell(label(one.choice.value))
    return [writing.facts.dated(one.at.day), choice, one.rationale, _signed(writing, one)]


def _signed(writing: Writing, one: Decision) -> str:
    signed = [f"{mark.words} {moment_text(mark.at, writing.made.zone)}" for mark in writing.made.signatures_of(one.id)]
    return "; ".join(signed) or (f"by {one.signed_by}" if one.signed_by else "not signed")


def due(writing: Writing) -> list[Flowable]:
    """Return what is due and not done, overdue first; what was missed in one line."""
    rows: list[tuple[str, Cell]] = [(name, writing.long_cell(words)) for name, words in due_rows(writing)]
    if not rows:
        return []
    pairs = writing.pairs(rows, (_NAMES, writing.room - _NAMES))
    return writing.over("What is due", "due", pairs)


def due_rows(writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield what is overdue, what is due next, what was missed for good, and the alerts."""
    open_ = [one for one in writing.facts.assessment.due if one.waits]
    missed = [one for one in writing.facts.assessment.due if one.later_done_by is not None]
    late = [one for one in open_ if one.overdue_days > 0]
    ahead = [one for one in open_ if one.overdue_days == 0 and one.window_last >= writing.facts.as_of.day]
    words = [f"{one.text.rstrip('.')} ({one.rule})" for one in writing.facts.assessment.alerts]
    if late:
        yield "Overdue", f"{'; '.join(_overdue(late))}."
    if ahead:
        yield "Due next", f"{'; '.join(_next(ahead))}."
    if missed:
        yield "Missed", f"{'; '.join(_missed(missed))}; later ones were done."
    if words:
        yield "To look at", f"{'; '.join(words)}."


def _overdue(late: Sequence[Due]) -> Iterator[str]:
    for title in dict.fromkeys(one.title for one in late):
        same = [one for one in late if one.title == title]
        longest = max(same, key=lambda one: one.overdue_days)
        later = f", and {len(same) - 1} later" if len(same) > 1 else ""
        yield f"{title}, due {date_text(longest.due)}, {longest.overdue_days} d overdue{later}"


def _missed(missed: Sequence[Due]) -> Iterator[str]:
    for title in dict.fromkeys(one.title for one in missed):
        same = [one for one in missed if one.title == title]
        earlier = f", and {len(same) - 1} earlier" if len(same) > 1 else ""
        yield f"{title} of {date_text(same[-1].due)}{earlier}"


def _next(ahead: Sequence[Due]) -> Iterator[str]:
    seen = {one.title: one for one in reversed(ahead)}
    yield from (one.text for one in sorted(seen.values(), key=lambda one: one.due))


def course(writing: Writing) -> list[Flowable]:
    """Return how the newest course went on: response, relapse, chimerism, second malignancy, last contact or death."""
    rows = list(_course(writing)) if writing.facts.course is not None else []
    if not rows:
        return []
    return writing.over("After the infusion", "course_after", writing.pairs(rows, (_NAMES, writing.room - _NAMES)))


def registry(writing: Writing) -> list[Flowable]:
    """Return what registries ask of the newest course besides; nothing unless everything was asked for."""
    outcome = writing.facts.assessment.outcome
    if not writing.appendix or outcome is None:
        return []
    pairs = writing.pairs([*_outcome(outcome), *_counted(writing, outcome)], (_NAMES, writing.room - _NAMES))
    return writing.over("Appendix: facts for the registry", "registry", pairs)


def _course(writing: Writing) -> Iterator[tuple[str, Cell]]:
    facts = writing.facts
    response = facts.assessment.response
    if response is not None:
        yield "Response at day 28", response.text
    relapse = facts.assessment.relapse
    if relapse.date is not None:
        kind = label(relapse.type) if relapse.type else "immunophenotype not recorded"
        sites = " and ".join(label(site) for site in relapse.sites)
        words = f"{facts.dated(relapse.date)}, {sites}, {kind}. {relapse.survival_text}".rstrip(". ")
        yield "Relapse after infusion", f"{words}."
    if relapse.timing:
        yield "Relapse before infusion", relapse.timing
    for name, newest in (("Chimerism", facts.newest(Chimerism)), ("Second malignancy", facts.newest(Malignancy))):
        if newest is not None:
            yield name, f"{values_text(newest)} ({date_text(newest.at.day)})"
    death, contact = facts.newest(Death), facts.newest(Contact)
    if death is not None:
        yield "Died", f"{facts.dated(death.at.day)}, cause {label(death.cause.value)}"
    elif contact is not None:
        yield "Last contact", f"{label(contact.status.value)}, {facts.dated(contact.at.day)}"


def _outcome(outcome: Outcome) -> Iterator[tuple[str, Cell]]:
    yield "Event-free survival", _event(outcome.efs)
    if outcome.efs_censored_at_hsct != outcome.efs:
        yield "… censored at HSCT", _event(outcome.efs_censored_at_hsct)
    yield "Overall survival", _event(outcome.os)
    yield "Free of HSCT and MRD", _event(outcome.hsct_and_mrd_free)
    if outcome.text:
        yield "Rests on a conflict", outcome.text


def _event(one: Event) -> str:
    kind = "event" if one.event else "censored"
    return f"{one.day} d to {date_text(one.date)} ({day_text(one.day)}), {kind}: {label(one.what)}"


def _counted(writing: Writing, outcome: Outcome) -> Iterator[tuple[str, Cell]]:
    found = [f"{words.lower() if words[1:2].islower() else words} {outcome.registry[name]}"
             for name, words in _COUNTED.items() if outcome.registry.get(name) is not None]  # fmt: skip
    if found:
        yield "Counted", f"{'; '.join(found)}."
    sequence = outcome.registry.get("therapy_sequence")
    if sequence:
        yield "Sequence of therapy", writing.long_cell(_newest_steps(str(sequence)))


def _newest_steps(sequence: str) -> str:
    steps = sequence.split("; ")
    earlier = len(steps) - _STEPS
    return sequence if earlier <= 0 else f"{earlier} earlier; {'; '.join(steps[earlier:])}"

"""Answers about the time after the infusion: survival, response, relapse, blood, persistence and other events."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.describe import describe
from bedside.chart.entries import BloodCount
from bedside.chart.enums import CellSource, ContactStatus, DeathCause, RemissionResponse
from bedside.chart.formats import date_text, field_quantity_text, label, number_text
from bedside.logic.preparation.limits import reached
from bedside.logic.registry.before import newest_count
from bedside.logic.registry.view import Answer, Span, View, answered, missing, not_asked, to_confirm

_NOTHING = "nothing is recorded in this time"
_BEST_FIRST = (RemissionResponse.CR, RemissionResponse.CRI, RemissionResponse.NO_RESPONSE)


def contact(view: View, span: Span) -> Answer:
    """The contact nearest to the point in time, within its window.

    Where another infusion followed, the day before its conditioning is the contact (cibmtr): a person has to say which.
    """
    followed = _followed(view, span)
    if followed:
        first = min(followed, key=lambda one: one.at.day)
        words = f"another infusion followed {view.on(first.at.day)}: the contact is the day before its conditioning"
        return to_confirm(words, first)
    if span.contact is not None:
        return Answer(AnswerStatus.ANSWERED, view.on(span.contact), (span.contact_by,))
    if span.window is None:
        return missing("no contact is recorded")
    first, last = span.window
    return missing(f"nothing is recorded from {date_text(first)} to {date_text(last)}")


def _died(view: View, span: Span) -> Any | None:
    """The death by the end of the time, if any."""
    deaths = view.until("death", span.last)
    return deaths[0] if deaths else None


def survival(view: View, span: Span) -> Answer:
    """Dead, alive at the contact, or lost."""
    death = _died(view, span)
    if death is not None:
        return answered(f"died {view.on(death.at.day)}", death)
    lost = [one for one in view.of("contact", span.first, span.last) if one.status is ContactStatus.LOST]
    if lost:
        return answered(f"lost to follow-up {view.on(lost[-1].at.day)}", lost[-1])
    if span.contact is not None:
        return Answer(AnswerStatus.ANSWERED, f"alive {view.on(span.contact)}", (span.contact_by,))
    return missing("no contact is recorded at this point")


def cause_of_death(view: View, span: Span) -> Answer:
    """As recorded; unknown is missing."""
    death = _died(view, span)
    if death is None:
        return not_asked("no death is recorded")
    if death.cause is DeathCause.UNKNOWN:
        return missing("the cause is recorded as unknown", death)
    return answered(label(death.cause.value), death)


def further_infusion(view: View, span: Span) -> Answer:
    """Transplants, and infusions that do not belong to the first doses of the course."""
    return _events(view, _followed(view, span))


def _followed(view: View, span: Span) -> list[Any]:
    """The transplants of the time, and its infusions beyond the first doses of the course."""
    first = {entry.id for entry in view.infusions if entry.role is None or entry.role.value != "reinfusion"}
    later = [one for one in view.of("infusion", span.first, span.last) if one.id not in first]
    return [*view.of("hsct", span.first, span.last), *later]


def _events(view: View, found: list[Any]) -> Answer:
    """What happened, each with its day; where nothing is recorded, a person has to say so."""
    if not found:
        return to_confirm(_NOTHING)
    return answered("; ".join(f"{view.on(one.at.day)} {describe(one)}" for one in found), *found)


def _event(kind: str) -> Callable[[View, Span], Answer]:
    def rule(view: View, span: Span) -> Answer:
        return _events(view, view.of(kind, span.first, span.last))

    return rule


def best_response(view: View, span: Span) -> Answer:
    """The best that a physician judged from the infusion to the end of the course; else what day 28 shows."""
    until = min(span.last, view.assessment.closed_on or span.last)
    judged = [] if view.day0 is None else view.of("remission", view.day0, until)
    for response in _BEST_FIRST:
        for entry in judged:
            if entry.response is response:
                return answered(f"{label(response.value)}, {view.on(entry.at.day)}", entry)
    shown = view.assessment.response
    held = {entry.id: entry.at.day for kind in ("marrow", "remission") for entry in view.until(kind, span.last)}
    if shown is not None and all(one in held for one in shown.evidence):
        return Answer(AnswerStatus.TO_CONFIRM, f"not judged; {shown.text}", shown.evidence)
    return missing("no response is recorded")


def anc_recovery(view: View, span: Span) -> Answer:
    """The first of enough neutrophil counts in a row, of different days, after they had fallen below the limit."""
    limit = view.tables.numbers.anc_recovery.value
    counts = _daily(view, span)
    if not counts:
        return missing("no neutrophils are recorded")
    low = next((place for place, one in enumerate(counts) if reached(one, "anc", limit) is False), None)
    if low is None:
        return to_confirm(f"not below {number_text(limit)} ×10⁹/L in {len(counts)} counts", counts[0], counts[-1])
    needed = int(view.tables.numbers.anc_recovery_days.value)
    for place in range(low + 1, len(counts) - needed + 1):
        run = counts[place : place + needed]
        if all(reached(one, "anc", limit) for one in run):
            return answered(view.on(run[0].at.day), *run)
    return missing(f"fewer than {needed} counts in a row from {number_text(limit)} ×10⁹/L on", counts[-1])


def _daily(view: View, span: Span) -> list[BloodCount]:
    """The newest neutrophil count of each day."""
    counts = [one for one in view.of("blood_count", span.first, span.last) if one.anc is not None]
    return [list(of_day)[-1] for _, of_day in groupby(counts, key=lambda one: one.at.day)]


def platelet_recovery(view: View, span: Span) -> Answer:
    """What there is to read it from: no rule is known to the program that was read in a source."""
    counts = [one for one in view.of("blood_count", span.first, span.last) if one.plt is not None]
    if not counts:
        return missing("no platelets are recorded")
    given = [one for one in view.of("transfusion", span.first, span.last) if one.component.value == "platelets"]
    words = f"to be read from {len(counts)} counts and {len(given)} transfusions of platelets"
    return to_confirm(words, counts[0], counts[-1])


def current_counts(view: View, span: Span) -> Answer:
    """The newest count of the time."""
    return newest_count(view, view.of("blood_count", span.first, span.last))


def infection(view: View, span: Span) -> Answer:
    """Infections that began in the time or went on into it."""
    found = view.until("infection", span.last)
    return _events(view, [one for one in found if one.at.day >= span.first or (one.stop or date.max) >= span.first])


def persistence(view: View, span: Span) -> Answer:
    """The newest CAR-T level of the time."""
    found = view.of("car_t_level", span.first, span.last)
    if not found:
        return missing("no CAR-T level is recorded in this time")
    return answered(f"{view.on(found[-1].at.day)} {describe(found[-1])}", found[-1])


def gvhd(view: View, span: Span) -> Answer:
    """Asked unless all therapy is said to be recorded, and none of it was with cells of somebody else."""
    found = view.of("gvhd", span.first, span.last)
    if found:
        return _events(view, found)
    foreign = {CellSource.DONOR_DERIVED, CellSource.THIRD_PARTY}
    donor = any(one.cell_source in foreign for one in view.until("infusion", span.last))
    if not donor and not view.until("hsct", span.last) and view.is_autologous and view.history_is_complete:
        return not_asked("no cells of a donor were given; the history of therapy is said to be complete")
    return to_confirm(_NOTHING)


def b_cells(view: View, span: Span) -> Answer:
    """When B cells came back, else the newest count of them in the time."""
    bca = view.assessment.bca
    if bca.lost_on is not None and bca.lost_on <= span.last:
        return Answer(AnswerStatus.ANSWERED, f"lost {view.on(bca.lost_on)}", bca.evidence)
    counts = [one for one in view.of("lymphocyte_subset", span.first, span.last) if _b_cells(one)]
    if not counts:
        return missing("no B cells are counted in this time")
    return answered(f"{_b_cells(counts[-1])}, {view.on(counts[-1].at.day)}", counts[-1])


def _b_cells(entry: Any) -> str:
    """The B cells of a count in words, empty where they were not counted."""
    for name in ("cd19", "cd19_pct"):
        value = getattr(entry, name)
        if value is not None:
            sign = str((entry.censored or {}).get(name, ""))
            return f"{label(name)} {field_quantity_text(name, value, sign)}"
    return ""


relapse, malignancy = _event("relapse"), _event("malignancy")

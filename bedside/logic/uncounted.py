"""What is said where no result settles a criterion: until when one is awaited, and the results that do not count."""

from collections.abc import Iterator
from datetime import date, timedelta

from bedside.chart.enums import MrdMethod
from bedside.chart.formats import date_text, label
from bedside.logic.criteria import NOT_DUE, Words
from bedside.logic.facts import CourseFacts
from bedside.logic.samples import INADEQUATE, NOT_EVALUABLE, Sample
from bedside.logic.wording import NOT_INFUSED, Case, cd19_words, ids, marrow_words, until, when


def awaited_at_day28(case: Case, status: int, methods: tuple[MrdMethod, ...]) -> Words:
    """Return until when a day-28 result by one of the methods is awaited, else that it is missing."""
    if case.facts is None:
        return NOT_INFUSED
    if status == NOT_DUE:
        return Words("the course ended first" if case.closed else f"awaited {until(case.facts.dates.day28_last)}")
    names = " or ".join(label(method.value) for method in methods)
    numbers, day0 = case.facts.setting.knowledge.numbers, case.facts.day0
    first = day0 + timedelta(days=numbers.day28_first)
    missing = f"no {names} result from D+{numbers.day28_first} to D+{numbers.day28_last}"
    return without_result(case, missing, methods, (first, case.facts.dates.day28_last))


def without_result(case: Case, missing: str, methods: tuple[MrdMethod, ...], window: tuple[date, date]) -> Words:
    """Return that a result is missing, with the newest of the window that is inadequate or not evaluable."""
    sample = next(_without_say(case, methods, window), None)
    if sample is None or case.facts is None:
        return Words(f"{missing}, {case.as_of}")
    shown = f"{marrow_words(sample, methods)}, {when(sample.day, case.facts.day0)}"
    return Words(f"{missing} that counts, {case.as_of}: {shown}", sample.ids, awaits=True)


def _without_say(case: Case, methods: tuple[MrdMethod, ...], window: tuple[date, date]) -> Iterator[Sample]:
    first, last = window[0], min(window[1], case.counted_until)
    for sample in reversed(case.history.samples):
        if sample.day < first:
            return
        if sample.day <= last and max(map(sample.state_of, methods)) in {NOT_EVALUABLE, INADEQUATE}:
            yield sample


def uncounted_cd19(facts: CourseFacts, first: date) -> Words:
    """Return the newest CD19 value from a date on that shows neither aplasia nor its loss, with why; else nothing."""
    aplasia, therapy = facts.aplasia, facts.b_cell_directed
    spoilt = aplasia.not_counted[-1:]
    newest = max((spoilt, aplasia.undecided_by), key=lambda held: held[-1].at.day if held else date.min)
    if not newest or newest[-1].at.day < first:
        return Words("")
    why = "does not settle it"
    if newest is spoilt and therapy is not None:
        why = f"not counted after {label(therapy.agent)}, {date_text(therapy.at.day)}"
    day = newest[-1].at.day
    evidence = ids(newest) if newest is not spoilt or therapy is None else (*ids(newest), therapy.id)
    return Words(f" that counts: {cd19_words(newest)}, {when(day, facts.day0)}, {why}", evidence)

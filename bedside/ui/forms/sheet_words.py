"""Owns the words of a form's sheet: whose and what it is, what its keys do, what was typed and what was stored."""

from collections.abc import Sequence

from bedside.chart.base import Entry, Observed
from bedside.chart.describe import kind_title
from bedside.chart.formats import day_text
from bedside.chart.moments import day_number
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.row import FieldRow

NEXT, NOT_DONE, LAST = "Enter: next box.", " X: not done.", " The last value is shown, never carried forward."


def title_words(kind: str, *, correcting: bool) -> str:
    """Return what is entered, or that it is corrected."""
    title = kind_title(kind)
    return f"Correct: {title[:1].lower() + title[1:]}" if correcting else title


def whose_words(context: FormContext) -> str:
    """Return the patient's name, and the day of the course where there is a day 0."""
    patient = context.patient
    name = f"{patient.family.upper()}, {patient.given}"
    if patient.day0 is None:
        return name
    return f"{name} · {day_text(day_number(context.now().date(), patient.day0))}"


def help_words(rows: Sequence[FieldRow]) -> tuple[str, ...]:
    """Return what the keys do in a form of these rows, the longest sentence first."""
    if not any(isinstance(row, NumberRow) and row.spec.observed for row in rows):
        return (f"{NEXT}{NOT_DONE if take_not_done(rows) else ''}", NEXT)
    return (f"{NEXT}{NOT_DONE}{LAST}", f"{NEXT}{NOT_DONE}", NEXT)


def take_not_done(rows: Sequence[FieldRow]) -> bool:
    """Return whether a row can say that something was asked for and not done."""
    return any(row.tells_not_done and row.spec.observed for row in rows)


def count_of(rows: Sequence[FieldRow]) -> int:
    """Return how many values are typed; words beside them are none."""
    return sum(row.count() for row in rows if row.spec.name not in ("note", "reason"))


def values_words(count: int) -> str:
    """Return how many values, in words."""
    return f"{count} value{'' if count == 1 else 's'}"


def stored_words(count: int, entry: Entry) -> str:
    """Return how many of the values that were typed are some, and how many were asked for and not done."""
    not_done = len((entry.not_done if isinstance(entry, Observed) else None) or ())
    values = values_words(count - not_done)
    if not not_done:
        return values
    return f"{values}, {not_done} not done" if count > not_done else f"{not_done} not done"

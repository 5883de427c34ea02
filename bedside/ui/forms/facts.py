"""Owns what a form must know of the patient beforehand: last values, limits for the age, gradable entries."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

from bedside.chart.base import Entry, Measured, Observed, own_fields
from bedside.chart.describe import kind_title
from bedside.chart.enums import Sex
from bedside.chart.formats import at_text
from bedside.chart.patient import Patient
from bedside.knowledge.families.ranges import Limit, ReferenceRange
from bedside.knowledge.tables import Knowledge
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.limits import FieldLimits

GRADED_KINDS = ("vitals", "neuro")
MOST_GRADED = 8


def last_values(live: Iterable[Entry]) -> dict[str, LastValue]:
    """Return the newest number of each field by `kind.field`; entries come in the order of their dates."""
    last: dict[str, LastValue] = {}
    for entry in live:
        if not isinstance(entry, Observed):
            continue
        signs = (entry.censored if isinstance(entry, Measured) else None) or {}
        for name in own_fields(type(entry)):
            value = getattr(entry, name)
            if isinstance(value, float):
                sign = signs[name].value if name in signs else ""
                last[f"{entry.kind}.{name}"] = LastValue(value, entry.at, sign)
    return last


def before(entry: Entry, live: Iterable[Entry]) -> list[Entry]:
    """Return the entries that come before this one; all of them where it does not count among them.

    What a correction is compared with: the value that is wrong is no measure of the right one.
    """
    return list(takewhile(lambda one: one.id != entry.id, live))


def limits_of(tables: Knowledge, patient: Patient, on: date) -> dict[str, FieldLimits]:
    """Return the limits by `kind.field`, the reference range for the patient's age in months and sex."""
    months = (on.year - patient.birth_date.year) * 12 + on.month - patient.birth_date.month
    months -= on.day < patient.birth_date.day
    return {
        f"{kind}.{name}": _field_limits(limit, _reference(limit.references, patient.sex, months))
        for kind, limited in tables.limited.items()
        for name, limit in limited
    }


def _reference(references: Sequence[ReferenceRange], sex: Sex, months: int) -> ReferenceRange | None:
    for reference in references:
        of_age = reference.from_months <= months and (reference.below_months is None or months < reference.below_months)
        if of_age and reference.sex in ("any", sex.value):
            return reference
    return None


def _field_limits(limit: Limit, reference: ReferenceRange | None) -> FieldLimits:
    return FieldLimits(
        low=reference.low if reference else None,
        high=reference.high if reference else None,
        soft_low=limit.soft_low,
        soft_high=limit.soft_high,
        hard_low=limit.hard_low,
        hard_high=limit.hard_high,
        hint=limit.hint or "",
        only_other_ages=reference is None and bool(limit.references),
    )


def gradable(live: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    """Return id and words of the newest entries whose grade a physician may set, the newest first."""
    found = [entry for entry in live if entry.kind in GRADED_KINDS][-MOST_GRADED:]
    return tuple((entry.id, entry_words(entry)) for entry in reversed(found))


def entry_words(entry: Entry) -> str:
    """Return an entry as it is named in a choice: "Vital signs 30-Jul-2020 07:05"."""
    return f"{kind_title(entry.kind)} {at_text(entry.at)}"

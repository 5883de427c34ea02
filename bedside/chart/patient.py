"""A patient's identity, and the chart: that identity with an append-only list of entries."""

from datetime import date

from bedside.chart.base import Name, Text, Value
from bedside.chart.entries import AnyEntry
from bedside.chart.enums import Sex
from bedside.chart.moments import DateField


class Patient(Value):
    """Who the patient is, as registered."""

    mrn: Name
    family_name: Name
    given_name: Name
    birth_date: DateField
    sex: Sex


class Chart(Value):
    """One patient's identity and all entries; `source` and `as_of` are kept from a published case's file."""

    patient: Patient
    entries: tuple[AnyEntry, ...]
    source: Text | None = None
    as_of: date | None = None

"""Tests that what goes out in a bundle comes back from it: every number of the laboratory, and who it is about."""

import json
from datetime import UTC
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.base import Measured, own_fields
from bedside.chart.patient import Chart
from bedside.exchange.counts.found import Surroundings
from bedside.exchange.counts.mapping import CountsMapping
from bedside.exchange.fhir.reading import ReadBundle, is_bundle, read_bundle
from bedside.knowledge.codes import COUNT_KINDS
from tests.charts import chart
from tests.samples import index_case
from tests.unit.exchange.any_entry import entries
from tests.unit.exchange.fhir.bundles import bundle_of


def read(one: Chart) -> ReadBundle:
    data = json.dumps(bundle_of(one)).encode()
    assert is_bundle(data)
    return read_bundle(data, CountsMapping(), Surroundings("bundle.json", UTC))


def told_by(one: Chart) -> list[tuple[str, str, float | None, str]]:
    """Moment, field, value and sign of everything of the laboratory that a chart tells."""
    found = []
    for entry in one.entries:
        if entry.kind in COUNT_KINDS and isinstance(entry, Measured):
            for name in own_fields(type(entry)):
                value = getattr(entry, name)
                if value is not None or name in (entry.not_done or ()):
                    found.append((moment(entry.at), name, value, str((entry.censored or {}).get(name, ""))))
    return sorted(found, key=str)


def moment(at: Any) -> str:
    return str(at.instant or at.day)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(COUNT_KINDS).flatmap(entries), max_size=5))
def test_that_every_number_of_the_laboratory_comes_back_unchanged(given: list[dict[str, Any]]) -> None:
    one = chart(given, born="2000-01-01")
    samples = read(one).found.samples
    assert [sample.refused for sample in samples if sample.refused] == []
    back: list[tuple[str, str, float | None, str]] = []
    for sample in samples:
        back += ((moment(sample.at), value.field, value.value, value.sign) for value in sample.measured)
        back += ((moment(sample.at), name, None, "") for name in sample.not_done)
    assert sorted(back, key=str) == told_by(one)


def test_that_the_patient_comes_back_as_registered() -> None:
    one = index_case.chart()
    (person,) = read(one).persons
    patient = one.patient
    assert (person.mrn, person.family_name, person.given_name) == (patient.mrn, patient.family_name, patient.given_name)
    assert (person.birth_date, person.sex, person.asked) == (patient.birth_date.isoformat(), patient.sex.value, "")


def test_that_every_entry_of_a_bundle_is_a_line() -> None:
    bundle = bundle_of(index_case.chart())
    samples = read(index_case.chart()).found.samples
    assert [sample.line for sample in samples] == list(range(1, len(bundle["entry"]) + 1))
    assert all(sample.measured or sample.not_done or sample.unused or sample.refused for sample in samples)


def test_that_a_chart_is_no_bundle_even_where_it_speaks_of_one() -> None:
    assert not is_bundle(b'{"format": "bedside-chart", "note": "\\"resourceType\\": 1"}')

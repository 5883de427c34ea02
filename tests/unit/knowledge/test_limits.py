"""Tests of the check of one entry against the ranges and the calendar."""

from datetime import date
from typing import Any

import pytest

from bedside.chart.entries import KINDS, parse_entry
from bedside.chart.formats import NO_BREAK_SPACE
from bedside.knowledge.limits import LimitFinding, Severity, check, check_all
from bedside.knowledge.loader import centre_knowledge
from tests.charts import Fields, entry, mrd, number_of, tables

BORN, NOW = date(2010, 3, 2), date(2026, 11, 20)


def findings(fields: Fields) -> tuple[LimitFinding, ...]:
    parsed = parse_entry({"id": number_of(0), **fields})
    return check(parsed, tables(), birth_date=BORN, now_day=NOW)


def said(kind: str, **fields: Any) -> list[tuple[str, str]]:
    return [(str(found.severity), found.field) for found in findings(entry(kind, "2020-06-01", **fields))]


REQUIRED: dict[str, Fields] = {
    "csf": {"blasts": False, "wbc_per_ul": 1.0},
    "fludarabine_exposure": {"basis": "measured", "auc": 14.0},
    "body_size": {"weight_kg": 30.0},
    "infusion": {"product": "tisagenlecleucel"},
    "product_release": {"product": "tisagenlecleucel", "out_of_specification": False},
}


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind, limited in tables().limited.items() for field, _ in limited],
)
def test_that_each_range_refuses_beyond_hard_and_asks_beyond_soft(kind: str, field: str) -> None:
    limit = dict(tables().limited[kind])[field]
    base = REQUIRED.get(kind, {})
    steps: list[tuple[float, list[tuple[str, str]]]] = [(limit.usual_low, []), (limit.usual_high, [])]
    if limit.hard_high < 100 or limit.unit != "%":
        steps.append((limit.hard_high + 1, [("refuse", field)]))
    if limit.usual_high < limit.hard_high:
        steps.append((limit.hard_high, [("ask", field)]))
    if limit.usual_low > limit.hard_low:
        steps.append((limit.hard_low, [("ask", field)]))
    for value, expected in steps:
        got = [found for found in said(kind, **{**base, field: float(value)}) if found[1] == field]
        assert got == expected, value


@pytest.mark.parametrize(
    ("kind", "fields", "said_of"),
    [
        ("infusion", {"product": "other", "dose_car_t_cells": 90.0}, "usually 5 × 10⁵ CAR⁺ T cells or more"),
        ("infusion", {"product": "other", "dose_car_t_per_kg": 2e8}, "usually 2 × 10⁷ CAR⁺ T cells/kg or less"),
        ("apheresis", {"cd3_yield": 600.0}, "usually 30 ×10⁹ cells or less"),
        ("fludarabine_exposure", {"basis": "measured", "auc": 140.0}, "usually 60 mg·h/L or less"),
    ],
)
def test_that_a_slip_in_the_unit_of_cells_or_exposure_is_asked_about(kind: str, fields: Fields, said_of: str) -> None:
    (found,) = findings(entry(kind, "2020-06-01", **fields))
    assert found.severity is Severity.ASK
    assert said_of in found.text.replace(NO_BREAK_SPACE, " ")


def test_that_every_limited_field_is_a_field_of_its_kinds() -> None:
    for kind, limited in tables().limited.items():
        assert {field for field, _ in limited} <= set(KINDS[kind].model_fields)


@pytest.mark.parametrize(
    ("at", "refused"),
    [("2010-03-01", True), ("2010-03-02", False), ("2026-11-20", False), ("2026-11-21", False), ("2026-11-22", True)],
)
def test_that_a_date_lies_between_birth_and_the_day_after_now(at: str, refused: bool) -> None:
    found = findings(entry("note", at, text="synthetic"))
    assert bool(found) is refused
    assert all(one.severity is Severity.REFUSE and one.field == "at" for one in found)


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ("2025-11-05", False),
        ("2025-11-06", True),
        ("2025-11-20", True),
        ("2025-12-04", True),
        ("2025-12-05", False),
        ("2024-11-20", False),
    ],
)
def test_that_a_date_typed_about_a_year_ago_is_asked_about(at: str, asked: bool) -> None:
    found = findings(entry("note", at, text="synthetic"))
    assert [(one.severity, one.field) for one in found] == ([(Severity.ASK, "at")] if asked else [])
    assert all("about a year ago. Is it right?" in one.text for one in found)


def test_that_charts_that_are_read_are_not_asked_about_the_year() -> None:
    parsed = parse_entry({"id": number_of(0), **entry("note", "2025-11-20", text="synthetic")})
    assert list(check_all((parsed,), tables(), birth_date=BORN, now_day=NOW)) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2010-03-01", "refuse"),
        ("2020-05-31", "ask"),
        ("2020-06-01", None),
        ("2021-06-02", None),
        ("2021-06-03", "ask"),
        ("3020-06-01", "ask"),
    ],
)
def test_that_a_planned_date_is_held_against_the_day_that_it_is_planned_on(day: str, expected: str | None) -> None:
    wanted = [] if expected is None else [expected]
    assert [one[0] for one in said("plan", milestone="infusion", date=day)] == wanted
    assert [one[0] for one in said("referral", indication="other", target_date=day)] == wanted


@pytest.mark.parametrize(("stop", "asked"), [("2027-11-21", False), ("2027-11-22", True)])
def test_that_a_stop_planned_more_than_a_year_from_now_is_asked_about(stop: str, asked: bool) -> None:
    found = said("therapy", agent="imatinib", intent="post_car_t", stop=stop)
    assert found == ([("ask", "stop")] if asked else [])


def test_that_how_far_ahead_a_date_may_lie_is_said_as_the_tables_have_it() -> None:
    text = b'centre = "T"\n[thresholds.planned_ahead_days]\nvalue = 200\n'
    knowledge = centre_knowledge(text, "centre.toml")
    for kind, fields, wanted in (
        ("plan", {"milestone": "infusion", "date": "2021-02-01"}, "(01-Jun-2020) to 200 days later"),
        ("therapy", {"agent": "imatinib", "intent": "post_car_t", "stop": "2027-08-01"}, "200 days from now"),
    ):
        parsed = parse_entry({"id": number_of(0), **entry(kind, "2020-06-01", **fields)})
        (found,) = check(parsed, knowledge, birth_date=BORN, now_day=NOW)
        assert found.expected.endswith(wanted)


@pytest.mark.parametrize(("value", "refused"), [(9.9e-5, False), (1e-4, True), (1.1e-4, True)])
def test_that_a_negative_result_with_a_value_from_the_cut_off_on_contradicts_itself(
    value: float, refused: bool
) -> None:
    result = said("marrow", mrd=[mrd("fcm", value=value)])
    assert result == ([("refuse", "mrd.fcm")] if refused else [])


@pytest.mark.parametrize(("value", "asked"), [(0.05, False), (0.051, True)])
def test_that_much_residual_disease_is_asked_about(value: float, asked: bool) -> None:
    assert said("marrow", mrd=[mrd("pcr", "positive", value=value)]) == ([("ask", "mrd.pcr")] if asked else [])


@pytest.mark.parametrize(("alc", "asked"), [(1.0, False), (1.05, False), (1.06, True)])
def test_that_neutrophils_and_lymphocytes_fit_into_the_leukocytes(alc: float, asked: bool) -> None:
    assert said("blood_count", wbc=2.0, anc=1.0, alc=alc) == ([("ask", "wbc")] if asked else [])


def test_that_systolic_lies_above_diastolic() -> None:
    assert said("vitals", sbp=60.0, dbp=60.0) == [("ask", "sbp")]
    assert said("vitals", sbp=61.0, dbp=60.0) == []


def test_that_a_finding_names_the_value_what_was_expected_and_a_likely_slip() -> None:
    (found,) = findings(entry("blood_count", "2020-06-01", hb=9.2))
    assert (found.field, found.value, found.severity) == ("hb", "9.2", Severity.REFUSE)
    assert "10 to 250" in found.text
    assert "g/dL" in found.text


@pytest.mark.parametrize("part", ["anc", "alc"])
@pytest.mark.parametrize(("value", "refused"), [(1.04, False), (1.05, False), (1.06, True)])
def test_that_a_part_of_the_leukocytes_above_all_of_them_is_refused(part: str, value: float, refused: bool) -> None:
    assert said("blood_count", wbc=1.0, **{part: value}) == ([("refuse", part)] if refused else [])


def test_that_a_part_below_what_is_measured_and_leukocytes_above_it_settle_nothing() -> None:
    assert said("blood_count", wbc=1.0, anc=2.0, censored={"anc": "<"}) == []
    assert said("blood_count", wbc=1.0, anc=2.0, censored={"wbc": ">"}) == []
    assert said("blood_count", wbc=1.0, anc=2.0, censored={"wbc": "<"}) == [("refuse", "anc")]

"""Tests that a table of facts says everything that the chart says, that its dictionary explains it, and that no
spreadsheet calculates in it."""

import csv
import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bedside.chart.entries import KINDS, entry_fields, parse_entry
from bedside.chart.patient import Chart
from bedside.exchange.tables.cells import csv_bytes, safe
from bedside.exchange.tables.facts import HEAD, facts
from bedside.knowledge.codes import load_codes
from bedside.knowledge.loader import load_knowledge
from tests.charts import chart, entry, number_of
from tests.samples import index_case
from tests.unit.exchange.any_entry import entries as entries_of
from tests.unit.exchange.tables.back import entries, line_of, listed, plain, rows

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "x;=1+1", "x, -1", "a\n=cmd|' /C calc'!A0")


def table(one: Chart) -> list[dict[str, str]]:
    return [dict(row) for row in rows(csv_bytes(facts(one)))]


def without_names(given: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if name not in {"family_name", "given_name"}}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(KINDS.keys() - {"void"})).flatmap(entries_of), max_size=5))
def test_that_any_chart_comes_back_from_its_table_entry_by_entry(given: list[dict[str, object]]) -> None:
    made = chart(given, born="2000-01-01")
    back = entries(table(made))
    for before, after in zip(made.entries, back, strict=True):
        told = without_names(entry_fields(before))
        empty = [name for name in ("censored", "not_done") if not told.get(name)]
        assert after == {name: value for name, value in told.items() if name not in empty}


def test_that_the_index_case_comes_back_from_its_table_as_it_was() -> None:
    one = index_case.chart()
    assert tuple(parse_entry(fields) for fields in entries(table(one))) == one.entries


def test_that_the_dictionary_explains_every_row_of_every_kind() -> None:
    known = listed()
    for row in table(index_case.chart()):
        if row["field"]:
            assert line_of(row, known)["meaning"]
    assert {kind for kind, _ in known} >= KINDS.keys()


def test_that_the_dictionary_tells_unit_limits_and_code_of_a_number() -> None:
    hb = listed()[("blood_count", "hb")]
    assert (hb["unit"], hb["type"], hb["loinc"]) == ("g/L", "number", load_codes().observations["hb"].loinc)
    limit = load_knowledge().ranges["hb"]
    assert (float(hb["lowest"]), float(hb["highest"])) == (limit.hard_low, limit.hard_high)


def test_that_the_dictionary_gives_no_code_of_a_number_to_a_word_of_the_same_name() -> None:
    assert listed()[("marrow", "cd19")]["loinc"] == ""
    assert listed()[("expansion", "auc")]["unit"] == ""


def test_that_the_dictionary_lists_what_a_closed_list_allows() -> None:
    assert listed()[("remission", "response")]["allowed"] == "cr, cri, no_response"


def test_that_the_dictionary_names_every_column() -> None:
    assert {field for kind, field in listed() if kind == "(column)"} == set(HEAD)


def test_that_the_state_of_an_entry_is_told() -> None:
    first = {**entry("blood_count", 1, hb=92), "id": number_of(90)}
    second = {**entry("blood_count", 1, hb=93), "id": number_of(91), "supersedes": number_of(90), "reason": "typed"}
    third = {**entry("blood_count", 2, hb=94), "id": number_of(92)}
    void = {**entry("void", 3, voids=number_of(92), reason="wrong patient"), "id": number_of(93)}
    contested = [
        {**entry("blood_count", 4, hb=95), "id": number_of(94)},
        *({**entry("blood_count", 4, hb=hb), "id": number_of(hb), "supersedes": number_of(94), "reason": "typed"}
          for hb in (96, 97)),
    ]  # fmt: skip
    states = {
        row["value"]: row["state"]
        for row in table(chart([first, second, third, void, *contested]))
        if row["field"] == "hb"
    }
    assert states == {
        "92": "superseded", "93": "live", "94": "voided", "95": "superseded", "96": "contested", "97": "contested",
    }  # fmt: skip


def test_that_a_sign_and_what_was_not_done_stand_beside_the_value_and_blank_has_no_row() -> None:
    given = entry("blood_count", 1, hb=92, plt=10, censored={"plt": "<"}, not_done=["wbc"])
    told = {row["field"]: (row["value"], row["sign"], row["unit"]) for row in table(chart([given]))}
    assert told["plt"] == ("10", "<", "10⁹/L")
    assert told["wbc"] == ("", "not done", "")
    assert told["hb"] == ("92", "", "g/L")
    assert "anc" not in told


def test_that_an_empty_list_is_told_as_such() -> None:
    told = {row["field"]: row["sign"] for row in table(chart([entry("vitals", 1, temp_c=37.0, vasopressors=[])]))}
    assert told["vasopressors"] == "none"


def test_that_an_entry_that_tells_only_that_it_was_has_a_row() -> None:
    told = [row for row in table(chart([entry("apheresis", 1)])) if row["kind"] == "apheresis"]
    assert [(row["field"], row["value"], row["state"]) for row in told] == [("", "", "live")]


def test_that_no_name_of_the_patient_stands_anywhere() -> None:
    renamed = entry("identity", 1, family_name="Needlefamily", given_name="Needlegiven", reason="married")
    written = csv_bytes(facts(chart([renamed]))).decode()
    assert [name for name in ("Needlefamily", "Needlegiven", "Plant", "Synthetic") if name in written] == []


def test_that_the_unit_of_a_car_t_level_follows_its_method() -> None:
    levels = [entry("car_t_level", 1, method="qpcr", value=5), entry("car_t_level", 2, method="fcm", value=6)]
    told = {row["value"]: row["unit"] for row in table(chart(levels)) if row["field"] == "value"}
    assert told == {"5": "copies/µg DNA", "6": "cells/µL"}


DANGEROUS = re.compile(r"(^|[,;\t\r\n]) *[=+\-@\t\r＝＋－＠]")


@pytest.mark.parametrize("text", FORMULAS)
def test_that_what_a_spreadsheet_could_take_for_a_formula_is_kept_from_it_and_comes_back(text: str) -> None:
    assert DANGEROUS.search(text)
    assert not re.match(r"[=+\-@\t\r＝＋－＠]", safe(text))
    assert not any(part.lstrip(" ")[:1] in set("=+-@＝＋－＠") for part in re.split(r"[,;\t\r\n]", safe(text)) if part)
    assert plain(safe(text)) == text


@given(st.text(alphabet="=+-@'\t\r\n,; a1＝＋－＠\"", max_size=12))
@example("'=1")
@example("''=1")
@example(",' =")
def test_that_any_cell_comes_back_and_none_begins_a_formula(text: str) -> None:
    assert plain(safe(text)) == text
    for part in re.split(r"[,;\t\r\n]", safe(text)):
        assert part.lstrip(" ")[:1] not in set("=+-@＝＋－＠") or part.lstrip(" ")[:1] == ""


@given(st.lists(st.text(alphabet="=+-@'\t\r\n,; a1\"", max_size=8), min_size=2, max_size=4))
def test_that_cells_with_quotation_marks_and_line_breaks_stay_in_their_cells(cells: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(csv_bytes([cells]).decode(), newline=""), strict=True)
    assert [plain(cell) for cell in read] == cells

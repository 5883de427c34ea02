"""Tests that every fault refuses the whole file, in words that name the entry, the field, the value and the reason."""

import json
from typing import Any

import pytest

from bedside.chart.errors import UserError
from tests.unit.exchange.charts import CHART, ID, OTHER_ID, Fields, chart, read

COUNT: Fields = {"kind": "blood_count", "at": "2020-06-29"}
THERAPY: Fields = {"kind": "therapy", "at": "2020-01-10", "agent": "vincristine", "intent": "salvage"}
ICE = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}
TEXT = json.dumps(CHART)

ENTRY_FAULTS: list[tuple[Fields, str, str, str, str]] = [
    # entry, kind, field, value, expectation
    ({**COUNT, "wbc": "92"}, "blood_count", "wbc", '"92"', "a number"),
    ({**COUNT, "wbc": True}, "blood_count", "wbc", "true", "a number"),
    ({**COUNT, "wbc": [1]}, "blood_count", "wbc", "[1]", "a number"),
    ({**COUNT, "wbc": -1}, "blood_count", "wbc", "-1", "not below 0"),
    ({**COUNT, "wbc": float("nan")}, "blood_count", "wbc", "NaN", "a finite number"),
    ({**COUNT, "wbc": float("inf")}, "blood_count", "wbc", "Infinity", "a finite number"),
    ({**COUNT, "wbc": float("-inf")}, "blood_count", "wbc", "-Infinity", "a finite number"),
    ({**COUNT, "wbc": 10**400}, "blood_count", "wbc", "1000000", "a finite number"),
    ({**COUNT, "wbc": None}, "blood_count", "wbc", "null", "the field left out"),
    ({**COUNT, "pb_blasts_pct": 101}, "blood_count", "pb_blasts_pct", "101", "not above 100"),
    ({**COUNT, "hb": 9000}, "blood_count", "hb", "9000", "250"),
    ({**COUNT, "hb_g_dl": 9.2}, "blood_count", "hb_g_dl", "9.2", "only fields of this kind"),
    ({**COUNT, "hb": "9.2 g/dL"}, "blood_count", "hb", '"9.2 g/dL"', "a number"),
    ({**COUNT, "censored": {"wbc": "="}}, "blood_count", "censored.wbc", '"="', "one of <, >"),
    ({**COUNT, "censored": {"wbc": "<"}}, "blood_count", "censored", "wbc", "no number"),
    ({**COUNT, "not_done": ["hgb"]}, "blood_count", "not_done", "hgb", "not a field"),
    ({**COUNT, "note": ""}, "blood_count", "note", '""', "not empty"),
    ({**COUNT, "note": "a\u0001b"}, "blood_count", "note", "a\\u0001b", "without control characters"),
    ({**COUNT, "note": "x" * 5000}, "blood_count", "note", "xxx…", "no longer than"),
    ({**COUNT, "at": "2020-06-29T07:10:00"}, "blood_count", "at", '"2020-06-29T07:10:00"', "with an offset"),
    ({**COUNT, "at": "29.06.2020"}, "blood_count", "at", '"29.06.2020"', "YYYY-MM-DD"),
    ({**COUNT, "at": "2020-02-30"}, "blood_count", "at", '"2020-02-30"', "a date of the calendar"),
    ({**COUNT, "at": 20200629}, "blood_count", "at", "20200629", "YYYY-MM-DD"),
    ({**COUNT, "at": "2010-03-01"}, "blood_count", "at", "2010-03-01", "from the day of birth (2010-03-02)"),
    ({**COUNT, "at": "2026-11-22"}, "blood_count", "at", "2026-11-22", "one day after today (2026-11-21)"),
    ({**COUNT, "at": "2026-11-21T08:00:01Z"}, "blood_count", "at", "2026-11-21T08:00:01Z", "one day after today"),
    ({**COUNT, "at": "2020-06-29T07:10:00+24:00"}, "blood_count", "at", "+24:00", "an offset of less than 24 hours."),
    ({**COUNT, "recorded_at": "2020-06-29T07:10:00-24:00"}, "blood_count", "recorded_at", "-24:00", "less than 24 h"),
    ({**COUNT, "id": "12"}, "blood_count", "id", '"12"', "a UUID"),
    ({**COUNT, "recorded_at": "2026-11-20"}, "blood_count", "recorded_at", '"2026-11-20"', "a UTC date-time"),
    ({**COUNT, "recorded_at": "2026-11-22T00:00:00Z"}, "blood_count", "recorded_at", "2026-11-22", "not in the future"),
    ({**COUNT, "supersedes": ID}, "blood_count", "correction", "", "needs a reason"),
    ({**COUNT, "supersedes": ID, "reason": "slip"}, "blood_count", "supersedes", ID, "does not hold"),
    ({"kind": "void", "at": "2020-07-01", "voids": ID, "reason": "slip"}, "void", "voids", ID, "does not hold"),
    ({"kind": "void", "at": "2020-07-01", "voids": ID}, "void", "reason", "missing", "a text"),
    ({"kind": "full_count", "at": "2020-06-29"}, "full_count", "kind", '"full_count"', "a kind of the format"),
    ({"kind": "bloodcount", "at": "2020-06-29"}, "bloodcount", "kind", '"bloodcount"', "perhaps blood_count"),
    ({"kind": 3, "at": "2020-06-29"}, "3", "kind", "3", "a kind of the format"),
    ({"at": "2020-06-29"}, "no kind", "kind", "missing", "the kind of the entry"),
    ({"kind": "blood_count"}, "blood_count", "at", "missing", "expected"),
    ({**THERAPY, "intent": "curative"}, "therapy", "intent", '"curative"', "frontline, salvage"),
    ({**THERAPY, "agent": "Vincristine!"}, "therapy", "agent", '"Vincristine!"', "lower-case letters"),
    ({**THERAPY, "cycle": 1.5}, "therapy", "cycle", "1.5", "a whole number"),
    ({**THERAPY, "stop": "2019-12-31"}, "therapy", "stop", "", "before the first day"),
    ({**THERAPY, "stop_unknown": "yes"}, "therapy", "stop_unknown", '"yes"', "true or false"),
    ({"kind": "diagnosis", "at": "2020-01-01", "cd19": "dim"}, "diagnosis", "disease", "missing", "b_all, mpal, other"),
    ({"kind": "marrow", "at": "2020-01-01", "mrd": {}}, "marrow", "mrd", "{}", "a list"),
    (
        {"kind": "marrow", "at": "2020-01-01", "mrd": [{"method": "fcm", "result": "neg"}]},
        "marrow",
        "mrd.0.result",
        '"neg"',
        "negative, positive, not_evaluable",
    ),
    ({"kind": "relapse", "at": "2020-01-01", "sites": []}, "relapse", "sites", "[]", "at least"),
    (
        {"kind": "neuro", "at": "2020-01-01", "consciousness": "awake", "ice": {**ICE, "orientation": 5}},
        "neuro",
        "ice.orientation",
        "5",
        "not above 4",
    ),
    (
        {"kind": "plan", "at": "2020-01-01", "milestone": "infusion", "date": "2009-01-01"},
        "plan",
        "date",
        "2009-01-01",
        "from the day of birth",
    ),
]


@pytest.mark.parametrize(
    "fault", ENTRY_FAULTS, ids=[f"{fault[1]}-{fault[2]}-{fault[3][:20]}" for fault in ENTRY_FAULTS]
)
def test_that_a_fault_of_an_entry_is_named_with_place_field_value_and_reason(
    fault: tuple[Fields, str, str, str, str],
) -> None:
    entry, kind, *words = fault
    with pytest.raises(UserError) as refused:
        read(chart(entry))
    message = str(refused.value)
    assert message.startswith(f"ward.json, entries[1] ({kind}): ")
    assert [word for word in words if word not in message] == []
    assert refused.value.exit_code == 2


@pytest.mark.parametrize(
    ("replaced", "words"),
    [
        ({"format": "other"}, ["format", '"other"', '"bedside-chart"']),
        ({"version": 2}, ["version", "2", "expected 1"]),
        ({"version": True}, ["version", "true", "expected 1"]),
        ({"version": 1.0}, ["version", "1.0", "expected 1"]),
        ({"ward": 7}, ['"ward"', "7", "source, as_of"]),
        ({"source": ""}, ["source", '""', "a text"]),
        ({"source": 5}, ["source", "5", "a text"]),
        ({"as_of": "2020"}, ["as_of", '"2020"', "YYYY-MM-DD"]),
        ({"as_of": "2020-01-01T00:00:00Z"}, ["as_of", "2020-01-01T", "YYYY-MM-DD"]),
        ({"as_of": "9999-12-31"}, ['as_of is "9999-12-31"; expected a date from the year 2 to the year 8999.']),
        ({"entries": {}}, ["entries", "{}", "a list"]),
        ({"entries": [7]}, ["entries[0]", "7", "an object"]),
        ({"patient": "T-1"}, ["patient", '"T-1"', "an object"]),
        ({"patient": {**CHART["patient"], "sex": "f"}}, ["sex", '"f"', "female, male, unknown"]),
        ({"patient": {**CHART["patient"], "mrn": 5}}, ["mrn", "5", "a text"]),
        ({"patient": {**CHART["patient"], "ward": "A"}}, ["ward", '"A"', "birth_date"]),
        ({"patient": {**CHART["patient"], "birth_date": "2026-12-01"}}, ["birth_date", "2026-12-01", "future"]),
        ({"patient": {"mrn": "T-1"}}, ["patient", "family_name", "missing"]),
        ({"patient": {**CHART["patient"], "sex": None}}, ["patient.sex", "null"]),
    ],
)
def test_that_a_fault_of_the_frame_is_named(replaced: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(UserError) as refused:
        read(chart(**replaced))
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize("key", ["format", "version", "patient", "entries"])
def test_that_a_chart_without_one_of_its_keys_is_refused(key: str) -> None:
    fields = chart()
    del fields[key]
    with pytest.raises(UserError, match=rf"{key} is missing"):
        read(fields)


def mangled(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (mangled('"wbc": 2.1', '"wbc": 2.1, "wbc": 3'), ["entries[0] (blood_count)", "wbc", "2.1 and 3", "once"]),
        (mangled('"wbc": 2.1', '"wbc": 2.1, "wbc" : 2.1'), ["entries[0] (blood_count)", "wbc", "once"]),
        (mangled('"wbc": 2.1', '"wbc":2.1,"note":"\\u0022:","wb\\u0063":2'), ["entries[0]", "wbc", "once"]),
        (mangled('"wbc": 2.1', '"wbc":2.1,"note":"\\u003a","wbc":2'), ["entries[0]", "wbc", "once"]),
        (mangled('"wbc": 2.1', '"wbc":2.1,"note":"\\u003A","wbc"\n:2'), ["entries[0]", "wbc", "once"]),
        (mangled('"sex"', '"mrn": "T-2", "sex"'), ["patient.mrn", '"T-0001" and "T-2"', "once"]),
        (mangled('"version": 1', '"version": 1, "version": 1'), ["version", "once"]),
        (mangled("2.1", "1e400"), ["entries[0] (blood_count)", "wbc", "Infinity", "a finite number"]),
        (mangled("2.1", "-1e400"), ["entries[0] (blood_count)", "wbc", "a finite number"]),
        (mangled("2.1", "9" * 5000), ["number out of range"]),
        (mangled("2.1", "[" * 100_000), ["nested too deeply"]),
        (mangled("2.1", "02.1"), ["not valid JSON"]),
        (mangled("2.1", '"\\ud800"'), ["not valid JSON"]),
        (TEXT[:-4], ["not valid JSON", "line 1"]),
        (f"{TEXT} x", ["not valid JSON", "line 1"]),
        ("[]", ["[]", "one chart"]),
        ("null", ["null", "one chart"]),
        ('"text"', ['"text"', "one chart"]),
    ],
)
def test_that_what_is_no_strict_json_is_refused(text: str, words: list[str]) -> None:
    with pytest.raises(UserError) as refused:
        read(text)
    assert str(refused.value).startswith("ward.json")
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_that_another_encoding_than_utf_8_is_refused(encoding: str) -> None:
    with pytest.raises(UserError, match="UTF-8"):
        read(mangled("Synthetic One", "Synthetic Öne").encode(encoding))


def test_that_a_correction_of_another_kind_is_refused() -> None:
    first = {"kind": "body_size", "at": "2020-06-01", "weight_kg": 30, "id": ID}
    with pytest.raises(UserError, match=r"entries\[2\] \(blood_count\).*supersedes.*is a body_size"):
        read(chart(first, {**COUNT, "supersedes": ID, "reason": "slip"}))


def test_that_corrections_in_a_circle_are_refused() -> None:
    first = {**COUNT, "id": ID, "supersedes": OTHER_ID, "reason": "slip"}
    second = {**COUNT, "id": OTHER_ID, "supersedes": ID, "reason": "slip"}
    with pytest.raises(UserError, match=r"entries\[1\] \(blood_count\).*circle"):
        read(chart(first, second))


def test_that_one_id_for_two_contents_is_refused() -> None:
    with pytest.raises(UserError, match=rf"entries\[2\] \(blood_count\): id is {ID}.*other content"):
        read(chart({**COUNT, "id": ID, "wbc": 1}, {**COUNT, "id": ID, "wbc": 2}))


def test_that_an_entry_given_twice_under_one_id_counts_once() -> None:
    assert len(read(chart({**COUNT, "id": ID, "wbc": 1}, {**COUNT, "id": ID, "wbc": 1.0})).chart.entries) == 2


def test_that_the_file_tells_the_line_of_a_fault_in_json_lines() -> None:
    text = f"{TEXT}\n\n{mangled('2.1', 'true')}\n"
    with pytest.raises(UserError, match=r"ward\.jsonl, line 3, entries\[0\] \(blood_count\): wbc is true"):
        read(text, "ward.jsonl")


def test_that_a_soft_limit_is_a_warning_that_names_the_value_and_not_a_refusal() -> None:
    result = read(chart({**COUNT, "hb": 30}))
    assert len(result.chart.entries) == 2
    (warning,) = result.warnings
    assert "ward.json, entries[1] (blood_count)" in warning
    assert "hb" in warning
    assert warning.endswith("hb: Hb 30\xa0g/L: usually 50\xa0g/L or more.")


def test_that_dates_count_from_the_corrected_birth_date() -> None:
    correction = {"kind": "identity", "at": "2020-07-01", "birth_date": "2009-03-02", "reason": "register office"}
    early = {"kind": "diagnosis", "at": "2009-06-01", "disease": "b_all", "cd19": "positive"}
    assert len(read(chart(correction, early)).chart.entries) == 3


@pytest.mark.parametrize("name", ["ward.jsonl", "ward.json", "ward.pdf"])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_that_a_file_without_anything_in_it_is_refused_as_empty(text: str, name: str) -> None:
    with pytest.raises(UserError, match=rf"^{name}: the file is empty; expected a chart\. "):
        read(text, name)


def test_that_a_pdf_is_told_from_a_chart_that_cannot_be_read() -> None:
    with pytest.raises(UserError, match=r"^ward\.pdf: this is a PDF, not a chart\. Import it"):
        read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "ward.pdf")


@pytest.mark.parametrize("text", ['{"format": "bedside', '{"format": "a\nb"}'])
def test_that_a_fault_of_json_has_its_place_once(text: str) -> None:
    with pytest.raises(UserError, match=r"[a-z] at line 1, column \d+\.") as refused:
        read(text)
    assert "at at" not in str(refused.value)


@pytest.mark.parametrize("field", ["mrn", "family_name", "given_name"])
@pytest.mark.parametrize("text", [" T-1", "T-1 ", "\t", "   ", "T-1\n", "T\u200b1", "\u202e1-T", "T\u20661", "\ufeffT"])
def test_that_a_name_that_only_looks_like_another_is_refused_in_signs_that_can_be_seen(field: str, text: str) -> None:
    with pytest.raises(UserError, match=rf"patient: {field} is .*one line without spaces around it") as refused:
        read(chart(patient={**CHART["patient"], field: text}))
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("text", ["O’Neill-Ñúñez", "عربي", "עברי", "李 明", "Case, Jr. (1)"])
def test_that_a_name_in_any_script_is_read(text: str) -> None:
    assert read(chart(patient={**CHART["patient"], "family_name": text})).chart.patient.family_name == text


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u0085", "\u2028"])
def test_that_a_text_that_turns_around_what_follows_is_refused(sign: str) -> None:
    with pytest.raises(UserError, match="without control characters"):
        read(chart({**COUNT, "note": f"a{sign}b"}))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({**COUNT, "recorded_at": "0001-01-01T00:00:00+14:00"}, "recorded_at"),
        ({**COUNT, "recorded_at": "9999-12-31T23:59:59-14:00"}, "recorded_at"),
        ({"kind": "plan", "at": "2020-01-01", "milestone": "infusion", "date": "9999-12-31"}, "date"),
        ({**THERAPY, "stop": "9999-12-31"}, "stop"),
        ({"kind": "identity", "at": "2020-07-01", "birth_date": "9999-12-31", "reason": "slip"}, "birth_date"),
    ],
)
def test_that_a_date_at_the_edge_of_the_calendar_is_refused(entry: Fields, field: str) -> None:
    with pytest.raises(UserError, match=rf"{field} is .*from the year 2 to the year 8999"):
        read(chart(entry))


def test_that_a_corrected_birth_date_in_the_future_is_refused() -> None:
    born = {"kind": "identity", "at": "2020-07-01", "birth_date": "2027-03-02", "reason": "slip"}
    with pytest.raises(UserError, match=r"entries\[1\] \(identity\): birth_date.*not in the future"):
        read(chart(born))

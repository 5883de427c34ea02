"""Tests of `bedside assess`: the published classes, one result a line, and words for what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from bedside.resources import resource
from bedside.service.derive import PART_NAMES
from tests.cli.conftest import Station
from tests.service.charts import COUNT, INDEX, chart_file

INDEX_FILE = str(resource("demo/published-myers-index.json"))
KEYS = {
    "mrn", "as_of", "knowledge", "app_version", "phase", "day", "day0", "closed_by", "closed_on", "conflicts", "risk",
    "second_opinion", "differences", "indication", "apheresis", "washout", "washout_earliest", "bridging",
    "lymphodepletion", "infusion", "cns_class", "cns_remission", "crs", "icans", "bca", "kinetics", "mrd", "relapse",
    "due", "alerts",
}  # fmt: skip


def assessed(station: Station, *arguments: str) -> dict[str, Any]:
    code, out, err = station.run("assess", *arguments, "--json")
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    return answer


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-05-01", ("pending", True, None)),
        ("2020-06-29", ("ambiguous", True, None)),
        ("2020-07-31", ("high", True, None)),
        ("2020-09-01", ("high", True, "hsct")),
    ],
)
def test_that_the_index_case_is_classed_as_published(
    station: Station, day: str, expected: tuple[str, bool, str | None]
) -> None:
    answer = assessed(station, INDEX_FILE, "--as-of", day)
    assert (answer["risk"]["class"], answer["risk"]["provisional"], answer["closed_by"]) == expected


def test_that_every_key_of_the_public_interface_is_there(station: Station) -> None:
    answer = assessed(station, INDEX_FILE, "--as-of", "2020-07-31")
    assert KEYS - set(answer) == set()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("soon", "--as-of is 'soon'; expected a date (YYYY-MM-DD) or a date-time with an offset ("),
        ("9999-12-31", "--as-of is '9999-12-31'; expected a date from the year 2 to the year 8999."),
        ("2020-07-31T10:00+24:00", "expected an offset of less than 24 hours."),
    ],
)
def test_that_a_point_that_there_is_not_is_refused_by_its_rule(station: Station, given: str, words: str) -> None:
    code, out, err = station.run("assess", INDEX_FILE, "--as-of", given)
    assert (code, out) == (2, "")
    assert words in err


def test_that_a_chart_s_own_as_of_wins(station: Station) -> None:
    dated = station.file("dated.json", json.dumps({**json.loads(INDEX), "as_of": "2020-06-29"}).encode())
    assert assessed(station, dated, "--as-of", "2020-07-31")["as_of"] == "2020-06-29"


def test_that_json_lines_give_one_result_a_line_in_order(station: Station) -> None:
    document = json.loads(INDEX)
    days = ["2020-07-31", "2020-06-29", "2020-05-01"]
    lines = [json.dumps({**document, "as_of": day}) for day in days]
    path = station.file("ward.jsonl", ("\ufeff" + "\n\n".join(lines)).encode())
    code, out, _ = station.run("assess", path, "--json")
    assert code == 0
    assert [json.loads(line)["as_of"] for line in out.splitlines()] == days


def test_that_what_was_recorded_later_can_be_left_out(station: Station) -> None:
    known = {"recorded_at": "2020-06-30T10:00:00Z", "recorded_by": "Synthetic Nurse"}
    infusion = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel", **known}
    path = station.file("late.json", chart_file(infusion))
    shown = ["--as-of", "2020-07-31"]
    assert assessed(station, path, *shown)["day0"] == "2020-06-01"
    assert assessed(station, path, *shown, "--known-at", "2020-06-30T10:00:00Z")["day0"] == "2020-06-01"
    assert assessed(station, path, *shown, "--known-at", "2020-06-30T09:59:59Z")["day0"] is None


def test_that_the_corrected_birth_date_counts(station: Station) -> None:
    infusion = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}
    correction = {"kind": "identity", "at": "2020-06-02", "birth_date": "2019-09-01", "reason": "register office"}
    path = station.file("infant.json", chart_file(infusion, correction))
    criteria = {
        one["id"]: one["status"] for one in assessed(station, path, "--as-of", "2020-07-01")["risk"]["criteria"]
    }
    assert criteria["L1"] == "not_met"


def test_that_the_summary_can_be_read(station: Station) -> None:
    code, out, _ = station.run("assess", INDEX_FILE, "--as-of", "2020-07-31")
    assert code == 0
    assert out.startswith("PUBLISHED, Myers Index · No. PUB-MYERS · born 15-Jun-2000 (20 y) · male\n")
    for words in ("Follow-up, D+60", "Risk class: HIGH, provisional, decided by H4", "✓ H4  met", "· H2  not due"):
        assert words in out
    for panel in ("Low", "Ambiguous", "High", "Missing", "Toxicity", "Second opinion (Myers 2023)", "Due"):
        assert f"\n{panel}\n" in out


def test_that_a_round_that_a_later_one_followed_is_listed_as_missed(station: Station, tmp_path: Path) -> None:
    path = tmp_path / "missed.json"
    given = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}
    path.write_bytes(chart_file(given, {"kind": "immunoglobulin", "at": "2020-07-27", "igg": 5.0}))
    _, out, _ = station.run("assess", str(path), "--as-of", "2020-07-31")
    assert "\n  29-Jun-2020  IgG, missed, a later one done\n" in out
    assert "IgG, 32 d overdue" not in out
    rounds = [one for one in assessed(station, str(path), "--as-of", "2020-07-31")["due"] if one["what"] == "igg"]
    assert rounds[0]["later_done_by"] == rounds[1]["done_by"]


def test_that_a_bad_file_does_not_keep_the_next_one_from_being_assessed(station: Station) -> None:
    bad = station.file("bad.json", chart_file({**COUNT, "hb": None}))
    code, out, err = station.run("assess", bad, INDEX_FILE, "--json", "--as-of", "2020-07-31")
    assert code == 2
    assert json.loads(out)["mrn"] == "PUB-MYERS"
    assert "bad.json, entries[0] (blood_count): hb is null" in err


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "--mrn"),
        (["x.json", "--mrn", "T-1"], "--mrn"),
        (["missing.json"], "missing.json"),
        ([INDEX_FILE, "--as-of", "yesterday"], "--as-of"),
        ([INDEX_FILE, "--as-of", "2020-07-31T10:00"], "--as-of"),
        ([INDEX_FILE, "--known-at", "2020-13-01"], "--known-at"),
        ([INDEX_FILE, "--jurisdiction", "uk"], "--jurisdiction"),
        ([str(Path(INDEX_FILE).parent)], "demo"),
        (["--frobnicate"], "--frobnicate"),
    ],
)
def test_that_bad_usage_is_named(station: Station, arguments: list[str], word: str) -> None:
    code, out, err = station.run("assess", *arguments)
    assert (code, out) == (2, "")
    assert word in err
    assert "Traceback" not in err


@pytest.mark.parametrize("content", [b"", b"\r\n\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["ward.jsonl", "ward.json"])
def test_that_a_file_without_a_chart_is_refused(station: Station, name: str, content: bytes) -> None:
    code, out, err = station.run("assess", station.file(name, content))
    assert (code, out) == (2, "")
    assert err.startswith(f"bedside: {name}")


def test_that_parts_alone_say_what_the_whole_says_of_them(station: Station) -> None:
    whole = assessed(station, INDEX_FILE, "--as-of", "2020-07-31")
    parts = assessed(station, INDEX_FILE, "--as-of", "2020-07-31", "--only", "risk, due,alerts,headline")
    frame = ("mrn", "as_of", "knowledge", "app_version")
    assert list(parts) == [*frame, *(name for name in whole if name in {"risk", "due", "alerts", "headline"})]
    assert parts == {name: whole[name] for name in parts}


def test_that_every_part_of_the_whole_can_be_asked_for_alone(station: Station) -> None:
    whole = assessed(station, INDEX_FILE, "--as-of", "2020-07-31")
    frame = ("mrn", "as_of", "knowledge", "app_version")
    assert set(PART_NAMES) == set(whole) - set(frame)
    for name in PART_NAMES:
        alone = assessed(station, INDEX_FILE, "--as-of", "2020-07-31", "--only", name)
        assert alone == {key: whole[key] for key in (*frame, name)}


def test_that_the_class_alone_is_given_line_by_line(station: Station) -> None:
    document = json.loads(INDEX)
    lines = [json.dumps({**document, "as_of": day}) for day in ("2020-07-31", "2020-05-01")]
    code, out, _ = station.run("assess", station.file("ward.jsonl", "\n".join(lines).encode()), "--json", "--only=risk")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, [answer["risk"]["class"] for answer in answers]) == (0, ["high", "pending"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--json", "--only", "risk,clas"], ("no part 'clas'", "risk")),
        (["--json", "--only", ""], ("no part ''",)),
        (["--only", "risk"], ("JSON", "--json")),
    ],
)
def test_that_a_part_that_is_none_is_refused_with_words(
    station: Station, arguments: list[str], words: tuple[str, ...]
) -> None:
    code, out, err = station.run("assess", INDEX_FILE, *arguments)
    assert (code, out) == (2, "")
    assert all(word in err for word in words)


def test_that_a_summary_as_pdf_is_left_to_the_import(station: Station) -> None:
    code, out, err = station.run("assess", station.file("summary.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"))
    assert (code, out) == (2, "")
    assert "summary.pdf: this is a PDF, not a chart. Import it" in err

"""Tests of `bedside import` with counts from a laboratory: what it prints, what it stores, and its codes."""

import tracemalloc
from pathlib import Path

import pytest

from bedside.cli.counts import is_counts
from tests.cli.conftest import Station
from tests.cli.test_hostile import rows_of
from tests.service.charts import MRN
from tests.unit.exchange.hl7.messages import message, obx

HEADS = "MRN;date;WBC (G/l);Hb (g/dl)\n"
GOOD = f"{HEADS}{MRN};2020-07-01;2.1;9.2\n{MRN};2020-07-02;2.4;9.4\n"


def test_that_counts_are_stored_and_a_second_time_known(station: Station) -> None:
    path = station.file("counts.csv", GOOD.encode())
    code, out, err = station.at_store("import", path)
    assert (code, out) == (0, "counts.csv: 2 lines accepted; entries stored: 2\n"), err
    before = rows_of(station)
    assert station.at_store("import", path)[:2] == (0, "counts.csv: 2 lines known; entries stored: 0\n")
    assert rows_of(station) == before


def test_that_a_dry_run_prints_every_line_and_stores_nothing(station: Station) -> None:
    before = rows_of(station)
    text = f"{GOOD}{MRN};2020-07-03;x;9.2\n{MRN};2020-07-04;;\n"
    code, out, err = station.at_store("import", "--dry-run", station.file("counts.csv", text.encode()))
    assert code == 2
    assert out.splitlines() == [
        "line 2: accepted, T-0001, 01-Jul-2020: WBC 2.1\xa0×10⁹/L, Hb 92\xa0g/L (9.2 g/dl × 10)",
        "line 3: accepted, T-0001, 02-Jul-2020: WBC 2.4\xa0×10⁹/L, Hb 94\xa0g/L (9.4 g/dl × 10)",
        'line 4: refused, T-0001, 03-Jul-2020: WBC: "x" is not a number; '
        "expected digits with at most one decimal sign, < or > before",
        "line 5: not used, T-0001, no date: the row holds no value",
        "counts.csv: 2 lines accepted, 1 line not used, 1 line refused (dry run: nothing was stored)",
    ]
    assert err.startswith('bedside: counts.csv, line 4: WBC: "x" is not a number')
    assert rows_of(station) == before


def test_that_a_refused_line_keeps_the_file_out_unless_it_is_to_be_skipped(station: Station) -> None:
    before = rows_of(station)
    path = station.file("counts.csv", f"{GOOD}{MRN};2020-07-03;=1+1;9.2\n".encode())
    code, out, err = station.at_store("import", path)
    assert (code, out) == (2, "")
    assert [line.split(": ")[1] for line in err.splitlines()] == ["counts.csv, line 4", "counts.csv"]
    assert err.endswith("bedside: counts.csv: 2 lines accepted, 1 line refused; nothing was stored.\n")
    assert rows_of(station) == before
    code, out, _ = station.at_store("import", "--skip-refused", path)
    assert (code, out) == (0, "counts.csv: 2 lines accepted, 1 line refused; entries stored: 2\n")


def test_that_a_question_says_what_to_write_into_the_mapping_and_the_mapping_settles_it(station: Station) -> None:
    path = station.file("counts.tsv", f"MRN\tdate\tLeuko\tHb\n{MRN}\t03/04/2020\t2100\t9.2\n".encode())
    before = rows_of(station)
    code, out, err = station.at_store("import", path)
    assert (code, out) == (2, "")
    assert err.endswith("bedside: counts.tsv: 1 line asked; nothing was stored.\n")
    assert "In the file of --map: dates = 'day_first' (the day comes first: 03/04 is 3 April)" in err
    assert '[columns] with "Hb" = {field = "hb", unit = …} and one of the units \'g/L\'' in err
    assert rows_of(station) == before
    columns = '"Leuko" = {field = "wbc", unit = "/ul"}\n"Hb" = {field = "hb", unit = "g/dL"}\n'
    mapping = f'dates = "day_first"\n[columns]\n{columns}'
    code, out, err = station.at_store("import", path, "--dry-run", "--map", station.file("map.toml", mapping.encode()))
    assert code == 0, err
    assert "03-Apr-2020: WBC 2.1" in out
    assert "Hb 92" in out


def test_that_counts_without_a_number_need_a_patient(station: Station) -> None:
    path = station.file("counts.csv", b"date;Hb (g/L)\n2020-07-01;92\n")
    code, _, err = station.at_store("import", path)
    assert code == 2
    assert "does not tell whose it is" in err
    assert station.at_store("import", "--mrn", MRN, path)[0] == 0
    assert station.at_store("import", "--mrn", "T-9999", path)[0] == 2


HOSTILE = {
    "empty": b"",
    "zeros": bytes(100_000),
    "50 MB": b"date;Hb (g/L)\n".ljust(50 << 20, b"1"),
    "one column": b"just text\nand more\n",
    "another encoding": "date;Hämoglobin (g/L)\n2020-07-01;92\n".encode("cp1252"),
    "utf-16 without a mark": "date;Hb (g/L)\n".encode("utf-16-le"),
    "open quotation": b'date;Hb (g/L)\n2020-07-01;"92\n',
    "a long cell": b"date;Hb (g/L)\n2020-07-01;" + b"9" * 300_000,
    "columns that repeat": b"date;Hb (g/L);Hb (g/L)\n2020-07-01;92;93\n",
    "bidi": "date;Hb (g/L)\n2020-07-01;\u202e29\n".encode(),
    "formula": b'date;Hb (g/L)\n2020-07-01;"=HYPERLINK(""http://x"",""y"")"\n',
    "thousands": b"date;PLT (G/l)\n2020-07-01;1.250\n",
    "unknown unit": b"date;PLT (furlongs)\n2020-07-01;125\n",
    "Excel": b"date;PLT (G/l)\n43831;125\n",
    "html": b"<html><body>Sign in, please; your session is over</body></html>\n<p>a</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_table_is_refused_or_asked_about_in_words_and_nothing_is_stored(
    station: Station, name: str
) -> None:
    before = rows_of(station)
    code, out, err = station.at_store("import", "--mrn", MRN, station.file("hostile.csv", HOSTILE[name]))
    assert (code, out) == (2, ""), err
    assert "Traceback" not in err
    assert 0 < len(err) < 2_000
    assert not any(ord(sign) < 32 and sign != "\n" for sign in err)
    assert "\u202e" not in err
    assert rows_of(station) == before


def test_that_hl7_results_come_in_the_same_way(station: Station) -> None:
    text = message(obx(), obx("718-7^Hb^LN", "92", "g/L", "P"))
    path = station.file("results.hl7", text.encode())
    code, out, err = station.at_store("import", path)
    assert (code, out) == (0, "results.hl7: 1 line accepted, 1 line not used; entries stored: 1\n"), err
    code, out, _ = station.at_store("import", "--dry-run", path)
    assert code == 0
    assert "line 5: not used, T-0001, no date: the result is preliminary (P)" in out
    assert station.at_store("import", station.file("results.dat", text.encode()))[:2] == (
        0,
        "results.dat: 1 line known, 1 line not used; entries stored: 0\n",
    )


def test_that_a_file_of_any_size_is_told_from_a_chart_by_no_more_of_it_than_counts_may_have(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.write(b"{")
        stream.truncate(200 << 20)
    tracemalloc.start()
    assert not is_counts(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


@pytest.mark.parametrize(
    ("text", "words"), [("MSH", "this is no table"), ("MSH|^^~\\&|LAB\r", "names one sign for two purposes")]
)
def test_that_a_head_of_messages_that_cannot_be_read_is_refused_in_words(
    station: Station, text: str, words: str
) -> None:
    code, out, err = station.at_store("import", station.file("results.hl7", text.encode()))
    assert (code, out) == (2, "")
    assert words in err

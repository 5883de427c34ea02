"""Tests of `bedside knowledge` and of a centre's own values on the command line."""

import json

import pytest

from bedside.compose import CENTRE_VARIABLE
from bedside.resources import resource
from tests.cli.conftest import Station

INDEX_FILE = str(resource("demo/published-myers-index.json"))
CENTRE = b'centre = "Testberg"\n[thresholds.day28_last]\nvalue = 45\n'


def test_that_the_tables_in_force_are_printed_with_their_sources(station: Station) -> None:
    code, out, err = station.run("knowledge")
    assert (code, err) == (0, "")
    assert "day28_last: 42 days after day 0: last day of the day-28 window\n    [Default of this program;" in out
    assert "No value of the program is replaced." in out


def test_that_single_tables_are_printed_and_an_unknown_one_is_named(station: Station) -> None:
    code, out, _ = station.run("knowledge", "bca", "--json")
    document = json.loads(out)
    assert code == 0
    assert list(document["tables"]) == ["bca"]
    assert document["tables"]["bca"][0]["source"] in document["references"]
    code, out, err = station.run("knowledge", "bcas")
    assert (code, out) == (2, "")
    assert "There is no table bcas" in err


def test_that_a_centre_s_file_is_checked_with_1_for_a_fault_and_0_without(station: Station) -> None:
    good, bad = station.file("good.toml", CENTRE), station.file("bad.toml", CENTRE.replace(b"45", b"45000"))
    code, out, _ = station.run("knowledge", "--check", good)
    assert code == 0
    assert "thresholds.day28_last.value = 45 (program: 42)" in out
    code, out, err = station.run("knowledge", "--check", bad)
    assert (code, out) == (1, "")
    assert "bad.toml, thresholds.day28_last.value = 45000" in err
    code, _, err = station.run("knowledge", "--check", str(station.folder / "none.toml"))
    assert code == 2, "there is nothing to check"
    assert "cannot be read: no such file" in err


def test_that_a_reason_without_a_value_is_a_fault(station: Station) -> None:
    bad = station.file("bad.toml", b'centre = "Ours"\n[thresholds.day28_last]\nreason = "as we do"\n')
    code, _, err = station.run("knowledge", "--check", bad)
    assert (code, "bad.toml, thresholds.day28_last has a reason and no value." in err) == (1, True)


def test_that_a_slip_in_the_centre_s_file_keeps_nobody_from_what_needs_no_clinical_number(station: Station) -> None:
    (station.store / "centre.toml").write_bytes(CENTRE.replace(b"45", b"45000"))
    for command in (("verify",), ("users", "list"), ("audit",), ("backup", str(station.folder / "stick"))):
        assert station.at_store(*command)[0] == 0
    code, out, err = station.at_store("board")
    assert (code, out) == (2, "")
    assert err.endswith("Correct the centre's file; until then Bedside does not open the store.\n")


def test_that_the_centre_s_values_stand_in_every_result_they_decide(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = station.file("mine.toml", CENTRE)
    options = ("assess", INDEX_FILE, "--as-of", "2020-07-31", "--json")
    plain, chosen = (json.loads(station.run(*options, *more)[1]) for more in ((), ("--centre", named)))
    assert plain["centre"] is None
    assert chosen["centre"]["values"][0]["value"] == 45
    assert plain["knowledge"] != chosen["knowledge"]
    monkeypatch.setenv(CENTRE_VARIABLE, named)
    assert json.loads(station.run(*options)[1]) == chosen


def test_that_the_file_in_the_store_s_folder_counts_for_its_patients(station: Station) -> None:
    (station.store / "centre.toml").write_bytes(CENTRE)
    _, listed, _ = station.at_store("board", "--json")
    mrn = json.loads(listed)["patients"][0]["mrn"]
    _, out, _ = station.at_store("assess", "--mrn", mrn, "--json")
    assert json.loads(out)["centre"]["name"] == "Testberg"


def test_that_a_store_is_not_opened_with_a_centre_s_file_that_cannot_be_used(station: Station) -> None:
    (station.store / "centre.toml").write_bytes(CENTRE.replace(b"value", b"valu"))
    code, out, err = station.at_store("board")
    assert (code, out) == (2, "")
    assert "perhaps value is meant" in err

"""A small version of every torture, and that a broken store would be seen."""

import random
import shutil
from pathlib import Path

import pytest

from bedside.store.cipher import connect
from bedside.store.place import DATABASE
from tests.torture import cuts, ward
from tests.torture.__main__ import FAULTS, Fault, line_of, main, page_of
from tests.torture.invariant import broken
from tests.torture.outcome import Outcome, Tally

FEW = 40
"""The small version takes a fortieth of the rounds."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.__module__.rpartition('.')[2]}.{fault.__name__}")
def test_that_the_store_withstands(fault: Fault) -> None:
    outcome = fault(max(2, FAULTS[fault] // FEW))
    if outcome.why_not:
        pytest.skip(f"not run: {outcome.why_not}")
    assert outcome.holds, outcome


def _no_fault(_rounds: int) -> Outcome:
    raise AssertionError("a fault was run")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--help"], 0), (["build/torture.json", "-h"], 0), (["a.json", "much"], 2), (["a.json", "0"], 2)],
)
def test_that_a_question_or_a_slip_on_the_command_line_runs_nothing(
    arguments: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for fault in tuple(FAULTS):
        monkeypatch.delitem(FAULTS, fault)
    monkeypatch.setitem(FAULTS, _no_fault, 1)
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == code
    told = capsys.readouterr()
    assert "usage: python -m tests.torture" in told.out + told.err


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ward.make(tmp_path / "store", entries=8)
    return tmp_path / "store"


def test_that_the_invariant_holds_of_a_whole_store_and_names_an_entry_that_is_not_there(folder: Path) -> None:
    assert broken(folder, []) == ()
    (told,) = broken(folder, ["00000000-0000-4000-8000-000000000001"])
    assert "was acknowledged and is there 0 times" in told


def test_that_the_invariant_sees_a_row_that_was_cut_off(tmp_path: Path) -> None:
    key = ward.make(tmp_path / "store", entries=3)
    session = ward.opened(tmp_path / "store")
    entry = ward.save(session, random.Random(1))
    session.store.close(backup=False)
    connection = connect(tmp_path / "store" / DATABASE, key)
    trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_refuses_delete'").fetchone()[0]
    connection.execute("DROP TRIGGER journal_refuses_delete")
    connection.execute("DELETE FROM journal WHERE id = ?", (entry,))
    connection.execute(trigger)
    connection.close()
    assert broken(tmp_path / "store", []) == ()
    assert any(entry in text for text in broken(tmp_path / "store", [entry]))


def test_that_the_invariant_sees_a_file_that_is_no_store(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"no store" * 1000)
    (told,) = broken(folder, [])
    assert told.startswith("it does not open")
    shutil.rmtree(folder)
    assert broken(folder, [])


def test_that_a_fault_that_was_not_run_has_not_held_and_says_why() -> None:
    outcome = Outcome("power cut", why_not="strace is not installed")
    assert not outcome.holds
    assert "not run: strace is not installed" in line_of(outcome)
    assert "not run: strace is not installed" in page_of([outcome], 60)
    assert outcome.as_json()["not_run"] == "strace is not installed"


def test_that_rounds_are_counted_with_what_was_lost_and_what_nobody_noticed() -> None:
    tally = Tally("some fault")
    tally.round(acknowledged=3)
    tally.round(acknowledged=2, broken=("one", "two"))
    tally.round(noticed=False)
    outcome = tally.outcome()
    assert (outcome.rounds, outcome.acknowledged, outcome.lost, outcome.undetected) == (3, 5, 2, 1)
    assert not outcome.holds
    assert outcome.as_json() == {
        "fault": "some fault",
        "rounds": 3,
        "acknowledged": 5,
        "lost": 2,
        "undetected": 1,
        "told": ["one", "two"],
    }


def test_that_where_strace_is_missing_the_cuts_are_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert cuts.power_cuts(5).why_not == "strace is not installed"
    assert cuts.control(5).rounds == 0

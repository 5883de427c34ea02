"""Tests of questions to another process: long ones, its failure, its end when nobody wants the answer any more."""

import sys
import threading
import time
from pathlib import Path

import pytest

from bedside import child_process
from bedside.chart.progress import Cancelled
from bedside.child_process import NotAnswered, answer_of

ECHO = "import sys, time; data = sys.stdin.buffer.read(); time.sleep(0.3); sys.stdout.buffer.write(data[::-1])"
LONGER_THAN_ANY_PIPE = b"0123456789" * 500_000


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a module that is found by the name `asked`."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "asked.py"


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("question", [b"", b"one", LONGER_THAN_ANY_PIPE])
def test_that_a_question_of_any_length_is_answered_while_progress_is_told(program: Path, question: bytes) -> None:
    program.write_text(ECHO, encoding="utf-8")
    told: list[tuple[int, int]] = []
    start = time.monotonic()
    assert answer_of("asked", question, lambda *how_far: told.append(how_far)) == question[::-1]
    assert time.monotonic() - start < 20
    assert len(told) > 2
    assert set(told) == {(0, 0)}


@pytest.mark.parametrize("fault", ["raise SystemExit(3)", "import os; os.abort()", "not a program"])
def test_that_a_process_that_fails_has_not_answered(program: Path, fault: str) -> None:
    program.write_text(f"print('half', flush=True)\n{fault}", encoding="utf-8")
    with pytest.raises(NotAnswered):
        answer_of("asked", LONGER_THAN_ANY_PIPE)


def test_that_a_process_that_cannot_be_started_has_not_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(NotAnswered):
        answer_of("asked", b"")


def test_that_a_process_that_takes_too_long_is_ended(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program.write_text("import time; time.sleep(60)", encoding="utf-8")
    monkeypatch.setattr(child_process, "LONGEST_SECONDS", 0.3)
    start = time.monotonic()
    with pytest.raises(NotAnswered):
        answer_of("asked", LONGER_THAN_ANY_PIPE)
    assert time.monotonic() - start < 20


def test_that_a_process_whose_answer_nobody_wants_is_ended_and_leaves_nothing(program: Path, tmp_path: Path) -> None:
    mark = tmp_path / "went-on"
    program.write_text(
        f"import time; time.sleep(3); open({str(mark)!r}, 'w').close()",
        encoding="utf-8",
    )
    before = threads()

    def stop(_done: int, _total: int) -> None:
        raise Cancelled("")

    with pytest.raises(Cancelled):
        answer_of("asked", b"", stop)
    assert threads() == before
    time.sleep(3.5)
    assert not mark.exists()

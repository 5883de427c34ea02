"""Tests of the clock check: behind the journal at the start, set while the program runs, and right through sleep."""

from datetime import UTC, datetime, timedelta

import pytest

from bedside.service.clock_check import TOLERANCE, ClockWatch, behind_words, note_jump, steady_seconds
from bedside.service.record import register
from bedside.service.session import Session
from tests.conftest import FixedClock
from tests.service.charts import PATIENT

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AT_LIMIT = TOLERANCE.total_seconds()


@pytest.mark.parametrize(
    ("passed", "shown", "jump"),
    [
        (60, 60, 0),
        (60, 60 + AT_LIMIT - 1, 0),
        (60, 60 + AT_LIMIT, AT_LIMIT),
        (60, 60 - AT_LIMIT + 1, 0),
        (60, 60 - AT_LIMIT, -AT_LIMIT),
        (8 * 3600, 8 * 3600, 0),  # slept the night through
        (60, -3600, -3660),
    ],
)
def test_that_only_a_clock_that_was_set_is_a_jump(passed: float, shown: float, jump: float) -> None:
    watch, found = ClockWatch(NOON, 1000).look(NOON + timedelta(seconds=shown), 1000 + passed)
    assert found == timedelta(seconds=jump)
    assert watch == ClockWatch(NOON + timedelta(seconds=shown), 1000 + passed)
    assert watch.look(NOON + timedelta(seconds=shown + 60), 1060 + passed)[1] == timedelta(0)


def test_that_the_steady_clock_goes_on() -> None:
    first = steady_seconds()
    assert 0 <= steady_seconds() - first < 60


@pytest.mark.parametrize(("seconds", "told"), [(-AT_LIMIT + 1, False), (-AT_LIMIT, True), (60, False), (-86400, True)])
def test_that_a_clock_behind_the_journal_is_told_at_the_start(
    session: Session, clock: FixedClock, seconds: float, told: bool
) -> None:
    assert behind_words(session) == ""
    register(session, PATIENT)
    clock.advance(seconds=seconds)
    assert bool(behind_words(session)) == told


def test_that_a_jump_is_noted_in_the_trail_and_told_in_words(session: Session) -> None:
    assert "set back by 1 h" in note_jump(session, timedelta(hours=-1))
    assert "set forward by 2 d" in note_jump(session, timedelta(days=2))
    assert [row.detail["by_seconds"] for row in session.store.events("clock_set")] == ["-3600", "172800"]

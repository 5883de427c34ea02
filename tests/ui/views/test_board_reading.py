"""Tests of reading the board: what was worked out before comes at once, what moved on since a few at a time behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from bedside.chart.moments import AsOf
from bedside.service.exchange_files import import_file
from bedside.service.record import record
from bedside.service.session import Session
from bedside.ui.background import Background
from bedside.ui.board.lines import BoardLine
from bedside.ui.board.reading import AT_ONCE, BoardReading, Point
from bedside.ui.start import Desk
from tests.service.charts import COUNT, MRN, PATIENT, chart_file
from tests.service.conftest import session

__all__ = ["session"]

NOW = Point(AsOf.parse("2020-07-31"), None, is_now=True)
PATIENTS = AT_ONCE + 3


class Seen(QObject):
    """What came, in order: how many lines, how many of them stale."""

    def __init__(self, reading: BoardReading) -> None:
        super().__init__()
        self.lines: list[list[BoardLine]] = []
        self.reading = reading
        reading.came.connect(self._came)

    def _came(self, lines: Any) -> None:
        self.lines.append(list(lines))

    def counts(self) -> list[tuple[int, int]]:
        return [(len(one), sum(line.stale for line in one)) for one in self.lines]


@pytest.fixture
def desk(session: Session) -> Iterator[Desk]:
    for number in range(PATIENTS):
        patient = {**PATIENT, "mrn": f"T-{number:04d}"}
        import_file(session, "a.json", chart_file(COUNT, patient=patient))
    background = Background()
    yield Desk(session, background, session.now)
    background.stop()


def read(desk: Desk, qtbot: QtBot, point: Point = NOW) -> Seen:
    seen = Seen(BoardReading(desk, desk.background))
    seen.reading.read(point)
    qtbot.waitUntil(lambda: desk.background.idle and bool(seen.lines))
    return seen


def test_that_the_first_board_comes_a_few_at_a_time_and_the_next_at_once(desk: Desk, qtbot: QtBot) -> None:
    assert read(desk, qtbot).counts() == [(AT_ONCE, 0), (PATIENTS, 0)]
    assert read(desk, qtbot).counts() == [(PATIENTS, 0)]


def test_that_only_what_moved_on_is_marked_and_worked_out_again(desk: Desk, qtbot: QtBot) -> None:
    read(desk, qtbot)
    record(desk.session, MRN, {**COUNT, "at": "2020-07-30"})
    seen = read(desk, qtbot)
    assert seen.counts() == [(PATIENTS, 1), (PATIENTS, 0)]
    assert [[line.last_entry for line in one if line.mrn == MRN] for one in seen.lines] == [["29-Jun"], ["30-Jul"]]


def test_that_another_moment_is_read_whole_and_keeps_nothing(desk: Desk, qtbot: QtBot) -> None:
    seen = read(desk, qtbot, Point(AsOf.parse("2020-07-01"), None, is_now=False))
    assert seen.counts() == [(PATIENTS, 0)]
    assert desk.session.store.kept.board_rows() == {}


def test_that_a_reading_that_is_stopped_says_nothing_more(desk: Desk, qtbot: QtBot) -> None:
    seen = Seen(BoardReading(desk, desk.background))
    seen.reading.read(NOW)
    seen.reading.stop()
    qtbot.waitUntil(lambda: desk.background.idle)
    assert seen.lines == []

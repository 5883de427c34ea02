"""Owns how the board is read: what was worked out before at once, what moved on since behind it, a few at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from bedside.chart.moments import AsOf
from bedside.service.board import board
from bedside.service.board_listed import as_listed
from bedside.service.board_rows import board_at_once, mark_seen, work_out
from bedside.service.session import Session
from bedside.ui.background import Job
from bedside.ui.board.adapter import NOTHING_NEW, News, lines_of
from bedside.ui.board.lines import BoardLine
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

AT_ONCE = 20


@dataclass(frozen=True)
class Point:
    """For which point in time the board is read; `is_now`: everything that is known now."""

    as_of: AsOf
    known_at: datetime | None
    is_now: bool


@dataclass(frozen=True)
class _Read:
    """A board in words, as it comes from the worker: making two thousand lines would hold up the window."""

    lines: list[BoardLine]
    news: News = NOTHING_NEW
    stale: tuple[str, ...] = ()


class BoardReading(QObject):
    """`came(lines)` with all lines each time some are there, `failed(Trouble)`; `pending` counts those still read."""

    came = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._point: Point | None = None
        self._job: Job | None = None
        self._lines: dict[str, BoardLine] = {}
        self._news = NOTHING_NEW
        self._stale: list[str] = []

    @property
    def pending(self) -> int:
        """How many patients' rows are still to be worked out."""
        return len(self._stale)

    def read(self, point: Point) -> None:
        """Read the board for a point; a reading under way is dropped."""
        if self._job is not None:
            self._job.drop()
        self._point, self._stale = point, []
        read = _known if point.is_now else _derived
        self._job = self._desk.background.run(partial(read, self._desk.session, point), self._read, self._failed)

    def _read(self, read: _Read) -> None:
        self._lines = {line.mrn: line for line in read.lines}
        self._news, self._stale = read.news, list(read.stale)
        if self._lines or not self._stale:
            self._tell()
        self._go_on()

    def _go_on(self) -> None:
        """Work out the next few of the rows that moved on."""
        if self._stale and self._point is not None:
            work = partial(_anew, self._desk.session, self._stale[:AT_ONCE], self._point.as_of, self._news)
            self._job = self._desk.background.run(work, self._some_read, self._failed)

    def _some_read(self, lines: list[BoardLine]) -> None:
        self._stale = self._stale[AT_ONCE:]
        self._lines |= {line.mrn: line for line in lines}
        self._tell()
        self._go_on()

    def _failed(self, trouble: Trouble) -> None:
        self._lines, self._stale = {}, []
        self.failed.emit(trouble)

    def _tell(self) -> None:
        self.came.emit(list(self._lines.values()))

    def saw(self, mrn: str) -> None:
        """Note that the person has looked at a patient."""
        self._desk.background.run(partial(mark_seen, self._desk.session, mrn))

    def stop(self) -> None:
        """Work out no more."""
        if self._job is not None:
            self._job.drop()
        self._stale = []


def _known(session: Session, point: Point) -> _Read:
    known = board_at_once(session, point.as_of)
    news = News(known.unseen, known.unopened)
    return _Read(lines_of(known.rows, point.as_of.day, news, frozenset(known.stale)), news, known.stale)


def _derived(session: Session, point: Point) -> _Read:
    rows = map(as_listed, board(session, point.as_of, point.known_at))
    return _Read(lines_of(rows, point.as_of.day))


def _anew(session: Session, mrns: Sequence[str], as_of: AsOf, news: News) -> list[BoardLine]:
    return lines_of(work_out(session, mrns, as_of), as_of.day, news)

"""Owns how the board is read: what was worked out before at once, what moved on since behind it, a few at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from bedside.chart.moments import AsOf
from bedside.service.board import BoardRow, board
from bedside.service.board_rows import Board, board_at_once, mark_seen, work_out
from bedside.ui.background import Job
from bedside.ui.board.adapter import lines_of
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

AT_ONCE = 20


@dataclass(frozen=True)
class Point:
    """For which point in time the board is read; `is_now`: everything that is known now."""

    as_of: AsOf
    known_at: datetime | None
    is_now: bool


class BoardReading(QObject):
    """`came(lines)` with all lines each time some are there, `failed(Trouble)`; `pending` counts those still read."""

    came = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._point: Point | None = None
        self._job: Job | None = None
        self._rows: dict[str, BoardRow] = {}
        self._unseen: Mapping[str, int] = {}
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
        session = self._desk.session
        if point.is_now:
            work, done = partial(board_at_once, session, point.as_of), self._known_read
            self._job = self._desk.background.run(work, done, self._failed)
        else:
            all_ = partial(board, session, point.as_of, point.known_at)
            self._job = self._desk.background.run(all_, self._all_read, self._failed)

    def _known_read(self, known: Board) -> None:
        self._rows = {row.patient.mrn: row for row in known.rows}
        self._unseen, self._stale = known.unseen, list(known.stale)
        if self._rows or not self._stale:
            self._tell()
        self._go_on()

    def _all_read(self, rows: tuple[BoardRow, ...]) -> None:
        self._rows, self._unseen = {row.patient.mrn: row for row in rows}, {}
        self._tell()

    def _go_on(self) -> None:
        """Work out the next few of the rows that moved on."""
        if self._stale and self._point is not None:
            work = partial(work_out, self._desk.session, self._stale[:AT_ONCE], self._point.as_of)
            self._job = self._desk.background.run(work, self._some_read, self._failed)

    def _some_read(self, rows: tuple[BoardRow, ...]) -> None:
        self._stale = self._stale[AT_ONCE:]
        self._rows |= {row.patient.mrn: row for row in rows}
        self._tell()
        self._go_on()

    def _failed(self, trouble: Trouble) -> None:
        self._rows, self._stale = {}, []
        self.failed.emit(trouble)

    def _tell(self) -> None:
        assert self._point is not None
        self.came.emit(lines_of(self._rows.values(), self._point.as_of.day, self._unseen, frozenset(self._stale)))

    def saw(self, mrn: str) -> None:
        """Note that the person has looked at a patient."""
        self._desk.background.run(partial(mark_seen, self._desk.session, mrn))

    def stop(self) -> None:
        """Work out no more."""
        if self._job is not None:
            self._job.drop()
        self._stale = []

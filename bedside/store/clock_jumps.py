"""Where the workstation's clock ran backwards: the journal's order is its sequence, so a jump shows in the moments."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.store.cipher import Connection
from bedside.store.rows import moment_of


@dataclass(frozen=True, slots=True)
class ClockJump:
    """A row that was received, by the clock, before the row in front of it (both moments in UTC)."""

    origin_seq: int
    before: datetime
    after: datetime


def clock_jumps(connection: Connection, origin: str) -> tuple[ClockJump, ...]:
    """Return every place in one workstation's journal at which the clock went back, in the journal's order."""
    found = connection.execute(
        "SELECT origin_seq, earlier, received_at FROM (SELECT origin_seq, received_at,"
        " lag(received_at) OVER (ORDER BY origin_seq) AS earlier FROM journal WHERE origin = ?)"
        " WHERE received_at < earlier ORDER BY origin_seq",
        (origin,),
    )
    return tuple(ClockJump(number, moment_of(before), moment_of(after)) for number, before, after in found)


def clock_behind(connection: Connection, origin: str, now: datetime) -> timedelta | None:
    """Return how far the clock is behind the last received row, or None when it is not."""
    last = connection.execute(
        "SELECT received_at FROM journal WHERE origin = ? ORDER BY origin_seq DESC LIMIT 1", (origin,)
    ).fetchone()
    behind = moment_of(last[0]) - now if last else timedelta(0)
    return behind if behind > timedelta(0) else None

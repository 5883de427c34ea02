"""Whether the computer's clock can be right: at the start against the journal, later against one that never jumps."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.chart.formats import duration_text
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

TOLERANCE = timedelta(minutes=2)
"""How far the clock may be off before a person is told; time servers correct by less."""


def steady_seconds() -> float:
    """Return seconds of a clock that nobody can set and that goes on while the computer sleeps, where it has one."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


@needs(Action.WORK)
def behind_words(session: Session) -> str:
    """Return in words how far the clock is behind what was recorded last, "" when it is not; asked at the start."""
    behind = session.store.clock_behind()
    if behind is None or behind < TOLERANCE:
        return ""
    return f"This computer's clock is {duration_text(behind)} behind the last entry. Check date and time."


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """What the clock (UTC) said at a steady moment; to be asked again every minute and after sleep."""

    moment: datetime
    steady: float

    def look(self, moment: datetime, steady: float) -> tuple["ClockWatch", timedelta]:
        """Return the watch from now on, and by how much the clock was set meanwhile: 0 within the tolerance."""
        passed = timedelta(seconds=steady - self.steady)
        jump = moment - self.moment - passed
        return ClockWatch(moment, steady), jump if abs(jump) >= TOLERANCE else timedelta(0)


@needs(Action.WORK)
def note_jump(session: Session, jump: timedelta) -> str:
    """Note in the audit trail that the clock was set, and return it in words."""
    way = "back" if jump < timedelta(0) else "forward"
    if not session.read_only:
        session.store.record_event("clock_set", None, {"by_seconds": str(round(jump.total_seconds()))})
    return f"This computer's clock was set {way} by {duration_text(abs(jump))}. Check date and time."

"""Emergency access: reading and recording for somebody whose roles do not allow it, for a reason and in the trail."""

from dataclasses import replace

from bedside.chart.errors import UserError
from bedside.service.permissions import EMERGENCY, Action, may, needs
from bedside.service.session import Session

MOST_CHARACTERS = 500


@needs(Action.EMERGENCY_ACCESS)
def take_emergency_access(session: Session, reason: str) -> Session:
    """Return a session of the same person that may read and record, until the lock; every row says "emergency".

    UserError without a reason, for somebody who may read and record anyway, and at a store that is open for reading
    only: the reason could not be kept.
    """
    why = " ".join(reason.split())
    if not why or len(why) > MOST_CHARACTERS:
        raise UserError(
            f"Emergency access needs a reason of 1 to {MOST_CHARACTERS} characters.", "Say what happened; it is kept."
        )
    if may(session.roles, Action.READ) and may(session.roles, Action.RECORD):
        raise UserError("You may read and record already.", "Emergency access is not needed.")
    if session.read_only:
        raise UserError("The store is open for reading only, so the reason could not be kept.", "Use the other window.")
    session.note("emergency_access", None, {"reason": why})
    store = session.store.as_person(session.user, f"{session.role},{EMERGENCY}")
    return replace(session, store=store, emergency=why)

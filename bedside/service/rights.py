"""What an entry itself asks of a person's roles: some kinds are a physician's, and so is touching others' entries."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bedside.chart.base import Entry
from bedside.chart.entries import Void
from bedside.chart.enums import VoidScope
from bedside.chart.live import EntryState, chain_of, resolve
from bedside.service.permissions import Action, may, permit
from bedside.service.session import Session
from bedside.store.rows import Row

OF_KIND: Mapping[str, Action] = {
    "decision": Action.DECIDE,
    "grade_override": Action.OVERRIDE_GRADE,
    "identity": Action.IDENTIFY,
}
"""What it takes to record, correct or void an entry of these kinds; every other kind takes `Action.RECORD`."""


def require_kind(session: Session, entry: Entry) -> None:
    """Raise NotAllowed unless the person may record an entry of this kind."""
    if entry.kind in OF_KIND:
        permit(session, OF_KIND[entry.kind])


def require_touch(session: Session, stored: Sequence[Entry], touched: Sequence[Entry]) -> None:
    """Raise NotAllowed unless the person may correct or void these of the patient's `stored` entries.

    One's own entries need no more than recording did; others' are a physician's, and so is settling a conflict.
    """
    for one in touched:
        require_kind(session, one)
    if any(not is_own(session, session.store.row(UUID(one.id))) for one in touched):
        permit(session, Action.CORRECT_OTHERS)
    if may(session.roles, Action.SETTLE):  # the whole chart is worked out for those alone who could be refused
        return
    states = resolve(stored).states
    if any(states[one.id] is EntryState.CONTESTED for one in touched):
        permit(session, Action.SETTLE)


def is_own(session: Session, row: Row | None) -> bool:
    """Return whether the person of this session brought the row in, and no one else is said to have recorded it."""
    return row is not None and row.received_by == session.user and row.recorded_by in (None, session.user)


def touched_by(entry: Entry, stored: Sequence[Entry]) -> Sequence[Entry]:
    """Return those of the `stored` entries that a correction or void takes out of force; none for any other entry."""
    named = entry.voids if isinstance(entry, Void) else entry.supersedes
    if named is None:
        return ()
    ids = chain_of(named, stored) if isinstance(entry, Void) and entry.scope is VoidScope.CHAIN else {named}
    return [one for one in stored if one.id in ids]

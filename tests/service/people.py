"""Sessions of people with other roles at the store of a session."""

from dataclasses import replace

from bedside.service.session import Session

ROLES = ("physician", "nurse", "lead", "auditor")


def as_person(session: Session, user: str, *roles: str) -> Session:
    """The session of this person at the same store."""
    return replace(session, store=session.store.as_person(user, ",".join(roles)))

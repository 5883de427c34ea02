"""Unsaved forms: kept while they are typed, so that a crash, a lock or a power cut costs no more than one value."""

from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.session import Session

NOBODY = ""
"""Stands for a patient who is not in the store yet."""


@needs(Action.RECORD)
def keep_draft(session: Session, mrn: str, form: str, body: str) -> None:
    """Keep the text of a form for its author and patient, or NOBODY, in place of what was kept before."""
    session.store.drafts.save(form, _owner(session, mrn), body)


@needs(Action.RECORD)
def draft(session: Session, mrn: str, form: str) -> str | None:
    """Return the author's own kept text of a form for a patient, None when there is none."""
    return session.store.drafts.text(form, _owner(session, mrn))


@needs(Action.RECORD)
def drop_draft(session: Session, mrn: str, form: str) -> None:
    """Forget the kept text, after the form was saved or thrown away."""
    session.store.drafts.drop(form, _owner(session, mrn))


def _owner(session: Session, mrn: str) -> str:
    return NOBODY if mrn == NOBODY else registration(session, mrn).patient_id

"""Unsaved forms: kept while they are typed, so that a crash, a lock or a power cut costs no more than one value."""

from bedside.service.patients import registration
from bedside.service.permissions import Action, needs
from bedside.service.session import Session


@needs(Action.RECORD)
def keep_draft(session: Session, mrn: str, form: str, body: str) -> None:
    """Keep the text of a form for its author and patient, in place of what was kept before."""
    session.store.drafts.save(form, registration(session, mrn).patient_id, body)


@needs(Action.RECORD)
def draft(session: Session, mrn: str, form: str) -> str | None:
    """Return the author's own kept text of a form for a patient, None when there is none."""
    return session.store.drafts.text(form, registration(session, mrn).patient_id)


@needs(Action.RECORD)
def drop_draft(session: Session, mrn: str, form: str) -> None:
    """Forget the kept text, after the form was saved or thrown away."""
    session.store.drafts.drop(form, registration(session, mrn).patient_id)

"""The infusion's identity check: two different people who both proved to be there, or the reason why there was one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bedside.chart.errors import UserError
from bedside.exchange.refusals import EntryRefused, Refusal
from bedside.service.permissions import Action, NotAllowed, may, needs
from bedside.service.session import Session
from bedside.store.envelope import NotLetIn

CHECKED, REASON = "identity_checked_by", "identity_check_reason"


@needs(Action.WITNESS)
def with_second_person(session: Session, name: str, secret: str) -> Session:
    """Return a session whose next infusion was checked together with `name`, who gives the own PIN or passphrase.

    UserError for the same person, NotLetIn or WrongPin when the secret is not right, NotAllowed for other roles.
    """
    second, roles = _proved(session, name.strip(), secret)
    if second == session.user:
        raise UserError("The second person is somebody else.", "Ask a colleague, or record why there was nobody.")
    if not may(roles.split(","), Action.WITNESS):
        raise NotAllowed(Action.WITNESS, roles.split(","))
    session.note("identity_checked", None, {"second": second})
    return replace(session, second=second)


def _proved(session: Session, name: str, secret: str) -> tuple[str, str]:
    """Name and roles of somebody who gives the own PIN, where one is set and digits are given, or the passphrase."""
    if secret.isascii() and secret.isdigit() and session.store.people.has_pin(name):
        roles = session.store.people.roles_of(name)
        session.store.as_person(name, roles).people.prove_pin(name, secret)
        return name, roles
    try:
        return session.store.people.unlock(name, secret)
    except NotLetIn:
        session.note("sign_in_failed")
        raise


def checked_fields(session: Session, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return an infusion's fields with those who checked: this person and the second one, never what was typed.

    A correction keeps those whom the corrected entry names. EntryRefused, naming the reason's field, where nobody
    else has proved to be there and no reason is given.
    """
    rest = {name: value for name, value in fields.items() if name != CHECKED}
    if session.second is not None:
        return {**rest, CHECKED: [session.user, session.second]}
    before = _checked_before(session, fields.get("supersedes"))
    if before:
        return {**rest, CHECKED: before}
    if not str(rest.get(REASON) or "").strip():
        why = "The identity check needs a second person, or the reason why there was none."
        raise EntryRefused(Refusal(REASON, None, "the reason why only one person checked", why))
    return rest


def _checked_before(session: Session, corrected: object) -> list[str] | None:
    try:
        row = session.store.row(UUID(str(corrected))) if corrected else None
    except ValueError:
        return None
    names: list[str] | None = json.loads(row.body).get(CHECKED) if row else None
    return names

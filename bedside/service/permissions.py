"""Who may do what: one table of actions and roles, default deny, and the door in front of every service function."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from bedside.chart.errors import UserError
from bedside.service.session import Session

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """What a person is in this store; one person may be several."""

    PHYSICIAN = "physician"
    NURSE = "nurse"
    LEAD = "lead"
    AUDITOR = "auditor"


EMERGENCY = "emergency"
"""Stands among the roles while a person makes use of emergency access; nobody can be given it."""


class Action(StrEnum):
    """Everything a role can allow; the value reads on from "may"."""

    READ = "read charts"
    RECORD = "record entries"
    WITNESS = "be the second person at the infusion"
    CORRECT_OTHERS = "correct or void what somebody else recorded"
    SETTLE = "settle conflicts"
    OVERRIDE_GRADE = "override a grade"
    DECIDE = "record and sign a decision"
    SIGN_SUMMARY = "sign a summary"
    IDENTIFY = "correct or merge identities"
    EXPORT_SUMMARY = "export or print a summary"
    PRINT_WARD_LIST = "print the ward list"
    IMPORT_COUNTS = "import counts"
    IMPORT_CHARTS = "import charts"
    EXPORT_CHARTS = "export charts"
    PEOPLE = "manage users"
    BACK_UP = "make backups"
    RESTORE = "restore a backup"
    CHANGE_SETTINGS = "change settings"
    READ_AUDIT = "read the audit log"
    VERIFY = "verify the store"
    EMERGENCY_ACCESS = "take emergency access"
    WORK = "work at this store"


_P, _N, _L, _A = Role.PHYSICIAN, Role.NURSE, Role.LEAD, Role.AUDITOR

ALLOWED: Mapping[Action, frozenset[str]] = {
    Action.READ: frozenset({_P, _N, _A, EMERGENCY}),
    Action.RECORD: frozenset({_P, _N, EMERGENCY}),
    Action.WITNESS: frozenset({_P, _N}),
    Action.CORRECT_OTHERS: frozenset({_P}),
    Action.SETTLE: frozenset({_P}),
    Action.OVERRIDE_GRADE: frozenset({_P}),
    Action.DECIDE: frozenset({_P}),
    Action.SIGN_SUMMARY: frozenset({_P}),
    Action.IDENTIFY: frozenset({_P}),
    Action.EXPORT_SUMMARY: frozenset({_P}),
    Action.PRINT_WARD_LIST: frozenset({_P, _N}),
    Action.IMPORT_COUNTS: frozenset({_P, _N, _L}),
    Action.IMPORT_CHARTS: frozenset({_P, _L}),
    Action.EXPORT_CHARTS: frozenset({_P, _L}),
    Action.PEOPLE: frozenset({_L}),
    Action.BACK_UP: frozenset({_L}),
    Action.RESTORE: frozenset({_L}),
    Action.CHANGE_SETTINGS: frozenset({_L}),
    Action.READ_AUDIT: frozenset({_L, _A}),
    Action.VERIFY: frozenset({_L, _A}),
    Action.EMERGENCY_ACCESS: frozenset({_L}),
    Action.WORK: frozenset(Role),
}
"""Which roles allow an action; what is not here is allowed to nobody."""


class NotAllowed(UserError):
    """The roles of the person do not allow the action; nothing was done."""

    def __init__(self, action: Action, roles: Iterable[str]) -> None:
        held = sorted(roles)
        who = f"With the role{'s' * (len(held) > 1)} {_listed(held, 'and')}" if held else "Without a role"
        super().__init__(
            f"{who} you may not {action.value}.",
            f"That is for {who_may(action)}; nothing was changed.",
        )
        self.action = action


class Locked(UserError):
    """The person left the workstation, or was signed out by the idle lock."""

    def __init__(self) -> None:
        super().__init__("Bedside is locked.", "Sign in again; nothing was changed.")


def may(roles: Iterable[str], action: Action) -> bool:
    """Return whether any of the roles allows the action."""
    return not ALLOWED.get(action, frozenset()).isdisjoint(roles)


def who_may(action: Action) -> str:
    """Return in words whom the table lets do it: "physicians or nurses"."""
    allowed = ALLOWED.get(action, frozenset())
    return _listed([f"{role.value}s" for role in Role if role in allowed], "or") or "nobody"


def _listed(words: list[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def permit(session: Session, action: Action) -> None:
    """Raise Locked in a session that has ended, and NotAllowed unless its roles allow the action."""
    if not session.presence.here:
        raise Locked
    if not may(session.roles, action):
        raise NotAllowed(action, session.roles)


def needs(action: Action) -> Callable[[Callable[Concatenate[Session, P], R]], Callable[Concatenate[Session, P], R]]:
    """Put the door of an action in front of a service function, whose first argument is the session."""

    def doored(function: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
        @wraps(function)
        def door(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
            permit(session, action)
            return function(session, *args, **kwargs)

        setattr(door, NEEDS, action)
        return door

    return doored


NEEDS = "needed_action"
"""The attribute by which a doored function tells its action."""

"""The users of the store, as a lead sees and changes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bedside.chart.errors import UserError
from bedside.service.newcomers import looks
from bedside.service.permissions import EMERGENCY, Action, Role, needs
from bedside.service.session import Session
from bedside.store.creation import FIRST_ROLE
from bedside.store.envelope import NotLetIn, user_name
from bedside.store.people import Person


@dataclass(frozen=True, slots=True)
class User:
    """One user: name, roles, disabled or not, with a PIN or not, and last seen when (the ward's time, None: never)."""

    name: str
    roles: tuple[str, ...]
    disabled: bool
    has_pin: bool
    seen: datetime | None


@needs(Action.PEOPLE)
def users(session: Session) -> tuple[User, ...]:
    """Return every user there is or was, ordered by name."""
    return tuple(_user(session, person) for person in session.store.people.listed())


def _user(session: Session, person: Person) -> User:
    roles = tuple(filter(None, person.roles.split(",")))
    seen = None if person.seen is None else person.seen.astimezone(session.zone)
    return User(person.name, roles, person.disabled, person.has_pin, seen)


@needs(Action.PEOPLE)
def add_user(session: Session, name: str, roles: Iterable[str], passphrase: str) -> None:
    """Let a new user in; UserError when the name is taken or looks like another, or a role or passphrase is wrong."""
    _require_own_look(session, name)
    session.store.people.add(name, _written(roles), passphrase)


def _require_own_look(session: Session, name: str) -> None:
    """Raise UserError for a name that nobody has and that looks like another's."""
    wanted, people = user_name(name), session.store.people.listed()
    if any(one.name.casefold() == wanted.casefold() for one in people):
        return
    like = next((one.name for one in people if looks(one.name) == looks(wanted)), None)
    if like is not None:
        raise UserError(f"The name {wanted} looks like that of {like}.", "Choose a name that nobody takes for another.")


@needs(Action.PEOPLE)
def disable_user(session: Session, name: str) -> None:
    """Let a user in no more; UserError for the last lead and for oneself."""
    if session.store.people.person(name).name == session.user:
        raise UserError("Nobody can disable themselves.", "Ask another lead; nothing was changed.")
    session.store.people.disable(name)


@needs(Action.PEOPLE)
def enable_user(session: Session, name: str, passphrase: str) -> None:
    """Let a disabled user in again, with a new passphrase and the roles of before."""
    session.store.people.enable(name, passphrase)


@needs(Action.PEOPLE)
def reset_passphrase(session: Session, name: str, passphrase: str) -> None:
    """Give a user who has forgotten the passphrase a new one; the PIN is forgotten with it."""
    session.store.people.set_passphrase(name, passphrase)
    session.store.people.clear_pin(name)


@needs(Action.PEOPLE)
def reset_pin(session: Session, name: str) -> None:
    """Forget a user's PIN, who sets another after the next signing in."""
    session.store.people.clear_pin(name)


@needs(Action.PEOPLE)
def change_roles(session: Session, name: str, roles: Iterable[str]) -> None:
    """Give a user other roles, from the next signing in on; UserError for the last lead and an unknown role."""
    session.store.people.set_roles(name, _written(roles))


@needs(Action.PEOPLE)
def recover_user(session: Session, name: str, passphrase: str) -> str:
    """Give a user a new passphrase, whether known or disabled; a new name becomes lead and physician.

    It is what a session that the recovery code opened is for. Return the name as it stands in the store, whatever
    capitals it was asked for in; UserError for a new one that looks like another's.
    """
    _require_own_look(session, name)
    return session.store.people.let_in(name, FIRST_ROLE, passphrase)


@needs(Action.WORK)
def still_belongs(session: Session) -> bool:
    """Return whether the person is let in, in these roles, by what the store says now: another program may write it."""
    try:
        roles = frozenset(session.store.people.roles_of(session.user).split(","))
    except NotLetIn:
        return False
    return roles == session.roles - {EMERGENCY}


def _written(roles: Iterable[str]) -> str:
    """The roles as rows and slots name them, in the order of the alphabet."""
    asked = {role.strip().lower() for role in roles} - {""}
    unknown = sorted(asked - set(Role))
    if unknown or not asked:
        what = f"There is no role {unknown[0]}." if unknown else "A user needs at least one role."
        raise UserError(what, f"The roles are {', '.join(Role)}; nothing was changed.")
    return ",".join(sorted(asked))

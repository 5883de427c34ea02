"""The people of a store: who may open it, in which roles, as the audit trail tells it and the key file lets them in.

The trail is the truth about roles and disabled users: it is chained, and lies inside the encryption. The key file only
says whose passphrase unwraps the key.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bedside.chart.errors import UserError
from bedside.store import audit, pins
from bedside.store.audit import EventName
from bedside.store.cipher import Connection, faults_in_words
from bedside.store.envelope import Cost, NotLetIn, Slot, seal, user_name
from bedside.store.hold import Hold
from bedside.store.opening import Unlocked, unlock
from bedside.store.slots import write_keys

ADDED: Final = "user_added"
ROLES_CHANGED: Final = "roles_changed"
DISABLED: Final = "user_disabled"
ENABLED: Final = "user_enabled"
PASSPHRASE_CHANGED: Final = "passphrase_changed"
PASSPHRASE_RESET: Final = "passphrase_reset"
PIN_SET: Final = "pin_set"
PIN_CLEARED: Final = "pin_cleared"
PIN_FAILED: Final = "pin_failed"
SIGN_IN: Final = "sign_in"
RESUMED: Final = "resumed"

_OF_STANDING = (ADDED, ROLES_CHANGED, DISABLED, ENABLED)
_RESERVED = {"recovery code"}


class OnlyLead(UserError):
    """The change would leave the store without a lead; nothing was changed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is the only lead of this store.", "Make somebody else a lead first; nothing was changed."
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the trail says of a user: the roles (None: it says nothing) and whether the user is disabled."""

    roles: str | None = None
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One user: name, roles as written into rows, disabled or not, with a PIN or not, and last seen when (UTC)."""

    name: str
    roles: str
    disabled: bool
    has_pin: bool
    seen: datetime | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who is to be let in: name, roles as written into rows, passphrase, and the cost of one guess at it.

    A cost of None is the one that the slots of the store have.
    """

    name: str
    roles: str
    passphrase: str
    cost: Cost | None = None


def new_name(text: str) -> str:
    """Return the name of a user to be; UserError where it is what the trail calls something else."""
    name = user_name(text)
    if name.casefold() in _RESERVED:
        raise UserError(f"Nobody can be called {name}.", "Choose another name; nothing was changed.")
    return name


def standings(connection: Connection, origin: str) -> dict[str, Standing]:
    """Return what the audit trail says of every user it names; other roles do not let a disabled user in again."""
    found: dict[str, Standing] = {}
    for row in audit.events(connection, origin, _OF_STANDING):
        before = found.get(row.detail["user"], Standing())
        roles = row.detail.get("roles", before.roles)
        disabled = before.disabled if row.event == ROLES_CHANGED else row.event == DISABLED
        found[row.detail["user"]] = Standing(roles, disabled)
    return found


class People:
    """Adds, disables and changes users; every change is in the audit trail before it takes effect."""

    def __init__(self, hold: Hold) -> None:
        self._hold = hold

    def unlock(self, name: str, passphrase: str) -> tuple[str, str]:
        """Return name and roles of somebody whose passphrase opens this open store; NotLetIn for anybody else."""
        unlocked = unlock(self._hold.station.folder, name, passphrase)
        if not hmac.compare_digest(unlocked.key, self._hold.key):
            raise NotLetIn
        return unlocked.user, self.standing(unlocked)

    def standing(self, unlocked: Unlocked) -> str:
        """Return the roles that the audit trail gives a user, else those of the slot; NotLetIn for a disabled user."""
        found = self._told().get(unlocked.user, Standing(unlocked.role))
        if found.disabled:
            raise NotLetIn
        return unlocked.role if found.roles is None else found.roles

    def roles_of(self, name: str) -> str:
        """Return the roles that somebody has now; NotLetIn for a disabled user and for a name that nobody has."""
        slot = self._hold.keys().slot(name)
        if slot is None:
            raise NotLetIn
        return self.standing(Unlocked(self._hold.key, slot.user, slot.role))

    def listed(self) -> tuple[Person, ...]:
        """Return every user there is or was, ordered by name."""
        hold, known = self._hold, self._told()
        with hold.turn:
            with_pin = pins.owners(hold.connection)
            seen = {row.user: row.happened_at for row in self._events(SIGN_IN, RESUMED)}
        slots = {slot.user: slot for slot in hold.keys().slots}
        return tuple(
            Person(
                name,
                _roles(known.get(name, Standing()), slots.get(name)),
                known.get(name, Standing()).disabled or name not in slots,
                name in with_pin,
                seen.get(name),
            )
            for name in sorted(known.keys() | slots.keys(), key=str.casefold)
        )

    def person(self, name: str) -> Person:
        """Return one user; UserError when there is none of this name."""
        wanted = user_name(name)
        found = next((person for person in self.listed() if person.name == wanted), None)
        if found is None:
            raise UserError(f"There is no user {wanted} in this store.", "Look at the list of users.")
        return found

    def has_pin(self, name: str) -> bool:
        """Return whether this user has set a PIN."""
        with self._hold.turn:
            return name in pins.owners(self._hold.connection)

    def add(self, name: str, roles: str, passphrase: str) -> None:
        """Let a new user in; UserError when the name is taken, also by a disabled user or in other capitals."""
        new = new_name(name)
        taken = {person.name.casefold() for person in self.listed()}
        if new.casefold() in taken:
            raise UserError(
                f"The name {new} is taken in this store.", "Choose another name; a disabled user can be enabled again."
            )
        self._let_in(Entrant(new, roles, passphrase), ADDED, {"user": new, "roles": roles})

    def disable(self, name: str) -> None:
        """Let a user in no more; what the user recorded stays as it is. OnlyLead for the last one."""
        person = self.person(name)
        if person.disabled:
            raise UserError(f"{person.name} is disabled already.", "Nothing was changed.")
        self._shut_out(person)

    def enable(self, name: str, passphrase: str) -> None:
        """Let a disabled user in again, with a new passphrase and the roles of before."""
        person = self.person(name)
        if not person.disabled:
            raise UserError(f"{person.name} is not disabled.", "Nothing was changed.")
        entrant = Entrant(person.name, person.roles, passphrase)
        self._let_in(entrant, ENABLED, {"user": person.name, "roles": person.roles})

    def set_roles(self, name: str, roles: str) -> None:
        """Give a user other roles, from the next signing in on; OnlyLead where the last one would be none.

        UserError for a disabled or unknown user.
        """
        person = self.person(name)
        if person.disabled:
            raise UserError(f"{person.name} is disabled.", "Enable the user first; nothing was changed.")
        self._give_roles(person, roles)

    def keep(self, name: str, before: Standing) -> None:
        """Give a user what another store's trail says, also one whom this trail does not name.

        OnlyLead where the last one would be none. Who is disabled has to be so by this trail too: a missing slot comes
        back with an older key file.
        """
        unknown = Person(name, roles="", disabled=True, has_pin=False, seen=None)
        person = next((one for one in self.listed() if one.name == name), unknown)
        if before.roles not in (None, person.roles):
            self._give_roles(person, before.roles)
        if before.disabled and not self._told().get(name, Standing()).disabled:
            self._shut_out(person if before.roles is None else replace(person, roles=before.roles))

    def set_passphrase(self, name: str, passphrase: str, *, event: EventName = PASSPHRASE_RESET) -> None:
        """Give a user a new passphrase in place of the old one; UserError for a disabled or unknown user."""
        person = self.person(name)
        if person.disabled:
            raise UserError(f"{person.name} is disabled.", "Enable the user; that asks for a new passphrase.")
        self._let_in(Entrant(person.name, person.roles, passphrase), event, {"user": person.name})

    def let_in(self, name: str, roles: str, passphrase: str, cost: Cost | None = None) -> str:
        """Give a passphrase to a user, whether known, disabled or new; only a new one gets these roles.

        Return the name as it stands in the store: it may be asked for in other capitals.
        """
        new = new_name(name)
        same = [one for one in self.listed() if one.name.casefold() == new.casefold()]
        if not same:
            self._let_in(Entrant(new, roles, passphrase, cost), ADDED, {"user": new, "roles": roles})
            return new
        person = next((one for one in same if one.name == new), same[0])
        event: EventName = ENABLED if person.disabled else PASSPHRASE_RESET
        self._let_in(Entrant(person.name, person.roles, passphrase, cost), event, {"user": person.name})
        return person.name

    def clear_pin(self, name: str) -> None:
        """Forget a user's PIN, who sets another after the next signing in."""
        person = self.person(name)
        self._note(PIN_CLEARED, {"user": person.name})
        with self._hold.turn:
            pins.clear_pin(self._hold.connection, person.name)

    def set_pin(self, name: str, pin: str) -> None:
        """Keep a user's PIN in place of an earlier one; UserError when it is too easily guessed."""
        hold = self._hold
        pins.require_pin(pin)
        self._note(PIN_SET, {"user": name})
        cost = hold.keys().usual_cost
        with hold.turn:
            pins.set_pin(hold.connection, self._owner(name), pin, cost, hold.stamp().received_at)

    def prove_pin(self, name: str, pin: str) -> None:
        """Return when it is the user's PIN; raise WrongPin (noted in the trail), PinWaits or NoPin."""
        hold = self._hold
        hold.require_writer()
        with hold.turn:
            try:
                pins.prove_pin(hold.connection, self._owner(name), pin, hold.stamp().received_at)
            except pins.WrongPin:
                self._note(PIN_FAILED, {"user": name})
                raise

    def _owner(self, name: str) -> pins.PinOwner:
        return pins.PinOwner(name, self._hold.store_id)

    def _give_roles(self, person: Person, roles: str) -> None:
        if "lead" not in roles.split(","):
            self._require_other_lead(person)
        self._note(ROLES_CHANGED, {"user": person.name, "roles": roles, "before": person.roles or "none"})

    def _shut_out(self, person: Person) -> None:
        self._require_other_lead(person)
        self._note(DISABLED, {"user": person.name, "roles": person.roles})
        with self._hold.turn:
            pins.clear_pin(self._hold.connection, person.name)
            write_keys(self._hold.station.folder, self._hold.keys().without_slot(person.name))

    def _let_in(self, who: Entrant, event: EventName, detail: Mapping[str, str]) -> None:
        """Seal a slot for the user, note it, and write the key file."""
        hold = self._hold
        hold.require_writer()
        cost = who.cost or hold.keys().usual_cost
        slot = seal(
            hold.key, user=who.name, role=who.roles, passphrase=who.passphrase, store_id=hold.store_id, cost=cost
        )
        self._note(event, detail)
        with hold.turn:
            write_keys(hold.station.folder, hold.keys().with_slot(slot))

    def _require_other_lead(self, person: Person) -> None:
        others = (one for one in self.listed() if not one.disabled and one.name != person.name)
        is_lead = "lead" in person.roles.split(",") and not person.disabled
        if is_lead and not any("lead" in one.roles.split(",") for one in others):
            raise OnlyLead(person.name)

    def _note(self, event: EventName, detail: Mapping[str, str]) -> None:
        hold = self._hold
        hold.require_writer()
        with hold.turn:
            done = audit.AuditEvent(event, None, detail)
            audit.record_event(hold.connection, done, hold.stamp(), hold.station.new_id())

    def _told(self) -> dict[str, Standing]:
        hold = self._hold
        with hold.turn, faults_in_words():
            return standings(hold.connection, hold.origin)

    def _events(self, *names: str) -> tuple[audit.AuditRow, ...]:
        return audit.events(self._hold.connection, self._hold.origin, names)


def _roles(standing: Standing, slot: Slot | None) -> str:
    """The roles by the trail, else as the slot was sealed: the first user's, and those of stores before version 2."""
    if standing.roles is not None:
        return standing.roles
    return slot.role if slot else ""

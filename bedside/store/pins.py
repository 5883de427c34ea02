"""PINs: a short secret beside the passphrase, kept inside the encrypted store and guarded by a wait that grows."""

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bedside.chart.errors import UserError
from bedside.store.cipher import Connection
from bedside.store.engine import transaction
from bedside.store.envelope import SALT_BYTES, Cost, derive
from bedside.store.rows import microseconds, moment_of
from bedside.store.schema import TABLES

DIGITS = 6
FREE_TRIES = 5
"""How many wrong PINs in a row cost nothing but the attempt."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)

_INSERT = f"INSERT INTO pin ({', '.join(TABLES['pin'])}) VALUES ({', '.join('?' * len(TABLES['pin']))})"  # noqa: S608
_REPLACE = " ON CONFLICT DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in TABLES["pin"][1:])


class WrongPin(UserError):
    """The PIN is not right; `left` tries are free before a wait."""

    def __init__(self, left: int, wait: timedelta) -> None:
        tries = f"{left} more {'try' if left == 1 else 'tries'} before a wait" if left else f"Wait {_words(wait)}"
        super().__init__("The PIN is not right.", f"{tries}; the passphrase always opens.")
        self.left = left


class PinWaits(UserError):
    """The PIN is not asked for again before `until`, right or wrong."""

    def __init__(self, until: datetime, wait: timedelta) -> None:
        super().__init__(
            "Too many wrong PINs were given.", f"Use the passphrase, or wait {_words(wait)} for the next try."
        )
        self.until = until


class NoPin(UserError):
    """This person has set no PIN."""

    def __init__(self) -> None:
        super().__init__("No PIN is set for this name.", "Sign in with the passphrase; a PIN can be set then.")


@dataclass(frozen=True, slots=True)
class PinOwner:
    """Whose PIN it is: the user's name and the store's id, both bound into what is kept of the PIN."""

    user: str
    store_id: str

    def bound(self) -> bytes:
        """Return both as the bytes to bind."""
        return json.dumps(["bedside-pin-1", self.store_id, self.user], ensure_ascii=False).encode()


def require_pin(pin: str) -> None:
    """Raise UserError unless a chosen PIN has DIGITS digits that are not all alike and do not count up or down."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdigit()):
        raise UserError(f"A PIN has {DIGITS} digits.", "Choose another PIN; nothing was changed.")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        raise UserError("This PIN is one of the first that anybody tries.", "Choose another; nothing was changed.")


def set_pin(connection: Connection, owner: PinOwner, pin: str, cost: Cost, now: datetime) -> None:
    """Keep a PIN in place of an earlier one, and forget how often that one was given wrong."""
    require_pin(pin)
    salt = secrets.token_bytes(SALT_BYTES)
    digest = derive(pin, salt, cost, owner.bound())
    values = (owner.user, salt, digest, cost.memory_kib, cost.passes, cost.lanes, microseconds(now), 0, None)
    with transaction(connection):
        connection.execute(_INSERT + _REPLACE, values)


def clear_pin(connection: Connection, user: str) -> None:
    """Forget a user's PIN; forgetting what is not there does nothing."""
    with transaction(connection):
        connection.execute("DELETE FROM pin WHERE user = ?", (user,))


def owners(connection: Connection) -> frozenset[str]:
    """Return the names of those who have set a PIN."""
    return frozenset(name for (name,) in connection.execute("SELECT user FROM pin"))


def prove_pin(connection: Connection, owner: PinOwner, pin: str, now: datetime) -> None:
    """Return when the PIN is right; raise WrongPin, PinWaits (nothing was compared) or NoPin.

    The try is counted on the disk before the PIN is compared, so that a program that is killed gives no free guess.
    """
    found = connection.execute(
        "SELECT salt, digest, memory_kib, passes, lanes, failures, failed_at FROM pin WHERE user = ?", (owner.user,)
    ).fetchone()
    if found is None:
        raise NoPin
    salt, digest, memory_kib, passes, lanes, failures, failed_at = found
    until = closed_until(failures, None if failed_at is None else moment_of(failed_at))
    if until is not None and now < until:
        raise PinWaits(until, until - now)
    _count(connection, owner.user, failures + 1, now)
    if not hmac.compare_digest(derive(pin, salt, Cost(memory_kib, passes, lanes), owner.bound()), digest):
        raise WrongPin(max(0, FREE_TRIES - failures - 1), wait_after(failures + 1))
    _count(connection, owner.user, 0, None)


def _count(connection: Connection, user: str, failures: int, failed_at: datetime | None) -> None:
    moment = None if failed_at is None else microseconds(failed_at)
    with transaction(connection):
        connection.execute("UPDATE pin SET failures = ?, failed_at = ? WHERE user = ?", (failures, moment, user))


def wait_after(failures: int) -> timedelta:
    """Return how long the PIN stays closed after so many wrong ones in a row: nothing, then doubling to an hour."""
    beyond = failures - FREE_TRIES
    if beyond < 0:
        return timedelta(0)
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(beyond, 10)))


def closed_until(failures: int, failed_at: datetime | None) -> datetime | None:
    """Return when the next try is allowed, None when it is now."""
    wait = wait_after(failures)
    return failed_at + wait if failed_at is not None and wait else None


def _words(wait: timedelta) -> str:
    minutes = -(-wait // timedelta(minutes=1))
    return f"{minutes} minute{'' if minutes == 1 else 's'}"

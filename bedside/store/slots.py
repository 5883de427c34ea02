"""The key file: every user's envelope as JSON beside the database, in two copies that are kept in step."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bedside.chart.errors import StoreFault, UserError
from bedside.store.envelope import NONCE_BYTES, SALT_BYTES, STANDARD_COST, Cost, Slot, key_check
from bedside.store.key_copies import COPIES, FORMAT, checksum, intact
from bedside.store.place import reason, write_file

__all__ = ["COPIES", "KeyFile", "keys_or_empty", "mend_keys", "read_keys", "to_text", "write_keys"]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What the key file holds: the store it belongs to, the mark of its key, and one slot per user."""

    store_id: str
    key_check: str
    slots: tuple[Slot, ...]
    revision: int = 1

    def slot(self, user: str) -> Slot | None:
        """Return this user's slot, or None."""
        return next((slot for slot in self.slots if slot.user == user), None)

    @property
    def usual_cost(self) -> Cost:
        """The dearest cost among the slots: what a guess at an unknown name is made to cost as well."""
        costs = (slot.cost for slot in self.slots)
        return max(costs, key=lambda cost: (cost.memory_kib * cost.passes, cost.lanes), default=STANDARD_COST)

    def without_slot(self, user: str) -> "KeyFile":
        """Return the next revision, in which this user has no slot."""
        others = tuple(slot for slot in self.slots if slot.user != user)
        return replace(self, slots=others, revision=self.revision + 1)

    def with_slot(self, new: Slot) -> "KeyFile":
        """Return the next revision, in which this user's slot is the new one."""
        others = tuple(slot for slot in self.slots if slot.user != new.user)
        return replace(self, slots=(*others, new), revision=self.revision + 1)


def read_keys(folder: Path) -> KeyFile:
    """Return the newest intact copy of the folder's key file; raise a StoreFault when neither copy is intact.

    UserError where this account may not read them.
    """
    intact = [found for name in COPIES if (found := _read(folder / name)) is not None]
    if not intact:
        _require_right(folder)
        raise StoreFault(
            "Both copies of the store's key file are missing or damaged.",
            "Put keys.json of the newest backup back into the folder.",
        )
    return max(intact, key=lambda found: found.revision)


def _require_right(folder: Path) -> None:
    for name in COPIES:
        try:
            (folder / name).open("rb").close()
        except PermissionError as error:
            raise UserError(
                f"The key file {folder / name} cannot be read: {reason(error)}.", "Ask for the right to read it."
            ) from None
        except OSError:
            continue


def keys_or_empty(folder: Path, key: bytes, store_id: str) -> KeyFile:
    """Return the folder's key file, or one of this store without a user when both copies are gone."""
    try:
        return read_keys(folder)
    except StoreFault:
        return KeyFile(store_id, key_check(key, store_id), ())


def write_keys(folder: Path, keys: KeyFile) -> None:
    """Write both copies, one after the other, each replaced as a whole and flushed to the disk."""
    for name in COPIES:
        write_file(folder / name, to_text(keys).encode())


def mend_keys(folder: Path, keys: KeyFile) -> bool:
    """Write the copies that differ from `keys` again and return whether one did."""
    lagging = [name for name in COPIES if _read(folder / name) != keys]
    for name in lagging:
        write_file(folder / name, to_text(keys).encode())
    return bool(lagging)


def to_text(keys: KeyFile) -> str:
    """Return the key file as JSON with its own checksum."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": 1,
        "revision": keys.revision,
        "store_id": keys.store_id,
        "key_check": keys.key_check,
        "slots": [_slot_fields(slot) for slot in keys.slots],
    }
    return json.dumps(content | {"checksum": checksum(content)}, ensure_ascii=False, indent=1) + "\n"


def _slot_fields(slot: Slot) -> dict[str, Any]:
    return {
        "user": slot.user,
        "role": slot.role,
        "derivation": "argon2id",
        "memory_kib": slot.cost.memory_kib,
        "passes": slot.cost.passes,
        "lanes": slot.cost.lanes,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _read(path: Path) -> KeyFile | None:
    content = intact(path)
    try:
        return None if content is None else _of_json(content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _of_json(content: Mapping[str, Any]) -> KeyFile:
    slots = tuple(map(_slot_of, content["slots"]))
    return KeyFile(content["store_id"], content["key_check"], slots, content["revision"])


def _slot_of(fields: Mapping[str, Any]) -> Slot:
    if not all(isinstance(fields[name], str) for name in ("user", "role")):
        raise ValueError("not the name and the roles of a user")
    slot = Slot(
        user=fields["user"],
        role=fields["role"],
        cost=Cost(fields["memory_kib"], fields["passes"], fields["lanes"]),
        salt=bytes.fromhex(fields["salt"]),
        nonce=bytes.fromhex(fields["nonce"]),
        wrapped=bytes.fromhex(fields["wrapped"]),
    )
    if (len(slot.salt), len(slot.nonce)) != (SALT_BYTES, NONCE_BYTES):
        raise ValueError("not the salt and the nonce of a slot")
    return slot

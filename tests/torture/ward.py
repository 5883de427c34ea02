"""The store under torture: real entries recorded through the service, keys that cost little, one synthetic patient."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bedside import __version__
from bedside.knowledge.loader import load_knowledge
from bedside.knowledge.tables import Knowledge
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost, key_of_code
from bedside.store.station import Station
from bedside.store.store import Store

USER, PASSPHRASE, MRN = "Synthetic Lead", "Grüne Wiese am Fluß", "T-9001"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PATIENT = {
    "mrn": MRN,
    "family_name": "Tortured",
    "given_name": "Synthetic One",
    "birth_date": "2012-02-29",
    "sex": "female",
}

Clock = Callable[[], datetime]
NewId = Callable[[], UUID]


@cache
def knowledge() -> Knowledge:
    """The program's tables, read once."""
    return load_knowledge()


def now() -> datetime:
    """The clock of the torture."""
    return datetime.now(UTC)


def session_at(store: Store, clock: Clock = now, new_id: NewId = uuid4) -> Session:
    """A session at an open store."""
    return Session(store, knowledge(), clock, new_id, ZoneInfo("Europe/Berlin"), __version__)


def make(folder: Path, clock: Clock = now, new_id: NewId = uuid4, entries: int = 0) -> bytes:
    """Make a store with one patient and some counts, close it without a backup, and return its data key."""
    store, code = Store.create(Station(folder, clock, new_id), FirstUser(USER, PASSPHRASE, CHEAP))
    session = session_at(store, clock, new_id)
    register(session, PATIENT)
    chance = random.Random(entries)
    for _ in range(entries):
        save(session, chance)
    store.close(backup=False)
    return key_of_code(code)


def opened(folder: Path, *, read_only: bool = False, clock: Clock = now, new_id: NewId = uuid4) -> Session:
    """The store open again, for writing unless told otherwise."""
    return session_at(
        Store.open(Station(folder, clock, new_id), USER, PASSPHRASE, read_only=read_only),
        clock,
        new_id,
    )


def save(session: Session, chance: random.Random) -> str:
    """Record one count through the service and return its id: the store has acknowledged it."""
    fields = {
        "kind": "blood_count",
        "at": f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T07:10:00+02:00",
        "wbc": round(chance.uniform(2, 9), 1),
        "anc": round(chance.uniform(0.1, 1), 1),
        "hb": chance.randint(75, 140),
    }
    saved = record(session, MRN, fields, confirmed=True)
    assert saved.saved
    return str(saved.entry.id)

"""A new store with cheap keys, and the session of its first user."""

from zoneinfo import ZoneInfo

from bedside.knowledge.tables import Knowledge
from bedside.service.session import Session
from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost
from bedside.store.station import Station
from bedside.store.store import Store

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""What a guess at a passphrase costs in tests: nothing that one could feel."""

PASSPHRASE = "Grüne Wiese am Fluß"


def new_session(station: Station, knowledge: Knowledge, user: str = "Synthetic Nurse") -> Session:
    """The session of the user who has just made the store, with PASSPHRASE, in Berlin."""
    store, _ = Store.create(station, FirstUser(user, PASSPHRASE, CHEAP))
    zone = ZoneInfo("Europe/Berlin")
    return Session(store, knowledge, station.clock, station.new_id, zone, app_version="0.0.test")

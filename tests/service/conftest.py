"""A session at a new store with cheap keys, a fixed clock and countable ids; closed afterwards."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bedside.knowledge.tables import Knowledge
from bedside.service.session import Session
from bedside.store.creation import FirstUser
from bedside.store.envelope import Cost
from bedside.store.station import Station
from bedside.store.store import Store
from tests.conftest import FixedClock

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
USER = "Synthetic Nurse"
PASSPHRASE = "Grüne Wiese"


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock, new_id: Callable[[], UUID], knowledge: Knowledge) -> Iterator[Session]:
    store, _ = Store.create(Station(tmp_path / "store", clock, new_id), FirstUser(USER, PASSPHRASE, CHEAP))
    clock_of_session: Callable[[], datetime] = clock
    yield Session(store, knowledge, clock_of_session, new_id, ZoneInfo("Europe/Berlin"), "0.0.test")
    store.close(backup=False)

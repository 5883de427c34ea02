"""Signing in and coming back: a store opened with a passphrase, and a PIN, each beside one derivation alone."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bedside.service.own_keys import set_pin
from bedside.service.workstation import Workstation
from bedside.store.envelope import SALT_BYTES, STANDARD_COST, derive
from bedside.store.station import Station
from bedside.store.store import Store
from tests.benchmarks.charts import course_fields
from tests.benchmarks.measure import Result, medians
from tests.benchmarks.stores import now, session_of
from tests.benchmarks.ward import PASSPHRASE, USER

ROUNDS, PIN = 12, "190731"


def measure() -> Sequence[Result]:
    """Milliseconds of an unlock and of a change of hands at the open store."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "store"
        with session_of(folder, [(1, course_fields(1))]) as session:
            set_pin(session, PASSPHRASE, PIN)
            station = Workstation(session)

            def come_back() -> None:
                station.resume(USER, PIN)

            returned, alone = medians(come_back, _derive, ROUNDS)

        def unlock() -> None:
            Store.open(Station(folder, now, uuid4), USER, PASSPHRASE).close(backup=False)

        unlocked, derived = medians(unlock, _derive, ROUNDS)
    return [
        Result("unlock with the passphrase", unlocked * 1e3, "ms", derived * 1e3, 1.5),
        Result("lock, and come back with the PIN", returned * 1e3, "ms", alone * 1e3, 1.5),
    ]


def _derive() -> None:
    derive(PASSPHRASE, bytes(SALT_BYTES), STANDARD_COST)

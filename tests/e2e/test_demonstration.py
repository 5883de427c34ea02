"""The demonstration's throw-away store: what was entered is still there after a lock, and nothing after the end."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bedside.app.demonstration import DEMO_MOMENT, demo_start
from bedside.service.record import record
from bedside.ward_store import DemoStore

NOW = datetime(2020, 7, 31, 7, 41, tzinfo=UTC)
COUNT = {"kind": "blood_count", "at": "2020-07-31T07:10:00+00:00", "hb": 98.0}


def now() -> datetime:
    return NOW


def test_that_what_was_entered_in_the_demonstration_outlives_a_lock_and_goes_with_the_window() -> None:
    store = DemoStore(now, UTC)
    session = store.open("demo", "")
    folder = session.store.folder
    saved = record(session, "SYN-0020", COUNT).entry
    store.keep(session)
    again = store.open("demo", "")
    row = next(one for one in again.store.patients() if one.mrn == "SYN-0020")
    assert saved.id in {str(one.id) for one in again.store.rows(row.patient_id)}
    store.throw_away()
    assert not folder.exists()


def test_that_the_demonstration_says_that_it_needs_no_passphrase() -> None:
    assert demo_start().facts().open_to_all == "The demonstration needs no passphrase."


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "UTC"])
def test_that_the_demonstration_has_the_clock_of_its_entries(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        start = demo_start()
        session = start.open_store("demo", "")
        moment = session.now()
        session.close()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (moment.utcoffset(), start.now().utcoffset()) == (timedelta(hours=2), timedelta(hours=2))
    assert moment - DEMO_MOMENT < timedelta(minutes=1)

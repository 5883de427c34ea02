"""Stores full of synthetic courses for the benchmarks, and the bare connection that they are compared with."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bedside import __version__
from bedside.chart.entries import entry_body, parse_entries
from bedside.knowledge.loader import load_knowledge
from bedside.service.session import Session
from bedside.store.cipher import Connection, connect
from bedside.store.creation import FirstUser
from bedside.store.engine import PRAGMAS
from bedside.store.rows import RowDraft
from bedside.store.station import Station
from bedside.store.store import Store
from tests.benchmarks.charts import Fields, patient_fields
from tests.benchmarks.ward import PASSPHRASE, USER


def now() -> datetime:
    """The clock of the benchmarks."""
    return datetime.now(UTC)


def _draft(patient: str, fields: Fields, body: str) -> RowDraft:
    return RowDraft(
        id=UUID(fields["id"]),
        patient_id=patient,
        kind=fields["kind"],
        at=fields["at"],
        recorded_at=None,
        recorded_by=None,
        supersedes=None,
        voids=None,
        body=body,
    )


def drafts_of(number: int, course: list[Fields]) -> Iterator[RowDraft]:
    """The registration of synthetic patient `number` and the rows of a course."""
    patient = f"bench-{number}"
    identity = {"id": str(uuid4()), "kind": "registration", "at": "2012-05-17"}
    yield _draft(patient, identity, json.dumps(patient_fields(number)))
    entries = parse_entries(json.dumps(course))
    yield from (_draft(patient, fields, entry_body(entry)) for fields, entry in zip(course, entries, strict=True))


@contextmanager
def session_of(folder: Path, courses: Iterable[tuple[int, list[Fields]]] = ()) -> Iterator[Session]:
    """A session on a new store in the folder that holds these courses, by patient number."""
    store, _ = Store.create(Station(folder, now, uuid4), FirstUser(USER, PASSPHRASE))
    for number, course in courses:
        store.append(tuple(drafts_of(number, course)))
    try:
        yield Session(store, load_knowledge(), now, uuid4, ZoneInfo("Europe/Berlin"), __version__)
    finally:
        store.close()


def bare_connection(path: Path) -> Connection:
    """A SQLCipher connection to a new file of its own, with the pragmas of the store and nothing else."""
    path.touch()
    connection = connect(path, bytes(range(32)))
    for name, value, _ in PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
    return connection

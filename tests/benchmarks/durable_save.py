"""A saved blood count, durable when the service returns, beside one bare SQLCipher commit with the same pragmas."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bedside.chart.entries import entry_body, parse_entry
from bedside.service.record import record
from tests.benchmarks.charts import course_fields, patient_fields
from tests.benchmarks.measure import Result, Work, medians
from tests.benchmarks.stores import bare_connection, session_of

ROUNDS = 200
COUNT = {"kind": "blood_count", "at": "2024-09-02T07:10:00+02:00", "wbc": 2.1, "anc": 1.0, "alc": 0.4, "hb": 92}


def bare_commit(path: Path) -> Work:
    """One insert of the text of a count, committed; call it once for each commit."""
    connection = bare_connection(path)
    body = entry_body(parse_entry({**COUNT, "id": str(uuid4())}))
    connection.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entry VALUES (?, ?)", (str(uuid4()), body))
        connection.execute("COMMIT")

    return commit


def measure() -> Sequence[Result]:
    """Milliseconds of one save and of one commit."""
    with TemporaryDirectory() as place, session_of(Path(place) / "store", [(1, course_fields(1))]) as session:
        mrn = patient_fields(1)["mrn"]

        def save() -> None:
            record(session, mrn, COUNT)

        saved, bare = medians(save, bare_commit(Path(place) / "bare.db"), ROUNDS)
    return [Result("a saved count, durable", saved * 1e3, "ms", bare * 1e3, 2)]

"""One patient of 5,000 entries out of 100,000: read and typed, and assessed, beside reading and decoding the rows."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bedside.chart.assessment import Assessment
from bedside.chart.moments import AsOf
from bedside.service.read import assessment_of, chart_of
from tests.benchmarks.charts import Fields, course_fields, patient_fields
from tests.benchmarks.measure import Result, Work, medians
from tests.benchmarks.stores import bare_connection, session_of

LONG, OTHERS, SHORT = 5_000, 190, 500
ROUNDS = 15


def _ward() -> Iterator[tuple[int, list[Fields]]]:
    """The long course in the middle of 190 others of 500 entries: 100,000 in all."""
    for number in range(1, OTHERS // 2 + 1):
        yield number, course_fields(number, SHORT)
    yield 0, course_fields(0, LONG)
    for number in range(OTHERS // 2 + 1, OTHERS + 1):
        yield number, course_fields(number, SHORT)


def bare_reading(path: Path, ward: Iterator[tuple[int, list[Fields]]]) -> Work:
    """A bare table clustered by patient with the same bodies; each call reads and decodes the long course."""
    connection = bare_connection(path)
    connection.execute(
        "CREATE TABLE entry (patient INTEGER, place INTEGER, body TEXT NOT NULL, PRIMARY KEY (patient, place))"
        " STRICT, WITHOUT ROWID"
    )
    connection.execute("BEGIN IMMEDIATE")
    for number, course in ward:
        rows = [(number, place, json.dumps(fields, separators=(",", ":"))) for place, fields in enumerate(course)]
        connection.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")

    def read() -> list[Fields]:
        found = connection.execute("SELECT body FROM entry WHERE patient = 0 ORDER BY place")
        return [json.loads(body) for (body,) in found]

    return read


def measure() -> Sequence[Result]:
    """Milliseconds for the typed chart, for the chart with its assessment, and for the decoded rows."""
    with TemporaryDirectory() as place, session_of(Path(place) / "store", _ward()) as session:
        mrn = patient_fields(0)["mrn"]
        bare = bare_reading(Path(place) / "bare.db", _ward())
        typed, floor = medians(lambda: chart_of(session, mrn), bare, ROUNDS)
        day = AsOf.parse("2040-01-01")

        def assessed() -> Assessment:
            return assessment_of(session, chart_of(session, mrn), day)

        derived, second_floor = medians(assessed, bare, ROUNDS)
    return [
        Result("5,000 entries of 100,000: read and typed", typed * 1e3, "ms", floor * 1e3, 3),
        Result("5,000 entries of 100,000: with assessment", derived * 1e3, "ms", second_floor * 1e3, 8),
    ]

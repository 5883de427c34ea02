"""Tests of working on when the disk has filled up: everything is still read, nothing is said to be saved."""

import pytest

from bedside.chart.errors import NotWritable
from bedside.chart.moments import AsOf
from bedside.service.board_rows import board_at_once, mark_seen, work_out
from bedside.service.counts import CountsFile, plan_counts, store_counts
from bedside.service.exchange_files import import_file
from bedside.service.read import chart_of
from bedside.service.record import record
from bedside.service.session import Session
from bedside.store.cipher import disk_full
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, chart_file

DAY = AsOf.parse("2020-07-31")


@pytest.fixture
def full(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Two patients, and from then on nothing that begins to write gets any room."""
    import_file(session, "index.json", INDEX)
    import_file(session, "a.json", chart_file(COUNT))

    def no_room(_connection: object) -> None:
        raise disk_full()

    for module in ("journal", "audit", "kept", "drafts"):
        monkeypatch.setattr(f"bedside.store.{module}.transaction", no_room)
    return session


def test_that_a_full_disk_keeps_nobody_from_reading(full: Session) -> None:
    assert len(chart_of(full, INDEX_MRN).entries) > 10
    assert [row.mrn for row in work_out(full, [MRN], DAY)] == [MRN]
    assert board_at_once(full, DAY).patients == 2
    mark_seen(full, MRN)
    with pytest.raises(NotWritable, match="nothing was saved"):
        record(full, MRN, {**COUNT, "at": "2020-07-01"})


def test_that_an_import_without_room_for_its_line_in_the_trail_stores_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    before = session.store.head()
    counts = plan_counts(session, CountsFile("counts.csv", b"MRN;date;WBC (G/l)\nT-0001;2020-07-01;2.1", ""))

    def no_room(*_: object) -> None:
        raise disk_full()

    with monkeypatch.context() as patch:
        patch.setattr("bedside.store.audit.add_event", no_room)
        for attempt in (lambda: import_file(session, "index.json", INDEX), lambda: store_counts(session, counts)):
            with pytest.raises(NotWritable, match="nothing was saved"):
                attempt()
            assert session.store.head() == before
    import_file(session, "index.json", INDEX)
    store_counts(session, counts)
    assert [event.detail["file"] for event in session.store.events("import")] == ["a.json", "index.json", "counts.csv"]
    assert session.store.verify() == ()


def test_that_who_read_meanwhile_is_noted_as_soon_as_there_is_room(
    full: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart_of(full, MRN)
    assert full.store.events("chart_opened") == ()
    monkeypatch.undo()
    chart_of(full, MRN)
    assert len(full.store.events("chart_opened")) == 1

"""Tests of the board's rows that were worked out before: the same as anew, and stale as soon as something moved on."""

import pytest

from bedside.chart.moments import AsOf
from bedside.resources import resource
from bedside.service.board import board
from bedside.service.board_listed import as_listed
from bedside.service.board_rows import board_at_once, mark_seen, work_out
from bedside.service.exchange_files import import_file
from bedside.service.record import record
from bedside.service.session import Session
from bedside.store.kept import KeptRow
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, chart_file

DAY = AsOf.parse("2020-07-31")
WARD = resource("demo/synthetic-ward.jsonl")


def test_that_nothing_was_worked_out_before_the_first_time(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    known = board_at_once(session, DAY)
    assert (known.rows, known.stale, known.patients) == ((), (INDEX_MRN,), 1)


def test_that_every_row_of_a_ward_comes_back_as_it_was_worked_out(session: Session) -> None:
    import_file(session, WARD.name, WARD.read_bytes())
    anew = work_out(session, [row.mrn for row in session.store.patients()], DAY)
    known = board_at_once(session, DAY)
    assert known.rows == anew == tuple(map(as_listed, board(session, DAY)))
    assert known.stale == ()


def test_that_a_row_lists_of_each_late_thing_the_one_that_has_waited_longest(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    later = AsOf.parse("2021-07-31")
    (whole,), (listed,) = board(session, later), work_out(session, [INDEX_MRN], later)
    assert len(whole.late) > len({one.what for one in whole.late}) == len(listed.late)
    assert {one.what: one.overdue_days for one in listed.late} == {
        one.what: max(other.overdue_days for other in whole.late if other.what == one.what) for one in whole.late
    }


def test_that_a_row_kept_in_another_shape_is_worked_out_again(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    work_out(session, [INDEX_MRN], DAY)
    ((patient, row),) = session.store.kept.board_rows().items()
    session.store.kept.keep_board_rows({patient: KeptRow(row.stamp, '{"shape": "another"}')})
    assert (board_at_once(session, DAY).rows, board_at_once(session, DAY).stale) == ((), (INDEX_MRN,))


@pytest.mark.parametrize("move", ["entry", "day", "knowledge"])
def test_that_a_row_is_stale_as_soon_as_what_it_follows_from_moved_on(session: Session, move: str) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    import_file(session, "index.json", INDEX)
    work_out(session, [MRN, INDEX_MRN], DAY)
    if move == "entry":
        record(session, MRN, {**COUNT, "at": "2020-07-01"})
        assert board_at_once(session, DAY).stale == (MRN,)
    elif move == "day":
        assert board_at_once(session, AsOf.parse("2020-08-01")).stale == (INDEX_MRN, MRN)
    else:
        object.__setattr__(session, "app_version", "0.0.later")
        assert board_at_once(session, DAY).stale == (INDEX_MRN, MRN)


def test_that_an_hour_later_what_falls_due_by_hours_is_worked_out_again(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    at = AsOf.parse("2020-07-31T09:59:00+02:00")
    work_out(session, [MRN], at)
    assert board_at_once(session, AsOf.parse("2020-07-31T09:10:00+02:00")).stale == ()
    assert board_at_once(session, AsOf.parse("2020-07-31T10:00:00+02:00")).stale == (MRN,)


def test_that_a_patient_who_is_not_there_is_left_out(session: Session) -> None:
    assert work_out(session, ["nobody"], DAY) == ()
    mark_seen(session, "nobody")
    assert board_at_once(session, DAY).unseen == {}


def test_that_what_others_recorded_since_one_looked_is_new_and_ones_own_is_not(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    mark_seen(session, MRN)
    record(session, MRN, {**COUNT, "at": "2020-07-01"})
    assert board_at_once(session, DAY).unseen == {}
    other = session.store.as_person("Synthetic Other", session.store.role)
    theirs = Session(other, session.knowledge, session.clock, session.new_id, session.zone, session.app_version)
    record(theirs, MRN, {**COUNT, "at": "2020-07-02"})
    record(theirs, MRN, {**COUNT, "at": "2020-07-03"})
    assert board_at_once(session, DAY).unseen == {MRN: 2}
    mark_seen(session, MRN)
    assert board_at_once(session, DAY).unseen == {}

"""Tests of the board's rows that were worked out before: the same as anew, and stale as soon as something moved on."""

from dataclasses import replace

import pytest

from bedside.chart.moments import AsOf
from bedside.resources import resource
from bedside.service.board import board
from bedside.service.board_listed import LISTED_LATE, as_listed
from bedside.service.board_rows import board_at_once, mark_seen, work_out
from bedside.service.exchange_files import import_file
from bedside.service.record import record, register
from bedside.service.session import Session
from bedside.store.kept import KeptRow
from tests.service.charts import COUNT, INDEX, INDEX_MRN, MRN, PATIENT, chart_file

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


def test_that_a_row_lists_of_each_late_thing_what_has_waited_longest_and_counts_the_rest(session: Session) -> None:
    import_file(session, WARD.name, WARD.read_bytes())
    later = AsOf.parse("2026-12-31")
    mrns = [row.mrn for row in session.store.patients()]
    counted = set()
    for whole, listed in zip(board(session, later), work_out(session, mrns, later), strict=True):
        days: dict[str, list[int]] = {}
        for one in whole.late:
            days.setdefault(one.what, []).append(one.overdue_days)
        longest = {what: max(waited) for what, waited in days.items()}
        assert [one.overdue_days for one in listed.late] == sorted(longest.values(), reverse=True)[:LISTED_LATE]
        assert all(one.overdue_days == longest[one.what] for one in listed.late)
        assert len(listed.late) + listed.more_late == len(longest)
        counted.add((listed.more_late > 0, len(whole.late) > len(longest)))
    assert {True, False} == {more for more, _ in counted} == {again for _, again in counted}


def test_that_a_row_says_how_a_course_ended_only_of_one_that_has(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    for day, ended in (("2020-08-23", False), ("2020-08-24", True)):
        (whole,), (listed,) = board(session, AsOf.parse(day)), work_out(session, [INDEX_MRN], AsOf.parse(day))
        assert whole.headline
        assert listed.headline == (whole.headline if ended else "")


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


def other(session: Session) -> Session:
    """The same store in the hands of somebody else."""
    store = session.store.as_person("Synthetic Other", session.store.role)
    return Session(store, session.knowledge, session.clock, session.new_id, session.zone, session.app_version)


def test_that_what_others_recorded_since_one_looked_is_new_and_ones_own_is_not(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    mark_seen(session, MRN)
    record(session, MRN, {**COUNT, "at": "2020-07-01"})
    assert board_at_once(session, DAY).unseen == {}
    theirs = other(session)
    record(theirs, MRN, {**COUNT, "at": "2020-07-02"})
    record(theirs, MRN, {**COUNT, "at": "2020-07-03"})
    assert board_at_once(session, DAY).unseen == {MRN: 2}
    mark_seen(session, MRN)
    assert board_at_once(session, DAY).unseen == {}


def test_that_a_patient_one_never_opened_is_new_once_others_registered_or_recorded(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    assert board_at_once(session, DAY).unopened == {}
    theirs = other(session)
    register(theirs, {**PATIENT, "mrn": "T-0009"})
    assert board_at_once(session, DAY).unopened == {"T-0009": True}
    record(theirs, MRN, {**COUNT, "at": "2020-07-02"})
    assert board_at_once(session, DAY).unopened == {"T-0009": True, MRN: False}
    mark_seen(session, "T-0009")
    record(theirs, "T-0009", COUNT)
    known = board_at_once(session, DAY)
    assert (known.unseen, known.unopened) == ({"T-0009": 1}, {MRN: False})


def test_that_who_comes_for_the_first_time_is_told_of_nobody_and_one_who_comes_back_of_who_came(
    session: Session,
) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    newcomer = other(session)
    assert board_at_once(newcomer, DAY).unopened == {}
    register(session, {**PATIENT, "mrn": "T-0009"})
    assert board_at_once(newcomer, DAY).unopened == {"T-0009": True}
    assert board_at_once(session, DAY).unopened == {}


def test_that_a_double_that_came_since_does_not_make_a_patient_new_who_was_there(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    board_at_once(session, DAY)
    theirs = other(session)
    register(theirs, {**PATIENT, "mrn": "T-0009"})
    record(theirs, "T-0009", {"kind": "identity", "at": "2020-07-02", "same_as": MRN, "reason": "the same person"})
    (said,) = board_at_once(session, DAY).unopened.values()
    assert said is False


def test_that_a_store_open_for_reading_only_shows_what_was_noted_before(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT))
    board_at_once(session, DAY)
    register(other(session), {**PATIENT, "mrn": "T-0009"})
    before = board_at_once(session, DAY).unopened
    register(other(session), {**PATIENT, "mrn": "T-0010"})
    session.store._hold = replace(session.store._hold, read_only=True)
    assert board_at_once(session, DAY).unopened == before == {"T-0009": True}

"""Tests of the ward board: one row a patient, with what is derived and nothing that is not."""

from datetime import date

import pytest

from bedside.chart.assessment import ClassOnDate, ClosedBy, Criterion, CriterionStatus, Phase, RiskClass
from bedside.chart.moments import AsOf
from bedside.service.board import BoardRow, ClassMove, Tag, board, class_move, open_items, tag_of
from bedside.service.exchange_files import import_file
from bedside.service.record import record, register
from bedside.service.session import Session
from tests.service.charts import COUNT, INDEX, MRN, PATIENT, chart_file

DAY = date(2020, 7, 31)


def index_row(session: Session, day: str) -> BoardRow:
    import_file(session, "index.json", INDEX)
    (row,) = board(session, AsOf.parse(day))
    return row


def test_that_the_index_case_is_high_on_day_60_and_moved_that_day(session: Session) -> None:
    row = index_row(session, "2020-07-31")
    assert (row.phase, row.day, row.day0, row.product) == (Phase.FOLLOW_UP, 60, date(2020, 6, 1), "tisagenlecleucel")
    assert (row.risk_class, row.provisional) == (RiskClass.HIGH, True)
    assert row.moved == ClassMove(RiskClass.AMBIGUOUS, RiskClass.HIGH, date(2020, 7, 31))
    assert row.next_open is not None
    assert (row.next_open.criterion, row.next_open.due) == ("H2", date(2020, 9, 21))
    assert row.tag is Tag.PUBLISHED


@pytest.mark.parametrize(("day", "moved"), [("2020-08-06", True), ("2020-08-07", False)])
def test_that_a_move_is_shown_for_seven_days(session: Session, day: str, moved: bool) -> None:
    assert (index_row(session, day).moved is not None) is moved


def test_that_a_closed_course_waits_for_nothing(session: Session) -> None:
    row = index_row(session, "2020-09-01")
    assert (row.closed_by, row.closed_on) == (ClosedBy.HSCT, date(2020, 8, 24))
    assert (row.next_open, row.overdue) == (None, ())


@pytest.mark.parametrize(
    ("day", "worst"),
    [("2020-06-04", (None, None)), ("2020-06-05", (2, 0)), ("2020-06-06", (2, 0)), ("2020-06-07", (None, None))],
)
def test_that_the_worst_toxicity_of_today_and_yesterday_stands_and_none_is_not_zero(
    session: Session, day: str, worst: tuple[int | None, int | None]
) -> None:
    row = index_row(session, day)
    assert tuple(None if one is None else one.worst for one in (row.crs, row.icans)) == worst


def test_that_the_product_of_a_course_is_the_one_of_its_day_0(session: Session) -> None:
    later = {"kind": "infusion", "at": "2020-06-02", "product": "brexucabtagene_autoleucel", "role": "split"}
    import_file(session, "a.json", chart_file(INFUSION, later))
    (row,) = board(session, AsOf.parse("2020-06-30"))
    assert (row.day0, row.product) == (date(2020, 6, 1), "tisagenlecleucel")


VITALS = {"kind": "vitals", "at": "2020-06-04T21:30:00+02:00", "temp_c": 38.6, "oxygen": "low_flow"}
INFUSION = {"kind": "infusion", "at": "2020-06-01", "product": "tisagenlecleucel"}


@pytest.mark.parametrize(
    ("now", "worst"),
    [
        ("2020-06-04T21:29:00+02:00", None),
        ("2020-06-04T21:30:00+02:00", 2),
        ("2020-06-05T21:29:00+02:00", 2),
        ("2020-06-05T21:30:00+02:00", None),
        ("2020-06-05", 2),
        ("2020-06-06", None),
    ],
)
def test_that_a_grade_stands_on_the_board_for_24_hours(session: Session, now: str, worst: int | None) -> None:
    import_file(session, "a.json", chart_file(INFUSION, VITALS))
    (row,) = board(session, AsOf.parse(now))
    assert (None if row.crs is None else row.crs.worst) == worst


@pytest.mark.parametrize(
    ("signs", "said"),
    [({"temp_c": 38.6}, (1, True)), ({"temp_c": 38.6, "hypotension": False, "oxygen": "none"}, (1, False))],
)
def test_that_a_grade_that_may_be_higher_is_said_to_be_the_least(
    session: Session, signs: dict[str, object], said: tuple[int, bool]
) -> None:
    vitals = {"kind": "vitals", "at": "2020-06-04T21:30:00+02:00", **signs}
    import_file(session, "a.json", chart_file(INFUSION, vitals))
    (row,) = board(session, AsOf.parse("2020-06-04"))
    assert row.crs is not None
    assert (row.crs.worst, row.crs.at_least) == said
    assert row.crs.text == ("≥1" if said[1] else "1")


def test_that_a_grade_without_a_time_counts_for_its_day_and_the_next(session: Session) -> None:
    import_file(session, "a.json", chart_file(INFUSION, {**VITALS, "at": "2020-06-04"}))
    worst = [board(session, AsOf.parse(f"2020-06-0{day}T23:00:00+02:00"))[0].crs for day in (3, 4, 5, 6)]
    assert [None if one is None else one.worst for one in worst] == [None, 2, 2, None]


def test_that_what_is_due_next_and_what_is_late_stand_beside_the_class(session: Session) -> None:
    row = index_row(session, "2020-07-31")
    assert row.next_due is not None
    assert (row.next_due.what, row.next_due.due) == ("car_t_level", date(2020, 7, 27))
    assert {(one.what, one.overdue_days) for one in row.late} >= {("csf", 32), ("igg", 32)}


def test_that_a_round_that_a_later_one_followed_is_neither_late_nor_due_next(session: Session) -> None:
    later = {"kind": "immunoglobulin", "at": "2020-08-24", "igg": 5.0}
    import_file(session, "a.json", chart_file(INFUSION, later))
    (row,) = board(session, AsOf.parse("2020-09-08"))
    assert "igg" not in {one.what for one in row.late}
    assert row.next_due is not None
    assert row.next_due.due >= date(2020, 9, 1)


def test_that_a_patient_without_entries_has_a_row_without_invented_values(session: Session) -> None:
    register(session, PATIENT)
    (row,) = board(session, AsOf.parse("2020-07-31"))
    assert (row.day, row.day0, row.planned_infusion, row.product, row.last_entry, row.tag) == (None,) * 6
    assert (row.phase, row.risk_class, row.conflicts, row.moved) == (Phase.REFERRAL, RiskClass.PENDING, 0, None)


def test_that_the_newest_plan_gives_the_planned_infusion_and_the_order_the_product(session: Session) -> None:
    plan = {"kind": "plan", "at": "2020-07-01", "milestone": "infusion"}
    order = {"kind": "manufacturing", "at": "2020-07-03", "product": "brexucabtagene_autoleucel", "status": "ordered"}
    entries = [{**plan, "date": "2020-08-03"}, {**plan, "at": "2020-07-02", "date": "2020-08-10"}, order]
    import_file(session, "a.json", chart_file(*entries))
    (row,) = board(session, AsOf.parse("2020-07-31"))
    assert (row.planned_infusion, row.product) == (date(2020, 8, 10), "brexucabtagene_autoleucel")


def test_that_what_happened_later_is_not_on_an_earlier_board(session: Session) -> None:
    import_file(session, "a.json", chart_file(COUNT, {**COUNT, "at": "2020-07-30"}))
    (row,) = board(session, AsOf.parse("2020-07-01"))
    assert row.last_entry is not None
    assert row.last_entry.text == COUNT["at"]


def test_that_two_corrections_of_one_entry_are_counted_as_a_conflict(session: Session) -> None:
    register(session, PATIENT)
    wrong = record(session, MRN, COUNT).entry
    for hb in (93, 94):
        record(session, MRN, {**COUNT, "hb": hb, "supersedes": wrong.id, "reason": "slip"})
    (row,) = board(session, AsOf.parse("2020-07-31"))
    assert row.conflicts == 1


def test_that_rows_come_in_the_order_of_the_mrn(session: Session) -> None:
    for mrn in ("T-0003", "T-0001", "T-0002"):
        register(session, {**PATIENT, "mrn": mrn})
    assert [row.patient.mrn for row in board(session, session.today())] == ["T-0001", "T-0002", "T-0003"]


@pytest.mark.parametrize(
    ("source", "tag"),
    [(None, None), ("wang_2023, case 1", Tag.PUBLISHED), ("Synthetic ward, seed 1", Tag.SYNTHETIC)],
)
def test_that_the_source_of_a_chart_marks_it(source: str | None, tag: Tag | None) -> None:
    assert tag_of(source) is tag


def criterion(name: str, status: CriterionStatus, due: date | None) -> Criterion:
    return Criterion(id=name, status=status, evidence=(), due=due, text=name, source="x")


def test_that_an_unanswered_criterion_is_overdue_from_the_day_after_its_window() -> None:
    criteria = [
        criterion("L7", CriterionStatus.NOT_DUE, date(2020, 12, 1)),
        criterion("H1", CriterionStatus.UNKNOWN, date(2020, 7, 30)),
        criterion("H2", CriterionStatus.UNKNOWN, DAY),
        criterion("L1", CriterionStatus.MET, date(2020, 7, 1)),
        criterion("A5", CriterionStatus.UNKNOWN, None),
    ]
    overdue, coming = open_items(criteria, DAY)
    assert [item.criterion for item in overdue] == ["H1"]
    assert [item.criterion for item in coming] == ["H2", "L7"]


def test_that_a_class_that_only_became_provisional_did_not_move() -> None:
    history = tuple(
        ClassOnDate(date=day, class_=RiskClass.LOW, provisional=provisional, moved=False, entry=None)
        for day, provisional in ((date(2020, 7, 29), False), (date(2020, 7, 30), True))
    )
    assert class_move(history, DAY) is None

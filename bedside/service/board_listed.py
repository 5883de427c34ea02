"""What a list says of a patient: a row of the board without what only the patient's own views show."""

from datetime import date
from typing import NamedTuple

from bedside.chart.assessment import Phase, RiskClass
from bedside.chart.derived.follow_up import Due
from bedside.chart.enums import CareState, Sex
from bedside.service.board import BoardRow, ClassMove, Tag, longest_late
from bedside.service.board_grade import GradeNow

LISTED_LATE = 3
"""How many late things a list names; the others are a number."""


class Waiting(NamedTuple):
    """Something due: its code and title, its date, the last day of its window, by how many days it is overdue."""

    what: str
    title: str
    due: date
    window_last: date
    overdue_days: int = 0


class ListedRow(NamedTuple):
    """One patient on a list; None stands for not derived, not recorded or not there yet, never for zero.

    `headline` says how a closed course ended, and is empty of an open one. `last_entry` is the text of its time.
    `late` holds what has waited longest, `more_late` counts the rest. A tuple, and no more than a list shows, so that
    a kept row is short: two thousand of them are deciphered, read and checked before a board is shown.
    """

    mrn: str
    family_name: str
    given_name: str
    birth_date: date
    sex: Sex
    tag: Tag | None
    phase: Phase
    day: int | None
    day0: date | None
    planned_infusion: date | None
    product: str | None
    product_state: str | None
    headline: str
    risk_class: RiskClass
    provisional: bool
    low_reachable: bool
    moved: ClassMove | None
    conflicts: int
    last_entry: str | None
    blockers: tuple[str, ...]
    crs: GradeNow | None
    icans: GradeNow | None
    next_due: Waiting | None
    late: tuple[Waiting, ...]
    more_late: int
    state: CareState


def as_listed(row: BoardRow) -> ListedRow:
    """Return what a list has room for: of each late thing the one that has waited longest, no criterion by itself."""
    patient, late = row.patient, longest_late(row.late)
    return ListedRow(
        mrn=patient.mrn,
        family_name=patient.family_name,
        given_name=patient.given_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        tag=row.tag,
        phase=row.phase,
        day=row.day,
        day0=row.day0,
        planned_infusion=row.planned_infusion,
        product=row.product,
        product_state=row.product_state,
        headline=row.headline if row.phase is Phase.CLOSED else "",
        risk_class=row.risk_class,
        provisional=row.provisional,
        low_reachable=row.low_reachable,
        moved=row.moved,
        conflicts=row.conflicts,
        last_entry=None if row.last_entry is None else row.last_entry.text,
        blockers=row.blockers,
        crs=row.crs,
        icans=row.icans,
        next_due=None if row.next_due is None else _waiting(row.next_due),
        late=tuple(map(_waiting, late[:LISTED_LATE])),
        more_late=len(late[LISTED_LATE:]),
        state=row.state,
    )


def _waiting(item: Due) -> Waiting:
    return Waiting(item.what, item.title, item.due, item.window_last, item.overdue_days)

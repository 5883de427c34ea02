"""The ward list for paper: what the board says, in the same words, for when the computers are down."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from bedside.chart.assessment import RiskClass
from bedside.chart.body import allergy_words
from bedside.chart.enums import CareState, Sex
from bedside.chart.formats import (
    NO_BREAK_SPACE,
    age_text,
    date_text,
    day_text,
    field_quantity_text,
    label,
    moment_text,
    short_date_text,
    title,
)
from bedside.chart.moments import AsOf, utc_text
from bedside.chart.progress import Progress, part_of, unheard
from bedside.report.preview import PagePicture, pages_of
from bedside.service.board import TAG_WORDS, BoardRow, board, days_from_planned, longest_late
from bedside.service.board_grade import GradeNow
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.service.summaries import Page

if TYPE_CHECKING:
    from bedside.report.ward_list import WardLine

_ARROWS = {1: " ↑", -1: " ↓", 0: " →"}


@needs(Action.PRINT_WARD_LIST)
def ward_list(
    session: Session,
    as_of: AsOf,
    known_at: datetime | None = None,
    page: Page = "A4",
    progress: Progress = unheard,
) -> bytes:
    """Return the list of every open course on the ward as PDF on landscape paper; it is noted in the audit trail.

    known_at turns it back to what was known at a moment, as it does the board. What `progress` raises ends it, with
    nothing noted.
    """
    pdf = _rendered(session, as_of, known_at, page, progress)
    progress(1, 1)
    known = {} if known_at is None else {"known_at": utc_text(known_at)}
    session.note("ward_list_printed", None, {"as_of": as_of.text, **known, "page": page})
    return pdf


@needs(Action.PRINT_WARD_LIST)
def ward_list_pages(
    session: Session,
    as_of: AsOf,
    width: int,
    known_at: datetime | None = None,
    page: Page = "A4",
    progress: Progress = unheard,
) -> tuple[PagePicture, ...]:
    """Return the pages of the list as pictures, each `width` pixels wide; what `progress` raises ends it."""
    pdf = _rendered(session, as_of, known_at, page, part_of(progress, 0, 90))
    return pages_of(pdf, width, part_of(progress, 90, 100))


def _rendered(session: Session, as_of: AsOf, known_at: datetime | None, page: Page, progress: Progress) -> bytes:
    from bedside.report.ward_list import render_ward_list

    everybody = board(session, as_of, known_at, progress)
    rows = [row for row in everybody if row.closed_by is None and row.state is CareState.ACTIVE]
    lines = [ward_line(row, as_of) for row in sorted(rows, key=_by_name)]
    point = date_text(as_of.day) if as_of.instant is None else moment_text(as_of.instant, session.zone)
    point += "" if known_at is None else f", as known {moment_text(known_at, session.zone)}"
    return render_ward_list(lines, moment=point, author=f"{session.user}, {session.role_words}", page=page)


def _by_name(row: BoardRow) -> tuple[str, str, str]:
    return row.patient.family_name.casefold(), row.patient.given_name.casefold(), row.patient.mrn


def ward_line(row: BoardRow, as_of: AsOf) -> "WardLine":
    """Return one patient's row in words; – stands for what is not known."""
    from bedside.report.ward_list import WardLine

    planned, today, space = row.planned_infusion, as_of.day, NO_BREAK_SPACE
    day = day_text(row.day if planned is None else days_from_planned(planned, today))
    day0 = f"planned {date_text(planned)}" if planned else date_text(row.day0) if row.day0 else "not planned"
    late = planned is not None and planned < today
    product = label(row.product) if row.product else "no product yet"
    said = allergy_words(row.allergies)
    overdue = tuple(f"{item.title}: {item.overdue_days}{space}d{space}overdue" for item in longest_late(row.late))
    return WardLine(
        name=f"{row.patient.family_name.upper()}, {row.patient.given_name}",
        born=_born(row, today),
        day=(day, f"{day0}, not infused so far" if late else day0),
        weight=_weight(row),
        allergies=(said, "") if row.allergies else ("", said or "Allergies not recorded"),
        pathway=(title(row.phase), ", ".join(part for part in (product, row.product_state or "") if part)),
        risk=(title(row.risk_class), _class_note(row)),
        moved="" if row.moved is None else f"from {row.moved.before.value}, {short_date_text(row.moved.on)}",
        grades=(f"CRS {_grade(row.crs)}", f"ICANS {_grade(row.icans)}"),
        due=("", "nothing falls due") if row.next_due is None else (row.next_due.title, date_text(row.next_due.due)),
        late=(*overdue, *_sentences(row.blockers), *(("conflicting corrections",) if row.conflicts else ())),
    )


def _born(row: BoardRow, today: date) -> str:
    """Birth, age, sex and number as the board has them, and where the chart is no patient of this ward."""
    patient = row.patient
    sex = title(patient.sex) if patient.sex is not Sex.UNKNOWN else "Sex not known"
    parts = [f"{date_text(patient.birth_date)} ({age_text(patient.birth_date, today)})", sex, patient.mrn]
    return f"{NO_BREAK_SPACE}· ".join([*parts, *([TAG_WORDS[row.tag]] if row.tag is not None else [])])


def _weight(row: BoardRow) -> str:
    if row.weight is None:
        return "Weight not recorded"
    return f"{field_quantity_text('weight_kg', row.weight.kg)} ({date_text(row.weight.on)})"


def _class_note(row: BoardRow) -> str:
    if row.risk_class is RiskClass.PENDING:
        return "" if row.low_reachable else "low out of reach"
    return "provisional" if row.provisional else ""


def _sentences(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{text[:1].upper()}{text[1:]}" for text in texts)


def _grade(grade: GradeNow | None) -> str:
    if grade is None:
        return "–"
    return f"{grade.text}{'' if grade.moved is None else _ARROWS[grade.moved]}"

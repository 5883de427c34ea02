"""The ward board as an aligned table, and as one JSON document."""

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from bedside.chart.assessment import RiskClass
from bedside.chart.derived.follow_up import Due
from bedside.chart.enums import CareState
from bedside.chart.formats import age_text, date_text, day_text, label, short_date_text
from bedside.chart.moments import AsOf
from bedside.service.board import BoardRow, OpenItem, longest_late
from bedside.service.board_grade import GradeNow

NOT_DERIVED = "–"
MOST_LATE = 3
_ARROWS = {1: " ↑", -1: " ↓"}
HEAD = ("No.", "Patient", "Age", "Phase", "Day", "Product", "Class", "Moved", "CRS", "ICANS", "Next", "Overdue", "")


def board_table(rows: Sequence[BoardRow], as_of: AsOf) -> str:
    """Return one line a patient under a head, columns aligned; – stands for what is not derived."""
    lines = [HEAD, *(_cells(row, as_of) for row in rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(HEAD))]
    table = [
        "  ".join(_padded(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    return "\n".join([f"Ward board, {date_text(as_of.day)}, {count_text(rows)}", *(table if rows else ())])


def count_text(rows: Sequence[BoardRow]) -> str:
    """Return how many patients there are and, where some have left the ward, how many of each: nobody is lost."""
    total = f"{len(rows)} patient{'' if len(rows) == 1 else 's'}"
    counts = Counter(row.state for row in rows)
    if set(counts) <= {CareState.ACTIVE}:
        return total
    parts = [f"{counts[state]} {label(state).lower()}" for state in CareState if counts[state]]
    return f"{total}: {', '.join(parts)}"


def _cells(row: BoardRow, as_of: AsOf) -> tuple[str, ...]:
    patient, moved = row.patient, row.moved
    provisional = row.provisional and row.risk_class is not RiskClass.PENDING
    shown = f"{label(row.risk_class)}{' (provisional)' if provisional else ''}"
    planned = row.planned_infusion
    day = day_text(row.day) if planned is None else f"{day_text((as_of.day - planned).days)} planned"
    return (
        patient.mrn,
        f"{patient.family_name.upper()}, {patient.given_name}",
        age_text(patient.birth_date, as_of.day),
        _phase(row),
        day,
        label(row.product) if row.product else NOT_DERIVED,
        shown,
        f"{label(moved.before)} → {label(moved.after)} {short_date_text(moved.on)}" if moved else "",
        _grade(row.crs),
        _grade(row.icans),
        f"{row.next_due.title} {date_text(row.next_due.due)}" if row.next_due else "",
        _late(row.late),
        row.tag.value if row.tag else "",
    )


def _phase(row: BoardRow) -> str:
    if row.state is not CareState.ACTIVE:
        return label(row.state)
    return label(row.phase) if row.closed_by is None else f"closed: {label(row.closed_by)}"


def _grade(grade: GradeNow | None) -> str:
    return NOT_DERIVED if grade is None else f"{grade.text}{_ARROWS.get(grade.moved or 0, '')}"


def _late(late: Sequence[Due]) -> str:
    """What is overdue, each thing once, the longest first, the rest as a number."""
    items = longest_late(late)
    shown = [f"{item.title} {item.overdue_days} d" for item in items[:MOST_LATE]]
    more = len(items) - len(shown)
    return ", ".join([*shown, *([f"and {more} more"] if more else [])])


def _width(text: str) -> int:
    """Columns on a terminal: wide East Asian characters take two, combining ones none."""
    plain = [character for character in text if not unicodedata.combining(character)]
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in plain)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def board_json(rows: Sequence[BoardRow], as_of: AsOf) -> str:
    """Return {"as_of", "patients": […]}; null stands for what is not derived or not recorded."""
    return json.dumps({"as_of": as_of.text, "patients": [_fields(row) for row in rows]}, ensure_ascii=False)


def _fields(row: BoardRow) -> dict[str, Any]:
    moved = row.moved
    return {
        **row.patient.model_dump(mode="json"),
        "tag": row.tag,
        "state": row.state,
        "phase": row.phase,
        "day": row.day,
        "day0": _iso(row.day0),
        "planned_infusion": _iso(row.planned_infusion),
        "product": row.product,
        "closed_by": row.closed_by,
        "closed_on": _iso(row.closed_on),
        "class": row.risk_class,
        "provisional": row.provisional,
        "moved": {"from": moved.before, "to": moved.after, "on": _iso(moved.on)} if moved else None,
        "product_state": row.product_state,
        "blockers": list(row.blockers),
        "crs": row.crs.worst if row.crs else None,
        "crs_moved": row.crs.moved if row.crs else None,
        "icans": row.icans.worst if row.icans else None,
        "icans_moved": row.icans.moved if row.icans else None,
        "next_open": _open(row.next_open) if row.next_open else None,
        "overdue": [_open(item) for item in row.overdue],
        "next_due": _due(row.next_due) if row.next_due else None,
        "late": [_due(item) for item in row.late],
        "conflicts": row.conflicts,
        "last_entry": row.last_entry.text if row.last_entry else None,
    }


def _open(item: OpenItem) -> dict[str, str]:
    return {"criterion": item.criterion, "due": item.due.isoformat(), "text": item.text}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _due(item: Due) -> dict[str, Any]:
    return {"what": item.what, "due": item.due.isoformat(), "overdue_days": item.overdue_days}

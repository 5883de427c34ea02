"""How things stand with the backups, in words: one line for the bar, and the lines of the sheet."""

from datetime import datetime, tzinfo

from bedside.chart.formats import date_text, duration_text, moment_text, time_text
from bedside.service.backups import BackupState

_MEGA = 1_000_000


def bar_words(state: BackupState, zone: tzinfo) -> str:
    """Return the line for the bar: when the newest verified backup was made, and what a person should see to."""
    return " · ".join(filter(None, (_newest(state, zone), _behind(state), _room(state))))


def _newest(state: BackupState, zone: tzinfo) -> str:
    if state.made_at is None or state.age is None:
        return "No backup yet"
    made, now = state.made_at.astimezone(zone), state.now.astimezone(zone)
    when = time_text(made) if made.date() == now.date() else f"{date_text(made.date())} {time_text(made)}"
    return f"Backup {when}, {duration_text(state.age)} old: late" if state.is_late else f"Backup {when}, verified"


def _behind(state: BackupState) -> str:
    return "second copy behind" if state.elsewhere_is_behind else ""


def _room(state: BackupState) -> str:
    return f"disk nearly full, {state.room // _MEGA} MB free" if state.low else ""


def sheet_lines(state: BackupState, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """Return caption and words of every line of the sheet."""
    return (
        ("Newest backup", _with_age(state, zone)),
        ("Second folder", _elsewhere(state, zone)),
        ("Restore rehearsed", _moment(state.drilled_at, zone) or "never"),
        ("Room on the disk", f"{state.room // _MEGA} MB free" + (", which is low" if state.low else "")),
    )


def _with_age(state: BackupState, zone: tzinfo) -> str:
    if state.age is None:
        return "none yet"
    late = ", which is late" if state.is_late else ""
    return f"{_moment(state.made_at, zone)}, verified, {duration_text(state.age)} old{late}"


def _elsewhere(state: BackupState, zone: tzinfo) -> str:
    if state.elsewhere is None:
        return "none chosen: a broken disk would take the store and its backups"
    if state.elsewhere_at is None:
        return f"{state.elsewhere}: no backup there, or it cannot be reached"
    behind = ", which is behind" if state.elsewhere_is_behind else ", the newest"
    return f"{state.elsewhere}: {_moment(state.elsewhere_at, zone)}{behind}"


def _moment(moment: datetime | None, zone: tzinfo) -> str:
    return "" if moment is None else moment_text(moment, zone)

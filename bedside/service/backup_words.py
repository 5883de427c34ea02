"""How things stand with the backups, in words: one line for the bar, and the lines of the sheet."""

from datetime import datetime, tzinfo

from bedside.chart.formats import duration_text, moment_text, time_text
from bedside.service.backups import BackupState

_MEGA, _GIGA = 10**6, 10**9


def bar_words(state: BackupState, zone: tzinfo) -> str:
    """Return the line for the bar: the gravest thing to see to, else when the newest verified backup was made."""
    if state.low:
        return f"Disk nearly full: {_room(state)} free"
    if state.made_at is None or state.age is None:
        return "No backup yet"
    if state.is_late:
        return f"Backup late: {duration_text(state.age)} old"
    if state.elsewhere_is_behind:
        return "Second backup folder is behind"
    made, now = state.made_at.astimezone(zone), state.now.astimezone(zone)
    when = time_text(made) if made.date() == now.date() else moment_text(made, zone)
    return f"Backup {when}, verified"


def _room(state: BackupState) -> str:
    """The free space in the unit that is read at a glance."""
    return f"{state.room / _GIGA:.0f} GB" if state.room >= _GIGA else f"{state.room // _MEGA} MB"


def sheet_lines(state: BackupState, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    """Return caption and words of every line of the sheet."""
    return (
        ("Newest backup", _with_age(state, zone)),
        ("Second folder", _elsewhere(state, zone)),
        ("Restore rehearsed", _moment(state.drilled_at, zone) or "never"),
        ("Room on the disk", f"{_room(state)} free" + (", which is low" if state.low else "")),
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

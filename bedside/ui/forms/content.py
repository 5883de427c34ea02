"""Owns what the rows of a form say together: the fields of an entry, a draft, and what a correction keeps."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bedside.chart.base import Entry, own_fields
from bedside.chart.describe import field_text
from bedside.chart.entries import Infusion, entry_fields
from bedside.ui.forms.context import Request
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.row import FieldRow
from bedside.ui.forms.secret_rows import secrets_in

_OF_THE_ENTRY_ITSELF = {"id", "recorded_at", "recorded_by", "supersedes", "reason", "not_done", "censored"}


def fields_of(kind: str, rows: Sequence[FieldRow], corrected: Entry | None) -> dict[str, Any]:
    """Return the fields that the rows give; a correction keeps what no row of the form can show."""
    fields: dict[str, Any] = {"kind": kind} if corrected is None else {"kind": kind, **_kept(corrected, rows)}
    for row in rows:
        row.contribute(fields)
    if corrected is not None:
        _keep_not_done(fields, rows, corrected)
    return fields


def request_of(fields: dict[str, Any], rows: Sequence[FieldRow], corrected: Entry | None) -> Request:
    """Return what is to be stored, with what was typed to prove who is there."""
    reason = fields.pop("reason", "") if corrected is not None else ""
    return Request(fields, None if corrected is None else corrected.id, reason, secrets_in(rows))


def _kept(corrected: Entry, rows: Sequence[FieldRow]) -> dict[str, Any]:
    shown = {row.spec.name for row in rows} | _OF_THE_ENTRY_ITSELF
    return {name: value for name, value in entry_fields(corrected).items() if name not in shown}


def _keep_not_done(fields: dict[str, Any], rows: Sequence[FieldRow], corrected: Entry) -> None:
    typed = {row.spec.name for row in rows if row.tells_not_done}
    for name in entry_fields(corrected).get("not_done") or ():
        if name not in typed and name not in fields:
            fields.setdefault("not_done", []).append(name)


def has_values(fields: Mapping[str, Any], entry: type[Entry]) -> bool:
    """Tell whether the entry would say anything beyond when it happened."""
    return any(name in fields for name in (*own_fields(entry), "not_done"))


def shown_fields(entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry as its form shows them: the reason of a reinfusion under its own name."""
    fields = entry_fields(entry)
    if isinstance(entry, Infusion) and entry.supersedes is None and entry.reason:
        fields["reinfusion_reason"] = entry.reason
    fields.pop("reason", None)
    return fields


def is_same(fields: Mapping[str, Any], entry: Entry) -> bool:
    """Tell whether the form says what the entry says already, its reason left aside."""
    aside = _OF_THE_ENTRY_ITSELF - {"not_done", "censored"}
    before = {name: value for name, value in shown_fields(entry).items() if name not in aside}
    after = {name: value for name, value in fields.items() if name not in aside}
    return _plain(before) == _plain(after)


def _plain(fields: Mapping[str, Any]) -> str:
    ordered = {name: sorted(value) if name == "not_done" else value for name, value in fields.items()}
    return json.dumps(ordered, sort_keys=True)


def load_entry(rows: Sequence[FieldRow], entry: Entry) -> None:
    """Show an entry in the rows, each with what it was."""
    fields = shown_fields(entry)
    for row in rows:
        if row.spec.name in ("reason", "at") or not hasattr(entry, row.spec.name):
            row.load(fields)
            continue
        if not isinstance(row, NumberRow):
            row.was = field_text(entry, row.spec.name, entry.kind) or "not recorded"
        row.load(fields)
        row.untouched = True


def draft_of(rows: Sequence[FieldRow]) -> str:
    """Return the state of the rows as JSON text; "" while nothing was typed."""
    if all(row.untouched for row in rows):
        return ""
    states = {row.key: row.state() for row in rows}
    typed = {key: state for key, state in states.items() if state is not None}
    return json.dumps(typed, ensure_ascii=False) if set(typed) - {"at"} else ""


def restore_draft(rows: Sequence[FieldRow], body: str) -> bool:
    """Show a draft in the rows that were not touched meanwhile; false when there was nothing to show."""
    states = json.loads(body)
    restored = False
    for row in rows:
        if row.key in states and row.untouched:
            row.restore(states[row.key])
            restored = True
    return restored

"""IEC-HS: a checklist with the newest values, which prompts and never diagnoses (iec_hs_2023)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bedside.chart.derived.haematotoxicity import IecHs, IecHsSign
from bedside.chart.formats import date_text, field_quantity_text, title
from bedside.knowledge.families.haematotoxicity import SignTable
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words

PROMPT = "Consider IEC-HS where these signs come together without another cause; no verified source gives their limits"


def iec_hs(scene: Scene) -> IecHs | None:
    """Return every sign with its newest value since infusion and the one before; None before an infusion.

    No limit is applied: none was read in a verified source. Contested values are named.
    """
    record = scene.record
    if record is None:
        return None
    tables = scene.knowledge.haematotoxicity
    window = record.facts.day0 - timedelta(days=int(tables.baseline_days.value)), record.facts.day0
    signs = tuple([_sign(scene, name, table, window) for name, table in tables.signs.items()])
    return IecHs(signs, PROMPT, next(iter(tables.signs.values())).source)


def _sign(scene: Scene, name: str, table: SignTable, before: tuple[date, date]) -> IecHsSign:
    """A sign in words; `before`: the first and the last day of the values before infusion."""
    if table.kind is None:
        return IecHsSign(name, table.title, "for a person to judge: the chart has no field for it", ())
    contested = scene.contested_of(table.kind, bears=lambda entry: _would_tell(scene, entry, table.fields, before))
    if contested:
        words = conflict_words(contested)
        return IecHsSign(name, table.title, words.text, words.evidence)
    told = [_values(scene, table.kind, field, before) for field in table.fields]
    evidence = dict.fromkeys([entry.id for _, entries in told for entry in entries])
    return IecHsSign(name, table.title, "; ".join([words for words, _ in told]), tuple(evidence))


def _would_tell(scene: Scene, entry: Any, fields: Sequence[str], before: tuple[date, date]) -> bool:
    """Whether a contested entry would be the newest with one of the values, since infusion or before it."""
    first, day0 = before
    until = None if entry.at.day > day0 else day0
    for field in fields:
        if getattr(entry, field) is not None and entry.at.day >= first:
            newest = scene.newest_with(entry.kind, field, until)
            if newest is None or entry.at.day >= newest.at.day:
                return True
    return False


def _values(scene: Scene, kind: str, field: str, before: tuple[date, date]) -> tuple[str, list[Any]]:
    """The newest value since infusion and the one before, in words, with their entries."""
    first, day0 = before
    after, earlier = scene.newest_with(kind, field), scene.newest_with(kind, field, day0)
    words, entries = f"{title(field)} not known since infusion", []
    if after is not None and after.at.day > day0:
        words, entries = f"{title(field)} {_value(after, field)}", [after]
    if earlier is not None and earlier.at.day >= first:
        words += f", before infusion {_value(earlier, field)}"
        entries.append(earlier)
    return words, entries


def _value(entry: Any, field: str) -> str:
    censor = (getattr(entry, "censored", None) or {}).get(field, "")
    return f"{field_quantity_text(field, getattr(entry, field), censor)} ({date_text(entry.at.day)})"

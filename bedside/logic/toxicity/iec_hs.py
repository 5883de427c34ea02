"""IEC-HS: a checklist with the newest values, which prompts and never diagnoses (section 15; iec_hs_2023)."""

from datetime import timedelta
from typing import Any

from bedside.chart.derived.haematotoxicity import IecHs, IecHsSign
from bedside.chart.formats import date_text, field_quantity_text
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
    signs = tuple(_sign(scene, name, table) for name, table in tables.signs.items())
    return IecHs(signs, PROMPT, next(iter(tables.signs.values())).source)


def _sign(scene: Scene, name: str, table: SignTable) -> IecHsSign:
    contested = scene.contested_of(table.kind)
    if contested:
        words = conflict_words(contested)
        return IecHsSign(name, table.title, words.text, words.evidence)
    day0 = scene.day0
    held = [entry for entry in scene.kinds.get(table.kind, ()) if getattr(entry, table.field) is not None]
    if day0 is None:
        return IecHsSign(name, table.title, "not known", ())
    first = day0 - timedelta(days=int(scene.knowledge.haematotoxicity.baseline_days.value))
    before = [entry for entry in held if first <= entry.at.day <= day0]
    after = [entry for entry in held if entry.at.day > day0]
    parts = [_value(after[-1], table)] if after else ["not known since infusion"]
    parts += [f"before infusion {_value(before[-1], table)}"] if before else []
    shown = (*after[-1:], *before[-1:])
    return IecHsSign(name, table.title, "; ".join(parts), tuple(entry.id for entry in shown))


def _value(entry: Any, table: SignTable) -> str:
    return f"{field_quantity_text(table.field, getattr(entry, table.field))}, {date_text(entry.at.day)}"

"""IEC-HS: a checklist with the newest values, which prompts and never diagnoses (section 15; iec_hs_2023)."""

from datetime import timedelta
from typing import Any

from bedside.chart.derived.haematotoxicity import IecHs, IecHsSign
from bedside.chart.formats import date_text, field_quantity_text, title
from bedside.knowledge.families.haematotoxicity import SignTable
from bedside.logic.scene import Scene, newest_until
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
    if table.kind is None:
        return IecHsSign(name, table.title, "for a person to judge: the chart has no field for it", ())
    contested = scene.contested_of(table.kind)
    if contested:
        words = conflict_words(contested)
        return IecHsSign(name, table.title, words.text, words.evidence)
    told = [_values(scene, table.kind, field) for field in table.fields]
    evidence = dict.fromkeys(entry.id for _, entries in told for entry in entries)
    return IecHsSign(name, table.title, "; ".join(words for words, _ in told), tuple(evidence))


def _values(scene: Scene, kind: str, field: str) -> tuple[str, list[Any]]:
    """The newest value since infusion and the one before, in words, with their entries."""
    day0, held = scene.day0, scene.with_value(kind, field)
    if day0 is None:
        return "not known", []
    first = day0 - timedelta(days=int(scene.knowledge.haematotoxicity.baseline_days.value))
    after = [entry for entry in held[-1:] if entry.at.day > day0]
    before = [entry for entry in newest_until(held, day0) if entry.at.day >= first]
    now = _value(after[0], field) if after else "not known since infusion"
    words = f"{title(field)} {now}" + "".join(f", before infusion {_value(entry, field)}" for entry in before)
    return words, [*after, *before]


def _value(entry: Any, field: str) -> str:
    censor = (getattr(entry, "censored", None) or {}).get(field, "")
    return f"{field_quantity_text(field, getattr(entry, field), censor)} ({date_text(entry.at.day)})"

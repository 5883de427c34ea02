"""Readiness for apheresis for a date: counts, blasts, wash-out, HSCT before, yield (APH-1 to APH-5)."""

from datetime import date, timedelta
from typing import Any

from bedside.chart.derived.preparation import ApheresisReadiness, Readiness, ReadinessPart
from bedside.chart.derived.washout import Washout, WashoutStatus
from bedside.chart.enums import Milestone
from bedside.chart.formats import date_text, number_text
from bedside.knowledge.families.preparation import ApheresisProfile
from bedside.logic.preparation.milestones import milestones
from bedside.logic.preparation.washout import washout
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids, percent

DEFAULT = "feuchtinger_2024"
_WORST = (Readiness.NOT_READY, Readiness.UNKNOWN, Readiness.CAUTION, Readiness.READY)


def apheresis(scene: Scene, rows: tuple[Washout, ...], on: date | None = None) -> ApheresisReadiness:
    """Return the readiness for a date: that of `on`, else the planned apheresis, else the one done, else today.

    The overall status is the worst of the parts: not ready outranks all, unknown outranks caution. Four published
    profiles of counts stand beside; the default alone decides (feuchtinger_2024, myers_2023, buechner_2022).
    """
    planned = milestones(scene).get(Milestone.APHERESIS)
    day = on or (scene.today if planned is None or planned.day is None else planned.day)
    profiles = tuple(_by_profile(name, table, scene, day) for name, table in scene.knowledge.apheresis.profiles.items())
    default = next(part for part in profiles if part.id == DEFAULT)
    parts = [
        ReadinessPart("APH-1", default.status, default.text, default.evidence, default.source),
        _blasts(scene, day),
        _washed_out(_before(scene, rows, day)),
    ]
    transplants = [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day < day]
    if transplants:
        parts.append(_after_hsct(scene, transplants, day))
    collected = scene.newest("apheresis")
    if collected is not None and collected.at.day == day and collected.cd3_yield is not None:
        parts.append(_yield(scene, collected))
    return ApheresisReadiness(day, min((part.status for part in parts), key=_WORST.index), tuple(parts), profiles)


def _before(scene: Scene, rows: tuple[Washout, ...], day: date) -> tuple[Washout, ...]:
    """The rows before the apheresis of that date; without a recorded or tried one they are worked out for the day."""
    found = tuple(row for row in rows if row.milestone == Milestone.APHERESIS)
    if found:
        return found
    return tuple(row for row in washout(scene, {Milestone.APHERESIS: day}) if row.milestone == Milestone.APHERESIS)


def _newest(scene: Scene, kind: str, field: str, day: date) -> Any | None:
    held = [e for e in scene.kinds.get(kind, ()) if getattr(e, field) is not None and e.at.day <= day]
    return held[-1] if held else None


def _fresh(scene: Scene, entry: Any | None, day: date) -> bool:
    """Whether a count is young enough for the date, or for today when the date lies ahead."""
    if entry is None:
        return False
    age = min(scene.today, day) - entry.at.day
    return bool(age <= timedelta(days=int(scene.knowledge.apheresis.numbers.fresh_days.value)))


def _by_profile(name: str, table: ApheresisProfile, scene: Scene, day: date) -> ReadinessPart:
    contested = scene.contested_of("lymphocyte_subset", "blood_count")
    if contested:
        words = conflict_words(contested)
        return ReadinessPart(name, Readiness.UNKNOWN, words.text, words.evidence, table.source)
    subset, count = _newest(scene, "lymphocyte_subset", "cd3", day), _newest(scene, "blood_count", "alc", day)
    fresh_cd3 = subset.cd3 if subset is not None and _fresh(scene, subset, day) else None
    fresh_alc = count.alc if count is not None and _fresh(scene, count, day) else None
    wants_cd3 = any(value is not None for value in (table.cd3_above_per_ul, table.cd3_from_per_ul))
    shown = [_shown("CD3", subset, "cd3", "/µL", scene, day)] if wants_cd3 else []
    shown.append(_shown("lymphocytes", count, "alc", " ×10⁹/L", scene, day))
    status = _counted(table, fresh_cd3, fresh_alc)
    ahead = day - scene.today > timedelta(days=int(scene.knowledge.apheresis.numbers.fresh_days.value))
    repeat = "; repeat within 7 days of it" if ahead else ""
    evidence = ids(tuple(entry for entry in (subset, count) if entry is not None))
    return ReadinessPart(name, status, f"{', '.join(shown)}; wanted: {table.text}{repeat}", evidence, table.source)


def _shown(words: str, entry: Any | None, field: str, unit: str, scene: Scene, day: date) -> str:
    if entry is None:
        return f"{words} not known"
    stale = "" if _fresh(scene, entry, day) else ", stale"
    mark = (entry.censored or {}).get(field)
    sign = "" if mark is None else mark.value
    return f"{words} {sign}{number_text(getattr(entry, field))}{unit} ({date_text(entry.at.day)}{stale})"


def _counted(table: ApheresisProfile, cd3: float | None, alc: float | None) -> Readiness:
    """What fresh counts say by a profile; one good count suffices, and a missing one may be it."""
    ready = (
        _over(cd3, table.cd3_above_per_ul)
        or _reached(cd3, table.cd3_from_per_ul)
        or _over(alc, table.alc_above)
        or _reached(alc, table.alc_from)
    )
    if ready:
        return Readiness.READY
    if _over(cd3, table.cd3_caution_above_per_ul) or _reached(alc, table.alc_caution_from):
        return Readiness.CAUTION
    asks_cd3 = table.cd3_above_per_ul is not None or table.cd3_from_per_ul is not None
    if alc is None or (asks_cd3 and cd3 is None):
        return Readiness.UNKNOWN
    return Readiness.NOT_READY


def _over(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value > limit


def _reached(value: float | None, limit: float | None) -> bool:
    return value is not None and limit is not None and value >= limit


def _blasts(scene: Scene, day: date) -> ReadinessPart:
    """APH-2: many leukocytes with many blasts speak against collection."""
    numbers = scene.knowledge.apheresis.numbers
    contested = scene.contested_of("blood_count")
    if contested:
        words = conflict_words(contested)
        return ReadinessPart("APH-2", Readiness.UNKNOWN, words.text, words.evidence, numbers.wbc_above.source)
    held = [e for e in scene.kinds.get("blood_count", ()) if e.wbc is not None and e.at.day <= day]
    newest = held[-1] if held and _fresh(scene, held[-1], day) else None
    if newest is None:
        text = "not known: leukocytes within 7 days"
        return ReadinessPart("APH-2", Readiness.UNKNOWN, text, (), numbers.wbc_above.source)
    limit, share = numbers.wbc_above.value, numbers.blasts_above_pct.value
    blasts = newest.pb_blasts_pct
    said = "blasts not recorded" if blasts is None else f"{percent(blasts)} blasts"
    text = f"leukocytes {number_text(newest.wbc)} ×10⁹/L, {said} ({date_text(newest.at.day)})"
    if newest.wbc <= limit or (blasts is not None and blasts <= share):
        status = Readiness.READY
    else:
        status = Readiness.UNKNOWN if blasts is None else Readiness.NOT_READY
    against = f"; above {number_text(limit)} with more than {percent(share)} blasts collection is not advisable"
    return ReadinessPart("APH-2", status, text + against, (newest.id,), numbers.wbc_above.source)


def _washed_out(rows: tuple[Washout, ...]) -> ReadinessPart:
    """APH-3: the gravest wash-out before the apheresis; agents without an interval are a caution."""
    by_status = {
        WashoutStatus.CONFLICT: Readiness.NOT_READY,
        WashoutStatus.UNKNOWN: Readiness.UNKNOWN,
        WashoutStatus.CAUTION: Readiness.CAUTION,
        WashoutStatus.NO_INTERVAL: Readiness.CAUTION,
        WashoutStatus.CLEAR: Readiness.READY,
    }
    if not rows:
        return ReadinessPart("APH-3", Readiness.READY, "no agent recorded on which a wash-out bears", (), "myers_2023")
    worst = min(rows, key=lambda row: _WORST.index(by_status[row.status]))
    return ReadinessPart("APH-3", by_status[worst.status], worst.text, worst.evidence, worst.source)


def _after_hsct(scene: Scene, transplants: list[Any], day: date) -> ReadinessPart:
    """APH-4: time since HSCT, immunosuppression and GVHD; nothing recorded about these is unknown."""
    numbers = scene.knowledge.apheresis.numbers
    since = (day - transplants[-1].at.day).days
    found = [_since_hsct(since, int(numbers.hsct_met_days.value), int(numbers.hsct_caution_days.value))]
    gvhd = scene.newest("gvhd")
    if gvhd is None:
        found.append((Readiness.UNKNOWN, "GVHD not recorded"))
    else:
        said = "active GVHD" if gvhd.active else "no active GVHD"
        found.append((Readiness.NOT_READY if gvhd.active else Readiness.READY, said))
    found.append(_immunosuppression(scene, day, int(numbers.immunosuppression_free_days.value)))
    status = min((one for one, _ in found), key=_WORST.index)
    evidence = (transplants[-1].id, *(() if gvhd is None else (gvhd.id,)))
    return ReadinessPart(
        "APH-4", status, "; ".join(words for _, words in found), evidence, numbers.hsct_met_days.source
    )


def _since_hsct(days: int, met: int, caution: int) -> tuple[Readiness, str]:
    words = f"{days} d after HSCT (wanted: at least {caution} to {met})"
    if days >= met:
        return Readiness.READY, words
    return (Readiness.CAUTION if days >= caution else Readiness.NOT_READY), words


def _immunosuppression(scene: Scene, day: date, free: int) -> tuple[Readiness, str]:
    given = [t for t in scene.kinds.get("therapy", ()) if t.intent.value == "immunosuppression" and t.at.day <= day]
    if not given:
        return Readiness.UNKNOWN, "immunosuppression not recorded"
    open_ends = [therapy for therapy in given if therapy.stop is None]
    if any(therapy.stop_unknown for therapy in open_ends):
        return Readiness.UNKNOWN, "end of immunosuppression not known"
    if open_ends:
        return Readiness.NOT_READY, "immunosuppression not stopped"
    last = max(therapy.stop for therapy in given)
    days = (day - min(last, day)).days
    words = f"immunosuppression stopped {days} d before (wanted: {free})"
    return (Readiness.READY if days >= free else Readiness.NOT_READY), words


def _yield(scene: Scene, collected: Any) -> ReadinessPart:
    """APH-5: the collected CD3 cells."""
    wanted = scene.knowledge.apheresis.numbers.cd3_yield
    enough = collected.cd3_yield >= wanted.value
    text = f"{number_text(collected.cd3_yield)} ×10⁹ CD3⁺ cells (wanted: {number_text(wanted.value)}, {wanted.text})"
    return ReadinessPart(
        "APH-5", Readiness.READY if enough else Readiness.CAUTION, text, (collected.id,), wanted.source
    )

"""Readiness for apheresis for a date: counts, blasts, wash-out, HSCT before, yield (APH-1 to APH-5)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from bedside.chart.derived.preparation import ApheresisReadiness, Readiness, ReadinessPart
from bedside.chart.derived.washout import Washout, WashoutStatus
from bedside.chart.enums import Milestone
from bedside.chart.formats import date_text, number_text
from bedside.chart.moments import At
from bedside.knowledge.families.preparation import ApheresisProfile
from bedside.logic.preparation.apheresis_after_hsct import after_hsct, worst
from bedside.logic.preparation.collection import collected_cells
from bedside.logic.preparation.limits import over, reached, shown_value
from bedside.logic.preparation.milestones import milestones
from bedside.logic.preparation.prior_lines import history_is_complete
from bedside.logic.preparation.washout import washout
from bedside.logic.scene import Scene, entries_until
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids, percent

DEFAULT = "feuchtinger_2024"


class _Counts(NamedTuple):
    """The chart and the day and moment of the collection that counts are held against."""

    scene: Scene
    day: date
    at: At | None
    found: dict[str, Any]  # the newest counts so far, which several profiles ask for

    @property
    def fresh_days(self) -> int:
        """How many days old a count may be."""
        return int(self.scene.knowledge.apheresis.numbers.fresh_days.value)

    def bears(self, entry: Any, field: str) -> bool:
        """Whether an entry holds the value and was taken before the collection; on its day the times tell."""
        if getattr(entry, field, None) is None or entry.at.day > self.day:
            return False
        moment = None if self.at is None else self.at.instant
        same_day = self.at is not None and self.at.day == entry.at.day
        return not same_day or moment is None or entry.at.instant is None or bool(entry.at.instant <= moment)

    def newest(self, kind: str, field: str) -> Any | None:
        """The newest entry with a value; no two kinds share a field."""
        if field not in self.found:
            entries = entries_until(self.scene.kinds.get(kind, ()), self.day)
            self.found[field] = next((entry for entry in reversed(entries) if self.bears(entry, field)), None)
        return self.found[field]

    def is_fresh(self, entry: Any | None) -> bool:
        """Whether a count is young enough for the date, or for today when the date lies ahead."""
        return entry is not None and (min(self.scene.today, self.day) - entry.at.day).days <= self.fresh_days

    def fresh(self, entry: Any | None) -> Any | None:
        """The count unless it is stale."""
        return entry if self.is_fresh(entry) else None

    def contested(self, kind: str, *fields: str) -> tuple[Any, ...]:
        """The contested entries that would be the newest of one of the values."""
        if not self.scene.conflicts:
            return ()
        newest = {field: self.newest(kind, field) for field in fields}

        def would_be_newest(entry: Any) -> bool:
            held = [newest[field] for field in fields if self.bears(entry, field)]
            return any(one is None or entry.at.day >= one.at.day for one in held)

        return self.scene.contested_of(kind, bears=would_be_newest)


def apheresis(scene: Scene, rows: tuple[Washout, ...], on: date | None = None) -> ApheresisReadiness:
    """Return the readiness for a date: that of `on`, else the planned apheresis, else the one done, else today.

    The overall status is the worst of the parts: not ready outranks all, unknown outranks caution. Four published
    profiles of counts stand beside; the default alone decides (feuchtinger_2024, myers_2023, buechner_2022).
    """
    planned = milestones(scene).get(Milestone.APHERESIS)
    day = on or (scene.today if planned is None or planned.day is None else planned.day)
    collected = [e for e in scene.kinds.get("apheresis", ()) if e.at.day == day] if on is None else []
    counts = _Counts(scene, day, collected[-1].at if collected else None, {})
    profiles = tuple([_by_profile(name, table, counts) for name, table in scene.knowledge.apheresis.profiles.items()])
    default = next(part for part in profiles if part.id == DEFAULT)
    parts = [
        ReadinessPart("APH-1", default.status, default.text, default.evidence, default.source),
        _blasts(counts),
        _washed_out(scene, _before(scene, rows, day)),
        *after_hsct(scene, day),
    ]
    if collected:
        parts += collected_cells(scene, day)
    return ApheresisReadiness(day, worst(part.status for part in parts), tuple(parts), profiles)


def _before(scene: Scene, rows: tuple[Washout, ...], day: date) -> tuple[Washout, ...]:
    """The rows before the apheresis of that date; without a recorded or tried one they are worked out for the day."""
    found = tuple(row for row in rows if row.milestone == Milestone.APHERESIS)
    if found:
        return found
    return tuple(row for row in washout(scene, {Milestone.APHERESIS: day}) if row.milestone == Milestone.APHERESIS)


def _by_profile(name: str, table: ApheresisProfile, counts: _Counts) -> ReadinessPart:
    wants_cd3 = table.cd3_above_per_ul is not None or table.cd3_from_per_ul is not None
    wanted = [("lymphocyte_subset", "cd3", "CD3")] if wants_cd3 else []
    wanted.append(("blood_count", "alc", "lymphocytes"))
    contested = [entry for kind, field, _ in wanted for entry in counts.contested(kind, field)]
    if contested:
        words = conflict_words(contested)
        return ReadinessPart(name, Readiness.UNKNOWN, words.text, words.evidence, table.source)
    held = {field: counts.newest(kind, field) for kind, field, _ in wanted}
    shown = ", ".join(_shown(words, held[field], field, counts) for _, field, words in wanted)
    status = _counted(table, counts.fresh(held.get("cd3")), counts.fresh(held["alc"]))
    text = f"{shown}; wanted: {table.text}{_repeat(held.values(), counts)}"
    return ReadinessPart(name, status, text, tuple(e.id for e in held.values() if e is not None), table.source)


def _repeat(held: Any, counts: _Counts) -> str:
    """What is to be done for a date ahead when no count will be young enough by then."""
    days = [(counts.day - entry.at.day).days for entry in held if entry is not None]
    if counts.day <= counts.scene.today or any(age <= counts.fresh_days for age in days):
        return ""
    return f"; repeat within {counts.fresh_days} days of {date_text(counts.day)}"


def _shown(words: str, entry: Any | None, field: str, counts: _Counts) -> str:
    if entry is None:
        return f"{words} not known"
    stale = "" if counts.is_fresh(entry) else ", stale"
    return f"{words} {shown_value(entry, field)} ({date_text(entry.at.day)}{stale})"


def _counted(table: ApheresisProfile, cd3: Any | None, alc: Any | None) -> Readiness:
    """What fresh counts say by a profile; one good count suffices, and a missing one may be it."""
    asked = (
        (table.cd3_above_per_ul, over, cd3, "cd3"),
        (table.cd3_from_per_ul, reached, cd3, "cd3"),
        (table.alc_above, over, alc, "alc"),
        (table.alc_from, reached, alc, "alc"),
    )
    ready = [holds(entry, field, limit) for limit, holds, entry, field in asked if limit is not None]
    if True in ready:
        return Readiness.READY
    accepted = (
        over(cd3, "cd3", table.cd3_caution_above_per_ul),
        reached(alc, "alc", table.alc_caution_from),
    )
    if True in accepted:
        return Readiness.CAUTION
    has_caution = table.cd3_caution_above_per_ul is not None or table.alc_caution_from is not None
    is_open = None in ready or (has_caution and None in accepted)
    return Readiness.UNKNOWN if is_open else Readiness.NOT_READY


def _blasts(counts: _Counts) -> ReadinessPart:
    """APH-2: many leukocytes with many blasts speak against collection; either one missing leaves it open."""
    numbers = counts.scene.knowledge.apheresis.numbers
    contested = counts.contested("blood_count", "wbc", "pb_blasts_pct")
    if contested:
        words = conflict_words(contested)
        return ReadinessPart("APH-2", Readiness.UNKNOWN, words.text, words.evidence, numbers.wbc_above.source)
    wbc, blasts = counts.newest("blood_count", "wbc"), counts.newest("blood_count", "pb_blasts_pct")
    limit, share = numbers.wbc_above.value, numbers.blasts_above_pct.value
    found = (over(counts.fresh(wbc), "wbc", limit), over(counts.fresh(blasts), "pb_blasts_pct", share))
    status = Readiness.READY if False in found else Readiness.UNKNOWN if None in found else Readiness.NOT_READY
    shown = f"{_shown('leukocytes', wbc, 'wbc', counts)}, {_shown('blasts in blood', blasts, 'pb_blasts_pct', counts)}"
    against = f"above {number_text(limit)} ×10⁹/L with more than {percent(share)} blasts collection is not advisable"
    evidence = tuple(dict.fromkeys(entry.id for entry in (wbc, blasts) if entry is not None))
    return ReadinessPart("APH-2", status, f"{shown}; {against}", evidence, numbers.wbc_above.source)


_BY_WASHOUT = {
    WashoutStatus.CONFLICT: Readiness.NOT_READY,
    WashoutStatus.UNKNOWN: Readiness.UNKNOWN,
    WashoutStatus.CAUTION: Readiness.CAUTION,
    WashoutStatus.NO_INTERVAL: Readiness.CAUTION,
    WashoutStatus.CLEAR: Readiness.READY,
}


def _washed_out(scene: Scene, rows: tuple[Washout, ...]) -> ReadinessPart:
    """APH-3: the gravest wash-outs before the apheresis; agents without an interval are a caution.

    Where all are clear, the one that came clear last is named. Without such a therapy on record nothing is known,
    unless the chart is said to hold all of it.
    """
    if not rows:
        if history_is_complete(scene):
            text, evidence = "no agent with a wash-out before the apheresis", ids(scene.kinds.get("referral", ())[-1:])
            return ReadinessPart("APH-3", Readiness.READY, text, evidence, "myers_2023")
        text = (
            "not known: no agent with a wash-out recorded before it,"
            " and no referral says that all earlier therapy is in the chart"
        )
        return ReadinessPart("APH-3", Readiness.UNKNOWN, text, (), "myers_2023")
    status = worst(_BY_WASHOUT[row.status] for row in rows)
    decisive = [row for row in rows if _BY_WASHOUT[row.status] is status]
    evidence = tuple(dict.fromkeys(one for row in decisive for one in row.evidence))
    if status is Readiness.READY:
        last = max(decisive, key=lambda row: row.clear_from or date.min)
        return ReadinessPart("APH-3", status, f"{_all_clear(decisive)}{last.text}", evidence, last.source)
    return ReadinessPart("APH-3", status, "; ".join(row.text for row in decisive), evidence, decisive[0].source)


def _all_clear(rows: Sequence[Washout]) -> str:
    agents = len({row.agent for row in rows})
    return "" if agents == 1 else f"all {agents} agents are clear, the last to come clear: "

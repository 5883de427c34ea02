"""ICAHT: early neutropenia by its duration, late neutropenia by its nadir (icaht_2023)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from bedside.chart.assessment import ClosedBy
from bedside.chart.derived.haematotoxicity import EarlyIcaht, Icaht, LateIcaht
from bedside.chart.formats import date_text, day_text, number_text
from bedside.logic.course import CourseRecord
from bedside.logic.criteria import Words
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_SCALE = 100  # interpolated counts are rounded to 0.01 × 10⁹/L, ten cells per µL
_NEVER_ABOVE = 4


def icaht(scene: Scene) -> Icaht | None:
    """Return early and late ICAHT of the newest course; None before an infusion.

    One value a day, the lowest; gaps between two counts of up to `longest_gap_days` are interpolated, longer ones
    stay unknown. Runs are joined unless neutrophils stay above the limit for `stable_days`. A run that begins by
    `begins_by_day` and lasts to the last count before a death in the window, or to one no further from its end than a
    gap that is filled, is grade 4: that counts were not taken is not neutropenia. A contested count leaves unknown
    what it would count for.
    """
    record = scene.record
    if record is None:
        return None
    source = scene.knowledge.haematotoxicity.early_severe.source
    until = record.counts_until(scene.today)
    counts = [
        entry
        for entry in scene.kinds.get("blood_count", ())
        if entry.anc is not None and record.facts.day0 <= entry.at.day <= until
    ]
    return Icaht(_early_told(scene, record, counts, until), _late_told(scene, record, counts), source)


def _early_told(scene: Scene, record: CourseRecord, counts: Sequence[Any], until: date) -> EarlyIcaht:
    """Early ICAHT, unknown while a count up to the last that can fill its window is contested."""
    numbers = scene.knowledge.haematotoxicity.numbers
    words = _contested(scene, record, 0, int(numbers.early_last_day.value + numbers.longest_gap_days.value) + 1)
    if words is None:
        return _early(scene, record, counts, until)
    return EarlyIcaht(None, 0, 0, 0, 0, 0, False, words.text, words.evidence)


def _late_told(scene: Scene, record: CourseRecord, counts: Sequence[Any]) -> LateIcaht:
    """Late ICAHT, unknown while a count of its days is contested."""
    numbers = scene.knowledge.haematotoxicity.numbers
    words = _contested(scene, record, int(numbers.early_last_day.value) + 1, int(numbers.late_last_day.value))
    if words is None:
        return _late(scene, record, counts)
    return LateIcaht(None, None, words.text, words.evidence)


def _contested(scene: Scene, record: CourseRecord, first: int, last: int) -> Words | None:
    """The words of contested neutrophil counts of some days after day 0, None without any."""
    day0, until = record.facts.day0, record.counts_until(scene.today)

    def bears(entry: Any) -> bool:
        return entry.anc is not None and entry.at.day <= until and first <= (entry.at.day - day0).days <= last

    found = scene.contested_of("blood_count", bears=bears)
    return conflict_words(found) if found else None


def _early(scene: Scene, record: CourseRecord, counts: Sequence[Any], until: date) -> EarlyIcaht:
    numbers, tables = scene.knowledge.haematotoxicity.numbers, scene.knowledge.haematotoxicity
    day0, last_day = record.facts.day0, int(numbers.early_last_day.value)
    window = [entry for entry in counts if (entry.at.day - day0).days <= last_day]
    if not window:
        return EarlyIcaht(
            None, 0, 0, 0, 0, 0, False, f"not known: no neutrophil count from D0 to {day_text(last_day)}", ()
        )
    longest_gap = int(numbers.longest_gap_days.value)
    near = [entry for entry in counts if (entry.at.day - day0).days <= last_day + longest_gap + 1]
    by_day = {day: value for day, value in daily(near, day0, longest_gap).items() if day <= last_day}
    severe = _runs(by_day, numbers.severe_anc.value, int(numbers.stable_days.value))
    profound = _runs(by_day, numbers.profound_anc.value, int(numbers.stable_days.value))
    longest, deepest = _longest(severe), _longest(profound)
    so_far = min((until - day0).days, last_day)
    complete = len(by_day) == so_far + 1
    grade = max(tables.early_severe.grade(longest), tables.early_profound.grade(deepest))
    died = record.end is not None and record.end.by is ClosedBy.DEATH
    told_to_the_end = died or so_far == last_day <= max(by_day) + longest_gap
    if severe and severe[-1][0] <= numbers.begins_by_day.value and severe[-1][1] == max(by_day) and told_to_the_end:
        grade = _NEVER_ABOVE
    known = f"{len(by_day)} of {so_far + 1} days known"
    text = f"longest run {longest} d up to {number_text(numbers.severe_anc.value)}, {deepest} d up to "
    text += f"{number_text(numbers.profound_anc.value)} ×10⁹/L; {known}"
    return EarlyIcaht(
        grade=grade,
        longest_days_severe=longest,
        longest_days_profound=deepest,
        days_severe=sum([value <= numbers.severe_anc.value for value in by_day.values()]),
        days_profound=sum([value <= numbers.profound_anc.value for value in by_day.values()]),
        days_known=len(by_day),
        complete=complete,
        text=f"{'' if complete else 'at least '}grade {grade}{'' if died or so_far == last_day else ' so far'}: {text}",
        evidence=ids(window),
    )


def daily(counts: Sequence[Any], day0: date, longest_gap: int) -> dict[int, float]:
    """Return neutrophils by day after day 0: the lowest of each, gaps up to `longest_gap` days interpolated."""
    lowest: dict[int, float] = {}
    for entry in counts:
        day = (entry.at.day - day0).days
        lowest[day] = min(entry.anc, lowest.get(day, entry.anc))
    filled = dict(lowest)
    for before, after in pairwise(sorted(lowest)):
        if after - before - 1 <= longest_gap:
            step = (lowest[after] - lowest[before]) / (after - before)
            for day in range(before + 1, after):
                filled[day] = round((lowest[before] + step * (day - before)) * _SCALE) / _SCALE
    return dict(sorted(filled.items()))


def _runs(by_day: dict[int, float], limit: float, stable: int) -> list[tuple[int, int]]:
    """The runs of days up to a limit, first and last day; a recovery shorter than `stable` days does not end one."""
    low = [day for day, value in by_day.items() if value <= limit]
    runs: list[tuple[int, int]] = []
    for day in low:
        between = range(runs[-1][1] + 1, day) if runs else range(0)
        joined = bool(runs) and len(between) < stable and all(one in by_day for one in between)
        if joined:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _longest(runs: Sequence[tuple[int, int]]) -> int:
    return max((last - first + 1 for first, last in runs), default=0)


def _late(scene: Scene, record: CourseRecord, counts: Sequence[Any]) -> LateIcaht:
    """After early ICAHT to the last day of late ICAHT, or to further therapy: the nadir.

    A single low day among several is transient.
    """
    numbers, table = scene.knowledge.haematotoxicity.numbers, scene.knowledge.haematotoxicity.late
    first, last = int(numbers.early_last_day.value) + 1, int(numbers.late_last_day.value)
    day0, further = record.facts.day0, record.facts.further
    if further is not None:
        last = min(last, (further.at.day - day0).days)
    held = [entry for entry in counts if first <= (entry.at.day - day0).days <= last]
    if not held:
        before = "" if further is None else f" and before further therapy on {date_text(further.at.day)}"
        window = f"from {day_text(first)} to {day_text(int(numbers.late_last_day.value))}"
        return LateIcaht(None, None, f"not known: no neutrophil count {window}{before}", ())
    lowest = min(held, key=lambda entry: entry.anc)
    low_days = {entry.at.day for entry in held if entry.anc <= table.highest_anc[-1]}
    single, transient = len({entry.at.day for entry in held}) == 1, len(low_days) == 1
    grade = table.grade(lowest.anc) if single or not transient else 0
    text = f"grade {grade}: lowest {number_text(lowest.anc)} ×10⁹/L, {date_text(lowest.at.day)}"
    if single:
        text += "; counts of a single day, none other to confirm it"
    elif transient:
        text += "; one low day among several is transient"
    return LateIcaht(grade, lowest.anc, text, ids(held))

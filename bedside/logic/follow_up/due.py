"""What is due, done and overdue after the infusion (DUE-*)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from bedside.chart.assessment import ClosedBy
from bedside.chart.derived.follow_up import Due
from bedside.chart.derived.opinion import OpinionVerdict, SecondOpinion
from bedside.chart.enums import Finding, ImagingMethod, Marker, MrdMethod
from bedside.chart.formats import date_text
from bedside.chart.moments import add_months
from bedside.knowledge.families.follow_up import ScheduledItem
from bedside.logic.course import CourseRecord
from bedside.logic.follow_up.due_before import due_before_infusion
from bedside.logic.follow_up.due_repeated import repeated
from bedside.logic.scene import Scene

_AFTER_END = ("igg",)
_BY_DNA = (MrdMethod.PCR, MrdMethod.NGS)


def due(scene: Scene, opinion: SecondOpinion) -> tuple[Due, ...]:
    """Return what is due, in the order of the due dates, with what was done in each window (a policy throughout).

    Overdue counts from the due date and only once the window has closed. Nothing is due after death; after relapse or
    HSCT IgG alone. Before the infusion: CD19 after CD19-directed therapy, and intrathecal therapy.
    """
    record = scene.record
    if "death" in scene.kinds:
        return ()
    if record is None or scene.way_since is not None:
        return tuple(due_before_infusion(scene))
    found = [*_scheduled(scene, record)]
    if record.end is None:
        found += [*repeated(scene, record), *_repeats(scene, record, opinion)]
    return tuple(sorted(found, key=lambda one: (one.due, one.what)))


def _scheduled(scene: Scene, record: CourseRecord) -> Iterator[Due]:
    ended = None if record.end is None else record.end.day
    if record.end is not None and record.end.by is ClosedBy.DEATH:
        return
    done_by: dict[str, list[Any]] = {}
    for item in scene.knowledge.schedule.items.values():
        if item.only is not None and not _ONLY[item.only](scene):
            continue
        on = due_date(item, record.facts.day0)
        if ended is None or on < ended or item.what in _AFTER_END:
            if item.what not in done_by:
                done_by[item.what] = matching(scene, item.what)
            yield _due(scene, item, on, ended, done_by[item.what])


def due_date(item: ScheduledItem, day0: date) -> date:
    """Return the date on which an item falls due."""
    if item.month is not None:
        return add_months(day0, item.month)
    return day0 + timedelta(days=item.day or 0)


def _due(scene: Scene, item: ScheduledItem, on: date, ended: date | None, held: Sequence[Any]) -> Due:
    first, last = on - timedelta(days=item.days_before), on + timedelta(days=item.days_after)
    done = nearest(held, first, last, on)
    # What an end cut off before its window closed was never overdue.
    late = item.records and done is None and scene.today > last and (ended is None or ended > last)
    overdue = (scene.today - on).days if late and (ended is None or item.what in _AFTER_END) else 0
    text = f"{item.title}, {date_text(first)} to {date_text(last)}"
    if done is not None:
        text += f": done {date_text(done.at.day)}"
    elif not item.records:
        text += ": no field of the chart shows whether it was done"
    return Due(item.what, item.title, on, first, last, None if done is None else done.id, overdue, None, text,
               item.source, item.policy)  # fmt: skip


def nearest(entries: Sequence[Any], first: date, last: date, on: date) -> Any | None:
    """Return the entry of a window that is nearest to a date, the later one on a tie; None where there is none."""
    held = [entry for entry in entries if first <= entry.at.day <= last]
    if not held:
        return None
    return min(held, key=lambda entry: (abs((entry.at.day - on).days), -entry.at.day.toordinal()))


def matching(scene: Scene, what: str) -> list[Any]:
    """Return the entries that do what is due."""
    kind, accept = _DONE_BY[what]
    return [entry for entry in scene.kinds.get(kind, ()) if accept(entry)]


def _repeats(scene: Scene, record: CourseRecord, opinion: SecondOpinion) -> Iterator[Due]:
    """What a result asks to be repeated: a single recovered sample (BCA-3), NGS positive once (section 11)."""
    numbers = scene.knowledge.schedule.numbers
    aplasia = record.facts.aplasia
    if aplasia.rests_on_one_sample and aplasia.lost_on is not None:
        days = timedelta(days=int(numbers.repeat_cd19_days.value))
        yield _repeat(scene, "repeat_cd19", "Repeat of the CD19 count", aplasia.lost_on, days)
    if opinion.verdict is OpinionVerdict.REPEAT_NGS:
        marrows = {entry.id: entry.at.day for entry in scene.kinds.get("marrow", ())}
        shown = max((marrows[one] for one in opinion.evidence if one in marrows), default=None)
        if shown is not None:
            days = timedelta(days=int(numbers.repeat_ngs_days.value))
            yield _repeat(scene, "repeat_ngs", "Repeat of NGS", shown, days)


def _repeat(scene: Scene, what: str, title: str, after: date, days: timedelta) -> Due:
    on = after + days
    overdue = (scene.today - on).days if scene.today > on else 0
    text = f"{title} within {days.days} d of {date_text(after)}"
    return Due(what, title, on, after + timedelta(days=1), on, None, overdue, None, text, "bedside", policy=True)


def _by_dna(marrow: Any) -> bool:
    return any(result.method in _BY_DNA for result in marrow.mrd or ())


def _has_kmt2a(scene: Scene) -> bool:
    entry = scene.passed.gathered.history.genetics.get(Marker.KMT2A_R)
    return entry is not None and entry.result is Finding.PRESENT


def _had_extramedullary(scene: Scene) -> bool:
    day0 = scene.day0
    return any(
        entry.active and (day0 is None or entry.at.day <= day0) for entry in scene.kinds.get("extramedullary", ())
    )


_ONLY: dict[str, Callable[[Scene], bool]] = {"kmt2a_r": _has_kmt2a, "extramedullary": _had_extramedullary}
_DONE_BY: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "marrow_mrd": ("marrow", _by_dna),
    "csf": ("csf", lambda _: True),
    "cd19_negative_clone_search": ("marrow", lambda entry: entry.cd19_negative_clone is not None),
    "pet": ("extramedullary", lambda entry: entry.method is ImagingMethod.PET),
    "myeloid_markers": ("marrow", lambda _: False),
    "cd19_count": ("lymphocyte_subset", lambda entry: entry.cd19 is not None or entry.cd19_pct is not None),
    "igg": ("immunoglobulin", lambda entry: entry.igg is not None),
    "car_t_level": ("car_t_level", lambda _: True),
}

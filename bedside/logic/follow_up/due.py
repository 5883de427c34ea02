"""What is due, done and overdue after the infusion (DUE-*)."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from bedside.chart.derived.follow_up import Due
from bedside.chart.derived.opinion import SecondOpinion
from bedside.chart.entries import Entry, Marrow
from bedside.chart.enums import Finding, ImagingMethod, Marker, MrdMethod, NgsClone, RelapseSite
from bedside.chart.formats import date_text
from bedside.chart.moments import add_months
from bedside.knowledge.families.follow_up import Planned
from bedside.logic.course import CourseRecord
from bedside.logic.follow_up.due_again import asked_again
from bedside.logic.follow_up.due_before import due_before_infusion
from bedside.logic.follow_up.due_repeated import repeated
from bedside.logic.samples import NEGATIVE, mrd_state
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words

_AFTER_END = ("igg",)
_DATE_AND_WHAT = attrgetter("due", "what")
_BY_DNA = (MrdMethod.PCR, MrdMethod.NGS)
_OUTSIDE_MARROW = {RelapseSite.TESTIS, RelapseSite.OTHER_EXTRAMEDULLARY}


def due(scene: Scene, opinion: SecondOpinion) -> tuple[Due, ...]:
    """Return what is due, in the order of the due dates, with what was done in each window (a policy throughout).

    Overdue counts from the due date and only once the window has closed; a round is missed instead once a later round
    of the same item was done: it cannot be made up. Nothing is due after death; after relapse or
    HSCT IgG and the daily counts alone. Before the infusion: CD19 after CD19-directed therapy, and intrathecal therapy.
    """
    record = scene.record
    if "death" in scene.kinds:
        return ()
    if record is None or scene.way_since is not None:
        return tuple(due_before_infusion(scene))
    found = [*_scheduled(scene, record), *repeated(scene, record)]
    if record.end is None:
        found += asked_again(scene, record, opinion)
    return tuple(sorted(found, key=_DATE_AND_WHAT))


class Done(NamedTuple):
    """The entries that do something due, in order, with their days."""

    entries: Sequence[Any]
    days: Sequence[date]

    def nearest(self, first: date, last: date, on: date) -> Any | None:
        """Return the entry of a window that is nearest to a date, the later one on a tie; None where there is none."""
        held = self.entries[bisect_left(self.days, first) : bisect_right(self.days, last)]
        if len(held) < 2:
            return held[0] if held else None
        return min(held, key=lambda entry: (abs((entry.at.day - on).days), -entry.at.day.toordinal()))


def _scheduled(scene: Scene, record: CourseRecord) -> list[Due]:
    day0, ended = record.facts.day0, None if record.end is None else record.end.day
    done: dict[tuple[str, str | None], Done] = {}
    raised = {name for name, rule in _ONLY.items() if rule(scene)}
    found = []
    later: dict[str, Entry] = {}
    for item in reversed(scene.knowledge.schedule.plan):
        if item.only is not None and item.only not in raised:
            continue
        on = day0 + item.after if item.month is None else add_months(day0, item.month)
        if ended is not None and on >= ended and item.what not in _AFTER_END:
            continue
        if item.shown_by not in done:
            done[item.shown_by] = matching(scene, item)
        since = day0 if item.fixed else on
        days = (on, since + item.first, since + item.last)
        by = done[item.shown_by].nearest(days[1], days[2], on)
        found.append(_due(scene, item, days, by, later.get(item.what)))
        if by is not None:
            later[item.what] = by
    return found


def _due(scene: Scene, item: Planned, days: tuple[date, date, date], by: Entry | None, later: Entry | None) -> Due:
    """Say how an item stands; `days`: its due date, the first and the last day of its window.

    `by` did it; `later` did the next round of the same item that was done.
    """
    on, first, last = days
    text = f"{item.title}, {date_text(first)} to {date_text(last)}"
    overdue, missed = 0, False
    if by is not None:
        text += f": done {date_text(by.at.day)}"
    elif scene.conflicts and (contested := _contested(scene, item, first, last)):
        text += f": {conflict_words(contested).text}"
    elif not item.records:
        text += ": no field of the chart shows whether it was done"
    elif scene.today > last and later is not None:
        missed = True
        text += f": missed, the next one done {date_text(later.at.day)}"
    elif scene.today > last and _goes_on(scene, item):
        overdue = (scene.today - on).days
    return Due(item.what, item.title, on, first, last, None if by is None else by.id, overdue, None, text,
               item.source, item.policy, later.id if later is not None and missed else None)  # fmt: skip


def _goes_on(scene: Scene, item: Planned) -> bool:
    """Whether an item still falls due, which after the end of a course little does."""
    return not scene.closed or item.what in _AFTER_END


def _contested(scene: Scene, item: Planned, first: date, last: date) -> list[Entry]:
    """The contested entries of a window of which one may have done what is due."""
    return [entry for entry in scene.contested_of(_DONE_BY[item.what][0]) if first <= entry.at.day <= last]


def matching(scene: Scene, item: Planned) -> Done:
    """Return the entries that do what is due."""
    kind, accept = _DONE_BY[item.what]
    held = [entry for entry in scene.kinds.get(kind, ()) if accept(entry)]
    if item.mrd is not None:
        methods = _methods(scene, item)
        held = [entry for entry in held if _shows_mrd(entry, methods, scene.knowledge.numbers.mrd_cut_off)]
    return Done(held, [entry.at.day for entry in held])


def _methods(scene: Scene, item: Planned) -> Sequence[MrdMethod]:
    """The methods that count: at day 28 PCR or NGS; later NGS where a clone is informative, else any."""
    if item.mrd == "pcr_or_ngs":
        return _BY_DNA
    clones = [entry.ngs_clone for entry in scene.kinds.get("diagnosis", ()) if entry.ngs_clone is not None]
    return (MrdMethod.NGS,) if clones and clones[-1] is NgsClone.INFORMATIVE else tuple(MrdMethod)


def _shows_mrd(marrow: Marrow, methods: Sequence[MrdMethod], cut_off: float) -> bool:
    """Whether a marrow has a result of one of the methods that counts: evaluable, and sensitive enough if negative."""
    return any(result.method in methods and mrd_state(result, cut_off) >= NEGATIVE for result in marrow.mrd or ())


def _has_kmt2a(scene: Scene) -> bool:
    entry = scene.passed.gathered.history.genetics.get(Marker.KMT2A_R)
    return entry is not None and entry.result is Finding.PRESENT


def _had_extramedullary(scene: Scene) -> bool:
    day0 = scene.day0
    held = [entry for entry in scene.kinds.get("extramedullary", ()) if entry.active]
    held += [entry for entry in scene.kinds.get("relapse", ()) if not _OUTSIDE_MARROW.isdisjoint(entry.sites)]
    return any(day0 is None or entry.at.day <= day0 for entry in held)


_ONLY: dict[str, Callable[[Scene], bool]] = {"kmt2a_r": _has_kmt2a, "extramedullary": _had_extramedullary}
_DONE_BY: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "marrow_mrd": ("marrow", lambda _: True),
    "csf": ("csf", lambda _: True),
    "cd19_negative_clone_search": ("marrow", lambda entry: entry.cd19_negative_clone is not None),
    "pet": ("extramedullary", lambda entry: entry.method is ImagingMethod.PET),
    "myeloid_markers": ("marrow", lambda _: False),
    "cd19_count": ("lymphocyte_subset", lambda entry: entry.cd19 is not None or entry.cd19_pct is not None),
    "igg": ("immunoglobulin", lambda entry: entry.igg is not None),
    "car_t_level": ("car_t_level", lambda _: True),
}

"""What is due several times a day or daily in the first two weeks: one line each, with the last and the missed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from bedside.chart.derived.follow_up import Due
from bedside.chart.formats import at_text, date_text
from bedside.knowledge.families.follow_up import RepeatedItem
from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene

_AFTER_END = ("blood_count",)
_HOUR = timedelta(hours=1)

_DONE_BY: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "vitals": ("vitals", lambda _: True),
    "neuro": ("neuro", lambda _: True),
    "blood_count": ("blood_count", lambda _: True),
    "crp": ("chemistry", lambda entry: entry.crp is not None),
    "ferritin": ("chemistry", lambda entry: entry.ferritin is not None),
}


def repeated(scene: Scene, record: CourseRecord) -> Iterator[Due]:
    """Yield each repeated item while its days last; after relapse or HSCT the blood counts alone.

    After these days nothing: a missed round cannot be made up. The next round falls due on the day after the last
    one, or on day 0; from then on days count, before hours.
    """
    after = (scene.today - record.facts.day0).days
    for item in scene.knowledge.schedule.repeated.values():
        goes_on = record.end is None or item.what in _AFTER_END
        if goes_on and item.first_day <= after <= item.last_day:
            yield _due(scene, record, item)


def _due(scene: Scene, record: CourseRecord, item: RepeatedItem) -> Due:
    kind, accept = _DONE_BY[item.what]
    day0 = record.facts.day0
    held = [e for e in scene.kinds.get(kind, ()) if e.at.day >= day0 and accept(e)]
    last = held[-1] if held else None
    done = last if last is not None and last.at.day == scene.today else None
    on = scene.today if done is not None else day0 if last is None else last.at.day + timedelta(days=1)
    missed = (scene.today - day0).days + 1 - len({entry.at.day for entry in held})
    when = "never so far" if last is None else f"last {at_text(last.at)}"
    gaps = f"; {missed} of the days since {date_text(day0)} without" if missed else ""
    return Due(
        what=item.what,
        title=item.title,
        due=on,
        window_first=on,
        window_last=on,
        done_by=None if done is None else done.id,
        overdue_days=(scene.today - on).days,
        overdue_hours=_hours_overdue(scene, item, last) if on >= scene.today else None,
        text=f"{item.title} every {item.every_hours} h: {when}{gaps}",
        source=item.source,
        policy=item.policy,
    )


def _hours_overdue(scene: Scene, item: RepeatedItem, last: Any | None) -> int | None:
    """Whole hours by which the next round is late; None without a time to count from, or when it is not."""
    if last is None or last.at.instant is None or scene.as_of.instant is None:
        return None
    late = (scene.as_of.instant - last.at.instant) / _HOUR - item.every_hours
    return int(late) if late > 0 else None

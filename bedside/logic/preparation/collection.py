"""The CD3 cells collected for one product, on one day or on several (APH-5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from bedside.chart.derived.preparation import Readiness, ReadinessPart
from bedside.chart.entries import Apheresis
from bedside.chart.formats import date_text, number_text
from bedside.logic.preparation.stretch import way_now
from bedside.logic.scene import Scene
from bedside.logic.wording import ids


def collection(scene: Scene, day: date) -> list[Apheresis]:
    """Return the aphereses that make one collection with that of a day, in order; none where none is of that day.

    They follow each other no further apart than a collection is interrupted (a policy).
    """
    held: list[Apheresis] = []
    gap = timedelta(days=int(scene.knowledge.apheresis.numbers.collection_gap_days.value))
    for entry in reversed(way_now(scene).of(scene, "apheresis")):
        if entry.at.day == day or (held and entry.at.day < day and held[0].at.day - entry.at.day <= gap):
            held.insert(0, entry)
    return held


def collected_cells(scene: Scene, day: date) -> Iterator[ReadinessPart]:
    """Yield the CD3 cells of the collection of a day against what is wanted, where a yield is recorded (myers_2023).

    The yields of its days are added up. With too few and a day without a yield it is unknown; what was last judged not
    sufficient is never ready.
    """
    held = collection(scene, day)
    told = [entry.cd3_yield for entry in held if entry.cd3_yield is not None]
    if not told:
        return
    wanted, found = scene.knowledge.apheresis.numbers.cd3_yield, round(sum(told), 6)
    days = list(dict.fromkeys(entry.at.day for entry in held))
    missing = [one for one in days if all(entry.cd3_yield is None for entry in held if entry.at.day == one)]
    shown = f"{'at least ' if missing else ''}{number_text(found)} ×10⁹ CD3⁺ cells"
    if len(days) > 1:
        shown += f" on {len(days)} days ({', '.join(date_text(one) for one in days)})"
    if missing:
        shown += f", yield of {', '.join(date_text(one) for one in missing)} not recorded"
    status = Readiness.UNKNOWN if missing else Readiness.CAUTION
    insufficient = [entry.sufficient for entry in held if entry.sufficient is not None][-1:] == [False]
    if insufficient:
        shown += ", judged not sufficient"
    elif found >= wanted.value:
        status = Readiness.READY
    text = f"{shown} (wanted: {number_text(wanted.value)} ×10⁹, {wanted.text})"
    yield ReadinessPart("APH-5", status, text, ids(held), wanted.source)

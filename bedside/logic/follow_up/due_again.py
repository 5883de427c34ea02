"""What a result asks to be repeated: a single recovered CD19 count (BCA-3), NGS positive once."""

from collections.abc import Iterator
from datetime import date, timedelta

from bedside.chart.derived.follow_up import Due
from bedside.chart.derived.opinion import OpinionVerdict, SecondOpinion
from bedside.chart.formats import date_text
from bedside.knowledge.sourced import Threshold
from bedside.logic.course import CourseRecord
from bedside.logic.opinion.factors_after import course_samples
from bedside.logic.samples import NEGATIVE, POSITIVE
from bedside.logic.scene import Scene


def asked_again(scene: Scene, record: CourseRecord, opinion: SecondOpinion) -> Iterator[Due]:
    """Yield each repeat with the entry that did it, if there is one."""
    yield from _cd19(scene, record)
    yield from _ngs(scene, opinion)


def _cd19(scene: Scene, record: CourseRecord) -> Iterator[Due]:
    """The count after the one that shows loss of established aplasia, whatever it shows."""
    aplasia = record.facts.aplasia
    if aplasia.lost_on is None or aplasia.established_on is None:
        return
    after = [
        entry
        for entry in scene.kinds.get("lymphocyte_subset", ())
        if entry.at.day > aplasia.lost_on and (entry.cd19 is not None or entry.cd19_pct is not None)
    ]
    days = scene.knowledge.schedule.numbers.repeat_cd19_days
    done = after[0].id if after else None
    yield _again(scene, "repeat_cd19", "Repeat of the CD19 count", aplasia.lost_on, days, done)


def _ngs(scene: Scene, opinion: SecondOpinion) -> Iterator[Due]:
    """The result after the newest positive one; without one as long as the second opinion asks for it."""
    by_ngs = [sample for sample in course_samples(scene) if sample.ngs >= NEGATIVE]
    positive = [place for place, sample in enumerate(by_ngs) if sample.ngs == POSITIVE]
    if not positive:
        return
    shown, after = by_ngs[positive[-1]], by_ngs[positive[-1] + 1 :]
    if after or opinion.verdict is OpinionVerdict.REPEAT_NGS:
        days = scene.knowledge.schedule.numbers.repeat_ngs_days
        yield _again(scene, "repeat_ngs", "Repeat of NGS", shown.day, days, after[0].ids[0] if after else None)


def _again(scene: Scene, what: str, title: str, after: date, within: Threshold, done: str | None) -> Due:
    days = int(within.value)
    on = after + timedelta(days=days)
    overdue = (scene.today - on).days if done is None and scene.today > on else 0
    text = f"{title} within {days} d of {date_text(after)}{': done' if done else ''}"
    first = after + timedelta(days=1)
    return Due(what, title, on, first, on, done, overdue, None, text, within.source, policy=within.policy)

"""One pass over the live entries: facts grow, and the class at the end of each date is read off them on the way."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bedside.chart.assessment import ClassOnDate, RiskClass
from bedside.chart.entries import Entry
from bedside.logic.conflicts import overridden, touched_in
from bedside.logic.course import CourseRecord
from bedside.logic.criteria import ALL, Statuses
from bedside.logic.facts import CourseFacts, Setting
from bedside.logic.gather import Batch, Gathered
from bedside.logic.movers import DECISIVE, mover
from bedside.logic.risk import BEFORE_INFUSION, Verdict, judge, low_reachable
from bedside.logic.statuses import (
    at_day0,
    before_infusion,
    by_aplasia,
    by_expansion,
    by_further_therapy,
    by_genetics,
    by_marrow,
    earlier_therapy,
)

_DECISIVE = frozenset(DECISIVE)
_MARROW = frozenset(("time", "marrow", "remission"))
_APLASIA = frozenset(("time", "lymphocyte_subset", "therapy"))
_THERAPY = frozenset(("therapy", "referral", "expansion", "infusion"))
_ONE_DAY = timedelta(days=1)


class Standing:
    """The statuses of the newest course, kept by what they depend on so that only what changed is judged again."""

    def __init__(self, record: CourseRecord, today: date) -> None:
        self.record = record
        self._facts = record.facts
        self._end = record.end
        day = record.judged_on(today)
        self._fixed = at_day0(self._facts)
        self._genetics = by_genetics(self._facts.history)
        self._marrow = by_marrow(self._facts, day)
        self._aplasia = by_aplasia(self._facts, day)
        self._therapy = _by_therapy(self._facts)
        self.statuses = self._all()

    def refresh(self, batch: Batch, today: date) -> "Standing":
        """Judge again what a date's entries, or the passing of a window, can have changed."""
        if self._facts is not self.record.facts or self._end is not self.record.end:
            return Standing(self.record, today)
        day = self.record.judged_on(today)
        held = (self._genetics, self._marrow, self._aplasia, self._therapy)
        if "genetics" in batch:
            self._genetics = by_genetics(self._facts.history)
        if not _MARROW.isdisjoint(batch):
            self._marrow = by_marrow(self._facts, day)
        if not _APLASIA.isdisjoint(batch):
            self._aplasia = by_aplasia(self._facts, day)
        if not _THERAPY.isdisjoint(batch):
            self._therapy = _by_therapy(self._facts)
        if held != (self._genetics, self._marrow, self._aplasia, self._therapy):
            self.statuses = self._all()
        return self

    def _all(self) -> Statuses:
        """Every criterion in its place."""
        l1, l4, l5, a1, a5, a8, a9, a10 = self._fixed
        l2, a2, a3 = self._genetics
        l3, a4, a6, a11 = self._therapy
        l6, h1, h2, h3, a12 = self._marrow
        l7, h4, a7 = self._aplasia
        return (l1, l2, l3, l4, l5, l6, l7, h1, h2, h3, h4, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12)


def _by_therapy(facts: CourseFacts) -> Statuses:
    """L3, A4, A6, A11."""
    return (*earlier_therapy(facts), by_expansion(facts), by_further_therapy(facts))


class Pass:
    """What the pass leaves behind: facts, entries by kind, contested entries, and the rows of the history."""

    def __init__(self, setting: Setting, contested: frozenset[str] = frozenset()) -> None:
        self.gathered = Gathered(setting)
        self.kinds: defaultdict[str, list[Any]] = defaultdict(list)
        self.first_day = date.max
        self.contested: list[Entry] = []
        self.rows: list[ClassOnDate] = []
        self.setting = setting
        self._contested_ids = contested
        self._standing: Standing | None = None
        self._verdict = BEFORE_INFUSION
        self._shown = RiskClass.PENDING
        self._closings: list[date] = []

    @property
    def record(self) -> CourseRecord | None:
        """The newest course."""
        return self.gathered.record

    def run(self, entries: Sequence[Entry], today: date) -> None:
        """Take the live entries in the order of their dates, then let time pass until the end of `today`."""
        if entries:
            self.first_day = entries[0].at.day
        day, kinds, contested = self.first_day, self.kinds, self._contested_ids
        batch: Batch = {}
        for entry in entries:
            following = entry.at.day
            if following != day:
                self._end_day(day, batch)
                day = following
                if batch:
                    batch = {}
            kind = entry.kind
            if contested and entry.id in contested:
                kind = "contested"
            if kind in _DECISIVE:
                if kind in batch:
                    batch[kind].append(entry)
                else:
                    batch[kind] = [entry]
            kinds[kind].append(entry)
        if entries:
            self._end_day(day, batch)
        self._pass_time(today + _ONE_DAY)

    def statuses(self, today: date) -> tuple[Statuses, dict[str, tuple[str, ...]]]:
        """Return every criterion, and the contested entries of those that a conflict leaves unknown."""
        if self._standing is None or self.record is None:
            plain = before_infusion(self.gathered.history, self.setting, today)
        else:
            plain = self._standing.statuses
        if not self.contested:
            return plain, {}
        record = self.record
        facts, end = (None, None) if record is None else (record.facts, record.end)
        touched = touched_in(self.contested, facts, self.setting, None if end is None else end.day)
        return overridden(plain, touched), touched

    def verdict(self, today: date) -> Verdict:
        """Return the class on a day that nothing later than it has been taken for."""
        record = self.record
        statuses, _ = self.statuses(today)
        if record is None:
            return BEFORE_INFUSION._replace(low_reachable=low_reachable(statuses))
        return judge(statuses, record.facts.is_cd28, record.facts.aplasia.rests_on_one_sample)

    def _end_day(self, day: date, batch: Batch) -> None:
        """Add the row of a date with its decisive entries, or with none."""
        closings = self._closings
        if closings and closings[0] <= day:
            self._pass_time(day)
            if self._closings and self._closings[0] == day:
                batch["time"] = []
        if batch:
            self._add_row(day, *self._take_decisive(day, batch))
        else:
            held = self._verdict
            self.rows.append(ClassOnDate(day, held.risk_class, held.provisional, False, None, held.decided_by))

    def _take_decisive(self, day: date, batch: Batch) -> tuple[Verdict, str | None]:
        """Take what can move the class; return the class on that date, and the entry that moved it beyond time."""
        by_time = self._verdict
        if "time" in batch:
            self._closings.pop(0)
            by_time = self._judge({"time": []}, day)
        if "contested" in batch:
            self.contested += batch["contested"]
        gathered, standing = self.gathered, self._standing
        before: Statuses = () if standing is None else standing.statuses
        held = gathered.record
        gathered.take(day, batch)
        record = gathered.record
        if record is None:
            return BEFORE_INFUSION, None
        verdict = self._judge(batch, day)
        if verdict.risk_class is by_time.risk_class:
            return verdict, None
        after: Statuses = () if self._standing is None else self._standing.statuses
        changed = {name for name, old, new in zip(ALL, before, after, strict=False) if old != new}
        return verdict, mover(verdict, batch, record.facts, record is not held, changed)

    def _pass_time(self, until: date) -> None:
        """Judge again on the first day after each window that closes before `until`."""
        while self._closings and self._closings[0] < until:
            day = self._closings.pop(0)
            held = self._verdict
            verdict = self._judge({"time": []}, day)
            if verdict.risk_class is not held.risk_class:
                self._add_row(day, verdict, None)
            self._verdict = verdict

    def _judge(self, batch: Batch, day: date) -> Verdict:
        record, standing = self.gathered.record, self._standing
        if record is None:
            return BEFORE_INFUSION
        if standing is None or standing.record is not record:
            standing = Standing(record, day)
            self._closings = closings(record)
        else:
            standing = standing.refresh(batch, day)
        self._standing = standing
        if record.end is not None:
            self._closings = []
        if self.contested:
            return self.verdict(day)
        return judge(standing.statuses, record.facts.is_cd28, record.facts.aplasia.rests_on_one_sample)

    def _add_row(self, day: date, verdict: Verdict, moved_by: str | None) -> None:
        moved = verdict.risk_class is not self._shown
        self._shown, self._verdict = verdict.risk_class, verdict
        by = moved_by if moved else None
        self.rows.append(ClassOnDate(day, verdict.risk_class, verdict.provisional, moved, by, verdict.decided_by))


def closings(record: CourseRecord) -> list[date]:
    """Return the first days after the windows of a course, in order: where its class can change by time alone."""
    dates = record.facts.dates
    ends = {dates.day28_last, dates.ngs_last, dates.early_due, dates.long_due}
    return sorted(end + _ONE_DAY for end in ends)

"""Gathers the entries, date by date, into earlier history and courses with their results and ends."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bedside.chart.entries import Death, Hsct, Infusion, Relapse, Therapy
from bedside.chart.enums import InfusionRole, Intent, Route
from bedside.logic.aplasia import shown_by
from bedside.logic.course import CourseRecord, end_by, end_by_next, is_split, role_after
from bedside.logic.facts import CourseFacts, Feed, History, Setting, before
from bedside.logic.samples import Sample, sample_of

# The decisive entries of one date by kind.
Batch = dict[str, list[Any]]

_FED = frozenset(("marrow", "lymphocyte_subset", "therapy", "expansion", "remission", "referral", "infusion"))
_KEPT = frozenset(
    ("therapy", "genetics", "extramedullary", "product_release", "csf", "referral", "manufacturing", "diagnosis")
)
_STEPS = frozenset(("death", "hsct", "relapse", "infusion"))


class Gathered:
    """The facts so far; `record` is the newest course, `courses` all of them in order."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.history = History()
        self.record: CourseRecord | None = None
        self.courses: list[CourseRecord] = []
        self.stray: list[Infusion] = []
        self._interruptions: list[date] = []
        self._conditioning: list[date] = []

    def take(self, day: date, batch: Batch) -> None:
        """Add the decisive entries of the next date."""
        for kind in batch:
            if kind in _KEPT:
                self._keep(kind, batch[kind])
        sample = self._sample(day, batch["marrow"]) if "marrow" in batch else None
        if _STEPS.isdisjoint(batch):
            record = self.record
            if record is not None and record.end is None and not _FED.isdisjoint(batch):
                record.take(self._feed(day, batch, sample))
            return
        events = [event for kind in ("death", "hsct", "relapse") for event in batch.get(kind, ())]
        if any(not isinstance(event, Death) for event in events):
            self._interruptions.append(day)
        feed: Feed | None = None if _FED.isdisjoint(batch) else self._feed(day, batch, sample)
        if "infusion" in batch:
            feed = self._infuse(batch["infusion"], events, feed)
        self._follow(day, events, feed)

    def _keep(self, kind: str, entries: Sequence[Any]) -> None:
        """Keep what counts whatever the course."""
        history = self.history
        if kind == "therapy":
            self._keep_therapies(entries)
        elif kind == "genetics":
            for entry in entries:
                history.learn(entry)
        elif kind == "extramedullary":
            history.sites.update((entry.site, entry) for entry in entries)
        elif kind == "product_release":
            history.releases += entries
        elif kind == "csf":
            history.csf += entries
        else:
            setattr(history, kind, entries[-1])

    def _sample(self, day: date, marrows: Sequence[Any]) -> Sample:
        sample = sample_of(day, marrows, self.setting.knowledge.numbers)
        self.history.samples.append(sample)
        return sample

    def _keep_therapies(self, therapies: Sequence[Therapy]) -> None:
        agents = self.setting.knowledge.agents_with
        for therapy in therapies:
            if therapy.agent in agents["excludes_low_risk"]:
                self.history.excluding.append(therapy)
            if therapy.intent is Intent.CONDITIONING:
                self._conditioning.append(therapy.at.day)
            systemic = therapy.route is not Route.IT and therapy.agent in agents["anti_leukaemic"]
            if systemic and therapy.intent is not Intent.LYMPHODEPLETION:
                self.history.systemic.append(therapy)

    def _feed(self, day: date, batch: Batch, sample: Sample | None) -> Feed:
        counts = batch.get("lymphocyte_subset", ())
        subsets = tuple([entry for entry in counts if entry.cd19 is not None or entry.cd19_pct is not None])
        return Feed(
            day,
            sample,
            shown_by(subsets, self.setting.knowledge.recovery) if subsets else 0,
            subsets,
            tuple(batch.get("therapy", ())),
            tuple(batch.get("expansion", ())),
            tuple(batch.get("remission", ())),
            (),
            batch["referral"][-1] if "referral" in batch else None,
        )

    def _infuse(self, infusions: Iterable[Infusion], events: Sequence[Any], feed: Feed | None) -> Feed | None:
        """Give each infusion its place; return the feed with the reinfusions among them."""
        reinfusions: list[Infusion] = []
        for infusion in infusions:
            role = self.role(infusion)
            if role is InfusionRole.FIRST:
                self._begin(infusion, events, feed)
                reinfusions.clear()
            elif self.record is None:
                self.stray.append(infusion)
            else:
                self.record.infusions.append(infusion)
                if role is InfusionRole.REINFUSION and infusion.at.day > self.record.facts.day0:
                    reinfusions.append(infusion)
        return feed._replace(reinfusions=tuple(reinfusions)) if feed is not None and reinfusions else feed

    def role(self, infusion: Infusion) -> InfusionRole:
        """Return the role of an infusion that comes after everything gathered so far."""
        if infusion.role is not None:
            return infusion.role
        if self.record is not None:
            first = self.record.infusions[0]
            if is_split(infusion, first, self.setting.knowledge):
                return InfusionRole.SPLIT
            return role_after(first, infusion, self._interruptions)
        return role_after(self.stray[-1], infusion, self._interruptions) if self.stray else InfusionRole.FIRST

    def _begin(self, infusion: Infusion, events: Sequence[Any], feed: Feed | None) -> None:
        """Begin a course, and end the one before it."""
        if self.record is not None:
            self._end(infusion.at.day, events, feed)
            self.record.close(end_by_next(infusion), feed)
        start = before(infusion, self.history, self.setting)
        facts = CourseFacts(start, self.history, self.setting, self.history.referral)
        self.record = CourseRecord(facts, [infusion])
        self.courses.append(self.record)

    def _follow(self, day: date, events: Sequence[Any], feed: Feed | None) -> None:
        """Feed the course and end it where the date says so."""
        record = self.record
        if record is None:
            return
        if not self._end(day, events, feed) and record.end is None and feed is not None:
            record.take(feed)

    def _end(self, day: date, events: Sequence[Relapse | Hsct | Death], feed: Feed | None) -> bool:
        """End the newest course by the events of a date after its day 0; return whether its end is new."""
        record = self.record
        if record is None or not events or day <= record.facts.day0:
            return False
        knowledge = self.setting.knowledge
        ends = [end_by(event, record.facts.day0, self._conditioning, knowledge) for event in events]
        return record.close(min(ends, key=lambda end: end[:2]), feed)

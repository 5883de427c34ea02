"""Derives everything from a chart for one point in time: one pass over its entries, then words for what is shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from bedside.chart.assessment import (
    Aplasia,
    Assessment,
    Change,
    Course,
    MrdSample,
    Response,
    Risk,
)
from bedside.chart.entries import Entry
from bedside.chart.live import Conflict, Journal, in_order, resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.tables import Knowledge
from bedside.logic import alerts
from bedside.logic.aplasia_words import interval
from bedside.logic.cns import cns_class, cns_remission
from bedside.logic.course import CourseRecord
from bedside.logic.criteria import LOW, NOT_DUE, PLACE, UNKNOWN, WORDS, Statuses
from bedside.logic.facts import Setting
from bedside.logic.families import families, family_alerts
from bedside.logic.history import Pass
from bedside.logic.phase import Way, way
from bedside.logic.response import response_at_day28
from bedside.logic.risk import changes
from bedside.logic.samples import Sample
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words, criteria
from bedside.logic.verdict_words import event_headline, headline, meaning, missing
from bedside.logic.wording import Case, marrow_words


def assess(
    chart: Chart,
    as_of: AsOf,
    knowledge: Knowledge,
    *,
    known_at: datetime | None = None,
    jurisdiction: str = "eu",
    app_version: str,
) -> Assessment:
    """Return everything that the rulebook derives from a chart, as of a date (its end) or an instant.

    `known_at` hides what was recorded later. What is not derived is None.
    """
    scene = scene_of(chart.patient, resolve(chart.entries, known_at), as_of, knowledge, jurisdiction)
    passed, today = scene.passed, scene.today
    shown = _Shown(passed, passed.setting, today, scene.conflicts)
    risk, bca, response = _risk(shown), shown.bca(), shown.response()
    derived = families(scene)
    step = way(passed.kinds, passed.gathered.courses, passed.first_day, today, knowledge.numbers)
    record = passed.record
    return Assessment(
        mrn=chart.patient.mrn,
        as_of=as_of.text,
        knowledge=knowledge.sha256,
        app_version=app_version,
        phase=step.phase,
        day=None if record is None else (today - record.facts.day0).days,
        day0=None if record is None else record.facts.day0,
        closed_by=None if record is None or record.end is None else record.end.by,
        closed_on=None if record is None or record.end is None else record.end.day,
        headline=risk.headline if record is None or record.end is None else event_headline(record),
        conflicts=tuple(entry.id for entry in _all_of(shown.conflicts)),
        courses=tuple(_course(held) for held in passed.gathered.courses),
        phases=step.spans,
        risk=risk,
        cns_class=cns_class(passed.gathered.history.csf, knowledge.numbers.cns3_leukocytes_per_ul),
        cns_remission=cns_remission(passed.gathered.history.csf),
        bca=bca,
        second_interval=shown.second_interval(),
        response=response,
        mrd=_mrd(passed.gathered.history.samples, record),
        alerts=(*_alerts(shown, step, response), *family_alerts(scene, derived)),
        centre=knowledge.centre,
        **derived,
    )


def scene_of(patient: Patient, journal: Journal, as_of: AsOf, knowledge: Knowledge, jurisdiction: str = "eu") -> Scene:
    """Return what the rule families look at: the entries that count at a point, gathered in one pass."""
    passed, today = gather(journal, as_of, Setting(knowledge, patient.birth_date, jurisdiction))
    return Scene(patient, as_of, today, passed, knowledge, jurisdiction, _conflicts(journal, as_of))


def gather(journal: Journal, as_of: AsOf, setting: Setting) -> tuple[Pass, date]:
    """Take the live and the contested entries up to a point in one pass; return it with the day that is judged."""
    entries: Sequence[Entry] = journal.live
    contested = _all_of(journal.conflicts)
    if contested:
        entries = in_order((*entries, *contested))
    if as_of.instant is None:
        counted = [entry for entry in entries if entry.at.day <= as_of.day and entry.kind != "void"]
    else:
        counted = [entry for entry in entries if as_of.covers(entry.at) and entry.kind != "void"]
    passed = Pass(setting, frozenset(entry.id for entry in contested))
    # An entry made in an offset ahead of the instant's own can bear the next local date.
    today = max(as_of.day, counted[-1].at.day) if counted else as_of.day
    passed.run(counted, today)
    return passed, today


def _conflicts(journal: Journal, as_of: AsOf) -> tuple[Conflict, ...]:
    """The conflicts of which an entry counts, or would count, by the point in time."""
    return tuple(c for c in journal.conflicts if any(as_of.covers(entry.at) for entry in c.entries))


def _all_of(conflicts: Iterable[Conflict]) -> tuple[Entry, ...]:
    """The entries of conflicts, each once: a correction of a contested correction stands in two."""
    return tuple({entry.id: entry for conflict in conflicts for entry in conflict.entries}.values())


class _Shown(NamedTuple):
    """The pass, and what is needed to put it into words for one day."""

    passed: Pass
    setting: Setting
    today: date
    conflicts: tuple[Conflict, ...]

    @property
    def judged_on(self) -> date:
        record = self.passed.record
        return self.today if record is None else record.judged_on(self.today)

    @property
    def closed(self) -> bool:
        return self.passed.record is not None and self.passed.record.end is not None

    @property
    def case(self) -> Case:
        record = self.passed.record
        facts = None if record is None else record.facts
        return Case(self.setting, self.passed.gathered.history, facts, self.judged_on, self.counted_until, self.closed)

    @property
    def counted_until(self) -> date:
        """The last day whose results count."""
        record = self.passed.record
        return self.today if record is None else record.counts_until(self.today)

    def bca(self) -> Aplasia:
        record = self.passed.record
        track = None if record is None else record.facts.aplasia
        return interval(track, self.setting.knowledge.recovery, conflict=self._counts_in_conflict())

    def second_interval(self) -> Aplasia | None:
        record = self.passed.record
        if record is None or record.facts.second_interval is None:
            return None
        definition, conflict = self.setting.knowledge.recovery, self._counts_in_conflict()
        return interval(record.facts.second_interval, definition, record.facts.day0, conflict)

    def _counts_in_conflict(self) -> str:
        """The words of contested lymphocyte subsets of the course; empty without one."""
        record = self.passed.record
        contested = [
            entry
            for entry in _all_of(self.conflicts)
            if record is not None
            and entry.kind == "lymphocyte_subset"
            and record.facts.day0 < entry.at.day <= self.counted_until
        ]
        return conflict_words(contested).text if contested else ""

    def response(self) -> Response | None:
        record = self.passed.record
        if record is None:
            return None
        facts, kinds = record.facts, self.passed.kinds
        contested = [entry for entry in _all_of(self.conflicts) if entry.kind in {"marrow", "remission"}]
        remissions = kinds.get("remission", ())
        return response_at_day28(facts, facts.history.samples, remissions, self.counted_until, contested)

    def contested(self, touched: Mapping[str, Sequence[str]]) -> dict[str, tuple[Entry, ...]]:
        """The entries of every conflict that leaves a criterion unknown."""
        return {
            name: _all_of(c for c in self.conflicts if any(entry.id in touching for entry in c.entries))
            for name, touching in touched.items()
        }


def _risk(shown: _Shown) -> Risk:
    passed, setting, record = shown.passed, shown.setting, shown.passed.record
    statuses, touched = passed.statuses(shown.today)
    verdict = passed.verdict(shown.today)
    told = criteria(shown.case, statuses, shown.contested(touched))
    reachable = verdict.low_reachable and not shown.closed
    return Risk(
        class_=verdict.risk_class,
        provisional=verdict.provisional,
        low_reachable=reachable,
        headline=headline(
            verdict, record, told, infusion_contested=any(e.kind == "infusion" for e in passed.contested)
        ),
        meaning=meaning(verdict, record, passed.kinds.get("decision", ())),
        decided_by=verdict.decided_by,
        missing=missing(told, setting.knowledge.criteria, record, touched, shown.today),
        criteria=told,
        what_would_change=_changes(statuses, record),
        low_needs=_low_needs(statuses) if reachable else (),
        history=tuple(passed.rows),
    )


def _changes(statuses: Statuses, record: CourseRecord | None) -> tuple[Change, ...]:
    if record is None:
        return ()
    found = changes(statuses, record.facts.is_cd28, closed=record.end is not None)
    return tuple(Change(criterion=name, if_=WORDS[outcome], class_=then) for name, outcome, then in found)


def _low_needs(statuses: Statuses) -> tuple[str, ...]:
    return tuple(name for name in LOW if statuses[PLACE[name]] in {UNKNOWN, NOT_DUE})


def _course(record: CourseRecord) -> Course:
    infusion = record.facts.before.infusion
    return Course(
        day0=record.facts.day0,
        infusion=infusion.id,
        product=infusion.product.value,
        costimulation=record.facts.before.costimulation,
        infusions=tuple(entry.id for entry in record.infusions),
        closed_by=None if record.end is None else record.end.by,
        closed_on=None if record.end is None else record.end.day,
    )


def _mrd(samples: Sequence[Sample], record: CourseRecord | None) -> tuple[MrdSample, ...]:
    """Each marrow entry with the status of its date's sample."""
    day0 = None if record is None else record.facts.day0
    return tuple(
        MrdSample(
            entry=entry.id,
            date=sample.day,
            day=None if day0 is None else (sample.day - day0).days,
            status=sample.status,
            text=marrow_words(sample, blasts=True),
        )
        for sample in samples
        for entry in sample.entries
    )


def _alerts(shown: _Shown, step: Way, response: Response | None) -> list[Any]:
    passed, record, knowledge = shown.passed, shown.passed.record, shown.setting.knowledge
    samples = passed.gathered.history.samples
    found = [*alerts.conflict_alerts(shown.conflicts)]
    found += alerts.relapse_alerts(samples, passed.kinds, knowledge.numbers.disease_blasts_pct)
    found += alerts.response_alerts(response)
    if record is not None:
        track = record.facts.aplasia
        if record.end is None:
            found += alerts.aplasia_alerts(track)
        if "death" not in passed.kinds:
            found += alerts.haematogone_alerts(track, passed.kinds.get("marrow", ()))
            found += alerts.igg_alerts(track, passed.kinds, knowledge)
    found += alerts.order_alerts(step.out_of_order, passed.gathered.stray, record)
    return found

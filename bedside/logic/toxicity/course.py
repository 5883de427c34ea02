"""CRS and ICANS of the newest course: every entry graded in turn, overrides beside, then the summary (TOX-1 to 6)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.derived.toxicity import GradedEntry, Proposal, Toxicity
from bedside.chart.entries import GradeOverride, Neuro, Vitals
from bedside.chart.enums import ToxicityScale
from bedside.chart.formats import at_text, day_text
from bedside.chart.live import Conflict
from bedside.chart.moments import At, completed_years
from bedside.logic.course import CourseRecord
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.toxicity.crs import propose_crs
from bedside.logic.toxicity.episodes import OpenEpisode, by_day, episodes
from bedside.logic.toxicity.icans import ice_score, propose_icans
from bedside.logic.toxicity.treatments import dampening_days, treatments
from bedside.logic.toxicity.windows import conflicts_about, deaths, graded_entries

NEVER = "never assessed"
_FATAL = 5

Graded = list[tuple[Entry, GradedEntry]]


def crs(scene: Scene) -> Toxicity:
    """Return CRS of the newest course from its vital signs (astct_2019).

    What was not recorded is no grade 0: without any vital signs, and before an infusion, `max_grade` is None.
    Contested entries are named and do not count.
    """
    record = scene.record
    if record is None:
        return _before_infusion(scene)
    entries = graded_entries(scene, record, ToxicityScale.CRS)
    return _summary(scene, record, _grade_vitals(scene, record, entries), ToxicityScale.CRS)


def icans(scene: Scene) -> Toxicity:
    """Return ICANS of the newest course from its neurological assessments (astct_2019), as `crs` does."""
    record = scene.record
    if record is None:
        return _before_infusion(scene)
    graded: Graded = []
    overrides = _overrides(scene, ToxicityScale.ICANS)
    for neuro in graded_entries(scene, record, ToxicityScale.ICANS):
        proposal = propose_icans(neuro, scene.knowledge.toxicity, years=_years(scene, neuro))
        graded.append((neuro, _graded(neuro, proposal, overrides, record.facts.day0)))
    return _summary(scene, record, graded, ToxicityScale.ICANS)


def _before_infusion(scene: Scene) -> Toxicity:
    source = scene.knowledge.toxicity.astct.source
    return Toxicity(None, False, None, None, None, (), (), (), (), None, "not infused yet", source)


def _years(scene: Scene, entry: Entry) -> int:
    return completed_years(scene.patient.birth_date, entry.at.day)


def _grade_vitals(scene: Scene, record: CourseRecord, entries: Sequence[Vitals]) -> Graded:
    """Grade in order, as fever is no longer needed once something was given in an open episode."""
    tables, overrides = scene.knowledge.toxicity, _overrides(scene, ToxicityScale.CRS)
    episode = OpenEpisode(timedelta(hours=tables.episode_gap_hours.value))
    given = dampening_days(scene)
    found: Graded = []
    for vitals in entries:
        first = episode.first_day if episode.is_open(vitals.at) else None
        dampened = first is not None and any(first <= day <= vitals.at.day for day in given)
        proposal = propose_crs(vitals, tables, years=_years(scene, vitals), fever_needed=not dampened)
        grade = _graded(vitals, proposal, overrides, record.facts.day0)
        if grade.grade:
            episode.take(vitals.at)
        found.append((vitals, grade))
    return found


def _overrides(scene: Scene, scale: ToxicityScale) -> dict[str, GradeOverride]:
    """The newest override of each entry."""
    return {entry.of: entry for entry in scene.kinds.get("grade_override", ()) if entry.scale is scale}


def _graded(entry: Entry, proposal: Proposal, overrides: dict[str, GradeOverride], day0: date) -> GradedEntry:
    override, earlier = overrides.get(entry.id), overrides.get(entry.supersedes or "")
    asked = [proposal.question] if proposal.question else []
    if override is None and earlier is not None:
        was = f"overridden to grade {earlier.grade} ({earlier.reason})"
        asked.append(f"Before its correction it was {was}: does that still hold?")
    return GradedEntry(
        entry=entry.id,
        at=entry.at.text,
        day=(entry.at.day - day0).days,
        grade=proposal.grade if override is None else override.grade,
        at_least=proposal.at_least and override is None,
        missing=proposal.missing,
        text=proposal.text,
        question=" ".join(asked),
        proposed=proposal.grade,
        override=None if override is None else override.grade,
        override_reason=None if override is None else override.reason,
        override_entry=None if override is None else override.id,
    )


def _summary(scene: Scene, record: CourseRecord, graded: Graded, scale: ToxicityScale) -> Toxicity:
    tables, day0 = scene.knowledge.toxicity, record.facts.day0
    graded = [*graded, *_fatal(scene, record, scale)]
    known = [(entry, grade) for entry, grade in graded if grade.grade is not None]
    positive = [(entry, grade) for entry, grade in known if grade.grade]
    highest = max((grade.grade or 0 for _, grade in known), default=None)
    onset = positive[0][0].at.day if positive else None
    last = positive[-1][0].at.day if positive else None
    conflicts = conflicts_about(scene, record, scale)
    gap = timedelta(hours=tables.episode_gap_hours.value)
    now = At("", scene.today, scene.as_of.instant)
    return Toxicity(
        max_grade=highest,
        at_least=bool(conflicts) or any(grade.at_least and grade.grade == highest for _, grade in known),
        onset_day=None if onset is None else (onset - day0).days,
        last_day=None if last is None else (last - day0).days,
        duration_days=None if onset is None or last is None else (last - onset).days + 1,
        by_entry=tuple(grade for _, grade in graded),
        episodes=episodes(graded, day0, gap, now),
        by_day=by_day(graded, day0),
        treatments=treatments(scene, day0),
        last_assessed=known[-1][0].at.text if known else None,
        text=_text(highest, known, conflicts, day0),
        source=tables.astct.source,
        baseline=_baseline(scene, day0) if scale is ToxicityScale.ICANS else None,
    )


def _fatal(scene: Scene, record: CourseRecord, scale: ToxicityScale) -> Graded:
    """A death of the toxicity itself is grade 5, whatever was graded before."""
    proposal, overrides = Proposal(_FATAL, False, (), f"death of {scale.value.upper()}"), _overrides(scene, scale)
    return [
        (death, _graded(death, proposal, overrides, record.facts.day0))
        for death in deaths(scene, record)
        if death.cause.value == scale.value
    ]


def _text(highest: int | None, known: Graded, conflicts: Sequence[Conflict], day0: date) -> str:
    """The highest grade, after the conflicts that may change it."""
    contested = [conflict_words(conflict.entries).text for conflict in conflicts]
    if not contested:
        return _highest_words(highest, known, day0)
    graded = [] if highest is None else [f"without them {_highest_words(highest, known, day0)}"]
    return "; ".join([*contested, *graded])


def _highest_words(highest: int | None, known: Graded, day0: date) -> str:
    if highest is None:
        return NEVER
    entry, grade = next((entry, grade) for entry, grade in known if grade.grade == highest)
    least = "at least " if grade.at_least else ""
    return f"{least}grade {highest}, {at_text(entry.at)} ({day_text((entry.at.day - day0).days)}): {grade.text}"


def _baseline(scene: Scene, day0: date) -> str | None:
    """The newest score before infusion."""
    first = day0 - timedelta(days=int(scene.knowledge.toxicity.baseline_days.value))
    scored = [e for e in scene.kinds.get("neuro", ()) if first <= e.at.day <= day0 and _score_words(e)]
    return f"{_score_words(scored[-1])}, {at_text(scored[-1].at)}" if scored else None


def _score_words(neuro: Neuro) -> str:
    ice: Any = ice_score(neuro)
    parts = [f"ICE {ice}"] if ice is not None else []
    return ", ".join(parts if neuro.capd is None else [*parts, f"CAPD {neuro.capd}"])

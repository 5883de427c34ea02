"""Derives what is asked for from a chart for one point in time, after one pass over its entries."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from bedside.chart.assessment import Assessment
from bedside.chart.entries import Entry
from bedside.chart.live import Conflict, Journal, in_order, resolve, up_to
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.tables import Knowledge
from bedside.logic.facts import Setting
from bedside.logic.history import Pass
from bedside.logic.parts import PARTS, Parts
from bedside.logic.scene import Scene, entries_in


def assess(
    chart: Chart,
    as_of: AsOf,
    knowledge: Knowledge,
    *,
    known_at: datetime | None = None,
    jurisdiction: str = "eu",
    app_version: str,
) -> Assessment:
    """Return everything that the rules derive from a chart, as of a date (its end) or an instant.

    `known_at` hides what was recorded later. What is not derived is None.
    """
    journal = resolve(chart.entries, known_at)
    return assess_journal(chart.patient, journal, as_of, knowledge, jurisdiction=jurisdiction, app_version=app_version)


def assess_journal(
    patient: Patient, journal: Journal, as_of: AsOf, knowledge: Knowledge, *, jurisdiction: str, app_version: str
) -> Assessment:
    """Return what `assess` does, of the entries that are known to count."""
    scene = scene_of(patient, journal, as_of, knowledge, jurisdiction)
    return Assessment(
        mrn=patient.mrn,
        as_of=as_of.text,
        knowledge=knowledge.sha256,
        app_version=app_version,
        **parts_of(scene, PARTS),
    )


def parts_of(scene: Scene, names: Iterable[str]) -> dict[str, Any]:
    """Return the named parts of an assessment by field, in the order given; nothing else is derived."""
    parts = Parts(scene)
    return {name: parts[name] for name in names}


def scene_of(patient: Patient, journal: Journal, as_of: AsOf, knowledge: Knowledge, jurisdiction: str = "eu") -> Scene:
    """Return what the rule families look at: the entries that count at a point, gathered in one pass."""
    passed, today = gather(journal, as_of, Setting(knowledge, patient.birth_date, jurisdiction))
    return Scene(patient, as_of, today, passed, knowledge, jurisdiction, _conflicts(journal, as_of))


def gather(journal: Journal, as_of: AsOf, setting: Setting) -> tuple[Pass, date]:
    """Take the live and the contested entries up to a point in one pass; return it with the day that is judged."""
    entries: Sequence[Entry] = journal.live
    contested = entries_in(journal.conflicts)
    if contested:
        entries = in_order((*entries, *contested))
    counted = [entry for entry in up_to(entries, as_of) if entry.kind != "void"]
    passed = Pass(setting, frozenset(entry.id for entry in contested))
    # An entry made in an offset ahead of the instant's own can bear the next local date.
    today = max(as_of.day, counted[-1].at.day) if counted else as_of.day
    passed.run(counted, today)
    return passed, today


def _conflicts(journal: Journal, as_of: AsOf) -> tuple[Conflict, ...]:
    """The conflicts of which an entry counts, or would count, by the point in time."""
    return tuple(c for c in journal.conflicts if any(as_of.covers(entry.at) for entry in c.entries))

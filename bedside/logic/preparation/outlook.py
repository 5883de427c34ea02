"""What would be so if apheresis or infusion took place on other dates than the recorded ones (WSH-1, APH-1)."""

from collections.abc import Mapping
from datetime import date

from bedside.chart.derived.washout import Outlook, Washout
from bedside.chart.enums import Milestone
from bedside.logic.preparation.apheresis import apheresis
from bedside.logic.preparation.washout import administrations, washout
from bedside.logic.preparation.washout_judged import first_dates
from bedside.logic.scene import Scene


def outlook(scene: Scene, dates: Mapping[Milestone, date]) -> Outlook:
    """Return wash-out and readiness as they would be on these dates, recorded ones for milestones that are not named.

    Nothing is stored by it. Where data are missing the same is unknown as on the recorded dates (feuchtinger_2024,
    myers_2023).
    """
    rows = washout(scene, dates)
    readiness = apheresis(scene, rows, dates.get(Milestone.APHERESIS))
    return Outlook(dates, rows, readiness, _stop_by(scene, rows))


def _stop_by(scene: Scene, rows: tuple[Washout, ...]) -> dict[tuple[str, Milestone], date]:
    """The last day of each agent that is still given, so that the date keeps its minimum; none once that is past."""
    open_ = {(held.agent, held.name): held for held in administrations(scene) if held.entry.stop is None}
    found = {}
    for row in rows:
        held, milestone = open_.get((row.agent, row.washout_class)), Milestone(row.milestone)
        interval = None if held is None else held.interval(milestone)
        if row.date is None or not row.planned or held is None or interval is None or not interval.is_known:
            continue
        needed = first_dates(row.date, interval, scene.knowledge)[0] - row.date
        if row.date - needed >= scene.today:
            found[row.agent, milestone] = row.date - needed
    return found

"""Planning: what apheresis and infusion would meet on other dates; nothing is stored by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bedside.chart.assessment import Assessment
from bedside.chart.derived.washout import Outlook
from bedside.chart.enums import Milestone
from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import scene_of
from bedside.logic.preparation.milestones import milestones
from bedside.logic.preparation.outlook import outlook
from bedside.logic.scene import Scene
from bedside.service.read import Opened

MOST_ALTERNATIVES = 5
_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Planning:
    """A patient at one point, ready to be held against any date."""

    scene: Scene
    assessment: Assessment

    def recorded(self) -> dict[Milestone, tuple[date, bool]]:
        """Return the dates as recorded, each with whether it took place; contested ones are left out."""
        held = milestones(self.scene)
        return {one: (known.day, known.done) for one, known in held.items() if known.day is not None}

    def on(self, dates: Mapping[Milestone, date]) -> Outlook:
        """Return what would be so on these dates."""
        return outlook(self.scene, dates)

    def alternatives(self, milestone: Milestone, day: date) -> tuple[date, ...]:
        """Return dates worth comparing: this one, the later ones on which an agent comes clear, and a week after."""
        rows = [row for row in self.on({milestone: day}).washout if row.milestone == milestone]
        clear = sorted({row.clear_from for row in rows if row.clear_from is not None and row.clear_from > day})
        found = [day, *clear[-(MOST_ALTERNATIVES - 2) :]]
        return (*found, found[-1] + _A_WEEK)


def planning(opened: Opened, knowledge: Knowledge) -> Planning:
    """Return the opened patient ready for planning, at the point that is shown."""
    as_of = AsOf.parse(opened.assessment.as_of)
    scene = scene_of(opened.chart.patient, opened.journal, as_of, knowledge, opened.jurisdiction)
    return Planning(scene, opened.assessment)

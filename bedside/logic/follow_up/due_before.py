"""What is due before the infusion: CD19 after CD19-directed therapy, and intrathecal therapy (DUE, ELI-4, BRG-9)."""

from collections.abc import Iterator
from datetime import date, timedelta

from bedside.chart.derived.follow_up import Due
from bedside.chart.enums import Cd19, Milestone, Route
from bedside.chart.formats import date_text, label
from bedside.logic.preparation.milestones import milestones
from bedside.logic.scene import Scene


def due_before_infusion(scene: Scene) -> Iterator[Due]:
    """Yield what is due while the infusion lies ahead; without a planned date CD19 is due today (a policy)."""
    planned = milestones(scene).get(Milestone.INFUSION)
    infusion = None if planned is None else planned.day
    yield from _cd19(scene, infusion)
    yield from _intrathecal(scene)


def _cd19(scene: Scene, infusion: date | None) -> Iterator[Due]:
    directed = scene.knowledge.agents_with["cd19_directed"]
    given = [therapy for therapy in scene.kinds.get("therapy", ()) if therapy.agent in directed]
    if not given:
        return
    last = given[-1]
    after = last.stop or last.at.day
    measured = [
        entry
        for entry in scene.kinds.get("marrow", ())
        if entry.cd19 not in {None, Cd19.UNKNOWN} and entry.at.day > last.at.day
    ]
    on = infusion or max(scene.today, after)
    title = "CD19 again after CD19-directed therapy"
    text = f"{title}: {label(last.agent)} from {date_text(last.at.day)}"
    done = measured[-1].id if measured else None
    overdue = (scene.today - on).days if done is None and scene.today > on else 0
    yield Due("cd19_remeasurement", title, on, after, on, done, overdue, None, text, "myers_2023", policy=True)


def _intrathecal(scene: Scene) -> Iterator[Due]:
    days = scene.knowledge.schedule.numbers.intrathecal_days
    given = [therapy for therapy in scene.kinds.get("therapy", ()) if therapy.route is Route.IT]
    if not given:
        return
    last = max(therapy.stop or therapy.at.day for therapy in given)
    on = last + timedelta(days=int(days.value))
    overdue = (scene.today - on).days if scene.today > on else 0
    text = f"Intrathecal therapy at least every {int(days.value)} d: last {date_text(last)}"
    yield Due("intrathecal", "Intrathecal therapy", on, last, on, None, overdue, None, text, days.source, policy=True)

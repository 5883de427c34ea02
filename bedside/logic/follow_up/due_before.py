"""What is due before the infusion: CD19 after CD19-directed therapy, and intrathecal therapy (DUE, ELI-4, BRG-9)."""

from collections.abc import Iterator
from datetime import date, timedelta

from bedside.chart.derived.follow_up import Due
from bedside.chart.enums import Cd19, Milestone, Product, Route, Target
from bedside.chart.formats import date_text, label
from bedside.logic.cns import cns_remission
from bedside.logic.preparation.milestones import milestones
from bedside.logic.scene import Scene

Directed = tuple[date, date, str]
"""CD19-directed therapy: its last day, its first day, the agent."""


def due_before_infusion(scene: Scene) -> Iterator[Due]:
    """Yield what is due while the infusion lies ahead; without a planned date CD19 is due today (a policy)."""
    planned = milestones(scene).get(Milestone.INFUSION)
    infusion = None if planned is None else planned.day
    yield from _cd19(scene, infusion)
    yield from _intrathecal(scene)


def _cd19(scene: Scene, infusion: date | None) -> Iterator[Due]:
    """CD19 again after the newest CD19-directed therapy, CAR T cells of an earlier course among them (ELI-4)."""
    given = sorted([*_therapies(scene), *_car_t_cells(scene)])
    if not given:
        return
    after, began, agent = given[-1]
    measured = [
        entry
        for entry in scene.kinds.get("marrow", ())
        if entry.cd19 not in {None, Cd19.UNKNOWN} and entry.at.day >= after and entry.at.day > began
    ]
    on = infusion or max(scene.today, after)
    title = "CD19 again after CD19-directed therapy"
    text = f"{title}: {label(agent)} from {date_text(began)}"
    done = measured[-1].id if measured else None
    overdue = (scene.today - on).days if done is None and scene.today > on else 0
    yield Due("cd19_remeasurement", title, on, after, on, done, overdue, None, text, "myers_2023", policy=True)


def _therapies(scene: Scene) -> Iterator[Directed]:
    directed = scene.knowledge.agents_with["cd19_directed"]
    for therapy in scene.kinds.get("therapy", ()):
        if therapy.agent in directed:
            yield therapy.stop or therapy.at.day, therapy.at.day, therapy.agent


def _car_t_cells(scene: Scene) -> Iterator[Directed]:
    for infusion in scene.kinds.get("infusion", ()):
        known = infusion.target is None and infusion.product is not Product.OTHER
        if known or infusion.target in {Target.CD19, Target.CD19_CD22}:
            yield infusion.at.day, infusion.at.day, infusion.product.value


def _intrathecal(scene: Scene) -> Iterator[Due]:
    """The next intrathecal therapy: after the last one, or after the apheresis if none is recorded on this way."""
    numbers, since = scene.knowledge.schedule.numbers, scene.way_since
    dates = scene.knowledge.numbers.cns_remission_dates
    in_cns = cns_remission(scene.passed.gathered.history.csf, dates) is False
    days = numbers.intrathecal_cns_days if in_cns else numbers.intrathecal_days
    given = [
        min(therapy.stop or therapy.at.day, scene.today)
        for therapy in scene.kinds.get("therapy", ())
        if therapy.route is Route.IT and (since is None or therapy.at.day > since)
    ]
    collected = [e.at.day for e in scene.kinds.get("apheresis", ()) if since is None or e.at.day > since]
    if not given and not collected:
        return
    last = max(given) if given else collected[-1]
    on = last + timedelta(days=int(days.value))
    overdue = (scene.today - on).days if scene.today > on else 0
    so_far = f"last {date_text(last)}" if given else f"none recorded, apheresis {date_text(last)}"
    text = f"Intrathecal therapy at least every {int(days.value)} d: {so_far}"
    if in_cns:
        text += "; CNS not in remission"
    yield Due("intrathecal", "Intrathecal therapy", on, last, on, None, overdue, None, text, days.source, policy=True)

"""What wash-out asks a person to look at: conflicts with a milestone, and T-cell-toxic agents during aplasia."""

from collections.abc import Iterator
from datetime import date

from bedside.chart.assessment import Alert, AlertLevel, BcaStatus
from bedside.chart.derived.washout import Washout, WashoutStatus
from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent, Route
from bedside.chart.formats import date_text, label
from bedside.logic.scene import Scene

_LEVELS = {WashoutStatus.CONFLICT: AlertLevel.WARNING, WashoutStatus.CAUTION: AlertLevel.CAUTION}


def washout_alerts(scene: Scene, rows: tuple[Washout, ...]) -> Iterator[Alert]:
    """Yield the conflicts and cautions before a planned milestone that still lies ahead, then WSH-2."""
    for row in rows:
        level = _LEVELS.get(row.status)
        if level is not None and row.date is not None and row.planned and row.date >= scene.today:
            yield Alert(level=level, rule="WSH-1", text=f"Wash-out: {row.text}", evidence=row.evidence)
    yield from _during_aplasia(scene)


def _during_aplasia(scene: Scene) -> Iterator[Alert]:
    """A T-cell-toxic agent after day 0 for another reason than toxicity (WSH-2; buechner_2022, myers_2023)."""
    record = scene.record
    if record is None or record.end is not None or record.facts.aplasia.status is not BcaStatus.ONGOING:
        return
    day0, toxic = record.facts.day0, scene.knowledge.agents_with["t_cell_toxic"]
    for therapy in scene.kinds.get("therapy", ()):
        if therapy.agent in toxic and _is_given_after(therapy, day0) and _is_systemic_for_another_reason(therapy):
            text = (
                f"{label(therapy.agent)} from {date_text(therapy.at.day)} while B-cell aplasia lasts: toxic to T cells"
            )
            yield Alert(level=AlertLevel.CAUTION, rule="WSH-2", text=text, evidence=(therapy.id,))


def _is_given_after(therapy: Therapy, day0: date) -> bool:
    """Whether it was given after day 0; begun before with a stop that nobody knows, it was not said to be."""
    if therapy.at.day > day0:
        return True
    return not therapy.stop_unknown if therapy.stop is None else therapy.stop > day0


def _is_systemic_for_another_reason(therapy: Therapy) -> bool:
    return therapy.intent is not Intent.TOXICITY and therapy.route is not Route.IT and not therapy.physiological

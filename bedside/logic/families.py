"""Every rule family beside the risk class: what each adds to the assessment, and their alerts."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bedside.chart.assessment import Alert
from bedside.logic.follow_up.due import due
from bedside.logic.follow_up.kinetics import kinetics
from bedside.logic.follow_up.outcome import outcome, relapse
from bedside.logic.opinion.differences import differences
from bedside.logic.opinion.hsct_panel import hsct_panel
from bedside.logic.opinion.second_opinion import second_opinion
from bedside.logic.preparation.apheresis import apheresis
from bedside.logic.preparation.bridging import bridging
from bedside.logic.preparation.earliest import earliest
from bedside.logic.preparation.indication import indication, situations
from bedside.logic.preparation.infusion import infusion
from bedside.logic.preparation.lymphodepletion import lymphodepletion
from bedside.logic.preparation.washout import washout
from bedside.logic.preparation.washout_alerts import washout_alerts
from bedside.logic.scene import Scene
from bedside.logic.toxicity.course import crs, icans
from bedside.logic.toxicity.icaht import icaht
from bedside.logic.toxicity.iec_hs import iec_hs
from bedside.logic.toxicity.toxicity_alerts import toxicity_alerts

Derived = dict[str, Any]
"""The values of the families by their field in `Assessment`."""


RULES: Mapping[str, Callable[[Scene, Derived], Any]] = {
    "indication": lambda scene, _: indication(scene),
    "situations": lambda scene, _: situations(scene),
    "washout": lambda scene, _: washout(scene),
    "washout_earliest": lambda scene, _: earliest(scene),
    "apheresis": lambda scene, derived: apheresis(scene, derived["washout"]),
    "bridging": lambda scene, _: bridging(scene),
    "lymphodepletion": lambda scene, _: lymphodepletion(scene),
    "infusion": lambda scene, _: infusion(scene),
    "crs": lambda scene, _: crs(scene),
    "icans": lambda scene, _: icans(scene),
    "icaht": lambda scene, _: icaht(scene),
    "iec_hs": lambda scene, _: iec_hs(scene),
    "kinetics": lambda scene, _: kinetics(scene),
    "second_opinion": lambda scene, _: second_opinion(scene),
    "differences": lambda scene, _: differences(scene),
    "hsct": lambda scene, derived: hsct_panel(scene, derived["second_opinion"], derived["risk"]),
    "due": lambda scene, derived: due(scene, derived["second_opinion"]),
    "relapse": lambda scene, _: relapse(scene),
    "outcome": lambda scene, _: outcome(scene),
}
"""The families by their field, each after those it rests on."""


def family_alerts(scene: Scene, derived: Derived) -> Iterator[Alert]:
    """Yield what the families find that a person should look at, in the order of their rules."""
    yield from washout_alerts(scene, derived["washout"])
    yield from toxicity_alerts(derived["crs"], derived["icans"], scene.knowledge.toxicity.alert_grade.value)

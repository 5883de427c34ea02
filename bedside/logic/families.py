"""Every rule family beside the risk class, asked in turn: the values of the assessment and their alerts."""

from collections.abc import Iterator
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


def families(scene: Scene) -> Derived:
    """Return what each rule family derives, by its field in `Assessment`."""
    against = washout(scene)
    opinion = second_opinion(scene)
    return {
        "indication": indication(scene),
        "situations": situations(scene),
        "apheresis": apheresis(scene, against),
        "washout": against,
        "washout_earliest": earliest(scene),
        "crs": crs(scene),
        "icans": icans(scene),
        "icaht": icaht(scene),
        "iec_hs": iec_hs(scene),
        "bridging": bridging(scene),
        "lymphodepletion": lymphodepletion(scene),
        "infusion": infusion(scene),
        "kinetics": kinetics(scene),
        "second_opinion": opinion,
        "differences": differences(scene),
        "hsct": hsct_panel(scene, opinion),
        "relapse": relapse(scene),
        "outcome": outcome(scene),
        "due": due(scene, opinion),
    }


def family_alerts(scene: Scene, derived: Derived) -> Iterator[Alert]:
    """Yield what the families find that a person should look at, in the order of the rulebook."""
    yield from washout_alerts(scene, derived["washout"])
    yield from toxicity_alerts(derived["crs"], derived["icans"])

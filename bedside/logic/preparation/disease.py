"""What the chart says of the disease before an infusion: relapses, refractoriness, CD19, in words and with evidence."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from bedside.chart.entries import Relapse
from bedside.chart.enums import Cd19, Intent, RelapseImmunophenotype, RemissionResponse, TherapyResponse
from bedside.chart.enums import Indication as Referred
from bedside.chart.formats import date_text, label
from bedside.chart.live import in_order
from bedside.logic.preparation.stretch import Stretch
from bedside.logic.relapses import OneRelapse, relapses
from bedside.logic.scene import Scene, once
from bedside.logic.wording import ids

_REFERRED: dict[Referred, frozenset[str]] = {
    Referred.PRIMARY_REFRACTORY: frozenset(("refractory",)),
    Referred.REFRACTORY_RELAPSE: frozenset(("refractory", "any_relapse")),
    Referred.FIRST_RELAPSE: frozenset(("any_relapse",)),
    Referred.SECOND_OR_LATER_RELAPSE: frozenset(("any_relapse", "second_relapse")),
    Referred.POST_HSCT_RELAPSE: frozenset(("any_relapse", "post_hsct_relapse")),
}
_EVERYTHING = frozenset(("refractory", "any_relapse", "second_relapse", "post_hsct_relapse"))
_AT_RELAPSE = {
    RelapseImmunophenotype.CD19_POSITIVE: Cd19.POSITIVE,
    RelapseImmunophenotype.CD19_DIM: Cd19.DIM,
    RelapseImmunophenotype.CD19_NEGATIVE: Cd19.NEGATIVE,
}


class DiseaseState(NamedTuple):
    """Needs of labels that hold, needs that are not settled, words and evidence."""

    holds: frozenset[str]
    unsettled: frozenset[str]
    words: str
    evidence: tuple[str, ...]


class Measured(NamedTuple):
    """A result for CD19 with its entry."""

    cd19: Cd19
    entry: Any


def relapses_before(scene: Scene, way: Stretch) -> list[OneRelapse]:
    """Return the relapses up to the infusion."""
    return [one for one in relapses(scene) if one.day <= way.last_day(scene)]


def transplants_before(scene: Scene, way: Stretch) -> list[Any]:
    """Return the HSCT up to the infusion."""
    return [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day <= way.last_day(scene)]


def referral_of(scene: Scene, way: Stretch) -> Any | None:
    """Return the newest referral of the way, None without one."""
    return next(reversed(way.of(scene, "referral")), None)


@once
def disease_state(scene: Scene, way: Stretch) -> DiseaseState:
    """Return what relapses, transplants, responses and the referral say of the disease before the infusion.

    Refractory: referred as such, or the last response recorded since the last relapse is none (buechner_2022). A need
    that entries which are missing could still meet is unsettled.
    """
    earlier, transplants = relapses_before(scene, way), transplants_before(scene, way)
    referral = referral_of(scene, way)
    referred = None if referral is None else referral.indication
    holds = set(_REFERRED.get(referred, ())) if referred is not None else set()
    if earlier:
        holds.add("any_relapse")
    if len(earlier) > 1:
        holds.add("second_relapse")
    if transplants and any(one.day > transplants[0].at.day for one in earlier):
        holds.add("post_hsct_relapse")
    unresponsive = _without_response(scene, way, earlier)
    if unresponsive:
        holds.add("refractory")
    entries = [entry for one in earlier for entry in one.entries]
    evidence = (*ids(entries), *ids(transplants), *ids(unresponsive), *(() if referral is None else (referral.id,)))
    words = _words(earlier, bool(unresponsive), referred)
    if holds:
        return DiseaseState(frozenset(holds), _unsettled(holds, earlier, bool(transplants), referred), words, evidence)
    if referred is Referred.MRD_PERSISTENCE:
        return DiseaseState(frozenset(), frozenset(), words, evidence)
    return DiseaseState(frozenset(), _EVERYTHING, "whether the disease is refractory or relapsed", evidence)


def _without_response(scene: Scene, way: Stretch, earlier: Sequence[OneRelapse]) -> tuple[Any, ...]:
    """The entry of the last response before the infusion, if that is none, and no relapse came after."""
    last = way.last_day(scene)
    told = [
        *scene.kinds.get("remission", ()),
        *(
            therapy
            for therapy in scene.kinds.get("therapy", ())
            if therapy.intent in {Intent.FRONTLINE, Intent.SALVAGE}
            and therapy.response in {TherapyResponse.CR, TherapyResponse.NO_CR}
        ),
    ]
    since = earlier[-1].day if earlier else None
    told = [entry for entry in told if entry.at.day <= last and (since is None or entry.at.day >= since)]
    if not told:
        return ()
    newest = max(told, key=lambda entry: getattr(entry, "stop", None) or entry.at.day)
    none = newest.response in {TherapyResponse.NO_CR, RemissionResponse.NO_RESPONSE}
    return (newest,) if none else ()


def _unsettled(
    holds: set[str], earlier: Sequence[OneRelapse], transplanted: bool, referred: Referred | None
) -> frozenset[str]:
    """The needs that relapses could meet which the referral tells of and the chart does not hold."""
    if earlier or referred is None or "any_relapse" not in holds:
        return frozenset()
    found = set() if referred is Referred.FIRST_RELAPSE else {"second_relapse"}
    return frozenset(found | ({"post_hsct_relapse"} if transplanted else set())) - holds


def _words(earlier: Sequence[OneRelapse], unresponsive: bool, referred: Referred | None) -> str:
    number = len(earlier)
    words = (
        "no relapse recorded"
        if not number
        else "one relapse recorded"
        if number == 1
        else f"{number} relapses recorded"
    )
    words += ", no remission by the last response" if unresponsive else ""
    return words if referred is None else f"{words}, referred for {label(referred.value)}"


@once
def measured_cd19(scene: Scene, way: Stretch) -> list[Measured]:
    """Return every result for CD19 up to the infusion, in order: of diagnosis, marrow, and relapse."""
    last = way.last_day(scene)
    found = {
        entry.id: Measured(cd19, entry)
        for kind in ("diagnosis", "marrow", "relapse")
        for entry in scene.kinds.get(kind, ())
        if entry.at.day <= last and (cd19 := _cd19_of(entry)) is not None
    }
    return [found[entry.id] for entry in in_order(one.entry for one in found.values())]


def _cd19_of(entry: Any) -> Cd19 | None:
    if isinstance(entry, Relapse):
        return None if entry.immunophenotype is None else _AT_RELAPSE.get(entry.immunophenotype)
    cd19: Cd19 | None = entry.cd19
    return None if cd19 is Cd19.UNKNOWN else cd19


class Directed(NamedTuple):
    """A CD19-directed therapy: its first and last day up to the infusion, words, entry."""

    last: date
    first: date
    words: str
    entry: str


def cd19_directed(scene: Scene, way: Stretch) -> Directed | None:
    """Return the CD19-directed therapy before the infusion that ended last, an earlier CAR T-cell product included."""
    before = way.last_day(scene)
    agents = scene.knowledge.agents_with["cd19_directed"]
    found = [
        Directed(min(t.stop or t.at.day, before), t.at.day, f"{label(t.agent)} {date_text(t.at.day)}", t.id)
        for t in scene.kinds.get("therapy", ())
        if t.agent in agents and t.at.day < before
    ]
    for infusion in (one for record in scene.courses for one in record.infusions):
        if infusion.at.day < before and _against_cd19(infusion, scene):
            name = infusion.product_name or label(infusion.product.value)
            words = f"{name} {date_text(infusion.at.day)}"
            found.append(Directed(infusion.at.day, infusion.at.day, words, infusion.id))
    return max(found, default=None)


def _against_cd19(infusion: Any, scene: Scene) -> bool:
    table = scene.knowledge.products.get(infusion.product)
    target = infusion.target.value if infusion.target is not None else None if table is None else table.target
    return target is not None and "cd19" in target

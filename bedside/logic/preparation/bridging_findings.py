"""What the sources say about this bridging (BRG-2 to BRG-15): each rule only where its datum is there."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.derived.preparation import Finding
from bedside.chart.entries import Relapse, Therapy
from bedside.chart.enums import Condition, ExtramedullarySite, RelapseSite, Route
from bedside.chart.enums import Indication as Referred
from bedside.chart.formats import date_text, label
from bedside.logic.preparation.blocks import depletion
from bedside.logic.scene import Scene
from bedside.logic.wording import ids, percent


class _Raised(NamedTuple):
    """A rule with the datum that raises it."""

    rule: str
    datum: str
    evidence: tuple[str, ...]


def findings(scene: Scene, given: Sequence[Therapy]) -> tuple[Finding, ...]:
    """Return the rules that the chart raises, in their order; what is not recorded raises none."""
    raised = [*_of_agents(scene, given), *_of_disease(scene), *_of_comorbidity(scene, given)]
    tables = scene.knowledge.bridging.findings
    order = list(tables)
    return tuple(
        Finding(one.rule, "flagged", f"{one.datum}: {tables[one.rule].text}", one.evidence,
                tables[one.rule].source, tables[one.rule].level)
        for one in sorted(raised, key=lambda one: order.index(one.rule))
    )  # fmt: skip


def _of_agents(scene: Scene, given: Sequence[Therapy]) -> Iterator[_Raised]:
    numbers = scene.knowledge.bridging.numbers
    systemic = [therapy for therapy in given if therapy.route is not Route.IT]
    until = _until(scene)
    weeks = (until - systemic[0].at.day).days / 7 if systemic else 0
    cycles = {therapy.cycle for therapy in systemic if therapy.cycle is not None}
    if len(cycles) > numbers.cycles_most.value or weeks > numbers.weeks_most.value:
        yield _Raised("BRG-2", f"{len(cycles) or 'unnumbered'} cycles, {weeks:.1f} weeks", ids(systemic))
    known = scene.knowledge.agents
    chemotherapy = {t.agent for t in systemic if t.agent in known and known[t.agent].display == "chemotherapy"}
    if len(chemotherapy) == 1 and len({therapy.agent for therapy in systemic}) == 1:
        yield _Raised("BRG-4", f"{label(next(iter(chemotherapy)))} alone", ids(systemic))
    for rule, agent in (("BRG-10", "blinatumomab"), ("BRG-11", "inotuzumab_ozogamicin")):
        held = [therapy for therapy in systemic if therapy.agent == agent]
        if held:
            yield _Raised(rule, f"{label(agent)} {date_text(held[0].at.day)}", ids(held))
    targeted = [t for t in systemic if t.agent in scene.knowledge.bridging.intensity.targeted]
    if targeted:
        yield _Raised("BRG-13", f"{label(targeted[0].agent)} {date_text(targeted[0].at.day)}", ids(targeted))
    if given and not any(therapy.route is Route.IT for therapy in given):
        yield _Raised("BRG-9", "no intrathecal therapy recorded while bridging", ids(given))


def _until(scene: Scene) -> date:
    block = depletion(scene)
    return block.start if block is not None else min(scene.today, scene.day0 or scene.today)


def _of_disease(scene: Scene) -> Iterator[_Raised]:
    numbers = scene.knowledge.bridging.numbers
    until = _until(scene)
    marrows = [e for e in scene.kinds.get("marrow", ()) if e.blasts_pct is not None and e.at.day <= until]
    if marrows and depletion(scene) is not None and marrows[-1].blasts_pct >= numbers.blasts_below_pct.value:
        datum = f"{percent(marrows[-1].blasts_pct)} blasts {date_text(marrows[-1].at.day)}"
        yield _Raised("BRG-3", datum, (marrows[-1].id,))
    loads = [e for e in scene.kinds.get("marrow", ()) if e.cd19_load_pct is not None and e.at.day <= until]
    if loads and loads[-1].cd19_load_pct < numbers.cd19_load_pct.value:
        yield _Raised("BRG-12", f"CD19⁺ load {percent(loads[-1].cd19_load_pct)}", (loads[-1].id,))
    relapses = [entry for entry in scene.kinds.get("relapse", ()) if entry.at.day <= until]
    transplants = [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day <= until]
    limit = timedelta(days=int(numbers.relapse_after_hsct_days.value))
    if relapses and transplants and timedelta(0) <= relapses[-1].at.day - transplants[-1].at.day <= limit:
        days = (relapses[-1].at.day - transplants[-1].at.day).days
        yield _Raised("BRG-5", f"relapse {days} d after HSCT", ids((relapses[-1], transplants[-1])))
    referral = scene.newest("referral")
    if referral is not None and referral.indication is Referred.PRIMARY_REFRACTORY:
        yield _Raised("BRG-6", "primary refractory", (referral.id,))
    yield from _of_sites(scene, until, relapses)


def _of_sites(scene: Scene, until: date, relapses: Sequence[Relapse]) -> Iterator[_Raised]:
    newest = {e.site: e for e in scene.kinds.get("extramedullary", ()) if e.at.day <= until}
    bulky = [e for e in newest.values() if e.active and (e.bulky or e.site is ExtramedullarySite.TESTIS)]
    if bulky:
        yield _Raised("BRG-14", f"{label(bulky[0].site.value)} {date_text(bulky[0].at.day)}", ids(bulky))
    csf = [entry for entry in scene.kinds.get("csf", ()) if entry.at.day <= until]
    in_cns = [entry for entry in csf[-1:] if entry.blasts or entry.neurological_signs]
    in_cns += [e for e in newest.values() if e.active and e.site is ExtramedullarySite.CNS_PARENCHYMA]
    if in_cns or (relapses and RelapseSite.CNS in relapses[-1].sites):
        shown = in_cns or [relapses[-1]]
        yield _Raised("BRG-15", f"CNS disease {date_text(shown[0].at.day)}", ids(shown))


def _of_comorbidity(scene: Scene, given: Sequence[Therapy]) -> Iterator[_Raised]:
    newest = {entry.condition: entry for entry in scene.kinds.get("comorbidity", ())}
    neuropathy, infected = newest.get(Condition.SEVERE_NEUROPATHY), newest.get(Condition.UNCONTROLLED_INFECTION)
    if neuropathy is not None and neuropathy.active:
        given_it = [therapy for therapy in given if therapy.agent == "vincristine"]
        said = "severe neuropathy, vincristine given" if given_it else "severe neuropathy"
        yield _Raised("BRG-7", said, (neuropathy.id, *ids(given_it)))
    if infected is not None and infected.active:
        yield _Raised("BRG-8", "uncontrolled infection", (infected.id,))

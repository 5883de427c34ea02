"""What the sources say about this bridging (BRG-2 to BRG-15): each rule only where its datum is there."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from bedside.chart.derived.preparation import Finding
from bedside.chart.entries import Comorbidity
from bedside.chart.enums import Condition, ExtramedullarySite, RelapseSite, Route
from bedside.chart.enums import Indication as Referred
from bedside.chart.formats import date_text, label
from bedside.logic.preparation.blocks import Bridged, collected_on, depletion, goes_past, weeks_text
from bedside.logic.preparation.infections import uncontrolled_infections
from bedside.logic.preparation.stretch import Stretch
from bedside.logic.relapses import OneRelapse, relapses
from bedside.logic.samples import Sample
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids, percent

_NEUROTOXICITY_BEFORE = (Condition.SEIZURE_HISTORY, Condition.LEUKOENCEPHALOPATHY)


class _Raised(NamedTuple):
    """A rule with the datum that raises it."""

    rule: str
    datum: str
    evidence: tuple[str, ...]


class _Case(NamedTuple):
    """The chart, the way, what was given on it, and the relapses up to lymphodepletion."""

    scene: Scene
    way: Stretch
    held: Bridged

    def until_depletion(self, kind: str) -> list[Any]:
        """The entries of a kind up to the start of lymphodepletion, of this way and before."""
        return [entry for entry in self.scene.kinds.get(kind, ()) if entry.at.day <= self.held.until]

    def relapses(self) -> list[OneRelapse]:
        """The relapses that began up to the start of lymphodepletion."""
        return [one for one in relapses(self.scene) if one.day <= self.held.until]

    def samples(self) -> list[Sample]:
        """The marrow samples with blasts of this way up to the start of lymphodepletion."""
        return [
            sample
            for sample in self.scene.passed.gathered.history.samples
            if sample.blasts_pct is not None and self.way.holds(sample.day) and sample.day <= self.held.until
        ]


def findings(scene: Scene, way: Stretch, held: Bridged) -> tuple[Finding, ...]:
    """Return the rules that the chart raises, in their order, and those that a conflict leaves unknown.

    What is not recorded raises none.
    """
    case = _Case(scene, way, held)
    raised = [*_of_length(case), *_of_agents(case), *_of_disease(case), *_of_sites(case), *_of_comorbidity(case)]
    told = [("flagged", one) for one in raised] + [("unknown", one) for one in _contested(case)]
    tables = scene.knowledge.bridging.findings
    order = list(tables)
    return tuple(
        Finding(one.rule, status, f"{one.datum}: {tables[one.rule].text}", one.evidence,
                tables[one.rule].source, tables[one.rule].level)
        for status, one in sorted(told, key=lambda each: order.index(each[1].rule))
    )  # fmt: skip


def _contested(case: _Case) -> Iterator[_Raised]:
    """The rules that would read a contested entry, which leaves them unknown."""
    if not case.scene.conflicts:
        return
    for rule, (kinds, reads) in _READ.items():
        held = case.scene.contested_of(*kinds, bears=partial(_bears, case, reads))
        if held:
            words = conflict_words(held)
            yield _Raised(rule, words.text, words.evidence)


def _bears(case: _Case, reads: Callable[[Any], bool], entry: Any) -> bool:
    return reads(entry) and entry.at.day <= case.held.until


def _is_any(_entry: Any) -> bool:
    return True


def _is_of(*conditions: Condition) -> Callable[[Any], bool]:
    return lambda entry: not isinstance(entry, Comorbidity) or entry.condition in conditions


_READ: Mapping[str, tuple[tuple[str, ...], Callable[[Any], bool]]] = {
    "BRG-3": (("marrow",), _is_any),
    "BRG-7": (("comorbidity",), _is_of(Condition.SEVERE_NEUROPATHY)),
    "BRG-8": (("infection", "comorbidity"), _is_of(Condition.UNCONTROLLED_INFECTION)),
    "BRG-14": (("extramedullary",), _is_any),
    "BRG-15": (("csf", "extramedullary", "comorbidity"), _is_of(*_NEUROTOXICITY_BEFORE)),
}
"""The kinds that a rule reads, and which entries of them."""


def _of_length(case: _Case) -> Iterator[_Raised]:
    """BRG-2: too many cycles, or too long."""
    numbers, held = case.scene.knowledge.bridging.numbers, case.held
    if held.cycles > numbers.cycles_most.value or timedelta(days=held.days) > timedelta(weeks=numbers.weeks_most.value):
        cycles = "1 cycle" if held.cycles == 1 else f"{held.cycles} cycles"
        yield _Raised("BRG-2", f"{cycles}, {held.days} days ({weeks_text(held.days)} weeks)", ids(held.systemic))


def _of_agents(case: _Case) -> Iterator[_Raised]:
    systemic, tables = case.held.systemic, case.scene.knowledge
    agents = {therapy.agent for therapy in systemic}
    alone = tables.agents.get(next(iter(agents))) if len(agents) == 1 else None
    if alone is not None and alone.display == "chemotherapy":
        yield _Raised("BRG-4", f"{alone.label} alone", ids(systemic))
    for rule, agent in (("BRG-10", "blinatumomab"), ("BRG-11", "inotuzumab_ozogamicin")):
        held = [therapy for therapy in systemic if therapy.agent == agent]
        if held:
            yield _Raised(rule, f"{label(agent)} {date_text(held[0].at.day)}", ids(held))
    targeted = [t for t in systemic if t.agent in tables.bridging.intensity.targeted]
    if targeted:
        yield _Raised("BRG-13", _dated((label(t.agent), t) for t in targeted), ids(targeted))
    if case.held.given and not _intrathecal(case):
        yield _Raised("BRG-9", "no intrathecal therapy recorded while bridging", ids(case.held.given))


def _dated(named: Any) -> str:
    return ", ".join(f"{words} {date_text(entry.at.day)}" for words, entry in named)


def _intrathecal(case: _Case) -> bool:
    """Whether intrathecal therapy was given on the way since the apheresis, whatever its intent."""
    collected = collected_on(case.scene, case.way)
    return any(
        therapy.route is Route.IT and (collected is None or goes_past(therapy, collected))
        for therapy in case.way.of(case.scene, "therapy")
    )


def _of_disease(case: _Case) -> Iterator[_Raised]:
    numbers, scene = case.scene.knowledge.bridging.numbers, case.scene
    samples = case.samples()
    if samples and depletion(scene, case.way) is not None:
        newest = samples[-1]
        if newest.blasts_pct is not None and newest.blasts_pct >= numbers.blasts_below_pct.value:
            yield _Raised("BRG-3", f"{percent(newest.blasts_pct)} blasts {date_text(newest.day)}", newest.ids)
    transplants, relapsed = case.until_depletion("hsct"), case.relapses()
    if transplants and relapsed:
        days = (relapsed[-1].day - transplants[-1].at.day).days
        if 0 <= days <= numbers.relapse_after_hsct_days.value:
            yield _Raised("BRG-5", f"relapse {days} d after HSCT", ids((*relapsed[-1].entries, transplants[-1])))
    referrals = case.way.of(scene, "referral")
    if referrals and referrals[-1].indication is Referred.PRIMARY_REFRACTORY:
        yield _Raised("BRG-6", f"referred as primary refractory {date_text(referrals[-1].at.day)}", ids(referrals[-1:]))
    yield from _little_needed(case, samples, relapsed)


def _little_needed(case: _Case, samples: list[Sample], relapsed: list[OneRelapse]) -> Iterator[_Raised]:
    """BRG-12: bridging in remission or with disease of the CNS alone, and few cells with CD19."""
    numbers, systemic = case.scene.knowledge.bridging.numbers, case.held.systemic
    loads = [entry for entry in case.way.of(case.scene, "marrow") if entry.cd19_load_pct is not None]
    loads = [entry for entry in loads if entry.at.day <= case.held.until]
    if loads and loads[-1].cd19_load_pct < numbers.cd19_load_pct.value:
        datum = f"CD19⁺ load {percent(loads[-1].cd19_load_pct)} {date_text(loads[-1].at.day)}"
        yield _Raised("BRG-12", datum, (loads[-1].id,))
    if not systemic:
        return
    before = [sample for sample in samples if sample.day <= systemic[0].at.day][-1:]
    if relapsed and relapsed[-1].sites == (RelapseSite.CNS,):
        datum = f"bridging for a relapse in the CNS alone, {date_text(relapsed[-1].day)}"
        yield _Raised("BRG-12", datum, (*ids(relapsed[-1].entries), *ids(systemic)))
    elif before and before[0].blasts_pct is not None and before[0].blasts_pct < numbers.blasts_below_pct.value:
        datum = f"bridging in remission, {percent(before[0].blasts_pct)} blasts {date_text(before[0].day)}"
        yield _Raised("BRG-12", datum, (*before[0].ids, *ids(systemic)))


def _of_sites(case: _Case) -> Iterator[_Raised]:
    newest = {entry.site: entry for entry in case.until_depletion("extramedullary")}
    csf, relapsed = case.until_depletion("csf"), case.relapses()
    treated_at = [(label(e.site.value), e) for e in newest.values() if e.active and _asks_for_treatment(e)]
    if ExtramedullarySite.TESTIS not in newest:
        in_testis = [e for e in (relapsed[-1].entries if relapsed else ()) if RelapseSite.TESTIS in e.sites]
        treated_at += [("relapse in the testis", entry) for entry in in_testis]
    if treated_at:
        yield _Raised("BRG-14", _dated(treated_at), ids([entry for _, entry in treated_at]))
    last = [entry for entry in csf if entry.at.day == csf[-1].at.day]
    shown = [("CNS disease", entry) for entry in last if entry.blasts or entry.neurological_signs]
    parenchyma = newest.get(ExtramedullarySite.CNS_PARENCHYMA)
    if parenchyma is not None and parenchyma.active:
        shown.append(("CNS parenchyma", parenchyma))
    in_cns = [entry for entry in (relapsed[-1].entries if relapsed else ()) if RelapseSite.CNS in entry.sites]
    if not shown and in_cns:
        shown.append(("CNS relapse", in_cns[-1]))
    earlier = {entry.condition: entry for entry in case.until_depletion("comorbidity") if entry.active}
    held = [earlier[condition] for condition in _NEUROTOXICITY_BEFORE if condition in earlier]
    shown += [(label(entry.condition.value), entry) for entry in held]
    if shown:
        yield _Raised("BRG-15", _dated(shown), ids([entry for _, entry in shown]))


def _asks_for_treatment(entry: Any) -> bool:
    return bool(entry.bulky or entry.site is ExtramedullarySite.TESTIS)


def _of_comorbidity(case: _Case) -> Iterator[_Raised]:
    newest = {entry.condition: entry for entry in case.until_depletion("comorbidity")}
    neuropathy = newest.get(Condition.SEVERE_NEUROPATHY)
    if neuropathy is not None and neuropathy.active:
        vincristine = [therapy for therapy in case.held.systemic if therapy.agent == "vincristine"]
        said = "severe neuropathy, vincristine given" if vincristine else "severe neuropathy"
        yield _Raised("BRG-7", said, (neuropathy.id, *ids(vincristine)))
    infected = uncontrolled_infections(case.scene, case.held.until)
    if infected:
        yield _Raised("BRG-8", f"uncontrolled infection {date_text(infected[-1].at.day)}", ids(infected))

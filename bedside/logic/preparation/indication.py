"""Indication by product and jurisdiction (ELI-1 to ELI-5)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from bedside.chart.derived.preparation import Finding, Indication, IndicationStatus
from bedside.chart.entries import Relapse
from bedside.chart.enums import Cd19, Disease, Milestone, Product, RelapseSite
from bedside.chart.enums import Finding as GeneticFinding
from bedside.chart.enums import Indication as Referred
from bedside.chart.formats import date_text, label
from bedside.chart.moments import completed_years
from bedside.knowledge.families.preparation import LabelTable
from bedside.logic.preparation.milestones import milestones
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_PRODUCTS = tuple(product for product in Product if product is not Product.OTHER)
_TARGETABLE = ("bcr_abl1", "ph_like")


class _Disease(NamedTuple):
    """What is known of the disease: needs that hold, needs that are not settled, words and evidence."""

    holds: frozenset[str]
    unsettled: frozenset[str]
    words: str
    evidence: tuple[str, ...]


def indication(scene: Scene) -> tuple[Indication, ...]:
    """Return each product's label in the chosen jurisdiction held against age and disease.

    Age counts on the day of infusion, planned or done, else today; "up to 25 years" ends before the 26th birthday.
    Missing data leave it `insufficient_data` unless something recorded already speaks against the label
    (buechner_2022, pasvolsky_2023, labels).
    """
    labels = {
        table.product: table
        for table in scene.knowledge.indication.labels.values()
        if table.jurisdiction == scene.jurisdiction
    }
    return tuple(_held_against(product, labels.get(product.value), scene) for product in _PRODUCTS)


def _held_against(product: Product, table: LabelTable | None, scene: Scene) -> Indication:
    if table is None:
        unread = ("no verified source for the label in this jurisdiction",)
        return Indication(product.value, IndicationStatus.INSUFFICIENT_DATA, unread, "", (), "bedside")
    contested = scene.contested_of("relapse", "referral", "hsct", "diagnosis", "marrow")
    if contested:
        words = conflict_words(contested)
        status = IndicationStatus.INSUFFICIENT_DATA
        return Indication(product.value, status, (words.text,), table.text, words.evidence, table.source)
    against, missing, evidence = _judged(table, scene)
    if against:
        status = IndicationStatus.OFF_LABEL
    else:
        status = IndicationStatus.INSUFFICIENT_DATA if missing else IndicationStatus.IN_LABEL
    reasons = (*against, *missing) or (f"age and disease fit: {table.text}",)
    return Indication(product.value, status, reasons, table.text, evidence, table.source)


def _judged(table: LabelTable, scene: Scene) -> tuple[list[str], list[str], tuple[str, ...]]:
    """What speaks against a label, what is missing, and the evidence."""
    against: list[str] = []
    missing: list[str] = []
    day = milestones(scene).get(Milestone.INFUSION)
    on = scene.today if day is None or day.day is None else day.day
    years = completed_years(scene.patient.birth_date, on)
    too_young = years < table.from_years
    if too_young or (table.below_years is not None and years >= table.below_years):
        against.append(f"{years} years on {date_text(on)}; the label asks for {_ages(table)}")
    disease = _disease(scene)
    if not disease.holds.intersection(table.needs):
        open_needs = disease.unsettled.intersection(table.needs)
        (missing if open_needs else against).append(
            f"not known: {disease.words}" if open_needs else f"{disease.words}; the label asks for {_needs(table)}"
        )
    diagnosis = scene.newest("diagnosis")
    if diagnosis is None:
        missing.append("not known: the diagnosis")
    elif diagnosis.disease is not Disease.B_ALL:
        against.append(f"{label(diagnosis.disease.value)}, not B-ALL")
    cd19, by = _cd19(scene)
    if cd19 is Cd19.NEGATIVE:
        against.append("CD19 negative")
    elif cd19 in {None, Cd19.UNKNOWN}:
        missing.append("not known: CD19 expression")
    evidence = (*disease.evidence, *(() if diagnosis is None else (diagnosis.id,)), *by)
    return against, missing, tuple(dict.fromkeys(evidence))


def _ages(table: LabelTable) -> str:
    if table.below_years is None:
        return f"{table.from_years} years or older"
    return f"less than {table.below_years} years"


def _needs(table: LabelTable) -> str:
    return " or ".join(need.replace("_", " ").replace("any relapse", "relapse") for need in table.needs)


def _disease(scene: Scene) -> _Disease:
    """What relapses, transplants and the referral say of the disease before the infusion."""
    until = scene.day0 or scene.today
    relapses: list[Relapse] = [entry for entry in scene.kinds.get("relapse", ()) if entry.at.day <= until]
    transplants = [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day <= until]
    referral = scene.newest("referral")
    holds: set[str] = set()
    if relapses:
        holds.add("any_relapse")
    if len(relapses) > 1:
        holds.add("second_relapse")
    if transplants and any(entry.at.day > transplants[0].at.day for entry in relapses):
        holds.add("post_hsct_relapse")
    referred = None if referral is None else referral.indication
    holds |= _REFERRED.get(referred, frozenset()) if referred is not None else frozenset()
    evidence = (*ids(relapses), *ids(transplants), *(() if referral is None else (referral.id,)))
    if holds:
        words = f"{len(relapses)} relapses recorded" if len(relapses) != 1 else "one relapse recorded"
        words += "" if referred is None else f", referred for {label(referred.value)}"
        return _Disease(frozenset(holds), frozenset(), words, evidence)
    everything = frozenset(("refractory", "any_relapse", "second_relapse", "post_hsct_relapse"))
    if referred is Referred.MRD_PERSISTENCE:
        return _Disease(frozenset(), frozenset(), f"referred for {label(referred.value)}, no relapse", evidence)
    return _Disease(frozenset(), everything, "whether the disease is refractory or relapsed", evidence)


_REFERRED: dict[Referred, frozenset[str]] = {
    Referred.PRIMARY_REFRACTORY: frozenset(("refractory",)),
    Referred.REFRACTORY_RELAPSE: frozenset(("refractory", "any_relapse")),
    Referred.FIRST_RELAPSE: frozenset(("any_relapse",)),
    Referred.SECOND_OR_LATER_RELAPSE: frozenset(("any_relapse", "second_relapse")),
    Referred.POST_HSCT_RELAPSE: frozenset(("any_relapse", "post_hsct_relapse")),
}


def _cd19(scene: Scene) -> tuple[Cd19 | None, tuple[str, ...]]:
    """The newest CD19 expression that is known up to the infusion."""
    until = scene.day0 or scene.today
    held: list[Any] = [
        entry
        for kind in ("diagnosis", "marrow")
        for entry in scene.kinds.get(kind, ())
        if entry.cd19 not in {None, Cd19.UNKNOWN} and entry.at.day <= until
    ]
    if not held:
        return None, ()
    newest = max(held, key=lambda entry: entry.at.day)
    return newest.cd19, (newest.id,)


def situations(scene: Scene) -> tuple[Finding, ...]:
    """Return the special situations that the chart shows (ELI-3 to ELI-5), each with its datum and the source."""
    notes = scene.knowledge.indication.notes
    return tuple(
        Finding(
            notes[name].rule, name, f"{notes[name].text} ({datum})", evidence, notes[name].source, notes[name].level
        )
        for name, datum, evidence in _raised(scene)
    )


def _raised(scene: Scene) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    until = scene.day0 or scene.today
    relapses = [entry for entry in scene.kinds.get("relapse", ()) if entry.at.day <= until]
    transplants = [entry for entry in scene.kinds.get("hsct", ()) if entry.at.day <= until]
    diagnosis = scene.newest("diagnosis")
    referral = scene.newest("referral")
    if len(relapses) == 1 and not transplants:
        yield "first_relapse", date_text(relapses[0].at.day), ids(relapses)
    if relapses and list(relapses[-1].sites) == [RelapseSite.CNS]:
        yield "isolated_cns_relapse", date_text(relapses[-1].at.day), ids(relapses[-1:])
    if referral is not None and referral.indication is Referred.PRIMARY_REFRACTORY:
        yield "primary_refractory", f"referral {date_text(referral.at.day)}", (referral.id,)
    if transplants:
        yield "prior_hsct", date_text(transplants[-1].at.day), ids(transplants)
    yield from _cd19_notes(scene)
    if diagnosis is not None and diagnosis.down_syndrome:
        yield "down_syndrome", f"diagnosis {date_text(diagnosis.at.day)}", (diagnosis.id,)
    limit = scene.knowledge.indication.infant_years.value
    if diagnosis is not None and completed_years(scene.patient.birth_date, diagnosis.at.day) < limit:
        yield "infant", f"diagnosis {date_text(diagnosis.at.day)}", (diagnosis.id,)
    for entry in scene.passed.gathered.history.genetics.values():
        if entry.marker.value in _TARGETABLE and entry.result is GeneticFinding.PRESENT:
            yield "targetable_lesion", f"{label(entry.marker.value)} {date_text(entry.at.day)}", (entry.id,)


def _cd19_notes(scene: Scene) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """CD19 that was never measured, or not since CD19-directed therapy (ELI-4)."""
    cd19, by = _cd19(scene)
    if cd19 is None:
        yield "cd19_not_measured", "no CD19 result recorded", ()
        return
    directed = scene.knowledge.agents_with["cd19_directed"]
    until = scene.day0 or scene.today
    given = [t for t in scene.kinds.get("therapy", ()) if t.agent in directed and t.at.day < until]
    measured = [e for e in scene.kinds.get("marrow", ()) if e.cd19 not in {None, Cd19.UNKNOWN} and e.at.day <= until]
    if given and not any(entry.at.day > given[-1].at.day for entry in measured):
        yield (
            "cd19_after_directed_therapy",
            f"{label(given[-1].agent)} {date_text(given[-1].at.day)}",
            (given[-1].id, *by),
        )

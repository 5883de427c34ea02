"""Indication by product and jurisdiction (ELI-1 to ELI-5)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bedside.chart.derived.preparation import Finding, Indication, IndicationStatus
from bedside.chart.entries import Entry, Marrow, Therapy
from bedside.chart.enums import Cd19, Disease, Milestone, Product, RelapseImmunophenotype, RelapseSite
from bedside.chart.enums import Finding as GeneticFinding
from bedside.chart.enums import Indication as Referred
from bedside.chart.formats import date_text, label
from bedside.chart.moments import completed_years
from bedside.knowledge.families.preparation import LabelTable, Need
from bedside.logic.preparation.disease import (
    DiseaseState,
    cd19_directed,
    disease_state,
    measured_cd19,
    referral_of,
    relapses_before,
    transplants_before,
)
from bedside.logic.preparation.milestones import milestones
from bedside.logic.preparation.stretch import Stretch, way_now
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_PRODUCTS = tuple(product for product in Product if product is not Product.OTHER)
_TELLING = ("relapse", "referral", "hsct", "diagnosis", "marrow", "remission", "therapy")
_NEEDS: dict[Need, str] = {
    "refractory": "refractory disease",
    "any_relapse": "a relapse",
    "second_relapse": "a second or later relapse",
    "post_hsct_relapse": "a relapse after HSCT",
}
_SWITCH = RelapseImmunophenotype.LINEAGE_SWITCH
_TARGETABLE = ("bcr_abl1", "ph_like")


class _Case(NamedTuple):
    """What labels are held against: the day of infusion, the age on it, the disease, and what speaks for or against."""

    on: date
    years: int
    disease: DiseaseState
    against: tuple[str, ...]
    missing: tuple[str, ...]
    evidence: tuple[str, ...]


def indication(scene: Scene) -> tuple[Indication, ...]:
    """Return each product's label in the chosen jurisdiction held against age and disease.

    Age counts on the day of infusion, planned or done, else today; a label ends before the birthday of `below_years`.
    Missing data leave it `insufficient_data` unless something recorded already speaks against the label; contested
    entries leave it so and are named (buechner_2022, pasvolsky_2023, labels).
    """
    labels = {
        table.product: table
        for table in scene.knowledge.indication.labels.values()
        if table.jurisdiction == scene.jurisdiction
    }
    contested, case = _contested(scene), _case(scene)
    return tuple(_held_against(product, labels.get(product.value), case, contested) for product in _PRODUCTS)


def _held_against(product: Product, table: LabelTable | None, case: _Case, contested: tuple[Entry, ...]) -> Indication:
    if table is None:
        unread = ("no verified source for the label in this jurisdiction",)
        return Indication(product.value, IndicationStatus.INSUFFICIENT_DATA, unread, "", (), "bedside")
    if contested:
        words = conflict_words(contested)
        status = IndicationStatus.INSUFFICIENT_DATA
        return Indication(product.value, status, (words.text,), table.text, words.evidence, table.source)
    against, missing = _judged(table, case)
    if against:
        status = IndicationStatus.OFF_LABEL
    else:
        status = IndicationStatus.INSUFFICIENT_DATA if missing else IndicationStatus.IN_LABEL
    fits = f"{case.years} years on {date_text(case.on)}, {case.disease.words}; label: {table.text}"
    return Indication(product.value, status, (*against, *missing) or (fits,), table.text, case.evidence, table.source)


def _contested(scene: Scene) -> tuple[Entry, ...]:
    """The contested entries that would tell of the disease up to the infusion, or date it."""
    if not scene.conflicts:
        return ()
    last = way_now(scene).last_day(scene)

    def bears(entry: Entry) -> bool:
        if isinstance(entry, Marrow):
            return entry.cd19 is not None and entry.at.day <= last
        return entry.at.day <= last and (not isinstance(entry, Therapy) or entry.response is not None)

    day = milestones(scene).get(Milestone.INFUSION)
    disease = scene.contested_of(*_TELLING, bears=bears)
    return (*disease, *(() if day is None else (one for one in day.contested if one not in disease)))


def _case(scene: Scene) -> _Case:
    way = way_now(scene)
    day = milestones(scene).get(Milestone.INFUSION)
    on = scene.today if day is None or day.day is None else day.day
    against: list[str] = []
    missing: list[str] = []
    diagnosis = scene.newest("diagnosis")
    if diagnosis is None:
        missing.append("not known: the diagnosis")
    elif diagnosis.disease is not Disease.B_ALL:
        against.append(f"{label(diagnosis.disease.value)}, not B-ALL")
    relapses = relapses_before(scene, way)
    if any(entry.immunophenotype is _SWITCH for one in relapses[-1:] for entry in one.entries):
        against.append(f"lineage switch at relapse, {date_text(relapses[-1].day)}")
    measured = measured_cd19(scene, way)[-1:]
    if not measured:
        missing.append("not known: CD19 expression")
    elif measured[0].cd19 is Cd19.NEGATIVE:
        against.append(f"CD19 negative, {date_text(measured[0].entry.at.day)}")
    disease = disease_state(scene, way)
    evidence = (
        *disease.evidence,
        *(() if diagnosis is None else (diagnosis.id,)),
        *(one.entry.id for one in measured),
        *(() if day is None or day.entry is None else (day.entry,)),
    )
    years = completed_years(scene.patient.birth_date, on)
    return _Case(on, years, disease, tuple(against), tuple(missing), tuple(dict.fromkeys(evidence)))


def _judged(table: LabelTable, case: _Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks against a label, and what is missing."""
    against: list[str] = []
    missing: list[str] = []
    if case.years < table.from_years or (table.below_years is not None and case.years >= table.below_years):
        against.append(f"{case.years} years on {date_text(case.on)}; the label asks for {_ages(table)}")
    if not case.disease.holds.intersection(table.needs):
        wanted = f"{case.disease.words}; the label asks for {_needs(table)}"
        if case.disease.unsettled.intersection(table.needs):
            missing.append(f"not known: {wanted}")
        else:
            against.append(wanted)
    return (*against, *case.against), (*missing, *case.missing)


def _ages(table: LabelTable) -> str:
    if table.below_years is None:
        return f"{table.from_years} years or older"
    return f"less than {table.below_years} years"


def _needs(table: LabelTable) -> str:
    *first, last = (_NEEDS[need] for need in table.needs)
    return f"{', '.join(first)} or {last}"


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
    way = way_now(scene)
    relapses, transplants = relapses_before(scene, way), transplants_before(scene, way)
    referral = referral_of(scene, way)
    referred = None if referral is None else referral.indication
    entries = [entry for one in relapses for entry in one.entries]
    counted = len(relapses) == 1 or (not relapses and referred is Referred.FIRST_RELAPSE)
    if counted and not transplants and not disease_state(scene, way).holds & {"refractory", "second_relapse"}:
        shown = (*entries, *(() if referral is None else (referral,)))
        yield "first_relapse", date_text(shown[0].at.day), ids(shown)
    if relapses and relapses[-1].sites == (RelapseSite.CNS,):
        yield "isolated_cns_relapse", date_text(relapses[-1].day), ids(relapses[-1].entries)
    if referral is not None and referred is Referred.PRIMARY_REFRACTORY:
        yield "primary_refractory", f"referral {date_text(referral.at.day)}", (referral.id,)
    if transplants:
        yield "prior_hsct", date_text(transplants[-1].at.day), ids(transplants)
    yield from _cd19_notes(scene, way)
    yield from _of_diagnosis(scene)
    for entry in scene.passed.gathered.history.genetics.values():
        if entry.marker.value in _TARGETABLE and entry.result is GeneticFinding.PRESENT:
            yield "targetable_lesion", f"{label(entry.marker.value)} {date_text(entry.at.day)}", (entry.id,)


def _of_diagnosis(scene: Scene) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Down syndrome by the newest diagnosis that tells it, infant ALL by the first."""
    diagnoses = scene.kinds.get("diagnosis", ())
    told = [entry for entry in diagnoses if entry.down_syndrome is not None]
    if told and told[-1].down_syndrome:
        yield "down_syndrome", f"diagnosis {date_text(told[-1].at.day)}", (told[-1].id,)
    limit = scene.knowledge.indication.infant_years.value
    if diagnoses and completed_years(scene.patient.birth_date, diagnoses[0].at.day) < limit:
        yield "infant", f"diagnosis {date_text(diagnoses[0].at.day)}", (diagnoses[0].id,)


def _cd19_notes(scene: Scene, way: Stretch) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """CD19 that was never measured, or not since CD19-directed therapy (ELI-4)."""
    measured = measured_cd19(scene, way)
    if not measured and not _contested(scene):
        yield "cd19_not_measured", "no CD19 result recorded", ()
    directed = cd19_directed(scene, way)
    if measured and directed is not None:
        again = [one for one in measured if one.entry.kind != "diagnosis" and one.entry.at.day >= directed.last]
        if not any(one.entry.at.day > directed.first for one in again):
            yield "cd19_after_directed_therapy", directed.words, (directed.entry, measured[-1].entry.id)

"""Owns the head of the first page: who, and which disease."""

import re
from collections.abc import Iterator, Sequence

from reportlab.platypus import Spacer
from reportlab.platypus.flowables import Flowable, HRFlowable

from bedside.chart.entries import Allergy, Death, Diagnosis, Genetics, Relapse
from bedside.chart.enums import Cd19, Finding, RelapseImmunophenotype
from bedside.chart.formats import (
    NO_BREAK_SPACE,
    NOT_RECORDED,
    age_text,
    date_text,
    day_text,
    field_quantity_text,
    label,
    title,
)
from bedside.report.lettering import Paragraph, held_together
from bedside.report.styles import BOLD, INK, NAME, SOFT, TEXT
from bedside.report.writing import Writing

_SPACE_OUTSIDE_TAGS = re.compile(" (?![^<]*>)")
_WIDE_GAP = NO_BREAK_SPACE * 3 + " "


def identity(writing: Writing) -> list[Flowable]:
    """Return the band with the patient's identity over its rule, and the mark of a case that is no real patient."""
    patient, letters = writing.facts.chart.patient, writing.letters
    born = f"Born <b>{held_together(date_text(patient.birth_date))}</b>"
    age = age_text(patient.birth_date, writing.facts.last_day)
    name = (
        f'<font name="{BOLD}">{letters.markup(patient.family_name.upper())}</font>, '
        f"{letters.markup(patient.given_name)}"
    )
    facts = [
        f"{born} ({held_together(age)})",
        f"<b>{letters.markup(_sex(patient.sex.value))}</b>",
        f"No. <b>{letters.markup(patient.mrn)}</b>",
    ]
    death = writing.facts.newest(Death)
    if death is not None:
        facts.append(f"<b>Died {held_together(date_text(death.at.day))}</b>")
    facts.append(f"<b>{held_together(_whereabouts(writing))}</b>")
    small = _WIDE_GAP.join(_SPACE_OUTSIDE_TAGS.sub(NO_BREAK_SPACE, fact) for fact in facts)
    band = Paragraph(f'{name}{_WIDE_GAP}<font size="9">{small}</font>', NAME)
    return [band, HRFlowable("100%", thickness=2, color=INK, spaceBefore=4, spaceAfter=4)]


def _whereabouts(writing: Writing) -> str:
    """Where in the course: the phase, and the day after the infusion."""
    assessment = writing.facts.assessment
    phase = title(assessment.phase.value)
    return phase if assessment.day is None else f"{phase}, {day_text(assessment.day)}"


def disease(writing: Writing) -> list[Flowable]:
    """Return the paragraph on the disease, with what is not recorded said in words, and the mark of the case."""
    parts = [*_diagnosis(writing), *_relapses(writing), *_genetics(writing), *_body(writing)]
    flowables: list[Flowable] = [Paragraph(" ".join(parts), TEXT)]
    source = writing.facts.chart.source
    if source:
        kind = "Synthetic patient" if source.startswith("synthetic") else "Published case, encoded for demonstration"
        short = source.split(". ", 1)[0].rstrip(".")
        flowables.append(writing.letters.paragraph(f"{kind}; not a patient’s record ({short}).", SOFT))
    return [*flowables, Spacer(1, 5)]


def _diagnosis(writing: Writing) -> Iterator[str]:
    diagnosis = writing.facts.newest(Diagnosis)
    if diagnosis is None:
        yield "<b>Diagnosis not recorded.</b>"
        return
    signs = {Cd19.POSITIVE: "CD19⁺", Cd19.NEGATIVE: "CD19⁻", Cd19.UNKNOWN: "CD19 not known"}
    cd19 = signs.get(diagnosis.cd19, f"CD19 {diagnosis.cd19.value}")
    disease_words = "Other leukaemia" if diagnosis.disease.value == "other" else label(diagnosis.disease.value)
    down = {True: ", Down syndrome", False: "", None: ""}[diagnosis.down_syndrome]
    yield f"<b>{disease_words}</b>, {cd19}, diagnosed {held_together(date_text(diagnosis.at.day))}{down}."


def _relapses(writing: Writing) -> Iterator[str]:
    held = {entry.id: entry for entry in writing.facts.of(Relapse)}
    if not held:
        yield "No relapse recorded."
        return
    listed = [_relapse([held[one] for one in together]) for together in writing.facts.assessment.relapse.together]
    yield f"{'Relapse' if len(listed) == 1 else 'Relapses'} {', '.join(listed)}."


def _relapse(entries: Sequence[Relapse]) -> str:
    """One relapse: its first day, the sites of all its entries, and the phenotype as far as one of them knows it."""
    sites = dict.fromkeys("CNS" if site.value == "cns" else label(site.value) for one in entries for site in one.sites)
    told = [one.immunophenotype for one in entries if one.immunophenotype is not None]
    known = [kind for kind in told if kind is not RelapseImmunophenotype.UNKNOWN] or told[:1]
    kinds = dict.fromkeys(map(_phenotype_words, known))
    return f"{held_together(date_text(entries[0].at.day))} ({', '.join([' and '.join(sites), *kinds])})"


def _phenotype_words(phenotype: RelapseImmunophenotype) -> str:
    return "CD19 not known" if phenotype is RelapseImmunophenotype.UNKNOWN else label(phenotype.value)


def _genetics(writing: Writing) -> Iterator[str]:
    newest: dict[str, tuple[str, str]] = {}
    for entry in writing.facts.of(Genetics):
        words = {Finding.UNKNOWN: "not known"}.get(entry.result, entry.result.value)
        name = entry.detail if entry.marker.value == "other" and entry.detail else label(entry.marker.value)
        if newest.get(name, ("", ""))[0] != Finding.PRESENT:
            newest[name] = (words, name)
    if not newest:
        yield "Genetics not recorded."
        return
    listed = ", ".join(f"{name} {words}" for words, name in newest.values())
    yield f"{writing.letters.markup(_sentence(listed))}."


def _body(writing: Writing) -> Iterator[str]:
    facts = writing.facts
    allergies = facts.of(Allergy)
    named = [entry.substance or "substance not recorded" for entry in allergies if entry.known]
    if named:
        yield f"<b>Known allergies:</b> {writing.letters.markup(', '.join(dict.fromkeys(named)))}."
    elif allergies:
        yield "No known allergies."
    weight = facts.weight()
    unrecorded = [*([] if allergies else ["allergies"]), *([] if weight else ["weight"])]
    if unrecorded:
        yield f"{_sentence(' and '.join(unrecorded))} {NOT_RECORDED}."
    if weight is not None:
        yield held_together(f"Weight {field_quantity_text('weight_kg', weight[0])} ({date_text(weight[1])})") + "."


def _sex(sex: str) -> str:
    return "Sex not known" if sex == "unknown" else sex.capitalize()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

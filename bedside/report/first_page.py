"""Owns the first page down to the course: who, what disease, which class and why, what is missing, how it moved."""

import re
from collections.abc import Iterator
from typing import Any

from reportlab.platypus import Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable, HRFlowable

from bedside.chart.assessment import ClassOnDate, Criterion, Phase, Risk, RiskClass
from bedside.chart.describe import kind_title
from bedside.chart.entries import Allergy, Death, Diagnosis, Genetics, Relapse
from bedside.chart.enums import Cd19, Finding
from bedside.chart.formats import (
    NO_BREAK_SPACE,
    NOT_RECORDED,
    age_text,
    date_text,
    field_quantity_text,
    label,
)
from bedside.report.lettering import held_together
from bedside.report.signs import Sign
from bedside.report.styles import BOLD, CLASS, INK, NAME, REGULAR, SOFT, TEXT
from bedside.report.words import CLASS_TITLES, class_title
from bedside.report.writing import BOX_PADDING, Writing

_SIGN = 40.0
_ITEMS_IN_A_BOX = 7
_CRITERIA_IN_THE_BOX = 4
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
    small = _WIDE_GAP.join(_SPACE_OUTSIDE_TAGS.sub(NO_BREAK_SPACE, fact) for fact in facts)
    band = Paragraph(f'{name}{_WIDE_GAP}<font size="9">{small}</font>', NAME)
    return [band, HRFlowable("100%", thickness=2, color=INK, spaceBefore=4, spaceAfter=4)]


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


def class_box(writing: Writing) -> list[Flowable]:
    """Return the box with the class: its sign, since when, what decided it, why it is provisional, what it means."""
    risk = writing.facts.assessment.risk
    room = writing.room - _SIGN - 3 * BOX_PADDING
    title = class_title(risk)
    if writing.facts.assessment.phase is Phase.CLOSED:
        title = f"{_sentence(writing.facts.assessment.headline)}"
    text: list[Flowable] = [Paragraph(f'<font name="{BOLD}">{writing.letters.markup(title)}</font>', CLASS)]
    text += [Paragraph(markup, TEXT) for markup in _class_sentences(writing)]
    style = TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONT", (0, 0), (-1, -1), REGULAR, 8, 10),
        ("BOX", (0, 0), (-1, -1), 2, INK),
        ("LEFTPADDING", (0, 0), (-1, -1), BOX_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (1, 0), (1, 0), BOX_PADDING),
        ("TOPPADDING", (0, 0), (0, 0), 10),
        ("TOPPADDING", (1, 0), (1, 0), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ])  # fmt: skip
    sign = Sign(risk.class_, _SIGN)
    return [Table([[sign, text]], colWidths=[writing.room - room, room], style=style, hAlign="LEFT"), Spacer(1, 6)]


def two_boxes(writing: Writing) -> list[Flowable]:
    """Return what is missing for the decision beside how the class moved."""
    gap = 12.0
    half = (writing.room - gap) / 2
    most = items_in_a_box(writing)
    missing = _at_most(
        [writing.letters.markup(text) for text in missing_items(writing)], most, _where_all_stand(writing)
    )
    moved = _at_most(list(_history(writing)), most, "earlier", newest=True)
    boxes = [
        writing.items("Missing for the decision", missing),
        writing.items("How the class moved", moved),
    ]
    style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 5)]
    style += [("BOTTOMPADDING", (0, 0), (-1, -1), 6), ("RIGHTPADDING", (0, 0), (-1, -1), BOX_PADDING)]
    style += [("LEFTPADDING", (0, 0), (-1, -1), BOX_PADDING), ("LEFTPADDING", (1, 0), (1, 0), 0)]
    style += [("RIGHTPADDING", (1, 0), (1, 0), 0)]
    style += [("BOX", (0, 0), (0, 0), 0.9, INK, None, [3, 2]), ("BOX", (2, 0), (2, 0), 0.9, INK)]
    style += [("FONT", (0, 0), (-1, -1), REGULAR, 8, 10)]
    table = Table([[boxes[0], "", boxes[1]]], colWidths=[half, gap, half], style=TableStyle(style), hAlign="LEFT")
    return [table]


def items_in_a_box(writing: Writing) -> int:
    """Return how many items each box of the first page holds."""
    return max(3, _ITEMS_IN_A_BOX - writing.brevity)


def missing_items(writing: Writing) -> list[str]:
    """Return what is missing, one sentence each; "nothing" in words when nothing is."""
    criteria = {criterion.id: criterion for criterion in writing.facts.assessment.risk.criteria}
    found = [
        f"{item} {writing.criterion_title(item)}: {criteria[item].text}" if item in criteria else item
        for item in writing.facts.assessment.risk.missing
    ]
    return found or ["Nothing: every criterion is known."]


def _at_most(items: list[str], most: int, where: str, *, newest: bool = False) -> list[str]:
    if len(items) <= most:
        return items
    shown = items[-most + 1 :] if newest else items[: most - 1]
    rest = f"{len(items) - len(shown)} more, {where}"
    return [rest, *shown] if newest else [*shown, rest]


def _class_sentences(writing: Writing) -> Iterator[str]:
    letters, risk = writing.letters, writing.facts.assessment.risk
    if writing.facts.assessment.phase is Phase.CLOSED:
        yield f"<b>Class before: {letters.markup(class_title(risk))}.</b> {letters.markup(_reason(risk))}"
    else:
        yield " ".join(part for part in (_since(writing), letters.markup(_reason(risk))) if part)
    deciding = _deciding(writing)
    most = max(1, _CRITERIA_IN_THE_BOX - writing.brevity)
    for criterion in deciding[:most]:
        title = f"{criterion.id}, {_inside(writing.criterion_title(criterion.id))}: "
        yield f"<b>{letters.markup(title)}</b>{letters.markup(letters.short(criterion.text))}"
    if len(deciding) > most:
        yield f"{len(deciding) - most} more in the tables of criteria: {', '.join(one.id for one in deciding[most:])}."
    if risk.meaning:
        source = "" if "Buechner" in risk.meaning else " (Buechner 2022)"
        yield f"<b>Meaning</b>{source}: {letters.markup(risk.meaning)}"
    if writing.facts.assessment.conflicts:
        yield "<b>Conflict:</b> corrections contradict each other and do not count; see Conflicts and corrections."


def _reason(risk: Risk) -> str:
    """Return the headline without the class that stands above it as the title."""
    _, colon, rest = risk.headline.partition(": ")
    return f"{_sentence(rest if colon else risk.headline).rstrip('.')}."


def _deciding(writing: Writing) -> list[Criterion]:
    """Return the criteria that decided; of low risk, which asks for all seven, the latest to be known first."""
    criteria = {criterion.id: criterion for criterion in writing.facts.assessment.risk.criteria}
    deciding = [criteria[item] for item in writing.facts.assessment.risk.decided_by if item in criteria]
    return deciding[::-1] if writing.facts.assessment.risk.class_ is RiskClass.LOW else deciding


def _since(writing: Writing) -> str:
    history = writing.facts.assessment.risk.history
    now = writing.facts.assessment.risk.class_
    since = None
    before = None
    for step in history:
        if since is None or step.class_ is not before:
            since = step
            before = step.class_
    if since is None or since.class_ is not now or writing.facts.course is None:
        return ""
    earlier = [step.class_ for step in history if step.date < since.date]
    words = f"Since {writing.facts.dated(since.date)}"
    return f"{held_together(words)}; {earlier[-1].value} before." if earlier else f"{held_together(words)}."


def _history(writing: Writing) -> Iterator[str]:
    steps: list[ClassOnDate] = []
    for step in writing.facts.assessment.risk.history:
        if not steps or (step.class_, step.provisional) != (steps[-1].class_, steps[-1].provisional):
            steps.append(step)
    if len(steps) > 1 and steps[0].class_ is RiskClass.PENDING:
        steps = steps[1:]
    for step in steps:
        words = CLASS_TITLES[step.class_].removesuffix(" risk of needing HSCT").removeprefix("Risk class ").lower()
        provisional = ", provisional" if step.provisional and words != "pending" else ""
        entry = writing.facts.by_id.get(step.entry or "")
        why = f" ({kind_title(entry.kind)})" if entry is not None else " (time alone)" if step.moved else ""
        when = writing.letters.markup(held_together(writing.facts.dated(step.date)))
        yield f"{when}: <b>{words}</b>{provisional}{why}"
    if not steps:
        yield "No class so far."


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
    relapses = writing.facts.of(Relapse)
    if not relapses:
        yield "No relapse recorded."
        return
    listed = []
    for relapse in relapses:
        sites = " and ".join("CNS" if site.value == "cns" else label(site.value) for site in relapse.sites)
        kind = "" if relapse.immunophenotype is None else f", {label(relapse.immunophenotype.value)}"
        listed.append(f"{held_together(date_text(relapse.at.day))} ({sites}{kind})")
    yield f"{'Relapse' if len(listed) == 1 else 'Relapses'} {', '.join(listed)}."


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


def _inside(title: str) -> str:
    """Return a title as it stands within a sentence; MRD and TP53 keep their capitals."""
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def _where_all_stand(writing: Writing) -> str:
    return "all at the end" if writing.facts.course else "all in the tables of criteria"

"""Turns an opened patient into what the banner says."""

from typing import TYPE_CHECKING

from bedside.chart.assessment import Assessment
from bedside.chart.body import allergy_words, known_allergies, newest_weight
from bedside.chart.entries import Allergy, BodySize, Death, Entry, Hsct, Infusion, Manufacturing, Plan, ProductRelease
from bedside.chart.formats import NON_BREAKING_HYPHEN, age_text, date_text, day_text, field_quantity_text, label, title
from bedside.chart.live import up_to
from bedside.chart.moments import AsOf
from bedside.service.board import TAG_WORDS, days_from_planned, planned_infusion, product_of, tag_of
from bedside.ui.board.lines import PHASE_WORDS
from bedside.ui.painting import CLASS_WORDS
from bedside.ui.widgets.banner_facts import BannerFacts

if TYPE_CHECKING:
    from bedside.service.read import Opened

_TOLD = frozenset((Allergy, BodySize, Death, Hsct, Infusion, Manufacturing, Plan, ProductRelease))
"""The kinds that the banner looks at: few among thousands."""


def banner_of(opened: "Opened") -> BannerFacts:
    """The facts of the banner as of the point in time that was opened; "" is not recorded."""
    assessment, patient = opened.assessment, opened.chart.patient
    as_of = AsOf.parse(assessment.as_of)
    known: list[Entry] = [entry for entry in up_to(opened.journal.live, as_of) if type(entry) in _TOLD]
    death = _newest(known, Death)
    tag = tag_of(opened.chart.source)
    product = product_of(known, assessment)
    planned = planned_infusion(known) if assessment.day0 is None and death is None else None
    day = assessment.day if planned is None else days_from_planned(planned, as_of.day)
    phase = PHASE_WORDS[assessment.phase.value]
    return BannerFacts(
        family=patient.family_name,
        given=patient.given_name,
        born=date_text(patient.birth_date),
        age=age_text(patient.birth_date, death.at.day if death else as_of.day),
        sex=title(patient.sex) if patient.sex != "unknown" else "",
        number=patient.mrn,
        tag=TAG_WORDS[tag] if tag is not None else "",
        product=label(product) if product else "",
        day0=date_text(assessment.day0) if assessment.day0 else f"planned {date_text(planned)}" if planned else "",
        weight=_weight(known),
        allergies=allergy_words(known_allergies(known)),
        hsct=_hsct(known),
        phase=phase[:1].upper() + phase[1:],
        day=day_text(day) if day is not None else "",
        risk=assessment.risk.class_.value,
        class_word=_class_word(assessment),
        class_note=_class_note(assessment),
        died=date_text(death.at.day) if death else "",
    )


def _newest(known: list[Entry], kind: type[Entry]) -> Entry | None:
    return next((entry for entry in reversed(known) if isinstance(entry, kind)), None)


def _weight(known: list[Entry]) -> str:
    weight = newest_weight(known)
    return "" if weight is None else f"{field_quantity_text('weight_kg', weight.kg)} ({date_text(weight.on)})"


def _hsct(known: list[Entry]) -> str:
    return ", ".join(date_text(entry.at.day) for entry in known if isinstance(entry, Hsct))


def _class_word(assessment: Assessment) -> str:
    if assessment.closed_by is None or assessment.risk.class_ == "pending":
        return ""
    return f"{CLASS_WORDS[assessment.risk.class_.value]} until {label(assessment.closed_by.value)}"


def _class_note(assessment: Assessment) -> str:
    if assessment.closed_by is not None:
        return assessment.headline
    risk = assessment.risk
    if risk.class_ == "pending":
        return "low reachable" if risk.low_reachable else "low out of reach"
    since = assessment.class_since
    parts = ["provisional"] if risk.provisional else []
    parts += [f"since {date_text(since).replace('-', NON_BREAKING_HYPHEN)}"] if since else []
    return ", ".join(parts)

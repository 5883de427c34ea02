"""Owns the sentences of the PDF about single findings: MRD, B cells, therapies, products, donors, class."""

from collections.abc import Mapping
from datetime import date

from bedside.chart.assessment import BcaStatus, CriterionStatus, Risk, RiskClass
from bedside.chart.derived.opinion import OpinionVerdict
from bedside.chart.entries import DonorSearch, Hsct, Infusion, LymphocyteSubset, Marrow, Mrd, ProductRelease, Therapy
from bedside.chart.enums import MrdMethod, MrdOutcome, Product
from bedside.chart.formats import (
    NOT_RECORDED,
    date_text,
    field_quantity_text,
    fraction_text,
    label,
    quantity_text,
    short_date_text,
)
from bedside.chart.sensitivity import negative_text, sensitive_enough
from bedside.knowledge.families.medicines import ProductTable

NOTHING = "–"
_LONGEST_PART = 240

CLASS_TITLES = {
    RiskClass.HIGH: "High risk of needing HSCT",
    RiskClass.AMBIGUOUS: "Ambiguous risk of needing HSCT",
    RiskClass.LOW: "Low risk of needing HSCT",
    RiskClass.PENDING: "Risk class pending",
}
CLASS_WORDS = {
    RiskClass.HIGH: "high",
    RiskClass.AMBIGUOUS: "ambiguous",
    RiskClass.LOW: "low",
    RiskClass.PENDING: "pending",
}
# As an antigen CD19 has no sign; `label` names the cells that carry it.
_TARGETS = {"cd19": "CD19"}
STATUS_WORDS = {
    CriterionStatus.MET: "Met",
    CriterionStatus.NOT_MET: "Not met",
    CriterionStatus.UNKNOWN: "Not known",
    CriterionStatus.NOT_DUE: "Not due",
}
OPINION_WORDS = {
    OpinionVerdict.NOT_INFUSED: "not infused yet",
    OpinionVerdict.NOT_IN_REMISSION: "not in remission",
    OpinionVerdict.SECOND_HSCT_IF_IMMINENT: "a second HSCT where relapse is imminent",
    OpinionVerdict.NO_SECOND_HSCT_ROUTINELY: "no second HSCT routinely",
    OpinionVerdict.HSCT_SOON: "HSCT soon",
    OpinionVerdict.HSCT_RECOMMENDED: "HSCT recommended",
    OpinionVerdict.REPEAT_NGS: "repeat NGS",
    OpinionVerdict.MONITOR: "monitor",
}
APLASIA_WORDS = {
    BcaStatus.UNKNOWN: "not known",
    BcaStatus.NOT_ESTABLISHED: "not established so far",
    BcaStatus.NEVER_ESTABLISHED: "never established",
    BcaStatus.ONGOING: "ongoing",
    BcaStatus.LOST: "lost",
}


def clipped(text: str) -> str:
    """Return as many parts of a derived text as a line or two hold, and how many it has more."""
    parts = text.split("; ")
    shown = len(parts)
    while shown > 1 and len("; ".join(parts[:shown])) > _LONGEST_PART:
        shown -= 1
    return text if shown == len(parts) else f"{'; '.join(parts[:shown])} and {len(parts) - shown} more"


def class_title(risk: Risk) -> str:
    """Return the class in words, with the word provisional where it applies."""
    words = CLASS_TITLES[risk.class_]
    return f"{words}, provisional" if risk.provisional and risk.class_ is not RiskClass.PENDING else words


def mrd_result(sample: Marrow, method: MrdMethod) -> Mrd | None:
    """Return the result of one method in a sample, or None when it was not reported."""
    return next((result for result in sample.mrd or () if result.method is method), None)


def mrd_words(result: Mrd | None, cut_off: float) -> str:
    """Return "negative, < 10⁻⁴", "positive, 3.2 × 10⁻⁵", "positive, < LOQ"; a dash when not done.

    Negative with a limit of detection above the cut-off of the rules says that it was not sensitive enough.
    """
    if result is None:
        return NOTHING
    if result.result is MrdOutcome.NOT_EVALUABLE:
        return "not evaluable"
    if result.result is MrdOutcome.NEGATIVE:
        return negative_text(result.lod, sensitive=sensitive_enough(result.lod, cut_off), before_limit="< ")
    if result.value is not None:
        return f"positive, {fraction_text(result.value)}"
    return "positive, < LOQ" if result.below_loq else "positive, no value"


def blasts_words(sample: Marrow) -> str:
    """Return the blasts of a sample with their sign, "not done", or a dash."""
    if sample.blasts_pct is None:
        return "not done" if "blasts_pct" in (sample.not_done or ()) else NOTHING
    sign = (sample.censored or {}).get("blasts_pct")
    return field_quantity_text("blasts_pct", sample.blasts_pct, sign.value if sign else "")


def b_cell_words(subset: LymphocyteSubset) -> str:
    """Return the CD19⁺ count, the share of lymphocytes, or both; "" when neither was reported."""
    parts = []
    for name in ("cd19", "cd19_pct"):
        value = getattr(subset, name)
        sign = (subset.censored or {}).get(name)
        if value is not None:
            parts.append(field_quantity_text(name, value, sign.value if sign else ""))
    return ", ".join(parts)


def product_words(infusion: Infusion | ProductRelease) -> str:
    """Return the product's generic name, or the name given for another product."""
    if infusion.product is Product.OTHER and infusion.product_name:
        return infusion.product_name
    return label(infusion.product.value)


def construct_words(infusion: Infusion | ProductRelease, products: Mapping[str, ProductTable]) -> str:
    """Return target, co-stimulation and cell source: as recorded, else as known of the product, else not recorded."""
    known = products.get(infusion.product.value)
    target = infusion.target.value if infusion.target else known.target if known else ""
    domain = infusion.costimulation.value if infusion.costimulation else known.costimulation if known else ""
    parts = [f"target {_TARGETS.get(target, label(target))}"] if target else []
    parts += [f"co-stimulation {label(domain)}"] if domain else []
    parts += [label(infusion.cell_source.value)] if infusion.cell_source else []
    return ", ".join(parts) or NOT_RECORDED


def dose_words(infusion: Infusion | ProductRelease) -> str:
    """Return the dose in CAR-positive T cells, in total and per kg as recorded, else "not recorded"."""
    names = ("dose_car_t_cells", "dose_car_t_per_kg")
    doses = [field_quantity_text(n, value) for n in names if (value := getattr(infusion, n)) is not None]
    return ", ".join(doses) or NOT_RECORDED


def therapy_dose_words(therapy: Therapy) -> str:
    """Return dose, unit and route as recorded; a dash without any."""
    dose = "" if therapy.dose is None else quantity_text(therapy.dose, therapy.dose_unit or "")
    route = "" if therapy.route is None else label(therapy.route.value)
    return " ".join(part for part in (dose, route) if part) or NOTHING


def last_day_words(therapy: Therapy) -> str:
    """Return the last day given, "still given", or "last day not known"."""
    if therapy.stop is not None:
        return date_text(therapy.stop)
    return "last day not known" if therapy.stop_unknown else "still given"


def donor_words(search: DonorSearch | None) -> str:
    """Return the state of the donor search with its date, else "not recorded"."""
    if search is None:
        return NOT_RECORDED
    parts = [label(search.status.value)]
    if search.donor is not None:
        parts.append(f"{label(search.donor.value)} donor")
    if search.match is not None:
        parts.append(f"match {search.match}")
    return f"{', '.join(parts)}, {date_text(search.at.day)}"


def hsct_words(hsct: Hsct) -> str:
    """Return one transplant: date, donor, conditioning, TBI."""
    parts = [date_text(hsct.at.day), f"{label(hsct.donor.value)} donor"]
    if hsct.conditioning is not None:
        parts.append(f"conditioning {hsct.conditioning}")
    if hsct.tbi is not None:
        parts.append("with TBI" if hsct.tbi else "without TBI")
    return ", ".join(parts)


def between_words(first: date, last: date) -> str:
    """Return 26-May to 29-May-2020, with both years where they differ, or the one date."""
    if first == last:
        return date_text(first)
    return f"{short_date_text(first) if first.year == last.year else date_text(first)} to {date_text(last)}"


def inside(title: str) -> str:
    """Return a title as it stands within a sentence; MRD and TP53 keep their capitals."""
    return title[0].lower() + title[1:] if title[1:2].islower() else title

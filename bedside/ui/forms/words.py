"""Owns the words of the forms: how a field is called, what its first row asks, how the kinds are grouped."""

from collections.abc import Mapping

from bedside.chart.bedside_signs import CAPD_TOTAL
from bedside.chart.formats import title

QUICK_KINDS = ("blood_count", "marrow", "lymphocyte_subset", "vitals")
TIMED_KINDS = (*QUICK_KINDS, "neuro", "grade_override", "decision", "body_size", "note")
"""The kinds that are entered in a hurry, and those that are usually entered when they happen."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Referral and disease": ("referral", "diagnosis", "genetics", "relapse", "remission", "comorbidity"),
    "Treatment": ("therapy", "radiotherapy", "hsct", "gvhd", "plan"),
    "Laboratory and marrow": (
        "blood_count", "marrow", "lymphocyte_subset", "chemistry", "immunoglobulin", "csf", "extramedullary",
        "car_t_level", "expansion", "chimerism", "fludarabine_exposure", "body_size", "transfusion",
    ),
    "Product": ("apheresis", "manufacturing", "product_release", "infusion"),
    "Bedside": ("vitals", "neuro", "infection", "performance", "grade_override", "allergy"),
    "Decisions and whereabouts": (
        "donor_search", "decision", "approval", "malignancy", "contact", "death", "stay", "status", "identity", "note",
    ),
}  # fmt: skip

_MOMENT_WORDS: Mapping[str, str] = {
    "blood_count": "Drawn", "lymphocyte_subset": "Drawn", "chemistry": "Drawn", "immunoglobulin": "Drawn",
    "marrow": "Taken", "vitals": "Taken", "csf": "Taken", "car_t_level": "Drawn", "chimerism": "Drawn",
    "therapy": "First day given", "radiotherapy": "First day", "infection": "First day", "plan": "Plan made on",
    "death": "Died", "infusion": "Given", "transfusion": "Given", "neuro": "Assessed", "body_size": "Measured",
    "grade_override": "Graded",
}  # fmt: skip

_FIELD_WORDS: Mapping[str, str] = {
    "stop": "Last day", "therapy.stop": "Last day given", "stop_unknown": "Last day not known",
    "dose_unit": "Unit of dose",
    "physiological": "Steroid replacement only", "neurological_signs": "Neurological signs of CNS leukaemia",
    "csf.blasts": "Blasts seen", "csf.wbc_per_ul": "Leukocytes", "plan.date": "Intended date",
    "marrow.cd19": "CD19 of the blasts", "marrow.blasts_pct": "Blasts", "diagnosis.cd19": "CD19 of the blasts",
    "infusion.reason": "Reason of a reinfusion", "grade_override.of": "Assessment",
    "reinfusion_reason": "Reason of a reinfusion",
    "identity_checked_by": "Identity checked by", "identity_check_reason": "Why only one person checked",
    "active": "Active now", "controlled": "Controlled now",
    "known": "Allergy known", "cycle": "Cycle", "tbi": "TBI", "organs": "Organs", "match": "Match",
    "contact.status": "Patient is", "what": "Applied for", "developmental_delay": "Developmental delay",
    "dbp": "Diastolic", "sbp": "Systolic", "cause": "Cause", "cd19_load_pct": "CD19⁺ load", "expansion.auc": "AUC",
    "vitals.cause": "Cause of the signs", "neuro.cause": "Cause of the signs",
    "cd19_pct": "CD19⁺ share", "oxygen": "Oxygen", "raised_icp": "Raised intracranial pressure",
}  # fmt: skip

_HINTS: Mapping[str, str] = {
    "birth_date": "like 05-May-2012 or 5.5.2012",
    "therapy.stop": "empty while it is still given", "stop": "empty while it goes on",
    "hypotension": "for the age, as you judge it",
    "vasopressors": "names with a comma between, or none", "identity_checked_by": "two names, with a comma between",
    "agent": "generic name", "capd": f"0 to {CAPD_TOTAL}", "performance.score": "0 to 100; ECOG 0 to 5",
    "cd19_load_pct": "of marrow cells", "cd19_pct": "of lymphocytes", "car_t_level.value": "as the method gives it",
    "dose_car_t_cells": "total, like 9e7", "dose_car_t_per_kg": "per kg, like 3e6",
}  # fmt: skip


def moment_words(kind: str) -> str:
    """Return what the first row of a kind asks: "Drawn"."""
    return _MOMENT_WORDS.get(kind, "Date")


def field_words(kind: str, name: str) -> str:
    """Return how a field is called in the forms."""
    return _FIELD_WORDS.get(f"{kind}.{name}") or _FIELD_WORDS.get(name) or title(name)


def field_hint(kind: str, name: str) -> str:
    """Return what helps to fill a field, or ""."""
    return _HINTS.get(f"{kind}.{name}") or _HINTS.get(name, "")

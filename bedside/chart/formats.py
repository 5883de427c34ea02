"""The one place that turns dates, numbers and units into words: 05-May-2026, D+28, 10⁻⁴, 0.7 ×10⁹/L."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from bedside.chart.moments import At, completed_years

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUS = "\u2212"
NON_BREAKING_HYPHEN = "\u2011"
NO_BREAK_SPACE = "\u00a0"
NARROW_SPACE = "\u202f"
NOT_RECORDED = "not recorded"

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

UNITS: Mapping[str, str] = {
    "wbc": "10⁹/L", "anc": "10⁹/L", "alc": "10⁹/L", "plt": "10⁹/L", "hb": "g/L",
    "pb_blasts_pct": "%", "blasts_pct": "%", "cd19_pct": "%", "viability_pct": "%", "cd19_load_pct": "%",
    "donor_pct": "%", "spo2": "%",
    "cd3": "/µL", "cd4": "/µL", "cd8": "/µL", "cd19": "/µL", "nk": "/µL", "wbc_per_ul": "/µL",
    "crp": "mg/L", "ferritin": "µg/L", "ldh": "U/L", "ast": "U/L", "alt": "U/L", "fibrinogen": "g/L",
    "bilirubin": "µmol/L", "creatinine": "µmol/L", "triglycerides": "mmol/L",
    "igg": "g/L", "iga": "g/L", "igm": "g/L", "weight_kg": "kg", "height_cm": "cm",
    "temp_c": "°C", "sbp": "mmHg", "dbp": "mmHg", "heart_rate": "/min", "resp_rate": "/min", "o2_flow": "L/min",
    "auc": "mg·h/L", "dose_car_t_cells": "CAR⁺ T cells", "dose_car_t_per_kg": "CAR⁺ T cells/kg",
    "cd3_yield": "10⁹ cells", "volume_ml": "mL", "dose_gy": "Gy",
}  # fmt: skip

LABELS: Mapping[str, str] = {
    "follow_up": "follow-up",
    "wbc": "WBC", "anc": "ANC", "alc": "ALC", "hb": "Hb", "plt": "Platelets", "pb_blasts_pct": "Blasts in blood",
    "blasts_pct": "Blasts", "cd3": "CD3⁺", "cd4": "CD4⁺", "cd8": "CD8⁺", "cd19": "CD19⁺",
    "cd19_pct": "CD19⁺ of lymphocytes", "nk": "NK cells", "crp": "CRP", "ferritin": "Ferritin", "ldh": "LDH",
    "ast": "AST", "alt": "ALT", "igg": "IgG", "iga": "IgA", "igm": "IgM", "mrd": "MRD", "fcm": "FCM", "pcr": "PCR",
    "ngs": "NGS", "csf": "CSF", "cd19_load_pct": "CD19⁺ load", "cd19_negative_clone": "CD19⁻ clone",
    "temp_c": "Temperature", "sbp": "Systolic pressure", "dbp": "Diastolic pressure", "spo2": "SpO₂",
    "o2_flow": "Oxygen flow", "ice": "ICE", "capd": "CAPD", "hsct": "HSCT", "gvhd": "GVHD", "tbi": "TBI",
    "car_t_level": "CAR-T level", "raised_icp": "Raised intracranial pressure", "wbc_per_ul": "Leukocytes",
    "dose_car_t_cells": "Dose", "dose_car_t_per_kg": "Dose per kg", "weight_kg": "Weight", "height_cm": "Height",
    "cd3_yield": "CD3⁺ yield", "volume_ml": "Volume", "dose_gy": "Dose", "mrn": "No.", "cr": "CR", "cri": "CRi",
    "no_cr": "no CR", "iv": "IV", "po": "by mouth", "it": "intrathecal", "sc": "subcutaneous", "im": "intramuscular",
    "b_all": "B-cell ALL", "mpal": "MPAL", "kmt2a_r": "KMT2A-r", "tp53": "TP53", "bcr_abl1": "BCR::ABL1",
    "ph_like": "Ph-like", "etv6_runx1": "ETV6::RUNX1", "tcf3_pbx1": "TCF3::PBX1", "tcf3_hlf": "TCF3::HLF",
    "iamp21": "iAMP21", "4_1bb": "4-1BB", "cd28": "CD28", "cd19_cd22": "CD19 and CD22", "cd22": "CD22",
    "cd19_positive": "CD19⁺", "cd19_negative": "CD19⁻", "cd19_dim": "CD19 dim", "crs": "CRS", "icans": "ICANS",
    "pet": "PET", "mri": "MRI", "ct": "CT", "cns": "CNS", "cns_parenchyma": "CNS parenchyma", "ecog": "ECOG",
    "lod": "limit of detection", "below_loq": "below the limit of quantification", "qpcr": "qPCR",
    "ngs_clone": "NGS clone", "pb_blasts": "Blasts in blood", "hsct_related": "HSCT-related",
    "mrd_persistence": "MRD persistence", "post_hsct_relapse": "relapse after HSCT", "same_as": "Same patient as No.",
    "resp_rate": "Respiratory rate", "pre_apheresis": "pre-apheresis", "post_car_t": "after CAR T",
    "auc": "AUC", "nk_cells": "NK cells", "donor_pct": "Donor share", "viability_pct": "Viability",
    "b_cell_recovery": "B-cell recovery", "lansky": "Lansky", "karnofsky": "Karnofsky",
    "severe_renal": "severe renal disease",
    "severe_hepatic": "severe hepatic disease", "severe_cardiac": "severe cardiac disease", "voice": "to voice",
    "tactile": "to touch", "high_hyperdiploid": "high hyperdiploidy", "hypodiploid": "hypodiploidy",
    "sixth_nerve_palsy": "sixth-nerve palsy", "cushing_triad": "Cushing triad", "focal_oedema": "focal oedema",
}  # fmt: skip


@lru_cache(maxsize=8192)
def date_text(day: date) -> str:
    """Return 05-May-2026."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year:04d}"


def short_date_text(day: date) -> str:
    """Return 05-May, for places where the year is beside it."""
    return f"{day.day:02d}-{MONTHS[day.month - 1]}"


def time_text(moment: datetime) -> str:
    """Return 14:30, in the moment's own offset."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def moment_text(moment: datetime, zone: tzinfo) -> str:
    """Return 05-May-2026 14:30 in the given time zone."""
    local = moment.astimezone(zone)
    return f"{date_text(local.date())} {time_text(local)}"


def at_text(at: At) -> str:
    """Return the date, and the time as written where there is one."""
    return date_text(at.day) if at.instant is None else f"{date_text(at.day)} {time_text(at.instant)}"


def weekday_text(day: date) -> str:
    """Return Friday 31-Jul-2020."""
    return f"{WEEKDAYS[day.weekday()]} {date_text(day)}"


def day_text(day: int | None) -> str:
    """Return D0, D+28 or D−3; a dash without a day 0."""
    if day is None:
        return "–"
    return "D0" if day == 0 else f"D{'+' if day > 0 else MINUS}{abs(day)}"


def age_text(birth: date, on: date) -> str:
    """Return the age: days below 1 month, months below 2 years, else completed years; before the birth in words."""
    if on < birth:
        return "not born yet"
    months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)
    if months < 1:
        return f"{(on - birth).days} d"
    return f"{months} mo" if months < 24 else f"{completed_years(birth, on)} y"


def duration_text(span: timedelta) -> str:
    """Return 3 d 4 h, 2 h 19 min, or 45 min."""
    minutes = int(abs(span).total_seconds() // 60)
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


@lru_cache(maxsize=8192)
def number_text(value: float) -> str:
    """Return a number as it was given: leading zero, no trailing zero, narrow spaces between thousands from 10 000."""
    text = f"{Decimal(repr(float(value))).normalize():f}"
    whole, _, fraction = text.lstrip("-").partition(".")
    if len(whole) > 4:
        whole = NARROW_SPACE.join(_groups_of_three(whole))
    sign = MINUS if value < 0 else ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


@lru_cache(maxsize=8192)
def fraction_text(value: float) -> str:
    """Return a fraction of cells in powers of ten: 10⁻⁴, 3.2 × 10⁻⁵; 0 and 1 as they are."""
    if value in (0, 1):
        return number_text(value)
    exact = Decimal(repr(float(value)))
    exponent = exact.adjusted()
    mantissa = float(exact.scaleb(-exponent))
    power = f"10{str(exponent).translate(_SUPERSCRIPT)}"
    return power if mantissa == 1 else f"{number_text(mantissa)}{NO_BREAK_SPACE}×{NO_BREAK_SPACE}{power}"


def counted_text(value: float, unit: str) -> str:
    """Return 3 months, or 1 month."""
    return f"{number_text(value)} {unit}{'' if value == 1 else 's'}"


def cells_text(value: float) -> str:
    """Return a number of cells: 9 × 10⁷."""
    return number_text(value) if abs(value) < 10000 else fraction_text(value)


def quantity_text(value: float, unit: str, censor: str = "") -> str:
    """Return sign, number and unit that do not break: 79 g/L, 0 /µL as 0/µL, 5 %."""
    if unit.startswith("CAR"):
        return f"{censor}{cells_text(value)}{NO_BREAK_SPACE}{unit}"
    space = "" if unit.startswith("/") or not unit else NO_BREAK_SPACE
    factor = "×" if unit.startswith("10⁹") else ""
    return f"{censor}{number_text(value)}{space}{factor}{unit}"


def field_quantity_text(field: str, value: float, censor: str = "") -> str:
    """Return the value of a field of the interchange format with its unit."""
    return quantity_text(value, UNITS.get(field, ""), censor)


def label(code: str) -> str:
    """Return a code or field name as words: `kmt2a_r` → KMT2A-r, `first_relapse` → first relapse."""
    return LABELS.get(code) or code.replace("_", " ")


def title(code: str) -> str:
    """Return the words of a code with a capital at the start of a line."""
    words = label(code)
    return words[:1].upper() + words[1:]


def _groups_of_three(digits: str) -> list[str]:
    first = len(digits) % 3 or 3
    return [digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3))]

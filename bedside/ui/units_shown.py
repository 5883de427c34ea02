"""Owns the units beside the chart's: a haemoglobin of 79 g/L is 7.9 g/dL as well, where that is chosen."""

from collections.abc import Mapping

from bedside.chart.formats import NO_BREAK_SPACE, field_quantity_text, number_text
from bedside.ui.computer import CHART, CONVENTIONAL

BESIDE: Mapping[str, str] = {
    "hb": "g/dL",
    "creatinine": "mg/dL",
    "bilirubin": "mg/dL",
    "crp": "mg/dL",
    "fibrinogen": "mg/dL",
    "triglycerides": "mg/dL",
    "igg": "mg/dL",
    "iga": "mg/dL",
    "igm": "mg/dL",
}
"""The unit beside, by field: where wards of the United States report another one than the chart holds."""

_shown = [CHART]


def show(choice: str) -> None:
    """Tell values in the chart's units alone, or with the other ones beside them."""
    _shown[:] = [choice]


def load() -> None:
    """Read the factors, so that telling a value has nothing to wait for."""
    from bedside.knowledge.codes import load_codes

    load_codes()


def prepare() -> None:
    """Read the factors where the other units are shown."""
    if _shown[0] == CONVENTIONAL:
        load()


def quantity_words(field: str, value: float, sign: str = "") -> str:
    """Return a value in the chart's unit, and beside it in the other one: "79 g/L (7.9 g/dL)"."""
    return field_quantity_text(field, value, sign) + beside(field, value, sign)


def beside(field: str, value: float, sign: str = "") -> str:
    """Return " (7.9 g/dL)" for a value of a field in the chart's unit; "" where there is nothing to add."""
    if _shown[0] != CONVENTIONAL or field not in BESIDE:
        return ""
    from bedside.knowledge.codes import load_codes

    unit = BESIDE[field]
    told = float(f"{value / load_codes().factors[field, unit]:.3g}")
    return f" ({sign}{number_text(told)}{NO_BREAK_SPACE}{unit})"

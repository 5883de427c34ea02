"""Laboratory values held against a limit where a value can be missing or lie beyond what the laboratory measures."""

from typing import Any

from bedside.chart.enums import Censor
from bedside.chart.formats import field_quantity_text


def over(entry: Any | None, field: str, limit: float | None) -> bool | None:
    """Tell whether a value exceeds a limit; None when it is missing or its mark (`<`, `>`) leaves it open."""
    if entry is None or limit is None or getattr(entry, field) is None:
        return None
    value, mark = getattr(entry, field), (entry.censored or {}).get(field)
    if mark is Censor.BELOW:
        return False if value <= limit else None
    if mark is Censor.ABOVE:
        return True if value >= limit else None
    return bool(value > limit)


def reached(entry: Any | None, field: str, limit: float | None) -> bool | None:
    """Tell whether a value reaches a limit; None when it is missing or its mark (`<`, `>`) leaves it open."""
    above = over(entry, field, limit)
    if entry is not None and above is False and getattr(entry, field) == limit:
        return (entry.censored or {}).get(field) is None
    return above


def shown_value(entry: Any, field: str) -> str:
    """Return a value with its mark and unit: <0.2 ×10⁹/L."""
    mark = (entry.censored or {}).get(field)
    return field_quantity_text(field, getattr(entry, field), "" if mark is None else mark.value)

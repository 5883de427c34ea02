"""What a person types for a share of cells: 1e-4, 10^-4, 0.01 %, 1/10000; a bare 0.01 is asked about."""

import re
from dataclasses import dataclass

from bedside.chart.formats import NO_BREAK_SPACE, fraction_text, number_text
from bedside.chart.reading import Refused

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_DECIMAL = r"\d{1,6}(?:[.,]\d{1,9})?"
_PERCENT = re.compile(rf"({_DECIMAL})\s*%", re.ASCII)
_EXPONENT = re.compile(rf"({_DECIMAL})\s*[eE]\s*(-?\d{{1,2}})", re.ASCII)
_POWER = re.compile(rf"(?:({_DECIMAL})\s*[x×*]\s*)?10\s*\^?\s*(-\d{{1,2}})", re.ASCII)
_RATIO = re.compile(r"(\d{1,3})\s*/\s*(\d{1,9})", re.ASCII)
_BARE = re.compile(_DECIMAL, re.ASCII)

EXAMPLES = "1e-4, 10^-4, 0.01 %"


@dataclass(frozen=True, slots=True)
class Share:
    """A share of cells as a fraction from 0 to 1."""

    value: float


@dataclass(frozen=True, slots=True)
class EitherShare:
    """A bare number that can be meant as per cent or as a fraction."""

    as_percent: float
    as_fraction: float


def read_share(text: str) -> Share | EitherShare | Refused:
    """Return the fraction that was typed, both readings of a bare number, or why it cannot be read."""
    typed = text.strip().translate(_SUPERSCRIPTS)
    value = _value_of(typed)
    if value is not None:
        return Share(value) if value <= 1 else Refused("This is more than all cells.")
    if not _BARE.fullmatch(typed):
        return Refused(f"Type it like {EXAMPLES}.")
    number = _number(typed)
    if number == 0:
        return Share(0.0)
    if number > 100:
        return Refused("This is more than all cells.")
    return Share(_rounded(number / 100)) if number > 1 else EitherShare(_rounded(number / 100), number)


def share_text(value: float) -> str:
    """Return both ways of writing a share: "10⁻⁴ = 0.01 %"."""
    percent = f"{number_text(_rounded(value * 100))}{NO_BREAK_SPACE}%"
    return percent if value == 0 else f"{fraction_text(value)} = {percent}"


def _value_of(typed: str) -> float | None:
    if match := _PERCENT.fullmatch(typed):
        return _rounded(_number(match[1]) / 100)
    if match := _POWER.fullmatch(typed):
        return _scaled(_number(match[1] or "1"), int(match[2]))
    if match := _EXPONENT.fullmatch(typed):
        return _scaled(_number(match[1]), int(match[2]))
    if (match := _RATIO.fullmatch(typed)) and int(match[2]):
        return _rounded(int(match[1]) / int(match[2]))
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _scaled(mantissa: float, exponent: int) -> float:
    return float(f"{mantissa:.12g}e{exponent}")


def _rounded(value: float) -> float:
    return float(f"{value:.12g}")

"""A laboratory's number as text: read exactly, asked about where it could hold a thousand separator, or refused."""

import re
from dataclasses import dataclass, field

from bedside.exchange.counts.found import Choice, Doubts, Question
from bedside.exchange.refusals import shortened

_NUMBER = re.compile(r"([<>]?)\s*(\d{1,12})(?:([.,])(\d{1,12}))?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GROUP = 3

DECIMALS = (
    Choice(",", "7,5 is seven and a half (decimal comma)"),
    Choice(".", "7.5 is seven and a half (decimal point)"),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was read, with its sign."""

    value: float
    sign: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a text is no value."""

    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What has to be settled before a text can be read."""

    text: str


@dataclass(slots=True)
class Numbers:
    """Reads numbers with a stated decimal sign, or with none: then what could be read in two ways is asked about."""

    decimal: str | None
    doubts: Doubts
    _marks: set[str] = field(default_factory=set)

    def read(self, text: str) -> Amount | Refused | Asked:
        """Return the number of a cell that is not empty."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            return _refusal(text)
        sign, whole, mark, fraction = match.groups()
        if mark is None:
            return Amount(float(whole), sign)
        if self.decimal is None:
            if _may_be_a_group(whole, fraction) or (self._marks and mark not in self._marks):
                return Asked(self.doubts.add(_question(text)))
            self._marks.add(mark)
        elif mark != self.decimal:
            return Refused(f"{shortened(text)} holds a sign that is not the decimal sign {self.decimal!r}")
        return Amount(float(f"{whole}.{fraction}"), sign)


def _may_be_a_group(whole: str, fraction: str) -> bool:
    """Whether 1.250 could be one thousand two hundred and fifty."""
    return len(fraction) == _GROUP and len(whole) <= _GROUP and not whole.startswith("0")


def _question(text: str) -> Question:
    return Question("decimal", f"{shortened(text)} can be read in two ways. Which is the decimal sign?", DECIMALS)


def _refusal(text: str) -> Refused:
    if text.startswith(_FORMULA):
        return Refused(f"{shortened(text)} is a formula or has a sign; expected a number")
    return Refused(f"{shortened(text)} is not a number; expected digits with at most one decimal sign, < or > before")

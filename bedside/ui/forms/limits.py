"""Owns how a typed number is judged: its flag in words, what is refused, and what is asked about once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bedside.chart.formats import NO_BREAK_SPACE, at_text, duration_text, number_text, quantity_text
from bedside.ui.painting import Flag

if TYPE_CHECKING:
    from bedside.chart.moments import At
    from bedside.ui.forms.last_value import LastValue

SLIP = 10.0
SLIP_WITHIN_DAYS = 7
RECENT_SLIP = 7.0
_FACTORS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine", 10: "Ten"}


NO_RANGE = "no range for this age"
"""What keeps a value without an arrow from being read as a normal one."""


@dataclass(frozen=True)
class FieldLimits:
    """What holds for one field of this patient; None where there is no such limit; both ends are inside.

    low and high are the reference range; beyond soft_* a value is critical and asked about, beyond hard_* it is refused
    with the hint. `only_other_ages`: reference ranges are known, but none for the age of this patient.
    """

    low: float | None = None
    high: float | None = None
    soft_low: float | None = None
    soft_high: float | None = None
    hard_low: float | None = None
    hard_high: float | None = None
    hint: str = ""
    only_other_ages: bool = False

    @property
    def reach(self) -> str:
        """The reference range in words, or that none is known where one is looked for; "" where there is none."""
        return range_text(self.low, self.high) or (NO_RANGE if self.only_other_ages else "")


@dataclass(frozen=True)
class Question:
    """A question about one value: the sentence in two parts, the value it may be instead, and what is set bold."""

    lead: str
    detail: str
    instead: float | None
    bold: tuple[str, ...] = ()


def range_text(low: float | None, high: float | None) -> str:
    """Return "4.5–13", "below 21" or "above 7"; "" without a range."""
    if low is not None and high is not None:
        return f"{number_text(low)}–{number_text(high)}"
    if high is not None:
        return f"up to {number_text(high)}"
    return f"from {number_text(low)}" if low is not None else ""


def flag_of(value: float, limits: FieldLimits, sign: str = "") -> Flag | None:
    """Return how far a value lies outside its range, or None inside it or without one; `<` and `>` are off scale."""
    if sign:
        return Flag(high=sign == ">", level=3)
    for low, high, level in ((limits.soft_low, limits.soft_high, 2), (limits.low, limits.high, 1)):
        if low is not None and value < low:
            return Flag(high=False, level=level)
        if high is not None and value > high:
            return Flag(high=True, level=level)
    return None


def flag_reason(flag: Flag | None, limits: FieldLimits) -> str:
    """Return what the flag rests on: "below 0.5" when critical, else the range; "" without a range."""
    if flag is not None and flag.level == 2:
        limit = limits.soft_high if flag.high else limits.soft_low
        return f"{'above' if flag.high else 'below'} {number_text(limit)}" if limit is not None else ""
    return range_text(limits.low, limits.high)


def refusal_of(value: float, limits: FieldLimits, unit: str) -> str:
    """Return why a value cannot be stored, or "" when it can."""
    for limit, beyond, word in (
        (limits.hard_low, limits.hard_low is not None and value < limits.hard_low, "below"),
        (limits.hard_high, limits.hard_high is not None and value > limits.hard_high, "above"),
    ):
        if beyond and limit is not None:
            return f"Not possible: {word} {quantity_text(limit, unit)}. {_hint(limits.hint, word)}"
    return ""


def _hint(hint: str, word: str) -> str:
    """What the value probably is, where the hint is about that end of the range; one that names none is about above."""
    about = "below" if hint.startswith("Below ") else "above"
    return hint if hint and about == word else "Check value and unit."


def slip_of(value: float, last: "LastValue | None", at: "At | None") -> float | None:
    """Return the value that a slip of ten would have meant, or None when the typed one is near enough to the last.

    Ten times the last value or a tenth of it is asked about whatever its age; within a week, seven times already.
    """
    if last is None or last.value <= 0 or value <= 0:
        return None
    days = (at.day - last.at.day).days if at is not None else 0
    factor = RECENT_SLIP if abs(days) <= SLIP_WITHIN_DAYS else SLIP
    if value >= last.value * factor:
        return round(value / 10, 6)
    if value <= last.value / factor:
        return round(value * 10, 6)
    return None


def question_of(
    value: float, limits: FieldLimits | None, last: "LastValue | None", at: "At | None", unit: str
) -> Question | None:
    """Return what is to be asked once about a value, naming the last one and the usual limits; None if nothing."""
    instead = slip_of(value, last, at)
    outside = _outside_soft(value, limits)
    if instead is None and not outside:
        return None
    parts = []
    if last is not None:
        parts.append(f"The last value was {last.sign}{number_text(last.value)}, on {at_text(last.at)}.")
    if instead is not None and last is not None:
        parts.append(f"{_how_much(value, last, at)}; a slip of ten would be {number_text(instead)}.")
    if outside:
        parts.append(outside)
    bold = [number_text(last.value)] if last is not None else []
    if instead is not None:
        bold.append(number_text(instead))
    return Question(f"{quantity_text(value, unit)}?", " ".join(parts), instead, tuple(bold))


def _outside_soft(value: float, limits: FieldLimits | None) -> str:
    if limits is None:
        return ""
    low, high = limits.soft_low, limits.soft_high
    if (low is not None and value < low) or (high is not None and value > high):
        return f"It lies outside what is usually seen, {range_text(low, high)}."
    return ""


def _how_much(value: float, last: "LastValue", at: "At | None") -> str:
    up = value > last.value
    factor = value / last.value if up else last.value / value
    whole = round(factor)
    words = f"{_FACTORS.get(whole, number_text(whole))} times" if up else f"1/{number_text(whole)} of it"
    return f"{words}{_span(last, at)}"


def _span(last: "LastValue", at: "At | None") -> str:
    if at is None or at.instant is None or last.at.instant is None:
        return ""
    span = at.instant - last.at.instant
    hours = round(span.total_seconds() / 3600)
    if span <= timedelta(0):
        return ""
    return f" in {hours}{NO_BREAK_SPACE}h" if 2 <= hours < 48 else f" in {duration_text(span)}"

"""From a laboratory's number to the chart's: by the factor that stands in the table of codes, never another way."""

from dataclasses import dataclass, field

from bedside.chart.formats import label
from bedside.exchange.counts.found import Choice, Doubts, Measurement, Question
from bedside.exchange.counts.mapping import Use
from bedside.exchange.counts.numbers import Asked, Numbers, Refused
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import CodeTables

Read = Measurement | Refused | Asked
"""What one cell comes to."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A field with the factor that turns the file's unit into the chart's; `read` keeps what was read, by its text."""

    name: str
    factor: float
    told: str
    read: dict[str, Read] = field(default_factory=dict, compare=False)


def scale_of(use: Use, codes: CodeTables, doubts: Doubts, key: str) -> Scale | Refused | Asked:
    """Return how the values of a column or analyte are converted; asked where no unit is known, refused without factor.

    `key` is the place of the answer in the mapping.
    """
    unit = None if use.unit is None else codes.unit_of(use.unit)
    if unit is None:
        what = "The file states no unit for {}" if use.unit is None else "The unit {1} of {0} is not known"
        words = f"{what.format(label(use.field), shortened(use.unit))}. In which unit is it?"
        choices = tuple(Choice(unit, unit) for unit in codes.units_of(use.field))
        return Asked(doubts.add(Question(key, words, choices)))
    factor = codes.factors.get((use.field, unit))
    if factor is None:
        accepted = ", ".join(codes.units_of(use.field))
        return Refused(f"{label(use.field)} is given in {use.unit}, for which no factor is stated; expected {accepted}")
    own = codes.observations[use.field].unit
    return Scale(use.field, factor, "" if unit == own or factor == 1 else f"{use.unit} × {factor:g}")


def measured(text: str, scale: Scale, numbers: Numbers) -> Read:
    """Return one cell's value in the chart's unit; twelve digits are kept of what was converted."""
    known = scale.read.get(text)
    if known is None:
        known = scale.read[text] = _measured(text, scale, numbers)
    return known


def _measured(text: str, scale: Scale, numbers: Numbers) -> Read:
    read = numbers.read(text)
    if isinstance(read, Refused):
        return Refused(f"{label(scale.name)}: {read.why}")
    if isinstance(read, Asked):
        return read
    if scale.factor == 1:
        return Measurement(scale.name, read.value, read.sign)
    converted = float(f"{read.value * scale.factor:.12g}")
    return Measurement(scale.name, converted, read.sign, f"{text} {scale.told}")

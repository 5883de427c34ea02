"""Regimens as templates: the agents that are given together, and what their doses come to for the patient's size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bedside.chart.entries import BodySize
from bedside.chart.enums import Intent
from bedside.knowledge.families.preparation import BlockDrug, RegimenDrug
from bedside.knowledge.tables import Knowledge
from bedside.service.multiplied import Multiplied, multiplied
from bedside.service.read import Opened

_MG_OF = {"mg": 1.0, "g": 1000.0}


@dataclass(frozen=True, slots=True)
class Dosing:
    """The size that doses are held against: kg and m², None where not known; `inputs` says from which measurements."""

    weight_kg: float | None = None
    bsa_m2: float | None = None
    inputs: str = ""
    missing: tuple[str, ...] = ("weight_kg", "height_cm")

    def size_for(self, unit: str) -> tuple[float | None, str]:
        """Return what a dose in this unit is multiplied by, and its own unit: m², kg, or "" where it is by neither."""
        parts = unit.replace(" ", "").replace("m2", "m²").split("/")
        if "m²" in parts[1:]:
            return self.bsa_m2, "m²"
        return (self.weight_kg, "kg") if "kg" in parts[1:] else (None, "")

    def mg_a_day(self, dose: float, unit: str) -> Multiplied | None:
        """Return how the mg of a day come about; None where the size is not known or the unit is not per m² or kg."""
        size, _by = self.size_for(unit)
        mass = _MG_OF.get(unit.replace(" ", "").split("/")[0])
        return None if size is None or mass is None else multiplied(dose * mass, size)


@dataclass(frozen=True, slots=True)
class TemplateDrug:
    """One agent from its first to its last day, counted from 0; None where the source does not give it."""

    agent: str
    first: int = 0
    last: int | None = None
    dose: float | None = None
    unit: str | None = None
    route: str | None = None

    def span(self, start: date) -> tuple[date, date | None]:
        """Return the first and the last day for a regimen that starts on a day."""
        last = None if self.last is None else start + timedelta(days=self.last)
        return start + timedelta(days=self.first), last


@dataclass(frozen=True, slots=True)
class Template:
    """A regimen by name, what its source says of it, why it is usually given, and its agents."""

    id: str
    label: str
    text: str
    source: str
    intent: Intent
    drugs: tuple[TemplateDrug, ...]


def templates(knowledge: Knowledge) -> tuple[Template, ...]:
    """Return the regimens of lymphodepletion, then the common blocks."""
    depleting = (
        Template(name, one.label, one.text, one.source, Intent.LYMPHODEPLETION, _drugs(one.drugs))
        for name, one in knowledge.lymphodepletion.regimens.items()
    )
    blocks = (
        Template(name, one.label, one.text, one.source, Intent.BRIDGING, _drugs(one.drugs))
        for name, one in knowledge.bridging.blocks.items()
    )
    return (*depleting, *blocks)


def dosing(opened: Opened) -> Dosing:
    """Return the size that the assessment calculates regimens with; nothing is known while entries contradict it."""
    calculated = opened.assessment.lymphodepletion.calculator[0]
    if "weight_kg" in calculated.missing:
        return Dosing(None, None, calculated.inputs, calculated.missing)
    sizes = {entry.id: entry.weight_kg for entry in opened.journal.live if isinstance(entry, BodySize)}
    return Dosing(sizes[calculated.evidence[0]], calculated.bsa_m2, calculated.inputs, calculated.missing)


def _drugs(table: Mapping[str, RegimenDrug | BlockDrug]) -> tuple[TemplateDrug, ...]:
    return tuple(one for agent, drug in table.items() for one in _spans(agent, drug))


def _spans(agent: str, drug: RegimenDrug | BlockDrug) -> tuple[TemplateDrug, ...]:
    """An agent once for each run of consecutive days."""
    unit = f"{drug.unit}/day" if drug.unit is not None else None
    route = drug.route if isinstance(drug, BlockDrug) else None
    if not drug.days:
        return (TemplateDrug(agent, 0, None, drug.dose, unit, route),)
    return tuple(TemplateDrug(agent, run[0] - 1, run[-1] - 1, drug.dose, unit, route) for run in _runs(drug.days))


def _runs(days: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for day in sorted(days):
        if found and day == found[-1][-1] + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return found

"""Regimens as templates: the agents that are given together, with the days and doses as far as the source has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bedside.chart.enums import Intent
from bedside.knowledge.families.preparation import BlockDrug, RegimenDrug
from bedside.knowledge.tables import Knowledge


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

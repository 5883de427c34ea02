"""Charts for the tests of toxicity: signs by day, and CRS or ICANS of them after an infusion on day 0."""

from typing import Any

from bedside.chart.derived.toxicity import Toxicity
from tests.charts import Fields, assessed, entry, infusion

FULL_ICE = {"orientation": 4, "naming": 3, "commands": 1, "writing": 1, "attention": 1}


def vitals(when: Any, temp: float | None = 38.0, **fields: Any) -> Fields:
    return entry("vitals", when, temp_c=temp, **fields)


def neuro(when: Any, **fields: Any) -> Fields:
    return entry("neuro", when, **{"consciousness": "awake", **fields})


def ice(points: int) -> dict[str, int]:
    """The items of a score, given away from the first item on."""
    left, items = points, {}
    for name, most in FULL_ICE.items():
        items[name] = min(left, most)
        left -= items[name]
    return items


def crs(entries: list[Fields], when: Any = 40) -> Toxicity:
    return assessed([infusion(0), *entries], when).crs


def icans(entries: list[Fields], when: Any = 40, born: str = "2000-01-01") -> Toxicity:
    return assessed([infusion(0), *entries], when, born=born).icans

"""What buechner_2022 table 4 asks of a registry, of one course, where the chart holds it."""

from datetime import date, timedelta

from bedside.chart.entries import Infusion, Therapy
from bedside.chart.enums import Intent
from bedside.chart.formats import date_text, label
from bedside.logic.course import CourseRecord
from bedside.logic.preparation.prior_lines import prior_lines
from bedside.logic.scene import Scene

Facts = dict[str, int | float | str | None]
_NOT_COUNTED = (Intent.LYMPHODEPLETION, Intent.TOXICITY, Intent.IMMUNOSUPPRESSION, Intent.SUPPORTIVE)


def registry(scene: Scene, record: CourseRecord) -> Facts:
    """Return the registry facts by name, days from day 0; None where the chart does not hold one."""
    day0, aplasia = record.facts.day0, record.facts.aplasia
    collected = [e.at.day for e in scene.kinds.get("apheresis", ()) if e.at.day <= day0]
    transplants = [e.at.day for e in scene.kinds.get("hsct", ()) if e.at.day > day0]
    deaths = [e.at.day for e in scene.kinds.get("death", ())]
    lines, therapies = prior_lines(scene), _for_the_leukaemia(scene)
    aplastic_until = aplasia.lost_on or aplasia.last_aplastic
    return {
        "prior_lines": lines.number if lines.complete else None,
        "therapies_before_infusion": sum(therapy.at.day < day0 for therapy in therapies),
        "therapies_after_infusion": sum(therapy.at.day > day0 for therapy in therapies),
        "therapy_sequence": _sequence(scene, therapies),
        "days_apheresis_to_infusion": (day0 - collected[-1]).days if collected else None,
        "aplasia_days": None if aplastic_until is None else (aplastic_until - day0).days,
        "immunoglobulin_periods": _immunoglobulin_periods(scene, day0),
        "product": _product(record.facts.before.infusion),
        "hsct_day": (transplants[0] - day0).days if transplants else None,
        "death_day": (deaths[0] - day0).days if deaths else None,
    }


def _for_the_leukaemia(scene: Scene) -> list[Therapy]:
    agents = scene.knowledge.agents_with["anti_leukaemic"]
    return [t for t in scene.kinds.get("therapy", ()) if t.agent in agents and t.intent not in _NOT_COUNTED]


def _sequence(scene: Scene, therapies: list[Therapy]) -> str:
    """Therapies, infusions and HSCT in the order of their first days; what began on one day stands together."""
    steps = [(therapy.at.day, label(therapy.agent)) for therapy in therapies]
    steps += [(entry.at.day, _product(entry)) for entry in scene.kinds.get("infusion", ())]
    steps += [(entry.at.day, "HSCT") for entry in scene.kinds.get("hsct", ())]
    by_day: dict[date, dict[str, None]] = {}
    for day, name in sorted(steps, key=lambda step: step[0]):
        by_day.setdefault(day, {})[name] = None
    return "; ".join(f"{date_text(day)} {' + '.join(names)}" for day, names in by_day.items())


def _product(infusion: Infusion) -> str:
    """The name that tells products without a code of their own apart, else the product."""
    return infusion.product_name or label(infusion.product.value)


def _immunoglobulin_periods(scene: Scene, day0: date) -> int:
    """How often immunoglobulin was taken up from day 0 on, or went on over it; a longer gap than a trough parts two."""
    agents = scene.knowledge.agents_with["immunoglobulin"]
    gap = timedelta(days=scene.knowledge.numbers.igg_trough_days)
    periods, until = 0, date.min
    for therapy in scene.kinds.get("therapy", ()):
        last = therapy.stop or (therapy.at.day if therapy.stop_unknown else scene.today)
        if therapy.agent not in agents or last < day0:
            continue
        if not periods or therapy.at.day - until > gap:
            periods += 1
        until = max(until, last)
    return periods

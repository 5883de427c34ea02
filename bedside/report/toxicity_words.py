"""Owns what the PDF says about infusion and toxicity: grades as derived, and the raw signs as recorded."""

from collections.abc import Iterator, Sequence

from bedside.chart.base import Entry
from bedside.chart.bedside_signs import CAPD_TOTAL, ICE_TOTAL, Ice
from bedside.chart.derived.preparation import InfusionChecks
from bedside.chart.derived.toxicity import Toxicity
from bedside.chart.entries import GradeOverride, Infusion, Marrow, Neuro, Therapy, Vitals
from bedside.chart.enums import Consciousness, NeuroCause, Oxygen, VitalsCause
from bedside.chart.formats import NOT_RECORDED, date_text, day_text, field_quantity_text, label
from bedside.report.facts import Facts
from bedside.report.lettering import joined
from bedside.report.words import between_words, blasts_words, dose_words, product_words

GRADED_BY = "Graded by ASTCT 2019; what was not recorded is no grade 0."
_GRADES = 3
_OXYGEN = tuple(Oxygen)
_CONSCIOUSNESS = {
    Consciousness.VOICE: "roused by voice",
    Consciousness.TACTILE: "roused by touch",
    Consciousness.UNAROUSABLE: "not to be roused",
}

Rows = Iterator[tuple[str, str]]


def infusion_in_short(facts: Facts) -> Rows:
    """Yield name and words of the products, lymphodepletion and the state before infusion of a course, in short."""
    if facts.infusions():
        yield "Product", "; ".join(_products(facts.infusions(), facts))
    told = facts.assessment.infusion
    yield "Lymphodepletion", _depletion_words(told)
    before = [m for m in facts.of(Marrow) if m.blasts_pct is not None and _up_to_day0(facts, m)]
    marrow = f"{blasts_words(before[-1])} ({date_text(before[-1].at.day)})" if before else NOT_RECORDED
    cns = "CNS class not known"
    if told is not None and told.cns_on is not None:
        cns = f"{told.cns_class} ({date_text(told.cns_on)})"
    yield "Before infusion", f"blasts {marrow}, {cns}"


def _products(infusions: Sequence[Infusion], facts: Facts) -> Iterator[str]:
    """Yield each product with its days and its dose; a dose that is the same for all stands once, at the end."""
    alike = len(set(map(dose_words, infusions))) == 1
    for product in dict.fromkeys(map(product_words, infusions)):
        same = [one for one in infusions if product_words(one) == product]
        days = [date_text(one.at.day) if one is infusions[0] else facts.day(one.at.day) for one in same]
        doses = " and ".join(dict.fromkeys(map(dose_words, same)))
        yield f"{product}, {' and '.join(days)}{'' if alike else f', dose {doses}'}"
    if alike:
        yield f"dose {dose_words(infusions[0])}"


def _depletion_words(told: InfusionChecks | None) -> str:
    """The days of the lymphodepletion before the infusion."""
    if told is None or told.depleted_from is None:
        return NOT_RECORDED
    if told.depleted_until is None:
        return f"from {date_text(told.depleted_from)}, last day not recorded"
    return between_words(told.depleted_from, told.depleted_until)


def toxicity_in_short(facts: Facts) -> Rows:
    """Yield the grades since day 0 and what was given against them, for the first page."""
    rows = dict(toxicity_rows(facts))
    if rows:
        yield "CRS", toxicity_words(facts.assessment.crs)
        yield "ICANS", toxicity_words(facts.assessment.icans)
        yield "Given against it", rows["Against toxicity"]
        if "Physician’s grade" in rows:
            yield "Physician’s grade", rows["Physician’s grade"]


def toxicity_words(found: Toxicity) -> str:
    """Return the highest grade with its day and the rule that fired, and how long it lasted; or never assessed."""
    if found.onset_day is None or found.last_day is None:
        return found.text
    span = f"{day_text(found.onset_day)} to {day_text(found.last_day)}, {found.duration_days} d"
    return f"{found.text}; {span}" if found.onset_day != found.last_day else found.text


def toxicity_rows(facts: Facts) -> Rows:
    """Yield name and words of each sign that was graded since day 0, "not recorded" where there is none.

    A relapse or a transplant ends the course, not the toxicity: what was graded after it is told as well.
    """
    if facts.course is None:
        return
    crs, icans = facts.assessment.crs, facts.assessment.icans
    graded = {one.entry for found in (crs, icans) for one in found.by_entry}
    vitals = [e for e in facts.of(Vitals) if e.id in graded and e.cause is not VitalsCause.OTHER]
    neuro = [e for e in facts.of(Neuro) if e.id in graded and e.cause is not NeuroCause.OTHER]
    yield "Highest temperature", _highest_temperature(facts, vitals)
    yield "Hypotension", _hypotension(facts, vitals)
    yield "Vasopressors", _vasopressors(facts, vitals)
    yield "Oxygen", _oxygen(facts, vitals)
    yield from _neurology(facts, neuro)
    treated = {one.entry for one in crs.treatments}
    given = [one for one in facts.of(Therapy) if one.id in treated]
    yield "Against toxicity", joined(_by_agent(facts, given), "none recorded")
    judged = {one.override_entry for found in (crs, icans) for one in found.by_entry}
    for override in [one for one in facts.of(GradeOverride) if one.id in judged][-_GRADES:]:
        words = f"{label(override.scale.value)} {override.grade}, {facts.day(override.at.day)}: {override.reason}"
        yield "Physician’s grade", words


def _by_agent(facts: Facts, given: list[Therapy]) -> Iterator[str]:
    for agent in dict.fromkeys(one.agent for one in given):
        days = [facts.day(one.at.day) for one in given if one.agent == agent]
        times = "" if len(days) == 1 else f", {len(days)} times to {days[-1]}"
        yield f"{label(agent)} from {days[0]}{times}"


def ice_total(ice: Ice) -> int:
    """Return the ICE score, 0 to 10."""
    return ice.orientation + ice.naming + ice.commands + ice.writing + ice.attention


def _up_to_day0(facts: Facts, entry: Entry) -> bool:
    day0 = facts.assessment.day0
    return day0 is None or entry.at.day <= day0


def _highest_temperature(facts: Facts, vitals: list[Vitals]) -> str:
    warm = [(entry.temp_c, entry) for entry in vitals if entry.temp_c is not None]
    if not warm:
        return NOT_RECORDED
    temperature, entry = max(warm, key=lambda pair: pair[0])
    return f"{field_quantity_text('temp_c', temperature)}, {facts.day(entry.at.day)}"


def _hypotension(facts: Facts, vitals: list[Vitals]) -> str:
    judged = [entry for entry in vitals if entry.hypotension is not None]
    days = list(dict.fromkeys(entry.at.day for entry in judged if entry.hypotension))
    if days:
        more = "" if len(days) == 1 else f", on {len(days)} days up to {facts.day(days[-1])}"
        return f"recorded {facts.day(days[0])}{more}"
    return "judged absent whenever recorded" if judged else NOT_RECORDED


def _vasopressors(facts: Facts, vitals: list[Vitals]) -> str:
    asked = [entry for entry in vitals if entry.vasopressors is not None]
    names = dict.fromkeys(name for entry in asked for name in entry.vasopressors or ())
    if not names:
        return "none given whenever recorded" if asked else NOT_RECORDED
    first = next(entry for entry in asked if entry.vasopressors)
    return f"{', '.join(names)}, from {facts.day(first.at.day)}"


def _oxygen(facts: Facts, vitals: list[Vitals]) -> str:
    asked = [(entry.oxygen, entry) for entry in vitals if entry.oxygen is not None]
    if not asked:
        return NOT_RECORDED
    support, entry = max(asked, key=lambda pair: _OXYGEN.index(pair[0]))
    if support is Oxygen.NONE:
        return "none whenever recorded"
    flow = "" if entry.o2_flow is None else f" {field_quantity_text('o2_flow', entry.o2_flow)}"
    return f"{label(support.value)}{flow}, {facts.day(entry.at.day)}"


def _neurology(facts: Facts, neuro: list[Neuro]) -> Rows:
    ice = [(ice_total(entry.ice), entry) for entry in neuro if entry.ice is not None]
    capd = [(entry.capd, entry) for entry in neuro if entry.capd is not None]
    if ice:
        score, entry = min(ice, key=lambda pair: pair[0])
        yield "Lowest ICE", f"{score} of {ICE_TOTAL}, {facts.day(entry.at.day)}"
    if capd:
        points, entry = max(capd, key=lambda pair: pair[0])
        yield "Highest CAPD", f"{points} of {CAPD_TOTAL}, {facts.day(entry.at.day)}"
    if not ice and not capd:
        yield "ICE, CAPD", NOT_RECORDED
    seizures = [entry for entry in neuro if entry.seizure is not None and entry.seizure.value != "none"]
    if seizures:
        yield "Seizure", "; ".join(f"{entry.seizure}, {facts.day(entry.at.day)}" for entry in seizures)
    roused = [entry for entry in neuro if entry.consciousness.value != "awake"]
    if roused:
        yield "Consciousness", _by_day(facts, roused)


def _by_day(facts: Facts, entries: list[Neuro]) -> str:
    days: dict[str, list[str]] = {}
    for entry in entries:
        days.setdefault(_CONSCIOUSNESS[entry.consciousness], []).append(facts.day(entry.at.day))
    return "; ".join(f"{words}, {', '.join(dict.fromkeys(when))}" for words, when in days.items())

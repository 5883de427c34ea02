"""Turns what was judged of the response, and what the rules derive of day 28, into a lane above the blasts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from bedside.chart.entries import Infusion, Marrow, Relapse, Remission
from bedside.chart.enums import RemissionResponse
from bedside.chart.formats import label
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.lanes import Item, Lane, Shape, told

_DERIVED = {
    "remission": (Shape.DISC, "remission", "by blasts, day 28"),
    "no_response": (Shape.FALL, "no response", "by blasts, day 28"),
    "unknown": (Shape.UNSURE, "not known", "conflict, day 28"),
}


@dataclass(frozen=True)
class Finding:
    """What was found of the response on a date: in bold and plain words, in full, and its entries."""

    on: date
    shape: Shape
    strong: str
    soft: str
    said: str
    entries: tuple[str, ...]


def findings(facts: CourseFacts) -> tuple[Finding, ...]:
    """Every judgement and relapse, and the response at day 28 where no judgement gives it, in the order of time."""
    found = [*_judged(facts), *_relapses(facts), *_at_day28(facts)]
    return tuple(sorted(found, key=attrgetter("on")))


def _judged(facts: CourseFacts) -> Iterator[Finding]:
    for entry in facts.of(Remission):
        shape = Shape.FALL if entry.response is RemissionResponse.NO_RESPONSE else Shape.DISC
        yield Finding(entry.at.day, shape, label(entry.response), "as judged", told(entry), (entry.id,))


def _relapses(facts: CourseFacts) -> Iterator[Finding]:
    for entry in facts.of(Relapse):
        sites = " and ".join(label(site) for site in entry.sites)
        yield Finding(entry.at.day, Shape.FALL, "relapse", sites, told(entry), (entry.id,))


def _at_day28(facts: CourseFacts) -> Iterator[Finding]:
    """The response that blasts give, or a conflict; contested entries do not count, so that theirs stands on day 28."""
    response, day0 = facts.assessment.response, facts.assessment.day0
    if response is None or response.response not in _DERIVED or day0 is None:
        return
    rests = [entry for entry in facts.entries if entry.id in response.evidence]
    if response.response != "unknown" and any(isinstance(entry, Remission) for entry in rests):
        return
    day28 = day0 + timedelta(days=facts.knowledge.numbers.day28_target)
    on = max([entry.at.day for entry in rests], default=min(day28, facts.as_of))
    yield Finding(on, *_DERIVED[response.response], f"Response at day 28: {response.text}", response.evidence)


def response_lane(facts: CourseFacts) -> Lane:
    """The lane: the same remission judged again makes one span, from its first judgement to its last and no longer."""
    against = _against(facts)
    held: list[list[Finding]] = []
    for one in findings(facts):
        if held and _goes_on(held[-1][-1], one, against):
            held[-1].append(one)
        else:
            held.append([one])
    return Lane("Response", tuple(map(_item, held)), empty="not recorded")


def _against(facts: CourseFacts) -> list[date]:
    """The days after which a remission is another one: an infusion, a marrow that shows disease."""
    limit = facts.knowledge.numbers.disease_blasts_pct
    diseased = [one.at.day for one in facts.of(Marrow) if one.blasts_pct is not None and one.blasts_pct >= limit]
    return [*diseased, *(one.at.day for one in facts.of(Infusion))]


def _goes_on(before: Finding, after: Finding, against: list[date]) -> bool:
    """Whether a judgement says again what the one before it said of the same remission."""
    same = before.shape is after.shape is Shape.DISC and (before.strong, before.soft) == (after.strong, after.soft)
    return same and not any(before.on < day <= after.on for day in against)


def _item(held: list[Finding]) -> Item:
    first, last = held[0], held[-1]
    entries = tuple(entry for one in held for entry in one.entries)
    said = "; ".join(one.said for one in held)
    shape = last.shape if first.on == last.on else Shape.SPAN
    return Item(
        shape, first.on, last.on, last.strong, last.soft, short=last.strong, fill="lowtint", entries=entries, said=said
    )

"""Entries whose dates cannot all be right: after the death, before the diagnosis, of cells not yet infused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bedside.chart.assessment import Alert, AlertLevel
from bedside.chart.base import Entry
from bedside.chart.enums import ContactStatus
from bedside.chart.formats import date_text, label
from bedside.logic.follow_up.outcome import NOT_SEEN
from bedside.logic.wording import ids

Kinds = Mapping[str, Sequence[Any]]

_NEED_DIAGNOSIS = ("relapse", "apheresis", "infusion")
_NEED_INFUSION = ("car_t_level", "expansion")
_MOST = 3


def contradicting_dates(kinds: Kinds) -> Iterator[Alert]:
    """Yield what lies after the death, before the diagnosis, or tells of CAR T cells before the first infusion.

    Which of the dates is wrong the chart cannot tell; nothing is left out because of it.
    """
    died, diagnosed, infused = (next(iter(kinds.get(kind, ())), None) for kind in ("death", "diagnosis", "infusion"))
    if died is not None:
        yield from _told("after the death", died, _after(kinds, died))
    for first, words, needing in (
        (diagnosed, "before the diagnosis", _NEED_DIAGNOSIS),
        (infused, "before the first infusion", _NEED_INFUSION),
    ):
        if first is not None:
            early = [one for kind in needing for one in kinds.get(kind, ()) if one.at.day < first.at.day]
            yield from _told(words, first, early)


def _after(kinds: Kinds, died: Entry) -> list[Entry]:
    """The entries after the death that show the patient alive or treated."""
    found = [
        one
        for kind, entries in kinds.items()
        if kind not in NOT_SEEN and entries and entries[-1].at.day > died.at.day
        for one in entries
    ]
    found += [one for one in kinds.get("contact", ()) if one.status is ContactStatus.ALIVE]
    return sorted((one for one in found if one.at.day > died.at.day), key=lambda one: (one.at.day, one.kind, one.id))


def _told(words: str, of: Entry, found: Sequence[Entry]) -> Iterator[Alert]:
    if not found:
        return
    named = [f"{label(one.kind)} of {date_text(one.at.day)}" for one in found[:_MOST]]
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    text = f"Dated {words} of {date_text(of.at.day)}: {', '.join(named)}{more}. Is a date wrong?"
    yield Alert(level=AlertLevel.CAUTION, rule="dates", text=text, evidence=(of.id, *ids(found)))

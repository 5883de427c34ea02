"""What whoever gives a drug asks first: the newest weight with its date, and which allergies are known."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from bedside.chart.entries import Allergy, BodySize, Entry, Infusion


class Weight(NamedTuple):
    """A weight in kg and the local date on which it was measured."""

    kg: float
    on: date


def newest_weight(entries: Iterable[Entry]) -> Weight | None:
    """Return the newest weight that was measured or that an infusion names; None where none is recorded."""
    found = [
        Weight(entry.weight_kg, entry.at.day)
        for entry in entries
        if isinstance(entry, BodySize | Infusion) and entry.weight_kg is not None
    ]
    return max(reversed(found), key=lambda weight: weight.on, default=None)


def known_allergies(entries: Iterable[Entry]) -> tuple[str, ...] | None:
    """Return what the patient is known to be allergic to, () where none is known, None where nothing was recorded.

    A known one stays, whatever was recorded later: nobody's allergies end.
    """
    found = [entry for entry in entries if isinstance(entry, Allergy)]
    known = dict.fromkeys(entry.substance or "substance not recorded" for entry in found if entry.known)
    return tuple(known) if found else None


def allergy_words(known: tuple[str, ...] | None) -> str:
    """Return what `known_allergies` found in words, "" for what is not recorded, which is not the same as none."""
    if known is None:
        return ""
    return f"Known allergies: {', '.join(known)}" if known else "No known allergies"

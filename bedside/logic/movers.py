"""Which entry of a date moved the class: the one that a criterion read which changed and decides."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from bedside.chart.enums import ExpansionAuc, ExpansionPeak, Marker
from bedside.logic.criteria import ALL
from bedside.logic.facts import CourseFacts
from bedside.logic.gather import Batch
from bedside.logic.risk import Verdict

# In the order in which they are asked when no deciding criterion reads an entry of the date.
DECISIVE = (
    "contested", "infusion", "death", "hsct", "relapse", "marrow", "lymphocyte_subset", "remission", "genetics",
    "therapy", "expansion", "referral", "csf", "extramedullary", "product_release", "manufacturing",
    "diagnosis",
)  # fmt: skip

_FIRST_ASKED = ("contested", "death", "hsct", "relapse")


def mover(verdict: Verdict, batch: Batch, facts: CourseFacts, begins: bool, changed: Collection[str]) -> str | None:
    """Return the id of the entry that moved the class.

    `begins`: the course began on this date. `changed`: the criteria whose status the date's entries changed.
    """
    if begins:
        return facts.before.infusion.id
    for kind in _FIRST_ASKED:
        if batch.get(kind):
            return str(batch[kind][-1].id)
    moved = [name for name in (*verdict.decided_by, *ALL) if name in changed]
    found = (_READ[name](batch, facts) for name in moved if name in _READ)
    return next((entry.id for entry in found if entry is not None), None) or _any_of(batch)


def _any_of(batch: Batch) -> str | None:
    return next((str(batch[kind][-1].id) for kind in DECISIVE if batch.get(kind)), None)


def _last(entries: Sequence[Any]) -> Any:
    return entries[-1] if entries else None


def _gene(marker: Marker) -> Callable[[Batch, CourseFacts], Any]:
    return lambda batch, _facts: _last([entry for entry in batch.get("genetics", ()) if entry.marker is marker])


def _referral(batch: Batch, _facts: CourseFacts) -> Any:
    return _last(batch.get("referral", ()))


def _marrow(batch: Batch, _facts: CourseFacts) -> Any:
    """The marrow entry of the date, the one with most to say where there are several."""
    entries = batch.get("marrow", ())
    return max(entries, key=lambda entry: (bool(entry.mrd), entry.blasts_pct is not None), default=None)


def _response(batch: Batch, facts: CourseFacts) -> Any:
    """The judgement that there is no response, else the marrow."""
    judged = [entry for entry in batch.get("remission", ()) if entry.id in facts.marrow.no_response_by]
    return _last(judged) or _marrow(batch, facts)


def _subset(batch: Batch, _facts: CourseFacts) -> Any:
    entries = batch.get("lymphocyte_subset", ())
    return _last([entry for entry in entries if entry.cd19 is not None or entry.cd19_pct is not None])


def _expansion(batch: Batch, _facts: CourseFacts) -> Any:
    judged = [
        entry
        for entry in batch.get("expansion", ())
        if entry.peak not in {None, ExpansionPeak.UNKNOWN} or entry.auc not in {None, ExpansionAuc.UNKNOWN}
    ]
    return _last(judged)


def _further(batch: Batch, facts: CourseFacts) -> Any:
    given = [*batch.get("therapy", ()), *batch.get("infusion", ())]
    return _last([entry for entry in given if entry is facts.further or entry is facts.reinfusion])


_READ: Mapping[str, Callable[[Batch, CourseFacts], Any]] = {
    "L2": _gene(Marker.KMT2A_R), "L3": _referral, "L6": _response, "L7": _subset,
    "H1": _response, "H2": _marrow, "H3": _marrow, "H4": _subset,
    "A2": _gene(Marker.TP53),
    "A3": lambda batch, facts: _gene(Marker.KMT2A_R)(batch, facts) or _gene(Marker.HYPODIPLOID)(batch, facts),
    "A4": _referral, "A6": _expansion, "A7": _subset, "A11": _further, "A12": _marrow,
}  # fmt: skip

"""Which criteria a contested entry would touch; while the conflict stands each of them is unknown."""

from collections.abc import Iterable
from datetime import date

from bedside.chart.entries import (
    Csf,
    Entry,
    Extramedullary,
    Genetics,
    LymphocyteSubset,
    Manufacturing,
    Marrow,
    ProductRelease,
    Referral,
    Remission,
    Therapy,
)
from bedside.chart.enums import Intent, Marker
from bedside.logic.aplasia import gives_cd19
from bedside.logic.criteria import ALL, PLACE, UNKNOWN, Statuses
from bedside.logic.facts import CourseFacts, Setting, is_further_therapy

_NOTHING: frozenset[str] = frozenset()
_APLASIA = frozenset(("L7", "H4", "A7"))
_BURDEN = frozenset(("L5", "A1", "A10"))
_DURING = frozenset(("L6", "L7", "H1", "H2", "H3", "H4", "A6", "A7", "A11", "A12"))
_GENETICS = {
    Marker.KMT2A_R: frozenset(("L2", "A3")),
    Marker.TP53: frozenset(("A2",)),
    Marker.HYPODIPLOID: frozenset(("A3",)),
}


def touched_by(entry: Entry, facts: CourseFacts | None, setting: Setting) -> frozenset[str]:
    """Return the criteria that would use an entry: by its kind, and by what it would be in the course."""
    if entry.kind == "infusion":
        return frozenset(ALL)
    if isinstance(entry, Genetics):
        return _GENETICS.get(entry.marker, _NOTHING)
    if isinstance(entry, Referral):
        # Once one of the agents is recorded, no referral is asked whether the history is complete.
        return _NOTHING if facts is not None and facts.before.excluding else frozenset(("L3", "A4"))
    if isinstance(entry, Therapy):
        return _by_therapy(entry, facts, setting)
    if facts is None:
        return _before_infusion(entry)
    if entry.kind in {"relapse", "hsct", "death"}:
        return _DURING if entry.at.day > facts.day0 else _NOTHING
    return _in_course(entry, facts)


def _before_infusion(entry: Entry) -> frozenset[str]:
    return frozenset(("L4", "A8")) if isinstance(entry, ProductRelease | Manufacturing) else _NOTHING


def _in_course(entry: Entry, facts: CourseFacts) -> frozenset[str]:
    day, numbers = entry.at.day, facts.setting.knowledge.numbers
    after = (day - facts.day0).days
    if isinstance(entry, Marrow):
        return _by_marrow(after, facts)
    if isinstance(entry, LymphocyteSubset):
        return _APLASIA if after >= numbers.aplasia_from and gives_cd19(entry) else _NOTHING
    if isinstance(entry, Csf):
        return frozenset(("L5",)) if -numbers.csf_days_before <= after <= 0 else _NOTHING
    if isinstance(entry, Extramedullary):
        return frozenset(("L5",)) if after <= 0 else _NOTHING
    if isinstance(entry, ProductRelease):
        return frozenset(("A5",)) if after <= 0 else _NOTHING
    if isinstance(entry, Remission):
        return frozenset(("L6", "H1")) if numbers.day28_first <= after <= numbers.day28_last else _NOTHING
    return frozenset(("A6",)) if entry.kind == "expansion" and after >= 0 else _NOTHING


def _by_marrow(after: int, facts: CourseFacts) -> frozenset[str]:
    numbers = facts.setting.knowledge.numbers
    if -numbers.burden_days_before <= after <= 0:
        return _BURDEN
    if after < numbers.day28_first:
        return _NOTHING
    touched = {"H3", "A12"}
    if after <= numbers.day28_last:
        touched |= {"L6", "H1"}
    elif facts.marrow.day28_fcm_pcr is None:
        touched.add("H1")
    if after >= numbers.ngs_3_months_first:
        touched.add("H2")
    return frozenset(touched)


def _by_therapy(entry: Therapy, facts: CourseFacts | None, setting: Setting) -> frozenset[str]:
    agents = setting.knowledge.agents_with
    if facts is None or entry.at.day < facts.day0:
        return frozenset(("L3", "A4")) if entry.agent in agents["excludes_low_risk"] else _NOTHING
    if entry.intent is Intent.CONDITIONING:
        return _DURING
    touched = _APLASIA if entry.agent in agents["b_cell_directed"] else _NOTHING
    return touched | {"A11"} if is_further_therapy(entry, setting.knowledge) else touched


def touched_in(
    contested: Iterable[Entry], facts: CourseFacts | None, setting: Setting, until: date | None
) -> dict[str, tuple[str, ...]]:
    """Return the ids of the contested entries that touch each criterion; results after the course's end do not."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in contested:
        late = until is not None and entry.at.day > until
        if late and not isinstance(entry, Genetics) and entry.kind != "infusion":
            continue
        for name in touched_by(entry, facts, setting):
            found[name] = (*found.get(name, ()), entry.id)
    return found


def overridden(statuses: Statuses, touched: Iterable[str]) -> Statuses:
    """Return the statuses with every touched criterion unknown."""
    changed = list(statuses)
    for name in touched:
        changed[PLACE[name]] = UNKNOWN
    return tuple(changed)

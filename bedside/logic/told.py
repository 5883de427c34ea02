"""Puts each criterion into words for the one point in time that is shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from bedside.chart.assessment import Criterion
from bedside.chart.entries import Entry
from bedside.chart.formats import at_text, label
from bedside.logic import ambiguous_words as ambiguous
from bedside.logic import high_words as high
from bedside.logic import low_words as low
from bedside.logic.criteria import ALL, NOT_DUE, UNKNOWN, WORDS, Statuses, Words
from bedside.logic.facts import Dates
from bedside.logic.scene import Scene
from bedside.logic.wording import Case

_TELL: tuple[Callable[[Case, int], Words], ...] = (
    low.l1, low.l2, low.l3, low.l4, low.l5, low.l6, low.l7,
    high.h1, high.h2, high.h3, high.h4,
    ambiguous.a1, ambiguous.a2, ambiguous.a3, ambiguous.a4, ambiguous.a5, ambiguous.a6, ambiguous.a7, ambiguous.a8,
    ambiguous.a9, ambiguous.a10, ambiguous.a11, ambiguous.a12,
)  # fmt: skip


def criteria(case: Case, statuses: Statuses, contested: Mapping[str, Sequence[Entry]]) -> tuple[Criterion, ...]:
    """Return every criterion with its words; `contested`: the entries of the conflicts that leave one unknown."""
    tables, due = case.setting.knowledge.criteria, due_dates(case)
    found = []
    for name, tell, status in zip(ALL, _TELL, statuses, strict=True):
        table = tables[name]
        words = conflict_words(contested[name]) if name in contested else tell(case, status)
        found.append(
            Criterion(
                id=name,
                status=WORDS[status],
                evidence=words.evidence,
                due=due.get(name) if waits(status, words) else None,
                text=words.text,
                source=words.source or table.source,
                policy=table.policy,
            )
        )
    return tuple(found)


def waits(status: int, words: Words) -> bool:
    """Tell whether a criterion waits for its window, or for what its closed window did not bring."""
    return status == NOT_DUE or (status == UNKNOWN and (words.awaits or not words.evidence))


def conflict_words(entries: Sequence[Entry]) -> Words:
    """Return the words of a conflict; both entries are named."""
    named = " and ".join(f"{label(entry.kind)} of {at_text(entry.at)} ({entry.id[:8]})" for entry in entries)
    return Words(
        f"conflict: {named} correct the same entry; neither counts until one is chosen", tuple(e.id for e in entries)
    )


def conflict_of(scene: Scene, *kinds: str, before: Collection[str] = ()) -> tuple[str, ...]:
    """Return the words of the open conflicts that a result of the course rests on; empty without one.

    Entries of these kinds bear on it when dated from day 0 on; those of the kinds `before`, whatever their date.
    """
    contested = [
        entry
        for entry in scene.contested_of(*kinds, *before)
        if entry.kind in before or scene.day0 is None or entry.at.day >= scene.day0
    ]
    return (conflict_words(contested).text,) if contested else ()


def due_dates(case: Case) -> Mapping[str, date]:
    """Return the last day of the window that each criterion waits for, by its name.

    None after the course; before day 0 that of the age alone.
    """
    if case.closed:
        return {}
    if case.facts is None:
        return {"L1": case.setting.first_birthday}
    dates: Dates = case.facts.dates
    return {"L6": dates.day28_last, "H1": dates.day28_last, "H3": dates.day28_last, "H2": dates.ngs_last,
            "H4": dates.early_due, "L7": dates.long_due}  # fmt: skip

"""Puts each criterion into words for the one point in time that is shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from bedside.chart.assessment import Criterion
from bedside.chart.describe import values_text
from bedside.chart.entries import Entry
from bedside.chart.formats import at_text, label
from bedside.logic import ambiguous_words as ambiguous
from bedside.logic import high_words as high
from bedside.logic import low_words as low
from bedside.logic.criteria import ALL, NOT_DUE, UNKNOWN, WORDS, Statuses, Words
from bedside.logic.facts import Dates
from bedside.logic.scene import Scene
from bedside.logic.wording import Case

_SHORT = 120
"""The letters in which an entry is named, beyond which its words are cut."""

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
    """Return the words of a conflict; every entry is named with its date and what it says, cut short where it is long.

    Corrections that say the same are named once.
    """
    named = " and ".join(_told_apart([_named(entry) for entry in entries]))
    return Words(f"conflict: {named}; none counts until one is chosen", tuple([entry.id for entry in entries]))


def _named(entry: Entry) -> str:
    """Return marrow of 29-Jun-2020 (3 % blasts)."""
    values = values_text(entry)
    return f"{label(entry.kind)} of {at_text(entry.at)}{f' ({values})' if values else ''}"


def _told_apart(told: Sequence[str]) -> list[str]:
    """The different ones, in few words where these still tell them apart."""
    different = list(dict.fromkeys(told))
    short = [words if len(words) <= _SHORT else f"{words[:_SHORT].rsplit(' ', 1)[0]} …)" for words in different]
    shown = short if len(set(short)) == len(short) else different
    return shown if len(different) > 1 else [f"{shown[0]} corrected twice alike"]


def conflict_of(scene: Scene, *kinds: str, before: Collection[str] = ()) -> tuple[str, ...]:
    """Return the words of the open conflicts that a result of the course rests on; empty without one."""
    found = conflict_behind(scene, *kinds, before=before)
    return () if found is None else (found.text,)


def conflict_behind(scene: Scene, *kinds: str, before: Collection[str] = ()) -> Words | None:
    """Return the open conflicts that a result of the course rests on, with their entries; None without one.

    Entries of these kinds bear on it when dated from day 0 on; those of the kinds `before`, whatever their date.
    """

    def bears(entry: Entry) -> bool:
        return entry.kind in before or scene.day0 is None or entry.at.day >= scene.day0

    contested = scene.contested_of(*kinds, *before, bears=bears)
    return conflict_words(contested) if contested else None


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

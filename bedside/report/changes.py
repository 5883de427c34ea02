"""Owns what changed since the version that was sent last: what is derived now against then, and every later entry."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.chart.describe import describe, kind_title, values_text
from bedside.chart.entries import Void
from bedside.chart.formats import at_text, date_text, label, moment_text
from bedside.report.lettering import held_together
from bedside.report.made import LastSent
from bedside.report.styles import SOFT
from bedside.report.words import APLASIA_WORDS, CLASS_WORDS, OPINION_WORDS, between_words
from bedside.report.writing import Cell, Writing

_MOST_OF_A_KIND = 3
_MOST_CORRECTIONS = 8
_SHARES = (0.21, 0.09, 0.7)


def last_words(writing: Writing, last: LastSent) -> str:
    """Return "Changed since version 1 (29-Jun-2020)"."""
    return f"Changed since version {last.number} ({date_text(last.moment.astimezone(writing.made.zone).date())})"


def moved_items(writing: Writing, last: LastSent) -> Iterator[str]:
    """Yield what is derived otherwise than then, then how much was stored since, as markup."""
    letters = writing.letters
    for name, before, now in _derived(last.before, writing.facts.assessment):
        if before != now:
            yield f"{name}: {letters.markup(before)} → <b>{letters.markup(now)}</b>"
    later = _later(writing, last)
    new = [entry for entry in later if not _mends(entry)]
    if new:
        kinds = dict.fromkeys(kind_title(entry.kind).lower() for entry in new)
        counted = [(kind, sum(kind_title(entry.kind).lower() == kind for entry in new)) for kind in kinds]
        listed = ", ".join(f"{letters.markup(kind)} {count}" for kind, count in counted)
        yield f"New entries: {listed}"
    mended = len(later) - len(new)
    yield f"Corrected or taken back: {mended}" if mended else "No entry corrected or taken back"


def changes(writing: Writing) -> list[Flowable]:
    """Return every entry stored since, or nothing where no version was sent before."""
    last = writing.made.last
    if last is None:
        return []
    sent = [writing.letters.paragraph(words, SOFT) for words in sent_words(writing)]
    flowables = [*writing.heading(last_words(writing, last), "changes"), *sent]
    rows = list(_rows(writing, _later(writing, last)))
    if not rows:
        return [*flowables, writing.letters.paragraph("No entry was stored since.", SOFT)]
    widths = [writing.room * share for share in _SHARES]
    return [*flowables, writing.table(["Kind", "Entries", "What is new"], rows, widths)]


def sent_words(writing: Writing) -> Iterator[str]:
    """Yield to whom and when the version before was sent, with the hash of its bytes."""
    last = writing.made.last
    if last is not None:
        to = f" to {last.recipient}" if last.recipient else ""
        when = moment_text(last.moment, writing.made.zone)
        yield f"Version {last.number} was sent{to} on {when}, SHA-256 {last.sha256}."


def _derived(before: Assessment, now: Assessment) -> Iterator[tuple[str, str, str]]:
    for name, told in _TOLD.items():
        yield name, told(before), told(now)


def _class_words(one: Assessment) -> str:
    return f"{CLASS_WORDS[one.risk.class_]}{', provisional' if one.risk.provisional else ''}"


def _grade_words(grade: int | None) -> str:
    return "never assessed" if grade is None else f"grade {grade}"


_TOLD: Mapping[str, Callable[[Assessment], str]] = {
    "Class": _class_words,
    "Phase": lambda one: label(one.phase.value),
    "B-cell aplasia": lambda one: APLASIA_WORDS[one.bca.status],
    "CRS": lambda one: _grade_words(one.crs.max_grade),
    "ICANS": lambda one: _grade_words(one.icans.max_grade),
    "Relapse": lambda one: "none" if one.relapse.date is None else date_text(one.relapse.date),
    "Second opinion": lambda one: OPINION_WORDS[one.second_opinion.verdict],
}


def _later(writing: Writing, last: LastSent) -> list[Entry]:
    return [e for e in writing.facts.chart.entries if e.id in last.later and writing.facts.concerns(e)]


def _mends(entry: Entry) -> bool:
    return entry.supersedes is not None or isinstance(entry, Void)


def _rows(writing: Writing, later: Sequence[Entry]) -> Iterator[list[Cell]]:
    kinds: dict[str, list[Entry]] = {}
    for entry in later:
        kinds.setdefault("corrected" if _mends(entry) else entry.kind, []).append(entry)
    for kind, entries in kinds.items():
        entries.sort(key=lambda entry: entry.at.day)
        words = _corrected_words if kind == "corrected" else _new_words
        title = "Corrected, taken back" if kind == "corrected" else kind_title(kind)
        yield [title, str(len(entries)), words(writing, entries)]


def _new_words(_writing: Writing, entries: Sequence[Entry]) -> str:
    shown = entries[-_MOST_OF_A_KIND:]
    told = "; ".join(f"{held_together(at_text(e.at))} {values_text(e)}".strip() for e in shown)
    if len(entries) == len(shown):
        return told
    days = between_words(entries[0].at.day, entries[-1].at.day)
    return f"{days}; the newest {len(shown)}: {told}"


def _corrected_words(writing: Writing, entries: Sequence[Entry]) -> str:
    by_id = writing.facts.by_id
    told = [_correction(entry, by_id.get(getattr(entry, "voids", "") or entry.supersedes or "")) for entry in entries]
    earlier = len(told) - _MOST_CORRECTIONS
    return "; ".join([*([f"{earlier} more"] if earlier > 0 else []), *told[-_MOST_CORRECTIONS:]])


def _correction(entry: Entry, old: Entry | None) -> str:
    before = "an entry not in this chart" if old is None else f"{describe(old)} ({date_text(old.at.day)})"
    now = "taken back" if isinstance(entry, Void) else f"now {values_text(entry)}"
    return f"{before}: {now}"

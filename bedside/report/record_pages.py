"""Owns the end of the summary: conflicts and corrections, what is missing, whole texts, references, colophon."""

from collections.abc import Iterable, Iterator

from reportlab.platypus import Spacer, Table
from reportlab.platypus.flowables import Flowable

from bedside.chart.base import Entry
from bedside.chart.describe import describe
from bedside.chart.entries import Void
from bedside.chart.formats import date_text, moment_text
from bedside.report.frame import Bookmark, FirstThatFits
from bedside.report.lettering import Paragraph
from bedside.report.made import Made
from bedside.report.styles import CELL, COLUMNS, DENSEST, HEADING, ITEM, SMALL_PAIRS
from bedside.report.two_boxes import FEWEST_IN_A_BOX, missing_items
from bedside.report.writing import Cell, Writing

INTENDED_USE = (
    "Bedside brings together what was recorded and names its sources; "
    "it does not replace the judgement of the treating physician."
)
_ITEMS_IN_LINES = 6
_CORRECTION_SHARES = (0.16, 0.27, 0.27, 0.13, 0.17)


def corrections(writing: Writing) -> list[Flowable]:
    """Return the conflicts and every correction and void: old, new, who, when, why."""
    conflicts, more = writing.newest(list(conflict_words(writing)), "conflicts")
    told = [*(Paragraph(writing.letters.strong(words), CELL) for words in conflicts), *more]
    rows, earlier = writing.newest(list(_correction_rows(writing)), "corrections")
    widths = [writing.room * share for share in _CORRECTION_SHARES]
    table = writing.table(["Entry of", "Before", "After", "By, when", "Why"], rows, widths)
    heading = "Conflicts and corrections"
    if told:
        return [*writing.heading(heading, "corrections"), *told, *([table] if rows else []), *earlier]
    return [*writing.over(heading, "corrections", table), *earlier] if rows else []


def conflict_words(writing: Writing) -> Iterator[str]:
    """Yield every conflict with all that contradicts."""
    for conflict in writing.facts.journal.conflicts:
        versions = "; ".join(f"{describe(e)} ({date_text(e.at.day)}, {_who(writing, e)})" for e in conflict.entries)
        yield f"Conflict, none of these counts until a person settles it: {versions}."


def correction_words(writing: Writing) -> Iterator[str]:
    """Yield every correction and void in one sentence: day, old, new, who, when, why."""
    for day, before, new, who, why in _correction_rows(writing):
        yield f"{day} {before} → {new} ({who}: {why})"


def missing(writing: Writing) -> list[Flowable]:
    """Return everything that is missing for the decision where the first page may have no room for it all.

    Before infusion nearly every criterion is open: their tables say so already.
    """
    items = missing_items(writing)
    if writing.facts.course is None or len(items) <= FEWEST_IN_A_BOX:
        return []
    heading = writing.heading("What is missing", "missing")
    if len(items) > _ITEMS_IN_LINES:
        return [*heading, writing.letters.paragraph("; ".join(items) + ".", CELL)]
    return [*heading, *(Paragraph(writing.letters.markup(text), ITEM, bulletText="–") for text in items)]


def whole_texts(writing: Writing) -> list[Flowable]:
    """Return the texts that were too long for their place, whole; nothing when there are none."""
    texts = writing.letters.long_texts
    if not texts:
        return []
    paragraphs = [
        Paragraph(f"<b>Text {number}.</b> {writing.letters.markup(text)}", CELL)
        for number, text in enumerate(texts, start=1)
    ]
    return [*writing.heading("Whole texts", "texts"), *paragraphs]


def colophon(writing: Writing) -> list[Flowable]:
    """Return the sources that the criteria name, who made this from which state, the hashes, and what it is for.

    In small print where the page has no room for more.
    """
    rows = [*references(writing), _document(writing), *origin(writing), ("Intended use", INTENDED_USE)]
    whole = writing.pairs(rows, (92, writing.room - 92), SMALL_PAIRS)
    heading = Paragraph(writing.letters.strong("Sources and origin"), HEADING)
    widths = [writing.room]
    open_form = Table([[Spacer(1, 4)], [heading], [whole]], colWidths=widths, style=COLUMNS, hAlign="LEFT")
    small_form = Table([[small_print(writing, rows)]], colWidths=widths, style=COLUMNS, hAlign="LEFT")
    return [FirstThatFits(open_form, small_form), Bookmark("colophon", "Sources and origin")]


def small_print(writing: Writing, rows: Iterable[tuple[str, str]]) -> Paragraph:
    """Return names and words one after the other in the smallest letters."""
    told = [
        f"<b>{writing.letters.markup(name)}:</b> {writing.letters.markup(words.rstrip('.'))}." for name, words in rows
    ]
    return Paragraph(" ".join([writing.letters.strong("Sources and origin."), *told]), DENSEST)


def references(writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield the sources that the criteria name; before infusion by their short names."""
    used = {criterion.source for criterion in writing.facts.assessment.risk.criteria}
    used |= {other for table in writing.knowledge.criteria.values() for other in table.also}
    listed = []
    for key, reference in writing.knowledge.references.items():
        if key in used and key != "bedside":
            doi = f", doi {reference.doi}" if reference.doi else ""
            listed.append(f"{reference.short}: {reference.cited_as.rstrip('.')}{doi}")
    if writing.facts.course is None:
        listed = [reference.short for key, reference in writing.knowledge.references.items() if key in used]
    policy = "policy: this program’s default, from no paper"
    yield "Sources", f"{'; '.join([*listed, policy])}."


def _document(writing: Writing) -> tuple[str, str]:
    made = writing.made
    stored = "" if made.moment is None else f", its newest row stored {moment_text(made.moment, made.zone)}"
    by = f"Version {made.number} by {made.author}, {made.role}"
    return "Document", f"{by}; data as of {writing.facts.as_of_text}{stored}"


def origin(writing: Writing) -> Iterator[tuple[str, str]]:
    """Yield the hashes of the chart and of the chain, the version of the rules, and what no font could print."""
    made = writing.made
    if writing.facts.chart.source and writing.facts.course is not None:
        yield "Case", writing.facts.chart.source
    yield "Chart", f"{_entries(len(writing.facts.chart.entries))}, SHA-256 {writing.chart_sha256}"
    yield "Chain, newest row", _head(made)
    yield "Rules, knowledge", f"Bedside {made.version}, {writing.facts.assessment.knowledge}"
    if writing.letters.missing:
        codes = ", ".join(f"U+{ord(character):04X}" for character in sorted(writing.letters.missing))
        yield "Not in any font", f"{codes}: printed as their codes"


def _correction_rows(writing: Writing) -> Iterator[list[Cell]]:
    by_id = writing.facts.by_id
    for entry in sorted(writing.facts.chart.entries, key=_recorded):
        if not writing.facts.concerns(entry):
            continue
        if isinstance(entry, Void):
            old, new, reason = by_id.get(entry.voids), "taken back", entry.reason
        elif entry.supersedes is not None:
            old, new, reason = by_id.get(entry.supersedes), describe(entry), entry.reason or "no reason recorded"
        else:
            continue
        before = describe(old) if old is not None else "not in this chart"
        day = date_text((old or entry).at.day)
        yield [day, before, new, _who(writing, entry), reason]


def _who(writing: Writing, entry: Entry) -> str:
    by = entry.recorded_by or "author not recorded"
    return by if entry.recorded_at is None else f"{by}, {moment_text(entry.recorded_at, writing.made.zone)}"


def _recorded(entry: Entry) -> tuple[bool, str, str]:
    return entry.recorded_at is not None, str(entry.recorded_at), entry.id


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _head(made: Made) -> str:
    return f"{made.head_hash} (row {made.entry_count})" if made.head_hash else "not from a store"

"""Owns what the import says: verdicts with their signs, sums, values, and what was stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bedside.chart.formats import at_text, field_quantity_text, label
from bedside.service.counts import Column, CountsPlan, Measurement, PlannedRow, StoredCounts, Verdict
from bedside.service.counts_offers import use_words
from bedside.ui.signs import Sign

VERDICTS: Mapping[Verdict, tuple[str, Sign, str]] = {
    Verdict.ACCEPTED: ("New", Sign.CLEAR, "ink"),
    Verdict.ASKED: ("Question", Sign.CAUTION, "amb"),
    Verdict.REFUSED: ("Refused", Sign.ALERT_WARNING, "high"),
    Verdict.KNOWN: ("Already known", Sign.NO_INTERVAL, "ink2"),
    Verdict.UNUSED: ("Not used", Sign.NOT_MET, "ink2"),
}
"""Word, sign and tone of what becomes of a line, in the order in which a person looks at them."""

UNUSUAL = ("New, unusual", Sign.ALERT_CAUTION, "amb")


@dataclass(frozen=True)
class Cells:
    """One row of a preview: a text a column, the second line under the widest one, sign and tone of the last column."""

    texts: tuple[str, ...]
    second: str = ""
    sign: Sign | None = None
    tone: str = "ink"

    @property
    def sentence(self) -> str:
        """The row as it is read aloud."""
        return ", ".join(part for part in (*self.texts, self.second) if part)


def line_cells(row: PlannedRow) -> Cells:
    """A line of the file: its number, whose, when, what of it is new, and what becomes of it."""
    word, sign, tone = UNUSUAL if row.verdict is Verdict.ACCEPTED and row.warnings else VERDICTS[row.verdict]
    values = [*map(value_text, row.new), *(f"{label(name)} not done" for name in row.not_done)]
    texts = (str(row.line), patient_words(row), at_text(row.at) if row.at else "no date", ", ".join(values), word)
    return Cells(texts, begun("; ".join((*row.reasons, *row.warnings))), sign, tone)


def patient_words(row: PlannedRow) -> str:
    """Whose line it is."""
    return f"{row.names} {row.mrn}" if row.names else row.mrn or "nobody named"


def value_text(one: Measurement) -> str:
    """A value with its name."""
    return f"{label(one.field)} {field_quantity_text(one.field, one.value, one.sign)}"


def detail_words(row: PlannedRow) -> str:
    """Everything about one line: why, what is unusual, and how values were converted."""
    told = [f"{label(one.field)}: {one.told}" for one in row.new if one.told]
    parts = [*row.reasons, *row.warnings, *told]
    if row.known and row.verdict is Verdict.ACCEPTED:
        parts.append(f"values that the chart holds already: {row.known}")
    return f"Line {row.line}: {VERDICTS[row.verdict][0].lower()}. {begun('; '.join(parts))}".strip()


def column_cells(column: Column) -> Cells:
    """A column of the file, or a name in its rows: an example, what it is, and its unit."""
    use = use_words(column.use) if column.use else "not used"
    where = f"column {column.place}" if column.place else "in the rows"
    tone = "ink" if column.use else "ink2"
    return Cells((column.head or "no head", column.example, use, column.unit, where), "", None, tone)


def sums(plan: CountsPlan) -> Mapping[Verdict, int]:
    """How many lines have each verdict."""
    return {verdict: len(plan.with_verdict(verdict)) for verdict in VERDICTS}


def summary_words(plan: CountsPlan) -> str:
    """The file in one sentence: how many lines, of whom, how it was read."""
    patients = len({row.mrn for row in plan.rows if row.names})
    parts = [counted(len(plan.rows), "line"), counted(patients, "patient") if patients else "no patient of this store"]
    if plan.kept:
        parts.append(f"read as {plan.kept} kept it for files like this")
    return " · ".join((plan.name, *parts))


def store_words(plan: CountsPlan) -> str:
    """What the button does; "" where there is nothing to store."""
    accepted, refused = len(plan.with_verdict(Verdict.ACCEPTED)), len(plan.with_verdict(Verdict.REFUSED))
    if not accepted:
        return ""
    new = f", register {counted(len(plan.newcomers), 'patient')}" if plan.newcomers else ""
    left_out = f", leave out {refused} refused" if refused else ""
    return f"Store {counted(accepted, 'line')}{new}{left_out}"


def why_not_stored(plan: CountsPlan) -> str:
    """Why nothing can be stored now, "" where it can."""
    if plan.questions:
        return f"Open questions: {len(plan.questions)}. Nothing can be stored before they are answered."
    if not plan.with_verdict(Verdict.ACCEPTED):
        return "There is nothing new to store in this file."
    return ""


def stored_words(stored: StoredCounts, plan: CountsPlan, who: str, now: datetime) -> Sequence[str]:
    """What was stored, and what was not, as lines."""
    refused, known = len(plan.with_verdict(Verdict.REFUSED)), len(plan.with_verdict(Verdict.KNOWN))
    new = f", {counted(len(plan.newcomers), 'patient')} registered" if plan.newcomers else ""
    what = f"{counted(stored.lines, 'line')} as {counted(stored.entries, 'entry', 'entries')}{new}"
    lines = [f"Saved {now:%H:%M:%S} by {who}: {what}."]
    if refused:
        lines.append(f"{counted(refused, 'line')} refused and not stored.")
    if known:
        lines.append(f"{counted(known, 'line')} already known.")
    lines.append(f"Each entry says that it comes from {plan.name}, and from which line of it.")
    return lines


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its word: "1 line", "1 000 lines"."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def begun(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]

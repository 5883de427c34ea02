"""What a laboratory's file would add to the charts, line by line: what a person looks at before anything is stored."""

from dataclasses import dataclass, field
from enum import StrEnum

from bedside.chart.entries import AnyEntry, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.moments import At
from bedside.chart.patient import Patient
from bedside.exchange.counts.found import Column, Measurement, Question
from bedside.exchange.counts.mapping import CountsMapping
from bedside.store.rows import Head


class Verdict(StrEnum):
    """What becomes of a line."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    UNUSED = "not used"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class CountsFile:
    """A file as it came: its name, its bytes, whose it is ("" where it says so itself), and how to read it.

    `mapping` None: as files of the same shape were read before, else as the file says by itself.
    """

    name: str
    data: bytes = field(repr=False)
    mrn: str = ""
    mapping: CountsMapping | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One line: whose, when, what of it is new, what becomes of it and why; `known` values are in the chart already.

    `reasons` say why it is refused or not used, or what has to be settled; `warnings` name what is unusual but allowed.
    """

    line: int
    mrn: str
    names: str
    at: At | None
    verdict: Verdict
    new: tuple[Measurement, ...]
    not_done: tuple[str, ...]
    known: int
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryBatch:
    """Some entries as one JSON array, with the MRN of each: text is light to keep while a person looks."""

    mrns: tuple[str, ...]
    text: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CountsPlan:
    """Every line of a file with its verdict, what has to be settled first, and the entries that it comes to.

    `mapping` is how the file was read, `kept` who had kept that mapping, "" where nobody had; `head` is the state of
    the store for which the plan was made. `newcomers` are registered with it.
    """

    file: CountsFile
    mapping: CountsMapping
    kept: str
    rows: tuple[PlannedRow, ...]
    questions: tuple[Question, ...]
    columns: tuple[Column, ...]
    batches: tuple[EntryBatch, ...]
    head: Head
    newcomers: tuple[Patient, ...] = ()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.file.name

    @property
    def mrns(self) -> tuple[str, ...]:
        """The MRN of each entry."""
        return tuple([mrn for batch in self.batches for mrn in batch.mrns])

    @property
    def entries(self) -> tuple[tuple[str, AnyEntry], ...]:
        """The entries, each with its MRN, made anew; their ids are only for now."""
        made = (zip(batch.mrns, parse_entries(batch.text), strict=True) for batch in self.batches)
        return tuple([one for batch in made for one in batch])

    def with_verdict(self, verdict: Verdict) -> tuple[PlannedRow, ...]:
        """Return the lines with this verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)

    def require_settled(self) -> None:
        """Raise UserError while a question about the file is open."""
        if self.questions:
            raise UserError(f"{self.name}: {self.questions[0].text}", "Answer it first; nothing was stored.")

    def require_sound(self) -> None:
        """Raise UserError where a line is refused."""
        refused = self.with_verdict(Verdict.REFUSED)
        if refused:
            why = f"{self.name}, line {refused[0].line}: {refused[0].reasons[0].rstrip('.')}."
            raise UserError(why, f"Lines refused: {len(refused)}; nothing was stored.")

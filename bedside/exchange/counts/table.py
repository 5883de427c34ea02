"""A delimited file as samples: one row a sample with a column for each quantity, or one value a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bedside.chart.errors import UserError
from bedside.chart.moments import At
from bedside.chart.progress import one_by_one
from bedside.exchange.counts.analytes import Analytes, Meaning, Unused
from bedside.exchange.counts.columns import laid_out
from bedside.exchange.counts.dates import Dates
from bedside.exchange.counts.delimited import Row, decoded, rows_of, separator_of
from bedside.exchange.counts.found import Column, Doubts, Found, Measurement, Question, Sample, Surroundings
from bedside.exchange.counts.mapping import CountsMapping, own_use
from bedside.exchange.counts.numbers import Numbers, Refused
from bedside.exchange.counts.units import Read, Scale, measured
from bedside.exchange.reading import WHAT_TO_DO
from bedside.knowledge.codes import load_codes


def read_table(data: bytes, mapping: CountsMapping, around: Surroundings) -> Found:
    """Return what each row says and what has to be asked; UserError for a file of which nothing can be read."""
    text = decoded(data, around.name, mapping.encoding)
    if isinstance(text, Question):
        return Found(questions=(text,))
    if not text.strip():
        raise UserError(f"{around.name}: the file is empty; expected a row of heads and rows of values.", WHAT_TO_DO)
    separator = mapping.separator or separator_of(text, around.name)
    if isinstance(separator, Question):
        return Found(questions=(separator,))
    rows = list(rows_of(text, separator, around.name))
    if len(rows) < 2:
        raise UserError(f"{around.name}: there are no rows below the heads.", WHAT_TO_DO)
    return _Table(rows[0], mapping, around, separator).read(rows[1:])


@dataclass(slots=True)
class Line:
    """One line on its way to a sample."""

    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    measured: list[Measurement] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)

    def take(self, found: Read | Unused) -> None:
        """Keep a value, or why there is none."""
        if isinstance(found, Measurement):
            self.measured.append(found)
        elif isinstance(found, Refused):
            self.refused.append(found.why)
        elif isinstance(found, Unused):
            self.unused.append(found.why)
        else:
            self.asked.append(found.text)

    def sample(self, line: int, at: At | None, mrn: str, birth_date: str) -> Sample:
        """The line as a sample."""
        return Sample(
            line,
            at,
            tuple(self.measured),
            tuple(self.not_done),
            mrn,
            birth_date,
            tuple(self.refused),
            tuple(self.asked),
            tuple(self.unused),
        )


class _Table:
    """The heads understood once, then every row by them."""

    def __init__(self, heads: Row, mapping: CountsMapping, around: Surroundings, separator: str) -> None:
        self._mapping, self._around, self._codes = mapping, around, load_codes()
        self._doubts = Doubts()
        self._numbers = Numbers(mapping.decimal, self._doubts)
        self._dates = Dates(mapping.dates, mapping.serials, around.zone, self._doubts)
        names = [cell.strip() for cell in heads.cells]
        self._width, self._by_commas = len(names), separator == ","
        self._layout = laid_out(names, mapping, self._codes, self._doubts, around.name)
        self._places = self._layout.roles
        self._wide = [(place, one, one.read if isinstance(one, Scale) else {}) for place, one in self._layout.scales]
        self._analytes = Analytes(mapping, self._codes, self._doubts)
        self._absent, self._not_done = frozenset(("", *mapping.absent)), frozenset(mapping.not_done)

    def read(self, rows: Sequence[Row]) -> Found:
        """Return every row as a sample."""
        samples = tuple([self._sample(row) for row in one_by_one(rows, self._around.tell)])
        columns = (*self._with_examples(rows[0].cells), *self._analytes.columns)
        return Found(samples, tuple(self._doubts.found.values()), columns)

    def _with_examples(self, cells: Sequence[str]) -> tuple[Column, ...]:
        held = (*cells, *[""] * self._width)
        return tuple(replace(column, example=held[column.place - 1].strip()) for column in self._layout.columns)

    def _sample(self, row: Row) -> Sample:
        cells = [cell.strip() for cell in row.cells]
        if len(cells) != self._width and not self._ends_in_blanks(cells):
            why = f"the row has {len(cells)} cells; expected {self._width} as in the first row"
            return Sample(row.line, None, refused=(why,))
        plain = None if self._layout.is_long else self._plain(row.line, cells)
        if plain is not None:
            return plain
        line = Line()
        self._take_values(line, cells)
        if not (line.measured or line.not_done or line.refused or line.asked or line.unused):
            line.unused.append("the row holds no value")
        at = self._when(line, cells) if not line.unused else None
        return line.sample(row.line, at, self._cell(cells, "mrn"), self._birth_date(line, cells))

    def _ends_in_blanks(self, cells: Sequence[str]) -> bool:
        """Whether a longer row is so by blank cells alone; not between commas: a decimal one may have made a cell."""
        return len(cells) > self._width and not self._by_commas and not any(cells[self._width :])

    def _plain(self, line: int, cells: Sequence[str]) -> Sample | None:
        """The sample of a row in which nothing is odd and every number was met before: most rows of a long file."""
        measured = []
        for place, _, read in self._wide:
            found = read.get(cells[place])
            if isinstance(found, Measurement):
                measured.append(found)
            elif cells[place]:
                return None
        at = self._dates.read(cells[self._places["at"]]) if "at" in self._places else None
        if not measured or not isinstance(at, At) or "birth_date" in self._places:
            return None
        return Sample(line, at, tuple(measured), mrn=self._cell(cells, "mrn"))

    def _cell(self, cells: Sequence[str], role: str) -> str:
        place = self._places.get(role)
        return "" if place is None else cells[place]

    def _birth_date(self, line: Line, cells: Sequence[str]) -> str:
        """The birth date as ISO text, empty where the row does not tell it."""
        text = self._cell(cells, "birth_date")
        if not text:
            return ""
        read = self._dates.read(text)
        if isinstance(read, At):
            return read.day.isoformat()
        line.take(Refused(f"birth date: {read.why}") if isinstance(read, Refused) else read)
        return ""

    def _when(self, line: Line, cells: Sequence[str]) -> At | None:
        if "at" in self._places:
            text = self._cell(cells, "at")
        elif "date" in self._places:
            text = f"{self._cell(cells, 'date')} {self._cell(cells, 'time')}".strip()
        else:
            line.asked.append("which column tells when the samples were taken")
            return None
        if not text:
            line.refused.append("the row does not tell when the sample was taken")
            return None
        read = self._dates.read(text)
        if isinstance(read, At):
            return read
        line.take(read)
        return None

    def _take_values(self, line: Line, cells: Sequence[str]) -> None:
        for place, scale, read in self._wide:
            text = cells[place]
            found = read.get(text)
            if isinstance(found, Measurement):
                line.measured.append(found)
            else:
                self._take(line, text, scale)
        if self._layout.is_long:
            name, unit = self._cell(cells, "analyte"), self._cell(cells, "unit")
            value = self._cell(cells, "value")
            meaning = self._analytes.meaning(name, unit, lambda: own_use(name, self._codes, unit), value)
            self._take(line, value, meaning)

    def _take(self, line: Line, text: str, meaning: Meaning) -> None:
        if text in self._absent:
            return
        if not isinstance(meaning, Scale):
            line.take(meaning)
        elif text in self._not_done:
            line.not_done.append(meaning.name)
        else:
            line.take(measured(text, meaning, self._numbers))

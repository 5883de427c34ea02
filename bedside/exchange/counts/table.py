"""A delimited file as samples: one row a sample with a column for each quantity, or one value a row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bedside.chart.errors import UserError
from bedside.chart.formats import label
from bedside.chart.moments import At
from bedside.exchange.counts.dates import Dates
from bedside.exchange.counts.delimited import Row, check_size, decoded, rows_of, separator_of
from bedside.exchange.counts.found import (
    Choice,
    Column,
    Doubts,
    Found,
    Measurement,
    Question,
    Sample,
    Surroundings,
)
from bedside.exchange.counts.mapping import ROLES, CountsMapping, Use, parted, understood
from bedside.exchange.counts.numbers import Asked, Numbers, Refused
from bedside.exchange.counts.units import Scale, measured, scale_of
from bedside.exchange.reading import WHAT_TO_DO
from bedside.exchange.refusals import shortened
from bedside.knowledge.codes import COUNT_FIELDS, load_codes

_ONE_VALUE_A_ROW = ("analyte", "value")


def read_table(data: bytes, mapping: CountsMapping, around: Surroundings) -> Found:
    """Return what each row says and what has to be asked; UserError for a file of which nothing can be read."""
    check_size(data, around.name)
    text = decoded(data, around.name, mapping.encoding)
    if isinstance(text, Question):
        return Found(questions=(text,))
    separator = mapping.separator or separator_of(text, around.name)
    if isinstance(separator, Question):
        return Found(questions=(separator,))
    rows = list(rows_of(text, separator, around.name))
    if not rows:
        raise UserError(f"{around.name}: the file is empty; expected a row of heads and rows of values.", WHAT_TO_DO)
    return _Table(rows[0], mapping, around).read(rows[1:])


@dataclass(slots=True)
class _Line:
    """One row on its way to a sample."""

    cells: Sequence[str]
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    measured: list[Measurement] = field(default_factory=list)
    not_done: list[str] = field(default_factory=list)

    def take(self, found: Measurement | Refused | Asked) -> None:
        """Keep a value, or why there is none."""
        if isinstance(found, Measurement):
            self.measured.append(found)
        elif isinstance(found, Refused):
            self.refused.append(found.why)
        else:
            self.asked.append(found.text)


class _Table:
    """The heads understood once, then every row by them."""

    def __init__(self, heads: Row, mapping: CountsMapping, around: Surroundings) -> None:
        self._mapping, self._around, self._codes = mapping, around, load_codes()
        self._doubts = Doubts()
        self._numbers = Numbers(mapping.decimal, self._doubts)
        self._dates = Dates(mapping.dates, around.zone, self._doubts)
        self._heads = [cell.strip() for cell in heads.cells]
        self._width = len(self._heads)
        self._roles: dict[str, int] = {}
        self._scales: list[tuple[int, Scale | Refused | Asked]] = []
        self._by_analyte: dict[tuple[str, str], Scale | Refused | Asked] = {}
        self._columns = tuple(self._column(place, head) for place, head in enumerate(self._heads))
        self._require_columns()

    def _column(self, place: int, head: str) -> Column:
        use = understood(head, self._mapping, self._codes)
        if use is None or use.field == "ignore":
            return Column(head, place + 1, "")
        if use.field in ROLES:
            self._once(use.field, place)
            self._roles[use.field] = place
            return Column(head, place + 1, use.field)
        if use.field not in COUNT_FIELDS:
            raise UserError(
                f"{self._around.name}: the column {shortened(head)} is said to be {shortened(use.field)}, which is no "
                "field of a count.",
                f"Expected one of {', '.join((*ROLES, *COUNT_FIELDS))}.",
            )
        self._once(use.field, place)
        self._roles[use.field] = place
        self._scales.append((place, scale_of(use, self._codes, self._doubts, f"unit:{use.field}:{head}")))
        return Column(head, place + 1, use.field, use.unit or "")

    def _once(self, use: str, place: int) -> None:
        if use in self._roles:
            first, second = self._heads[self._roles[use]], self._heads[place]
            raise UserError(
                f"{self._around.name}, line 1: the columns {shortened(first)} and {shortened(second)} both mean "
                f"{label(use)}.",
                "Say in a mapping which of them counts; the other one is ignore.",
            )

    def _require_columns(self) -> None:
        choices = tuple(Choice(column.head, column.head) for column in self._columns if not column.use and column.head)
        if not {"at", "date"} & self._roles.keys():
            self._doubts.add(Question("role:at", "Which column tells when the samples were taken?", choices))
        has_values = self._scales or all(role in self._roles for role in _ONE_VALUE_A_ROW)
        if not has_values:
            raise UserError(
                f"{self._around.name}, line 1: no column is understood as a count "
                f"({', '.join(shortened(head) for head in self._heads[:8])}).",
                "Say in a mapping what the columns are.",
            )

    def read(self, rows: Sequence[Row]) -> Found:
        """Return every row as a sample."""
        samples = []
        for done, row in enumerate(rows):
            self._around.tell(done, len(rows))
            samples.append(self._sample(row))
        return Found(tuple(samples), tuple(self._doubts.found.values()), self._columns)

    def _sample(self, row: Row) -> Sample:
        if len(row.cells) != self._width:
            why = f"the row has {len(row.cells)} cells; expected {self._width} as in the first row"
            return Sample(row.line, None, refused=(why,))
        line = _Line([cell.strip() for cell in row.cells])
        at = self._when(line)
        self._take_values(line)
        if not (line.measured or line.not_done or line.refused or line.asked):
            line.refused.append("the row holds no value")
        return Sample(
            row.line,
            at,
            tuple(line.measured),
            tuple(line.not_done),
            self._cell(line, "mrn"),
            self._birth_date(line),
            tuple(line.refused),
            tuple(line.asked),
        )

    def _cell(self, line: _Line, role: str) -> str:
        place = self._roles.get(role)
        return "" if place is None else line.cells[place]

    def _birth_date(self, line: _Line) -> str:
        """The birth date as ISO text, empty where the file has no such column."""
        text = self._cell(line, "birth_date")
        if not text:
            return ""
        read = self._dates.read(text)
        if isinstance(read, At):
            return read.day.isoformat()
        line.take(Refused(f"birth date: {read.why}") if isinstance(read, Refused) else read)
        return ""

    def _when(self, line: _Line) -> At | None:
        if "at" in self._roles:
            text = self._cell(line, "at")
        elif "date" in self._roles:
            text = f"{self._cell(line, 'date')} {self._cell(line, 'time')}".strip()
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

    def _take_values(self, line: _Line) -> None:
        for place, scale in self._scales:
            self._take(line, line.cells[place], scale)
        if all(role in self._roles for role in _ONE_VALUE_A_ROW):
            self._take_long(line)

    def _take_long(self, line: _Line) -> None:
        name, unit = self._cell(line, "analyte"), self._cell(line, "unit")
        key = name, unit
        if key not in self._by_analyte:
            self._by_analyte[key] = self._analyte(name, unit)
        self._take(line, self._cell(line, "value"), self._by_analyte[key])

    def _analyte(self, head: str, unit: str) -> Scale | Refused | Asked:
        given = self._mapping.analytes.get(head)
        name, in_head = parted(head, self._codes)
        plain = name.strip().lower()
        found = given.field if given else self._codes.by_name.get(plain) or self._codes.by_loinc.get(plain)
        if found is None or found not in COUNT_FIELDS:
            return Refused(f"{shortened(head)} is not a quantity that is known; name it in a mapping")
        told = (given.unit if given else None) or unit or in_head
        return scale_of(Use(field=found, unit=told), self._codes, self._doubts, f"analyte_unit:{found}:{head}")

    def _take(self, line: _Line, text: str, scale: Scale | Refused | Asked) -> None:
        if not text or text in self._mapping.absent:
            return
        if not isinstance(scale, Scale):
            line.take(scale)
        elif text in self._mapping.not_done:
            line.not_done.append(scale.name)
        else:
            line.take(measured(text, scale, self._numbers))

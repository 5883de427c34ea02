"""A delimited file as rows of cells: its encoding and separator told or found, never guessed where it matters."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from bedside.chart.errors import UserError
from bedside.exchange.counts.found import Choice, Question
from bedside.exchange.reading import WHAT_TO_DO

LARGEST_COUNTS_BYTES = 16 * 1024 * 1024
LONGEST_CELL = 4000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tabulator", "|": "bar"}
ENCODINGS = {"cp1252": "Windows, Western European (cp1252)", "utf-8": "UTF-8"}
_LOOKED_AT = 50

csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file on which it begins, from 1."""

    line: int
    cells: list[str]


def check_size(data: bytes, name: str) -> None:
    """Raise UserError for a file that is too large to be a ward's counts, before any of it is read."""
    if len(data) > LARGEST_COUNTS_BYTES:
        why = f"{name}: the file has {len(data) >> 20} MB; expected at most {LARGEST_COUNTS_BYTES >> 20} MB."
        raise UserError(why, "Nothing of it was used; split it.")


def decoded(data: bytes, name: str, encoding: str | None) -> str | Question:
    """Return the text of a file, or the question in which encoding it is; UserError where it is no text."""
    if encoding is None:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        elif not _is_utf8(data):
            return Question(
                "encoding",
                f"{name} is not UTF-8 text (line {_first_bad_line(data)}). In which encoding was it written?",
                (Choice("cp1252", ENCODINGS["cp1252"]),),
            )
    try:
        text = data.decode(encoding or "utf-8-sig").removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise UserError(f"{name}: this is not text in the encoding {encoding}.", WHAT_TO_DO) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise UserError(f"{name}, line {line}: this is not text (it holds a zero byte).", WHAT_TO_DO)
    return text


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_bad_line(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return 1


def separator_of(text: str, name: str) -> str | Question:
    """Return the one separator by which the first rows fall into equally many cells, or the question which it is."""
    head = "".join(text.splitlines(keepends=True)[:_LOOKED_AT])
    fitting = [mark for mark in SEPARATORS if _fits(head, mark)]
    if len(fitting) == 1:
        return fitting[0]
    choices = tuple(Choice(mark, SEPARATORS[mark]) for mark in fitting or SEPARATORS)
    return Question("separator", f"Which sign separates the columns of {name}?", choices)


def _fits(head: str, separator: str) -> bool:
    try:
        widths = {len(row) for row in csv.reader(io.StringIO(head), delimiter=separator) if row}
    except csv.Error:
        return False
    return len(widths) == 1 and widths.pop() > 1


def rows_of(text: str, separator: str, name: str) -> Iterator[Row]:
    """Yield the rows that are not empty; UserError names the line where a quotation or a cell cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            why = f"{name}, line {line}: this row cannot be read ({error})."
            raise UserError(why, WHAT_TO_DO) from None
        if cells is None:
            return
        if any(cells):
            yield Row(line, cells)
        line = reader.line_num + 1

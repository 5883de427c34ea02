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
MOST_ROWS = 100_000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tabulator", "|": "bar"}
ENCODINGS = {"cp1252": "Windows, Western European (cp1252)", "utf-8": "UTF-8"}
_LOOKED_AT = 50
_TOLD_BY_EXCEL = "sep="


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file on which it begins, from 1."""

    line: int
    cells: list[str]


def check_size(size: int, name: str) -> None:
    """Raise UserError for a file that is too large to be a ward's counts, before any of it is read."""
    if size > LARGEST_COUNTS_BYTES:
        why = f"{name}: the file has {size >> 20} MB; expected at most {LARGEST_COUNTS_BYTES >> 20} MB."
        raise UserError(why, "Nothing of it was used; split it.")


def decoded(data: bytes, name: str, encoding: str | None) -> str | Question:
    """Return the text of a file, or the question in which encoding it is; UserError where it is no text."""
    check_size(len(data), name)
    if encoding is None:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
        elif b"\0" in data:
            raise _holds_zero(data.count(b"\n", 0, data.index(b"\0")) + 1, name)
        elif (line := _first_bad_line(data)) is not None:
            words = f"{name} is not UTF-8 text (line {line}). In which encoding was it written?"
            return Question("encoding", words, (Choice("cp1252", ENCODINGS["cp1252"]),))
    try:
        text = data.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UserError(f"{name}, line {line}: this is not text in the encoding {encoding}.", WHAT_TO_DO) from None
    if "\0" in text:
        raise _holds_zero(text.count("\n", 0, text.index("\0")) + 1, name)
    return text


def _holds_zero(line: int, name: str) -> UserError:
    return UserError(f"{name}, line {line}: this is not text (it holds a zero byte).", WHAT_TO_DO)


def _first_bad_line(data: bytes) -> int | None:
    """The first line that is not UTF-8, None where all of it is."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return None


def separator_of(text: str, name: str) -> str | Question:
    """Return the one separator by which the first rows fall into equally many cells, or the question which it is.

    Where none does, the one that parts the first row. UserError where there is none at all.
    """
    lines = text[: _LOOKED_AT * 4000].splitlines(keepends=True)[:_LOOKED_AT]
    head = "".join(lines)
    if head.lower().startswith(_TOLD_BY_EXCEL) and head[4:5] in SEPARATORS:
        return head[4]
    fitting = [mark for mark in SEPARATORS if _fits(head, mark)] or [mark for mark in SEPARATORS if mark in lines[0]]
    if not fitting:
        what = "this is no table; expected columns with commas, semicolons, tabulators or bars between them"
        raise UserError(f"{name}, line 1: {what}.", WHAT_TO_DO)
    if len(fitting) == 1:
        return fitting[0]
    choices = tuple(Choice(mark, SEPARATORS[mark]) for mark in fitting)
    return Question("separator", f"Which sign separates the columns of {name}?", choices)


def _fits(head: str, separator: str) -> bool:
    try:
        widths = {len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator) if row}
    except csv.Error:
        return False
    return len(widths) == 1 and widths.pop() > 1


def rows_of(text: str, separator: str, name: str) -> Iterator[Row]:
    """Yield the rows that are not empty; UserError names the line where a quotation or a cell cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = found = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            why = f"{name}, line {line}: this row cannot be read ({error})."
            raise UserError(why, WHAT_TO_DO) from None
        if cells is None:
            return
        if any(cells) and not (line == 1 and cells[0].lower().startswith(_TOLD_BY_EXCEL)):
            yield Row(line, cells)
            found += 1
        if found > MOST_ROWS:
            raise UserError(f"{name}: it holds more than {MOST_ROWS} rows.", "Nothing of it was used; split it.")
        line = reader.line_num + 1

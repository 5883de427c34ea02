"""Rows as CSV that no spreadsheet takes for formulas, in a way that can be undone."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_BEFORE_A_FORMULA = re.compile(r"(^|[,;\t\r\n])( *)(?=['=+\-@\t\r\n＝＋－＠])")

ESCAPING = (
    "An apostrophe stands before every = + - @ (also in their wide forms), apostrophe, tab or line break that begins a "
    "cell or follows, spaces aside, a comma, semicolon, tab or line break in it: so no spreadsheet takes a text for a "
    "formula. To have the text back, take one apostrophe away at each of these places."
)

MARK = "\ufeff"
"""Begins the file, so that spreadsheets read it as UTF-8."""


@lru_cache(4096)
def safe(text: str) -> str:
    """Return a cell's text with an apostrophe wherever a spreadsheet could see the beginning of a formula."""
    return _BEFORE_A_FORMULA.sub(r"\1\2'", text)


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as UTF-8 lines of cells in quotation marks, with commas between."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()

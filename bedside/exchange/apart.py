"""A large chart parsed in a process of its own: the parser holds the interpreter for as long as the text is long.

The child reads the file's name and the text, and answers with the frame and then the entries, some hundreds a line,
which are short enough to be taken in between two events of a window. A fault is answered in words.
"""

import json
import sys
from datetime import date
from typing import Any, BinaryIO

from bedside.chart.entries import AnyEntry, entry_fields, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.patient import Chart, Patient
from bedside.chart.progress import Progress, unheard
from bedside.child_process import NotAnswered, answer_of
from bedside.exchange.parsing import parsed
from bedside.exchange.reading import Named

LARGE_BYTES = 1_000_000
"""A text longer than this is parsed apart: reading and checking its entries would hold a window up for 50 ms."""

_ENTRIES_A_LINE = 200


def parsed_apart(text: bytes, file: Named, progress: Progress = unheard) -> Chart:
    """Return what `parsed` does, or raise what it raises; where no process answers, parse here after all."""
    question = json.dumps(file.name).encode() + b"\n" + text
    try:
        answer = answer_of("bedside.exchange.apart", question, progress)
    except NotAnswered:
        return parsed(text, file)
    return _chart_of(answer.split(b"\n"), progress)


def _chart_of(lines: list[bytes], progress: Progress) -> Chart:
    frame = json.loads(lines[0])
    if "refused" in frame:
        raise UserError(*frame["refused"])
    entries: list[AnyEntry] = []
    for done, line in enumerate(lines[1:]):
        progress(done, len(lines))
        entries += parse_entries(line)
    return Chart.model_construct(
        patient=Patient.model_validate_json(json.dumps(frame["patient"])),
        entries=tuple(entries),
        source=frame["source"],
        as_of=None if frame["as_of"] is None else date.fromisoformat(frame["as_of"]),
    )


def _answer(name: str, text: bytes, out: BinaryIO) -> None:
    try:
        chart = parsed(text, Named(name))
    except UserError as refusal:
        _write(out, {"refused": [refusal.what_happened, refusal.what_to_do]})
        return
    as_of = None if chart.as_of is None else chart.as_of.isoformat()
    _write(out, {"patient": chart.patient.model_dump(mode="json"), "source": chart.source, "as_of": as_of})
    for start in range(0, len(chart.entries), _ENTRIES_A_LINE):
        out.write(b"\n")
        _write(out, [entry_fields(entry) for entry in chart.entries[start : start + _ENTRIES_A_LINE]])


def _write(out: BinaryIO, value: Any) -> None:
    out.write(json.dumps(value, ensure_ascii=False).encode())


def main() -> None:
    """Answer the one question on standard input."""
    name = json.loads(sys.stdin.buffer.readline())
    _answer(name, sys.stdin.buffer.read(), sys.stdout.buffer)


if __name__ == "__main__":
    main()

"""A large chart parsed in a process of its own: the parser holds the interpreter for as long as the text is long.

The child reads the file's name and the text, and answers with the frame and then the entries, some hundreds a line,
which are short enough to be taken in between two events of a window. A fault is answered in words.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from bedside.chart.entries import AnyEntry, entry_fields, parse_entries
from bedside.chart.errors import UserError
from bedside.chart.patient import Chart, Patient
from bedside.exchange.parsing import parsed
from bedside.exchange.reading import Named

LARGE_BYTES = 1_000_000
"""A text longer than this is parsed apart: reading and checking its entries would hold a window up for 50 ms."""

_ENTRIES_A_LINE = 200
_LONGEST_SECONDS = 300


def parsed_apart(text: bytes, file: Named) -> Chart:
    """Return what `parsed` does, or raise what it raises; where no process can be started, parse here after all."""
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "bedside.exchange.apart"],
            input=json.dumps(file.name).encode() + b"\n" + text,
            capture_output=True,
            timeout=_LONGEST_SECONDS,
            env=_environment(),
            check=False,
        )
    except OSError:
        return parsed(text, file)
    return _chart_of(answer.stdout.split(b"\n")) if answer.returncode == 0 else parsed(text, file)


def _environment() -> dict[str, str]:
    package = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))}


def _chart_of(lines: list[bytes]) -> Chart:
    frame = json.loads(lines[0])
    if "refused" in frame:
        raise UserError(*frame["refused"])
    entries: list[AnyEntry] = []
    for line in lines[1:]:
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

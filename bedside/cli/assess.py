"""The command `bedside assess`: what follows from chart files, read line by line, or from a patient in the store."""

import argparse
import gc
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import bedside
from bedside import compose
from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.cli.points import as_of, known_at
from bedside.cli.sign_in import noting
from bedside.cli.speaking import DONE, complain, say
from bedside.cli.summary_text import summary_text
from bedside.exchange.chart_json import chart_texts, is_json_lines, read_chart
from bedside.exchange.reading import WHAT_TO_DO, Reading
from bedside.exchange.strict_json import BOM, LARGEST_CHART_BYTES
from bedside.service.derive import PART_NAMES, Basis, derive, derive_parts


@dataclass(frozen=True, slots=True)
class Answer:
    """How charts are answered: by what, as JSON or as a summary, in whole or (`only`) by some parts."""

    basis: Basis
    as_json: bool
    only: tuple[str, ...]

    def show(self, chart: Chart, as_of: AsOf) -> None:
        """Print what follows from a chart as of a point."""
        if not self.as_json:
            told = summary_text(chart, derive(chart, as_of, self.basis), self.basis.knowledge)
            sys.stdout.write(f"{told}\n")
            return
        # The JSON is UTF-8 already; as text it would be decoded only to be encoded once more.
        sys.stdout.buffer.write(self._json(chart, as_of) + b"\n")

    def _json(self, chart: Chart, as_of: AsOf) -> bytes:
        if self.only:
            return derive_parts(chart, as_of, self.basis, self.only)
        return derive(chart, as_of, self.basis).json_bytes()


def assess(options: argparse.Namespace) -> int:
    """Print what is derived from each chart, one JSON document a line or a summary; each file stands alone."""
    if bool(options.charts) == (options.mrn is not None):
        raise UserError("Name either chart files or, with --mrn, one patient in the store.")
    only = _only(options)
    zone = compose.local_zone()
    point, known = as_of(options, zone), known_at(options, zone)
    if options.mrn is not None:
        return _assess_stored(options, point, known, only)
    knowledge = compose.knowledge_in_force(options.centre)
    basis = Basis(knowledge, bedside.__version__, known, options.jurisdiction or "eu")
    reader = Reading("", basis.knowledge, compose.utc_now().astimezone(zone))
    answer = Answer(basis, as_json=options.json, only=only)
    _collect_garbage_rarely()
    return max([_assess_file(path, replace(reader, name=path.name), point, answer) for path in options.charts])


def _only(options: argparse.Namespace) -> tuple[str, ...]:
    """The parts asked for by `--only`, in the order of the whole; UserError for a name that is none."""
    if options.only is None:
        return ()
    asked = [name.strip() for name in options.only.split(",")]
    unknown = [name for name in asked if name not in PART_NAMES]
    if unknown:
        raise UserError(f"There is no part {unknown[0]!r} of an assessment.", f"Choose of {', '.join(PART_NAMES)}.")
    if not options.json:
        raise UserError("Parts alone are given as JSON.", "Add --json, or leave --only out.")
    return tuple(name for name in PART_NAMES if name in asked)


def _collect_garbage_rarely() -> None:
    """Charts hold no circles, so they go without the collector; its walks over what stays would cost a tenth."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _assess_stored(options: argparse.Namespace, point: AsOf, known: datetime | None, only: tuple[str, ...]) -> int:
    from bedside.service.read import chart_of
    from bedside.service.settings import settings

    with noting(options) as session:
        chart = chart_of(session, options.mrn)
        chosen = options.jurisdiction or settings(session).jurisdiction
        basis = Basis(session.knowledge, bedside.__version__, known, chosen)
    Answer(basis, as_json=options.json, only=only).show(chart, point)
    return DONE


def _assess_file(path: Path, reader: Reading, point: AsOf, answer: Answer) -> int:
    """Print the results in the order of the file; at the first chart that is refused it stops with a sentence."""
    try:
        for name, text in _texts(path, reader.name):
            read = read_chart(text, replace(reader, name=name))
            for warning in read.warnings:
                say(f"bedside: {warning}")
            answer.show(read.chart, point if read.chart.as_of is None else AsOf(read.chart.as_of))
    except UserError as error:
        return complain(error)
    return DONE


def _texts(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """The charts of a file with their names; UserError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            if is_json_lines(b"", name):
                yield from _lines(stream, name)
            else:
                yield from chart_texts(stream.read(LARGEST_CHART_BYTES + len(BOM) + 1), name)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UserError(f"The file {path} cannot be read: {why}.", "Check its path.") from None


def _lines(stream: BinaryIO, name: str) -> Iterator[tuple[str, bytes]]:
    """The charts of JSON Lines, one read after the other, whatever the file's size."""
    number = 0
    found = False
    while line := stream.readline(LARGEST_CHART_BYTES + 1):
        number += 1
        text = line.removeprefix(BOM) if number == 1 else line
        if text.strip():
            found = True
            yield f"{name}, line {number}", text
    if not found:
        raise UserError(f"{name}: the file is empty; expected a chart.", WHAT_TO_DO)

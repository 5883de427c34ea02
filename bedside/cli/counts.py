"""Importing counts from a laboratory's file: every line with what becomes of it, and nothing stored by halves."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.chart.errors import StoreFault, UserError
from bedside.chart.formats import at_text, field_quantity_text, label
from bedside.chart.progress import Progress, unheard
from bedside.cli.given_files import file_name, read_file
from bedside.cli.speaking import BAD_INPUT, DONE, complain, say

if TYPE_CHECKING:
    from bedside.service.counts import CountsFile, CountsPlan, Measurement, PlannedRow, Question
    from bedside.service.session import Session

ENDINGS = (".csv", ".tsv", ".txt", ".hl7")


def is_counts(path: Path) -> bool:
    """Tell whether a file holds counts: a table by its name, HL7 messages and FHIR bundles also by what they hold."""
    return path.suffix.lower() in ENDINGS or (path.is_file() and _holds_counts(path))


def _holds_counts(path: Path) -> bool:
    from bedside.exchange.counts.delimited import LARGEST_COUNTS_BYTES
    from bedside.service.counts import is_bundle, is_hl7

    try:
        with path.open("rb") as stream:
            begins = stream.read(64)
            is_json = begins.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
            return is_hl7(begins) or (is_json and is_bundle(begins + stream.read(LARGEST_COUNTS_BYTES)))
    except OSError:
        return False


def import_counts(session: "Session", path: Path, options: argparse.Namespace) -> int:
    """Store the counts of one file, or print what would become of each line; the exit code comes back."""
    from bedside.service.counts import plan_counts, store_counts

    try:
        plan = plan_counts(session, _file(path, options))
        _print_lines(plan, every=options.dry_run)
        code = _code(plan, skip_refused=options.skip_refused)
        if options.dry_run:
            print(f"{plan.name}: {_sum(plan)} (dry run: nothing was stored)")
            return code
        if code != DONE:
            say(f"bedside: {plan.name}: {_sum(plan)}; nothing was stored.")
            return code
        stored = store_counts(session, plan, _progress(), skip_refused=options.skip_refused)
    except StoreFault:
        raise
    except UserError as error:
        return complain(error)
    print(f"{plan.name}: {_sum(plan)}; entries stored: {stored.entries}")
    return DONE


def _file(path: Path, options: argparse.Namespace) -> "CountsFile":
    from bedside.service.counts import CountsFile, check_size, read_mapping

    mapping = read_mapping(read_file(options.map), file_name(options.map)) if options.map else None
    if path.is_file():
        check_size(path.stat().st_size, file_name(path))
    return CountsFile(file_name(path), read_file(path), options.mrn or "", mapping)


def _progress() -> Progress:
    """Tells on a terminal how far the storing has come, each per cent once."""
    if not sys.stderr.isatty():
        return unheard
    told = {-1}

    def tell(done: int, total: int) -> None:
        percent = 100 * done // total
        if percent not in told:
            told.add(percent)
            print(f"\r{percent} %", end="\r", file=sys.stderr, flush=True)

    return tell


def _code(plan: "CountsPlan", *, skip_refused: bool) -> int:
    from bedside.service.counts import Verdict

    refused = plan.with_verdict(Verdict.REFUSED) and not skip_refused
    return BAD_INPUT if plan.questions or refused else DONE


def _print_lines(plan: "CountsPlan", *, every: bool) -> None:
    """Say on stderr what has to be settled, is refused or is unusual; every line on stdout where nothing is stored."""
    from bedside.service.counts import Verdict

    if plan.kept:
        say(f"bedside: {plan.name}: read as {plan.kept} has kept it for files like this.")
    for question in plan.questions:
        say(f"bedside: {plan.name}: {_question_text(question)}")
    for row in plan.rows:
        for text in (*(row.reasons if row.verdict is not Verdict.UNUSED else ()), *row.warnings):
            say(f"bedside: {plan.name}, line {row.line}: {text}")
        if every:
            print(_line(row))


def _question_text(question: "Question") -> str:
    """A question with what can be written into the mapping."""
    answers = ", ".join(f"{choice.value!r} ({choice.text})" for choice in question.choices)
    what, *rest = question.key.split(":", 2)
    return f"{question.text} In the file of --map: {_PLACES.get(what, what).format(*rest)}{answers}."


_PLACES = {
    "encoding": "encoding = ",
    "separator": "separator = ",
    "decimal": "decimal = ",
    "dates": "dates = ",
    "serials": "serials = ",
    "columns": '[columns] with heads and what they are, such as "Leuko" = {{field = "wbc", unit = "G/l"}}',
    "column": '[columns] with one of these heads = "{0}": ',
    "unit": '[columns] with "{1}" = {{field = "{0}", unit = …}} and one of the units ',
    "same_day": "same_day = ",
    "identifier": "identifier = ",
    "same_person": "same_person = ",
    "newcomers": "newcomers = ",
    "analyte_unit": '[analytes] with "{1}" = {{field = "{0}", unit = …}} and one of the units ',
}


def _line(row: "PlannedRow") -> str:
    values = [*(_value(one) for one in row.new), *(f"{label(name)} not done" for name in row.not_done)]
    when = at_text(row.at) if row.at else "no date"
    why = "; ".join(row.reasons) or "nothing new"
    return f"line {row.line}: {row.verdict.value}, {row.mrn or 'nobody'}, {when}: {', '.join(values) or why}"


def _value(one: "Measurement") -> str:
    told = f" ({one.told})" if one.told else ""
    return f"{label(one.field)} {field_quantity_text(one.field, one.value, one.sign)}{told}"


def _sum(plan: "CountsPlan") -> str:
    from bedside.service.counts import Verdict

    counts = ((verdict, len(plan.with_verdict(verdict))) for verdict in Verdict)
    return (
        ", ".join(f"{count} line{'s' * (count != 1)} {verdict.value}" for verdict, count in counts if count)
        or "no lines"
    )

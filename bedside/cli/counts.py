"""Importing counts from a laboratory's file: every line with what becomes of it, and nothing stored by halves."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.chart.errors import StoreFault, UserError
from bedside.chart.formats import at_text, field_quantity_text, label
from bedside.cli.speaking import BAD_INPUT, DONE, complain, say

if TYPE_CHECKING:
    from bedside.exchange.counts.found import Measurement
    from bedside.service.counts import CountsFile, CountsPlan
    from bedside.service.counts_plan import PlannedRow
    from bedside.service.session import Session

ENDINGS = (".csv", ".tsv", ".txt")


def is_counts(path: Path) -> bool:
    """Tell by its name whether a file holds counts."""
    return path.suffix.lower() in ENDINGS


def import_counts(session: "Session", path: Path, options: argparse.Namespace) -> int:
    """Store the counts of one file, or print what would become of each line; the exit code comes back."""
    from bedside.service.counts import plan_counts, store_counts

    try:
        file = _file(path, options)
        plan = plan_counts(session, file)
        _print_lines(plan, every=options.dry_run)
        if options.dry_run:
            print(f"{plan.name}: {_sum(plan)} (dry run: nothing was stored)")
            return _code(plan, skip_refused=options.skip_refused)
        stored = store_counts(session, file, plan, skip_refused=options.skip_refused)
    except StoreFault:
        raise
    except UserError as error:
        return complain(error)
    print(f"{plan.name}: {_sum(plan)}; {stored.entries} entries stored")
    return DONE


def _file(path: Path, options: argparse.Namespace) -> "CountsFile":
    from bedside.cli.commands import file_name, read_file
    from bedside.exchange.counts.mapping import read_mapping
    from bedside.service.counts import CountsFile, CountsMapping

    mapping = read_mapping(read_file(options.map), file_name(options.map)) if options.map else CountsMapping()
    return CountsFile(file_name(path), read_file(path), options.mrn or "", mapping)


def _code(plan: "CountsPlan", *, skip_refused: bool) -> int:
    from bedside.service.counts import Verdict

    refused = plan.with_verdict(Verdict.REFUSED) and not skip_refused
    return BAD_INPUT if plan.questions or refused else DONE


def _print_lines(plan: "CountsPlan", *, every: bool) -> None:
    """Say on stderr what has to be settled, is refused or is unusual; every line on stdout where nothing is stored."""
    for question in plan.questions:
        answers = ", ".join(f"{choice.value!r} ({choice.text})" for choice in question.choices)
        say(f"bedside: {plan.name}: {question.text} In the mapping: {question.key} = {answers}")
    for row in plan.rows:
        for reason in (*row.reasons, *row.warnings):
            say(f"bedside: {plan.name}, line {row.line}: {reason}")
        if every:
            print(_line(row))


def _line(row: "PlannedRow") -> str:
    values = (_value(one) for one in row.new)
    when = at_text(row.at) if row.at else "no date"
    return f"line {row.line}: {row.verdict.value}, {row.mrn}, {when}: {', '.join(values) or 'nothing new'}"


def _value(one: "Measurement") -> str:
    told = f" ({one.told})" if one.told else ""
    return f"{label(one.field)} {field_quantity_text(one.field, one.value, one.sign)}{told}"


def _sum(plan: "CountsPlan") -> str:
    from bedside.service.counts import Verdict

    counts = ((verdict, len(plan.with_verdict(verdict))) for verdict in Verdict)
    return ", ".join(f"{count} lines {verdict.value}" for verdict, count in counts if count) or "no lines"

"""Runs the benchmarks, prints them as a table and writes them as JSON; ends with 1 when a limit is not kept."""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measure import Result

BENCHMARKS = (
    "windows",
    "board",
    "patients",
    "stalls",
    "durable_save",
    "unlock",
    "one_patient",
    "assess_lines",
    "growth",
    "families",
    "handoff_pdf",
    "handoff_batch",
    "fhir_bundle",
    "store_care",
    "counts_import",
)

HEAD = f"{'benchmark':<44} {'value':>10} {'floor':>10}  {'unit':<9} {'ratio':>7}  limit"


def line_of(result: Result) -> str:
    """One line of the table."""
    numbers = f"{result.value:>10.4g} {result.floor:>10.4g}  {result.unit:<9} {result.ratio:>7.2f}"
    verdict = "" if result.holds else "  NOT KEPT"
    return f"{result.name:<44} {numbers}  {result.limit_of} {result.limit:g}{verdict}"


def run(names: Sequence[str]) -> Iterator[Result]:
    """The results of the named benchmarks, each module loaded when it is its turn."""
    for name in names:
        yield from import_module(f"tests.benchmarks.{name}").measure()


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks (those named after the target file, or all) and return the exit code."""
    target, *names = arguments or ["build/bench.json"]
    if unknown := set(names) - set(BENCHMARKS):
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    results: list[Result] = []
    print(HEAD)
    for result in run(names or BENCHMARKS):
        results.append(result)
        print(line_of(result), flush=True)
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([result.as_json() for result in results], indent=1) + "\n", encoding="utf-8")
    print(f"written to {path}")
    return 0 if all(result.holds for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

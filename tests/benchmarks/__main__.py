"""Runs the benchmarks, prints them as a table and writes them as JSON; ends with 1 when a limit is not kept."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks import assess_lines, durable_save, growth, handoff_pdf, one_patient, windows
from tests.benchmarks.measure import Result

BENCHMARKS: dict[str, Callable[[], Sequence[Result]]] = {
    "windows": windows.measure,
    "durable_save": durable_save.measure,
    "one_patient": one_patient.measure,
    "assess_lines": assess_lines.measure,
    "growth": growth.measure,
    "handoff_pdf": handoff_pdf.measure,
}

HEAD = f"{'benchmark':<44} {'value':>10} {'floor':>10}  {'unit':<9} {'ratio':>7}  limit"


def line_of(result: Result) -> str:
    """One line of the table."""
    numbers = f"{result.value:>10.4g} {result.floor:>10.4g}  {result.unit:<9} {result.ratio:>7.2f}"
    verdict = "" if result.holds else "  NOT KEPT"
    return f"{result.name:<44} {numbers}  {result.limit_of} {result.limit:g}{verdict}"


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks (those named after the target file, or all) and return the exit code."""
    target, *names = arguments or ["build/bench.json"]
    results: list[Result] = []
    print(HEAD)
    for name in names or BENCHMARKS:
        for result in BENCHMARKS[name]():
            results.append(result)
            print(line_of(result), flush=True)
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([result.as_json() for result in results], indent=1) + "\n", encoding="utf-8")
    print(f"written to {path}")
    return 0 if all(result.holds for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

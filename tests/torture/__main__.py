"""Runs the torture, prints it as a table, writes it as JSON and as a page; ends with 1 when something did not hold."""

import argparse
import json
import math
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import sqlcipher3

from bedside import __version__
from bedside.store.cipher import connect
from tests.conftest import ROOT
from tests.torture import cuts, damage, full_disks, kills, programs
from tests.torture.outcome import Outcome

PAGE = ROOT / "docs" / "safety" / "torture.md"

Fault = Callable[[int], Outcome]

FAULTS: dict[Fault, int] = {
    kills.recording: 60,
    kills.recording_in_turns: 60,
    kills.backing_up: 40,
    kills.restoring: 40,
    kills.changing_passphrase: 40,
    kills.migrating: 40,
    cuts.power_cuts: 300,
    cuts.control: 300,
    full_disks.page_limit: 20,
    full_disks.file_size: 10,
    full_disks.small_file_system: 10,
    damage.bit_flips: 300,
    damage.truncations: 60,
    damage.stale_log: 20,
    damage.newer_schema: 10,
    programs.two_programs: 20,
    programs.clock_jumps: 60,
}
"""Every fault with its number of rounds."""

HEAD = f"{'fault':<72} {'rounds':>6} {'acknowledged':>12} {'lost':>5} {'undetected':>10}"


def line_of(outcome: Outcome) -> str:
    """One line of the table."""
    if outcome.why_not:
        return f"{outcome.fault:<72} not run: {outcome.why_not}"
    numbers = f"{outcome.rounds:>6} {outcome.acknowledged:>12} {outcome.lost:>5} {outcome.undetected:>10}"
    told = "".join(f"\n    {text}" for text in outcome.told)
    return f"{outcome.fault:<72} {numbers}{'' if outcome.holds else '  DOES NOT HOLD'}{told}"


def run(share: float) -> Iterator[Outcome]:
    """The outcome of every fault, with a share of its rounds and at least one."""
    for fault, rounds in FAULTS.items():
        yield fault(max(1, round(rounds * share)))


def versions() -> str:
    """What the figures were measured with."""
    with_key = connect(Path(":memory:"), None, "mode=memory")
    cipher = with_key.execute("PRAGMA cipher_version").fetchone()[0]
    with_key.close()
    return (
        f"Bedside {__version__}, Python {platform.python_version()}, sqlcipher3 {version('sqlcipher3')}"
        f" (SQLite {sqlcipher3.sqlite_version}, SQLCipher {cipher}), {platform.system()} {platform.machine()}"
    )


def page_of(outcomes: Sequence[Outcome], seconds: float) -> str:
    """The page of the figures."""
    lines = [
        "# What the store was put through",
        "",
        "Written by `./dev torture`. Every round ends with the one invariant of `tests/torture/invariant.py`: the",
        "store opens, SQLite's check and the whole verification find nothing, every acknowledged entry is there",
        "exactly once, and what is derived from it is the same when it is derived again.",
        "",
        f"{datetime.now(UTC):%d-%b-%Y}, {seconds / 60:.0f} minutes. {versions()}.",
        "",
        "| fault | rounds | acknowledged | lost | undetected |",
        "|---|---:|---:|---:|---:|",
        *map(_row_of, outcomes),
        "",
    ]
    return "\n".join(lines)


def _row_of(outcome: Outcome) -> str:
    if outcome.why_not:
        return f"| {outcome.fault} | not run: {outcome.why_not} | | | |"
    numbers = f"{outcome.rounds} | {outcome.acknowledged} | {outcome.lost} | {outcome.undetected}"
    note = f" ({outcome.told[0]})" if outcome.told else ""
    return f"| {outcome.fault}{note} | {numbers} |"


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for: the file to write and the share of the rounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("target", nargs="?", type=Path, default=Path("build/torture.json"), help="the JSON to write")
    parser.add_argument("share", nargs="?", type=_share, default=1.0, help="of the rounds, above 0 (default: 1, all)")
    return parser.parse_args(arguments)


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share < math.inf:
        raise ValueError(text)
    return share


def main(arguments: Sequence[str]) -> int:
    """Run all faults, each with a share of its rounds (default 1), and return the exit code.

    The page is written only after a whole run, so that it never holds the figures of a short one.
    """
    asked = _asked(arguments)
    target, share = asked.target, asked.share
    outcomes: list[Outcome] = []
    started = time.monotonic()
    print(HEAD)
    for outcome in run(share):
        outcomes.append(outcome)
        print(line_of(outcome), flush=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps([one.as_json() for one in outcomes], indent=1) + "\n", encoding="utf-8")
    if share >= 1:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page_of(outcomes, time.monotonic() - started), encoding="utf-8")
    print(f"written to {target}")
    return 0 if all(one.holds or one.why_not for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How the command line speaks: exit codes, one sentence on stderr, never a traceback."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from bedside.chart.errors import UserError

DONE, PROBLEM_FOUND, BAD_INPUT, OUR_MISTAKE, STOPPED = 0, 1, 2, 70, 130
"""Exit codes; 70 is Bedside's own mistake (EX_SOFTWARE of sysexits.h), 130 the user's Ctrl+C."""


def say(text: str) -> None:
    """Write a message to stderr."""
    print(text, file=sys.stderr)


def complain(error: UserError) -> int:
    """Say on stderr what is wrong and what to do, and return the exit code."""
    say(f"bedside: {error}")
    return error.exit_code


def own_mistake(error: Exception, folder: Path) -> int:
    """Note where an unexpected error happened in a log in the folder, say so on stderr, and return 70.

    Only the error's type and the places in the code are noted: its words could hold a patient's data.
    """
    places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    line = f"{datetime.now(UTC).isoformat(timespec='seconds')} {type(error).__name__} {' < '.join(reversed(places))}\n"
    log = folder / "bedside.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(line)
        noted = f"Where is noted in {log}, without any patient's data."
    except OSError:
        noted = f"Where: {places[-1]}." if places else ""
    say(f"bedside: Bedside made a mistake ({type(error).__name__}). {noted}")
    return OUR_MISTAKE

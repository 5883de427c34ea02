"""A question to a process of the program's own: what would hold the interpreter, and so a window, is done beside it."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bedside.chart.progress import Progress, unheard

LONGEST_SECONDS = 600
_LOOK_SECONDS = 0.1


class NotAnswered(Exception):
    """The process could not be started, failed, or took too long."""


def answer_of(module: str, question: bytes, progress: Progress = unheard) -> bytes:
    """Return what `python -m module` answers to a question on its standard input, or raise NotAnswered.

    Meanwhile `progress` is told that nothing is known of how far it is; what it raises ends the process.
    """
    try:
        process = _started(module)
    except OSError as error:
        raise NotAnswered from error
    with process:
        try:
            return _answered(process, question, progress)
        except BaseException:
            with suppress(OSError):
                process.kill()
            raise


def _started(module: str) -> subprocess.Popen[bytes]:
    package = str(Path(__file__).resolve().parents[1])
    paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _answered(process: subprocess.Popen[bytes], question: bytes, progress: Progress) -> bytes:
    end, asked = time.monotonic() + LONGEST_SECONDS, False
    while time.monotonic() < end:
        try:
            answer, _ = process.communicate(None if asked else question, timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            asked = True
            progress(0, 0)
            continue
        if process.returncode:
            break
        return answer
    raise NotAnswered

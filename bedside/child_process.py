"""A question to a process of the program's own: what would hold the interpreter, and so a window, is done beside it."""

import os
import subprocess
import sys
import threading
import time
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
    answers: list[bytes] = []
    talk = threading.Thread(target=_talk, args=(process, question, answers), name="bedside-child")
    talk.start()
    try:
        _wait(talk, progress)
    finally:
        process.kill()  # one that has answered is gone already
        talk.join()
        process.wait()
    if process.returncode or not answers:
        raise NotAnswered
    return answers[0]


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


def _talk(process: "subprocess.Popen[bytes]", question: bytes, answers: list[bytes]) -> None:
    """Ask and listen until the process has ended, on a thread of its own: it can neither be asked in parts nor left."""
    answers.append(process.communicate(question)[0])
    process.wait()


def _wait(talk: threading.Thread, progress: Progress) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while talk.is_alive():
        if time.monotonic() > end:
            raise NotAnswered
        talk.join(_LOOK_SECONDS)
        progress(0, 0)

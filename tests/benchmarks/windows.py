"""The window in fresh processes: first paint and memory beside a bare window, sign-in beside the key's derivation."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bedside.store.envelope import SALT_BYTES, STANDARD_COST
from tests.benchmarks.charts import course_fields
from tests.benchmarks.measure import Result, seconds
from tests.benchmarks.stores import session_of
from tests.benchmarks.ward import ENTRIES, PASSPHRASE, PATIENTS

ROUNDS = 9
MEGABYTE = 1e6


class Seen(NamedTuple):
    """What a process said of its window: seconds and bytes."""

    wait: float
    memory: float


def show(*arguments: str) -> Seen:
    """Run one process of `first_paint`; a first paint is given in seconds from the start of the process."""
    start = time.monotonic()
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"{arguments} ended with {done.returncode}: {done.stderr}")
    wait, memory = map(float, done.stdout.split())
    return Seen(wait if arguments[0] == "board" else wait - start, memory)


def derive() -> None:
    """One derivation of a key from a passphrase, at the cost that the store asks for."""
    cost = STANDARD_COST
    derivation = Argon2id(
        salt=bytes(SALT_BYTES), length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    derivation.derive(PASSPHRASE.encode())


def middle(seen: Sequence[Seen]) -> Seen:
    """The medians of both figures."""
    return Seen(median(one.wait for one in seen), median(one.memory for one in seen))


def measure() -> Sequence[Result]:
    """Milliseconds to the first paint, megabytes with the board open, milliseconds from the passphrase to the board.

    The clock of the last starts when the passphrase is handed in; what loads while it is typed is loaded by then.
    """
    bare, sign_in, board, derived = [], [], [], []
    with TemporaryDirectory() as place:
        folder = Path(place) / "store"
        with session_of(folder, ((number, course_fields(number, ENTRIES)) for number in range(PATIENTS))):
            pass
        for _ in range(ROUNDS):
            bare.append(show("bare"))
            sign_in.append(show("sign_in", str(folder)))
            derived.append(seconds(derive))
            board.append(show("board", str(folder)))
    floor, ward = middle(bare), middle(board)
    return [
        Result("sign-in window, first paint", middle(sign_in).wait * 1e3, "ms", floor.wait * 1e3, 1.6),
        Result("memory with the board open", ward.memory / MEGABYTE, "MB", floor.memory / MEGABYTE, 3),
        Result("from the passphrase to the board", ward.wait * 1e3, "ms", median(derived) * 1e3, 2.5),
    ]

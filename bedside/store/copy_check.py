"""A copy of a store, looked at by a process of its own: whole or not, and where its chains end.

Run as `python -m bedside.store.copy_check`; path, origin and data key come as JSON through standard input, so that the
key is in no argument and no environment variable, and the answer goes as JSON to standard output.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import sqlcipher3

from bedside.chart.errors import BedsideError
from bedside.store.cipher import Connection, connect, require_cipher
from bedside.store.links import CHAINS, head_of
from bedside.store.manifests import CopyState
from bedside.store.verification import Problem, verify, witness_problems


def state_of(connection: Connection, origin: str) -> CopyState:
    """Return the ends of both chains as one connection sees them now."""
    journal, audit = (head_of(connection, table, origin) for table in CHAINS)
    return CopyState(journal.count, journal.hash, audit.count, audit.hash)


def cut_off(connection: Connection, origin: str, copies: Sequence[CopyState]) -> tuple[Problem, ...]:
    """Return the first row that a copy holds and the store no longer does as it was, of either chain."""
    ends = [(one.count, one.head) for one in copies]
    audit_ends = [(one.audit_count, one.audit_head) for one in copies]
    return witness_problems(connection, "journal", origin, ends) or witness_problems(
        connection, "audit", origin, audit_ends
    )


def check_copy(path: Path, key: bytes, origin: str) -> CopyState:
    """Open a copy that nobody writes to, verify all of it, and return its state."""
    try:
        connection = connect(path, key, "mode=ro&immutable=1")
        try:
            require_cipher(connection)
            connection.execute("PRAGMA query_only = ON")
            problems = verify(connection, origin, "quick_check")
            if problems:
                return CopyState(0, "", 0, "", problems[0].sentence)
            return state_of(connection, origin)
        finally:
            connection.close()
    except (sqlcipher3.DatabaseError, BedsideError) as error:
        return CopyState(0, "", 0, "", str(error))


def main() -> None:
    """Answer one question from standard input on standard output."""
    question = json.load(sys.stdin)
    state = check_copy(Path(question["path"]), bytes.fromhex(question["key"]), question["origin"])
    json.dump(asdict(state), sys.stdout)


if __name__ == "__main__":
    main()

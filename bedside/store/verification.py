"""Whether a store is whole: the engine's own checks, the cipher's, and both hash chains from the first row on."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3

from bedside.chart.errors import StoreDamaged
from bedside.store.chain import GENESIS, Break, first_break
from bedside.store.cipher import Connection
from bedside.store.links import CHAINS, end_of, tail, whole

TAIL = 64
"""How many of a chain's last rows are checked at every opening."""

_LABEL = {"journal": "kind", "audit": "event"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (never with a patient's name) and what."""

    place: str
    what: str

    @property
    def sentence(self) -> str:
        """Return place and fault as one plain sentence."""
        return f"{self.place}: {self.what}."


class ChainBroken(StoreDamaged):
    """Rows at the end of a chain are not as they were written."""


def check_tails(connection: Connection, origin: str) -> None:
    """Raise ChainBroken unless the last TAIL rows of both chains are as they were written."""
    for table in CHAINS:
        problem = _tail_problem(connection, table, origin)
        if problem is not None:
            raise ChainBroken(f"The store was changed by something other than Bedside. {problem.sentence}")


def _tail_problem(connection: Connection, table: str, origin: str) -> Problem | None:
    last, _ = end_of(connection, table, origin)
    before = max(0, last - TAIL)
    last_rows = list(tail(connection, table, origin, before))
    previous = last_rows[0].previous if before else GENESIS
    return _problem(connection, table, first_break(last_rows, previous, before))


def chain_problem(connection: Connection, table: str, origin: str) -> Problem | None:
    """Return the first broken place of one chain ("journal" or "audit"), read from its first row, or None."""
    return _problem(connection, table, first_break(whole(connection, table, origin)))


def _problem(connection: Connection, table: str, found: Break | None) -> Problem | None:
    if found is None:
        return None
    label = connection.execute(
        f"SELECT {_LABEL[table]} FROM {table} WHERE origin_seq = ?",  # noqa: S608
        (found.number,),
    ).fetchone()
    name = f" ({label[0]})" if label else ""
    return Problem(f"{table.capitalize()} row {found.number}{name}", found.why)


def quick_problems(connection: Connection) -> tuple[Problem, ...]:
    """Return what SQLite's quick_check finds: the part of `verify` that is cheap enough to run at every start.

    It reads every page, and so proves every page's seal as well.
    """
    try:
        return _engine_problems(connection, "quick_check")
    except sqlcipher3.DatabaseError as error:
        return (_unreadable(error),)


def _unreadable(error: Exception) -> Problem:
    return Problem("Database file", f"a part cannot be read ({error})")


def verify(
    connection: Connection,
    origin: str,
    check: str = "integrity_check",
    witnesses: Callable[[], Sequence[Problem]] = tuple,
) -> tuple[Problem, ...]:
    """Return everything that is wrong with the store, as far as it can be read; empty when it is whole.

    Read in this order: every page's seal (cipher_integrity_check), SQLite's own `check`, the journal's chain, rows
    outside it, the patient index against the registrations, the audit chain, and what `witnesses` of both chains find.
    """
    checks: tuple[Callable[[], Sequence[Problem]], ...] = (
        lambda: _cipher_problems(connection),
        lambda: _engine_problems(connection, check),
        lambda: _some(chain_problem(connection, "journal", origin)),
        lambda: _stranger_problems(connection, origin),
        lambda: _index_problems(connection),
        lambda: _some(chain_problem(connection, "audit", origin)),
        witnesses,
    )
    problems: list[Problem] = []
    for look in checks:
        try:
            problems.extend(look())
        except sqlcipher3.DatabaseError as error:
            problems.append(_unreadable(error))
            break
    return tuple(problems)


def witness_problems(
    connection: Connection, table: str, origin: str, ends: Iterable[tuple[int, str]]
) -> tuple[Problem, ...]:
    """Return the first of the backups' (count, last hash) that a chain no longer contains: rows were cut off."""
    for count, digest in ends:
        found = connection.execute(
            f"SELECT hash FROM {table} WHERE origin = ? AND origin_seq = ?",  # noqa: S608
            (origin, count),
        ).fetchone()
        if count and (found is None or found[0].hex() != digest):
            what = "a backup holds it, the store does not hold it as it was"
            return (Problem(f"{table.capitalize()} row {count}", what),)
    return ()


def _some(problem: Problem | None) -> Sequence[Problem]:
    return () if problem is None else (problem,)


def _cipher_problems(connection: Connection) -> tuple[Problem, ...]:
    """Check the seal of every page, which the engine reads from the file itself, past the write-ahead log.

    While the log still holds pages that the file does not have yet, it would find fault with a whole store; then the
    seals are checked one by one as SQLite's own check reads the pages.
    """
    if not _is_settled(connection):
        return ()
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if found and not _is_settled(connection):
        return ()
    return tuple(Problem("Database file", text) for (text,) in found)


def _is_settled(connection: Connection) -> bool:
    """Return whether the file holds everything, after moving the log into it where this connection may write."""
    if not connection.execute("PRAGMA query_only").fetchone()[0]:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    (database,) = connection.execute(
        "SELECT CAST(file AS BLOB) FROM pragma_database_list WHERE name = 'main'"
    ).fetchone()
    log = Path(f"{os.fsdecode(database)}-wal")
    return not log.exists() or log.stat().st_size == 0


def _engine_problems(connection: Connection, pragma: str) -> tuple[Problem, ...]:
    found = connection.execute(f"PRAGMA {pragma}(20)").fetchall()
    return tuple(Problem("Database file", _first_fault(text)) for (text,) in found if text != "ok")


def _first_fault(text: str) -> str:
    """The first of the faults that the engine tells in one answer, a line each below a heading; the rest follows."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("***")]
    return lines[0] if lines else text


def _stranger_problems(connection: Connection, origin: str) -> tuple[Problem, ...]:
    """Look for rows outside this workstation's chain, which the chain's own check passes over."""
    found = connection.execute(
        "SELECT origin_seq, kind FROM journal WHERE origin < ?1 OR origin > ?1 LIMIT 20", (origin,)
    )
    what = "it comes from a workstation that this store does not know"
    return tuple(Problem(f"Journal row {number} ({kind})", what) for number, kind in found)


def _index_problems(connection: Connection) -> tuple[Problem, ...]:
    """Compare the patient index with the registrations: the index itself is not hashed."""
    found = connection.execute(
        "SELECT j.origin_seq, p.mrn IS NOT json_extract(j.body, '$.mrn') FROM patient AS p LEFT JOIN journal AS j"
        " ON j.patient_id = p.patient_id AND j.kind = 'registration'"
        " AND j.origin_seq = (SELECT min(origin_seq) FROM journal WHERE patient_id = p.patient_id)"
    )
    return tuple(
        Problem(f"Journal row {number} (registration)", "the patient index does not agree with it")
        if number is not None
        else Problem("Patient index", "it names a patient without a registration")
        for number, differs in found
        if number is None or differs
    )

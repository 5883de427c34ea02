"""The journal in a second format: sealed JSON Lines that can be read without a database engine and become a store."""

import hashlib
import hmac
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3

from bedside.chart.errors import StoreDamaged, UserError
from bedside.store import sealed_lines
from bedside.store.backup import BackupReport, Source
from bedside.store.cipher import Connection, connect
from bedside.store.engine import transaction
from bedside.store.envelope import SALT_BYTES, STANDARD_COST, Cost, derive, require_bearable, require_passphrase
from bedside.store.manifests import CopyState
from bedside.store.migrations import migrate
from bedside.store.place import create_empty, flush_folder, make_folder, reason
from bedside.store.rows import REGISTRATION
from bedside.store.schema import TABLES

FORMAT, VERSION = "bedside-journal-copy", 1
ENDING = ".bedside-journal"

_COPIED = ("identity", "journal", "audit", "summary")
"""The tables that can only grow; everything else in a store is worked out from them or free to change."""


@dataclass(frozen=True, slots=True)
class CopyKey:
    """How the key of one copy comes about: from the store's data key, or from a passphrase at a cost."""

    salt: bytes
    cost: Cost | None = None

    @classmethod
    def new(cls, *, of_passphrase: bool, cost: Cost = STANDARD_COST) -> "CopyKey":
        """Return a way that no other copy has."""
        return cls(secrets.token_bytes(SALT_BYTES), cost if of_passphrase else None)

    def of_store(self, key: bytes) -> bytes:
        """Return the copy's key (32 bytes) from the store's data key."""
        return hmac.new(key, b"bedside-journal-copy-1" + self.salt, hashlib.sha256).digest()

    def of_passphrase(self, passphrase: str) -> bytes:
        """Return the copy's key (32 bytes) from a passphrase."""
        return derive(passphrase, self.salt, self.cost or STANDARD_COST, b"bedside-journal-copy-1")


def write_copy(source: Source, target: Path, now: datetime, passphrase: str | None = None) -> BackupReport:
    """Write a sealed copy of the journal into a new file under `target`, read it back, and return what it holds.

    It is sealed with the store's own key, or with a passphrase of its own. Raises UserError when it cannot be written
    or the passphrase is none, and StoreDamaged when it is not read back as it was written; nothing is left behind then.
    """
    if passphrase is not None:
        require_passphrase(passphrase)
    way = CopyKey.new(of_passphrase=passphrase is not None, cost=source.keys.usual_cost)
    key = way.of_store(source.key) if passphrase is None else way.of_passphrase(passphrase)
    path = _free(target, f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}")
    part = path.with_name(f".{path.name}.part")
    try:
        make_folder(target, exist_ok=True)
        report = _write(source, part, (way, key), now)
        _require_ends(part, key, report)
        part.replace(path)
        flush_folder(target)
    except OSError as error:
        raise UserError(
            f"No copy could be written into {target}: {reason(error)}.", "Free some space or choose another folder."
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return replace(report, folder=path)


def _free(target: Path, name: str) -> Path:
    """The path for a copy, with a number behind its moment when that is taken."""
    number, path = 1, target / f"{name}{ENDING}"
    while path.exists():
        number += 1
        path = target / f"{name}-{number}{ENDING}"
    return path


def _write(source: Source, part: Path, sealed: tuple[CopyKey, bytes], now: datetime) -> BackupReport:
    part.unlink(missing_ok=True)
    create_empty(part)
    way, key = sealed
    with source.snapshot() as (live, state), part.open("wb") as stream:
        sealed_lines.write(stream, _header(source, way, state, now), key, _lines(live, state))
        stream.flush()
        os.fsync(stream.fileno())
    ends = (state.count, state.head, state.audit_count, state.audit_head)
    return BackupReport(part, now.astimezone(UTC), source.keys.store_id, *ends, bytes=part.stat().st_size)


def _header(source: Source, way: CopyKey, state: CopyState, now: datetime) -> dict[str, Any]:
    cost = way.cost
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.astimezone(UTC).isoformat(),
        "store_id": source.keys.store_id,
        "count": state.count,
        "head": state.head,
        "audit_count": state.audit_count,
        "audit_head": state.audit_head,
        "salt": way.salt.hex(),
        "passphrase": None if cost is None else [cost.memory_kib, cost.passes, cost.lanes],
    }


def _lines(live: Connection, state: CopyState) -> Iterator[str]:
    """For each table a line with its columns, then one for each row; the last line says where the chains end."""
    for table in _COPIED:
        order = " ORDER BY origin_seq" if table in {"journal", "audit"} else ""
        cursor = live.execute(f"SELECT * FROM {table}{order}")  # noqa: S608
        yield _line({"table": table, "columns": [name for name, *_ in cursor.description]})
        yield from (_line([_plain(value) for value in row]) for row in cursor)
    yield _line({"end": [state.count, state.head, state.audit_count, state.audit_head]})


def _line(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    return {"base64": b64encode(value).decode()} if isinstance(value, bytes) else value


def report_of(path: Path) -> BackupReport | None:
    """Return what a copy's header says it holds, or None when the file is no copy."""
    header = sealed_lines.header_of(path)
    if header is None or header.get("format") != FORMAT or header.get("version") != VERSION:
        return None
    try:
        made_at = datetime.fromisoformat(header["made_at"])
        ends = (header["count"], header["head"], header["audit_count"], header["audit_head"])
        return BackupReport(path, made_at, header["store_id"], *ends, bytes=path.stat().st_size)
    except (KeyError, ValueError, TypeError, OSError):
        return None


def key_way(path: Path) -> CopyKey:
    """Return how the key of a copy comes about; StoreDamaged when its header does not say."""
    header = sealed_lines.header_of(path) or {}
    try:
        cost = None if header["passphrase"] is None else Cost(*header["passphrase"])
        if cost is not None:
            require_bearable(cost)
        return CopyKey(bytes.fromhex(header["salt"]), cost)
    except (KeyError, ValueError, TypeError) as error:
        raise StoreDamaged("The header of the copy cannot be read.") from error


def _require_ends(path: Path, key: bytes, report: BackupReport) -> None:
    """Read all of it back; StoreDamaged unless its last line says what it is to hold."""
    (last,) = deque(sealed_lines.read(path, key), maxlen=1) or ("",)
    if json.loads(last or "{}").get("end") != [report.count, report.head, report.audit_count, report.audit_head]:
        raise StoreDamaged("The copy of the journal does not end as it should.")


def unpack(path: Path, copy_key: bytes, database: Path, key: bytes) -> None:
    """Make a new database of this version from a copy: every row exactly as it stands in the copy.

    The caller proves the result, as for any backup. Raises StoreDamaged when the copy is not whole.
    """
    create_empty(database)
    with closing(connect(database, key)) as connection:
        migrate(connection)
        try:
            with transaction(connection):
                _insert(connection, sealed_lines.read(path, copy_key))
        except (sqlcipher3.DatabaseError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise StoreDamaged("The copy of the journal does not hold what a store holds.") from error


def _insert(connection: Connection, lines: Iterable[str]) -> None:
    table, columns, insert = "", list[str](), ""
    for line in lines:
        content = json.loads(line)
        if isinstance(content, list):
            row = [b64decode(value["base64"]) if isinstance(value, dict) else value for value in content]
            if table == "journal":
                _enter_patient(connection, dict(zip(columns, row, strict=True)))
            connection.execute(insert, row)
        elif "end" in content:
            return
        else:
            table, columns = content["table"], content["columns"]
            insert = _insertion(table, columns)
    raise StoreDamaged("The copy of the journal is cut off.")


def _insertion(table: str, columns: list[str]) -> str:
    """The statement for the rows of a table; its names come from the file and must be the store's own."""
    if table not in _COPIED or set(columns) != set(TABLES[table]):
        raise StoreDamaged("The copy of the journal names a table or a column that no store has.")
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608


def _enter_patient(connection: Connection, row: Mapping[str, Any]) -> None:
    """Enter a patient into the index in front of the registration, which it is worked out from."""
    if row["kind"] == REGISTRATION:
        mrn = json.loads(row["body"])["mrn"]
        connection.execute("INSERT INTO patient (patient_id, mrn) VALUES (?, ?)", (row["patient_id"], mrn))

"""The shape of a store's database: its tables, indexes and append-only triggers, and the check that they stand."""

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

from bedside.chart.errors import StoreDamaged
from bedside.store.cipher import Connection
from bedside.store.rows import STORED

if TYPE_CHECKING:
    from sqlite_utils.db import Database

AUDIT_COLUMNS = (
    "id",
    "event",
    "subject",
    "happened_at",
    "user",
    "role",
    "origin",
    "origin_seq",
    "schema_version",
    "app_version",
)
"""The audit table's columns that are hashed together with the body, in the order in which they are hashed."""

AUDIT_STORED = (*AUDIT_COLUMNS, "prev_hash", "hash", "body")

TABLES: dict[str, tuple[str, ...]] = {
    "identity": ("store_id", "origin", "made_at"),
    "patient": ("patient_id", "mrn"),
    "journal": STORED,
    "audit": AUDIT_STORED,
    "draft": ("author", "form", "patient_id", "body", "saved_at"),
    "pin": ("user", "salt", "digest", "memory_kib", "passes", "lanes", "set_at", "failures", "failed_at"),
    "summary": ("id", "patient_id", "made_at", "made_by", "as_of", "recipient", "sha256", "pdf", "head"),
    "board_row": ("patient_id", "stamp", "body"),
    "seen": ("user", "patient_id", "origin_seq"),
}
"""Every table of the store with its columns."""

INDEXES = (
    "patient_by_mrn",
    "journal_by_id",
    "journal_in_order",
    "journal_identities",
    "audit_by_id",
    "audit_by_event",
    "summary_by_patient",
)

_NUMBERS = {"recorded_at", "recorded_offset", "received_at", "happened_at", "made_at", "saved_at"} | {
    "origin_seq",
    "schema_version",
    "memory_kib",
    "passes",
    "lanes",
    "set_at",
    "failures",
    "failed_at",
}
_BYTES = {"prev_hash", "hash", "salt", "digest", "pdf"}
_OPTIONAL = {"recorded_at", "recorded_offset", "recorded_zone", "recorded_by", "supersedes", "voids", "subject"} | {
    "failed_at"
}

_ABSENT = object()

_REFUSE_CHANGE = """CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""

# REPLACE deletes without firing a delete trigger on other connections, so a known id is refused before it can.
_REFUSE_GAP = """CREATE TRIGGER {table}_refuses_gap BEFORE INSERT ON {table}
BEGIN
SELECT RAISE(ABORT, '{table} holds this id') WHERE EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id);
SELECT RAISE(ABORT, '{table} has no gap') WHERE NEW.origin_seq IS NOT
(SELECT coalesce(max(origin_seq), 0) + 1 FROM {table} WHERE origin = NEW.origin);
END"""


_CHAINED = ("identity", "patient", "journal", "audit")


def _triggers() -> dict[str, str]:
    changes = {
        f"{table}_refuses_{verb}": _REFUSE_CHANGE.format(table=table, verb=verb)
        for table in (*_CHAINED, "summary")
        for verb in ("update", "delete")
    }
    gaps = {f"{table}_refuses_gap": _REFUSE_GAP.format(table=table) for table in ("journal", "audit")}
    return changes | gaps


TRIGGERS = _triggers()
"""Every trigger by name, with the exact text that must stand in the database."""


def create_tables(db: "Database") -> None:
    """Create every table, index and trigger of version 1 inside the caller's transaction."""
    _create(db, "identity", ("store_id",))
    _create(db, "patient", ("patient_id",))
    _create(db, "journal", ("patient_id", "origin_seq", "origin"), [("patient_id", "patient", "patient_id")])
    _create(db, "audit", ("origin", "origin_seq"))
    _create(db, "draft", ("author", "form", "patient_id"))
    db.table("patient").create_index(["mrn"], "patient_by_mrn", unique=True)
    db.table("journal").create_index(["id"], "journal_by_id", unique=True)
    db.table("journal").create_index(["origin", "origin_seq"], "journal_in_order", unique=True)
    db.table("audit").create_index(["id"], "audit_by_id", unique=True)
    for name, text in TRIGGERS.items():
        if not name.startswith("summary_"):
            db.execute(text)


def add_people(db: "Database") -> None:
    """Add what version 2 needs for people and doubles: PINs, events by name, and the patients with corrected data."""
    _create(db, "pin", ("user",))
    db.table("audit").create_index(["event", "origin_seq"], "audit_by_event")
    db.execute("CREATE INDEX journal_identities ON journal (patient_id) WHERE kind = 'identity'")


def add_kept(db: "Database") -> None:
    """Add what version 3 keeps beside the journal: summaries as sent, board rows worked out before, what was seen."""
    _create(db, "summary", ("id",), [("patient_id", "patient", "patient_id")], later={"head"})
    _create(db, "board_row", ("patient_id",))
    _create(db, "seen", ("user", "patient_id"))
    db.table("summary").create_index(["patient_id", "made_at"], "summary_by_patient")
    for name, text in TRIGGERS.items():
        if name.startswith("summary_"):
            db.execute(text)


def add_summary_head(db: "Database") -> None:
    """Add what version 4 knows of a summary as sent: the number of the newest row of the journal that is in it."""
    db.execute("ALTER TABLE summary ADD COLUMN head INTEGER")


def _create(
    db: "Database",
    table: str,
    key: tuple[str, ...],
    foreign_keys: list[tuple[str, str, str]] | None = None,
    later: Container[str] = (),
) -> None:
    """Create one strict table clustered by its primary key, which sqlite-utils cannot ask for by itself.

    `later` are the columns that a later version adds.
    """
    columns = tuple(name for name in TABLES[table] if name not in later)
    text = db.create_table_sql(
        table,
        {name: int if name in _NUMBERS else bytes if name in _BYTES else str for name in columns},
        pk=key,
        not_null=set(columns) - _OPTIONAL,
        foreign_keys=foreign_keys,
        strict=True,
    )
    db.execute(text.rstrip().rstrip(";") + ", WITHOUT ROWID")


def check_schema(connection: Connection) -> None:
    """Raise StoreDamaged unless exactly the expected tables, columns, indexes and triggers are there.

    sqlite-utils drops a table's triggers in some of its alterations and creates a table for a mistyped name, so this
    is looked at after every opening.
    """
    found: dict[str, dict[str, str]] = {"table": {}, "index": {}, "trigger": {}, "view": {}}
    for kind, name, text in connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    ):
        found[kind][name] = text
    _compare("trigger", found["trigger"], TRIGGERS)
    _compare("index", dict.fromkeys(found["index"]), dict.fromkeys(INDEXES))
    _compare("table", _columns(connection), {name: set(columns) for name, columns in TABLES.items()})
    _compare("view", found["view"], {})


def _columns(connection: Connection) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    ):
        columns.setdefault(table, set()).add(column)
    return columns


def _compare(what: str, found: Mapping[str, object], expected: Mapping[str, object]) -> None:
    wrong = sorted(
        name for name in found.keys() | expected.keys() if found.get(name, _ABSENT) != expected.get(name, _ABSENT)
    )
    if wrong:
        raise StoreDamaged(f"The store's protection has been changed: the {what} {wrong[0]} is not as Bedside made it.")

"""Opening: what is refused, in which words, and with the file left as it was."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlcipher3

from bedside.chart.errors import StoreFault, UserError
from bedside.store.creation import FirstUser
from bedside.store.engine import transaction, wrap
from bedside.store.migrations import MIGRATIONS, VERSION, migrate
from bedside.store.schema import TABLES, TRIGGERS, check_schema
from bedside.store.station import Station
from bedside.store.store import Store
from tests.store.wards import CHEAP, COUNTS, PASSPHRASE, PATIENT, USER, Clock, NewId, Ward, make_ward


def test_that_a_missing_store_is_told_and_nothing_is_created(folder: Path, clock: Clock, new_id: NewId) -> None:
    with pytest.raises(UserError, match="no store") as caught:
        Store.open(Station(folder, clock, new_id), USER, PASSPHRASE)
    assert caught.value.exit_code == 2
    assert not folder.exists()
    folder.mkdir()
    with pytest.raises(UserError, match="no store"):
        Store.open(Station(folder, clock, new_id), USER, PASSPHRASE)
    assert list(folder.iterdir()) == []


def test_that_a_second_creation_is_refused_and_changes_nothing(ward: Ward) -> None:
    before = {path: path.read_bytes() for path in ward.folder.iterdir() if path.is_file()}
    with pytest.raises(UserError, match="already") as caught:
        Store.create(Station(ward.folder, ward.clock, ward.new_id), FirstUser("eve", "x", CHEAP))
    assert caught.value.exit_code == 2
    assert {path: path.read_bytes() for path in ward.folder.iterdir() if path.is_file()} == before


def test_that_a_store_without_a_passphrase_is_not_made(folder: Path, clock: Clock, new_id: NewId) -> None:
    with pytest.raises(UserError, match="empty"):
        Store.create(Station(folder, clock, new_id), FirstUser(USER, "", CHEAP))
    with pytest.raises(UserError, match="user name"):
        Store.create(Station(folder, clock, new_id), FirstUser(" \n", "x", CHEAP))
    assert not folder.exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_that_a_newer_store_is_refused_with_every_byte_untouched(ward: Ward, read_only: bool) -> None:
    connection = ward.raw()
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = ward.database.read_bytes()
    with pytest.raises(StoreFault, match="newer") as caught:
        ward.open(read_only=read_only)
    assert caught.value.exit_code == 3
    assert ward.database.read_bytes() == before


def test_that_a_newer_store_with_unfinished_log_is_not_checkpointed(ward: Ward, tmp_path: Path) -> None:
    connection = ward.raw()
    connection.execute(f"PRAGMA user_version = {VERSION + 7}")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in ward.folder.iterdir():
        (crashed / path.name).write_bytes(path.read_bytes())
    connection.close()
    before = (crashed / "bedside.db").read_bytes(), (crashed / "bedside.db-wal").read_bytes()
    assert len(before[1]) > 0
    with pytest.raises(StoreFault, match=f"store version {VERSION + 7}"):
        ward.open(folder=crashed)
    assert ((crashed / "bedside.db").read_bytes(), (crashed / "bedside.db-wal").read_bytes()) == before


def test_that_an_encrypted_database_of_another_program_is_refused(ward: Ward) -> None:
    connection = ward.raw()
    connection.execute("PRAGMA application_id = 77")
    connection.close()
    with pytest.raises(StoreFault, match="not a Bedside store"):
        ward.open()


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_that_a_store_without_one_of_its_triggers_is_refused(ward: Ward, trigger: str) -> None:
    connection = ward.raw()
    connection.execute(f"DROP TRIGGER {trigger}")
    connection.close()
    with pytest.raises(StoreFault, match=trigger):
        ward.open()


def test_that_a_trigger_of_the_right_name_that_does_nothing_is_refused(ward: Ward) -> None:
    connection = ward.raw()
    connection.execute("DROP TRIGGER journal_refuses_update")
    connection.execute("CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal BEGIN SELECT 1; END")
    connection.close()
    with pytest.raises(StoreFault, match="journal_refuses_update"):
        ward.open()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE jornal (x TEXT)",
        "ALTER TABLE draft ADD COLUMN extra TEXT",
        "DROP INDEX journal_by_id",
        "CREATE VIEW everybody AS SELECT * FROM patient",
    ],
)
def test_that_any_other_change_of_the_schema_is_refused(ward: Ward, change: str) -> None:
    connection = ward.raw()
    connection.execute(change)
    connection.close()
    with pytest.raises(StoreFault, match="not as Bedside made it"):
        ward.open()


def test_that_a_forged_last_row_is_noticed_at_opening(ward: Ward) -> None:
    ward.tamper("UPDATE journal SET body = replace(body, '11.5', '99.5') WHERE origin_seq = 13")
    with pytest.raises(StoreFault, match=r"Journal row 13 \(blood_count\).*not as it was written"):
        ward.open()


def test_that_a_reader_of_a_store_cannot_write(ward: Ward) -> None:
    reader = ward.open(read_only=True)
    assert len(reader.bodies(PATIENT)) == COUNTS
    with pytest.raises(StoreFault, match="reading only"):
        reader.append([])
    with pytest.raises(Exception, match="readonly"):
        reader._hold.connection.execute("INSERT INTO draft VALUES ('a', 'b', 'c', 'd', 1)")
    reader.close()


def test_that_a_failed_migration_leaves_the_version_and_the_tables_of_before(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_done(_: object) -> None:
        connection.execute("CREATE TABLE half_done (x TEXT)")
        raise RuntimeError

    steps: tuple[Callable[..., None], ...] = (*MIGRATIONS, half_done)
    monkeypatch.setattr("bedside.store.migrations.MIGRATIONS", steps)
    connection = ward.raw()
    with pytest.raises(RuntimeError):
        migrate(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    check_schema(connection)
    connection.close()


def test_that_a_migration_of_an_up_to_date_store_does_nothing(ward: Ward) -> None:
    connection = ward.raw()
    before = connection.total_changes
    assert migrate(connection) == 0
    assert connection.total_changes == before
    connection.close()


def test_that_every_table_of_the_store_is_strict_and_clustered(ward: Ward) -> None:
    connection = ward.raw()
    with transaction(connection):
        tables = list(wrap(connection).query("SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main'"))
    connection.close()
    own = [table for table in tables if not table["name"].startswith("sqlite_")]
    assert {table["name"] for table in own} == set(TABLES)
    assert all(table["wr"] == 1 and table["strict"] == 1 for table in own)


def test_that_a_store_of_version_1_keeps_every_row_on_its_way_to_version_2(
    folder: Path, clock: Clock, new_id: NewId, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("bedside.store.migrations.MIGRATIONS", MIGRATIONS[:1])
        older.setattr("bedside.store.opening.check_schema", lambda _: None)
        ward = make_ward(folder, clock, new_id)
    connection = ward.raw()
    connection.execute("PRAGMA user_version = 1")
    rows = connection.execute("SELECT hash FROM journal ORDER BY origin_seq").fetchall()
    connection.close()
    with pytest.raises(StoreFault, match="older Bedside"):
        ward.open(read_only=True)
    store = ward.open()
    assert store.verify() == ()
    store.close(backup=False)
    connection = ward.raw()
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert connection.execute("SELECT hash FROM journal ORDER BY origin_seq").fetchall() == rows
    connection.close()


def test_that_the_lock_is_given_back_when_the_folder_cannot_be_made_private(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise FileNotFoundError

    with monkeypatch.context() as patch:
        patch.setattr("bedside.store.store.tighten", refuse)
        with pytest.raises(FileNotFoundError) as held:
            ward.open()
    ward.open().close(backup=False)
    del held  # which kept the store that was not opened, and its lock, from being forgotten


def test_that_the_lock_is_given_back_when_the_connection_cannot_be_closed(ward: Ward) -> None:
    store = ward.open()
    connection = store._hold.connection

    class Unclosed:
        def close(self) -> None:
            raise sqlcipher3.OperationalError

    store._hold = replace(store._hold, connection=Unclosed())
    with pytest.raises(sqlcipher3.OperationalError):
        store.close(backup=False)
    connection.close()
    ward.open().close(backup=False)

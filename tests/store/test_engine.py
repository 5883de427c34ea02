"""The engine: really encrypted, really durable, and safe under sqlite-utils."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3

from bedside.chart.errors import StoreFault, UserError
from bedside.store.cipher import Connection, connect, faults_in_words, refuse_old_engine, require_cipher
from bedside.store.engine import PRAGMAS, refuse_clear_text, transaction, wrap
from tests.store.wards import FAMILY_NAME, Ward

KEY = bytes(range(32))


def keyed(path: Path) -> Connection:
    path.touch()
    return connect(path, KEY)


def test_that_an_engine_with_the_wal_reset_bug_is_refused() -> None:
    refuse_old_engine((3, 51, 3))
    refuse_old_engine((3, 53, 4))
    for old in ((3, 51, 2), (3, 40, 1), (2, 99, 99)):
        with pytest.raises(StoreFault, match=r"3\.51\.3"):
            refuse_old_engine(old)


def test_that_an_engine_that_ignores_the_key_is_refused() -> None:
    plain = sqlite3.connect(":memory:")
    plain.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    with pytest.raises(StoreFault, match="does not encrypt"):
        require_cipher(plain)
    plain.close()


def test_that_the_file_has_no_sqlite_header_and_holds_no_name(ward: Ward) -> None:
    content = ward.database.read_bytes()
    assert len(content) > 4096
    assert not content.startswith(b"SQLite format 3")
    assert FAMILY_NAME.encode() not in content


def test_that_a_clear_text_database_is_refused(tmp_path: Path) -> None:
    clear = tmp_path / "clear.db"
    plain = sqlite3.connect(clear)
    plain.execute("CREATE TABLE t (x)")
    plain.close()
    with pytest.raises(StoreFault, match="not encrypted"):
        refuse_clear_text(clear)


def test_that_an_open_store_has_every_setting_that_keeps_entries_safe(ward: Ward) -> None:
    store = ward.open()
    found = {name: store._hold.connection.execute(f"PRAGMA {name}").fetchone()[0] for name, _, _ in PRAGMAS}
    store.close(backup=False)
    assert found == {name: proof for name, _, proof in PRAGMAS}
    assert (found["journal_mode"], found["synchronous"], found["secure_delete"]) == ("wal", 2, 1)


def test_that_sqlite_utils_catches_the_exceptions_of_the_encrypting_engine() -> None:
    wrap(sqlcipher3.connect(":memory:"))
    assert vars(sys.modules["sqlite_utils.utils"])["sqlite3"] is sqlcipher3


def test_that_an_insert_returning_is_committed_and_so_is_what_follows(tmp_path: Path) -> None:
    connection = keyed(tmp_path / "x.db")
    db = wrap(connection)
    db.table("t").create({"x": int}, strict=True)
    assert list(db.query("INSERT INTO t (x) VALUES (1) RETURNING x")) == [{"x": 1}]
    assert not connection.in_transaction
    db.execute("INSERT INTO t (x) VALUES (2)")
    connection.close()
    again = connect(tmp_path / "x.db", KEY)
    assert again.execute("SELECT x FROM t ORDER BY x").fetchall() == [(1,), (2,)]
    again.close()


def test_that_sqlite_utils_can_alter_a_table_on_the_fly(tmp_path: Path) -> None:
    connection = keyed(tmp_path / "x.db")
    db = wrap(connection)
    db.table("t").insert({"x": 1})
    db.table("t").insert({"x": 2, "y": "new"}, alter=True)
    assert list(db.query("SELECT x, y FROM t ORDER BY x")) == [{"x": 1, "y": None}, {"x": 2, "y": "new"}]
    connection.close()


def test_that_a_transaction_takes_everything_back_when_it_fails(tmp_path: Path) -> None:
    connection = keyed(tmp_path / "x.db")
    connection.execute("CREATE TABLE t (x UNIQUE)")
    with pytest.raises(sqlcipher3.IntegrityError), transaction(connection):
        connection.executemany("INSERT INTO t VALUES (?)", [(1,), (2,), (1,)])
    assert not connection.in_transaction
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connection.close()


def test_that_a_wrong_key_reads_as_damage_and_says_nothing_on_the_terminal(
    ward: Ward, capfd: pytest.CaptureFixture[str]
) -> None:
    connection = connect(ward.database, KEY)
    with pytest.raises(StoreFault, match="damaged"), faults_in_words():
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()
    assert capfd.readouterr() == ("", "")


def test_that_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    connection = keyed(tmp_path / "x.db")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(UserError, match="disk is full") as caught, transaction(connection):
        connection.execute("INSERT INTO t VALUES (randomblob(100000))")
    assert caught.value.exit_code == 2
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)
    connection.close()


def test_that_sqlite_utils_brings_neither_numpy_nor_pandas(ward: Ward) -> None:
    program = (
        "import sys, pathlib\n"
        "from bedside.store.engine import wrap\nfrom bedside.store.cipher import connect\n"
        "wrap(connect(pathlib.Path(sys.argv[1]), None, 'mode=ro'))\n"
        "print(sorted({'numpy', 'pandas', 'sqlite_utils'} & set(sys.modules)))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(ward.database)], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "['sqlite_utils']\n"

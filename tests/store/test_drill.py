"""The restore drill: a rehearsal that proves the newest backup and leaves nothing behind."""

import pytest

from bedside.chart.errors import StoreDamaged, UserError
from bedside.store.drill import DRILL
from bedside.store.place import DATABASE
from tests.store.wards import Ward, count


def test_that_a_drill_restores_the_newest_backup_compares_it_and_removes_it(ward: Ward) -> None:
    store = ward.open()
    report = store.backups.make_if_changed()
    store.append([count(1), count(2)])
    drilled = store.backups.drill()
    assert (drilled.report, drilled.later) == (report, 2)
    assert not (ward.folder / DRILL).exists()
    assert store.verify() == ()
    store.close(backup=False)


def test_that_a_drill_without_a_backup_says_so(ward: Ward) -> None:
    store = ward.open()
    with pytest.raises(UserError, match="no backup"):
        store.backups.drill()
    store.close(backup=False)


def test_that_a_drill_finds_a_damaged_backup_and_leaves_nothing_behind(ward: Ward) -> None:
    store = ward.open()
    report = store.backups.make_if_changed()
    assert report is not None
    content = bytearray((report.folder / DATABASE).read_bytes())
    content[9000] ^= 8
    (report.folder / DATABASE).write_bytes(content)
    with pytest.raises(StoreDamaged):
        store.backups.drill()
    assert not (ward.folder / DRILL).exists()
    assert (report.folder / DATABASE).read_bytes() == content
    store.close(backup=False)


def test_that_a_drill_finds_that_the_store_lost_what_the_backup_holds(ward: Ward) -> None:
    ward.open().close()
    ward.tamper("DELETE FROM journal WHERE origin_seq > 10")
    store = ward.open()
    with pytest.raises(StoreDamaged, match="same entries"):
        store.backups.drill()
    store.close(backup=False)

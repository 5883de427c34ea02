"""Tests of a restore by the service: who is what in the restored store, and what is told when it is done."""

import pytest

from bedside.chart.errors import NotWritable, UserError
from bedside.service.restore import Restoring, begin
from bedside.service.session import Session
from bedside.store.backup import BackupReport
from bedside.store.cipher import disk_full
from bedside.store.envelope import NotLetIn
from bedside.store.people import People, Standing
from bedside.store.slots import read_keys, write_keys
from bedside.store.store import Store
from bedside.store.swap import KEPT
from tests.service.conftest import PASSPHRASE, USER


def backed_up(session: Session) -> BackupReport:
    return session.store.backups.make(session.store.folder / "backups")


def begun(session: Session, report: BackupReport, user: str = USER) -> Restoring:
    """The restore that this lead begins after the session has closed its store."""
    session.store.close(backup=False)
    return begin(session.store._hold.station, report.folder, user, PASSPHRASE)


def roles_in(session: Session, user: str = USER) -> dict[str, str]:
    """Who may sign in to the store that is there now, and as what."""
    store = Store.open(session.store._hold.station, user, PASSPHRASE)
    try:
        return {person.name: person.roles for person in store.people.listed() if not person.disabled}
    finally:
        store.close(backup=False)


@pytest.mark.parametrize(("earlier", "later"), [("anna", "bert"), ("bert", "anna")])
def test_that_a_lead_who_is_one_no_more_is_none_after_the_restore(session: Session, earlier: str, later: str) -> None:
    people = session.store.people
    people.add(earlier, "lead", PASSPHRASE)
    people.add(later, "physician", PASSPHRASE)
    people.disable(USER)
    report = backed_up(session)
    people.set_roles(later, "lead")
    people.set_roles(earlier, "physician")
    begun(session, report, later).carry_out(consent=True)
    assert roles_in(session, later) == {earlier: "physician", later: "lead"}


@pytest.mark.parametrize(("earlier", "later"), [("anna", "bert"), ("bert", "anna")])
def test_that_a_lead_who_was_let_go_is_out_after_the_restore_and_lead_no_more(
    session: Session, earlier: str, later: str
) -> None:
    people = session.store.people
    people.add(earlier, "lead,nurse", PASSPHRASE)
    people.add(later, "physician", PASSPHRASE)
    people.disable(USER)
    report = backed_up(session)
    people.set_roles(later, "lead")
    people.set_roles(earlier, "nurse")
    people.disable(earlier)
    begun(session, report, later).carry_out(consent=True)
    assert roles_in(session, later) == {later: "lead"}
    store = Store.open(session.store._hold.station, later, PASSPHRASE)
    assert (store.people.person(earlier).roles, store.people.person(earlier).disabled) == ("nurse", True)
    store.close(backup=False)


@pytest.mark.parametrize("backed_up_when", ["before", "let in", "let go"])
def test_that_who_was_let_go_stays_out_of_the_restored_store_with_an_older_key_file(
    session: Session, backed_up_when: str
) -> None:
    people, folder = session.store.people, session.store.folder
    reports = {"before": backed_up(session)}
    people.add("anna", "lead,nurse", PASSPHRASE)
    reports["let in"], older = backed_up(session), read_keys(folder)
    people.disable("anna")
    reports["let go"] = backed_up(session)
    people.keep("anna", Standing("nurse", disabled=True))
    begun(session, reports[backed_up_when]).carry_out(consent=True)
    write_keys(folder, older)
    with pytest.raises(NotLetIn):
        roles_in(session, "anna")
    store = Store.open(session.store._hold.station, USER, PASSPHRASE)
    assert (store.people.person("anna").roles, store.people.person("anna").disabled) == ("nurse", True)
    store.close(backup=False)


def test_that_a_restore_that_cannot_keep_today_s_roles_replaces_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.store.people.add("anna", "lead", PASSPHRASE)
    report = backed_up(session)
    session.store.people.set_roles("anna", "nurse")
    restoring = begun(session, report)

    def no_room(_people: People, _name: str, _before: Standing) -> None:
        raise disk_full()

    with monkeypatch.context() as patch:
        patch.setattr(People, "keep", no_room)
        with pytest.raises(NotWritable):
            restoring.carry_out(consent=True)
    assert roles_in(session)["anna"] == "nurse"
    assert not (session.store.folder / KEPT).exists()


def test_that_a_restored_store_that_cannot_be_backed_up_is_told_beside_where_the_other_is_kept(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    restoring = begun(session, backed_up(session))
    kept = restoring.carry_out(consent=True)

    def no_room(*_: object, **__: object) -> None:
        raise UserError("No backup could be written.", "Free some space.")

    with monkeypatch.context() as patch:
        patch.setattr("bedside.store.own_backups.make_backup", no_room)
        told = restoring.back_up()
    assert told == "The store is restored, but it is not backed up yet. No backup could be written. Free some space."
    assert kept is not None
    assert kept.parent == session.store.folder / KEPT
    assert restoring.back_up() == ""


def test_that_who_opened_the_restored_store_first_backs_it_up(session: Session) -> None:
    restoring = begun(session, backed_up(session))
    restoring.carry_out(consent=True)
    store = Store.open(session.store._hold.station, USER, PASSPHRASE)
    assert restoring.back_up() == ""
    store.close(backup=False)

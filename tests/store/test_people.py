"""People: added, disabled, given other roles, by the audit trail and never by a key file alone."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from bedside.chart.errors import StoreFault, UserError
from bedside.store import envelope
from bedside.store.creation import FIRST_ROLE, FirstUser
from bedside.store.envelope import LONGEST_PASSPHRASE, NotLetIn
from bedside.store.people import ADDED, DISABLED, ENABLED, PASSPHRASE_RESET, ROLES_CHANGED, Standing
from bedside.store.slots import COPIES, read_keys, write_keys
from bedside.store.station import Station
from bedside.store.store import Store
from tests.store.wards import CHEAP, PASSPHRASE, USER, Ward, count


@pytest.fixture
def store(ward: Ward) -> Iterator[Store]:
    opened = ward.open()
    yield opened
    opened.close(backup=False)


def entered(ward: Ward, user: str, passphrase: str) -> tuple[str, str]:
    """Name and roles of somebody who signs in at the closed store."""
    opened = Store.open(Station(ward.folder, ward.clock, ward.new_id), user, passphrase)
    opened.close(backup=False)
    return opened.user, opened.role


def told(store: Store, *names: str) -> list[tuple[str, str]]:
    return [(row.event, row.detail["user"]) for row in store.events(*names)]


def test_that_an_added_user_signs_in_with_the_given_roles(ward: Ward, store: Store) -> None:
    store.people.add("grace", "nurse,auditor", "Wald")
    store.close(backup=False)
    assert entered(ward, "grace", "Wald") == ("grace", "nurse,auditor")
    assert entered(ward, USER, PASSPHRASE) == (USER, "lead,physician")


def test_that_every_change_of_a_user_is_in_the_audit_trail_under_the_one_who_made_it(store: Store) -> None:
    people = store.people
    people.add("grace", "nurse", "Wald")
    people.set_roles("grace", "nurse,auditor")
    people.set_passphrase("grace", "Feld")
    people.disable("grace")
    people.enable("grace", "Moor")
    events = (ADDED, ROLES_CHANGED, PASSPHRASE_RESET, DISABLED, ENABLED)
    assert told(store, *events) == [(event, "grace") for event in events]
    assert {(row.user, row.role) for row in store.events(*events)} == {(USER, "lead,physician")}
    assert "Wald" not in str(store.events())
    assert people.person("grace").roles == "nurse,auditor"
    assert store.verify() == ()


def test_that_a_disabled_user_is_told_the_same_as_an_unknown_one_and_comes_back_only_enabled(
    ward: Ward, store: Store
) -> None:
    store.people.add("grace", "nurse", "Wald")
    store.people.disable("grace")
    store.close(backup=False)
    with pytest.raises(NotLetIn) as disabled:
        entered(ward, "grace", "Wald")
    with pytest.raises(NotLetIn) as unknown:
        entered(ward, "heidi", "Wald")
    assert str(disabled.value) == str(unknown.value)
    again = ward.open()
    again.people.enable("grace", "Moor")
    again.close(backup=False)
    assert entered(ward, "grace", "Moor") == ("grace", "nurse")
    with pytest.raises(NotLetIn):
        entered(ward, "grace", "Wald")


def test_that_an_older_key_file_brings_neither_a_disabled_user_nor_old_roles_back(ward: Ward, store: Store) -> None:
    store.people.add("grace", "lead", "Wald")
    store.people.add("heidi", "lead", "Moor")
    older = read_keys(ward.folder)
    store.people.disable("grace")
    store.people.set_roles("heidi", "auditor")
    store.close(backup=False)
    write_keys(ward.folder, older)
    with pytest.raises(NotLetIn):
        entered(ward, "grace", "Wald")
    assert entered(ward, "heidi", "Moor") == ("heidi", "auditor")


def test_that_other_roles_do_not_let_a_disabled_user_in_again(ward: Ward, store: Store) -> None:
    store.people.add("grace", "nurse", "Wald")
    older = read_keys(ward.folder)
    store.people.disable("grace")
    with pytest.raises(UserError, match="grace is disabled"):
        store.people.set_roles("grace", "auditor")
    store.people.keep("grace", Standing("auditor", disabled=True))
    store.close(backup=False)
    write_keys(ward.folder, older)
    with pytest.raises(NotLetIn):
        entered(ward, "grace", "Wald")
    again = ward.open()
    assert (again.people.person("grace").roles, again.people.person("grace").disabled) == ("auditor", True)
    again.close(backup=False)


def test_that_a_name_is_taken_in_any_capitals_and_for_ever(store: Store) -> None:
    store.people.add("Grace", "nurse", "Wald")
    store.people.disable("Grace")
    for name in ("grace", " GRACE ", "Grace", USER.upper()):
        with pytest.raises(UserError, match="taken"):
            store.people.add(name, "nurse", "Wald")
    assert [(one.name, one.disabled) for one in store.people.listed()] == [(USER, False), ("Grace", True)]


@pytest.mark.parametrize("name", ["", " ", "\u0301", "\u202eadA", "a\0b", "a\nb", "...", "x" * 65])
def test_that_what_nobody_could_read_is_no_name(store: Store, name: str) -> None:
    with pytest.raises(UserError, match="1 to 64 printable characters"):
        store.people.add(name, "nurse", "Wald")
    assert len(store.people.listed()) == 1


def test_that_nobody_is_called_what_the_trail_calls_the_recovery_code(store: Store, ward: Ward) -> None:
    for attempt in (store.people.add, store.people.let_in):
        with pytest.raises(UserError, match="Nobody can be called"):
            attempt("Recovery Code", "lead", "Wald")
    with pytest.raises(UserError, match="Nobody can be called"):
        Store.create(Station(ward.folder.parent / "new", ward.clock, ward.new_id), FirstUser("recovery code", "x"))


@pytest.mark.parametrize(("length", "taken"), [(LONGEST_PASSPHRASE, True), (LONGEST_PASSPHRASE + 1, False)])
def test_that_a_passphrase_is_taken_whole_or_not_at_all(store: Store, length: int, taken: bool) -> None:
    if taken:
        store.people.add("grace", "nurse", "ß" * length)
        assert store.people.unlock("grace", "ß" * length) == ("grace", "nurse")
        with pytest.raises(NotLetIn):
            store.people.unlock("grace", "ß" * (length - 1))
    else:
        with pytest.raises(UserError, match="longer than"):
            store.people.add("grace", "nurse", "ß" * length)


def test_that_the_only_lead_is_neither_disabled_nor_demoted(store: Store) -> None:
    for attempt in (store.people.disable, partial(store.people.set_roles, roles="physician")):
        with pytest.raises(UserError, match="only lead"):
            attempt(USER)
    store.people.add("grace", "lead", "Wald")
    store.people.set_roles(USER, "physician")
    assert store.people.person(USER).roles == "physician"
    with pytest.raises(UserError, match="only lead"):
        store.people.disable("grace")


def test_that_what_cannot_be_done_is_told_and_nothing_is_noted(store: Store) -> None:
    people = store.people
    people.add("grace", "nurse", "Wald")
    people.add("heidi", "nurse", "Wald")
    people.disable("heidi")
    noted = len(store.events())
    attempts: tuple[Callable[[], object], ...] = (
        lambda: people.disable("nobody"),
        lambda: people.enable("grace", "x"),
        lambda: people.set_passphrase("nobody", "x"),
        lambda: people.set_passphrase("grace", ""),
        lambda: people.add("", "nurse", "x"),
        lambda: people.add("iris", "nurse", ""),
        lambda: people.disable("heidi"),
        lambda: people.set_passphrase("heidi", "x"),
        lambda: people.set_roles("heidi", "lead"),
    )
    for attempt in attempts:
        with pytest.raises(UserError):
            attempt()
    assert len(store.events()) == noted


def test_that_a_user_whose_slot_was_lost_in_a_crash_can_be_enabled(ward: Ward, store: Store) -> None:
    before = read_keys(ward.folder)
    store.people.add("grace", "nurse", "Wald")
    write_keys(ward.folder, before)
    assert store.people.person("grace").disabled
    store.people.enable("grace", "Moor")
    store.close(backup=False)
    assert entered(ward, "grace", "Moor") == ("grace", "nurse")


def test_that_the_list_says_who_was_last_seen_when_and_who_has_a_pin(ward: Ward, store: Store) -> None:
    store.people.add("grace", "nurse", "Wald")
    store.as_person("grace", "nurse").record_event("sign_in")
    store.people.set_pin("grace", "190731")
    grace, ada = store.people.person("grace"), store.people.person(USER)
    assert (grace.seen, grace.has_pin) == (ward.clock(), True)
    assert (ada.seen, ada.has_pin) == (None, False)


def test_that_the_recovery_code_lets_a_disabled_and_a_new_user_in(ward: Ward, store: Store) -> None:
    store.people.add("grace", "nurse", "Wald")
    store.people.disable("grace")
    store.close(backup=False)
    for name in COPIES:
        (ward.folder / name).unlink()
    opened = Store.open_with_recovery_code(Station(ward.folder, ward.clock, ward.new_id), ward.code)
    opened.people.let_in("grace", FIRST_ROLE, "Moor", CHEAP)
    opened.people.let_in("heidi", FIRST_ROLE, "Feld", CHEAP)
    assert told(opened, ENABLED, ADDED) == [(ADDED, "grace"), (ENABLED, "grace"), (ADDED, "heidi")]
    opened.close(backup=False)
    assert entered(ward, "grace", "Moor") == ("grace", "nurse")
    assert entered(ward, "heidi", "Feld") == ("heidi", "lead,physician")


def test_that_another_person_at_the_open_store_writes_under_the_own_name(store: Store) -> None:
    store.people.add("grace", "nurse", "Wald")
    other = store.as_person(*store.people.unlock("grace", "Wald"))
    first, second = other.append([count(1)]), store.append([count(2)])
    assert [(row.received_by, row.role) for row in (*first, *second)] == [
        ("grace", "nurse"),
        (USER, "lead,physician"),
    ]
    assert other.drafts.listed() == ()


@pytest.mark.parametrize(
    ("user", "passphrase"), [(USER, "x"), ("grace", PASSPHRASE), ("\x00", "x"), ("", ""), ("a" * 99, "x")]
)
def test_that_every_refusal_costs_one_derivation_and_says_the_same(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, user: str, passphrase: str
) -> None:
    paid: list[object] = []
    real = envelope.derive

    def counted(secret: str, salt: bytes, cost: envelope.Cost, bound: bytes | None = None) -> bytes:
        paid.append(cost)
        return real(secret, salt, cost, bound)

    monkeypatch.setattr(envelope, "derive", counted)
    with pytest.raises(NotLetIn) as refused:
        entered(ward, user, passphrase)
    assert str(refused.value) == "The user name or the passphrase is not right. Check both and try again."
    assert paid == [CHEAP]


def test_that_an_unknown_user_takes_as_long_as_a_wrong_passphrase(ward: Ward) -> None:
    keys = read_keys(ward.folder)
    dear = envelope.Cost(memory_kib=8 * 1024, passes=3, lanes=1)
    slot = envelope.seal(bytes(32), user=USER, role="lead", passphrase="y", store_id=keys.store_id, cost=dear)
    write_keys(ward.folder, keys.with_slot(slot))

    def seconds(user: str) -> float:
        taken = []
        for _ in range(7):
            begun = time.perf_counter()
            with pytest.raises(NotLetIn):
                entered(ward, user, "x")
            taken.append(time.perf_counter() - begun)
        return statistics.median(taken)

    assert 1 / 3 < seconds(USER) / seconds("nobody") < 3


def test_that_a_reader_changes_nobody(ward: Ward) -> None:
    reader = ward.open(read_only=True)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: reader.people.add("grace", "nurse", "x"),
        lambda: reader.people.set_roles(USER, "lead"),
        lambda: reader.people.set_pin(USER, "190731"),
        lambda: reader.people.prove_pin(USER, "190731"),
    )
    for attempt in attempts:
        with pytest.raises(StoreFault, match="reading only"):
            attempt()
    assert [one.name for one in reader.people.listed()] == [USER]
    reader.close()

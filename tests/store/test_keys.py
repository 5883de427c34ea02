"""Keys: who can open a store, what a slip costs, and how a lost passphrase is mended."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.errors import StoreFault, UserError
from bedside.store.creation import FIRST_ROLE
from bedside.store.envelope import Cost, key_of_code, new_key, recovery_code, seal, unseal
from bedside.store.key_copies import checksum, users_in
from bedside.store.slots import COPIES, KeyFile, read_keys, to_text, write_keys
from bedside.store.station import Station
from bedside.store.store import Store
from tests.store.wards import CHEAP, COUNTS, PASSPHRASE, PATIENT, USER, Ward, count

KEY = bytes(range(32))
STORE_ID = "store-1"


def words_of(ward: Ward, user: str, passphrase: str) -> str:
    with pytest.raises(UserError) as caught:
        Store.open(Station(ward.folder, ward.clock, ward.new_id), user, passphrase)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_that_a_wrong_passphrase_and_an_unknown_user_get_the_same_answer(ward: Ward) -> None:
    wrong = words_of(ward, USER, PASSPHRASE + " ")
    assert wrong == words_of(ward, "nobody", PASSPHRASE)
    assert wrong == words_of(ward, USER, "")
    assert "passphrase" in wrong
    assert PASSPHRASE not in wrong


def test_that_a_passphrase_opens_in_either_unicode_form(ward: Ward) -> None:
    composed, apart = (unicodedata.normalize(form, PASSPHRASE) for form in ("NFC", "NFD"))
    assert composed != apart
    for passphrase in (composed, apart):
        store = ward.open(passphrase=passphrase)
        assert len(store.bodies(PATIENT)) == COUNTS
        store.close(backup=False)


def test_that_the_standard_cost_is_64_mib_three_times_in_one_lane() -> None:
    assert Cost() == Cost(memory_kib=65536, passes=3, lanes=1)


@pytest.mark.parametrize(
    "change", [{"user": "eve"}, {"role": "auditor"}, {"cost": Cost(16, 1, 1)}, {"nonce": bytes(12)}]
)
def test_that_a_slot_is_bound_to_its_user_roles_and_cost(change: dict[str, object]) -> None:
    slot = seal(KEY, user=USER, role="nurse", passphrase="x", store_id=STORE_ID, cost=CHEAP)
    assert unseal(slot, passphrase="x", store_id=STORE_ID) == KEY
    with pytest.raises(UserError):
        unseal(replace(slot, **change), passphrase="x", store_id=STORE_ID)  # type: ignore[arg-type]
    with pytest.raises(UserError):
        unseal(slot, passphrase="x", store_id="store-2")


def test_that_a_slot_of_absurd_cost_is_refused_without_paying_it() -> None:
    slot = seal(KEY, user=USER, role="nurse", passphrase="x", store_id=STORE_ID, cost=CHEAP)
    with pytest.raises(UserError):
        unseal(replace(slot, cost=Cost(2**30, 1000, 1)), passphrase="x", store_id=STORE_ID)


def test_that_two_slots_of_one_passphrase_share_nothing() -> None:
    one, two = (seal(KEY, user=USER, role="", passphrase="x", store_id=STORE_ID, cost=CHEAP) for _ in range(2))
    assert (one.salt, one.nonce, one.wrapped) != (two.salt, two.nonce, two.wrapped)
    assert len({one.salt, two.salt}) == len({one.nonce, two.nonce}) == 2
    assert len({new_key() for _ in range(20)}) == 20


@given(st.binary(min_size=32, max_size=32))
def test_that_a_recovery_code_spells_its_key_however_it_is_typed(key: bytes) -> None:
    code = recovery_code(key)
    groups = code.split("-")
    assert [len(group) for group in groups] == [4] * 14
    assert key_of_code(code) == key
    assert key_of_code(f"  {' '.join(groups).lower()}\n") == key
    assert key_of_code(code.replace("O", "0").replace("I", "1").replace("B", "8")) == key


@given(st.binary(min_size=32, max_size=32), st.integers(0, 55), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_that_one_wrong_sign_in_a_recovery_code_is_noticed(key: bytes, place: int, sign: str) -> None:
    letters = recovery_code(key).replace("-", "")
    slip = letters[:place] + sign + letters[place + 1 :]
    if slip == letters:
        assert key_of_code(slip) == key
    else:
        with pytest.raises(UserError, match="slip"):
            key_of_code(slip)


@pytest.mark.parametrize("code", ["", "AAAA", "not a code", "ä" * 56, "A" * 56, "A" * 64])
def test_that_what_is_no_recovery_code_is_told(code: str) -> None:
    with pytest.raises(UserError, match="recovery code"):
        key_of_code(code)


def recovered(ward: Ward, code: str) -> Store:
    return Store.open_with_recovery_code(Station(ward.folder, ward.clock, ward.new_id), code)


def test_that_a_forgotten_passphrase_is_replaced_with_the_recovery_code(ward: Ward) -> None:
    store = recovered(ward, ward.code)
    assert (store.user, store.role) == ("recovery code", "lead")
    store.people.let_in(USER, FIRST_ROLE, "neu", CHEAP)
    store.close(backup=False)
    assert "passphrase" in words_of(ward, USER, PASSPHRASE)
    store = ward.open(passphrase="neu")
    assert (store.role, len(store.bodies(PATIENT))) == ("lead,physician", COUNTS)
    store.close(backup=False)


def test_that_a_second_user_writes_under_the_own_name_and_role(ward: Ward) -> None:
    store = ward.open()
    store.people.let_in("Zoë", "nurse", "anders", CHEAP)
    store.close(backup=False)
    store = Store.open(Station(ward.folder, ward.clock, ward.new_id), unicodedata.normalize("NFD", "Zoë"), "anders")
    (row,) = store.append([count(1)])
    assert (row.received_by, row.role) == ("Zoë", "nurse")
    store.close(backup=False)
    ward.open().close(backup=False)


def test_that_the_recovery_code_works_without_any_key_file(ward: Ward) -> None:
    for name in COPIES:
        (ward.folder / name).unlink()
    with pytest.raises(StoreFault, match="key file"):
        ward.open()
    store = recovered(ward, ward.code)
    store.people.let_in(USER, FIRST_ROLE, PASSPHRASE, CHEAP)
    store.close(backup=False)
    ward.open().close(backup=False)


def test_that_the_recovery_code_of_another_store_is_told(ward: Ward) -> None:
    with pytest.raises(UserError, match="another store"):
        recovered(ward, recovery_code(KEY))


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("harm", ["missing", "empty", "flipped", "older"])
def test_that_one_good_copy_of_the_key_file_opens_and_mends_the_other(ward: Ward, name: str, harm: str) -> None:
    path = ward.folder / name
    old = path.read_bytes()
    store = ward.open()
    store.people.let_in(USER, FIRST_ROLE, "neu", CHEAP)
    store.close(backup=False)
    good = path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "flipped": good.replace(b'"wrapped": "', b'"wrapped": "0'), "older": old}[harm])
    ward.open(passphrase="neu").close(backup=False)
    assert path.read_bytes() == good


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("harm", ["missing", "empty", "older"])
def test_that_the_newest_intact_copy_says_who_may_sign_in_before_anybody_has(ward: Ward, name: str, harm: str) -> None:
    path = ward.folder / name
    old = path.read_bytes()
    assert users_in(ward.folder) == (USER,)
    store = ward.open()
    store.people.add("grace", "nurse", "neu")
    store.close(backup=False)
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if harm == "empty" else old)
    assert users_in(ward.folder) == (USER, "grace")
    for copy in COPIES:
        (ward.folder / copy).unlink(missing_ok=True)
    assert users_in(ward.folder) == ()


def test_that_every_bit_flipped_in_a_key_file_is_noticed(ward: Ward, tmp_path: Path) -> None:
    content = (ward.folder / COPIES[0]).read_bytes()
    other = tmp_path / "other"
    other.mkdir()
    for place in range(0, len(content), 7):
        flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        (other / COPIES[0]).write_bytes(flipped)
        with pytest.raises(StoreFault):
            read_keys(other)


def test_that_a_key_file_survives_being_written_and_read(tmp_path: Path) -> None:
    slot = seal(KEY, user="Zoë ‹x›", role="nurse", passphrase="x", store_id=STORE_ID, cost=CHEAP)
    keys = KeyFile(STORE_ID, "00", (slot,), revision=4)
    write_keys(tmp_path, keys)
    assert read_keys(tmp_path) == keys
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in COPIES} == {0o600}
    assert json.loads(to_text(keys))["slots"][0]["derivation"] == "argon2id"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff{", b"[" * 100_000, b'{"checksum": 1}'])
def test_that_key_files_of_any_other_content_are_damaged_ones(tmp_path: Path, content: bytes) -> None:
    for name in COPIES:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(StoreFault, match="missing or damaged"):
        read_keys(tmp_path)


@pytest.mark.parametrize(
    "forged",
    [
        {"memory_kib": "a"},
        {"memory_kib": 7},
        {"memory_kib": -1},
        {"memory_kib": 1.5},
        {"memory_kib": True},
        {"passes": 0},
        {"lanes": 0},
        {"lanes": 2},
        {"salt": "00"},
        {"salt": ""},
        {"nonce": ""},
        {"user": 5},
        {"role": None},
    ],
    ids=str,
)
def test_that_a_forged_slot_makes_a_copy_a_damaged_one_and_the_other_copy_opens(
    ward: Ward, forged: dict[str, object]
) -> None:
    written = json.loads((ward.folder / COPIES[0]).read_text())
    del written["checksum"]
    written["slots"][0] |= forged
    written["revision"] += 1
    forged_text = json.dumps(written | {"checksum": checksum(written)})
    (ward.folder / COPIES[0]).write_text(forged_text)
    ward.open().close(backup=False)
    for name in COPIES:
        (ward.folder / name).write_text(forged_text)
    with pytest.raises(StoreFault, match="Both copies"):
        ward.open()


def test_that_keys_that_may_not_be_read_are_not_called_damaged(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_right(path: Path, *_: object) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", no_right)
    monkeypatch.setattr(Path, "open", no_right)
    with pytest.raises(UserError, match=r"keys\.json cannot be read: permission denied\. Ask for the right"):
        read_keys(ward.folder)

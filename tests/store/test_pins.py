"""PINs: six digits inside the encrypted store, and a wait after five wrong ones that outlives the program."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.errors import UserError
from bedside.store import pins
from bedside.store.pins import FREE_TRIES, LONGEST_WAIT, NoPin, PinWaits, WrongPin, require_pin, wait_after
from bedside.store.store import Store
from tests.conftest import FixedClock
from tests.store.wards import USER, Ward

PIN, WRONG = "190731", "190732"


def try_wrong(store: Store, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPin):
            store.people.prove_pin(USER, WRONG)


def with_pin(ward: Ward) -> Store:
    store = ward.open()
    store.people.set_pin(USER, PIN)
    return store


def test_that_a_pin_is_right_wrong_or_not_set(ward: Ward) -> None:
    store = ward.open()
    with pytest.raises(NoPin):
        store.people.prove_pin(USER, PIN)
    store.people.set_pin(USER, PIN)
    store.people.prove_pin(USER, PIN)
    try_wrong(store, 1)
    with pytest.raises(NoPin):
        store.people.prove_pin("grace", PIN)
    store.people.clear_pin(USER)
    with pytest.raises(NoPin):
        store.people.prove_pin(USER, PIN)
    store.close(backup=False)


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12a456", "１９０７３１", "111111", "123456", "987654", "890123"]
)
def test_that_a_pin_of_another_form_or_one_that_anybody_tries_is_refused(ward: Ward, pin: str) -> None:
    store = with_pin(ward)
    with pytest.raises(UserError):
        store.people.set_pin(USER, pin)
    store.people.prove_pin(USER, PIN)
    store.close(backup=False)


@given(st.from_regex(r"[0-9]{6}", fullmatch=True))
def test_that_any_other_six_digits_are_a_pin(pin: str) -> None:
    steps = {(int(pin[i + 1]) - int(pin[i])) % 10 for i in range(5)}
    if len(steps) > 1 or steps & {2, 3, 4, 5, 6, 7, 8}:
        require_pin(pin)
    else:
        with pytest.raises(UserError):
            require_pin(pin)


def test_that_five_wrong_pins_close_it_for_a_minute_and_a_restart_does_not_open_it(
    ward: Ward, clock: FixedClock
) -> None:
    store = with_pin(ward)
    try_wrong(store, FREE_TRIES - 1)
    with pytest.raises(WrongPin, match="Wait 1 minute"):
        store.people.prove_pin(USER, WRONG)
    for _ in range(2):
        with pytest.raises(PinWaits, match="passphrase"):
            store.people.prove_pin(USER, PIN)
        store.close(backup=False)
        store = ward.open()
    clock.advance(seconds=59.999999)
    with pytest.raises(PinWaits):
        store.people.prove_pin(USER, PIN)
    clock.advance(seconds=0.000001)
    store.people.prove_pin(USER, PIN)
    try_wrong(store, 1)
    store.close(backup=False)


def test_that_each_further_wrong_pin_doubles_the_wait(ward: Ward, clock: FixedClock) -> None:
    store = with_pin(ward)
    try_wrong(store, FREE_TRIES)
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        clock.advance(minutes=minutes, microseconds=-1)
        with pytest.raises(PinWaits):
            store.people.prove_pin(USER, PIN)
        clock.advance(microseconds=1)
        try_wrong(store, 1)
    store.close(backup=False)


def test_that_a_try_during_the_wait_is_not_compared_and_does_not_lengthen_it(ward: Ward, clock: FixedClock) -> None:
    store = with_pin(ward)
    try_wrong(store, FREE_TRIES)
    clock.advance(seconds=30)
    for _ in range(20):
        with pytest.raises(PinWaits):
            store.people.prove_pin(USER, WRONG)
    clock.advance(seconds=30)
    store.people.prove_pin(USER, PIN)
    store.close(backup=False)


def test_that_a_clock_set_back_does_not_shorten_the_wait(ward: Ward, clock: FixedClock) -> None:
    store = with_pin(ward)
    try_wrong(store, FREE_TRIES)
    clock.advance(days=-3)
    with pytest.raises(PinWaits):
        store.people.prove_pin(USER, PIN)
    store.close(backup=False)


def test_that_a_right_pin_in_time_forgets_the_wrong_ones(ward: Ward) -> None:
    store = with_pin(ward)
    for _ in range(3):
        try_wrong(store, FREE_TRIES - 1)
        store.people.prove_pin(USER, PIN)
    store.close(backup=False)


def test_that_a_try_is_counted_before_the_pin_is_compared(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    store = with_pin(ward)

    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(pins, "derive", killed)
        for _ in range(FREE_TRIES):
            with pytest.raises(KeyboardInterrupt):
                store.people.prove_pin(USER, PIN)
    with pytest.raises(PinWaits):
        store.people.prove_pin(USER, PIN)
    store.close(backup=False)


def test_that_a_new_pin_ends_the_wait_and_every_wrong_one_is_in_the_trail(ward: Ward) -> None:
    store = with_pin(ward)
    try_wrong(store, FREE_TRIES)
    store.people.set_pin(USER, "280459")
    store.people.prove_pin(USER, "280459")
    assert [row.detail["user"] for row in store.events("pin_failed")] == [USER] * FREE_TRIES
    assert PIN not in str(store.events())
    store.close(backup=False)


def test_that_the_same_pin_of_two_people_is_kept_differently(ward: Ward) -> None:
    store = with_pin(ward)
    store.people.add("grace", "nurse", "x")
    store.people.set_pin("grace", PIN)
    store.close(backup=False)
    connection = ward.raw()
    kept = connection.execute("SELECT salt, digest FROM pin").fetchall()
    assert len({value for row in kept for value in row}) == 4
    connection.execute("UPDATE pin SET (salt, digest) = (SELECT salt, digest FROM pin WHERE user = 'grace')")
    connection.close()
    store = ward.open()
    with pytest.raises(WrongPin):
        store.people.prove_pin(USER, PIN)
    store.close(backup=False)


@given(st.integers(0, 10_000))
def test_that_the_wait_never_shrinks_as_tries_fail_and_is_an_hour_at_most(failures: int) -> None:
    assert timedelta(0) <= wait_after(failures) <= wait_after(failures + 1) <= LONGEST_WAIT
    assert (wait_after(failures) == timedelta(0)) is (failures < FREE_TRIES)

"""Which backups stay: a table of cases, and what must hold for any series of moments."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bedside.store.retention import DAILY, HOURLY, MONTHLY, NEWEST, WEEKLY, moments_to_keep

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)

moments = st.lists(
    st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=120
)


def back(**by: float) -> datetime:
    return NOW - timedelta(**by)


def test_that_the_newest_of_each_of_the_last_24_hours_is_kept() -> None:
    every_ten_minutes = [back(minutes=10 * number) for number in range(6 * 30)]
    newest = every_ten_minutes[:NEWEST]
    ends_of_hours = [back(minutes=40 + 60 * number) for number in range(23)]
    kept = moments_to_keep(every_ten_minutes)
    assert {moment for moment in kept if moment >= back(hours=23)} == {*newest, *ends_of_hours}
    assert newest[0] == NOW


def test_that_days_weeks_and_months_outlast_the_hours() -> None:
    daily = [back(days=number) for number in range(400)]
    kept = moments_to_keep(daily)
    assert all(back(days=number) in kept for number in range(HOURLY))
    assert back(days=HOURLY) not in kept
    ends_of_weeks = [moment for moment in daily[1:] if moment.isoweekday() == 7]
    assert all(moment in kept for moment in ends_of_weeks[: WEEKLY - 1])
    assert ends_of_weeks[WEEKLY] not in kept
    ends_of_months = [moment for moment in daily[1:] if (moment + timedelta(days=1)).day == 1]
    assert all(moment in kept for moment in ends_of_months[: MONTHLY - 1])
    assert ends_of_months[MONTHLY - 1] not in kept


def test_that_a_busy_day_takes_no_room_from_other_days() -> None:
    busy = [back(minutes=number) for number in range(1, 700)]
    quiet = [back(days=number) for number in range(1, DAILY)]
    assert set(quiet) <= moments_to_keep(busy + quiet)


def test_that_nothing_is_kept_of_nothing() -> None:
    assert moments_to_keep([]) == frozenset()


@given(moments)
def test_that_the_newest_are_kept_and_few_others(made: list[datetime]) -> None:
    kept = moments_to_keep(made)
    assert kept <= set(made)
    assert len(kept) <= NEWEST + HOURLY + DAILY + WEEKLY + MONTHLY
    assert set(sorted(made)[-NEWEST:]) <= kept


@given(moments)
def test_that_pruning_twice_removes_nothing_more_and_order_never_matters(made: list[datetime]) -> None:
    kept = moments_to_keep(made)
    assert moments_to_keep(kept) == kept
    assert moments_to_keep(reversed(made)) == kept

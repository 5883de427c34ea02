"""Corrections, voids and conflicts: what counts, whatever the order in the file."""

import random
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.base import Entry
from bedside.chart.entries import AnyEntry, parse_entry
from bedside.chart.errors import UserError
from bedside.chart.live import EntryState, Journal, check_links, in_order, resolve, up_to
from bedside.chart.moments import AsOf, At


def identify(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name))


def count(name: str, *, at: str = "2020-06-01", corrects: str | None = None, **fields: Any) -> AnyEntry:
    if corrects is not None:
        fields |= {"supersedes": identify(corrects), "reason": "typing slip"}
    return parse_entry({"kind": "blood_count", "id": identify(name), "at": at, **fields})


def void(name: str, of: str, *, at: str = "2020-06-02", scope: str = "entry", **fields: Any) -> AnyEntry:
    reason = {"reason": "wrong patient", "scope": scope}
    return parse_entry({"kind": "void", "id": identify(name), "at": at, "voids": identify(of), **reason, **fields})


def live_names(journal: Journal, *names: str) -> set[str]:
    return {name for name in names if journal.states[identify(name)] is EntryState.LIVE}


def test_that_a_correction_replaces_the_entry_it_names() -> None:
    journal = resolve([count("a", wbc=1.0), count("b", corrects="a", wbc=10.0)])
    assert live_names(journal, "a", "b") == {"b"}
    assert journal.states[identify("a")] is EntryState.SUPERSEDED


def test_that_the_last_of_a_chain_of_corrections_counts() -> None:
    journal = resolve([count("c", corrects="b"), count("a"), count("b", corrects="a")])
    assert live_names(journal, "a", "b", "c") == {"c"}


def test_that_voiding_a_correction_restores_what_it_corrected() -> None:
    journal = resolve([count("a"), count("b", corrects="a"), void("v", "b")])
    assert live_names(journal, "a", "b") == {"a"}
    assert journal.states[identify("b")] is EntryState.VOIDED


def test_that_voiding_the_middle_of_a_chain_leaves_the_last_correction() -> None:
    journal = resolve([count("a"), count("b", corrects="a"), count("c", corrects="b"), void("v", "b")])
    assert live_names(journal, "a", "b", "c") == {"c"}


@pytest.mark.parametrize("named", ["a", "b", "c"])
def test_that_voiding_a_chain_removes_all_of_it_whichever_link_is_named(named: str) -> None:
    journal = resolve(
        [count("a"), count("b", corrects="a"), count("c", corrects="b"), count("d"), void("v", named, scope="chain")]
    )
    assert live_names(journal, "a", "b", "c", "d") == {"d"}


def test_that_a_void_taken_back_no_longer_acts() -> None:
    journal = resolve([count("a"), void("v", "a"), void("w", "v")])
    assert live_names(journal, "a") == {"a"}
    again = resolve([count("a"), void("v", "a"), void("w", "v"), void("x", "w")])
    assert live_names(again, "a") == set()


def test_that_two_corrections_of_one_entry_contest_each_other_until_one_is_voided() -> None:
    entries = [count("a"), count("b", corrects="a", wbc=2.0), count("c", corrects="a", wbc=3.0)]
    journal = resolve(entries)
    assert live_names(journal, "a", "b", "c") == set()
    (conflict,) = journal.conflicts
    assert conflict.about == identify("a")
    assert {entry.id for entry in conflict.entries} == {identify("b"), identify("c")}
    settled = resolve([*entries, void("v", "b")])
    assert live_names(settled, "a", "b", "c") == {"c"}
    assert settled.conflicts == ()


def test_that_two_corrections_contest_each_other_though_what_they_correct_is_voided() -> None:
    entries = [count("a"), count("b", corrects="a", wbc=2.0), count("c", corrects="a", wbc=3.0), void("v", "a")]
    journal = resolve(entries)
    assert live_names(journal, "a", "b", "c") == set()
    assert [conflict.about for conflict in journal.conflicts] == [identify("a")]
    assert journal.states[identify("a")] is EntryState.VOIDED
    settled = resolve([*entries, void("w", "b")])
    assert live_names(settled, "a", "b", "c") == {"c"}
    assert settled.conflicts == ()


def test_that_a_later_link_of_one_branch_does_not_settle_a_conflict() -> None:
    journal = resolve([count("a"), count("b", corrects="a"), count("c", corrects="a"), count("d", corrects="b")])
    (conflict,) = journal.conflicts
    assert {entry.id for entry in conflict.entries} == {identify("c"), identify("d")}
    assert journal.states[identify("b")] is EntryState.SUPERSEDED


def test_that_a_correction_counts_whatever_its_own_date() -> None:
    journal = resolve([count("a", at="2020-06-01"), count("b", at="2021-01-01", corrects="a")])
    assert live_names(journal, "a", "b") == {"b"}


def test_that_what_was_recorded_later_is_hidden_as_known_before() -> None:
    entries = [
        count("a", recorded_at="2020-06-01T08:00:00Z"),
        count("b", corrects="a", recorded_at="2020-06-01T09:00:00Z"),
        count("old"),
    ]
    at = At.parse("2020-06-01T08:30:00Z").instant
    journal = resolve(entries, known_at=at)
    assert live_names(journal, "a", "b", "old") == {"a", "old"}
    assert journal.states[identify("b")] is EntryState.HIDDEN
    exactly = resolve(entries, known_at=At.parse("2020-06-01T11:00:00+02:00").instant)
    assert live_names(exactly, "a", "b") == {"b"}


def test_that_entries_stand_by_local_date_then_time_then_record_then_id() -> None:
    entries = [
        count("late", at="2020-06-01T23:00:00+02:00"),
        count("early", at="2020-06-01T06:00:00+02:00"),
        count("untimed", at="2020-06-01"),
        count("recorded", at="2020-06-01", recorded_at="2020-06-02T00:00:00Z"),
        count("day before", at="2020-05-31T23:59:00-11:00"),
    ]
    order = [entry.id for entry in resolve(entries).live]
    assert order == [identify(n) for n in ("day before", "untimed", "recorded", "early", "late")]


TIMES = ("", "T00:00:00+23:59", "T12:00:00Z", "T12:00:00+02:00", "T23:59:00-23:59")
RECORDINGS = (None, "2020-06-09T08:00:00Z", "2020-06-09T08:00:00.5Z", "2020-06-09T08:00:01Z")
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 3)), max_size=12), st.booleans(), st.data())
def test_that_dates_of_several_entries_are_ordered_by_the_whole_key(
    dated: list[tuple[int, int]], timed: bool, data: st.DataObject
) -> None:
    entries = []
    for number, (day, place) in enumerate(dated):
        time = data.draw(st.sampled_from(TIMES)) if timed else ""
        recorded = RECORDINGS[place]
        fields = {} if recorded is None else {"recorded_at": recorded}
        entries.append(count(f"{number}", at=f"2020-06-0{day}{time}", **fields))
    assert list(in_order(entries)) == sorted(entries, key=by_date_and_time)


def by_date_and_time(entry: Entry) -> tuple[object, ...]:
    """Local date, time (none first), recorded_at (none first), id."""
    instant, recorded = entry.at.instant, entry.recorded_at
    return (
        entry.at.day,
        (instant is not None, instant or BEGINNING),
        (recorded is not None, recorded or BEGINNING),
        entry.id,
    )


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from(TIMES)), max_size=12),
    st.integers(1, 9),
    st.sampled_from(("", "T00:00:00+00:00", "T12:00:00+02:00", "T00:30:00+23:59", "T23:30:00-23:59")),
)
def test_that_what_lies_up_to_a_point_is_what_the_point_covers(
    dated: list[tuple[int, str]], day: int, time: str
) -> None:
    entries = in_order(count(f"{number}", at=f"2020-06-0{on}{at}") for number, (on, at) in enumerate(dated))
    point = AsOf.parse(f"2020-06-0{day}{time}")
    assert up_to(entries, point) == tuple(entry for entry in entries if point.covers(entry.at))


@given(st.randoms(use_true_random=False), st.integers(0, 6))
def test_that_the_order_of_entries_never_matters(rng: random.Random, corrections: int) -> None:
    entries = [count("0"), count("other")]
    entries += [
        count(str(i), corrects=str(rng.randrange(i)), at=f"2020-06-{i + 1:02d}") for i in range(1, corrections + 1)
    ]
    entries += [void(f"v{i}", str(i)) for i in range(corrections + 1) if rng.random() < 0.3]
    shuffled = list(entries)
    rng.shuffle(shuffled)
    assert resolve(shuffled) == resolve(entries)


@given(st.integers(0, 5), st.data())
def test_that_adding_and_voiding_an_entry_changes_nothing(corrections: int, data: st.DataObject) -> None:
    entries = [count("0")]
    entries += [count(str(i), corrects=str(data.draw(st.integers(0, i - 1)))) for i in range(1, corrections + 1)]
    target = data.draw(st.integers(0, corrections))
    added = [*entries, count("new", corrects=str(target)), void("v", "new")]
    before = resolve(entries)
    after = resolve(added)
    assert [e.id for e in after.live if e.kind != "void"] == [e.id for e in before.live]
    assert after.conflicts == before.conflicts


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([count("a", corrects="nobody")], "does not hold"),
        ([void("v", "nobody")], "does not hold"),
        ([count("a", corrects="b"), count("b", corrects="a")], "circle"),
        ([void("v", "w"), void("w", "v")], "circle"),
        ([count("a"), void("v", "a"), count("b", corrects="v")], "is a void"),
    ],
)
def test_that_links_that_lead_nowhere_are_refused_with_words(entries: list[AnyEntry], says: str) -> None:
    with pytest.raises(UserError, match=says):
        check_links(entries)


def test_that_a_chain_of_thousands_of_links_is_resolved() -> None:
    entries = [count("0"), *(count(str(i), corrects=str(i - 1)) for i in range(1, 3000))]
    entries += [void("v0", "2999"), *(void(f"v{i}", f"v{i - 1}") for i in range(1, 3000))]
    check_links(entries)
    journal = resolve(entries)
    assert live_names(journal, "2999", "2998") == {"2999"}

"""Properties of the assessment: order, voids, time, and a history that is the assessment of each date."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.moments import AsOf
from bedside.logic.assess import assess
from tests.charts import DAY0, Fields, as_of, assessed, chart, entry, infusion, number_of, subset, tables
from tests.unit.logic.generated import EDGES, charts

ALL_LATER = 2000


@settings(max_examples=80)
@given(charts())
def test_that_every_row_of_the_history_is_the_assessment_as_of_the_end_of_its_date(entries: list[Fields]) -> None:
    held = chart(entries)
    rows = assess(held, as_of(ALL_LATER), tables(), app_version="test").risk.history
    for row in rows:
        fresh = assess(held, AsOf(row.date), tables(), app_version="test").risk
        assert (row.class_, row.provisional, row.criteria) == (fresh.class_, fresh.provisional, fresh.decided_by)
        assert row == fresh.history[-1]


@settings(max_examples=30)
@given(charts())
def test_that_between_the_rows_the_class_stands(entries: list[Fields]) -> None:
    held = chart(entries)
    rows = assess(held, as_of(ALL_LATER), tables(), app_version="test").risk.history
    for day in EDGES:
        on = DAY0 + timedelta(days=day)
        shown = [row.class_ for row in rows if row.date <= on]
        fresh = assess(held, AsOf(on), tables(), app_version="test").risk
        assert fresh.class_ == (shown[-1] if shown else "pending")


@settings(max_examples=30)
@given(charts(), st.randoms(use_true_random=False))
def test_that_the_order_in_a_file_never_matters(entries: list[Fields], chance: object) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random without saying so
    one = assess(chart(entries), as_of(200), tables(), app_version="test")
    two = assess(chart(shuffled), as_of(200), tables(), app_version="test")
    assert one.json_bytes() == two.json_bytes()


@settings(max_examples=30)
@given(charts(), charts())
def test_that_an_entry_added_and_voided_changes_nothing(entries: list[Fields], others: list[Fields]) -> None:
    added = {**others[-1], "id": number_of(5000)}
    for name in ("supersedes", "voids"):
        added.pop(name, None)
    if added["kind"] == "void":
        added = {**entry("marrow", 30, blasts_pct=60.0), "id": number_of(5000)}
    elif "reason" in added:
        del added["reason"]
    void = {"kind": "void", "at": added["at"], "voids": added["id"], "reason": "wrong patient", "id": number_of(5001)}
    before = assess(chart(entries), as_of(200), tables(), app_version="test")
    after = assess(chart([*entries, added, void]), as_of(200), tables(), app_version="test")
    assert before.json_bytes() == after.json_bytes()


@settings(max_examples=30)
@given(charts())
def test_that_long_after_everything_nothing_of_an_open_course_is_not_due(entries: list[Fields]) -> None:
    held = assess(chart(entries), as_of(ALL_LATER), tables(), app_version="test")
    if held.day0 is not None and held.closed_by is None:
        assert "not_due" not in {criterion.status.value for criterion in held.risk.criteria}
        assert held.risk.class_ != "pending"


@settings(max_examples=15)
@given(charts(), st.sampled_from(EDGES))
def test_that_the_same_chart_gives_the_same_bytes(entries: list[Fields], day: int) -> None:
    held = chart(entries)
    texts = {assess(held, as_of(day), tables(), app_version="test").json_bytes() for _ in range(2)}
    assert len(texts) == 1


def test_that_the_history_has_one_row_for_each_date_with_an_entry_and_each_change_by_time() -> None:
    given_ = [infusion(0), entry("note", 0, text="one"), entry("note", 5, text="two"), subset(184, 0)]
    rows = assessed(given_, 190).risk.history
    assert [row.date for row in rows] == [DAY0 + timedelta(days=day) for day in (0, 5, 184)]
    assert [(row.moved, row.entry) for row in rows] == [(False, None), (False, None), (True, number_of(3))]


def test_that_a_conflict_touches_no_window_that_closed_before_it() -> None:
    death = {**entry("death", 260, cause="other"), "id": number_of(7)}
    correction = {**death, "supersedes": number_of(7), "reason": "typed wrongly"}
    given_ = [infusion(0), death, *({**correction, "id": number_of(place)} for place in (8, 9))]
    rows = assessed(given_, 400).risk.history
    assert [(row.date, row.class_.value) for row in rows if row.moved] == [(DAY0 + timedelta(days=212), "ambiguous")]


def test_that_time_alone_moves_a_class_without_an_entry() -> None:
    given_ = [infusion(0), {**entry("referral", -9, indication="other"), "therapy_history": "complete"}]
    rows = assessed(given_, 400).risk.history
    moved = [row for row in rows if row.moved]
    assert [(row.date, row.class_.value, row.entry) for row in moved] == [
        (date(2020, 12, 30), "ambiguous", None),
    ]


def test_that_a_class_moved_by_time_on_a_date_with_an_entry_names_no_entry() -> None:
    given_ = [infusion(0), entry("note", 212, text="a note on the day after the last window")]
    moved = [row for row in assessed(given_, 400).risk.history if row.moved]
    assert [(row.date, row.entry) for row in moved] == [(DAY0 + timedelta(days=212), None)]


def test_that_the_entry_that_moved_the_class_is_the_one_its_deciding_criterion_reads() -> None:
    given_ = [infusion(0), subset(30, 0), entry("marrow", 60, blasts_pct=0.0), subset(60, 50)]
    moved = [row for row in assessed(given_, 100).risk.history if row.moved]
    assert [(row.class_.value, row.entry, row.criteria) for row in moved][-1] == ("high", number_of(3), ("H4",))


def test_that_an_instant_takes_what_happened_up_to_it_and_dates_without_a_time() -> None:
    at = "2020-06-30T10:00:00+02:00"
    given_ = [infusion(0), {**subset(0, 0), "at": at}]
    for moment, values in (("2020-06-30T07:59:59Z", "unknown"), ("2020-06-30T08:00:00Z", "ongoing")):
        held = assess(chart(given_), AsOf.parse(moment), tables(), app_version="test")
        assert held.bca.status == values


def test_that_what_was_recorded_later_is_hidden_as_known_at_an_earlier_moment() -> None:
    given_ = [infusion(0), {**subset(30, 50), "recorded_at": "2020-08-01T00:00:00Z"}]
    early = assessed(given_, 100, known_at=datetime(2020, 7, 31, tzinfo=UTC))
    late = assessed(given_, 100, known_at=datetime(2020, 8, 1, tzinfo=UTC))
    assert (early.bca.status, late.bca.status) == ("unknown", "never_established")


def test_that_a_correction_counts_whatever_its_own_date() -> None:
    wrong = {**subset(40, 0), "id": number_of(7)}
    moved = {**subset(140, 0), "supersedes": number_of(7), "reason": "wrong date", "id": number_of(8)}
    assert assessed([infusion(0), wrong], 60).bca.status == "ongoing"
    assert assessed([infusion(0), wrong, moved], 60).bca.status == "unknown"

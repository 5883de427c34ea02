"""What a time axis shows is every covered day, and what it leaves out is long and empty."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.stretches import Stretch, joined, without_long_gaps

SPANS = st.lists(
    st.tuples(st.integers(1, 5000), st.integers(0, 400)).map(lambda span: (span[0], span[0] + span[1])), min_size=1
)


def test_that_touching_spans_become_one_and_others_stay_apart() -> None:
    assert joined([(5, 9), (1, 4), (11, 12), (6, 7)]) == [(1, 9), (11, 12)]


def test_that_a_gap_is_left_out_from_its_shortest_length_on() -> None:
    for gap, parts in ((59, 1), (60, 2), (61, 2)):
        kept = without_long_gaps([(0, 100), (100 + gap, 200 + gap)], shortest_days=60, share=0.1)
        assert len(kept) == parts


def test_that_a_gap_that_takes_a_small_share_is_drawn() -> None:
    assert without_long_gaps([(0, 1000), (1070, 2000)], shortest_days=60, share=0.17) == [(0, 2000)]


@given(SPANS)
def test_that_every_covered_day_is_drawn_and_nothing_short_is_left_out(spans: list[Stretch]) -> None:
    covered = joined(spans)
    kept = without_long_gaps(covered, shortest_days=60, share=0.17)
    assert all(any(first <= a and b <= last for first, last in kept) for a, b in covered)
    assert all(b[0] - a[1] >= 60 for a, b in pairwise(kept))

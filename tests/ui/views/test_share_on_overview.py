"""Tests that the overview never says of CD19⁺ cells given in per cent alone that nothing was recorded."""

from datetime import date

import pytest

from bedside.ui.overview.course import facts_of
from bedside.ui.overview.state import TimelineState
from bedside.ui.overview.track_paint import track_words
from bedside.ui.overview.tracks import Track, cd19_track
from bedside.ui.paragraph import plain
from tests.charts import Fields, chart, infusion, on, subset
from tests.samples.index_case import knowledge, opened_chart

WORDS = "only in %: 4\u00a0% of lymphocytes"


def track(*entries: Fields, when: int = 120) -> Track:
    return cd19_track(facts_of(opened_chart(chart([infusion(0), *entries]), on(when)), knowledge()))


def said(focus: int, *entries: Fields) -> str:
    facts = facts_of(opened_chart(chart([infusion(0), *entries]), on(120)), knowledge())
    state = TimelineState()
    state.show(facts, ())
    state.focus_on(date.fromisoformat(on(focus)))
    return plain(track_words(cd19_track(facts), state)[2:]).replace("\u2011", "-")


def test_that_shares_stand_in_place_of_values_where_no_count_is_recorded() -> None:
    assert track().nothing == "nothing recorded"
    assert track(subset(28, None, 2), subset(56, None, 4)).nothing == f"{WORDS}, 27-Jul-2020"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (27, "nothing recorded since 29-Jun-2020 (92 d)"),
        (28, "nothing recorded since 29-Jun-2020 (92 d)"),
        (29, f"since 29-Jun-2020 {WORDS}, 30-Jun-2020"),
        (110, f"since 29-Jun-2020 {WORDS}, 19-Sep-2020"),
    ],
)
def test_that_a_share_after_the_last_count_ends_the_silence(share: int, words: str) -> None:
    found = track(subset(28, 0), subset(share, None, 4))
    assert found.silence(date.fromisoformat(on(120))) == words


def test_that_a_share_beside_a_count_is_no_share_alone() -> None:
    assert track(subset(28, 0, 4)).aside is None


@pytest.mark.parametrize(("focus", "words"), [(55, "not recorded"), (56, f"{WORDS}, 27-Jul-2020")])
def test_that_the_left_column_tells_of_it_from_its_date_on(focus: int, words: str) -> None:
    assert said(focus, subset(56, None, 4)) == words

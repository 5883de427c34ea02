"""Tests of where words go on a lane: nothing collides, nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bedside.ui.overview.placing import Place, Wish, packed, placed

EDGES = (200.0, 1000.0)


def test_that_words_stand_inside_a_bar_that_has_room() -> None:
    place = placed([Wish(300, 500, 80, inside=True)], EDGES)[0]
    assert place == Place(0, 306.0, inside=True)


def test_that_words_stand_right_of_a_bar_that_is_too_short_and_left_at_the_edge() -> None:
    assert placed([Wish(300, 320, 80, inside=True)], EDGES)[0].words_at == 325
    assert placed([Wish(960, 980, 80, inside=True)], EDGES)[0].words_at == 875


def test_that_words_change_sides_where_they_would_cross_the_line_and_the_other_side_is_free() -> None:
    bar = Wish(600, 610, 180, inside=True, line=620.0)
    assert placed([bar], EDGES)[0].words_at == 415
    assert placed([bar._replace(line=900.0)], EDGES)[0].words_at == 615
    assert placed([bar._replace(line=300.0)], EDGES)[0].words_at == 615
    taken = Wish(400, 500, 90, inside=True)
    assert placed([taken, bar], EDGES)[1].words_at == 615


def test_that_a_second_item_under_the_words_of_the_first_takes_its_own_row() -> None:
    assert [place.row for place in placed([Wish(300, 302, 80), Wish(340, 342, 80)], EDGES)] == [0, 1]


def test_that_an_item_on_top_shares_the_row_of_the_one_before() -> None:
    places = placed([Wish(300, 500, 60, inside=True), Wish(495, 505, 60, on_top=True)], EDGES)
    assert [place.row for place in places] == [0, 0]
    assert places[1].words_at == 510


def test_that_the_short_form_is_taken_where_the_words_have_no_room() -> None:
    places = placed([Wish(395, 405, 190, 50, prefer_left=True), Wish(490, 500, 190, 50, prefer_left=True)], (200, 560))
    assert places[1].short
    assert places[1].row == 0


def test_that_a_narrow_item_of_a_closed_up_lane_has_its_words_beneath_it_the_newest_first() -> None:
    asked = [
        Wish(300, 400, 60, 20, inside=True, closed_up=True, below=True),
        Wish(400, 412, 90, 16, inside=True, closed_up=True, below=True),
        Wish(412, 414, 50, inside=True, closed_up=True),
        Wish(414, 440, 80, inside=True, closed_up=True, below=True),
    ]
    wide, narrow, one_day, newest = placed(asked, EDGES)
    assert (wide.below, wide.inside, wide.rows) == (False, True, 1)
    assert one_day == Place(0, None)
    assert newest == Place(0, 387.0, below=True)
    assert (narrow.words_at, narrow.below, narrow.rows) == (None, False, 1)
    assert placed(asked[:3], EDGES)[1] == Place(0, 361.0, below=True)
    assert placed(asked[:3], EDGES)[1].rows == 2


def test_that_words_beneath_stay_within_the_edges_and_shrink_before_they_collide() -> None:
    asked = [
        Wish(915, 925, 90, 20, inside=True, closed_up=True, below=True),
        Wish(990, 1000, 90, inside=True, closed_up=True, below=True),
    ]
    first, second = placed(asked, EDGES)
    assert (second.words_at, second.short) == (910.0, False)
    assert (first.words_at, first.short) == (None, False)
    first, _second = placed([asked[0]._replace(left=870, right=880), asked[1]], EDGES)
    assert (first.words_at, first.short) == (865.0, True)


wishes = st.lists(st.tuples(st.floats(200, 990), st.floats(0, 200), st.floats(10, 180)), min_size=1, max_size=25).map(
    lambda drawn: [Wish(left, min(left + wide, 1000), words, inside=wide > 20) for left, wide, words in sorted(drawn)]
)


@given(wishes)
def test_that_no_two_words_of_one_row_ever_overlap(asked: list[Wish]) -> None:
    taken: dict[int, list[tuple[float, float]]] = {}
    for wish, place in zip(asked, placed(asked, EDGES), strict=True):
        assert place.words_at is not None
        if not place.inside:
            taken.setdefault(place.row, []).append((place.words_at, place.words_at + wish.words))
    for spans in taken.values():
        ordered = sorted(spans)
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))


def test_that_packed_items_stand_side_by_side_in_as_few_rows_as_may_be() -> None:
    asked = [Wish(300, 310, 80), Wish(305, 315, 80), Wish(311, 321, 80), Wish(316, 326, 80)]
    assert packed(asked, EDGES, 3) == [Place(0, None), Place(1, None), Place(0, None), Place(1, None)]


def test_that_packed_items_never_take_more_rows_than_there_are() -> None:
    places = packed([Wish(300, 400, 80) for _ in range(9)], EDGES, 3)
    assert [place.row for place in places] == [0, 1, 2, 2, 2, 2, 2, 2, 2]


def test_that_packed_bars_keep_the_words_that_fit_inside_them() -> None:
    wide, narrow = packed([Wish(300, 500, 80, inside=True), Wish(600, 620, 80, inside=True)], EDGES, 3)
    assert (wide.words_at, wide.inside, narrow.words_at) == (306, True, None)


def test_that_a_packed_item_on_top_stays_with_the_one_before() -> None:
    places = packed([Wish(300, 320, 9), Wish(310, 330, 9), Wish(312, 322, 9, on_top=True)], EDGES, 6)
    assert [place.row for place in places] == [0, 1, 1]

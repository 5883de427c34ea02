"""Tests that lane and trend show aplasia up to the last aplastic sample or the loss, and no day further."""

from datetime import date

import pytest

from bedside.ui.overview.course import CourseFacts, facts_of
from bedside.ui.overview.course_lanes import lanes_of
from bedside.ui.overview.lanes import Shape
from bedside.ui.overview.tracks import cd19_track
from tests.charts import Fields, chart, infusion, on, subset
from tests.samples.index_case import knowledge, opened_chart

Span = tuple[date, date]


def facts(*entries: Fields) -> CourseFacts:
    return facts_of(opened_chart(chart([infusion(0), *entries]), on(200)), knowledge())


def spans(of: CourseFacts) -> list[Span]:
    lane = next(one for one in lanes_of(of) if one.name == "B-cell aplasia")
    return [(item.start, item.end) for item in lane.items if item.shape is Shape.SPAN]


def days(first: int, last: int) -> Span:
    return date.fromisoformat(on(first)), date.fromisoformat(on(last))


@pytest.mark.parametrize(
    ("samples", "span"),
    [([(28, 0), (90, 1)], (28, 90)), ([(28, 0)], (28, 28)), ([(28, 0), (90, 1), (120, 75)], (28, 120))],
)
def test_that_both_end_at_the_last_aplastic_sample_or_the_loss(
    samples: list[tuple[int, float]], span: tuple[int, int]
) -> None:
    found = facts(*(subset(day, cd19) for day, cd19 in samples))
    assert spans(found) == [days(*span)]
    assert cd19_track(found).shaded == days(*span)


def test_that_the_aplasia_after_a_reinfusion_has_a_span_of_its_own() -> None:
    again = infusion(100, reason="low_expansion")
    found = facts(subset(28, 0), subset(60, 75), again, subset(130, 0), subset(170, 0))
    assert spans(found) == [days(28, 60), days(130, 170)]


def test_that_without_aplasia_nothing_is_shaded() -> None:
    found = facts(subset(28, 75))
    assert spans(found) == []
    assert cd19_track(found).shaded is None

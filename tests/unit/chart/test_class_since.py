"""Tests of since when the class stands: from the newest course alone, and nothing before an infusion."""

from datetime import timedelta

from tests.charts import DAY0, assessed, entry, hsct, infusion, marrow


def test_that_a_class_stands_since_the_day_of_its_own_course_at_the_earliest() -> None:
    first = [infusion(-200, "other"), hsct(-100)]
    found = assessed([*first, infusion(0, "other")], 30)
    assert found.risk.history[0].class_ is found.risk.class_
    assert found.class_since == DAY0
    assert found.course_history[0].date == DAY0


def test_that_a_class_stands_since_the_day_on_which_it_moved_last() -> None:
    found = assessed([infusion(0), marrow(28, 20)], 60)
    assert found.class_since == DAY0 + timedelta(days=28)


def test_that_a_pending_class_stands_since_no_day_before_an_infusion_and_since_day_0_after_it() -> None:
    diagnosed = entry("diagnosis", -1500, disease="b_all", cd19="positive")
    assert assessed([diagnosed], 0).class_since is None
    assert assessed([diagnosed, infusion(0)], 5).class_since == DAY0

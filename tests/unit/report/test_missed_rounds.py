"""Tests that the PDF tells a missed round as missed and not as overdue."""

from bedside.knowledge.tables import Knowledge
from tests.charts import chart, entry, infusion
from tests.unit.report.printed import assessed, whole


def test_that_a_round_that_a_later_one_followed_is_printed_as_missed_and_not_as_overdue(knowledge: Knowledge) -> None:
    given = [infusion(0), *(entry("immunoglobulin", day, igg=5.0) for day in (84, 112))]
    text = whole(assessed(chart(given), knowledge, "2020-09-29"))
    assert "Missed IgG of 27-Jul-2020, and 1 earlier; later ones were done." in text
    overdue = text.split("Overdue ")[1].split(" Due next")[0]
    assert "CSF, due 29-Jun-2020, 92 d overdue" in overdue
    assert "IgG" not in overdue


def test_that_nothing_missed_prints_no_line(knowledge: Knowledge) -> None:
    assert "Missed IgG" not in whole(assessed(chart([infusion(0)]), knowledge, "2020-09-29"))


def test_that_what_is_overdue_more_than_once_is_told_from_the_round_that_has_waited_longest(
    knowledge: Knowledge,
) -> None:
    overdue = whole(assessed(chart([infusion(0)]), knowledge, "2020-09-29")).split("Overdue ")[1]
    assert "CD19 count, due 29-Jun-2020, 92 d overdue, and 2 later" in overdue

"""Tests of single sentences of the summary: numbers with their words, what is not known, what the reader is asked."""

import pytest

from bedside.knowledge.tables import Knowledge
from tests.charts import Fields, chart, entry, infusion, low_course, marrow, therapy
from tests.unit.report.printed import assessed, pages, whole


def first_page(knowledge: Knowledge, *held: Fields, as_of: str = "2020-07-31") -> str:
    return pages(assessed(chart(held), knowledge, as_of))[0]


def test_that_one_interval_is_one_and_a_minimum_is_called_so(knowledge: Knowledge) -> None:
    collected = entry("apheresis", -20)
    recent, old = therapy(-40, "vincristine", stop=-40), therapy(-400, "etoposide", stop=-399)
    text = whole(assessed(chart([old, recent, collected, infusion(0)]), knowledge))
    assert "clear, 20 d, at least 14 d (Myers 2023)" in text
    assert "Left out: 1 interval clear for more than half a year." in text


def test_that_of_high_risk_the_reader_is_asked_to_advise(knowledge: Knowledge) -> None:
    page = first_page(knowledge, infusion(0), marrow(28, 20), as_of="2020-07-10")
    assert "Asked of you: whether and when you advise an HSCT; no decision is recorded." in page


def test_that_of_a_pending_class_the_open_criteria_are_named_with_their_days(knowledge: Knowledge) -> None:
    held = [one for one in low_course() if one["at"] <= "2020-10-01"]
    page = first_page(knowledge, *held, as_of="2020-10-01")
    assert "Risk class pending" in page
    assert "Asked of you: to know the patient; still open: L7, judged by 29-Dec-2020." in page


def test_that_what_is_left_out_of_the_product_is_counted_in_words(knowledge: Knowledge) -> None:
    levels = [entry("car_t_level", day, method="fcm", value=1.0) for day in range(1, 7)]
    infusions = [infusion(day, role="split" if day else "first") for day in range(5)]
    text = whole(assessed(chart([*infusions, *levels]), knowledge))
    assert "Earlier, left out here 1 infusion, 2 CAR-T levels" in text


def test_that_further_criteria_are_listed_upwards(knowledge: Knowledge) -> None:
    page = first_page(knowledge, *low_course(), as_of="2021-03-01")
    assert "Low risk of needing HSCT" in page
    listed = page.split("more in the tables of criteria: ")[1].split(".")[0].split(", ")
    assert listed == sorted(listed)


ORDERED = entry("manufacturing", -5, product="tisagenlecleucel", status="ordered")
DIAGNOSED = entry("diagnosis", -50, disease="b_all", cd19="positive")


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([], "not known: diagnosis and product not recorded"),
        ([ORDERED], "not known: diagnosis not recorded"),
        ([DIAGNOSED], "no product, as far as can be told"),
    ],
)
def test_that_no_label_fits_only_where_the_disease_is_known(
    held: list[Fields], words: str, knowledge: Knowledge
) -> None:
    page = first_page(knowledge, *held)
    assert page.split("In label: ")[1].split(" Course ")[0] == words

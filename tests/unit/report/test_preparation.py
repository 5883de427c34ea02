"""Tests of what the summary says of the way to the infusion."""

import pytest

from bedside.knowledge.tables import Knowledge
from tests.charts import Fields, chart, entry, infusion, referral
from tests.unit.report.printed import assessed, whole

COLLECTED = entry("apheresis", -40, cd3_yield=2.0)
NEXT = [
    infusion(0),
    entry("hsct", 30, donor="sibling"),
    referral(35),
    entry("plan", 36, milestone="apheresis", date="2020-08-20"),
]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ([infusion(0)], "no apheresis recorded for this course"),
        ([COLLECTED, infusion(0)], "as of 22-Apr-2020"),
        (NEXT, "as of 20-Aug-2020"),
    ],
)
def test_that_who_was_infused_is_not_judged_for_an_apheresis_today(
    held: list[Fields], words: str, knowledge: Knowledge
) -> None:
    assert (
        words
        in whole(assessed(chart(held), knowledge)).split("The way to the infusion")[1].split(" Apheresis ")[1][:60]
    )

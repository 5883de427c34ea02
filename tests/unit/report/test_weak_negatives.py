"""Tests that the PDF never lets a negative result stand that its method was not sensitive enough for."""

import pytest

from bedside.chart.enums import MrdMethod, MrdOutcome
from bedside.chart.laboratory import Mrd
from bedside.chart.live import resolve
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.course_chart import CourseChart
from bedside.report.facts import Facts
from bedside.report.first_page_tables import newest_mrd
from bedside.report.lettering import Lettering
from bedside.report.words import mrd_words
from tests.charts import as_of, chart, infusion, marrow, mrd
from tests.unit.report.printed import assessed, plain, whole

WEAK = [infusion(0), marrow(28, 0, mrd("pcr", lod=1e-3), mrd("fcm", lod=1e-4))]
WORDS = "negative, not sensitive enough, < 10⁻³"


@pytest.mark.parametrize(
    ("lod", "expected"),
    [
        (9e-5, "negative, < 9 × 10⁻⁵"),
        (1e-4, "negative, < 10⁻⁴"),
        (1.1e-4, "negative, not sensitive enough, < 1.1 × 10⁻⁴"),
        (None, "negative, sensitivity not stated"),
    ],
)
def test_that_a_limit_of_detection_is_held_against_the_cut_off(
    lod: float | None, expected: str, knowledge: Knowledge
) -> None:
    result = Mrd(method=MrdMethod.FCM, result=MrdOutcome.NEGATIVE, lod=lod)
    assert plain(mrd_words(result, knowledge.numbers.mrd_cut_off)) == expected


def test_that_the_newest_result_and_the_lane_of_the_course_say_so(knowledge: Knowledge) -> None:
    held = chart(WEAK)
    facts = Facts(held, resolve(held.entries), assess(held, as_of(60), knowledge, app_version="0.1.0"))
    words = plain(newest_mrd(facts, knowledge.numbers.mrd_cut_off))
    assert words == f"FCM negative, < 10⁻⁴ (29-Jun-2020); PCR {WORDS} (29-Jun-2020)"
    lanes = {one.name: one for one in CourseChart(facts, Lettering(), knowledge, 515).lanes}
    (item,) = lanes["Marrow, MRD"].items
    assert plain("".join(text for _face, text in item.label)) == "0 %, PCR − not sensitive enough, FCM −"


def test_that_the_printed_table_says_so(knowledge: Knowledge) -> None:
    text = whole(assessed(chart(WEAK), knowledge))
    assert WORDS in text
    assert "negative, < 10⁻³" not in text

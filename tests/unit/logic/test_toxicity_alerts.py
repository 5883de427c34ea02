"""Tests of the alerts of CRS and ICANS: grave and rising grades, grades that stand, questions."""

from typing import Any

from bedside.knowledge.loader import centre_knowledge
from tests.charts import Fields, assessed, entry, infusion, number_of
from tests.unit.logic.toxicity_charts import vitals


def alerts_of(entries: list[Fields], when: Any) -> list[str]:
    found = assessed([infusion(0), *entries], when).alerts
    return [alert.text for alert in found if alert.rule == "TOX-5"]


def test_that_grade_2_or_a_rising_grade_is_an_alert_while_the_episode_is_open() -> None:
    assert alerts_of([vitals(3, 39.0, oxygen="none")], 3) == []
    rising = [vitals(2, 37.0), vitals(3, 39.0, oxygen="none")]
    assert "rising" in alerts_of(rising, 3)[0]
    assert "grade 2, 04-Jun-2020: " in alerts_of([vitals(3, 39.0, oxygen="low_flow")], 6)[0]
    assert alerts_of([vitals(3, 39.0, oxygen="low_flow")], 7) == []


def test_that_a_grade_stands_until_signs_that_were_recorded_lower_it() -> None:
    low_flow, fever = vitals(3, 39.0, oxygen="low_flow"), vitals(4, 39.1)
    (told,) = alerts_of([low_flow, fever], 4)
    assert told.startswith("CRS grade 2, 04-Jun-2020: ")
    assert "It may not have fallen since: CRS at least grade 1, 05-Jun-2020; management" in told
    assert alerts_of([low_flow, fever, vitals(5, 39.1)], 5)[0].startswith("CRS grade 2, 04-Jun-2020: ")
    assert alerts_of([low_flow, fever, vitals(5, 39.1, oxygen="none")], 5) == []
    assert alerts_of([low_flow, vitals(4, 39.1, oxygen="none"), vitals(5, 39.1)], 5) == []
    assert alerts_of([low_flow, vitals(4, 39.1, oxygen="mask"), vitals(5, 39.1)], 5)[0].startswith(
        "CRS grade 3, 05-Jun"
    )


def test_that_the_alert_of_a_grade_that_stands_rests_on_both_entries() -> None:
    course = [infusion(0), vitals(3, 39.0, oxygen="low_flow"), vitals(4, 39.1)]
    (alert,) = [one for one in assessed(course, 4).alerts if one.rule == "TOX-5"]
    assert alert.evidence == (number_of(1), number_of(2))


def test_that_the_grade_that_alerts_is_the_one_of_the_tables() -> None:
    knowledge = centre_knowledge(b'centre = "T"\n[toxicity.alert_grade]\nvalue = 3\n', "centre.toml")
    course = [infusion(0), vitals(3, 39.0, oxygen="low_flow")]
    assert "TOX-5" in {alert.rule for alert in assessed(course, 3).alerts}
    assert "TOX-5" not in {alert.rule for alert in assessed(course, 3, knowledge=knowledge).alerts}


def test_that_the_question_of_the_newest_signs_is_an_alert_until_it_is_answered() -> None:
    low = vitals(3, 39.0, sbp=60, oxygen="none")
    (asked,) = alerts_of([low], 3)
    assert asked.endswith("is it hypotension?")
    judged = entry("grade_override", 3, of=number_of(1), scale="crs", grade=1, reason="usual for this child")
    assert alerts_of([low, judged], 3) == []
    assert alerts_of([low, vitals(4, 39.0, sbp=60, oxygen="none", hypotension=False)], 4) == []
    assert alerts_of([low], 7) == []

"""Tests of what the sections beside the criteria say of a response and an aplasia that are not known."""

import pytest

from bedside.ui.paragraph import plain
from bedside.ui.risk.facts import APLASIA, RESPONSE, sections
from tests.charts import Fields, assessed, infusion, marrow, subset, therapy


def told(head: str, entries: list[Fields], when: int) -> str:
    held = next(one for one in sections(assessed(entries, when), {}, "") if one.head == head)
    return " ".join(plain(fact.lines) for fact in held.facts)


@pytest.mark.parametrize(
    ("entries", "when", "words"),
    [
        ([], 0, "no infusion so far"),
        ([infusion(0)], 10, "no marrow with blasts and no judgement of its window"),
        ([infusion(0), marrow(60, 1)], 70, "no marrow with blasts and no judgement of its window"),
    ],
)
def test_that_a_response_that_is_not_derived_says_why(entries: list[Fields], when: int, words: str) -> None:
    said = told(RESPONSE, entries, when)
    assert said.startswith("Not derived")
    assert said.endswith(words)


@pytest.mark.parametrize("agent", ["rituximab", "inotuzumab_ozogamicin", "blinatumomab"])
def test_that_a_sample_that_does_not_count_is_after_an_agent_against_b_cells(agent: str) -> None:
    given = therapy(60, agent, "post_car_t", stop=60)
    said = told(APLASIA, [infusion(0), subset(20, 0), given, subset(90, 0)], 100)
    assert "1 sample not counted, after an agent against B cells." in said


def test_that_what_stands_in_bold_is_not_said_twice() -> None:
    course = [infusion(0), marrow(28, 0), subset(28, 40)]
    assert told(RESPONSE, course, 40).casefold().count("remission") == 1
    assert told(APLASIA, course, 40).casefold().count("never established") == 1

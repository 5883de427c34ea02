"""Tests of the words of help: no key of the knowledge is read as a code."""

import re

import pytest

from bedside.knowledge.listing import lines_of
from bedside.knowledge.tables import Knowledge
from bedside.ui.help.spelling import spelled
from bedside.ui.help.topic import HEADS, Subject, topic_of

CODE = re.compile(
    r"_|\b(pct|astct|hsct|icans|capd|ngs|pcr|mrd|wbc|anc|per ul|l per min)\b|\b(Hsct|Mrd|Ngs|Pcr|Ice|Astct)\b"
)


@pytest.mark.parametrize(
    ("key", "has_unit", "words"),
    [
        ("fever_c", True, "fever"),
        ("low_flow_l_per_min", True, "low flow"),
        ("window_days", True, "window"),
        ("window_days", False, "window days"),
        ("ice_from_years", True, "ICE from"),
        ("car_t_day14", False, "CAR T day 14"),
        ("buechner_2022", False, "Buechner 2022"),
        ("kmt2a_r", False, "KMT2A-r"),
        ("mrd_before_hsct", False, "MRD before HSCT"),
    ],
)
def test_that_a_key_is_written_as_words(key: str, has_unit: bool, words: str) -> None:
    assert spelled(key, has_unit=has_unit) == words


@pytest.mark.parametrize("table", HEADS)
def test_that_no_rule_of_help_begins_with_a_code(knowledge: Knowledge, table: str) -> None:
    assert list(lines_of(knowledge, table))
    topic = topic_of(Subject("Help", "", (table,)), knowledge)
    abouts = [rule.about for part in topic.parts for rule in part.rules]
    assert [about for about in abouts if CODE.search(about)] == []

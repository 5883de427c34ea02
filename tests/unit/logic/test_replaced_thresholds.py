"""Tests of a centre's thresholds of the risk class: where the rule reads the new number, no text tells the old one."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

import pytest

from bedside.chart.formats import NO_BREAK_SPACE
from bedside.knowledge.families.risk_class import Numbers
from bedside.knowledge.loader import centre_knowledge
from bedside.knowledge.tables import Knowledge
from tests.charts import Fields, assessed, entry, infusion, marrow, subset, tables


class Told(NamedTuple):
    """A threshold of the program and another, a chart on which it is told, and the words with either."""

    name: str
    other: float
    chart: list[Fields]
    when: int
    words: str
    other_words: str
    born: str = "2010-03-02"


INFUSED = [infusion(0)]
NO_CLONE = [entry("diagnosis", -400, disease="b_all", cd19="positive", ngs_clone="not_informative"), infusion(0)]
REINFUSED = [infusion(0), infusion(60, role="reinfusion"), subset(65, 0)]

TOLD = [
    Told("disease_blasts_pct", 6, INFUSED, 0, "Blasts ≥ 5 %", "Blasts ≥ 6 %"),
    Told("mrd_cut_off", 1e-3, INFUSED, 60, "PCR above 10⁻⁴", "PCR above 10⁻³"),
    Told("day28_first", 22, INFUSED, 60, "D+21", "no marrow from D+22 on"),
    Told("day28_first", 22, [*INFUSED, marrow(30, None)], 60, "D+21", "no sample from D+22 on with a result"),
    Told("day28_last", 43, INFUSED, 60, "D+42", "to D+43"),
    Told("ngs_3_months_first", 85, INFUSED, 150, "D+84", "(D+85) on"),
    Told("ngs_3_months_first", 85, NO_CLONE, 150, "D+84", "no FCM or PCR from D+85 on"),
    Told("ngs_3_months_last", 113, INFUSED, 50, "until 21-Sep-2020", "until 22-Sep-2020"),
    Told("burden_days_before", 43, INFUSED, 0, "D−42", "no marrow of D−43 to D0"),
    Told("low_burden_from_pct", 2, [marrow(-10, 3), *INFUSED], 0, "wanted: 1 %", "wanted: 2 % to below 5 %"),
    Told("low_burden_below_pct", 6, [marrow(-10, 3), *INFUSED], 0, "below 5 %", "wanted: 1 % to below 6 %"),
    Told("older_than_years", 2, [], 0, "1 year", "2 years old on 01-Mar-2022", "2020-03-01"),
    Told("older_than_years", 2, INFUSED, 0, "1 year", "2 years old on 01-Mar-2022", "2020-03-01"),
    Told("aplasia_from", 15, [*INFUSED, subset(5, 0)], 30, "D+14", "no aplastic sample from D+15 on"),
    Told("aplasia_from", 15, REINFUSED, 90, "14 days after it", "no aplastic sample from 15 days after it on"),
    Told("early_loss_months", 4, INFUSED, 150, "3 months)", "01-Oct-2020 (4 months)"),
    Told("early_loss_grace_days", 15, INFUSED, 50, "until 15-Sep-2020", "until 16-Sep-2020"),
    Told("long_aplasia_months", 7, INFUSED, 300, "6 months", "01-Jan-2021 (7 months)"),
    Told("long_aplasia_grace_days", 29, INFUSED, 50, "until 29-Dec-2020", "until 30-Dec-2020"),
]

# The target's "day 28" is the name of the window; the others decide without being told, or belong to other rules.
NOT_TOLD = {
    "day28_target", "split_days", "conditioning_days", "early_monitoring_last", "new_block_days",
    "never_established_first", "never_established_last", "datable_days", "igg_replacement", "igg_trough_days",
    "cns3_leukocytes_per_ul", "cns_remission_dates", "csf_days_before", "differential_tolerance", "planned_ahead_days",
    "year_ago_days",
}  # fmt: skip


def texts(held: Any) -> Iterator[str]:
    """Every text of what JSON holds but the published effects, which are as their papers give them."""
    if isinstance(held, str):
        yield held.replace(NO_BREAK_SPACE, " ")
    if isinstance(held, dict):
        held = [part for name, part in held.items() if name != "effect"]
    for part in held if isinstance(held, list) else ():
        yield from texts(part)


def told_with(knowledge: Knowledge, case: Told) -> str:
    """The texts of the assessment and the criteria in words; the centre's list names the program's values as such."""
    told = json.loads(assessed(case.chart, case.when, case.born, knowledge=knowledge).json_bytes())
    told.pop("centre")
    criteria = [f"{one.title}; {one.settled_by}; {one.met}; {one.not_met}; {one.otherwise}"
                for one in knowledge.criteria.values()]  # fmt: skip
    return "\n".join([*texts(told), *criteria])


@pytest.mark.parametrize("case", TOLD, ids=lambda case: f"{case.name}-{case.other_words}")
def test_that_a_replaced_threshold_is_told_and_the_program_s_own_no_more(case: Told) -> None:
    text = f'centre = "T"\n[thresholds.{case.name}]\nvalue = {case.other}\n'
    own, replaced = told_with(tables(), case), told_with(centre_knowledge(text.encode(), "centre.toml"), case)
    assert case.words in own
    assert case.other_words not in own
    assert case.words not in replaced
    assert case.other_words in replaced


def test_that_every_threshold_is_tried_or_known_not_to_be_told() -> None:
    assert {case.name for case in TOLD} | NOT_TOLD == {field.name for field in fields(Numbers)}

"""Tests of the class: what makes it, when it is provisional, whether low can be reached, what would change it."""

from typing import Any

import pytest

from bedside.chart.assessment import RiskClass
from bedside.logic.criteria import ALL, LOW, MET, NOT_DUE, NOT_MET, PLACE, UNKNOWN
from bedside.logic.risk import class_of, judge
from tests.charts import assessed, entry, genetics, hsct, infusion, low_course, marrow, mrd, referral, subset

LOW_MET = tuple(MET if name in LOW else NOT_MET for name in ALL)


def but(**changed: int) -> tuple[int, ...]:
    """The statuses of a patient at low risk, with some of them changed."""
    statuses = list(LOW_MET)
    for name, status in changed.items():
        statuses[PLACE[name]] = status
    return tuple(statuses)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (but(), "low"),
        (but(H1=MET), "high"),
        (but(H2=MET, L7=NOT_MET), "high"),
        (but(H4=MET, L7=NOT_MET), "high"),
        (but(A2=MET), "ambiguous"),
        (but(L3=NOT_MET), "ambiguous"),
        (but(L7=NOT_DUE), "pending"),
        (but(L7=UNKNOWN), "ambiguous"),
        (but(L7=UNKNOWN, H2=NOT_DUE), "pending"),
        (but(H2=NOT_DUE), "low"),
        (but(H2=UNKNOWN, A5=UNKNOWN), "low"),
        (but(L7=NOT_DUE, A1=MET), "ambiguous"),
        (but(L7=NOT_DUE, L2=NOT_MET), "ambiguous"),
    ],
)
def test_that_high_comes_before_low_before_ambiguous_before_pending(statuses: tuple[int, ...], expected: str) -> None:
    assert class_of(statuses, cd28=False) == expected
    assert judge(statuses, False, False).risk_class == expected


def test_that_early_loss_alone_makes_no_high_risk_after_a_cd28_product() -> None:
    lost = but(L4=NOT_MET, A8=MET, H4=MET)
    assert (class_of(lost, cd28=True), class_of(lost, cd28=False)) == (RiskClass.AMBIGUOUS, RiskClass.HIGH)
    assert class_of(but(H4=MET, H1=MET), cd28=True) is RiskClass.HIGH


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, "ambiguous"), ({"costimulation": "cd28"}, "ambiguous"), ({"costimulation": "4_1bb"}, "high")],
)
def test_that_the_costimulation_is_the_recorded_one_or_the_product_s(fields: dict[str, Any], expected: str) -> None:
    given = [infusion(0, "brexucabtagene_autoleucel", **fields), subset(20, 0), subset(50, 60)]
    assert assessed(given, 60).risk.class_ == expected


@pytest.mark.parametrize(
    ("statuses", "one_sample", "expected"),
    [
        (but(), False, False),
        (but(H2=UNKNOWN), False, True),
        (but(H2=NOT_DUE), False, True),
        (but(A2=UNKNOWN), False, True),
        (but(A3=UNKNOWN), False, True),
        (but(A5=UNKNOWN), False, False),
        (but(L7=NOT_DUE), False, True),
        (but(L3=NOT_MET), False, False),
        (but(L3=NOT_MET, H3=UNKNOWN), False, True),
        (but(L3=NOT_MET, L6=UNKNOWN), False, False),
        (but(A1=MET, L6=UNKNOWN), False, True),
        (but(A1=MET, L7=NOT_DUE), False, False),
        (but(A1=MET, A2=UNKNOWN), False, False),
        (but(H4=MET), True, True),
        (but(H4=MET), False, False),
        (but(H4=MET, H1=MET), True, False),
        (but(H1=MET, H2=UNKNOWN), False, False),
    ],
)
def test_that_a_class_is_provisional_while_what_is_open_could_move_it(
    statuses: tuple[int, ...], one_sample: bool, expected: bool
) -> None:
    assert judge(statuses, False, one_sample).provisional is expected


def test_that_a_course_of_low_risk_becomes_low_when_aplasia_passed_6_months() -> None:
    given = low_course()
    assert [assessed(given, when).risk.class_.value for when in (-1, 0, 28, 183, 190)] == [
        "pending", "pending", "pending", "pending", "low",
    ]  # fmt: skip
    last = assessed(given, 190).risk
    assert (last.provisional, last.low_reachable, last.low_needs, last.what_would_change) == (False, True, (), ())
    assert last.decided_by == LOW


def test_that_low_needs_names_what_is_open_and_only_while_low_can_be_reached() -> None:
    assert assessed(low_course(), 100).risk.low_needs == ("L7",)
    assert assessed(low_course(), -1).risk.low_needs == ("L5", "L6", "L7")
    with_tp53 = [*low_course(), genetics("tp53", "present", 50)]
    held = assessed(with_tp53, 100).risk
    assert (held.low_reachable, held.low_needs) == (False, ())


def test_that_what_would_change_names_each_open_criterion_alone_with_the_outcomes_that_change_the_class() -> None:
    held = assessed(low_course(), 150).risk
    assert held.class_ == "pending"
    assert [(c.criterion, c.if_.value, c.class_.value) for c in held.what_would_change] == [
        ("L7", "met", "low"),
        ("L7", "not_met", "ambiguous"),
    ]


def test_that_nothing_falls_due_in_a_closed_course_but_the_unknown_can_be_learned() -> None:
    given = [referral(), genetics("kmt2a_r", "present"), infusion(0), hsct(60)]
    held = assessed(given, 200).risk
    assert [change.criterion for change in held.what_would_change] == ["H1", "H3"]


def test_that_an_unconfirmed_loss_makes_high_provisional_until_a_second_sample() -> None:
    given = [infusion(0), subset(20, 0), subset(50, 60)]
    assert (assessed(given, 60).risk.class_, assessed(given, 60).risk.provisional) == ("high", True)
    assert not assessed([*given, subset(58, 60)], 60).risk.provisional
    never = [infusion(0), subset(30, 60)]
    assert (assessed(never, 60).risk.class_, assessed(never, 60).risk.provisional) == ("high", False)


def test_that_high_speaks_of_hsct_only_beside_a_negative_marrow() -> None:
    lost = [infusion(0), subset(20, 0), subset(50, 60)]
    offered = "should be offered as consolidation of MRD-negative remission"
    assert offered in assessed([*lost, marrow(40, 0, mrd("fcm"))], 60).risk.meaning
    positive = assessed([*lost, marrow(40, 0, mrd("ngs", "positive"))], 60).risk.meaning
    assert "first regain MRD-negativity" in positive
    assert offered not in positive
    assert "outside this scheme" in assessed([*lost, marrow(40, 20)], 60).risk.meaning
    assert offered not in assessed(lost, 60).risk.meaning


def test_that_the_meaning_names_the_physician_s_decision() -> None:
    assert "none is recorded yet" in assessed([infusion(0)], 5).risk.meaning
    decision = entry("decision", 3, choice="watch_and_wait", rationale="synthetic")
    assert "watch and wait" in assessed([infusion(0), decision], 5).risk.meaning


def test_that_what_is_missing_says_what_settles_it_and_by_when() -> None:
    lines = assessed(low_course(), 100).risk.missing
    assert "L7: CD19 count after 6 months, by 29-Dec-2020" in lines
    late = assessed([infusion(0)], 60).risk.missing
    assert "H1: marrow with MRD by FCM or PCR at day 28, was due by 13-Jul-2020" in late
    one = assessed([infusion(0), subset(20, 0), subset(50, 60)], 60).risk.missing
    assert one[0].startswith("Repeat CD19 count")


def test_that_a_class_that_waits_after_the_infusion_is_not_told_as_before_it() -> None:
    assert "formed from the day of infusion on" in assessed([], 0).risk.meaning
    waiting = assessed(low_course(), 100).risk
    assert waiting.class_ == "pending"
    assert waiting.meaning.startswith("No class yet: no criterion speaks against low risk so far")

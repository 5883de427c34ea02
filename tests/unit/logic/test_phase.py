"""Tests of the phase: each step on its day, what closes and what opens the next way, steps out of order."""

from itertools import pairwise

import pytest

from tests.charts import Fields, assessed, entry, hsct, infusion, number_of, on, referral, relapse, therapy


def phase(entries: list[Fields], when: int) -> str:
    return assessed(entries, when).phase.value


WHOLE: list[Fields] = [
    referral(-60),
    entry("plan", -55, milestone="apheresis", date=on(-40)),
    entry("apheresis", -40, sufficient=True),
    therapy(-30, "vincristine", "bridging", -20),
    therapy(-5, "fludarabine", "lymphodepletion", -2),
    infusion(0),
]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (-61, "referral"),
        (-60, "referral"),
        (-56, "referral"),
        (-55, "apheresis"),
        (-40, "apheresis"),
        (-39, "bridging"),
        (-6, "bridging"),
        (-5, "lymphodepletion"),
        (-1, "lymphodepletion"),
        (0, "infusion"),
        (1, "early_monitoring"),
        (28, "early_monitoring"),
        (29, "follow_up"),
    ],
)
def test_that_each_step_begins_on_its_day(when: int, expected: str) -> None:
    assert phase(WHOLE, when) == expected


def test_that_accepted_eligibility_opens_apheresis() -> None:
    assert phase([referral(-60), entry("approval", -50, what="product", status="requested")], -40) == "referral"
    assert phase([referral(-60), entry("approval", -50, what="product", status="granted")], -40) == "apheresis"


def test_that_therapy_before_apheresis_is_not_bridging() -> None:
    assert phase([referral(-60), therapy(-50, "vincristine", "pre_apheresis")], -45) == "referral"


def test_that_lymphodepletion_is_a_phase_of_its_own_without_the_steps_before_it() -> None:
    """Of a transferred patient the steps before may not be recorded."""
    given = [
        entry("diagnosis", -900, disease="b_all", cd19="positive"),
        therapy(-5, "fludarabine", "lymphodepletion", stop=-3),
    ]
    assert (phase(given, -6), phase(given, -5)) == ("referral", "lymphodepletion")


@pytest.mark.parametrize("event", [relapse(50), hsct(50), entry("death", 50, cause="other")])
def test_that_an_event_closes_and_a_referral_opens_the_next_way(event: Fields) -> None:
    given = [*WHOLE, event]
    assert (phase(given, 49), phase(given, 50), phase(given, 500)) == ("follow_up", "closed", "closed")


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        (referral(80), "referral"),
        (entry("plan", 80, milestone="apheresis", date=on(90)), "apheresis"),
        (entry("apheresis", 80), "apheresis"),
        (entry("plan", 80, milestone="hsct", date=on(90)), "closed"),
        (therapy(80, "vincristine"), "closed"),
    ],
)
def test_that_referral_plan_or_apheresis_after_the_end_opens_the_next_course(opening: Fields, expected: str) -> None:
    given = [*WHOLE, relapse(50), opening]
    held = assessed(given, 80)
    assert held.phase.value == expected
    assert held.day0 is not None
    assert held.closed_by == "relapse"


def test_that_the_stretches_follow_each_other_without_a_gap() -> None:
    spans = assessed([*WHOLE, relapse(50)], 60).phases
    assert [span.phase.value for span in spans] == [
        "referral", "apheresis", "bridging", "lymphodepletion", "infusion", "early_monitoring", "follow_up", "closed",
    ]  # fmt: skip
    for one, two in pairwise(spans):
        assert one.end is not None
        assert (two.start - one.end).days == 1
    assert spans[-1].end is None


def test_that_steps_out_of_order_are_allowed_and_flagged() -> None:
    held = assessed([infusion(0)], 5)
    assert held.phase == "early_monitoring"
    assert [alert.text for alert in held.alerts] == [
        "Infusion of 01-Jun-2020 without a recorded apheresis",
        "Infusion of 01-Jun-2020 without recorded lymphodepletion",
    ]
    assert [alert.evidence for alert in held.alerts] == [(number_of(0),)] * 2
    assert assessed(WHOLE, 5).alerts == ()


def test_that_lymphodepletion_begins_with_its_newest_block() -> None:
    early = therapy(-25, "fludarabine", "lymphodepletion", -22)
    spans = {span.phase.value: span.start.isoformat() for span in assessed([*WHOLE, early], 5).phases}
    assert spans["lymphodepletion"] == on(-5)
    near = therapy(-12, "fludarabine", "lymphodepletion", -10)
    spans = {span.phase.value: span.start.isoformat() for span in assessed([*WHOLE, near], 5).phases}
    assert spans["lymphodepletion"] == on(-12)


def test_that_steps_during_the_first_course_prepare_an_infusion_that_follows_it() -> None:
    prepared = [entry("apheresis", 50), therapy(95, "fludarabine", "lymphodepletion", 97)]
    second = infusion(100, product="brexucabtagene_autoleucel")
    assert assessed([*WHOLE, *prepared, second], 105).alerts == ()
    assert len(assessed([*WHOLE, second], 105).alerts) == 2


def test_that_an_empty_chart_is_a_referral_with_a_pending_class() -> None:
    held = assessed([], 0)
    assert (held.phase, held.risk.class_, held.risk.history, held.day) == ("referral", "pending", (), None)


@pytest.mark.parametrize(("when", "phase"), [(0, "infusion"), (1, "closed"), (40, "closed")])
def test_that_who_died_on_the_day_of_infusion_is_not_followed(when: int, phase: str) -> None:
    held = assessed([*WHOLE, entry("death", 0, cause="other")], when)
    assert (held.phase, held.phases[-1].end) == (phase, None)
    assert all(span.phase.value not in {"early_monitoring", "follow_up"} for span in held.phases)

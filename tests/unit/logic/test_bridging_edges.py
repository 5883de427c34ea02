"""Tests of bridging: what counts as given, its cycles and weeks, and each finding at its edge."""

from typing import Any

import pytest

from bedside.chart.derived.preparation import Bridging
from tests.charts import Fields, assessed, entry, hsct, infusion, marrow, number_of, relapse, therapy

DEPLETION = therapy(-5, "fludarabine", "lymphodepletion", stop=-3)
INTRATHECAL = therapy(-30, "methotrexate", "bridging", stop=-30, route="it")


def bridging(entries: list[Fields], when: Any = 5, **options: Any) -> Bridging:
    found = assessed(entries, when, **options).bridging
    assert found is not None
    return found


def bridged(*given: Fields, when: Any = 5) -> Bridging:
    return bridging([entry("apheresis", -40), *given, DEPLETION, infusion(0)], when)


def flags(*given: Fields, when: Any = 5) -> set[str]:
    return set(bridged(*given, when=when).flags)


def given(when: int | str, agent: str = "vincristine", intent: str = "bridging", **fields: Any) -> Fields:
    return therapy(when, agent, intent, **{"stop": when, **fields})


PAIR = [INTRATHECAL, given(-30), given(-30, "dexamethasone")]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (given(-41, "idarubicin"), "none"),
        (given(-40, "idarubicin"), "high"),
        (given(-41, "idarubicin", stop=-40), "none"),
        (given(-41, "idarubicin", stop=-39), "high"),
        (therapy(-41, "imatinib", "bridging"), "targeted"),
        (therapy(-41, "imatinib", "bridging", stop_unknown=True), "none"),
        (given(-30, "idarubicin", "salvage"), "high"),
        (given(-30, "idarubicin", "pre_apheresis"), "none"),
        (given(-6, "idarubicin"), "high"),
        (given(-5, "idarubicin"), "none"),
        (given(-30, "methotrexate", route="im"), "unknown"),
        (given(-30, "methotrexate", route="sc"), "unknown"),
        (given(-30, "levetiracetam"), "none"),
        (given(-30, "hydrocortisone", physiological=True), "none"),
        (given(-30, "hydrocortisone"), "low"),
        (given(-30, "ifosfamide"), "unknown"),
        (given(-30, "cytarabine", dose=3, dose_unit="g/m²"), "high"),
        (given(-30, "cytarabine", dose=0.1, dose_unit="g/m2/day"), "low"),
        (given(-30, "cytarabine", dose=100.1, dose_unit="mg/m² /d"), "between the definitions"),
        (given(-30, "cytarabine", dose=1000, dose_unit="mg/m²/h"), "unknown"),
        (given(-30, "cytarabine", dose=1000), "unknown"),
    ],
)
def test_that_what_is_given_between_apheresis_and_lymphodepletion_counts(one: Fields, expected: str) -> None:
    assert bridged(one).intensity == (expected,)


def test_that_on_the_day_of_the_apheresis_the_times_tell() -> None:
    collected = entry("apheresis", "2020-04-22T12:00:00Z")
    for hour, expected in (("11", "none"), ("12", "high"), ("13", "high")):
        one = therapy(f"2020-04-22T{hour}:00:00Z", "idarubicin", "bridging", stop="2020-04-22")
        assert bridging([collected, one, infusion(0)]).intensity == (expected,)


def test_that_without_an_apheresis_only_the_intent_tells_and_before_both_there_is_nothing() -> None:
    assert bridging([given(-30), given(-20, "idarubicin", "salvage")], 0).intensity == ("low",)
    assert assessed([given(-20, "idarubicin", "salvage")], 0).bridging is None
    assert bridging([entry("apheresis", -3)], 0).intensity == ("none",)
    assert bridging([entry("apheresis", -3), given(0)], 0).intensity == ("low",)


@pytest.mark.parametrize(("first", "expected"), [(-88, False), (-89, False), (-90, True)])
def test_that_bridging_is_flagged_after_twelve_weeks(first: int, expected: bool) -> None:
    held = [entry("apheresis", -120), INTRATHECAL, given(first), given(first, "dexamethasone"), DEPLETION, infusion(0)]
    found = bridging(held)
    assert ("BRG-2" in found.flags) == expected
    assert found.weeks == round((-5 - first) / 7, 1)


def test_that_unnumbered_cycles_are_flagged_like_numbered_ones() -> None:
    def on_days(*days: int, **fields: Any) -> set[str]:
        held = [entry("apheresis", -80), INTRATHECAL, DEPLETION, infusion(0)]
        held += [given(day, agent, **fields) for day in days for agent in ("vincristine", "dexamethasone")]
        return set(bridging(held).flags)

    assert "BRG-2" not in on_days(-70, -50)
    assert "BRG-2" in on_days(-70, -50, -30)
    assert "BRG-2" not in on_days(-70, -63, -50)
    assert "BRG-2" not in on_days(-70, -50, -30, cycle=2)


def test_that_bridging_begun_before_the_apheresis_is_counted_from_it() -> None:
    assert bridged(given(-60, stop=-20)).weeks == 5.0


def test_that_the_highest_blasts_of_the_last_date_before_lymphodepletion_count() -> None:
    twice = [marrow("2020-05-20T08:00:00Z", 9), marrow("2020-05-20T12:00:00Z", 2)]
    assert "BRG-3" in flags(*PAIR, *twice)
    assert "BRG-3" not in flags(*PAIR, marrow(-20, 50), marrow(-6, 2))
    assert "BRG-3" not in flags(*PAIR, marrow(-4, 50))
    assert "BRG-3" not in bridging([entry("apheresis", -40), *PAIR, marrow(-20, 50)], -10).flags


def test_that_little_bridging_is_wanted_in_remission_or_with_disease_of_the_cns_alone() -> None:
    assert "BRG-12" in flags(*PAIR, marrow(-30, 4.9))
    assert "BRG-12" not in flags(*PAIR, marrow(-30, 5))
    assert "BRG-12" not in flags(*PAIR, marrow(-29, 1))
    assert "BRG-12" in flags(*PAIR, relapse(-60, "cns"))
    assert "BRG-12" not in flags(*PAIR, relapse(-60, "cns"), relapse(-60))
    assert "BRG-12" not in flags(INTRATHECAL, marrow(-30, 1), relapse(-60, "cns"))
    assert "BRG-12" not in flags(*PAIR, marrow(-4, 1, cd19_load_pct=5))


def test_that_intrathecal_therapy_counts_whatever_its_intent() -> None:
    assert "BRG-9" in flags(given(-30))
    for one in (
        given(-20, "cytarabine", "supportive", route="it"),
        given(-50, "cytarabine", "frontline", route="it", stop=-30),
    ):
        assert "BRG-9" not in flags(given(-30), one)
    assert "BRG-9" in flags(given(-30), given(-50, "cytarabine", "frontline", route="it"))


def comorbidity(condition: str, when: int, *, active: bool = True) -> Fields:
    return entry("comorbidity", when, condition=condition, active=active)


@pytest.mark.parametrize(
    ("entries", "rule", "expected"),
    [
        ([comorbidity("severe_neuropathy", -20)], "BRG-7", True),
        ([comorbidity("severe_neuropathy", 2)], "BRG-7", False),
        ([comorbidity("severe_neuropathy", -30), comorbidity("severe_neuropathy", -20, active=False)], "BRG-7", False),
        ([comorbidity("uncontrolled_infection", -20)], "BRG-8", True),
        ([comorbidity("uncontrolled_infection", 2)], "BRG-8", False),
        ([entry("infection", -20, controlled=False)], "BRG-8", True),
        ([entry("infection", -20, controlled=True)], "BRG-8", False),
        ([comorbidity("seizure_history", -200)], "BRG-15", True),
        ([comorbidity("leukoencephalopathy", -200)], "BRG-15", True),
        ([comorbidity("severe_renal", -200)], "BRG-15", False),
        ([entry("csf", -20, wbc_per_ul=2, blasts=True)], "BRG-15", True),
        ([entry("csf", day, wbc_per_ul=2, blasts=day < -10) for day in (-20, -10)], "BRG-15", False),
        ([entry("csf", -20, wbc_per_ul=2, blasts=False, neurological_signs=True)], "BRG-15", True),
        ([entry("extramedullary", -20, site="cns_parenchyma", active=True)], "BRG-15", True),
        ([entry("extramedullary", -20, site="mediastinum", active=True, bulky=True)], "BRG-14", True),
        ([entry("extramedullary", -20, site="mediastinum", active=True)], "BRG-14", False),
        ([entry("extramedullary", -20, site="testis", active=False)], "BRG-14", False),
        ([relapse(-60, "testis")], "BRG-14", True),
        ([relapse(-60, "marrow")], "BRG-14", False),
        ([relapse(-60, "testis"), entry("extramedullary", -20, site="testis", active=False)], "BRG-14", False),
        ([hsct(-200), relapse(-99)], "BRG-5", False),
        ([hsct(-200), relapse(-100)], "BRG-5", True),
        ([hsct(-200), relapse(-101)], "BRG-5", True),
        ([hsct(-200), relapse(-210)], "BRG-5", False),
        ([entry("referral", -60, indication="primary_refractory")], "BRG-6", True),
        ([entry("referral", -60, indication="first_relapse")], "BRG-6", False),
    ],
)  # fmt: skip
def test_that_a_finding_needs_its_datum_before_lymphodepletion(
    entries: list[Fields], rule: str, expected: bool
) -> None:
    assert (rule in flags(*PAIR, *entries)) == expected


@pytest.mark.parametrize(
    ("kind", "one", "other", "rule"),
    [
        ("marrow", {"blasts_pct": 20}, {"blasts_pct": 30}, "BRG-3"),
        ("comorbidity", {"condition": "severe_neuropathy", "active": True}, {"active": False}, "BRG-7"),
        ("infection", {"controlled": False}, {"controlled": True}, "BRG-8"),
        ("extramedullary", {"site": "testis", "active": True}, {"active": False}, "BRG-14"),
        ("csf", {"wbc_per_ul": 20, "blasts": True}, {"wbc_per_ul": 2}, "BRG-15"),
    ],
)
def test_that_a_conflict_leaves_its_rule_unknown_and_flags_nothing(
    kind: str, one: Fields, other: Fields, rule: str
) -> None:
    contested = [
        entry(kind, -20, **(one | change), supersedes=number_of(0), reason="synthetic")
        for change in ({"note": "synthetic"}, other)
    ]
    rest = [entry("apheresis", -40), *PAIR, DEPLETION, infusion(0)]
    found = bridging([entry(kind, -20, **one), *contested, *rest])
    assert rule not in found.flags
    (told,) = [one for one in found.findings if one.id == rule]
    assert told.status == "unknown"
    assert set(told.evidence) == {number_of(1), number_of(2)}


def test_that_a_single_agent_is_flagged_unless_another_goes_with_it() -> None:
    assert "BRG-4" in flags(given(-30), given(-20))
    assert "BRG-4" in flags(given(-30), INTRATHECAL)
    for other in ("dexamethasone", "blinatumomab", "imatinib", "newdrugumab"):
        assert "BRG-4" not in flags(given(-30), given(-20, other))
        assert "BRG-4" not in flags(given(-20, other))


def test_that_a_conflict_leaves_bridging_unknown_only_where_it_bears_on_it() -> None:
    def doubt(*three: Fields) -> list[Fields]:
        return [three[0], *({**one, "supersedes": number_of(0), "reason": "again"} for one in three[1:])]

    rest = [entry("apheresis", -40), given(-20), DEPLETION, infusion(0)]
    found = bridging([*doubt(given(-30), given(-29), given(-28)), *rest])
    assert (found.intensity, found.cycles, found.weeks) == (("unknown",), None, None)
    assert set(found.evidence) == {number_of(1), number_of(2)}
    for others in (
        doubt(given(-30, intent="supportive"), given(-29, intent="supportive"), given(-28, intent="supportive")),
        doubt(given(30, intent="salvage"), given(31, intent="salvage"), given(32, intent="salvage")),
    ):
        assert bridging([*others, *rest], 40).intensity == ("low",)

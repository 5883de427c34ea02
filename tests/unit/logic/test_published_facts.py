"""What the papers state of the published patients, fact by fact, held against what the program derives.

Each fact names its line in the text of its paper: case, date, source line, the paper's words, what is read, what it has
to be. Where a published day is only placed in the chart, the interval is the fact.
"""

from collections.abc import Callable
from typing import Any

import pytest

from bedside.chart.assessment import Assessment
from bedside.chart.moments import AsOf
from bedside.logic.assess import assess
from tests.charts import tables
from tests.unit.logic.test_published import chart_of

Read = Callable[[Any], Any]


def factor(name: str) -> Read:
    return lambda a: next(one.status.value for one in a.second_opinion.factors if one.id == name)


def criterion(name: str) -> Read:
    return lambda a: next(one.status.value for one in a.risk.criteria if one.id == name)


def mrd_on(day: str) -> Read:
    return lambda a: next(one.status.value for one in a.mrd if one.date.isoformat() == day)


def signs(assessment: Assessment) -> set[str]:
    return {sign.id for sign in assessment.second_opinion.imminent}


def cns(assessment: Assessment) -> str | None:
    return assessment.cns_class


def phase(assessment: Assessment) -> str:
    return assessment.phase.value


def crs(assessment: Assessment) -> tuple[int | None, int | None]:
    return assessment.crs.max_grade, assessment.crs.onset_day


def timing(assessment: Assessment) -> str:
    """The first word of the timing: early, late."""
    return assessment.relapse.timing.split(": ")[1].split()[0].rstrip(",")


def situations(assessment: Assessment) -> set[str]:
    return {one.status for one in assessment.situations}


def registry(name: str) -> Read:
    return lambda a: a.outcome.registry[name]


MYERS = "published-myers-index"
ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN = (f"published-wang-case-{number}" for number in range(1, 8))
FACTS: tuple[tuple[str, str, str, str, Read, Any], ...] = (
    (MYERS, "2020-03-20", "myers_2023:7", "19 years old, refractory first relapse: within the label",
     lambda a: a.indication[0].status, "in_label"),
    (MYERS, "2020-03-20", "myers_2023:7", "normal cytogenetics: no KMT2A-r", criterion("L2"), "met"),
    (MYERS, "2020-05-31", "myers_2023:7", "persistent disease after blinatumomab", factor("blinatumomab_nonresponse"),
     "present"),
    (MYERS, "2020-05-31", "myers_2023:124", "CD19 confirmed after blinatumomab",
     factor("cd19_dim_after_blinatumomab"), "absent"),
    (MYERS, "2020-04-02", "myers_2023:124", "apheresis", phase, "apheresis"),
    (MYERS, "2020-05-01", "myers_2023:175", "maintenance-style chemotherapy during manufacturing", phase, "bridging"),
    (MYERS, "2020-05-01", "myers_2023:175", "maintenance-style: low intensity", lambda a: a.bridging.intensity,
     ("low",)),
    (MYERS, "2020-06-01", "myers_2023:175", "30 % blasts before infusion", factor("burden_5_pct"), "present"),
    (MYERS, "2020-06-01", "myers_2023:175", "no CNS involvement", cns, "CNS1"),
    (MYERS, "2020-06-01", "myers_2023:175", "no testicular involvement", factor("non_cns_extramedullary"), "absent"),
    (MYERS, "2020-06-29", "myers_2023:193", "tisagenlecleucel", criterion("L4"), "met"),
    (MYERS, "2020-06-29", "myers_2023:193", "grade 2 CRS", lambda a: a.crs.max_grade, 2),
    (MYERS, "2020-06-29", "myers_2023:193", "no ICANS", lambda a: a.icans.max_grade, 0),
    (MYERS, "2020-06-29", "myers_2023:193", "MRD-negative by flow at day 28", criterion("H1"), "not_met"),
    (MYERS, "2020-06-29", "myers_2023:193", "in remission at day 28", lambda a: a.response.response, "remission"),
    (MYERS, "2020-06-29", "myers_2023:193", "aplasia reached at day 28", lambda a: a.bca.status, "ongoing"),
    (MYERS, "2020-06-29", "myers_2023:193", "NGS positive at day 28", factor("ngs_day28"), "present"),
    (MYERS, "2020-06-29", "myers_2023:207", "NGS at day 28 should be verified", lambda a: a.second_opinion.verdict,
     "repeat_ngs"),
    (MYERS, "2020-07-31", "myers_2023:227", "NGS still positive at day 60", lambda a: "ngs_twice" in signs(a), True),
    (MYERS, "2020-07-31", "myers_2023:227", "loss of aplasia at 75/µL on day 60",
     lambda a: (a.bca.lost_on - a.day0).days, 60),
    (MYERS, "2020-07-31", "myers_2023:227", "transplant as soon as possible", lambda a: a.second_opinion.verdict,
     "hsct_soon"),
    (MYERS, "2020-08-24", "myers_2023:239", "HSCT", lambda a: (phase(a), a.closed_by), ("closed", "hsct")),
    (MYERS, "2020-08-24", "myers_2023:239", "no interval therapy", registry("therapies_after_infusion"), 0),
    (MYERS, "2022-08-24", "myers_2023:239", "in remission 2 years after HSCT",
     lambda a: (a.relapse.day, a.outcome.efs.event, a.outcome.os.event), (None, False, False)),

    (ONE, "2015-02-01", "wang_2023:101", "CNS1 at diagnosis", cns, "CNS1"),
    (ONE, "2018-03-01", "wang_2023:101", "CNS1 at relapse", cns, "CNS1"),
    (ONE, "2018-03-01", "wang_2023:111", "marrow relapse 37 months after diagnosis: late", timing, "late"),
    (ONE, "2018-04-09", "wang_2023:111", "lymphodepletion before infusion", phase, "lymphodepletion"),
    (ONE, "2018-04-20", "wang_2023:118", "81 % blasts before infusion", factor("burden_5_pct"), "present"),
    (ONE, "2018-04-20", "wang_2023:111", "three infusions on days 0 to 2 are one course",
     lambda a: (len(a.courses), len(a.courses[0].infusions), a.day), (1, 3, 10)),
    (ONE, "2018-05-20", "wang_2023:111", "grade 2 CRS on the fourth day after infusion", crs, (2, 4)),
    (ONE, "2018-05-20", "wang_2023:111", "MRD-negative 4 weeks later", mrd_on("2018-05-08"), "negative"),
    (ONE, "2018-05-20", "wang_2023:111", "CR 4 weeks later", lambda a: a.response.response, "remission"),
    (ONE, "2018-09-29", "wang_2023:111", "MRD-negative for 5 months", criterion("H3"), "not_met"),
    (ONE, "2018-09-29", "wang_2023:111", "poor expansion", criterion("A6"), "met"),
    (ONE, "2018-10-10", "wang_2023:111", "HSCT 173 days after infusion",
     lambda a: (a.closed_by, a.outcome.registry["hsct_day"]), ("hsct", 173)),
    (ONE, "2018-12-30", "wang_2023:111", "CAR T cells again after HSCT: a course of its own",
     lambda a: (len(a.courses), len(a.courses[1].infusions)), (2, 2)),
    (ONE, "2020-08-30", "wang_2023:111", "in remission at the last follow-up",
     lambda a: (a.relapse.day, a.outcome.efs.event), (None, False)),

    (TWO, "2015-04-01", "wang_2023:102", "CNS1 at diagnosis", cns, "CNS1"),
    (TWO, "2020-01-02", "wang_2023:102", "CNS3 at relapse", lambda a: (cns(a), a.cns_remission), ("CNS3", False)),
    (TWO, "2020-01-02", "wang_2023:113", "relapse of marrow and CNS 4.8 years after diagnosis: late", timing, "late"),
    (TWO, "2020-02-10", "wang_2023:71", "no active CNS lesion at infusion", lambda a: a.cns_remission, True),
    (TWO, "2020-02-10", "wang_2023:119", "88 % blasts before infusion", factor("burden_5_pct"), "present"),
    (TWO, "2020-04-01", "wang_2023:113", "grade 2 CRS 3 days after infusion", crs, (2, 3)),
    (TWO, "2020-04-01", "wang_2023:113", "MRD-negative 4 weeks later", mrd_on("2020-03-09"), "negative"),
    (TWO, "2020-04-01", "wang_2023:113", "CR 4 weeks later", lambda a: a.response.response, "cr"),
    (TWO, "2020-06-19", "wang_2023:113", "MRD-negative for 4 months", criterion("H3"), "not_met"),
    (TWO, "2020-07-01", "wang_2023:113", "HSCT 131 days after infusion",
     lambda a: (a.closed_by, a.outcome.registry["hsct_day"]), ("hsct", 131)),
    (TWO, "2021-12-01", "wang_2023:113", "marrow relapse 499 days after HSCT",
     lambda a: (a.relapse.sites, a.relapse.day - a.outcome.registry["hsct_day"]), (("marrow",), 499)),
    (TWO, "2021-12-01", "wang_2023:179", "two of three relapses CD19-negative, the third is case 7",
     lambda a: a.relapse.type, "cd19_negative"),
    (TWO, "2021-12-01", "wang_2023:113", "relapse after HSCT ends event-free survival, censored at HSCT it does not",
     lambda a: (a.outcome.efs.what, a.outcome.efs_censored_at_hsct.what), ("relapse", "hsct")),

    (THREE, "2019-12-01", "wang_2023:103", "CNS2 at diagnosis", cns, "CNS2"),
    (THREE, "2020-04-20", "wang_2023:103", "CNS1 at relapse", cns, "CNS1"),
    (THREE, "2020-04-20", "wang_2023:103", "KMT2A rearranged", factor("kmt2a_r"), "present"),
    (THREE, "2020-04-20", "wang_2023:115", "an infant of 4 months", lambda a: "infant" in situations(a), True),
    (THREE, "2020-04-20", "wang_2023:103", "relapse during consolidation: early", timing, "early"),
    (THREE, "2020-05-20", "wang_2023:120", "MRD 0.01 % before blinatumomab", mrd_on("2020-04-28"), "positive"),
    (THREE, "2020-05-20", "wang_2023:145", "MRD-negative after blinatumomab", mrd_on("2020-05-15"), "negative"),
    (THREE, "2020-05-20", "wang_2023:145", "blinatumomab worked", factor("blinatumomab_nonresponse"), "absent"),
    (THREE, "2020-09-10", "wang_2023:115", "never infused", lambda a: (a.day0, a.second_opinion.verdict),
     (None, "not_infused")),

    (FOUR, "2020-02-25", "wang_2023:104", "CNS1 at diagnosis", cns, "CNS1"),
    (FOUR, "2020-02-25", "wang_2023:147", "MRD 0.01 % after consolidation", mrd_on("2020-02-24"), "positive"),
    (FOUR, "2020-03-20", "wang_2023:147", "MRD-negative after blinatumomab", mrd_on("2020-03-19"), "negative"),
    (FOUR, "2020-03-20", "wang_2023:147", "blinatumomab worked", factor("blinatumomab_nonresponse"), "absent"),
    (FOUR, "2022-10-30", "wang_2023:147", "never infused", lambda a: a.day0, None),

    (FIVE, "2020-02-25", "wang_2023:105", "CNS1 at diagnosis", cns, "CNS1"),
    (FIVE, "2020-02-25", "wang_2023:105", "refractory, BCR-ABL",
     lambda a: situations(a) >= {"primary_refractory", "targetable_lesion"}, True),
    (FIVE, "2020-02-25", "wang_2023:149", "BCR-ABL 2.14 %", mrd_on("2020-02-24"), "positive"),
    (FIVE, "2020-03-25", "wang_2023:155", "BCR-ABL 1.07 % after blinatumomab", mrd_on("2020-03-20"), "positive"),
    (FIVE, "2020-03-25", "wang_2023:155", "blinatumomab did not work", factor("blinatumomab_nonresponse"), "present"),
    (FIVE, "2020-03-25", "wang_2023:149", "the seizure under blinatumomab is no toxicity of CAR T cells",
     lambda a: (a.crs.max_grade, a.icans.max_grade), (None, None)),
    (FIVE, "2020-05-20", "wang_2023:155", "MRD-negative 3 weeks after HSCT", mrd_on("2020-05-14"), "negative"),

    (SIX, "2020-03-05", "wang_2023:106", "CNS2", cns, "CNS2"),
    (SIX, "2020-06-08", "wang_2023:106", "KMT2A rearranged", factor("kmt2a_r"), "present"),
    (SIX, "2020-06-08", "wang_2023:106", "refractory", lambda a: "primary_refractory" in situations(a), True),
    (SIX, "2020-06-08", "wang_2023:157", "an infant of 3 months", lambda a: "infant" in situations(a), True),
    (SIX, "2020-06-08", "wang_2023:157", "mixed-phenotype leukaemia: off every label",
     lambda a: {one.status for one in a.indication if one.label}, {"off_label"}),
    (SIX, "2020-06-08", "wang_2023:159", "5.2 % blasts, MRD 0.65 %", mrd_on("2020-06-06"), "positive"),
    (SIX, "2020-07-10", "wang_2023:159", "MRD 0.01 % after blinatumomab", mrd_on("2020-07-09"), "positive"),
    (SIX, "2020-08-08", "wang_2023:159", "lineage transformation one month after blinatumomab: early", timing, "early"),

    (SEVEN, "2019-05-01", "wang_2023:107", "CNS1 at diagnosis", cns, "CNS1"),
    (SEVEN, "2020-02-01", "wang_2023:107", "CNS1 at relapse", cns, "CNS1"),
    (SEVEN, "2020-02-01", "wang_2023:161", "relapse 9 months after diagnosis: early", timing, "early"),
    (SEVEN, "2020-04-01", "wang_2023:107", "KMT2A rearranged", factor("kmt2a_r"), "present"),
    (SEVEN, "2020-04-01", "wang_2023:107", "TP53 mutation", factor("tp53"), "present"),
    (SEVEN, "2020-04-01", "wang_2023:125", "70 % blasts before infusion", factor("burden_5_pct"), "present"),
    (SEVEN, "2020-05-01", "wang_2023:163", "grade 2 CRS with hypoxia on the seventh day", crs, (2, 7)),
    (SEVEN, "2020-05-01", "wang_2023:163", "CR, MRD-negative", mrd_on("2020-04-29"), "negative"),
    (SEVEN, "2020-05-01", "wang_2023:163", "CR", lambda a: a.response.response, "cr"),
    (SEVEN, "2020-07-01", "wang_2023:163", "MRD-negative for 3 months", criterion("H3"), "not_met"),
    (SEVEN, "2020-10-03", "wang_2023:163", "relapse after day 177, CD19 partial",
     lambda a: (a.relapse.day > 177, a.relapse.type), (True, "cd19_dim")),
    (SEVEN, "2020-10-03", "wang_2023:163", "relapse ends the course", lambda a: (phase(a), a.closed_by),
     ("closed", "relapse")),
    (SEVEN, "2020-10-03", "wang_2023:94", "no transplant", registry("hsct_day"), None),
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "as_of", "line", "fact", "read", "expected"), FACTS, ids=[f"{f[0]} {f[1]}: {f[3]}" for f in FACTS]
)
def test_that_what_the_paper_states_holds(
    case: str, as_of: str, line: str, fact: str, read: Read, expected: object
) -> None:
    derived = assess(chart_of(case), AsOf.parse(as_of), tables(), app_version="test")
    assert read(derived) == expected, f"{line}: {fact}"


def test_that_every_published_case_has_facts_of_its_cns_and_its_timing_or_refractoriness() -> None:
    for case in (MYERS, ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN):
        held = [fact[3] for fact in FACTS if fact[0] == case]
        assert any("CNS" in fact for fact in held)
        assert len(held) >= 5

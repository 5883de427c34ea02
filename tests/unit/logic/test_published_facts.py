"""What the papers state of the published patients, fact by fact, held against what the program derives."""

from collections.abc import Callable
from typing import Any

import pytest

from bedside.chart.assessment import Assessment
from bedside.chart.moments import AsOf
from bedside.logic.assess import assess
from tests.charts import tables
from tests.unit.logic.test_published import chart_of

Read = Callable[[Any], Any]

MYERS = "published-myers-index"
FACTS: tuple[tuple[str, str, str, Read, Any], ...] = (
    # case, as of, the paper's words, what is read, what it has to be
    (MYERS, "2020-07-31", "CNS1 before infusion", lambda a: a.cns_class, "CNS1"),
    (MYERS, "2020-07-31", "no response to blinatumomab", lambda a: factor(a, "blinatumomab_nonresponse"), "present"),
    (MYERS, "2020-07-31", "30 % blasts before infusion", lambda a: factor(a, "burden_5_pct"), "present"),
    (MYERS, "2020-07-31", "in remission at day 28", lambda a: a.response.response, "remission"),
    (MYERS, "2020-07-31", "NGS positive at day 28 and day 60", lambda a: "ngs_twice" in signs(a), True),
    (MYERS, "2020-07-31", "loss of aplasia at 75/µL on day 60", lambda a: (a.bca.lost_on - a.day0).days, 60),
    (MYERS, "2020-07-31", "HSCT was recommended", lambda a: a.second_opinion.verdict, "hsct_soon"),
    (MYERS, "2020-09-30", "HSCT was done", lambda a: a.closed_by, "hsct"),
    (wang := "published-wang-case-1", "2018-05-20", "marrow relapse 37 months after diagnosis: late",
     lambda a: a.relapse.timing.split(": ")[1].split()[0], "late"),
    (wang, "2018-05-20", "CNS1", lambda a: a.cns_class, "CNS1"),
    (wang, "2018-05-20", "grade 2 CRS on the fourth day after infusion",
     lambda a: (a.crs.max_grade, a.crs.onset_day), (2, 4)),
    (wang, "2018-05-20", "CR, MRD-negative, 4 weeks later", lambda a: mrd_of(a, 28), "negative"),
    (wang, "2018-05-20", "three infusions on days 0 to 2 are one course", lambda a: len(a.courses[0].infusions), 3),
    (wang, "2018-05-20", "poor expansion", lambda a: status(a, "A6"), "met"),
    (wang, "2018-10-10", "HSCT 173 days after infusion", lambda a: a.outcome.registry["hsct_day"], 173),
    ("published-wang-case-2", "2020-04-01", "marrow and CNS relapse, CNS3 before clearance",
     lambda a: "2019-12-28" if a.cns_remission else None, "2019-12-28"),
    ("published-wang-case-2", "2020-01-02", "CNS3", lambda a: a.cns_class, "CNS3"),
    ("published-wang-case-2", "2020-04-01", "relapse 4.8 years after diagnosis: late",
     lambda a: a.relapse.timing.split(": ")[1].split()[0], "late"),
    ("published-wang-case-2", "2020-04-01", "grade 2 CRS 3 days after infusion",
     lambda a: (a.crs.max_grade, a.crs.onset_day), (2, 3)),
    ("published-wang-case-2", "2020-04-01", "CR, MRD-negative, 4 weeks later", lambda a: mrd_of(a, 28), "negative"),
    ("published-wang-case-2", "2020-07-01", "HSCT 131 days after infusion",
     lambda a: a.outcome.registry["hsct_day"], 131),
    ("published-wang-case-2", "2021-12-01", "marrow relapse 499 days after HSCT",
     lambda a: a.relapse.day - a.outcome.registry["hsct_day"], 499),
    ("published-wang-case-3", "2019-12-01", "CNS2", lambda a: a.cns_class, "CNS2"),
    ("published-wang-case-3", "2020-04-20", "KMT2A rearranged", lambda a: factor(a, "kmt2a_r"), "present"),
    ("published-wang-case-3", "2020-04-20", "relapse during consolidation: early",
     lambda a: a.relapse.timing.split(": ")[1].split(",")[0], "early"),
    ("published-wang-case-5", "2020-02-25", "refractory, BCR-ABL",
     lambda a: {one.status for one in a.situations} >= {"primary_refractory", "targetable_lesion"}, True),
    ("published-wang-case-6", "2020-06-08", "mixed-phenotype leukaemia: off every label",
     lambda a: {one.status for one in a.indication if one.label}, {"off_label"}),
    (seven := "published-wang-case-7", "2020-05-01", "relapse 9 months after diagnosis: early",
     lambda a: a.relapse.timing.split(": ")[1].split()[0].rstrip(","), "early"),
    (seven, "2020-05-01", "grade 2 CRS with hypoxia on the seventh day",
     lambda a: (a.crs.max_grade, a.crs.onset_day), (2, 7)),
    (seven, "2020-05-01", "CR, MRD-negative", lambda a: mrd_of(a, 28), "negative"),
    (seven, "2020-05-01", "TP53 mutation", lambda a: status(a, "A2"), "met"),
    (seven, "2020-10-03", "relapse after day 177, CD19 partial",
     lambda a: (a.relapse.day > 177, a.relapse.type), (True, "cd19_dim")),
)  # fmt: skip


def factor(assessment: Assessment, name: str) -> str:
    return next(one.status.value for one in assessment.second_opinion.factors if one.id == name)


def signs(assessment: Assessment) -> set[str]:
    return {sign.id for sign in assessment.second_opinion.imminent}


def status(assessment: Assessment, name: str) -> str:
    return next(one.status.value for one in assessment.risk.criteria if one.id == name)


def mrd_of(assessment: Assessment, day: int) -> str:
    return next(one.status.value for one in assessment.mrd if one.day == day)


@pytest.mark.parametrize(("case", "as_of", "fact", "read", "expected"), FACTS, ids=[f"{f[0]}: {f[2]}" for f in FACTS])
def test_that_what_the_paper_states_holds(case: str, as_of: str, fact: str, read: Read, expected: object) -> None:
    derived = assess(chart_of(case), AsOf.parse(as_of), tables(), app_version="test")
    assert read(derived) == expected, fact

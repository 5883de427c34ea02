"""Tests of readiness for apheresis where counts are stale, censored or contested, and after HSCT."""

from datetime import date, timedelta
from typing import Any

import pytest

from bedside.chart.derived.preparation import ApheresisReadiness, ReadinessPart
from tests.charts import Fields, assessed, entry, hsct, number_of, subset, therapy
from tests.unit.logic.test_indication_and_apheresis import COLLECTED, count

DAY = date.fromisoformat(COLLECTED)
DONE = entry("apheresis", COLLECTED)


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def readiness(entries: list[Fields], when: Any = COLLECTED) -> ApheresisReadiness:
    return assessed(entries, when).apheresis


def part(entries: list[Fields], name: str, when: Any = COLLECTED) -> ReadinessPart:
    found = readiness(entries, when)
    return next(one for one in (*found.parts, *found.profiles) if one.id == name)


@pytest.mark.parametrize(
    ("mark", "alc", "default", "guideline", "plat"),
    [
        ("<", 0.1, "not_ready", "not_ready", "not_ready"),
        ("<", 0.2, "not_ready", "not_ready", "unknown"),
        ("<", 0.21, "unknown", "not_ready", "unknown"),
        ("<", 0.5, "unknown", "not_ready", "unknown"),
        ("<", 0.51, "unknown", "unknown", "unknown"),
        (">", 0.29, "caution", "unknown", "ready"),
        (">", 0.3, "ready", "unknown", "ready"),
        (">", 0.5, "ready", "ready", "ready"),
        (">", 0.09, "unknown", "unknown", "unknown"),
    ],
)
def test_that_a_value_beyond_what_is_measured_counts_for_what_it_proves(
    mark: str, alc: float, default: str, guideline: str, plat: str
) -> None:
    held = [DONE, subset(COLLECTED, None, cd3=50), count(COLLECTED, alc=alc, censored={"alc": mark})]
    names = ("APH-1", "tisagenlecleucel_guideline", "plat_02")
    assert [part(held, name).status.value for name in names] == [default, guideline, plat]
    assert f"{mark}{alc}" in part(held, "APH-1").text


@pytest.mark.parametrize(
    ("wbc", "blasts", "expected"),
    [
        ((None, None), (50, None), "ready"),
        ((None, None), (51, None), "unknown"),
        ((21, None), (51, None), "not_ready"),
        ((20, ">"), (51, None), "not_ready"),
        ((19, ">"), (51, None), "unknown"),
        ((20, "<"), (90, None), "ready"),
        ((21, "<"), (90, None), "unknown"),
        ((30, None), (50, ">"), "not_ready"),
        ((30, None), (51, "<"), "unknown"),
    ],
)
def test_that_leukocytes_and_blasts_are_each_asked(wbc: Any, blasts: Any, expected: str) -> None:
    marks = {name: mark for name, (_, mark) in (("wbc", wbc), ("pb_blasts_pct", blasts)) if mark}
    held = [DONE, count(COLLECTED, wbc=wbc[0], pb_blasts_pct=blasts[0], censored=marks or None)]
    assert part(held, "APH-2").status == expected


def test_that_blasts_of_the_day_before_stand_beside_newer_leukocytes_with_their_date() -> None:
    held = [DONE, count(before(1), pb_blasts_pct=60), count(COLLECTED, wbc=30)]
    found = part(held, "APH-2")
    assert (found.status, set(found.evidence)) == ("not_ready", {number_of(1), number_of(2)})
    assert "blasts in blood 60" in found.text
    assert "31-Mar-2020" in found.text
    stale = part([DONE, count(before(8), pb_blasts_pct=60), count(COLLECTED, wbc=30)], "APH-2")
    assert stale.status == "unknown"
    assert "stale" in stale.text


def test_that_a_count_after_the_collection_of_that_day_does_not_tell_of_it() -> None:
    collected = entry("apheresis", f"{COLLECTED}T10:00:00+02:00")
    early, late = count(f"{COLLECTED}T08:00:00Z", alc=0.6), count(f"{COLLECTED}T12:00:00+02:00", alc=0.05)
    assert part([collected, early, late], "APH-1").status == "ready"
    assert part([collected, late], "APH-1").status == "unknown"
    assert part([DONE, early, late], "APH-1").status == "unknown"


@pytest.mark.parametrize(
    ("ahead", "age", "status", "repeat"),
    [(0, 7, "ready", False), (1, 6, "ready", False), (1, 7, "ready", True), (7, 0, "ready", False),
     (8, 0, "ready", True), (30, 7, "ready", True), (30, 8, "unknown", True)],
)  # fmt: skip
def test_that_a_date_ahead_asks_to_repeat_what_will_be_too_old(ahead: int, age: int, status: str, repeat: bool) -> None:
    plan = entry("plan", before(20), milestone="apheresis", date=(DAY + timedelta(days=ahead)).isoformat())
    found = part([plan, count(before(age), alc=1)], "APH-1")
    assert (found.status.value, "; repeat within 7 days of" in found.text) == (status, repeat)


def test_that_the_evidence_of_a_profile_is_what_it_asks_for() -> None:
    held = [DONE, subset(COLLECTED, None, cd3=500), count(COLLECTED, alc=1)]
    assert part(held, "APH-1").evidence == (number_of(1), number_of(2))
    assert part(held, "plat_02").evidence == (number_of(2),)


def contested(first: Fields, *values: Fields) -> list[Fields]:
    """A first entry with two corrections that contest each other."""
    return [first, *({**value, "supersedes": number_of(0), "reason": "again"} for value in values)]


def test_that_only_a_conflict_that_bears_on_a_part_makes_it_unknown() -> None:
    alc = contested(count(COLLECTED, alc=1.0), count(COLLECTED, alc=0.1), count(COLLECTED, alc=0.9))
    held = [*alc, DONE, subset(COLLECTED, None, cd3=500)]
    found = part(held, "APH-1")
    assert (found.status, set(found.evidence)) == ("unknown", {number_of(1), number_of(2)})
    hb = contested(count(COLLECTED, hb=80), count(COLLECTED, hb=81), count(COLLECTED, hb=82))
    assert part([*hb, DONE, count(COLLECTED, alc=1)], "APH-1").status == "ready"
    old = contested(count(before(9), alc=1.0), count(before(9), alc=0.1), count(before(9), alc=0.9))
    assert part([*old, DONE, count(COLLECTED, alc=1)], "APH-1").status == "ready"
    later = contested(count("2020-05-01", alc=1.0), count("2020-05-01", alc=0.1), count("2020-05-01", alc=0.9))
    assert part([*later, DONE, count(COLLECTED, alc=1)], "APH-1", "2020-06-01").status == "ready"


FREE = [
    entry("gvhd", before(60), form="acute", grade=0, active=False),
    therapy(before(90), "ciclosporin", "immunosuppression", stop=before(28)),
]


def after_hsct(*more: Fields) -> ReadinessPart:
    return part([DONE, hsct(before(200)), *more], "APH-4")


@pytest.mark.parametrize(("days", "expected"), [(27, "not_ready"), (28, "ready"), (29, "ready")])
def test_that_immunosuppression_has_to_be_stopped_four_weeks_before(days: int, expected: str) -> None:
    stopped = therapy(before(90), "ciclosporin", "immunosuppression", stop=before(days))
    found = after_hsct(FREE[0], stopped)
    assert found.status == expected
    assert number_of(3) in found.evidence


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (FREE, "ready"),
        ([FREE[0]], "unknown"),
        ([FREE[1]], "unknown"),
        ([FREE[0], therapy(before(90), "tacrolimus", "supportive", stop=before(10))], "not_ready"),
        ([FREE[0], therapy(before(90), "sirolimus", "immunosuppression", stop_unknown=True)], "unknown"),
        ([*FREE, therapy(before(90), "sirolimus", "immunosuppression", stop_unknown=True)], "unknown"),
        (
            [
                FREE[0],
                therapy(before(90), "sirolimus", "immunosuppression", stop_unknown=True),
                therapy(before(80), "mycophenolate", "immunosuppression"),
            ],
            "not_ready",
        ),
        ([*FREE, entry("gvhd", before(70), form="chronic", grade=2, active=True)], "not_ready"),
        ([*FREE, entry("gvhd", before(50), form="acute", grade=2, active=True)], "not_ready"),
        ([*FREE, entry("gvhd", "2020-05-01", form="acute", grade=2, active=True)], "ready"),
        ([FREE[1], entry("gvhd", before(300), form="acute", grade=0, active=False)], "unknown"),
        ([FREE[0], therapy(before(400), "ciclosporin", "immunosuppression", stop=before(300))], "unknown"),
        ([*FREE, therapy(before(10), "hydrocortisone", "immunosuppression", physiological=True)], "ready"),
    ],
)
def test_that_what_is_recorded_since_the_hsct_decides(more: list[Fields], expected: str) -> None:
    held = [DONE, hsct(before(200)), *more]
    assert part(held, "APH-4", "2020-06-01").status == expected


@pytest.mark.parametrize(
    ("given", "expected", "told"),
    [
        ([entry("referral", before(50), indication="post_hsct_relapse")], "unknown", "referred for a relapse after it"),
        ([entry("referral", before(50), indication="first_relapse")], None, ""),
        ([entry("gvhd", before(50), form="acute", grade=2, active=True)], "not_ready", "GVHD is recorded"),
        ([entry("gvhd", before(50), form="acute", grade=0, active=False)], "unknown", "GVHD is recorded"),
        ([entry("gvhd", before(-1), form="acute", grade=2, active=True)], None, ""),
    ],
)
def test_that_an_hsct_that_is_told_of_and_not_recorded_leaves_the_time_since_it_unknown(
    given: list[Fields], expected: str | None, told: str
) -> None:
    found = [one for one in readiness([DONE, *given]).parts if one.id == "APH-4"]
    assert [one.status.value for one in found] == ([] if expected is None else [expected])
    assert all(f"not known: the day of HSCT ({told})" in one.text and one.evidence == (number_of(1),) for one in found)


def test_that_a_contested_hsct_or_gvhd_is_unknown_and_named() -> None:
    doubt = contested(hsct(before(200)), hsct(before(110)), hsct(before(130)))
    found = part([*doubt, DONE, *FREE], "APH-4")
    assert (found.status, set(found.evidence)) == ("unknown", {number_of(1), number_of(2)})
    gvhd = [entry("gvhd", before(9), form="acute", grade=grade, active=grade > 0) for grade in (0, 1, 2)]
    assert part([*contested(*gvhd), DONE, hsct(before(200)), FREE[1]], "APH-4").status == "unknown"
    assert "APH-4" not in {one.id for one in readiness([*contested(*gvhd), DONE]).parts}


def test_that_every_agent_in_conflict_is_named_with_its_entries() -> None:
    held = [
        DONE,
        therapy(before(9), "vincristine", stop=before(9)),
        therapy(before(9), "pegaspargase", stop=before(9)),
        therapy(before(99), "etoposide", stop=before(99)),
    ]
    found = part(held, "APH-3")
    assert found.status == "not_ready"
    assert "vincristine" in found.text
    assert "pegaspargase" in found.text
    assert "etoposide" not in found.text
    assert {number_of(1), number_of(2)} <= set(found.evidence)


def test_that_no_therapy_on_record_is_no_wash_out_known() -> None:
    assert part([DONE], "APH-3").status == "unknown"
    said = entry("referral", before(50), indication="first_relapse", therapy_history="complete")
    found = part([DONE, said], "APH-3")
    assert (found.status, found.evidence) == ("ready", (number_of(1),))
    other = therapy(before(9), "co_trimoxazole", "supportive")
    assert part([DONE, other], "APH-3").status == "unknown"
    assert part([DONE, other, said], "APH-3").status == "ready"
    assert part([DONE, therapy(before(-5), "vincristine", "bridging")], "APH-3").status == "unknown"


@pytest.mark.parametrize("day", ["2020-02-29", "2019-12-31", "2020-03-31"])
def test_that_days_are_counted_over_the_end_of_months_and_leap_days(day: str) -> None:
    collected = date.fromisoformat(day)
    for age, expected in ((7, "ready"), (8, "unknown")):
        taken = (collected - timedelta(days=age)).isoformat()
        assert part([entry("apheresis", day), count(taken, alc=1)], "APH-1", day).status == expected
    for since, words in ((99, "not_ready"), (100, "caution"), (119, "caution"), (120, "ready")):
        free = [
            entry("gvhd", day, form="acute", grade=0, active=False),
            therapy(
                collected - timedelta(days=90), "ciclosporin", "immunosuppression", stop=collected - timedelta(days=28)
            ),
        ]
        held = [entry("apheresis", day), hsct(collected - timedelta(days=since)), *free]
        assert part(held, "APH-4", day).status == words


def test_that_a_collection_judged_not_sufficient_is_not_ready_whatever_its_cells() -> None:
    found = part([entry("apheresis", COLLECTED, cd3_yield=1.8, sufficient=False)], "APH-5")
    assert found.status.value == "caution"
    assert "judged not sufficient" in found.text
    again = [
        entry("apheresis", before(1), cd3_yield=0.6, sufficient=False),
        entry("apheresis", COLLECTED, cd3_yield=1, sufficient=True),
    ]
    assert part(again, "APH-5").status.value == "ready"

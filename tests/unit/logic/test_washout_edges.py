"""Tests of wash-out where something is missing, contested, stale, assumed or a centre's own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.derived.washout import Washout
from bedside.chart.entries import Therapy, parse_entry
from bedside.knowledge.loader import centre_knowledge
from bedside.logic.preparation.washout_classes import agent_class
from tests.charts import DAY0, Fields, assessed, entry, infusion, number_of, on, relapse, subset, tables, therapy
from tests.unit.logic.test_washout import alerts_of, apheresis, earliest, plan, rows


def by_class(entries: list[Fields], milestone: str, when: Any = 200) -> dict[str, Washout]:
    found = assessed(entries, when).washout
    return {row.washout_class: row for row in found if row.milestone == milestone}


@pytest.mark.parametrize(
    ("agent", "fields", "expected"),
    [
        ("methotrexate", {"route": "it"}, "intrathecal"),
        ("methotrexate", {"route": "po"}, "anthracycline_or_antimetabolite"),
        ("hydrocortisone", {"route": "it"}, "intrathecal"),
        ("prednisone", {}, "systemic_steroid"),
        ("prednisone", {"intent": "toxicity"}, "systemic_steroid"),
        ("prednisone", {"intent": "immunosuppression"}, "gvhd_immunosuppression"),
        ("ruxolitinib", {"intent": "immunosuppression"}, "gvhd_immunosuppression"),
        ("ruxolitinib", {}, "tyrosine_kinase_inhibitor"),
        ("prednisone", {"physiological": True}, None),
        ("fludarabine", {"intent": "lymphodepletion"}, "cytotoxic"),
        ("fludarabine", {}, "t_cell_lytic_chemotherapy"),
        ("clofarabine", {"intent": "lymphodepletion"}, "t_cell_lytic_chemotherapy"),
        ("alemtuzumab", {"intent": "lymphodepletion"}, "t_cell_antibody"),
        ("alemtuzumab", {"intent": "immunosuppression"}, "t_cell_antibody"),
        ("calaspargase_pegol", {}, "asparaginase"),
        ("venetoclax", {}, "no_published_interval"),
        ("tocilizumab", {"intent": "toxicity"}, "no_published_interval"),
        ("co_trimoxazole", {"intent": "supportive"}, None),
        ("newdrugumab", {}, "unknown_agent"),
    ],
)
def test_that_route_intent_and_replacement_decide_the_class(
    agent: str, fields: dict[str, Any], expected: str | None
) -> None:
    parsed = parse_entry({"id": number_of(0), **therapy(0, agent, **fields)})
    assert isinstance(parsed, Therapy)
    assert agent_class(parsed, tables()) == expected


def test_that_a_steroid_of_the_day_of_infusion_without_a_time_comes_before_a_timed_infusion() -> None:
    timed = {**infusion(0), "at": f"{on(0)}T10:00:00+02:00"}
    steroid = therapy(0, "dexamethasone", stop=0)
    assert by_class([steroid, timed], "infusion")["systemic_steroid"].status == "conflict"
    later = {**steroid, "at": f"{on(0)}T11:00:00+02:00"}
    assert "systemic_steroid" not in by_class([later, timed], "infusion")
    assert "systemic_steroid" not in by_class([steroid, infusion(0)], "infusion")


@pytest.mark.parametrize(
    ("agent", "gap", "expected"),
    [
        ("prednisolone", 2, "conflict"),
        ("prednisolone", 3, "caution"),
        ("prednisolone", 4, "clear"),
        ("ruxolitinib", 0, "conflict"),
        ("ruxolitinib", 1, "no_interval"),
        ("ciclosporin", 0, "no_interval"),
    ],
)
def test_that_what_is_given_for_gvhd_counts_before_the_infusion_as_what_it_is(
    agent: str, gap: int, expected: str
) -> None:
    given = therapy(-60, agent, "immunosuppression", stop=-gap)
    (row,) = rows([plan("infusion", DAY0), given], "infusion").values()
    assert (row.status, row.washout_class) == (expected, "gvhd_immunosuppression")
    (before,) = rows([plan("apheresis", DAY0), given], "apheresis").values()
    assert (before.status, before.minimum_days) == ("conflict", 28)


def test_that_every_agent_has_a_class_that_exists_or_is_one_of_those_without() -> None:
    knowledge = tables()
    without = {code for code, agent in knowledge.agents.items() if agent.washout is None}
    antipyretics = {"paracetamol", "metamizole", "ibuprofen"}
    assert without == antipyretics | {"immunoglobulin", "levetiracetam", "co_trimoxazole", "ganciclovir", "rimiducid"}
    assert {agent.washout for agent in knowledge.agents.values()} - {None} <= set(knowledge.washout.classes)
    assert {a for d in knowledge.washout.differences.values() for a in d.agents} <= set(knowledge.agents)
    assert {a for c in knowledge.washout.classes.values() for a in c.published_for} <= set(knowledge.agents)


@pytest.mark.parametrize("agent", ["vincristine", "imatinib", "inotuzumab_ozogamicin", "rituximab", "cytarabine"])
def test_that_what_is_given_through_the_infusion_conflicts_whether_an_interval_is_published_or_not(agent: str) -> None:
    assert rows([infusion(0), therapy(-20, agent)])[agent].status == "conflict"
    assert rows([infusion(0), therapy(-20, agent, stop_unknown=True)])[agent].status == "unknown"
    assert earliest([therapy(-20, agent)], "infusion").open_agents == (agent,)


def test_that_a_kinase_inhibitor_given_on_the_day_of_infusion_conflicts_and_stopped_before_has_no_interval() -> None:
    for stop, expected in ((5, "conflict"), (0, "conflict"), (-1, "no_interval")):
        row = rows([infusion(0), therapy(-20, "dasatinib", stop=stop)])["dasatinib"]
        assert (row.status, "has to be stopped" in row.text) == (expected, True)


def test_that_an_unknown_agent_stays_without_an_interval_though_it_is_still_given() -> None:
    held = [infusion(0), therapy(-20, "newdrugumab"), therapy(-50, "cytarabine", stop=-30)]
    assert rows(held)["newdrugumab"].status == "no_interval"
    found = earliest(held, "infusion")
    assert (found.clear, found.no_interval) == (DAY0 - timedelta(16), ("newdrugumab",))


@pytest.mark.parametrize(
    ("given_at", "minutes", "before_apheresis", "before_infusion"),
    [
        ("2020-03-27T12:01:00+01:00", 71 * 60 + 59, "conflict", "conflict"),
        ("2020-03-27T12:00:00+01:00", 72 * 60, "clear", "conflict"),
        ("2020-03-27T11:59:00+01:00", 72 * 60 + 1, "clear", "clear"),
        ("2020-03-27T11:00:00Z", 72 * 60, "clear", "conflict"),
    ],
)
def test_that_the_hours_themselves_are_shown_and_counted_between_instants(
    given_at: str, minutes: int, before_apheresis: str, before_infusion: str
) -> None:
    moment, treated = "2020-03-30T13:00:00+02:00", therapy(given_at, "prednisone", stop="2020-03-27")
    collected = rows([apheresis(moment), treated], "apheresis")["prednisone"]
    infused = rows([infusion(moment), treated])["prednisone"]
    assert (collected.status, infused.status) == (before_apheresis, before_infusion)
    assert infused.interval_hours == pytest.approx(minutes / 60)
    assert (infused.unit, infused.minimum_days, infused.interval_days) == ("hours", 3, 3)
    assert f"{minutes // 60} h {minutes % 60:02d} min before infusion" in infused.text


def test_that_a_course_of_a_steroid_over_days_has_no_time_of_its_last_dose() -> None:
    moment = "2020-03-30T13:00:00+02:00"
    row = rows([infusion(moment), therapy("2020-03-25T08:00:00+01:00", "prednisone", stop="2020-03-27")])["prednisone"]
    assert (row.status, row.interval_hours) == ("caution", None)


@pytest.mark.parametrize(("begun", "counts"), [("07:59", True), ("08:00", False), ("08:01", False)])
def test_that_times_decide_on_the_day_itself_where_both_are_known(begun: str, counts: bool) -> None:
    treated = therapy(f"2020-06-01T{begun}:00+02:00", "cytarabine", stop=0)
    for milestone, kind in (("apheresis", apheresis), ("infusion", infusion)):
        assert ("cytarabine" in rows([kind("2020-06-01T08:00:00+02:00"), treated], milestone)) is counts


def test_that_a_plan_older_than_what_was_done_is_stale_and_one_made_since_counts() -> None:
    held = [plan("infusion", DAY0 + timedelta(5), -20), infusion(0), therapy(-40, "cytarabine", stop=-13)]
    assert (rows(held)["cytarabine"].date, rows(held)["cytarabine"].planned) == (DAY0, False)
    again = rows([*held, plan("infusion", DAY0 + timedelta(40), 10)])["cytarabine"]
    assert (again.date, again.planned, again.status) == (DAY0 + timedelta(40), True, "clear")


def test_that_an_apheresis_of_an_earlier_course_is_not_held_against_the_next_one() -> None:
    held = [
        apheresis(-40),
        infusion(0),
        relapse(100),
        therapy(101, "cytarabine", stop=110),
        entry("referral", 120, indication="second_or_later_relapse"),
    ]
    assert rows(held, "apheresis", 150) == {}
    assert rows([*held, infusion(160)], "apheresis") == {}
    assert rows([*held, infusion(160)])["cytarabine"].interval_days == 50
    assert rows(held[:4], "infusion", 115) == {}


def test_that_the_target_date_of_a_referral_stands_for_a_plan_and_a_plan_comes_first() -> None:
    referred = entry("referral", -60, indication="first_relapse", target_date="2020-06-01")
    held = [referred, therapy(-40, "cytarabine", stop=-13)]
    assert rows(held, when=-5)["cytarabine"].date == DAY0
    assert rows([*held, plan("infusion", DAY0 + timedelta(1), -50)], when=-5)["cytarabine"].status == "clear"


def test_that_contested_plans_leave_every_agent_before_that_milestone_unknown_and_are_named() -> None:
    contested = [
        {**plan("infusion", DAY0 + timedelta(day), -50), "supersedes": number_of(0), "reason": "moved"}
        for day in (1, 2)
    ]
    held = [plan("infusion", DAY0, -50), *contested, therapy(-40, "cytarabine", stop=-13), apheresis(-3)]
    row = rows(held, when=-1)["cytarabine"]
    assert (row.date, row.status, row.text.startswith("conflict: plan of")) == (None, "unknown", True)
    assert set(row.evidence) == {number_of(1), number_of(2), number_of(3)}
    assert rows(held, "apheresis", -1)["cytarabine"].status == "conflict"
    assert alerts_of(held, "WSH-1", -1) == []


def test_that_a_contested_agent_without_a_class_changes_nothing() -> None:
    first = therapy(-30, "levetiracetam", "supportive", stop=-20)
    contested = [{**first, "stop": on(day), "supersedes": number_of(1), "reason": "other day"} for day in (-12, -11)]
    held = [infusion(0), first, *contested, therapy(-40, "cytarabine", stop=-20)]
    assert set(rows(held)) == {"cytarabine"}
    assert earliest(held, "infusion").clear == DAY0 - timedelta(6)


def test_that_an_interval_assumed_for_an_agent_is_marked_as_policy_and_the_published_one_is_not() -> None:
    agents = {
        "pegaspargase": False, "asparaginase": True, "calaspargase_pegol": True, "clofarabine": False,
        "nelarabine": True, "fludarabine": True, "bendamustine": True, "cladribine": True,
    }  # fmt: skip
    found = rows([infusion(0), *(therapy(-90, agent, stop=-80) for agent in agents)])
    assert {agent: found[agent].policy for agent in agents} == agents
    assert all(("policy" in found[agent].text) is assumed for agent, assumed in agents.items())
    spinal = rows([infusion(0), *(therapy(-9, agent, route="it", stop=-9) for agent in ("methotrexate", "cytarabine"))])
    assert (spinal["methotrexate"].policy, spinal["cytarabine"].policy) == (False, True)


def test_that_a_drug_given_both_ways_has_a_row_for_each_and_a_missing_route_is_said() -> None:
    held = [infusion(0), therapy(-9, "methotrexate", route="it", stop=-9), therapy(-9, "methotrexate", stop=-9)]
    found = by_class(held, "infusion")
    assert {name: row.status for name, row in found.items()} == {
        "intrathecal": "clear",
        "anthracycline_or_antimetabolite": "conflict",
    }
    assert found["anthracycline_or_antimetabolite"].text.endswith("route not recorded, taken as systemic")
    assert "route" not in found["intrathecal"].text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("dexamethasone", "7 days"),
        ("cyclophosphamide", "21 days"),
        ("methotrexate", "21 days"),
        ("bortezomib", "21 days"),
        ("ciclosporin", "14 days"),
        ("alemtuzumab", "6 weeks"),
        ("rituximab", "7 days"),
        ("cladribine", "6 months"),
        ("vincristine", ""),
        ("venetoclax", ""),
    ],
)
def test_that_other_published_intervals_stand_beside_their_own_agents_alone(agent: str, words: str) -> None:
    row = rows([apheresis(0), therapy(-400, agent, stop=-300)], "apheresis")[agent]
    assert [words in text for text in row.differences] == ([True] if words else [])
    assert rows([infusion(0), therapy(-400, agent, stop=-300)])[agent].differences == ()


@pytest.mark.parametrize(
    ("last", "clear_from", "preferred_from"),
    [("2020-01-31", "2020-03-13", "2020-04-30"), ("2019-11-29", "2020-01-10", "2020-02-29")],
)
def test_that_the_dates_from_which_a_row_is_clear_and_preferred_are_told(
    last: str, clear_from: str, preferred_from: str
) -> None:
    row = rows([apheresis("2020-05-01"), therapy(last, "pembrolizumab", stop=last)], "apheresis")["pembrolizumab"]
    assert (str(row.clear_from), str(row.preferred_from)) == (clear_from, preferred_from)


def test_that_a_stop_after_the_milestone_is_given_through_it_and_dates_count_from_the_stop() -> None:
    row = rows([infusion(0), therapy(-9, "cytarabine", stop=3)])["cytarabine"]
    assert (row.last_day, row.interval_days, row.clear_from) == (DAY0, 0, DAY0 + timedelta(17))
    assert "given until 04-Jun-2020, through infusion 01-Jun-2020" in row.text


def test_that_a_centre_s_own_interval_decides_and_is_the_one_in_the_words() -> None:
    text = b'centre = "Here"\n[washout.classes.cytotoxic.apheresis]\nminimum_days = 21\n'
    knowledge = centre_knowledge(text, "centre.toml")
    found = assessed([apheresis(0), therapy(-30, "vincristine", stop=-20)], 10, knowledge=knowledge).washout
    assert [(row.status, row.source, row.policy) for row in found] == [("conflict", "centre", True)]
    assert "at least 21 d after cytotoxic chemotherapy" in found[0].text


def test_that_an_empty_chart_has_no_rows_and_no_dates() -> None:
    found = assessed([infusion(0)], 10)
    assert found.washout == ()
    assert found.washout_earliest is not None
    assert (found.washout_earliest.apheresis, found.washout_earliest.infusion) == (None, None)


def test_that_a_later_entry_is_not_seen_at_an_earlier_point_in_time() -> None:
    held = [plan("infusion", DAY0, -60), therapy(-40, "cytarabine", stop=-20), therapy(-10, "idarubicin", stop=-8)]
    assert set(rows(held, when=-11)) == {"cytarabine"}
    assert set(rows(held, when=-10)) == {"cytarabine", "idarubicin"}


@pytest.mark.parametrize(
    ("begun", "fields", "expected"),
    [
        (-30, {}, 1),
        (-30, {"stop": 1}, 1),
        (-30, {"stop": 0}, 0),
        (-30, {"stop_unknown": True}, 0),
        (1, {"stop_unknown": True}, 1),
    ],
)
def test_that_an_agent_carried_on_past_the_infusion_is_an_alert_during_aplasia(
    begun: int, fields: dict[str, Any], expected: int
) -> None:
    held = [infusion(0), subset(28, 0), therapy(begun, "dasatinib", **fields)]
    assert len(alerts_of(held, "WSH-2", 40)) == expected
    assert alerts_of([*held, relapse(39)], "WSH-2", 40) == []


AGENTS = ("dexamethasone", "vincristine", "cytarabine", "pegaspargase", "blinatumomab", "imatinib", "newdrugumab")
GRAVITY: Mapping[str, int] = {"conflict": 0, "unknown": 1, "caution": 2, "no_interval": 3, "clear": 4}
TREATMENTS = st.lists(
    st.tuples(st.sampled_from(AGENTS), st.integers(-90, -1), st.integers(0, 20) | st.none()), min_size=1, max_size=6
)


def treatments(drawn: list[tuple[str, int, int | None]]) -> list[Fields]:
    return [therapy(day, agent, stop=None if lasted is None else day + lasted) for agent, day, lasted in drawn]


@settings(max_examples=60, deadline=None)
@given(TREATMENTS, st.integers(0, 60), st.integers(1, 60))
def test_that_a_later_milestone_is_never_graver_and_the_earliest_date_has_no_conflict(
    drawn: list[tuple[str, int, int | None]], planned: int, later: int
) -> None:
    held = treatments(drawn)
    soon, late = (
        rows([plan("infusion", DAY0 + timedelta(day), -1), *held], when=0) for day in (planned, planned + later)
    )
    assert soon.keys() == late.keys()
    assert all(GRAVITY[late[agent].status] >= GRAVITY[soon[agent].status] for agent in soon)
    first = earliest(held, "infusion").clear
    if first is not None and first > DAY0:
        at_first = rows([plan("infusion", first, -1), *held], when=0)
        assert not [row for row in at_first.values() if row.status == "conflict"]


@settings(max_examples=40, deadline=None)
@given(TREATMENTS, st.randoms(use_true_random=False))
def test_that_the_order_of_entries_never_matters(drawn: list[tuple[str, int, int | None]], random: Any) -> None:
    entries = [infusion(0), apheresis(-50), *treatments(drawn)]
    held = [{"id": number_of(place), **one} for place, one in enumerate(entries)]
    shuffled = random.sample(held, len(held))
    assert assessed(held, 100).washout == assessed(shuffled, 100).washout
    assert assessed(held, 100).washout_earliest == assessed(shuffled, 100).washout_earliest

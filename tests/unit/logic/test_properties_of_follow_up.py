"""Properties of what is due, of the second opinion and of the outcome, over charts that crowd around every window."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.chart.assessment import Assessment, CriterionStatus
from bedside.logic.assess import assess
from tests.charts import DAY0, Fields, as_of, chart, entry, tables
from tests.unit.logic.generated import EDGES, charts

LAST = max(EDGES)
later_days = st.integers(LAST, LAST + 600)


def held(entries: list[Fields], when: int) -> Assessment:
    return assess(chart(entries), as_of(when), tables(), app_version="test")


@settings(max_examples=40)
@given(charts(), later_days, later_days)
def test_that_time_alone_never_turns_a_decided_criterion_into_one_not_due(
    entries: list[Fields], one: int, other: int
) -> None:
    early, late = (held(entries, when) for when in sorted((one, other)))
    decided = {c.id for c in early.risk.criteria if c.status is not CriterionStatus.NOT_DUE}
    waiting = {c.id for c in late.risk.criteria if c.status is CriterionStatus.NOT_DUE}
    assert not decided & waiting


@settings(max_examples=40)
@given(charts(), later_days, later_days)
def test_that_time_alone_never_undoes_what_was_done_nor_shortens_what_is_overdue(
    entries: list[Fields], one: int, other: int
) -> None:
    early, late = ({(d.what, d.due): d for d in held(entries, when).due} for when in sorted((one, other)))
    for key in early.keys() & late.keys():
        assert late[key].done_by == early[key].done_by
        assert late[key].overdue_days >= early[key].overdue_days


@settings(max_examples=40)
@given(charts(), st.sampled_from(EDGES))
def test_that_what_is_due_is_overdue_only_when_undone_and_past_its_window(entries: list[Fields], day: int) -> None:
    today = DAY0 + timedelta(days=day)
    for one in held(entries, day).due:
        assert one.window_first <= one.window_last
        if one.overdue_days:
            assert one.done_by is None
            assert one.window_last < today
            assert one.overdue_days == (today - one.due).days


@settings(max_examples=30)
@given(charts(), later_days, later_days)
def test_that_time_alone_changes_neither_factors_nor_verdict_nor_kinetics_nor_relapse(
    entries: list[Fields], one: int, other: int
) -> None:
    first, second = held(entries, one), held(entries, other)
    assert first.second_opinion == second.second_opinion
    assert first.kinetics == second.kinetics
    assert first.relapse == second.relapse
    assert first.outcome == second.outcome


@settings(max_examples=40)
@given(charts(), st.sampled_from(EDGES))
def test_that_every_factor_sign_and_due_item_names_its_source_and_what_is_known_its_evidence(
    entries: list[Fields], day: int
) -> None:
    found = held(entries, day)
    known = {one.id for one in chart(entries).entries}
    for factor in found.second_opinion.factors:
        assert factor.source
        assert (factor.status == "unknown") == factor.text.startswith(("not known: ", "conflict: "))
        assert factor.evidence or factor.status == "unknown"
        assert set(factor.evidence) <= known
    for sign in found.second_opinion.imminent:
        assert set(sign.evidence) <= known
        assert sign.evidence
    for one in found.due:
        assert one.source
        assert one.done_by is None or one.done_by in known
    for difference in found.differences:
        assert len(difference.sources) > 1
        assert difference.evidence
        assert set(difference.evidence) <= known


@settings(max_examples=40)
@given(charts(), st.sampled_from(EDGES))
def test_that_survival_lasts_longest_overall_and_shortest_free_of_hsct_and_mrd(entries: list[Fields], day: int) -> None:
    found = held(entries, day).outcome
    if found is None:
        return
    assert found.hsct_and_mrd_free.day <= found.efs.day <= found.os.day or not found.os.event
    assert found.efs_censored_at_hsct.day <= found.efs.day
    assert found.efs.event or not found.os.event
    assert found.hsct_and_mrd_free.event or not found.efs.event
    assert all(one.day >= 0 for one in (found.efs, found.os, found.hsct_and_mrd_free))


@settings(max_examples=30)
@given(charts(), st.sampled_from(EDGES))
def test_that_after_death_nothing_is_due(entries: list[Fields], day: int) -> None:
    assert held([*entries, entry("death", -43, cause="other")], day).due == ()

"""Tests of the leukaemia among the active problems: what shows it now, and what ends that."""

import pytest

from bedside.chart.formats import NO_BREAK_SPACE
from tests.charts import Fields, assessed, entry, infusion, marrow, relapse, therapy
from tests.unit.logic.test_conflicts import contest

RELAPSED = "relapse of 30-Aug-2020 (marrow), no remission recorded since"
COMBINED = "relapse of 30-Aug-2020 (marrow, CNS), no remission recorded since"


def shown(*entries: Fields, when: int = 200) -> tuple[str, ...]:
    held = assessed([infusion(0), *entries], when).relapse
    return tuple(one.replace(NO_BREAK_SPACE, " ") for one in held.active)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ([], (RELAPSED,)),
        ([entry("remission", 90, response="cr")], (RELAPSED,)),
        ([entry("remission", 91, response="cri")], ()),
        ([entry("remission", 91, response="no_response")], (RELAPSED, "no response as judged 31-Aug-2020")),
        ([marrow(90, 60)], (RELAPSED, "60 % blasts in the marrow of 30-Aug-2020")),
        ([marrow(91, 4.9)], ()),
        ([marrow(91, 5)], (RELAPSED, "5 % blasts in the marrow of 31-Aug-2020")),
        ([marrow(91, None)], (RELAPSED,)),
        ([therapy(91, "vincristine", stop=100, response="cr")], ()),
        ([therapy(91, "vincristine", stop=100, response="no_cr")], (RELAPSED,)),
        ([therapy(60, "vincristine", stop=100, response="cr")], (RELAPSED,)),
    ],
)
def test_that_a_relapse_is_there_until_remission_is_recorded(since: list[Fields], expected: tuple[str, ...]) -> None:
    assert shown(relapse(90), *since) == expected


def test_that_a_clean_marrow_ends_no_relapse_of_other_sites() -> None:
    assert shown(relapse(90, "marrow", "cns"), marrow(100, 0)) == (COMBINED,)
    assert shown(relapse(90, "marrow", "cns"), marrow(100, 0), entry("remission", 100, response="cr")) == ()


@pytest.mark.parametrize(
    ("csf", "expected"),
    [
        ([entry("csf", 20, wbc_per_ul=4, blasts=True)], ("CNS2 by the CSF of 21-Jun-2020",)),
        ([entry("csf", 20, wbc_per_ul=5, blasts=True)], ("CNS3 by the CSF of 21-Jun-2020",)),
        ([entry("csf", 20, wbc_per_ul=5, blasts=True), entry("csf", 27, wbc_per_ul=1, blasts=False)], ()),
    ],
)
def test_that_csf_shows_it_as_the_newest_says(csf: list[Fields], expected: tuple[str, ...]) -> None:
    assert shown(*csf) == expected


def test_that_marrow_shows_it_before_an_infusion_and_without_a_relapse_too() -> None:
    held = assessed([marrow(-20, 30)], -10).relapse
    assert held.active == (f"30{NO_BREAK_SPACE}% blasts in the marrow of 12-May-2020",)
    assert len(held.active_by) == 1


def test_that_nothing_of_it_is_said_while_nothing_shows_it_and_conflicts_are_named() -> None:
    assert shown() == ()
    assert shown(relapse(90), when=89) == ()
    (words,) = shown(*contest(relapse(90), sites=["cns"]))
    assert words.startswith("conflict: relapse of 30-Aug-2020 (marrow)")

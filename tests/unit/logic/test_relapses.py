"""Tests of what is one relapse: entries of four weeks, unless remission, HSCT or an infusion lies between."""

import pytest

from tests.charts import Fields, assessed, entry, hsct, infusion, number_of, relapse, therapy

DIAGNOSIS = entry("diagnosis", -900, disease="b_all", cd19="positive")
REMISSION = entry("remission", -70, response="cr")


def told(entries: list[Fields]) -> tuple[str, str]:
    """The status of tisagenlecleucel, and in what words."""
    held = assessed([DIAGNOSIS, *entries, infusion(0)], 0)
    return next((one.status.value, one.reasons[0]) for one in held.indication if one.product == "tisagenlecleucel")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([relapse(-80), relapse(-80, "cns")], "off_label"),
        ([relapse(-80), relapse(-76, "cns")], "off_label"),
        ([relapse(-80), relapse(-53)], "off_label"),
        ([relapse(-80), relapse(-52)], "off_label"),
        ([relapse(-80), relapse(-51)], "in_label"),
        ([relapse(-80), relapse(-66), relapse(-51)], "in_label"),
        ([relapse(-80), REMISSION, relapse(-60)], "in_label"),
        ([relapse(-80), hsct(-70), relapse(-60)], "in_label"),
        ([relapse(-400), relapse(-60)], "in_label"),
    ],
)
def test_that_entries_of_four_weeks_are_one_relapse_unless_something_ended_it(
    entries: list[Fields], expected: str
) -> None:
    assert told(entries)[0] == expected


def test_that_a_judgement_of_no_response_ends_no_relapse() -> None:
    again = [relapse(-80), {**REMISSION, "response": "no_response"}, relapse(-60)]
    assert "one relapse recorded" in told(again)[1]


def test_that_what_is_told_on_the_day_of_infusion_is_not_the_relapse_after_it() -> None:
    held = assessed([relapse(0), infusion(0), relapse(3, "cns")], 10)
    assert (held.closed_by, held.relapse.day, held.relapse.sites) == ("relapse", 3, ("cns",))
    assert held.headline == "Closed: CNS relapse, D+3"


def test_that_a_relapse_after_infusion_holds_all_its_sites_and_the_type_that_is_known() -> None:
    entries = [
        infusion(0),
        relapse(60, "marrow", immunophenotype="unknown"),
        relapse(64, "cns", immunophenotype="cd19_negative"),
    ]
    held = assessed(entries, 70)
    assert (held.relapse.day, held.relapse.type, held.relapse.sites) == (60, "cd19_negative", ("marrow", "cns"))
    assert held.headline == "Closed: combined (marrow, CNS) relapse, D+60"
    assert assessed(entries, 63).headline == "Closed: marrow relapse, D+60"


def test_that_therapy_between_two_entries_of_one_relapse_is_one_line() -> None:
    held = assessed(
        [
            therapy(-700, "vincristine", "frontline", stop=-690),
            relapse(-64),
            therapy(-63, "vincristine", stop=-60),
            relapse(-60, "cns"),
            therapy(-59, "cytarabine", stop=-55),
            infusion(0),
        ],
        1,
    )
    assert (
        next(one.text for one in held.second_opinion.factors if one.id == "prior_lines") == "at least 2 earlier lines"
    )


def test_that_a_cns_relapse_beside_one_in_the_marrow_is_not_isolated() -> None:
    def isolated(*entries: Fields) -> bool:
        return any(one.status == "isolated_cns_relapse" for one in assessed([*entries, infusion(0)], 1).situations)

    assert isolated(relapse(-60, "cns"))
    assert not isolated(relapse(-64), relapse(-60, "cns"))


def test_that_a_relapse_dated_before_the_diagnosis_is_not_called_early() -> None:
    late = entry("diagnosis", -10, disease="b_all", cd19="positive")
    held = assessed([late, relapse(-60), infusion(0)], 1)
    assert "not known: how early; dated before the diagnosis of 22-May-2020" in held.relapse.timing
    assert all(one.topic != "relapse_timing" for one in held.differences)


def test_that_the_entries_of_each_relapse_stand_together_before_and_after_the_infusion() -> None:
    held = assessed([relapse(-64), relapse(-60, "cns"), infusion(0), relapse(90), relapse(95, "cns")], 100).relapse
    assert held.together == ((number_of(0), number_of(1)), (number_of(3), number_of(4)))
    assert assessed([infusion(0)], 100).relapse.together == ()

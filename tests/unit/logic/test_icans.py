"""Tests of ICANS: each sign at its edge, by the score of the age, and what is missing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.entries import Neuro, parse_entry
from bedside.logic.toxicity.icans import propose_icans
from tests.charts import entry, number_of, tables
from tests.unit.logic.toxicity_charts import icans, ice, neuro


@pytest.mark.parametrize(("points", "expected"), [(10, 0), (9, 1), (7, 1), (6, 2), (3, 2), (2, 3), (1, 3), (0, 3)])
def test_that_ice_grades_by_its_bands(points: int, expected: int) -> None:
    found = icans([neuro(3, ice=ice(points))])
    assert found.max_grade == expected
    assert bool(found.by_entry[0].question) == (points == 0)


def test_that_a_normal_capd_beside_an_ice_asks_nothing_and_the_score_of_the_other_age_is_shown() -> None:
    child = icans([neuro(3, capd=0, ice=ice(8))], born="2012-01-01").by_entry[0]
    assert (child.grade, child.question) == (0, "")
    adult = icans([neuro(3, capd=20)]).by_entry[0]
    assert (adult.grade, adult.missing) == (None, ("ice",))
    assert "CAPD 20 shown, not graded" in adult.text
    assert "developmental delay" in adult.question
    assert icans([neuro(3, capd=20, developmental_delay=False)]).by_entry[0].question == ""


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ({"consciousness": "voice"}, 2),
        ({"consciousness": "tactile"}, 3),
        ({"consciousness": "unarousable"}, 4),
        ({"seizure": "brief"}, 3),
        ({"seizure": "prolonged"}, 4),
        ({"motor": "deep_focal_weakness"}, 4),
        ({"raised_icp": "focal_oedema"}, 3),
        ({"raised_icp": "diffuse_oedema"}, 4),
        ({"raised_icp": "posturing"}, 4),
        ({"raised_icp": "sixth_nerve_palsy"}, 4),
        ({"raised_icp": "papilloedema"}, 4),
        ({"raised_icp": "cushing_triad"}, 4),
        ({"seizure": "none", "motor": "none", "raised_icp": "none"}, 0),
    ],
)
def test_that_the_worst_domain_decides(signs: dict[str, Any], expected: int) -> None:
    assert icans([neuro(3, ice=ice(10), **signs)]).max_grade == expected
    assert icans([neuro(3, capd=0, **signs)], born="2012-01-01").max_grade == expected


@pytest.mark.parametrize(("points", "expected"), [(0, 0), (1, 1), (8, 1), (9, 3), (32, 3)])
def test_that_capd_grades_by_its_bands(points: int, expected: int) -> None:
    assert icans([neuro(3, capd=points)], born="2012-01-01").max_grade == expected


@pytest.mark.parametrize(("born", "with_ice"), [("2008-06-04", True), ("2008-06-05", False)])
def test_that_ice_grades_from_the_twelfth_birthday_on(born: str, with_ice: bool) -> None:
    found = icans([neuro(3, ice=ice(8), capd=20)], born=born)
    assert found.max_grade == (1 if with_ice else 3)
    assert ("ICE 8 shown, not graded" in found.by_entry[0].text) is not with_ice


def test_that_developmental_delay_takes_capd_whatever_the_age() -> None:
    assert icans([neuro(3, ice=ice(2), capd=4, developmental_delay=True)]).max_grade == 1


def test_that_without_the_score_of_the_age_normal_signs_are_not_assessed() -> None:
    for born, missing in (("2000-01-01", "ice"), ("2012-01-01", "capd")):
        found = icans([neuro(3, seizure="none", motor="none")], born=born)
        assert found.max_grade is None
        assert found.by_entry[0].missing == (missing,)
    abnormal = icans([neuro(3, consciousness="voice")]).by_entry[0]
    assert (abnormal.grade, abnormal.at_least) == (2, True)
    for signs, grade in (({"consciousness": "tactile"}, 3), ({"seizure": "brief"}, 3), ({"seizure": "prolonged"}, 4)):
        certain = icans([neuro(3, **signs)]).by_entry[0]  # no score could raise it
        assert (certain.grade, certain.at_least, certain.missing) == (grade, False, ("ice",))


def test_that_another_cause_is_grade_0_and_death_of_icans_grade_5() -> None:
    assert icans([neuro(3, ice=ice(2), cause="other")]).max_grade == 0
    assert icans([neuro(3, ice=ice(2)), entry("death", 5, cause="icans")]).max_grade == 5


@pytest.mark.parametrize(("day", "expected"), [(-8, None), (-7, "ICE 9"), (0, "ICE 9"), (1, None)])
def test_that_the_score_before_infusion_stands_beside(day: int, expected: str | None) -> None:
    found = icans([neuro(day, ice=ice(9))]).baseline
    assert (found or "").startswith(expected or "")
    assert (found is None) == (expected is None)


@pytest.mark.parametrize(
    ("signs", "asks"),
    [
        ({}, True),
        ({"seizure": "brief"}, True),
        ({"seizure": "prolonged"}, False),
        ({"consciousness": "voice"}, False),
        ({"consciousness": "tactile"}, False),
        ({"consciousness": "unarousable"}, False),
    ],
)
def test_that_ice_0_asks_for_rousing_only_where_nothing_recorded_answers_it(signs: dict[str, Any], asks: bool) -> None:
    assert bool(icans([neuro(3, ice=ice(0), **signs)]).by_entry[0].question) == asks


@pytest.mark.parametrize(("consciousness", "asks"), [("voice", True), ("tactile", False)])
def test_that_developmental_delay_is_asked_for_only_where_capd_could_raise_the_grade(
    consciousness: str, asks: bool
) -> None:
    assert bool(icans([neuro(3, capd=20, consciousness=consciousness)]).by_entry[0].question) == asks


CONSCIOUSNESS = ("awake", "voice", "tactile", "unarousable")


@given(st.integers(0, 10), st.integers(0, 32), st.integers(0, 3), st.booleans())
def test_that_a_worse_sign_never_lowers_the_grade_of_icans(points: int, capd: int, awake: int, child: bool) -> None:
    def graded(points: int, capd: int, awake: int, seizure: str) -> int:
        fields = neuro(3, ice=ice(points), capd=capd, consciousness=CONSCIOUSNESS[awake], seizure=seizure)
        signs = parse_entry({"id": number_of(1), **fields})
        assert isinstance(signs, Neuro)
        found = propose_icans(signs, tables().toxicity, years=6 if child else 16).grade
        assert found is not None
        return found

    held = graded(points, capd, awake, "none")
    assert graded(max(points - 1, 0), capd, awake, "none") >= held
    assert graded(points, min(capd + 1, 32), awake, "none") >= held
    assert graded(points, capd, min(awake + 1, 3), "none") >= held
    assert graded(points, capd, awake, "brief") >= held

"""Tests of a physician's own grade beside the proposed one (TOX-6): both stay, and a correction asks for it again."""

from tests.charts import entry, number_of
from tests.unit.logic.toxicity_charts import crs, vitals


def test_that_an_override_counts_and_the_proposal_stays_beside_it() -> None:
    of = number_of(1)
    override = entry("grade_override", 4, of=of, scale="crs", grade=0, reason="line infection")
    (found,) = crs([vitals(3, 39.0, oxygen="mask"), override]).by_entry
    assert (found.grade, found.proposed, found.override, found.override_reason) == (
        0,
        3,
        0,
        "line infection",
    )
    assert crs([vitals(3, 39.0, oxygen="mask"), override]).max_grade == 0
    assert crs([vitals(3, 39.0, oxygen="mask"), override], 3).max_grade == 3


def test_that_a_correction_asks_whether_the_override_of_what_it_corrects_still_holds() -> None:
    held = vitals(2, 39.0, hypotension=False, oxygen="none")
    override = entry("grade_override", 2, scale="crs", grade=3, of=number_of(1), reason="seen by the physician")
    corrected = {**held, "temp_c": 39.1, "supersedes": number_of(1), "reason": "typing error"}
    (graded,) = crs([held, override, corrected]).by_entry
    assert (graded.grade, graded.override) == (1, None)
    assert "overridden to grade 3 (seen by the physician): does that still hold?" in graded.question

"""Tests that the summary shows the checklist of IEC-HS as values beside questions, and judges none of them."""

from bedside.knowledge.tables import Knowledge
from tests.charts import chart, entry, infusion
from tests.unit.report.printed import assessed, whole


def test_that_a_value_stands_under_the_sign_it_is_asked_for_and_is_said_not_to_be_judged(knowledge: Knowledge) -> None:
    counted = entry("blood_count", 20, plt=170, anc=2.2)
    text = whole(assessed(chart([infusion(0), counted]), knowledge))
    told = text.split("IEC-HS, checklist ")[1]
    assert told.startswith(
        "Newest values for the checklist, none of them judged: Cytopenia new, worsening or refractory?"
    )
    assert "Platelets 170 ×10⁹/L (21-Jun-2020); ANC 2.2 ×10⁹/L (21-Jun-2020); Hb not known since infusion." in told
    assert "Signs without a value since the infusion: 13. Consider IEC-HS" in told


def test_that_without_any_value_the_checklist_judges_and_lists_nothing(knowledge: Knowledge) -> None:
    told = whole(assessed(chart([infusion(0)]), knowledge)).split("IEC-HS, checklist ")[1]
    assert told.startswith("Signs without a value since the infusion: 14. Consider IEC-HS")

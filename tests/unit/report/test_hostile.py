"""Tests that markup stays text in every field that a person can fill, and that no text breaks the layout."""

import re
from typing import Any

import pytest

from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.summary import Layout
from tests.unit.report.assessed import chart_of
from tests.unit.report.printed import printed, whole

MARKUP = '<b>{}</b> &amp; </para> <a href="x"> %s'
OF = "00000000-0000-4000-8000-000000000001"
LONG = "word " * 800
INFUSION = {"kind": "infusion", "at": "2020-06-01", "product": "other", "product_name": "?"}


def hostile(text: str) -> list[dict[str, Any]]:
    """An entry of every kind that holds free text, filled with this text."""
    return [
        {"kind": "diagnosis", "at": "2016-05-09", "disease": "b_all", "cd19": "positive", "note": text},
        {"kind": "genetics", "at": "2016-05-09", "marker": "other", "detail": text, "result": "present"},
        {"kind": "referral", "at": "2020-03-25", "indication": "first_relapse", "referring_centre": text},
        {"kind": "allergy", "at": "2020-03-25", "known": True, "substance": text},
        {"kind": "comorbidity", "at": "2020-03-25", "condition": "other", "detail": text, "active": True},
        {"kind": "product_release", "at": "2020-05-25", "product": "tisagenlecleucel", "batch": text,
         "out_of_specification": False},
        {**INFUSION, "product_name": text},
        {"kind": "infection", "at": "2020-06-03", "organism": text, "site": text, "controlled": False},
        {"kind": "gvhd", "at": "2020-06-03", "form": "acute", "grade": 1, "organs": text, "active": True},
        {"kind": "donor_search", "at": "2020-06-04", "status": "searching", "match": text},
        {"kind": "grade_override", "at": "2020-06-05", "scale": "crs", "grade": 1, "of": OF, "reason": text},
        {"kind": "malignancy", "at": "2020-06-05", "second_malignancy": text},
        {"kind": "decision", "at": "2020-06-06", "choice": "watch_and_wait", "rationale": text},
        {"kind": "hsct", "at": "2020-07-06", "donor": "sibling", "conditioning": text},
        {"kind": "note", "at": "2020-07-07", "text": text},
    ]  # fmt: skip


@pytest.mark.parametrize("layout", [Layout(), Layout("Letter", appendix=True)])
def test_that_markup_in_every_text_field_is_printed_as_the_text_it_is(layout: Layout, knowledge: Knowledge) -> None:
    chart = chart_of(*hostile(MARKUP), family_name=MARKUP, given_name=MARKUP)
    assessment = assess(chart, AsOf.parse("2020-07-31"), knowledge, app_version="0.1.0")
    text = whole(printed(chart, assessment, layout=layout)).replace(" ", "")
    shown = MARKUP.replace(" ", "")
    assert text.count(shown) >= 9
    assert shown.upper() in text


@pytest.mark.parametrize("infused", [True, False])
def test_that_texts_of_thousands_of_letters_in_every_field_still_print(infused: bool, knowledge: Knowledge) -> None:
    text = LONG.strip()
    entries = [one for one in hostile(text) if infused or one["at"] < "2020-05-01"]
    chart = chart_of(*entries)
    assessment = assess(chart, AsOf.parse("2020-07-31"), knowledge, app_version="0.1.0")
    found = whole(printed(chart, assessment))
    assert re.search(r"whole text \d+, at the end", found)
    assert "Text 1." in found

"""Tests that any text prints: every character a glyph or a visible code, and markup shown as text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.chart.moments import AsOf
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.frame import FOOT_SIZE, runs_width, wrapped
from bedside.report.lettering import Lettering, faces
from bedside.report.styles import FALLBACK, REGULAR
from tests.unit.report.assessed import chart_of, undecided
from tests.unit.report.printed import assessed, pages, plain, printed, whole

AS_OF = "2020-07-31"
SIGNS = "µ ≥ ≤ ⁺ ⁻ ⁹ ⁴ × − → α Ω Ж ж ё ß Ç"


@pytest.mark.parametrize("face", sorted(faces()))
def test_that_every_face_holds_what_the_ward_writes(face: str) -> None:
    assert set(SIGNS) - {" "} <= faces()[face]


def test_that_every_character_of_a_run_is_in_its_face() -> None:
    for face, part in Lettering().runs("Ω 3 ◌ Ж and \U0001f600 日本 ≥ 5"):
        assert set(part) <= faces()[face]


def test_that_the_fallback_is_used_only_for_what_the_face_lacks() -> None:
    assert Lettering().runs("a◌b") == [(REGULAR, "a"), (FALLBACK, "◌"), (REGULAR, "b")]


def test_that_a_character_of_no_face_prints_as_its_code_and_is_remembered() -> None:
    letters = Lettering()
    assert letters.plain("A日B") == "A«U+65E5»B"
    assert letters.missing == {"日"}


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_that_no_text_loses_a_character_without_a_trace(text: str) -> None:
    letters = Lettering()
    shown = "".join(part for _, part in letters.runs(text))
    assert all(character in faces()[face] for face, part in letters.runs(text) for character in part)
    assert all(f"«U+{ord(character):04X}»" in shown for character in letters.missing)


def test_that_greek_cyrillic_and_signs_come_out_of_the_pdf_as_they_went_in(knowledge: Knowledge) -> None:
    chart = chart_of(
        {"kind": "allergy", "at": "2020-06-01", "known": True, "substance": SIGNS},
        family_name="Жукова", given_name="Synthetic Ωμέγα",
    )  # fmt: skip
    first = pages(printed(chart, undecided(chart, knowledge, AS_OF)))[0]
    assert "ЖУКОВА, Synthetic Ωμέγα" in first
    assert f"Known allergies: {SIGNS}." in first


def test_that_a_character_without_a_glyph_is_named_in_the_colophon(knowledge: Knowledge) -> None:
    chart = chart_of(given_name="Synthetic 日")
    found = pages(printed(chart, undecided(chart, knowledge, AS_OF)))
    assert "«U+65E5»" in found[0]
    assert "Not in any font: U+65E5" in found[-1]


MARKUP = "<b>bold</b> &amp; <font size=40>x</font> </para> <img src='x'/> <a href='x'>y</a>"


def test_that_markup_in_any_text_field_is_shown_as_text(knowledge: Knowledge) -> None:
    chart = chart_of(
        {"kind": "infection", "at": "2020-06-01", "organism": MARKUP, "controlled": True, "note": MARKUP},
        {"kind": "genetics", "at": "2020-06-01", "marker": "other", "result": "present", "detail": MARKUP},
        {"kind": "allergy", "at": "2020-06-01", "known": True, "substance": MARKUP},
        {"kind": "donor_search", "at": "2020-06-01", "status": "searching", "match": MARKUP},
        {"kind": "decision", "at": "2020-06-01", "choice": "other", "rationale": MARKUP, "signed_by": MARKUP},
        {"kind": "therapy", "at": "2020-06-01", "agent": "vincristine", "intent": "salvage", "dose": 1,
         "dose_unit": MARKUP},
        {"kind": "hsct", "at": "2020-06-01", "donor": "cord", "conditioning": MARKUP},
        {"kind": "apheresis", "at": "2020-06-01", "complication": MARKUP},
        mrn=MARKUP, family_name=MARKUP, given_name=MARKUP,
    )  # fmt: skip
    text = whole(printed(chart, assess(chart, AsOf.parse(AS_OF), knowledge, app_version="0.1.0")))
    assert text.count("&amp; <font size=40>x</font>") >= 9
    assert plain(MARKUP) in text


def test_that_a_very_long_text_stands_whole_at_the_end(knowledge: Knowledge) -> None:
    rationale = " ".join(f"word{number}" for number in range(600))
    chart = chart_of({"kind": "decision", "at": "2020-06-01", "choice": "other", "rationale": rationale[:4000]})
    found = pages(printed(chart, undecided(chart, knowledge, AS_OF)))
    assert "(whole text 1, at the end)" in found[0]
    assert all(word in " ".join(found[1:]) for word in rationale[:3900].split()[:-1])


@pytest.mark.parametrize("length", [80, 400])
def test_that_names_of_any_length_print_whole(length: int, knowledge: Knowledge) -> None:
    name = ("Testberg-Holunder " * 300)[:length].strip()
    chart = chart_of(family_name=name, mrn="N" * length)
    text = re.sub(r"\s", "", whole(printed(chart, undecided(chart, knowledge, AS_OF))))
    assert re.sub(r"\s", "", name.upper()) in text


@pytest.mark.parametrize("length", [70, 110, 180])
def test_that_the_foot_of_every_page_holds_the_whole_of_a_long_name(length: int, knowledge: Knowledge) -> None:
    name = ("Testberg-Holunder von Wiesengrund " * 300)[:length].strip()
    found = pages(assessed(chart_of(given_name=name, mrn="N-1234567890"), knowledge))
    foot = f"QUINCE, {name} born 02-Mar-2010 · No. N-1234567890"
    assert [foot in text or foot.replace(" born", " · born") in text for text in found] == [True] * len(found)


def test_that_no_foot_of_a_long_name_leaves_the_page() -> None:
    lines = wrapped(Lettering(), "Testberg " * 400, 500)
    assert len(lines) == 2
    assert [runs_width(line, FOOT_SIZE) <= 500 for line in lines] == [True, True]
    assert lines[-1][-1][1] == "…"


def test_that_a_name_longer_than_a_page_still_prints_from_its_first_to_its_last_letter(knowledge: Knowledge) -> None:
    chart = chart_of(family_name=f"First {'Testberg ' * 430} Last")
    text = whole(printed(chart, undecided(chart, knowledge, AS_OF)))
    assert text.count("TESTBERG") >= 430
    assert "TESTBERG LAST, Synthetic" in text


def test_that_a_number_in_another_script_prints(knowledge: Knowledge) -> None:
    chart = chart_of(mrn="مرضى 12 א", family_name="عربي עברי")
    assert pages(printed(chart, undecided(chart, knowledge, AS_OF)))


def test_that_a_long_text_of_missing_characters_and_a_long_signature_find_room(knowledge: Knowledge) -> None:
    signed = {"kind": "decision", "at": "2020-07-03", "choice": "other", "rationale": "x", "signed_by": "W" * 4000}
    release = {"kind": "infusion", "at": "2020-06-01", "product": "other", "product_name": "漢字" * 100}
    chart = chart_of(release, signed)
    assert "W" * 60 in plain(whole(printed(chart, assess(chart, AsOf.parse(AS_OF), knowledge, app_version="0"))))

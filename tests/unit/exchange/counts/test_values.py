"""Tests of numbers and units: read exactly, converted by a stated factor, asked about, or refused."""

import pytest

from bedside.exchange.counts.found import Measurement
from bedside.exchange.counts.mapping import CountsMapping
from bedside.knowledge.codes import load_codes
from tests.unit.exchange.counts.tables import cell, found


@pytest.mark.parametrize(
    ("text", "value", "sign"),
    [("92", 92, ""), ("92.5", 92.5, ""), ("92,5", 92.5, ""), ("<0.07", 0.07, "<"), ("> 1000", 1000, ">"), ("0", 0, "")],
)
def test_that_a_number_is_read_with_its_sign(text: str, value: float, sign: str) -> None:
    assert cell(text).measured == (Measurement("hb", value, sign),)


@pytest.mark.parametrize(
    "text",
    ["1.250,5", "1 250", "1'250", "1,250.5", "9,5.1", "12e3", "NaN", "inf", "-1", "+5", "5.", ".5", "~5", "n.d.", "<",
     "1e400", "9" * 13, "٣", "5 g/L", "=1+1", '=HYPERLINK("x")', "@SUM(1)", "-2+3", "+cmd|' /C calc'!A0", "x" * 5000],
)  # fmt: skip
def test_that_what_is_no_plain_number_refuses_the_line_and_is_never_repaired(text: str) -> None:
    sample = cell(f'"{text.replace(chr(34), chr(34) * 2)}"')
    assert sample.measured == ()
    (why,) = sample.refused
    assert why.startswith("Hb: ")
    assert len(why) < 200


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "-5", "+5"])
def test_that_a_formula_is_called_one(text: str) -> None:
    assert "formula" in cell(text).refused[0]


@pytest.mark.parametrize("text", ["1.250", "1,250", "12.345", "999,999"])
def test_that_what_may_be_a_thousand_separator_is_asked_about(text: str) -> None:
    (question,) = found(f"date;PLT (G/l)\n2026-05-05;{text}\n").questions
    assert (question.key, [choice.value for choice in question.choices]) == ("decimal", [",", "."])
    assert text in question.text


@pytest.mark.parametrize("text", ["0.250", "0,125", "1234.567", "1.25", "1.2500"])
def test_that_what_cannot_be_a_thousand_separator_is_not_asked_about(text: str) -> None:
    assert found(f"date;PLT (G/l)\n2026-05-05;{text}\n").questions == ()


def test_that_both_signs_in_one_file_are_asked_about_whatever_comes_first() -> None:
    for first, second in (("7,5", "8.5"), ("8.5", "7,5")):
        read = found(f"date;WBC (G/l)\n2026-05-05;{first}\n2026-05-06;{second}\n")
        assert [one.key for one in read.questions] == ["decimal"]
        assert read.samples[1].asked


def test_that_the_other_sign_is_refused_once_the_decimal_sign_is_told() -> None:
    mapping = CountsMapping(decimal=",")
    assert cell("1,250", mapping=mapping).measured == (Measurement("hb", 1.25),)
    assert "decimal sign ','" in cell("1.250", mapping=mapping).refused[0]


@pytest.mark.parametrize(
    ("head", "text", "value"),
    [
        ("Hb (g/dL)", "9.2", 92.0),
        ("Hb [g/dl]", "9,2", 92.0),
        ("Hämoglobin (mmol/l)", "5", 80.57),
        ("Leukozyten (G/l)", "2.1", 2.1),
        ("WBC (/µl)", "2100", 2.1),
        ("CRP mg/dl", "0.5", 5.0),
        ("Kreatinin (mg/dl)", "1", 88.4),
        ("Thrombozyten (Tsd./µl)", "61", 61.0),
        ("CD19 (Zellen/µl)", "3", 3.0),
        ("IgG (mg/dl)", "700", 7.0),
    ],
)
def test_that_a_value_in_another_unit_is_converted_by_the_factor_in_the_table(
    head: str, text: str, value: float
) -> None:
    (one,) = cell(text, head=head).measured
    assert one.value == value
    factor = load_codes().factors
    assert any(abs(float(text.replace(",", ".")) * known - value) < 1e-9 for known in factor.values())


def test_that_a_converted_value_says_how() -> None:
    (one,) = cell("9,2", head="Hb (g/dL)").measured
    assert one.told == "9,2 g/dL × 10"
    assert cell("92").measured[0].told == ""


def test_that_grams_are_not_giga() -> None:
    """ "g/l" is grams and "G/l" 10⁹: a count in grams has no factor."""
    assert "no factor is stated" in cell("5", head="WBC (g/l)").refused[0]
    assert "no factor is stated" in cell("92", head="Hb (G/l)").refused[0]


@pytest.mark.parametrize(("head", "words"), [("Hb", "states no unit"), ("Hb (pints)", '"pints" of Hb is not known')])
def test_that_a_missing_or_unknown_unit_is_asked_about_with_the_units_that_have_a_factor(head: str, words: str) -> None:
    read = found(f"date;{head}\n2026-05-05;9.2\n")
    (question,) = read.questions
    assert words in question.text
    assert question.key == f"unit:hb:{head}"
    assert [choice.value for choice in question.choices] == list(load_codes().units_of("hb"))
    assert read.samples[0].asked
    assert read.samples[0].measured == ()
    answered = found(f"date;{head}\n2026-05-05;9.2\n", CountsMapping().answered(question.key, "g/dL"))
    assert answered.questions == ()
    assert answered.samples[0].measured[0].value == 92


def test_that_percent_of_a_count_is_another_quantity_and_not_used() -> None:
    read = found("date;Neutrophils (%);Neutrophils (G/l)\n2026-05-05;45;1.2\n")
    assert read.questions == ()
    assert [one.use for one in read.columns] == ["date", "", "anc"]
    assert read.samples[0].measured == (Measurement("anc", 1.2),)


def test_that_blank_absent_and_not_done_are_three_things() -> None:
    mapping = CountsMapping(absent=("-",), not_done=("n.d.",))
    text = "date;Hb (g/L);WBC (G/l);PLT (G/l)\n2026-05-05;n.d.;-;\n2026-05-06;;-;\n"
    first, second = found(text, mapping).samples
    assert (first.not_done, first.measured, first.refused) == (("hb",), (), ())
    assert (second.not_done, second.unused) == ((), ("the row holds no value",))

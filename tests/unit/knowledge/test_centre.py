"""Tests of a centre's own file: what it may replace, how it is refused, and that its values decide and are named."""

import pytest

from bedside.chart.errors import UserError
from bedside.knowledge.listing import TABLES, lines_of
from bedside.knowledge.loader import centre_knowledge, load_knowledge
from tests.charts import assessed, infusion, marrow, mrd, status

LATER_DAY_28 = b'centre = "Testberg"\n[thresholds.day28_last]\nvalue = 45\nreason = "marrows in week six"\n'


def refusal(text: str) -> str:
    with pytest.raises(UserError) as caught:
        centre_knowledge(f'centre = "Testberg"\n{text}'.encode(), "centre.toml")
    return caught.value.what_happened


def test_that_a_replaced_number_decides_and_is_named_with_the_program_s_own() -> None:
    knowledge = centre_knowledge(LATER_DAY_28, "centre.toml")
    late = [infusion(0), marrow(44, 1, mrd("pcr", "negative"))]
    assert status(late, "L6", 50) == "unknown"
    assert status(late, "L6", 50, knowledge=knowledge) == "met"
    assert knowledge.centre is not None
    assert knowledge.centre.name == "Testberg"
    (value,) = knowledge.centre.values
    assert (value.key, value.value, value.default, value.reason) == (
        "thresholds.day28_last.value", 45, 42, "marrows in week six",
    )  # fmt: skip
    assert knowledge.thresholds.day28_last.source == "centre"
    assert knowledge.thresholds.day28_last.policy
    assert knowledge.sha256 != load_knowledge().sha256


def test_that_a_dose_of_a_regimen_makes_the_regimen_the_centre_s_and_leaves_the_others() -> None:
    text = b'centre = "T"\n[lymphodepletion.regimens.wang_2023.drugs.fludarabine]\ndose = 30\n'
    regimens = centre_knowledge(text, "centre.toml").lymphodepletion.regimens
    assert (regimens["wang_2023"].source, regimens["wang_2023"].policy) == ("centre", True)
    assert (regimens["tisagenlecleucel"].source, regimens["tisagenlecleucel"].policy) == ("labels", False)


def test_that_the_assessment_carries_the_centre_s_values_and_none_without_a_file() -> None:
    knowledge = centre_knowledge(LATER_DAY_28, "centre.toml")
    assert b'"centre":{"name":"Testberg"' in assessed([], 0, knowledge=knowledge).json_bytes()
    assert b'"centre":null' in assessed([], 0).json_bytes()


def test_that_another_published_definition_of_recovery_can_be_chosen() -> None:
    knowledge = centre_knowledge(b'centre = "T"\n[bca]\nchosen = "cincinnati"\n', "centre.toml")
    assert knowledge.recovery.name == "cincinnati"


def test_that_a_value_equal_to_the_program_s_is_not_the_centre_s() -> None:
    knowledge = centre_knowledge(b'centre = "T"\n[thresholds.day28_last]\nvalue = 42\n', "centre.toml")
    assert knowledge.centre is not None
    assert knowledge.centre.values == ()
    own = load_knowledge().thresholds.day28_last
    held = knowledge.thresholds.day28_last
    assert (held.value, held.source, held.policy) == (own.value, own.source, own.policy)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[thresholds.day28_last]\nvalue = 420.5",
            "thresholds.day28_last.value = 420.5: allowed is a number from 0 to",
        ),
        ("[thresholds.day28_last]\nvalue = 421", "allowed is a number from 0 to 420"),
        ("[thresholds.day28_last]\nvalue = -1", "thresholds.day28_last.value = -1: allowed is a number from 0 to 420"),
        ("[thresholds.day28_last]\nvalue = 45.5", "allowed is a whole number"),
        ("[thresholds.day28_last]\nvalue = true", "thresholds.day28_last.value = true: allowed is a number"),
        ("[thresholds.day28_last]\nvalue.a = 1", "thresholds.day28_last.value = a table: allowed is a number"),
        ("[thresholds.day28_last]\nvalue = [1]", "thresholds.day28_last.value = a list: allowed is a number"),
        ("[thresholds.day28_last]\nvalue = 2020-01-01", "value = 2020-01-01: allowed is a number"),
        (f"[thresholds.day28_last]\nvalue = {'9' * 1000}", f"value = {'9' * 60}…: allowed is a number from 0 to"),
        ("[thresholds.day28_last]\nvalue = inf", "value = inf: allowed is a number from 0 to"),
        ("[thresholds.day28_last]\nvalue = nan", "allowed is a number from 0"),
        ('[thresholds.day28_last]\nvalue = "45"', "allowed is a number"),
        ('[thresholds.day28_last]\nsource = "wang_2023"', "allowed is nothing"),
        ("[thresholds.day28_last]\nvalue = 27", "day28_first ≤ day28_target ≤ day28_last"),
        ("[thresholds.day28_lst]\nvalue = 45", "names nothing in the tables: perhaps day28_last is meant"),
        ("[nothing]\nvalue = 45", "nothing names nothing in the tables"),
        ("[thresholds]\nday28_last = 45", "thresholds.day28_last = 45: allowed is a table with value"),
        ('[bca]\nchosen = "ours"', 'bca.chosen = "ours": allowed is one of default'),
        ("[bca.definitions.default]\ncd19_per_ul = 20", "choose another definition with bca.chosen"),
        ("[thresholds.day28_last]\nvalue = 45\nreason = 3", "thresholds.day28_last.reason = 3: allowed is a text"),
        ("[ranges.wbc]\nhard_high = 10", "soft limits lie outside the hard limits"),
        ("[[[", "centre.toml is not TOML"),
        ("a = " + "[" * 1000, "centre.toml is nested too deeply."),
        ("a = " + "[" * 100_000, "centre.toml holds a line of more than 2000 signs (line 2)."),
    ],
)
def test_that_a_value_that_cannot_stand_is_refused_with_its_file_key_value_and_what_is_allowed(
    text: str, said: str
) -> None:
    refused = refusal(text)
    assert said in refused
    assert refused.startswith("centre.toml")


@pytest.mark.parametrize("text", [b"", b"centre = 3", b'centre = " "', b"\xff"])
def test_that_a_file_without_the_name_of_its_centre_is_refused(text: bytes) -> None:
    with pytest.raises(UserError, match=r"^centre\.toml"):
        centre_knowledge(text, "centre.toml")


def test_that_a_missing_name_is_said_in_words() -> None:
    with pytest.raises(UserError, match=r"^centre\.toml, centre is missing: allowed is the name of the centre"):
        centre_knowledge(b"", "centre.toml")


def test_that_every_value_of_every_table_is_listed_with_a_source_that_exists() -> None:
    knowledge = load_knowledge()
    for table in TABLES:
        lines = list(lines_of(knowledge, table))
        assert lines, table
        assert all(line.key and line.text for line in lines), table
        assert {line.source.source for line in lines} <= set(knowledge.references)
    assert any(line.key == "day28_last" and line.text.startswith("42 days after day 0") for line in
               lines_of(knowledge, "thresholds"))  # fmt: skip

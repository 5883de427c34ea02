"""Tests of the numbers in the texts of the tables: they are those of the tables, a centre's where it has its own."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from bedside.chart.errors import BedsideError
from bedside.chart.formats import number_text
from bedside.knowledge.listing import TABLES, lines_of
from bedside.knowledge.loader import centre_knowledge
from bedside.knowledge.texts import with_numbers
from bedside.resources import resource
from tests.charts import assessed, subset

_SCALES = (1, 1e6, 1e8)
# A published band and the name of a window stay as they are; a centre's own number is added to the others.
_AS_PUBLISHED = (
    "published band",
    "the paper's example",
    "day-28 result",
    "the last dose on day −2",
    "a tenth either way",
)


def tables_of(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A table and every table in it."""
    yield table
    for part in table.values():
        if isinstance(part, dict):
            yield from tables_of(part)


def filled(text: str, **fields: float) -> str:
    tables: dict[str, Any] = {
        "thresholds": {"cut_off": {"value": 1e-4}},
        "one": {"numbers": {"most": {"value": 12}}, "item": {**fields, "text": text}},
    }
    return str(with_numbers(tables)["one"]["item"]["text"])


@pytest.mark.parametrize(
    ("text", "fields", "said"),
    [
        ("from {low} on", {"low": 0.5}, "from 0.5 on"),
        ("{low:×10⁶.0} to {high:×10⁸} and {high:×10⁸.0}", {"low": 2e6, "high": 3e8}, "2.0 to 3 and 3.0"),
        ("{low:×10⁶.0}", {"low": 5250000}, "5.25"),
        ("{low:months}, {low:years}, {low:days}", {"low": 1}, "1 month, 1 year, 1 day"),
        ("{low:weeks}, {high:weeks}", {"low": 28, "high": 25}, "4 weeks, 25 days"),
        ("{most} of the file, {cut_off:fraction} of the thresholds", {}, "12 of the file, 10⁻⁴ of the thresholds"),
    ],
)
def test_that_a_text_tells_the_number_beside_it_of_its_file_or_of_the_thresholds(
    text: str, fields: dict[str, float], said: str
) -> None:
    assert filled(text, **fields) == said


@pytest.mark.parametrize("text", ["from {none} on", "{most:miles}"])
def test_that_a_text_that_asks_for_what_there_is_not_is_refused_with_its_file(text: str) -> None:
    with pytest.raises(BedsideError, match=r"^knowledge/one\.toml"):
        filled(text)


@pytest.mark.parametrize("name", TABLES)
def test_that_no_text_repeats_a_number_that_stands_beside_it(name: str) -> None:
    raw = tomllib.loads(resource(f"knowledge/{name}.toml").read_text(encoding="utf-8"))
    for table in tables_of(raw):
        text = str(table.get("text", ""))
        if any(words in text for words in _AS_PUBLISHED):
            continue
        numbers = re.findall(r"\d+(?:\.\d+)?", re.sub(r"\{[^}]*\}|×10", "", text))
        beside = [value for value in table.values() if isinstance(value, int | float) and not isinstance(value, bool)]
        repeated = {number_text(value / scale) for value in beside for scale in _SCALES} & {
            number_text(float(number)) for number in numbers
        }
        assert not repeated, text


@pytest.mark.parametrize(
    ("key", "value", "table", "line", "said"),
    [
        ("apheresis.profiles.feuchtinger_2024.cd3_above_per_ul", 190, "apheresis", "profiles.feuchtinger_2024",
         "CD3 above 190 to 200/µL"),
        ("apheresis.numbers.hsct_caution_days.value", 90, "apheresis", "numbers.hsct_caution_days",
         "at least 90 to 120 days"),
        ("infusion.doses.tisagenlecleucel_up_to_50_kg.high_per_kg", 6e6, "infusion",
         "doses.tisagenlecleucel_up_to_50_kg", "0.2 to 6.0 ×10⁶ per kg up to 50 kg"),
        ("infusion.doses.brexucabtagene_autoleucel.low_per_kg", 8e5, "infusion", "doses.brexucabtagene_autoleucel",
         "a policy of this program (this centre: low per kg 800\u202f000)"),
        ("infusion.split_by_blasts.blasts_up_to_pct", 25, "infusion", "split_by_blasts", "up to 25 % marrow blasts"),
        ("lymphodepletion.windows.tisagenlecleucel.last_days", 10, "lymphodepletion", "windows.tisagenlecleucel",
         "2 to 10 days from the end"),
        ("lymphodepletion.windows.brexucabtagene_autoleucel.last_days", 3, "lymphodepletion",
         "windows.brexucabtagene_autoleucel", "the last dose on day −2 (this centre: last days 3)"),
        ("lymphodepletion.numbers.omit_wbc.value", 0.8, "lymphodepletion", "numbers.repeat_after_days",
         "leukocytes are above 0.8 ×10⁹/L"),
        ("lymphodepletion.regimens.wang_2023.drugs.fludarabine.dose", 30, "lymphodepletion", "regimens.wang_2023",
         "fludarabine 30 mg/m² and"),
        ("washout.classes.systemic_steroid.infusion.minimum_hours", 96, "washout", "steroid_clear_days",
         "more than 96 h"),
        ("washout.classes.cytotoxic.apheresis.minimum_days", 21, "washout", "classes.cytotoxic.apheresis",
         "text after cytotoxic chemotherapy"),
        ("bridging.numbers.weeks_most.value", 10, "bridging", "findings.BRG-2", "two at most, up to 10 weeks"),
        ("indication.labels.tisagenlecleucel_eu.below_years", 30, "indication", "labels.tisagenlecleucel_eu",
         "(this centre: below years 30)"),
        ("toxicity.systolic_hint.older_below_mmhg", 95, "toxicity", "systolic_hint", "older: below 95"),
        ("second_opinion.numbers.burden_pct.value", 10, "second_opinion", "factors.burden_5_pct",
         "Burden of 10 % or more"),
    ],
)  # fmt: skip
def test_that_a_text_tells_the_number_of_the_centre(key: str, value: float, table: str, line: str, said: str) -> None:
    path, _, field = key.rpartition(".")
    knowledge = centre_knowledge(f'centre = "T"\n[{path}]\n{field} = {value}\n'.encode(), "centre.toml")
    (told,) = [held.text for held in lines_of(knowledge, table) if held.key == line]
    assert said in told
    assert told.endswith(said) or not said.startswith("text ")


def test_that_readiness_for_apheresis_tells_the_centre_s_count_and_names_the_program_s_own_text() -> None:
    text = b'centre = "T"\n[apheresis.profiles.feuchtinger_2024]\ncd3_above_per_ul = 180\n'
    knowledge = centre_knowledge(text, "centre.toml")
    found = assessed([subset(-1, 0, cd3=170)], 0, knowledge=knowledge).apheresis
    assert found is not None
    assert "wanted: CD3 above 180 to 200/µL" in found.parts[0].text
    assert "150" not in found.parts[0].text
    assert knowledge.centre is not None
    assert knowledge.centre.values[0].text.startswith("CD3 above 150 to 200/µL")

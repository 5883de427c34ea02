"""Tests of the knowledge files: they load whole, name their sources, and a fault is named precisely."""

from pathlib import Path

import pytest

from bedside.chart.enums import Product
from bedside.chart.errors import BedsideError
from bedside.knowledge.loader import FILES, knowledge_from, load_knowledge
from bedside.knowledge.tables import Knowledge
from bedside.logic.criteria import ALL
from bedside.resources import resource


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    paths = {}
    for name in FILES:
        paths[name] = tmp_path / f"{name}.toml"
        paths[name].write_bytes(resource(f"knowledge/{name}.toml").read_bytes())
    return paths


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_that_copies_of_the_files_give_the_same_hash_and_any_change_another(files: dict[str, Path]) -> None:
    assert knowledge_from(files).sha256 == load_knowledge().sha256
    edit(files["thresholds"], "value = 42", "value = 41")
    assert knowledge_from(files).sha256 != load_knowledge().sha256


def test_that_a_missing_source_a_wrong_type_and_an_unknown_field_are_named(files: dict[str, Path]) -> None:
    edit(files["thresholds"], 'source = "feuchtinger_2024"', 'source = "nobody_1999"')
    with pytest.raises(BedsideError, match="nobody_1999"):
        knowledge_from(files)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("thresholds", "value = 5\n", 'value = "five"\n', "disease_blasts_pct.value"),
        ("thresholds", "policy = true\n", "", "policy"),
        ("ranges", "hard_high = 1500", "hard_high = 50", "wbc"),
        ("agents", 'display = "steroid"', 'display = "sweet"', "display"),
        ("bca", 'chosen = "default"', 'chosen = "mine"', "mine"),
        ("criteria", 'panel = "low"', "panel = ", "criteria.toml is not TOML"),
        ("products", 'target = "cd19"', 'target = "cd19"\ncolour = "red"', "colour"),
    ],
)
def test_that_a_fault_names_its_file_and_field(
    files: dict[str, Path], name: str, old: str, new: str, said: str
) -> None:
    edit(files[name], old, new)
    with pytest.raises(BedsideError, match=said):
        knowledge_from(files)


def test_that_every_value_has_a_source_and_policy_ones_name_no_paper_as_if_it_gave_them(knowledge: Knowledge) -> None:
    for name, threshold in vars(knowledge.thresholds).items():
        assert threshold.policy or threshold.source != "bedside", name


def test_that_every_criterion_product_and_jurisdiction_has_its_table(knowledge: Knowledge) -> None:
    assert tuple(knowledge.criteria) == ALL
    assert set(knowledge.products) == {product.value for product in Product} - {"other"}
    assert {name: limit.limit_pct for name, limit in knowledge.viability.items()} == {"eu": 70, "us": 80}
    assert knowledge.products["brexucabtagene_autoleucel"].costimulation == "cd28"


def test_that_the_catalogue_holds_the_agents_that_rules_ask_for(knowledge: Knowledge) -> None:
    assert knowledge.agents_with["excludes_low_risk"] == {"blinatumomab", "inotuzumab_ozogamicin"}
    assert knowledge.agents_with["b_cell_directed"] == {"blinatumomab", "inotuzumab_ozogamicin", "rituximab"}
    assert knowledge.agents_with["antipyretic"] == {"paracetamol", "metamizole", "ibuprofen"}
    assert len(knowledge.agents) == 67
    assert knowledge.agents["alemtuzumab"].atc == "L04AG06"


def test_that_the_five_papers_are_there(knowledge: Knowledge) -> None:
    papers = {"feuchtinger_2024", "myers_2023", "pasvolsky_2023", "wang_2023", "buechner_2022"}
    assert papers <= set(knowledge.references)
    assert knowledge.references["buechner_2022"].doi == "10.3389/fped.2021.784024"

"""Tests of docs/rules.md: it is what the tables and the rules say today."""

import re

from bedside.knowledge.listing import TABLES, lines_of
from bedside.knowledge.loader import load_knowledge
from tests.charts import assessed, infusion, therapy
from tests.documents.rules import PAGE, SECTIONS, text


def test_that_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == text(), "write it again with ./dev documents"


def test_that_what_a_table_has_computed_for_itself_is_no_value_of_the_page() -> None:
    before = text()
    assessed([infusion(0), therapy(-20, "cytarabine", stop=-3)], 5)
    assert text() == before


def test_that_the_rules_name_their_thresholds_and_leave_the_numbers_to_the_tables() -> None:
    rules = [line for line in text().partition("## Sources")[0].splitlines() if line.lstrip().startswith("- ")]
    number = re.compile(r"\bD[+−-]\d|\d+ (?:days|weeks|months|hours)|[<>≥≤] ?\d|\d %")
    assert [line for line in rules if number.search(line)] == []


def test_that_every_source_can_be_found_outside_the_project() -> None:
    cited = [reference.cited_as for reference in load_knowledge().references.values()]
    assert [words for words in cited if "project's" in words] == []


def test_that_every_table_stands_in_one_section() -> None:
    named = [table for section in SECTIONS for table in section.tables]
    assert sorted(named) == sorted(TABLES)


def test_that_every_value_and_every_criterion_stands_on_the_page() -> None:
    page, knowledge = text(), load_knowledge()
    for table in TABLES:
        if table != "criteria":
            assert all(f"| {line.key} |" in page for line in lines_of(knowledge, table)), table
    assert all(f"| {name} | {one.title} | {one.met} |" in page for name, one in knowledge.criteria.items())

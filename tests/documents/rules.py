"""The page docs/rules.md: every rule and number of the program, to be reviewed line by line by a haematologist."""

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bedside.chart import live
from bedside.knowledge.listing import Line, lines_of
from bedside.knowledge.loader import load_knowledge
from bedside.knowledge.tables import Knowledge
from bedside.logic import (
    alerts,
    aplasia,
    burden,
    cns,
    conflicts,
    contradicting_dates,
    marrow,
    phase,
    relapses,
    response,
    risk,
    samples,
    statuses,
)
from bedside.logic import course as courses
from bedside.logic.follow_up import (
    active_disease,
    due,
    due_again,
    due_before,
    due_repeated,
    kinetics,
    outcome,
    registry,
)
from bedside.logic.opinion import differences, factors, factors_after, factors_before, hsct_panel, second_opinion
from bedside.logic.preparation import (
    apheresis,
    apheresis_after_hsct,
    blocks,
    bridging,
    bridging_findings,
    collection,
    disease,
    dose,
    earliest,
    indication,
    infections,
    infusion,
    lymphodepletion,
    milestones,
    prior_lines,
    regimen,
    stretch,
    washout,
    washout_alerts,
    washout_classes,
)
from bedside.logic.registry import report as registries
from bedside.logic.toxicity import course, crs, episodes, icaht, icans, iec_hs, toxicity_alerts, treatments, windows

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
HEAD = """# The rules, for review

This page is generated from the tables in `resources/knowledge/` and from the rules themselves. It holds every rule
and every number that decides something, with its source, its level of evidence as the source gives it, and what
happens when data are missing. *Policy* marks what no paper gives: a default of this program that a centre may change
in its own file; wherever it shows, the program says so.

Everywhere: what is not recorded is unknown, never zero and never "no". Two corrections that contest each other leave
what depends on them unknown, and both are named. Results depend on the entries' dates, never on their order in a file.
The program informs; the physician decides.
"""


@dataclass(frozen=True)
class Section:
    """A section of the page: its title, the modules whose public rules it prints, and the tables."""

    title: str
    modules: Sequence[Any]
    tables: Sequence[str]


PLUMBING = {
    "order_key", "in_order", "up_to", "names_others", "check_links", "named_by", "chain_of", "administrations",
    "contested_administrations", "weeks_text", "class_of", "matching",
}  # fmt: skip
"""Public functions that sort, find or hand on, and decide nothing that a haematologist would review."""

SECTIONS = (
    Section("Corrections, conflicts and courses",
            (live, conflicts, courses, relapses, contradicting_dates), ()),
    Section("Marrow, burden, phase and CNS", (samples, burden, marrow, phase, cns), ("thresholds",)),
    Section("Indication", (indication, disease, prior_lines), ("indication", "products")),
    Section("Apheresis", (apheresis, apheresis_after_hsct, collection, milestones, stretch),
            ("apheresis",)),
    Section("Wash-out", (washout, earliest, washout_classes, washout_alerts), ("washout",)),
    Section("Bridging", (bridging, bridging_findings, blocks), ("bridging",)),
    Section("Lymphodepletion", (lymphodepletion, regimen), ("lymphodepletion",)),
    Section("Product and infusion", (infusion, dose, infections), ("infusion",)),
    Section("CRS and ICANS", (crs, icans, windows, treatments, episodes, course, toxicity_alerts),
            ("toxicity",)),
    Section("Neutropenia and hyperinflammation", (icaht, iec_hs), ("haematotoxicity",)),
    Section("Response, B-cell aplasia and kinetics", (response, aplasia, alerts, kinetics),
            ("bca", "kinetics")),
    Section("Risk class", (risk, statuses), ("criteria",)),
    Section("Second opinion and differences",
            (second_opinion, factors, factors_before, factors_after, differences), ("second_opinion", "differences")),
    Section("HSCT panel", (hsct_panel,), ("hsct",)),
    Section("What is due", (due, due_repeated, due_again, due_before), ("schedule",)),
    Section("Relapse and outcome", (outcome, active_disease, registry), ("outcome",)),
    Section("Questions of the registries", (registries,), ()),
    Section("Agents", (), ("agents",)),
    Section("Limits of entry", (), ("ranges",)),
)  # fmt: skip


def text() -> str:
    """Return the whole page."""
    knowledge = load_knowledge()
    parts = [HEAD, *(_section(section, knowledge) for section in SECTIONS), _references(knowledge)]
    return "\n".join(parts)


def _section(section: Section, knowledge: Knowledge) -> str:
    lines = [f"## {section.title}", ""]
    rules = [rule for module in section.modules for rule in _rules(module)]
    lines += [*rules, ""] if rules else []
    for table in section.tables:
        lines += _criteria(knowledge) if table == "criteria" else _table(table, knowledge)
    return "\n".join(lines)


def _rules(module: Any) -> Iterator[str]:
    """What a module owns, then its public rules with their docstrings, in the order of the module."""
    yield f"- **{module.__name__.rpartition('.')[2]}**: {_told(module)}"
    for name, rule in vars(module).items():
        is_rule = not name.startswith("_") and name not in PLUMBING and inspect.isfunction(inspect.unwrap(rule))
        if is_rule and rule.__module__ == module.__name__:
            yield f"  - `{name}`: {_told(rule)}"


def _told(value: object) -> str:
    return " ".join((inspect.getdoc(value) or "").split())


def _table(name: str, knowledge: Knowledge) -> list[str]:
    rows = [_row(line, knowledge) for line in lines_of(knowledge, name)]
    head = "| key | value | source | level | labels of | date |"
    return [f"### Table `{name}`", "", head, "|---|---|---|---|---|---|", *rows, ""]


def _row(line: Line, knowledge: Knowledge) -> str:
    source = line.source
    short = knowledge.references[source.source].short + (" *(policy)*" if source.policy else "")
    cells = (line.key, line.text, short, source.level, source.jurisdiction, source.date)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _criteria(knowledge: Knowledge) -> list[str]:
    rows = [
        f"| {name} | {one.title} | {one.met} | {one.not_met} | {one.otherwise} | "
        f"{', '.join(knowledge.references[key].short for key in (one.source, *one.also))}"
        f"{' *(policy)*' if one.policy else ''} |"
        for name, one in knowledge.criteria.items()
    ]
    head = "| id | criterion | met | not met | otherwise | source |"
    return ["### The criteria", "", head, "|---|---|---|---|---|---|", *rows, ""]


def _references(knowledge: Knowledge) -> str:
    lines = ["## Sources", ""]
    for reference in knowledge.references.values():
        doi = f" doi {reference.doi}" if reference.doi else ""
        lines.append(f"- **{reference.short}**: {reference.title}. {reference.cited_as}.{doi}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
    print(PAGE.name)

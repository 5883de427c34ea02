"""Owns what help says: a topic with its rules and their sources, taken from the tables in force and never retyped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from bedside.chart.formats import label, number_text, quantity_text, title
from bedside.knowledge.families.ranges import Limit
from bedside.knowledge.families.risk_class import CriterionTable
from bedside.knowledge.listing import Line, lines_of
from bedside.knowledge.sourced import Sourced
from bedside.knowledge.tables import Knowledge
from bedside.ui.help.spelling import spelled

TOLD_FIRST = ("title", "label", "text")
SAYS_NOTHING: Mapping[str, object] = {"must_be_stopped": False, "hours_included": True, "name": ..., "what": ...}
"""Values that only repeat what the rule says anyway; `...` is any value."""
UNGRADED = frozenset(("none", "not graded"))


@dataclass(frozen=True)
class Subject:
    """What help can be asked about: its title, what it is, and the tables and criteria that it rests on.

    A table is named as `toxicity`, or as `thresholds.mrd_cut_off` for the lines below a key.
    """

    title: str
    what: str
    tables: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule: what it is about, what it says, and where that comes from."""

    about: str
    says: str
    source: str


@dataclass(frozen=True)
class Part:
    """Rules under one head."""

    head: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Topic:
    """One sheet of help: title, what it is, the rules in parts, and every source as it is cited."""

    title: str
    what: str
    parts: tuple[Part, ...] = ()
    sources: tuple[str, ...] = ()


def topic_of(subject: Subject, knowledge: Knowledge, kind: str = "") -> Topic:
    """The sheet of a subject; of the form of a kind also what its boxes can hold."""
    criteria = tuple(criterion_rule(one, knowledge) for one in subject.criteria)
    tables = [_table(name, knowledge) for name in subject.tables]
    limits = tuple(_limit_rule(name, limit, knowledge) for name, limit in knowledge.limited.get(kind, ()))
    found = _joined(
        (Part("Criteria of the risk class", criteria), *(part for part, _ in tables), Part("Limits", limits))
    )
    keys = [
        *(knowledge.criteria[one].source for one in subject.criteria),
        *(key for _, keys in tables for key in keys),
        *(limit.source for _, limit in knowledge.limited.get(kind, ())),
    ]
    return Topic(subject.title, subject.what, found, _cited(keys, knowledge))


def _joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that hold a rule, those under the same head as one."""
    joined: dict[str, tuple[Rule, ...]] = {}
    for part in parts:
        joined[part.head] = (*joined.get(part.head, ()), *part.rules)
    return tuple(Part(head, rules) for head, rules in joined.items() if rules)


def criterion_topic(criterion: str, knowledge: Knowledge) -> Topic:
    """The sheet of one criterion: when it is met, when not, what holds otherwise, what settles it, its sources."""
    known = knowledge.criteria[criterion]
    source = _source(known, knowledge)
    rules = tuple(
        Rule(about, says, source)
        for about, says in (("Met", known.met), ("Not met", known.not_met), ("Otherwise", known.otherwise))
    )
    what = f"One of the criteria of {known.panel} risk. It is settled by: {known.settled_by}."
    cited = _cited((known.source, *known.also), knowledge)
    return Topic(f"{criterion} {known.title}", what, (Part("When it holds", rules),), cited)


def criterion_rule(criterion: str, knowledge: Knowledge) -> Rule:
    """A criterion in one line: when it is met."""
    known: CriterionTable = knowledge.criteria[criterion]
    return Rule(f"{criterion} {known.title}", f"met: {known.met}", _source(known, knowledge))


def _table(name: str, knowledge: Knowledge) -> tuple[Part, list[str]]:
    """The lines of a table, or of what stands below a key of it, and the keys of their sources."""
    table, _, prefix = name.partition(".")
    found = [line for line in lines_of(knowledge, table) if f"{line.key}.".startswith(f"{prefix}." if prefix else "")]
    rules = tuple(Rule(_about(line), _says(line), _source(line.source, knowledge)) for line in found)
    return Part(HEADS[table], rules), [line.source.source for line in found]


HEADS = {
    "thresholds": "Windows and cut-offs",
    "bca": "B-cell recovery",
    "products": "Products",
    "indication": "Indication",
    "apheresis": "Apheresis",
    "washout": "Wash-out",
    "bridging": "Bridging",
    "lymphodepletion": "Lymphodepletion",
    "infusion": "Infusion",
    "toxicity": "Grading of CRS and ICANS",
    "haematotoxicity": "Blood counts after the infusion",
    "second_opinion": "Second opinion",
    "differences": "Where the sources differ",
    "hsct": "Towards HSCT",
    "kinetics": "CAR-T levels",
    "schedule": "What is due when",
    "outcome": "Outcome",
}
"""What a table is called above its lines."""


def _about(line: Line) -> str:
    """The key in words, without the name of the group that it stands in."""
    parts = [part for part in line.key.split(".") if part != "says"]
    words = ", ".join(spelled(part, has_unit="unit" in line.values) for part in parts[1:] or parts)
    return words[:1].upper() + words[1:]


def _says(line: Line) -> str:
    """What a line says: its words first, then its numbers."""
    if {"value", "unit", "text"} <= line.values.keys():
        return line.text
    first = [str(line.values[name]) for name in TOLD_FIRST if name in line.values]
    rest = {name: value for name, value in line.values.items() if name not in TOLD_FIRST and _tells(name, value)}
    return "; ".join([*first, *(_pair(line, name, value) for name, value in rest.items())])


def _tells(name: str, value: object) -> bool:
    return name not in SAYS_NOTHING or SAYS_NOTHING[name] not in (..., value)


def _pair(line: Line, name: str, value: Any) -> str:
    """A value of a line with its name, codes in words."""
    if isinstance(value, bool):
        return label(name) if value else f"not {label(name)}"
    if isinstance(value, int | float):
        return f"{label(name)} {number_text(value)}"
    if isinstance(value, str | Enum):
        return f"{label(name)} {label(str(value))}"
    if isinstance(value, tuple | frozenset) and all(isinstance(one, str | Enum) for one in value):
        return f"{label(name)} {', '.join(label(str(one)) for one in sorted(value))}"
    return replace(line, values={name: value}).text


def _limit_rule(name: str, limit: Limit, knowledge: Knowledge) -> Rule:
    held = f"{number_text(limit.hard_low)} to {quantity_text(limit.hard_high, limit.unit)} can be stored"
    usual = f"{number_text(limit.usual_low)} to {quantity_text(limit.usual_high, limit.unit)} raises no question"
    return Rule(title(name), f"{held}; {usual}", _source(limit, knowledge))


def _source(value: Sourced, knowledge: Knowledge) -> str:
    """Where a value comes from, in few words: the paper, its level of evidence, whose labels, and what is policy."""
    parts = [knowledge.references[value.source].short]
    if value.level not in UNGRADED:
        parts.append(f"level {value.level}")
    if value.jurisdiction != "any":
        parts.append(value.jurisdiction.upper())
    if value.policy:
        parts.append("policy: a centre may change it")
    return ", ".join(parts)


def _cited(keys: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(_citations(keys, knowledge))


def _citations(keys: Sequence[str], knowledge: Knowledge) -> Iterator[str]:
    for key in dict.fromkeys(keys):
        known = knowledge.references[key]
        doi = f", doi {known.doi}" if known.doi else ""
        yield f"{known.short}: {known.title}. {known.cited_as}{doi}."

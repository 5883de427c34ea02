"""Turns what was given into the bars of the course: by class of agent, what belongs together in one bar."""

from datetime import date

from bedside.chart.entries import Infection, Radiotherapy, Therapy
from bedside.chart.enums import Intent, TherapyResponse
from bedside.chart.formats import label, title
from bedside.knowledge.tables import Knowledge
from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.lanes import Item, Lane, Shape

DISPLAY_LANES = {
    "steroid": ("Steroid", "bar1"),
    "chemotherapy": ("Chemotherapy", "bar1"),
    "immunotherapy": ("Immunotherapy", "bar2"),
    "targeted": ("Targeted therapy", "bar2"),
    "lymphodepletion": ("Lymphodepletion", "bar3"),
    "conditioning": ("Conditioning", "bar3"),
    "immunosuppression": ("Immunosuppression", "bar1"),
    "immunoglobulin": ("Immunoglobulin", "bar4"),
    "supportive": ("Supportive", "bar4"),
    "other": ("Other agents", "bar1"),
}
BY_INTENT = {Intent.LYMPHODEPLETION: "lymphodepletion", Intent.CONDITIONING: "conditioning"}
ONE_BLOCK_DAYS = 3
RESPONSES = {TherapyResponse.NO_CR: "no CR", TherapyResponse.CR: "CR"}
TOLD_ROUTES = frozenset(("po", "it"))


def therapy_lanes(facts: CourseFacts) -> list[Lane]:
    """A lane for each class of agents that was given, and for radiotherapy; not what was given against toxicity."""
    blocks: dict[str, list[list[Therapy]]] = {}
    for therapy in facts.of(Therapy):
        if therapy.intent is not Intent.TOXICITY:
            _join(blocks.setdefault(_display(therapy, facts.knowledge), []), therapy)
    made = [
        (DISPLAY_LANES[name][0], [bar(block, DISPLAY_LANES[name][1], facts.as_of) for block in blocks[name]])
        for name in DISPLAY_LANES
        if name in blocks
    ]
    radiotherapy = [lasting(entry, title(entry.site), "bar1", facts.as_of) for entry in facts.of(Radiotherapy)]
    made += [("Radiotherapy", radiotherapy)] if radiotherapy else []
    return [Lane(name, tuple(items), ruled=place == 0) for place, (name, items) in enumerate(made)]


def _display(therapy: Therapy, knowledge: Knowledge) -> str:
    agent = knowledge.agents.get(therapy.agent)
    display = agent.display if agent is not None else "other"
    return BY_INTENT.get(therapy.intent) or (display if display in DISPLAY_LANES else "other")


def _join(blocks: list[list[Therapy]], therapy: Therapy) -> None:
    for block in reversed(blocks):
        first = block[0]
        same = _told_of(first) == _told_of(therapy)
        starts = abs((first.at.day - therapy.at.day).days)
        stops = abs((first.stop - therapy.stop).days) if first.stop and therapy.stop else 0
        if same and starts <= ONE_BLOCK_DAYS and stops <= ONE_BLOCK_DAYS:
            block.append(therapy)
            return
    blocks.append([therapy])


def _told_of(therapy: Therapy) -> tuple[object, ...]:
    """What is told once for a whole bar: response, route, and whether it goes on or ended on a day nobody knows."""
    return therapy.response, _route(therapy), therapy.stop is None, bool(therapy.stop_unknown)


def _route(therapy: Therapy) -> str:
    return label(therapy.route) if therapy.route is not None and therapy.route.value in TOLD_ROUTES else ""


def bar(block: list[Therapy], fill: str, as_of: date) -> Item:
    """One bar for administrations that began and ended about the same days and of which the same is told."""
    names = ", ".join(dict.fromkeys(label(therapy.agent) for therapy in block))
    first = block[0]
    notes = [RESPONSES.get(first.response, "") if first.response else ""]
    notes.append(_route(first))
    notes += ["last day not known"] if first.stop_unknown else []
    end = max((min(therapy.stop or as_of, as_of) for therapy in block), default=as_of)
    start = min(therapy.at.day for therapy in block)
    return Item(
        Shape.BAR,
        start,
        start if first.stop_unknown else max(end, start),
        names,
        ", ".join(note for note in notes if note),
        fill=fill,
        open_ended=first.stop is None and not first.stop_unknown,
        entries=tuple(therapy.id for therapy in block),
        about=tuple(block),
    )


def lasting(entry: Radiotherapy | Infection, words: str, fill: str, as_of: date) -> Item:
    """A bar with its words, open at its right end while it has no last day."""
    end = min(entry.stop or as_of, as_of)
    return Item(
        Shape.BAR, entry.at.day, max(end, entry.at.day), "", words,
        fill=fill, open_ended=entry.stop is None, entries=(entry.id,), about=(entry,),
    )  # fmt: skip

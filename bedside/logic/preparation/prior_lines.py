"""Earlier lines of therapy and earlier remissions before the infusion (a policy of this program)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent, RemissionResponse, Route, TherapyHistory, TherapyResponse
from bedside.logic.relapses import relapses
from bedside.logic.scene import Scene, once

LINES = (Intent.FRONTLINE, Intent.SALVAGE)
"""The intents with which therapy for the leukaemia makes a line."""


class Counted(NamedTuple):
    """A number with the entries it rests on; `complete`: the chart is said to hold all earlier therapy."""

    number: int
    evidence: tuple[str, ...]
    complete: bool


@once
def prior_lines(scene: Scene) -> Counted:
    """Return the lines of systemic anti-leukaemic therapy before day 0 (or so far).

    Agents begun within `block_days` of the block's first form one block, which a relapse ends; a block is a line of
    its own when it is the first, or follows a relapse or a block without remission.
    """
    blocks = therapy_blocks(scene)
    days = _relapses(scene)
    lines: list[Sequence[Therapy]] = []
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        start = block[0].at.day
        relapsed = before is not None and _relapsed(days, before[0].at.day, start)
        failed = before is not None and any(one.response is TherapyResponse.NO_CR for one in before)
        if before is None or relapsed or failed:
            lines.append(block)
    return Counted(len(lines), tuple(line[0].id for line in lines), history_is_complete(scene))


def prior_remissions(scene: Scene) -> Counted:
    """Return the complete remissions before day 0 (or so far), at most one for each stretch between relapses."""
    until, days = _until(scene), _relapses(scene)
    reached = [
        (sum(relapse < entry.at.day for relapse in days), entry.at.day, entry.id)
        for entry in scene.kinds.get("remission", ())
        if entry.response is not RemissionResponse.NO_RESPONSE and entry.at.day < until
    ]
    # A therapy answers the relapse that it was begun for, however long it was given.
    reached += [
        (sum(relapse <= one.at.day for relapse in days), one.stop or one.at.day, one.id)
        for block in therapy_blocks(scene)
        for one in block
        if one.response is TherapyResponse.CR
    ]
    by_stretch: dict[int, str] = {}
    for stretch, _, entry_id in sorted(reached):
        by_stretch.setdefault(stretch, entry_id)
    return Counted(len(by_stretch), tuple(by_stretch.values()), history_is_complete(scene))


def history_is_complete(scene: Scene) -> bool:
    """Tell whether the newest referral says that the chart holds all earlier therapy."""
    referral = scene.newest("referral")
    return referral is not None and referral.therapy_history is TherapyHistory.COMPLETE


@once
def therapy_blocks(scene: Scene) -> list[list[Therapy]]:
    """Return the blocks of systemic therapy for the leukaemia before day 0, in order."""
    agents = scene.knowledge.agents_with["anti_leukaemic"]
    span = timedelta(days=int(scene.knowledge.second_opinion.numbers.block_days.value))
    until, days = _until(scene), _relapses(scene)
    blocks: list[list[Therapy]] = []
    for therapy in scene.kinds.get("therapy", ()):
        systemic = therapy.agent in agents and therapy.route is not Route.IT
        if not systemic or therapy.intent not in LINES or therapy.at.day >= until:
            continue
        began = blocks[-1][0].at.day if blocks else therapy.at.day
        if blocks and therapy.at.day - began <= span and not _relapsed(days, began, therapy.at.day):
            blocks[-1].append(therapy)
        else:
            blocks.append([therapy])
    return blocks


def _relapses(scene: Scene) -> list[date]:
    """The first days of the relapses."""
    return [one.day for one in relapses(scene)]


def _relapsed(days: Sequence[date], after: date, until: date) -> bool:
    """Whether a relapse lies after one day, up to another: therapy of the day of a relapse is given for it."""
    return any(after < day <= until for day in days)


def _until(scene: Scene) -> date:
    """The day of infusion, else the day after today."""
    return scene.day0 or scene.today + timedelta(days=1)

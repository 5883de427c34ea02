"""Lymphodepletion as given, its window to the infusion, exposure to fludarabine, calculated regimens (LD-1 to 3)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from bedside.chart.derived.preparation import Finding, Lymphodepletion
from bedside.chart.entries import Entry, Therapy
from bedside.chart.enums import Intent, Milestone
from bedside.chart.formats import date_text, label, number_text
from bedside.knowledge.families.preparation import LymphodepletionNumbers, WindowTable
from bedside.knowledge.sourced import Threshold
from bedside.logic.preparation.blocks import Depletion, depletion
from bedside.logic.preparation.limits import over, reached, shown_value
from bedside.logic.preparation.milestones import milestones
from bedside.logic.preparation.regimen import calculated
from bedside.logic.preparation.stretch import Stretch, way_now
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids

_RULE = "LD-3"


class _Target(NamedTuple):
    """The infusion that lymphodepletion prepares: its day, planned or done, its product, the entries they stand in."""

    day: date | None
    product: str | None
    planned: bool
    evidence: tuple[str, ...]
    contested: tuple[Entry, ...] = ()


def lymphodepletion(scene: Scene) -> Lymphodepletion:
    """Return the newest block of lymphodepletion with what the labels ask, and every regimen calculated.

    It is held against the infusion, the planned one while there is none. `auc_status` is None without a recorded
    exposure. Contested entries leave what rests on them unknown and are named (myers_2023, labels).
    """
    way = way_now(scene)
    status, text, exposure = _exposure(scene, way)
    contested, target = scene.contested_of("therapy", bears=lambda entry: _depletes(entry, way)), _target(scene, way)
    block = None if contested else depletion(scene, way)
    given = () if block is None else ids(block.given)
    days = None
    if block is not None and block.end is not None and target.day is not None:
        days = (target.day - block.end).days
    doubted = contested or (target.contested if block is not None else ())
    if doubted:
        words, table = conflict_words(doubted), scene.knowledge.lymphodepletion.numbers.repeat_after_days
        found: tuple[Finding, ...] = (_finding("unknown", words.text, words.evidence, table),)
        given = (*given, *words.evidence)
    else:
        found = tuple(_findings(scene, block, days, target))
    return Lymphodepletion(
        agents=() if block is None else tuple(dict.fromkeys(therapy.agent for therapy in block.given)),
        start=None if block is None else block.start,
        end=None if block is None else block.end,
        days_to_infusion=days,
        auc_status=status,
        auc_text=text,
        findings=found,
        calculator=calculated(scene),
        evidence=(*given, *exposure),
    )


def _depletes(entry: Any, way: Stretch) -> bool:
    return isinstance(entry, Therapy) and entry.intent is Intent.LYMPHODEPLETION and way.holds(entry.at.day)


def _target(scene: Scene, way: Stretch) -> _Target:
    record = scene.record
    if record is not None and way.until is not None:
        infusion = record.facts.before.infusion
        return _Target(way.until, infusion.product.value, False, (infusion.id,))
    planned = milestones(scene).get(Milestone.INFUSION)
    held = (*way.of(scene, "manufacturing")[-1:], *way.of(scene, "product_release")[-1:])
    product = held[-1].product.value if held else None
    if planned is None:
        return _Target(None, product, True, ids(held[-1:]))
    named = () if planned.entry is None else (planned.entry,)
    return _Target(planned.day, product, True, (*named, *ids(held[-1:])), planned.contested)


def _exposure(scene: Scene, way: Stretch) -> tuple[str | None, str, tuple[str, ...]]:
    """LD-2: the newest exposure to fludarabine of this way against its limits; it may be estimated after infusion."""
    numbers = scene.knowledge.lymphodepletion.numbers
    measured = Stretch(way.since, None)
    contested = scene.contested_of("fludarabine_exposure", bears=lambda entry: measured.holds(entry.at.day))
    if contested:
        words = conflict_words(contested)
        return None, words.text, words.evidence
    entries = measured.of(scene, "fludarabine_exposure")
    if not entries:
        return None, "not known: exposure to fludarabine", ()
    entry = entries[-1]
    adequate = reached(entry, "auc", numbers.auc_adequate.value)
    enough = reached(entry, "auc", numbers.auc_suboptimal.value)
    status: str | None = "borderline"
    if adequate or enough is False:
        status = "adequate" if adequate else "suboptimal"
    elif adequate is None or enough is None:
        status = None
    limits = f"adequate from {number_text(numbers.auc_adequate.value)}, suboptimal below "
    limits += number_text(numbers.auc_suboptimal.value)
    shown = f"AUC {shown_value(entry, 'auc')}, {label(entry.basis.value)} {date_text(entry.at.day)}"
    return status, f"{shown}: {status or 'not known'} ({limits})", (entry.id,)


def _finding(status: str, text: str, evidence: tuple[str, ...], table: Threshold | WindowTable) -> Finding:
    return Finding(_RULE, status, text, evidence, table.source, table.level)


def _findings(scene: Scene, block: Depletion | None, days: int | None, target: _Target) -> Iterator[Finding]:
    tables = scene.knowledge.lymphodepletion
    window, omission = tables.windows.get(target.product or ""), tables.omission
    if block is not None and window is not None and target.day is not None:
        yield _window(window, block, days, target)
    in_label = scene.jurisdiction == omission.jurisdiction and target.product == omission.product
    if in_label and target.day is not None:
        yield from _by_leukocytes(scene, block, days, target)


def _window(table: WindowTable, block: Depletion, days: int | None, target: _Target) -> Finding:
    evidence = (*ids(block.given), *target.evidence)
    if days is None:
        return _finding("unknown", f"not known: the last day of lymphodepletion; label: {table.text}", evidence, table)
    inside = table.first_days <= days <= table.last_days
    infusion = "the planned infusion" if target.planned else "infusion"
    text = f"{number_text(days)} d from the end of lymphodepletion to {infusion}; label: {table.text}"
    return _finding("ok" if inside else "flagged", text, evidence, table)


def _by_leukocytes(scene: Scene, block: Depletion | None, days: int | None, target: _Target) -> Iterator[Finding]:
    """The label with omission: with few leukocytes, and repetition after a long gap with more."""
    numbers = scene.knowledge.lymphodepletion.numbers
    after_long = block is not None and days is not None and days > numbers.repeat_after_days.value
    omitted = block is None and not target.planned
    if not after_long and not omitted:
        return
    table = numbers.omit_wbc if omitted else numbers.repeat_after_days
    first = "no lymphodepletion recorded" if omitted else f"{number_text(days or 0)} d since lymphodepletion"
    given = () if block is None else ids(block.given)
    many, said, evidence = _leukocytes(scene, numbers, target)
    status = "unknown" if many is None else "flagged" if many else "ok"
    yield _finding(status, f"{first}, {said}; {table.text}", (*evidence, *given, *target.evidence), table)


def _leukocytes(
    scene: Scene, numbers: LymphodepletionNumbers, target: _Target
) -> tuple[bool | None, str, tuple[str, ...]]:
    """Whether the newest leukocytes of the week before infusion exceed the limit, in words and with evidence."""
    last = target.day or scene.today
    week = timedelta(days=int(numbers.omit_days.value))

    def in_week(entry: Any) -> bool:
        return entry.wbc is not None and last - week <= entry.at.day <= last

    contested = scene.contested_of("blood_count", bears=in_week)
    if contested:
        words = conflict_words(contested)
        return None, words.text, words.evidence
    counts = [entry for entry in scene.kinds.get("blood_count", ()) if in_week(entry)]
    if not counts:
        return None, f"not known: leukocytes of the {number_text(numbers.omit_days.value)} days before infusion", ()
    newest = counts[-1]
    said = f"WBC {shown_value(newest, 'wbc')} {date_text(newest.at.day)}"
    return over(newest, "wbc", numbers.omit_wbc.value), said, (newest.id,)

"""Lymphodepletion as given, its window to the infusion, exposure to fludarabine, calculated regimens (LD-1 to 3)."""

from collections.abc import Iterator
from datetime import timedelta

from bedside.chart.derived.preparation import Finding, Lymphodepletion
from bedside.chart.formats import date_text, label, number_text
from bedside.knowledge.families.preparation import WindowTable
from bedside.logic.preparation.blocks import Depletion, depletion
from bedside.logic.preparation.regimen import calculated
from bedside.logic.scene import Scene
from bedside.logic.told import conflict_words
from bedside.logic.wording import ids


def lymphodepletion(scene: Scene) -> Lymphodepletion:
    """Return the newest block of lymphodepletion with what the labels ask, and every regimen calculated.

    `auc_status` is None without a recorded exposure; contested entries leave it so and are named (myers_2023, labels).
    """
    block = depletion(scene)
    status, text, exposure = _exposure(scene)
    days = None
    if block is not None and block.end is not None and scene.day0 is not None:
        days = (scene.day0 - block.end).days
    contested = scene.contested_of("therapy", "fludarabine_exposure")
    if contested:
        words = conflict_words(contested)
        status, text, exposure = None, words.text, words.evidence
    agents = () if block is None else tuple(dict.fromkeys(therapy.agent for therapy in block.given))
    return Lymphodepletion(
        agents=agents,
        start=None if block is None else block.start,
        end=None if block is None else block.end,
        days_to_infusion=days,
        auc_status=status,
        auc_text=text,
        findings=tuple(_findings(scene, block, days)),
        calculator=calculated(scene),
        evidence=(*(() if block is None else ids(block.given)), *exposure),
    )


def _exposure(scene: Scene) -> tuple[str | None, str, tuple[str, ...]]:
    """LD-2: the newest exposure to fludarabine against its limits."""
    entry, numbers = scene.newest("fludarabine_exposure"), scene.knowledge.lymphodepletion.numbers
    if entry is None:
        return None, "not known: exposure to fludarabine", ()
    if entry.auc < numbers.auc_suboptimal.value:
        status = "suboptimal"
    else:
        status = "adequate" if entry.auc >= numbers.auc_adequate.value else "borderline"
    limits = f"adequate from {number_text(numbers.auc_adequate.value)}, suboptimal below "
    limits += number_text(numbers.auc_suboptimal.value)
    return status, f"AUC {number_text(entry.auc)} mg·h/L, {label(entry.basis.value)}: {status} ({limits})", (entry.id,)


def _findings(scene: Scene, block: Depletion | None, days: int | None) -> Iterator[Finding]:
    record = scene.record
    product = None if record is None else record.facts.before.infusion.product.value
    windows = scene.knowledge.lymphodepletion.windows
    if block is not None and days is not None and product in windows:
        yield _window(windows[product], block, days)
    if scene.jurisdiction == "eu" and product == "tisagenlecleucel" and scene.day0 is not None:
        yield from _eu_wbc(scene, block, days)


def _window(table: WindowTable, block: Depletion, days: int) -> Finding:
    inside = table.first_days <= days <= table.last_days
    text = f"{days} d from the end of lymphodepletion to infusion; label: {table.text}"
    return Finding("LD-3", "ok" if inside else "flagged", text, ids(block.given), table.source, table.level)


def _eu_wbc(scene: Scene, block: Depletion | None, days: int | None) -> Iterator[Finding]:
    """EU label: omission with few leukocytes, and repetition after a long gap with more."""
    numbers, day0 = scene.knowledge.lymphodepletion.numbers, scene.day0
    if day0 is None:
        return
    week = timedelta(days=int(numbers.omit_days.value))
    counts = [
        entry
        for entry in scene.kinds.get("blood_count", ())
        if entry.wbc is not None and day0 - week <= entry.at.day <= day0
    ]
    newest = counts[-1] if counts else None
    if block is None:
        known = "not known" if newest is None else f"WBC {number_text(newest.wbc)} ×10⁹/L {date_text(newest.at.day)}"
        few = newest is not None and newest.wbc <= numbers.omit_wbc.value
        text = f"no lymphodepletion recorded, {known}; {numbers.omit_wbc.text}"
        yield Finding("LD-3", "ok" if few else "flagged", text, () if newest is None else (newest.id,),
                      numbers.omit_wbc.source, numbers.omit_wbc.level)  # fmt: skip
        return
    table = numbers.repeat_after_days
    if days is not None and days > table.value and newest is not None and newest.wbc > numbers.omit_wbc.value:
        text = f"{days} d since lymphodepletion, WBC {number_text(newest.wbc)} ×10⁹/L: {table.text}"
        yield Finding("LD-3", "flagged", text, (newest.id, *ids(block.given)), table.source, table.level)

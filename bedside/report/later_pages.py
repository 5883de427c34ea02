"""Owns the pages after the first: therapies, product, samples over time, infections and immunoglobulin."""

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import Spacer
from reportlab.platypus.flowables import Flowable

from bedside.chart.base import Entry
from bedside.chart.describe import values_text
from bedside.chart.entries import (
    Apheresis,
    BloodCount,
    CarTLevel,
    Chemistry,
    Expansion,
    Gvhd,
    Immunoglobulin,
    Infection,
    Infusion,
    Manufacturing,
    ProductRelease,
    Radiotherapy,
    Therapy,
)
from bedside.chart.formats import date_text, field_quantity_text, label
from bedside.report.facts import Facts, Kind
from bedside.report.marrow_chart import MarrowChart
from bedside.report.samples import samples_table
from bedside.report.state_words import CHEMISTRY, newest_values
from bedside.report.styles import CELL, SOFT
from bedside.report.words import (
    APLASIA_WORDS,
    NOTHING,
    construct_words,
    dose_words,
    last_day_words,
    product_words,
    therapy_dose_words,
)
from bedside.report.writing import Cell, Writing

_LEVELS = _OF_EACH = 4
_PRODUCT: Mapping[type[Entry], tuple[str, str]] = {
    Apheresis: ("apheresis", "aphereses"), ProductRelease: ("release", "releases"), Infusion: ("infusion", "infusions"),
    Expansion: ("judgement of expansion", "judgements of expansion"), CarTLevel: ("CAR-T level", "CAR-T levels"),
}  # fmt: skip
_THERAPY_SHARES = (0.23, 0.14, 0.13, 0.15, 0.17, 0.18)


def therapies(writing: Writing) -> list[Flowable]:
    """Return every therapy with first and last day, dose, intent and response."""
    facts = writing.facts
    rows: list[tuple[object, list[Cell]]] = []
    for therapy in facts.of(Therapy):
        response = label(therapy.response.value) if therapy.response else "not recorded"
        cells: list[Cell] = [
            writing.strong_cell(label(therapy.agent)), label(therapy.intent.value), date_text(therapy.at.day),
            last_day_words(therapy), therapy_dose_words(therapy), response,
        ]  # fmt: skip
        rows.append((therapy.at.day, cells))
    for radiation in facts.of(Radiotherapy):
        dose = NOTHING if radiation.dose_gy is None else field_quantity_text("dose_gy", radiation.dose_gy)
        last = date_text(radiation.stop) if radiation.stop else "last day not recorded"
        cells = [writing.strong_cell(f"radiotherapy, {label(radiation.site.value)}"), NOTHING,
                 date_text(radiation.at.day), last, dose, NOTHING]  # fmt: skip
        rows.append((radiation.at.day, cells))
    if not rows:
        return []
    rows.sort(key=lambda row: str(row[0]))
    shown, earlier = writing.newest(rows, "therapies")
    widths = [writing.room * share for share in _THERAPY_SHARES]
    head = ["Agent", "Intent", "First day", "Last day", "Dose, route", "Response"]
    table = writing.table(head, [cells for _, cells in shown], widths)
    return [*writing.over("Therapies", "therapies", table), *earlier]


def product(writing: Writing) -> list[Flowable]:
    """Return the facts of collection, release and infusion."""
    rows = list(_product_rows(writing))
    if not rows:
        return []
    return writing.over("Product and infusion", "product", writing.pairs(rows, (140, writing.room - 140)))


def _newest_of(facts: Facts, kind: type[Kind]) -> Sequence[Kind]:
    return facts.of(kind)[-_OF_EACH:]


def _earlier(facts: Facts) -> Iterator[tuple[str, Cell]]:
    counted = {words: len(facts.of(kind)) - _OF_EACH for kind, words in _PRODUCT.items()}
    left_out = [f"{count} {one if count == 1 else several}" for (one, several), count in counted.items() if count > 0]
    if left_out:
        yield "Earlier, left out here", ", ".join(left_out)


def _product_rows(writing: Writing) -> Iterator[tuple[str, Cell]]:
    facts, products = writing.facts, writing.knowledge.products
    for apheresis in _newest_of(facts, Apheresis):
        yield f"Apheresis {date_text(apheresis.at.day)}", values_text(apheresis) or "no values recorded"
    made = facts.newest(Manufacturing)
    if made is not None:
        yield "Manufacture", f"{values_text(made)}, {date_text(made.at.day)}"
    for release in _newest_of(facts, ProductRelease):
        specification = "out of specification" if release.out_of_specification else "within specification"
        viability = "not recorded"
        if release.viability_pct is not None:
            viability = field_quantity_text("viability_pct", release.viability_pct)
        words = (
            f"{product_words(release)}, {specification}; viability {viability}; dose {dose_words(release)}; "
            f"batch {release.batch or 'not recorded'}; construct {construct_words(release, products)}"
        )
        yield f"Release {date_text(release.at.day)}", words
    if facts.course is not None and not facts.of(ProductRelease):
        yield "Release", "not recorded"
    for infusion in _newest_of(facts, Infusion):
        weight = "not recorded" if infusion.weight_kg is None else field_quantity_text("weight_kg", infusion.weight_kg)
        words = (
            f"{product_words(infusion)}, dose {dose_words(infusion)}; weight {weight}; "
            f"construct {construct_words(infusion, products)}"
        )
        yield f"Infusion {facts.dated(infusion.at.day)}", words
    for expansion in _newest_of(facts, Expansion):
        yield f"Expansion {date_text(expansion.at.day)}", values_text(expansion) or "no values recorded"
    for level in _newest_of(facts, CarTLevel):
        yield f"CAR-T level {facts.dated(level.at.day)}", values_text(level)
    yield from _earlier(facts)


def persistence(writing: Writing) -> list[Flowable]:
    """Return marrow, MRD and B cells over time: drawing, aplasia in words, and every sample."""
    facts = writing.facts
    if not facts.sample_days() or facts.course is None:
        return []
    bca = facts.assessment.bca
    words = f"B-cell aplasia: {bca.text.rstrip('.') or APLASIA_WORDS[bca.status]}."
    if facts.assessment.second_interval is not None:
        words += f" After the next infusion: {facts.assessment.second_interval.text.rstrip('.')}."
    table, more = samples_table(writing, writing.room, newest=writing.most)
    earlier = f"{more} earlier lines left out here; the chart that this file carries holds all."
    left_out = [writing.letters.paragraph(earlier, SOFT)] if more else []
    chart = MarrowChart(facts, writing.knowledge, writing.room)
    under = writing.letters.paragraph(
        f"{words} A hollow triangle stands at the limit of detection of a negative result.", SOFT
    )
    levels = [writing.letters.paragraph(f"CAR-T level: {one.text}.", SOFT) for one in facts.assessment.kinetics]
    heading = writing.heading("Marrow, MRD and B cells over time", "persistence", chart.height + 60)
    return [*heading, chart, under, *levels, Spacer(1, 4), table, *left_out]


def infections(writing: Writing) -> list[Flowable]:
    """Return infections, graft-versus-host disease, immunoglobulins and the newest laboratory values."""
    illnesses, earlier = writing.newest(list(illness_rows(writing)), "infections and findings of GVHD")
    rows = [*illnesses, *level_rows(writing)]
    if not rows:
        return []
    pairs = writing.pairs(rows, (140, writing.room - 140))
    return [*writing.over("Infections, immunoglobulins, chemistry", "infections", pairs), *earlier]


def illness_rows(writing: Writing) -> Iterator[tuple[str, Cell]]:
    """Yield infections and graft-versus-host disease, oldest first."""
    facts = writing.facts
    found = sorted([*facts.of(Infection), *facts.of(Gvhd)], key=lambda entry: entry.at.day)
    for one in found:
        name = "GVHD" if isinstance(one, Gvhd) else "Infection"
        yield f"{name} {facts.dated(one.at.day)}", values_text(one)


def level_rows(writing: Writing) -> Iterator[tuple[str, Cell]]:
    """Yield the newest immunoglobulins and the newest chemistry."""
    facts = writing.facts
    levels = facts.of(Immunoglobulin)
    if levels:
        shown = "; ".join(f"{facts.dated(level.at.day)} {values_text(level)}" for level in levels[-_LEVELS:])
        earlier = len(levels) - _LEVELS
        yield "Immunoglobulins", f"{shown}; {earlier} earlier not listed" if earlier > 0 else shown
    if words := newest_values(facts, Chemistry, CHEMISTRY):
        yield "Newest chemistry", words


def nothing_recorded(writing: Writing) -> list[Flowable]:
    """Return one sentence that names what nothing is recorded of; no heading stands over an empty part."""
    facts = writing.facts
    absent = [
        words
        for words, found in (
            ("therapy", [*facts.of(Therapy), *facts.of(Radiotherapy)]),
            ("marrow or B-cell count", facts.sample_days()),
            ("product release", facts.of(ProductRelease)),
            ("infection", facts.of(Infection)),
            ("immunoglobulin", facts.of(Immunoglobulin)),
            ("blood count", facts.of(BloodCount)),
            ("correction or conflict", _corrected(writing)),
        )
        if not found
    ]
    if not absent:
        return []
    heading = writing.heading("Nothing recorded", "nothing")
    return [*heading, writing.letters.paragraph(f"No {', no '.join(absent)} is recorded.", CELL)]


def _corrected(writing: Writing) -> bool:
    return any(entry.supersedes is not None or entry.kind == "void" for entry in writing.facts.chart.entries)

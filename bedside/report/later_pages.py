"""Owns the pages after the first: therapies, product, samples over time, infections and immunoglobulin."""

from collections.abc import Iterator

from reportlab.platypus import Spacer
from reportlab.platypus.flowables import Flowable

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

_LEVELS = 4
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
    widths = [writing.room * share for share in _THERAPY_SHARES]
    head = ["Agent", "Intent", "First day", "Last day", "Dose, route", "Response"]
    return [*writing.heading("Therapies", "therapies"), writing.table(head, [cells for _, cells in rows], widths)]


def product(writing: Writing) -> list[Flowable]:
    """Return the facts of collection, release and infusion."""
    facts, rows = writing.facts, list[tuple[str, Cell]]()
    products = writing.knowledge.products
    for apheresis in facts.of(Apheresis):
        rows.append((f"Apheresis {date_text(apheresis.at.day)}", values_text(apheresis) or "no values recorded"))
    made = facts.newest(Manufacturing)
    if made is not None:
        rows.append(("Manufacture", f"{values_text(made)}, {date_text(made.at.day)}"))
    for release in facts.of(ProductRelease):
        specification = "out of specification" if release.out_of_specification else "within specification"
        viability = "not recorded"
        if release.viability_pct is not None:
            viability = field_quantity_text("viability_pct", release.viability_pct)
        words = (
            f"{product_words(release)}, {specification}; viability {viability}; dose {dose_words(release)}; "
            f"batch {release.batch or 'not recorded'}; construct {construct_words(release, products)}"
        )
        rows.append((f"Release {date_text(release.at.day)}", words))
    if facts.course is not None and not facts.of(ProductRelease):
        rows.append(("Release", "not recorded"))
    for infusion in facts.of(Infusion):
        weight = "not recorded" if infusion.weight_kg is None else field_quantity_text("weight_kg", infusion.weight_kg)
        words = (
            f"{product_words(infusion)}, dose {dose_words(infusion)}; weight {weight}; "
            f"construct {construct_words(infusion, products)}"
        )
        rows.append((f"Infusion {facts.dated(infusion.at.day)}", words))
    for expansion in facts.of(Expansion):
        rows.append((f"Expansion {date_text(expansion.at.day)}", values_text(expansion) or "no values recorded"))
    for level in facts.of(CarTLevel)[-4:]:
        rows.append((f"CAR-T level {facts.dated(level.at.day)}", values_text(level)))
    if not rows:
        return []
    return [*writing.heading("Product and infusion", "product"), writing.pairs(rows, (140, writing.room - 140))]


def persistence(writing: Writing) -> list[Flowable]:
    """Return marrow, MRD and B cells over time: drawing, aplasia in words, and every sample."""
    facts = writing.facts
    if not facts.sample_days() or facts.course is None:
        return []
    bca = facts.assessment.bca
    words = f"B-cell aplasia: {bca.text.rstrip('.') or APLASIA_WORDS[bca.status]}."
    if facts.assessment.second_interval is not None:
        words += f" After the next infusion: {facts.assessment.second_interval.text.rstrip('.')}."
    table, _ = samples_table(writing, writing.room)
    chart = MarrowChart(facts, writing.knowledge, writing.room)
    under = writing.letters.paragraph(
        f"{words} A hollow triangle stands at the limit of detection of a negative result.", SOFT
    )
    levels = [writing.letters.paragraph(f"CAR-T level: {one.text}.", SOFT) for one in facts.assessment.kinetics]
    heading = writing.heading("Marrow, MRD and B cells over time", "persistence", chart.height + 60)
    return [*heading, chart, under, *levels, Spacer(1, 4), table]


def infections(writing: Writing) -> list[Flowable]:
    """Return infections, graft-versus-host disease, immunoglobulins and the newest laboratory values."""
    rows = list(infection_rows(writing))
    if not rows:
        return []
    heading = writing.heading("Infections, immunoglobulins, chemistry", "infections")
    return [*heading, writing.pairs(rows, (140, writing.room - 140))]


def infection_rows(writing: Writing) -> Iterator[tuple[str, Cell]]:
    """Yield infections, graft-versus-host disease, the newest immunoglobulins and the newest chemistry."""
    facts = writing.facts
    for infection in facts.of(Infection):
        yield f"Infection {facts.dated(infection.at.day)}", values_text(infection)
    for gvhd in facts.of(Gvhd):
        yield f"GVHD {facts.dated(gvhd.at.day)}", values_text(gvhd)
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

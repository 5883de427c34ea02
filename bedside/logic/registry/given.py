"""Answers about the product and each infusion of it."""

from bedside.chart.formats import UNITS, date_text, quantity_text
from bedside.logic.registry.view import Answer, Span, View, answered, missing


def collection_date(view: View, _span: Span) -> Answer:
    """The days of collection on the way to the infusion."""
    found = view.on_the_way("apheresis")
    if not found:
        return missing("no apheresis is recorded")
    return answered("; ".join(date_text(entry.at.day) for entry in found), *found)


def tissue_source(view: View, _span: Span) -> Answer:
    """Blood, where an apheresis is recorded on the way to the infusion."""
    found = view.on_the_way("apheresis")
    return answered("blood, by apheresis", *found[-1:]) if found else missing("no apheresis is recorded")


def number_of_infusions(view: View, _span: Span) -> Answer:
    """How many infusions the course has so far."""
    if not view.infusions:
        return missing("no infusion is recorded")
    return answered(f"{len(view.infusions)} so far", *view.infusions)


def batch(view: View, span: Span) -> Answer:
    """The newest batch of the same product that was recorded up to the infusion."""
    if span.infusion is None:
        return missing("no infusion is recorded")
    last, product = span.infusion.at.day, span.infusion.product
    held = [*view.until("manufacturing", last), *view.until("product_release", last)]
    named = [entry for entry in held if entry.batch and entry.product is product]
    if not named:
        return missing("no batch of the product is recorded")
    newest = max(named, key=lambda entry: entry.at.day)
    return answered(newest.batch, newest)


def infusion_date(view: View, span: Span) -> Answer:
    """The day of the infusion."""
    if span.infusion is None:
        return missing("no infusion is recorded")
    return answered(view.on(span.infusion.at.day), span.infusion)


def dose(_view: View, span: Span) -> Answer:
    """The dose as recorded: in total, else per kg."""
    if span.infusion is None:
        return missing("no infusion is recorded")
    for name in ("dose_car_t_cells", "dose_car_t_per_kg"):
        value = getattr(span.infusion, name)
        if value is not None:
            return answered(quantity_text(value, UNITS[name]), span.infusion)
    return missing("no dose is recorded with the infusion", span.infusion)

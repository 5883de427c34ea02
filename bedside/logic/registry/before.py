"""Answers about the time before the infusion: history, indication, bridging, lymphodepletion, size and counts."""

from datetime import date
from typing import Any

from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.entries import Therapy
from bedside.chart.enums import Intent, PerformanceScale
from bedside.chart.formats import date_text, field_quantity_text, label, number_text
from bedside.logic.registry.view import NO_PLACE, Answer, Span, View, answered, missing, not_asked, to_confirm

COUNTS = ("wbc", "hb", "plt", "anc", "alc")
_NO_INFUSION = "no infusion is recorded"


def earlier_cell_therapy(view: View, _span: Span) -> Answer:
    """Cellular therapies before this course."""
    own = {entry.id for entry in view.infusions}
    earlier = [entry for entry in view.until("infusion", view.before) if entry.id not in own]
    told = "; ".join(
        f"{entry.product_name or label(entry.product.value)} {date_text(entry.at.day)}" for entry in earlier
    )
    return _earlier(view, told, earlier)


def earlier_transplants(view: View, _span: Span) -> Answer:
    """Transplants before this course."""
    earlier = view.until("hsct", view.before)
    told = "; ".join(f"{date_text(entry.at.day)}, {label(entry.donor.value)} donor" for entry in earlier)
    return _earlier(view, told, earlier)


def _earlier(view: View, told: str, entries: list[Any]) -> Answer:
    """What came before; none of it only where the chart is said to hold all earlier therapy."""
    if entries:
        return answered(told, *entries)
    referrals = view.until("referral", view.before)
    if view.history_is_complete:
        return answered("none; the history of therapy is said to be complete", *referrals[-1:])
    return to_confirm("none is recorded; the history of therapy is not said to be complete", *referrals[-1:])


def product(view: View, _span: Span) -> Answer:
    """Name of the product, as infused or else as released."""
    for entry in (*view.infusions[:1], *reversed(view.until("product_release", view.before))):
        return answered(entry.product_name or label(entry.product.value), entry)
    return missing("neither an infusion nor a release of a product is recorded")


def cell_source(view: View, _span: Span) -> Answer:
    """Whose cells, by the infusion or by the product's label."""
    if not view.infusions:
        return missing(_NO_INFUSION)
    first = view.infusions[0]
    if first.cell_source is not None:
        return answered(label(first.cell_source.value), first)
    if view.is_autologous:
        return answered("autologous, by the product’s label", first)
    return missing("whose cells it was made from is not recorded", first)


def disease(view: View, _span: Span) -> Answer:
    """The leukaemia."""
    found = view.until("diagnosis", view.today)
    return answered(label(found[-1].disease.value), found[-1]) if found else missing("no diagnosis is recorded")


def diagnosis_date(view: View, _span: Span) -> Answer:
    """The day of the first diagnosis."""
    found = view.until("diagnosis", view.today)
    return answered(date_text(found[0].at.day), found[0]) if found else missing("no diagnosis is recorded")


def bridging(view: View, _span: Span) -> Answer:
    """Therapy recorded as bridging on the way to the infusion."""
    given = [entry for entry in view.on_the_way("therapy") if entry.intent is Intent.BRIDGING]
    if not given:
        return to_confirm("none is recorded as bridging")
    names = dict.fromkeys(label(entry.agent) for entry in given)
    return answered(f"{', '.join(names)} from {date_text(given[0].at.day)}", *given)


def lymphodepletion(view: View, _span: Span) -> Answer:
    """Whether it was given."""
    given = _lymphodepleting(view)
    if given:
        return answered(f"yes, from {view.on(given[0].at.day)}", *given)
    return to_confirm("none is recorded") if view.infusions else missing("none is recorded yet")


def lymphodepleting_drugs(view: View, _span: Span) -> Answer:
    """Each drug."""
    given = _lymphodepleting(view)
    names = dict.fromkeys(label(entry.agent) for entry in given)
    return answered(", ".join(names), *given) if given else missing("no lymphodepletion is recorded")


def lymphodepleting_doses(view: View, _span: Span) -> Answer:
    """The dose of each drug; missing while one is."""
    given = _lymphodepleting(view)
    without = [label(entry.agent) for entry in given if entry.dose is None]
    if not given:
        return missing("no lymphodepletion is recorded")
    if without:
        return missing(f"no dose of {', '.join(dict.fromkeys(without))}", *given)
    return answered("; ".join(f"{label(one.agent)} {_dose(one)}" for one in given), *given)


def _dose(entry: Therapy) -> str:
    return f"{number_text(entry.dose or 0.0)} {entry.dose_unit or 'without a unit'}"


def _lymphodepleting(view: View) -> list[Therapy]:
    """The drugs of the lymphodepletion of this course."""
    found = set(view.assessment.lymphodepletion.evidence)
    given = (entry for entry in view.until("therapy", view.before) if entry.id in found)
    return [entry for entry in given if entry.intent is Intent.LYMPHODEPLETION]


def _start(view: View) -> date:
    """The first day of lymphodepletion, else of the infusion, else today."""
    given = _lymphodepleting(view)
    return given[0].at.day if given else view.before


def height(view: View, _span: Span) -> Answer:
    """The newest height up to lymphodepletion."""
    found = [entry for entry in view.until("body_size", _start(view)) if entry.height_cm is not None]
    if not found:
        return missing("no height is recorded before it")
    return answered(f"{field_quantity_text('height_cm', found[-1].height_cm)}, {view.on(found[-1].at.day)}", found[-1])


def weight(view: View, _span: Span) -> Answer:
    """The newest weight up to lymphodepletion, else the one at the infusion, to be confirmed."""
    found = view.until("body_size", _start(view))
    if found:
        return answered(
            f"{field_quantity_text('weight_kg', found[-1].weight_kg)}, {view.on(found[-1].at.day)}", found[-1]
        )
    if view.infusions and view.infusions[0].weight_kg is not None:
        told = field_quantity_text("weight_kg", view.infusions[0].weight_kg)
        return to_confirm(f"{told} at the infusion; none before lymphodepletion", view.infusions[0])
    return missing("no weight is recorded before it")


def counts_before(view: View, _span: Span) -> Answer:
    """The newest count up to lymphodepletion."""
    return newest_count(view, view.until("blood_count", _start(view)))


def newest_count(view: View, counts: list[Any]) -> Answer:
    """The five counts of the newest of these; missing while one of them is."""
    if not counts:
        return missing("no blood count is recorded")
    newest = counts[-1]
    signs = newest.censored or {}
    held = {name: getattr(newest, name) for name in COUNTS}
    told = ", ".join(
        f"{label(name)} {field_quantity_text(name, value, str(signs.get(name, '')))}"
        for name, value in held.items()
        if value is not None
    )
    absent = [label(name) for name, value in held.items() if value is None]
    words = f"{told or 'no value'}, {view.on(newest.at.day)}"
    return missing(f"{words}; not {', '.join(absent)}", newest) if absent else answered(words, newest)


def performance(view: View, _span: Span) -> Answer:
    """The newest Karnofsky or Lansky score."""
    found = view.until("performance", view.before)
    asked = [entry for entry in found if entry.scale is not PerformanceScale.ECOG]
    if asked:
        return answered(f"{label(asked[-1].scale.value)} {asked[-1].score}, {view.on(asked[-1].at.day)}", asked[-1])
    if found:
        return missing(f"only ECOG {found[-1].score} is recorded", found[-1])
    return missing("no score is recorded")


def comorbidity(view: View, _span: Span) -> Answer:
    """Comorbidities."""
    found = view.until("comorbidity", view.before)
    told = "; ".join(f"{label(entry.condition.value)}{'' if entry.active else ', not active'}" for entry in found)
    return answered(told, *found) if found else to_confirm("none is recorded")


def manufactured(view: View, _span: Span) -> Answer:
    """Asked only of products without a trade name, for which a chart has no place."""
    if not view.infusions:
        return missing(_NO_INFUSION)
    if view.infusions[0].product.value in view.knowledge.products:
        return not_asked("the product has a trade name")
    return Answer(AnswerStatus.NO_FIELD, NO_PLACE)

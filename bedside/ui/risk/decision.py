"""Owns the words of the physician's decisions: choice, who, when, why, signature, and the class it was taken under."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING

from bedside.chart.assessment import ClassOnDate, RiskClass
from bedside.chart.entries import Decision
from bedside.chart.enums import Choice
from bedside.chart.formats import at_text, date_text, label, moment_text
from bedside.chart.moments import AsOf
from bedside.service.signatures import WORDS, Signature, by_entry
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.risk.fact import Fact, Section
from bedside.ui.risk.words import CLASS_WORDS, unbroken

if TYPE_CHECKING:
    from bedside.service.read import Opened

STANDS_FOR = {RiskClass.HIGH: Choice.HSCT, RiskClass.LOW: Choice.WATCH_AND_WAIT}
"""What a class stands for by itself; ambiguous and pending leave it open."""
_TAKES_A_SIDE = frozenset({Choice.HSCT, Choice.WATCH_AND_WAIT, Choice.REINFUSION})


def decision_section(opened: "Opened") -> Section:
    """The decisions up to the point that is shown, the newest first and in full."""
    made = _made(opened)
    if not made:
        none = (Run("None recorded", 12, 600, "ink", missing=True), Run("  it is the physician's", 12, 400, "ink2"))
        return Section("Decision", (Fact((none,)),))
    newest, *earlier = reversed(made)
    facts = [Fact(tuple(_newest_lines(newest, opened)), (newest.id,))]
    facts += [Fact((_earlier_line(one),), (one.id,)) for one in earlier]
    gist = f"{label(newest.choice.value)}, {date_text(newest.at.day)}"
    return Section("Decision", tuple(facts), (Run(unbroken(gist), 12, 400, "ink2"),))


def newest_decision(opened: "Opened") -> Decision | None:
    """The newest decision up to the point that is shown, None where there is none."""
    return next(reversed(_made(opened)), None)


def _made(opened: "Opened") -> list[Decision]:
    as_of = AsOf.parse(opened.assessment.as_of)
    return [one for one in opened.journal.live if isinstance(one, Decision) and as_of.covers(one.at)]


def in_words(decision: Decision, opened: "Opened") -> Iterable[Line]:
    """Choice and moment, the rationale, and who signed it, or that nobody did and who recorded it."""
    yield (Run(_choice(decision), 13, 600), Run(f"  {unbroken(at_text(decision.at))}", 12, 400, "ink2"))
    yield (Run(unbroken(decision.rationale), 12, 400, "ink"),)
    yield from _signed(decision, opened)


def _soft(text: str, token: str = "ink2") -> Line:
    return (Run(unbroken(text), 12, 400, token),)


def _choice(decision: Decision) -> str:
    if decision.choice is Choice.HSCT:
        return "HSCT"
    return label(decision.choice.value).capitalize()


def _newest_lines(decision: Decision, opened: "Opened") -> Iterable[Line]:
    yield from in_words(decision, opened)
    history = opened.assessment.risk.history
    then = class_on(history, decision.at.day)
    if then is not None:
        yield from _beside_the_class(decision, then, history[-1].class_)


def _signed(decision: Decision, opened: "Opened") -> Iterable[Line]:
    signatures = by_entry(opened.signatures).get(decision.id, ())
    zone = decision.at.instant.tzinfo if decision.at.instant is not None else None
    yield from (_soft(_signature_words(one, zone or one.at.tzinfo or UTC)) for one in signatures)
    if not signatures and decision.signed_by:
        yield _soft(f"Signed by {decision.signed_by}, as the file it came from says.")
    elif not signatures:
        origin = _origin(decision, opened)
        yield (
            Run("Not signed", 12, 600, "ink", missing=True),
            Run(f"  {origin}" if origin else "", 12, 400, "ink2"),
        )


def _origin(decision: Decision, opened: "Opened") -> str:
    """Who recorded it, or who brought it in where the file does not say; "" where neither is known."""
    by, known = opened.recorder(decision), opened.recorded.get(decision.id)
    if by:
        return f"recorded by {by}"
    return f"brought in by {known.received_by}; the file does not say who recorded it" if known is not None else ""


def _signature_words(signature: Signature, zone: tzinfo) -> str:
    roles = " and ".join(signature.roles)
    when = moment_text(signature.at, zone)
    return f"Signed by {signature.by} ({roles}), {when}: “{WORDS[signature.meaning]}”"


def class_on(history: Sequence[ClassOnDate], day: date) -> RiskClass | None:
    """The class that stood at the end of a day, None before the history begins."""
    return next((step.class_ for step in reversed(history) if step.date <= day), None)


def differs(choice: Choice, risk: RiskClass) -> bool:
    """Whether a decision takes another side than the class stands for; a class that leaves it open never differs."""
    return risk in STANDS_FOR and choice in _TAKES_A_SIDE and choice is not STANDS_FOR[risk]


def _beside_the_class(decision: Decision, then: RiskClass, now: RiskClass) -> Iterable[Line]:
    if differs(decision.choice, then):
        stands = "HSCT" if then is RiskClass.HIGH else label(STANDS_FOR[then].value)
        yield (
            Run("Differs from the class: ", 12, 600, "ink"),
            Run(f"{CLASS_WORDS[then]} on that day, which stands for {stands} (Buechner 2022).", 12, 400, "ink2"),
        )
    else:
        yield _soft(f"The class on that day was {CLASS_WORDS[then]}.")
    if now is not then:
        yield (Run(f"The class has moved since, from {CLASS_WORDS[then]} to {CLASS_WORDS[now]}.", 12, 600, "ink"),)


def _earlier_line(decision: Decision) -> Line:
    return (
        Run(f"{unbroken(at_text(decision.at))}  ", 12, 400, "ink2"),
        Run(_choice(decision), 12, 600),
        Run(f"  {unbroken(decision.rationale)}", 12, 400, "ink2"),
    )

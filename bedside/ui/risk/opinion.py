"""Owns what other papers say beside the criteria: second opinion, differences, the HSCT panel; and what is open."""

import re
from collections.abc import Callable, Sequence

from bedside.chart.assessment import Assessment
from bedside.chart.derived.centre import CentreValues
from bedside.chart.derived.opinion import Difference, Factor, FactorStatus, HsctItem, Position, SecondOpinion
from bedside.chart.formats import NO_BREAK_SPACE, date_text, day_text
from bedside.ui.lettering import Run
from bedside.ui.overview.due import OpenRow
from bedside.ui.paragraph import Line
from bedside.ui.risk.fact import Fact, Section
from bedside.ui.risk.words import unbroken
from bedside.ui.signs import Sign

Named = Callable[[str], str]
"""Gives a source's short name for its key."""


def opinion_section(opinion: SecondOpinion, named: Named) -> Section:
    """The verdict, the signs and the factors that are there, then what is absent and what nobody knows."""
    verdict = f"{opinion.text[:1].upper()}{opinion.text[1:]}"
    facts = [Fact(((Run(unbroken(verdict), 13, 600),),), opinion.evidence)]
    facts += [Fact((_line("Sign of relapse:", sign.text),), sign.evidence, Sign.MET_INK) for sign in opinion.imminent]
    facts += [_factor(one, named) for one in opinion.factors if one.status is FactorStatus.PRESENT]
    for status, word, sign in (
        (FactorStatus.UNKNOWN, "Not known:", Sign.NOT_KNOWN),
        (FactorStatus.ABSENT, "Absent:", Sign.NOT_MET),
    ):
        found = [factor for factor in opinion.factors if factor.status is status]
        if found:
            titles = "; ".join(_inside(factor.title) for factor in found)
            rests = tuple(dict.fromkeys(entry for factor in found for entry in factor.evidence))
            facts.append(Fact((_line(word, titles, missing=status is FactorStatus.UNKNOWN),), rests, sign))
    facts += [
        Fact(((Run(unbroken(note), 12, 400, "ink2"),),), rests)
        for note, rests in zip(opinion.notes, opinion.notes_evidence, strict=True)
    ]
    return Section("Second opinion", tuple(facts), (Run(named(opinion.source), 12, 400, "ink2"),))


def _inside(title: str) -> str:
    """A title as it stands within a line: "loss of B-cell aplasia", but "TP53 lesion" as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _factor(factor: Factor, named: Named) -> Fact:
    """Title and effect; the patient's datum, the whole effect and the source when asked."""
    gist = re.split(r" \(|; ", factor.effect, maxsplit=1)[0]
    more = (factor.text, factor.effect if gist != factor.effect else "", f"Source: {named(factor.source)}.")
    return Fact(
        ((Run(unbroken(factor.title), 12, 600),), (Run(unbroken(gist), 12, 400, "ink2"),)),
        factor.evidence,
        Sign.MET_INK,
        more=tuple((Run(unbroken(text), 12, 400, "ink"),) for text in more if text),
    )


def differences_section(differences: Sequence[Difference], named: Named) -> Section:
    """What each source says of each topic that the patient's own data raise."""
    facts = [
        Fact(
            ((Run(unbroken(topic.title), 12, 600),), *(_position(one, named) for one in topic.says)),
            topic.evidence,
            more=((Run(unbroken(topic.text), 12, 400, "ink"),),) if topic.text else (),
        )
        for topic in differences
    ]
    count = f"{len(facts)} {'topic' if len(facts) == 1 else 'topics'} here"
    return Section("Where the sources differ", tuple(facts), (Run(count, 12, 400, "ink2"),))


def _position(position: Position, named: Named) -> Line:
    return (Run(f"{named(position.source)}: ", 12, 500), Run(unbroken(position.text), 12, 400, "ink2"))


def hsct_section(assessment: Assessment) -> Section:
    """The panel without what stands elsewhere on the page: the class, the second opinion, the decision."""
    day = assessment.day
    facts = [_item(one) for one in assessment.hsct.items if one.id not in {"risk_class", "second_opinion", "decision"}]
    return Section("HSCT panel", tuple(facts), () if day is None else (Run(day_text(day), 12, 400, "ink2"),))


def _item(item: HsctItem) -> Fact:
    tone = "ink2" if item.known else "ink"
    text = _bare(item.text)
    return Fact(
        ((Run(unbroken(text), 12, 400 if item.known else 600, "ink", missing=not item.known),),),
        item.evidence,
        caption=(Run(item.title, 12, 400, tone),),
        more=((Run(unbroken(item.note), 12, 400, "ink2"),),) if item.note else (),
    )


def _bare(text: str) -> str:
    """What is said without the name of what is missing, which the caption says."""
    if not text.startswith("not recorded: "):
        return text
    return "; ".join(["not recorded", *text.split("; ")[1:]])


def open_section(rows: Sequence[OpenRow]) -> Section:
    """What the course waits for, as the overview lists it."""
    facts = [Fact((_open_line(row),)) for row in rows]
    late = sum(row.days is not None and row.days < 0 for row in rows)
    gist = Run(f"{late} overdue", 12, 600, "high") if late else Run("0 overdue", 12, 400, "ink2")
    return Section("Open", tuple(facts), (gist,), folded=True)


def _open_line(row: OpenRow) -> Line:
    on = f"{unbroken(date_text(row.on))}  " if row.on is not None else ""
    return (
        Run(f"{row.what}  ", 12, 400, "ink"),
        Run(on, 12, 400, "ink2"),
        row.state._replace(text=row.state.text.replace(" ", NO_BREAK_SPACE)),
    )


def centre_section(centre: CentreValues) -> Section:
    """The values that the centre uses in place of the program's."""
    facts = [
        Fact((_line(f"{one.value} {one.unit or ''}".strip(), f"{one.text} (program: {one.default})"),))
        for one in centre.values
    ]
    return Section(f"Values of {centre.name}", tuple(facts), folded=True)


def _line(strong: str, soft: str, *, missing: bool = False) -> Line:
    return (Run(f"{strong}  ", 12, 600, "ink", missing=missing), Run(unbroken(soft), 12, 400, "ink2"))

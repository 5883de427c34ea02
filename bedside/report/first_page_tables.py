"""Owns the lower half of the first page: course, samples, infusion and toxicity, state of the patient, decision."""

from reportlab.platypus import Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Phase
from bedside.chart.entries import Decision, DonorSearch, Hsct, Marrow, Therapy
from bedside.chart.enums import MrdMethod
from bedside.chart.formats import date_text, label, moment_text
from bedside.report.course_chart import CourseChart
from bedside.report.facts import Facts
from bedside.report.frame import height_of
from bedside.report.lettering import Paragraph, held_together
from bedside.report.samples import samples_table
from bedside.report.state_words import state_rows
from bedside.report.styles import CELL, DENSE_PAIRS, INK, REGULAR, SMALL_PAIRS, SOFT, SOFT_INK
from bedside.report.toxicity_words import GRADED_BY, infusion_in_short, toxicity_in_short
from bedside.report.words import between_words, blasts_words, donor_words, hsct_words, mrd_result, mrd_words
from bedside.report.writing import BOX_PADDING, Cell, Writing

_LANE_ROWS = (3, 3, 3, 2, 2, 2, 1)
_SAMPLES = (5, 4, 3, 2, 2, 2, 1)
_MOST_SAMPLES, _ROW_OF_A_SAMPLE = 6, 13.0
_WITHOUT_NEWEST_MRD = 4
_PROBLEMS = (6, 6, 5, 4, 3, 3, 3)
_SAMPLES_AT_REFERRAL = (6, 6, 6, 6, 5, 4, 3)
_LEFT_SHARE, _LEFT_SHARES = 0.54, (0.54, 0.54, 0.54, 0.5, 0.48, 0.46, 0.46)
_DENSE = 5
_NAMES = 76.0
_NAMED_WITHOUT_ROOM = 4


def course(writing: Writing) -> list[Flowable]:
    """Return the drawing of the course with the stretches that it leaves out in words."""
    rows = _LANE_ROWS[writing.brevity]
    if rows not in writing.drawn:
        writing.drawn[rows] = CourseChart(writing.facts, writing.letters, writing.knowledge, writing.room, rows)
    chart = writing.drawn[rows]
    cuts = "; ".join(between_words(first, last) for first, last in chart.cut_words())
    notes = [f"Left out of the drawing, without any entry: {cuts}."] if cuts else []
    unlabelled = chart.unlabelled()
    if unlabelled:
        more = len(unlabelled) - _NAMED_WITHOUT_ROOM
        named = "; ".join(
            [*unlabelled[:_NAMED_WITHOUT_ROOM], *([f"{more} more on the pages that follow"] * (more > 0))]
        )
        notes.append(f"Drawn without room for their words: {named}.")
    flowables = [*writing.subheading("Course", "course"), chart]
    return [*flowables, *([writing.letters.paragraph(" ".join(notes), SOFT)] if notes else [])]


def samples_and_state(writing: Writing) -> list[Flowable]:
    """Return the newest samples and what a transplant asks, beside infusion, toxicity and the state of the patient."""
    gap = 14.0
    left = (writing.room - gap) * (_LEFT_SHARE if writing.facts.course is None else _LEFT_SHARES[writing.brevity])
    right = writing.room - gap - left
    state = writing.pairs(
        list(state_rows(writing.facts, _PROBLEMS[writing.brevity])), (_NAMES, right - _NAMES), _style(writing)
    )
    infusion = _infusion(writing, right) if writing.facts.course is not None else []
    other = [*infusion, *writing.subheading("State of the patient", "state"), state]
    return [writing.columns([_beside(writing, left, height_of(other, right)), "", other], [left, gap, right])]


def _beside(writing: Writing, room: float, height: float) -> list[Flowable]:
    """Return the samples and what a transplant asks: at least the few that must be, more where they fit beside."""
    referred = writing.facts.assessment.phase is Phase.REFERRAL
    fewest = (_SAMPLES_AT_REFERRAL if referred else _SAMPLES)[writing.brevity]
    transplant = writing.pairs(_transplant_rows(writing), (_NAMES, room - _NAMES), _style(writing))
    under = [*writing.subheading("For the transplant", "transplant"), transplant]
    spare = height - height_of(under, room)
    samples = _samples(writing, room, fewest)
    if fewest < _MOST_SAMPLES and spare - height_of(samples, room) > _ROW_OF_A_SAMPLE:
        samples = _as_many_as_fit(writing, room, fewest, spare)
    return [*samples, *under]


def _as_many_as_fit(writing: Writing, room: float, fewest: int, height: float) -> list[Flowable]:
    for most in range(_MOST_SAMPLES, fewest, -1):
        samples = _samples(writing, room, most)
        if height_of(samples, room) <= height:
            return samples
    return _samples(writing, room, fewest)


def _style(writing: Writing) -> TableStyle:
    return SMALL_PAIRS if writing.brevity < _DENSE else DENSE_PAIRS


def _samples(writing: Writing, room: float, most: int) -> list[Flowable]:
    referred = writing.facts.assessment.phase is Phase.REFERRAL
    table, more = samples_table(writing, room, newest=most)
    under = "– not reported. < LOQ: detected, below quantification."
    if more:
        under = f"{more} {'earlier left out here' if referred else 'earlier on the pages that follow'}. {under}"
    return [*writing.subheading("Marrow, MRD and B cells", "samples"), table, writing.letters.paragraph(under, SOFT)]


def _infusion(writing: Writing, room: float) -> list[Flowable]:
    rows = [*infusion_in_short(writing.facts), *toxicity_in_short(writing.facts)]
    pairs = writing.pairs(rows, (_NAMES, room - _NAMES), _style(writing))
    return [*writing.subheading("Infusion and toxicity", "infusion"), pairs, writing.letters.paragraph(GRADED_BY, SOFT)]


def _transplant_rows(writing: Writing) -> list[tuple[str, Cell]]:
    facts = writing.facts
    transplants = [hsct_words(entry) for entry in facts.of(Hsct)]
    given = [entry for entry in facts.of(Therapy) if entry.agent == "inotuzumab_ozogamicin"]
    inotuzumab = "; ".join(f"from {date_text(entry.at.day)}" for entry in given)
    told = facts.course is not None and writing.brevity < _WITHOUT_NEWEST_MRD
    return [
        ("Donor", donor_words(facts.newest(DonorSearch))),
        ("HSCT so far", "; ".join(transplants) or "none recorded"),
        ("Inotuzumab", inotuzumab or "none recorded"),
        *([("Newest MRD", newest_mrd(facts, writing.knowledge.numbers.mrd_cut_off))] if told else []),
    ]


def decision(writing: Writing) -> list[Flowable]:
    """Return the box with the physician's decision and a line to sign on."""
    facts, letters = writing.facts, writing.letters
    newest = facts.newest(Decision)
    if newest is None:
        words = f"<b>Decision:</b> none recorded as of {held_together(facts.as_of_text)}."
    else:
        choice = "HSCT" if newest.choice.value == "hsct" else label(newest.choice.value)
        signed = _signed_words(writing, newest)
        words = (
            f"<b>Decision:</b> <b>{choice}</b>, {held_together(facts.dated(newest.at.day))}: "
            f"{letters.markup(letters.short(newest.rationale))}.{letters.markup(letters.short(signed))}"
        )
    text = Paragraph(f"{words} The summary informs; the decision is the physician’s.", CELL)
    right = writing.room * 0.3
    style = TableStyle([
        ("FONT", (0, 0), (-1, -1), REGULAR, 8, 10),
        ("BOX", (0, 0), (-1, -1), 0.9, INK),
        ("VALIGN", (0, 0), (0, 0), "TOP"),
        ("VALIGN", (1, 0), (1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), BOX_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), BOX_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ])  # fmt: skip
    table = Table(
        [[text, _signature(writing, right - 2 * BOX_PADDING)]], colWidths=[writing.room - right, right], style=style
    )
    table.hAlign = "LEFT"
    return [Spacer(1, 6), table]


def _signed_words(writing: Writing, newest: Decision) -> str:
    given = writing.made.signatures_of(newest.id)
    if given:
        return f" Signed: {given[-1].words} {moment_text(given[-1].at, writing.made.zone)}."
    return f" Signed by {newest.signed_by}." if newest.signed_by else " Not signed."


def _signature(writing: Writing, room: float) -> Flowable:
    """Return who released this summary and when, else the line to sign on."""
    releases = writing.made.releases
    if not releases:
        return _SignatureLine(room)
    when = moment_text(releases[-1].at, writing.made.zone)
    return writing.letters.paragraph(f"Summary signed. {releases[-1].words} {when}.", CELL)


class _SignatureLine(Flowable):
    """A line to sign on, with the word under which one signs."""

    def __init__(self, room: float) -> None:
        super().__init__()
        self.width, self.height = room, 17.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(SOFT_INK)
        self.canv.setFont(SOFT.fontName, SOFT.fontSize)
        self.canv.drawString(0, 3, "date, signed")
        self.canv.setLineWidth(0.6)
        self.canv.line(0, 0, self.width, 0)


def newest_mrd(facts: Facts, cut_off: float) -> str:
    """Return the newest result of each method with its date, and what a newer marrow without MRD shows instead."""
    samples = facts.of(Marrow)
    if not samples:
        return "no marrow recorded"
    parts = []
    for method in MrdMethod:
        found = [(result, sample) for sample in samples if (result := mrd_result(sample, method)) is not None]
        if found:
            result, sample = found[-1]
            parts.append(
                f"{label(method.value)} {mrd_words(result, cut_off)} ({held_together(date_text(sample.at.day))})"
            )
    newest = samples[-1]
    blasts = "blasts not reported" if newest.blasts_pct is None else ""
    if parts and not newest.mrd and newest.blasts_pct is not None:
        blasts = f"not in the newest marrow: blasts {blasts_words(newest)} ({held_together(date_text(newest.at.day))})"
    return "; ".join(part for part in (*parts, blasts) if part) or "no MRD reported"

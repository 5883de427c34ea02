"""Owns the lower half of the first page: course, samples, infusion and toxicity, transplant, decision."""

from reportlab.platypus import Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable, KeepTogether

from bedside.chart.entries import Decision, DonorSearch, Hsct, Marrow, Therapy
from bedside.chart.enums import MrdMethod
from bedside.chart.formats import age_text, date_text, label
from bedside.report.course_chart import CourseChart
from bedside.report.lettering import held_together
from bedside.report.samples import samples_table
from bedside.report.styles import INK, REGULAR, SOFT, SOFT_INK, TEXT
from bedside.report.toxicity_words import GRADED_BY, infusion_in_short, toxicity_in_short
from bedside.report.words import between_words, donor_words, hsct_words, mrd_result, mrd_words
from bedside.report.writing import BOX_PADDING, Cell, Writing

_SAMPLES_ON_THE_FIRST_PAGE = 5
_LEFT_SHARE, _LEFT_SHARE_IN_BRIEF = 0.615, 0.52
_BRIEF = 2


def course(writing: Writing) -> list[Flowable]:
    """Return the drawing of the course with the stretches that it leaves out in words."""
    chart = CourseChart(writing.facts, writing.letters, writing.knowledge, writing.room)
    cuts = "; ".join(between_words(first, last) for first, last in chart.cut_words())
    notes = [f"Left out of the drawing, without any entry: {cuts}."] if cuts else []
    if chart.unlabelled:
        notes.append(f"Without room for their words: {chart.unlabelled}; see the tables.")
    flowables = [*writing.heading("Course", "course"), chart]
    return [*flowables, *([writing.letters.paragraph(" ".join(notes), SOFT)] if notes else [])]


def samples_and_toxicity(writing: Writing) -> list[Flowable]:
    """Return the newest samples beside infusion and toxicity."""
    gap = 14.0
    left = (writing.room - gap) * (_LEFT_SHARE if writing.brevity < _BRIEF else _LEFT_SHARE_IN_BRIEF)
    right = writing.room - gap - left
    table, more = samples_table(writing, left, newest=_SAMPLES_ON_THE_FIRST_PAGE - writing.brevity)
    under = "– not done or not reported. < LOQ: detected, below the limit of quantification."
    if more:
        under = f"Not all lines stand here; {more} more on the pages that follow. {under}"
    rows = [*infusion_in_short(writing.facts), *toxicity_in_short(writing.facts)]
    signs = [*writing.heading("Infusion and toxicity", "infusion"), writing.pairs(rows, (74, right - 74))]
    if writing.facts.course is not None:
        signs.append(writing.letters.paragraph(GRADED_BY, SOFT))
    samples = [*writing.heading("Marrow, MRD and B cells", "samples"), table, writing.letters.paragraph(under, SOFT)]
    if writing.brevity:
        samples += writing.heading("For the transplant", "transplant")
        samples.append(writing.pairs(_transplant_rows(writing), (82, left - 82)))
    return [writing.columns([samples, "", signs], [left, gap, right])]


def transplant(writing: Writing) -> list[Flowable]:
    """Return what the transplant team asks first, over the whole width where the page has room for it."""
    if writing.brevity:
        return []
    rows = _transplant_rows(writing)
    widths = [writing.room * share for share in (0.21, 0.24, 0.21, 0.34)]
    table = writing.table([name for name, _ in rows], [[words for _, words in rows]], widths)
    return [KeepTogether([*writing.heading("For the transplant", "transplant"), table])]


def _transplant_rows(writing: Writing) -> list[tuple[str, Cell]]:
    facts = writing.facts
    transplants = [hsct_words(entry) for entry in facts.of(Hsct)]
    given = [entry for entry in facts.of(Therapy) if entry.agent == "inotuzumab_ozogamicin"]
    inotuzumab = "; ".join(f"inotuzumab from {date_text(entry.at.day)}" for entry in given)
    age = age_text(facts.chart.patient.birth_date, facts.last_day)
    return [
        ("HSCT so far", "; ".join(transplants) or "none recorded"),
        ("Donor search", donor_words(facts.newest(DonorSearch))),
        ("Age, inotuzumab", f"{age}; {inotuzumab or 'no inotuzumab recorded'}"),
        ("Newest marrow", _newest_mrd(writing)),
    ]


def decision(writing: Writing) -> list[Flowable]:
    """Return the box with the physician's decision and a line to sign on."""
    facts, letters = writing.facts, writing.letters
    newest = facts.newest(Decision)
    if newest is None:
        words = f"<b>Decision:</b> none recorded as of {held_together(facts.as_of_text)}."
    else:
        choice = "HSCT" if newest.choice.value == "hsct" else label(newest.choice.value)
        signed = f" Signed by {newest.signed_by}." if newest.signed_by else ""
        words = (
            f"<b>Decision:</b> <b>{choice}</b>, {held_together(facts.dated(newest.at.day))}: "
            f"{letters.markup(letters.short(newest.rationale))}.{letters.markup(letters.short(signed))}"
        )
    text = Paragraph(f"{words} The summary informs; the decision is the physician’s.", TEXT)
    right = writing.room * 0.33
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
        [[text, _SignatureLine(right - 2 * BOX_PADDING)]], colWidths=[writing.room - right, right], style=style
    )
    table.hAlign = "LEFT"
    return [Spacer(1, 6), table]


class _SignatureLine(Flowable):
    """A line to sign on, with the word under which one signs."""

    def __init__(self, room: float) -> None:
        super().__init__()
        self.width, self.height = room, 24.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFillColor(SOFT_INK)
        self.canv.setFont(SOFT.fontName, SOFT.fontSize)
        self.canv.drawString(0, 3, "date, signed")
        self.canv.setLineWidth(0.6)
        self.canv.line(0, 0, self.width, 0)


def _newest_mrd(writing: Writing) -> str:
    samples = writing.facts.of(Marrow)
    if not samples:
        return "no marrow recorded"
    parts = []
    for method in MrdMethod:
        found = [(result, sample) for sample in samples if (result := mrd_result(sample, method)) is not None]
        if found:
            result, sample = found[-1]
            parts.append(f"{label(method.value)} {mrd_words(result)} ({held_together(date_text(sample.at.day))})")
    newest = samples[-1]
    blasts = "blasts not reported" if newest.blasts_pct is None else ""
    return "; ".join(part for part in (*parts, blasts) if part) or "no MRD reported"

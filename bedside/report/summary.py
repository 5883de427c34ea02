"""The handoff summary as a PDF: one page to decide on, the evidence behind it, and where all of it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import CondPageBreak
from reportlab.platypus.flowables import Flowable

from bedside.chart.assessment import Assessment, Phase
from bedside.chart.formats import date_text, moment_text
from bedside.chart.live import resolve
from bedside.chart.patient import Chart
from bedside.knowledge.tables import Knowledge
from bedside.report import (
    changes,
    class_box,
    counts_appendix,
    criteria_tables,
    first_page,
    first_page_tables,
    follow_up_page,
    later_pages,
    opinion_pages,
    preparation_page,
    record_pages,
    referral_page,
    toxicity_page,
    two_boxes,
    washout_page,
)
from bedside.report.facts import Facts
from bedside.report.fitting import Part, longest_that_fits, saved_by_rows
from bedside.report.frame import FOOT_SIZE, Marks, Run, build, fitted, page_height, runs_width, wrapped
from bedside.report.lettering import Lettering
from bedside.report.made import LastSent, Made, Signed
from bedside.report.styles import MARGIN, PAGES, REGULAR, STRONG
from bedside.report.writing import MOST_ROWS, Writing

__all__ = ["LastSent", "Layout", "Made", "Signed", "build", "story"]


_FIRST: tuple[Part, ...] = (
    first_page.identity, first_page.disease, class_box.class_box, two_boxes.two_boxes, first_page_tables.course,
    first_page_tables.samples_and_state, first_page_tables.decision,
)  # fmt: skip
_BRIEFER = {
    class_box.class_box, two_boxes.two_boxes, first_page_tables.course, first_page_tables.samples_and_state,
    referral_page.referral, referral_page.colophon,
}  # fmt: skip
_REFERRED: tuple[Part, ...] = (*_FIRST, referral_page.referral, referral_page.colophon)
_APPENDED: tuple[Part, ...] = (record_pages.whole_texts, follow_up_page.registry, counts_appendix.appendix)
_FOLLOWING: tuple[Part, ...] = (
    criteria_tables.criteria, two_boxes.history, changes.changes, opinion_pages.second_opinion,
    opinion_pages.differences, opinion_pages.hsct_panel, follow_up_page.decisions, follow_up_page.due,
    later_pages.therapies, washout_page.washout, preparation_page.preparation, later_pages.product,
    toxicity_page.toxicity, later_pages.infections, follow_up_page.course, later_pages.persistence,
    later_pages.nothing_recorded, record_pages.corrections, record_pages.missing, opinion_pages.centre_values,
    record_pages.colophon,
)  # fmt: skip
_GROWING = {
    two_boxes.history, follow_up_page.decisions, later_pages.therapies, washout_page.washout, later_pages.infections,
    later_pages.persistence, record_pages.corrections,
}  # fmt: skip

# What must be left of a page, in points, for the criteria of a course to start on it.
_ROOM_AFTER_A_COURSE = 400.0
_GAP_IN_THE_FOOT = 12.0
_FOLLOWING_PAGES, _LOST_ON_A_PAGE = 5, 40.0
# What each step of brevity saves of the first page at best, in points.
_SAVED = (0, 24, 45, 80, 115, 140, 195)
_SAVED_AT_REFERRAL = (0, 40, 92, 130, 160, 185, 245)


@dataclass(frozen=True)
class Layout:
    """On which paper, and whether every count and entry, and what registries ask, follow at the end."""

    page: str = "A4"
    appendix: bool = False


A4 = Layout()


def story(
    chart: Chart, assessment: Assessment, knowledge: Knowledge, *, made: Made, chart_sha256: str, layout: Layout = A4
) -> tuple[list[Flowable], Marks]:
    """Return the flowables of the PDF on A4 or Letter, to be built once by `build`, with what stands on every page.

    `chart_sha256` is the hex hash of the chart's file in the interchange format.
    """
    writing = _writing(chart, assessment, knowledge, made, chart_sha256, layout)
    return _flowables(writing), _marks(writing, layout.page)


def _writing(
    chart: Chart, assessment: Assessment, knowledge: Knowledge, made: Made, chart_sha256: str, layout: Layout
) -> Writing:
    facts = Facts(chart, resolve(chart.entries, made.known_at), assessment)
    room, height = PAGES[layout.page][0] - 2 * MARGIN, page_height(layout.page)
    return Writing(facts, Lettering(), knowledge, made, chart_sha256, room, height, appendix=layout.appendix)


def _flowables(writing: Writing) -> list[Flowable]:
    referred = writing.facts.assessment.phase is Phase.REFERRAL
    first = _one_page(writing, _REFERRED if referred else _FIRST)
    parts = () if referred else _FOLLOWING
    following = _at_most_six_pages(writing, parts)
    appended = [flowable for part in _APPENDED for flowable in part(writing)]
    room_to_start = [CondPageBreak(_ROOM_AFTER_A_COURSE)] if writing.facts.course else []
    return [*first, *room_to_start, *following, *appended]


def _one_page(writing: Writing, parts: Sequence[Part]) -> list[Flowable]:
    """Return the parts of the first page, as brief as they must be to fit it."""
    saved = _SAVED if writing.facts.assessment.phase is not Phase.REFERRAL else _SAVED_AT_REFERRAL
    forms = [replace(writing, brevity=brevity) for brevity in range(len(saved))]
    return longest_that_fits(forms, parts, _BRIEFER, writing.height, lambda _: saved)


def _at_most_six_pages(writing: Writing, parts: Sequence[Part]) -> list[Flowable]:
    """Return the parts after the first page, each with as many rows as six pages have room for."""
    room = _FOLLOWING_PAGES * (writing.height - _LOST_ON_A_PAGE)
    forms = [replace(writing, most=most) for most in MOST_ROWS]
    return longest_that_fits(forms, parts, _GROWING, room, saved_by_rows)


def _marks(writing: Writing, page: str) -> Marks:
    letters, made, facts = writing.letters, writing.made, writing.facts
    patient = facts.chart.patient
    name = f"{patient.family_name.upper()}, {patient.given_name}"
    room = writing.room
    short = " ".join(writing.chart_sha256[i : i + 4] for i in range(0, 12, 4))
    state = "signed" if made.releases else "draft"
    stored = "" if made.moment is None else f", stored {moment_text(made.moment, made.zone)}"
    entries = f"{len(facts.chart.entries)} {'entry' if len(facts.chart.entries) == 1 else 'entries'}"
    by = f"Version {made.number}, {state}, by {made.author}, {made.role}{stored}."
    count = f"chart of {entries} attached"
    left = room - runs_width([(REGULAR, count)], FOOT_SIZE) - _GAP_IN_THE_FOOT
    known = "" if made.known_at is None else f", as known on {moment_text(made.known_at, made.zone)}"
    return Marks(
        page=page,
        title=f"CAR T-cell course of {name}, as of {facts.as_of_text}",
        author=f"{made.author}, {made.role}",
        subject=f"Summary for the transplant team, No. {patient.mrn}",
        head_left=((STRONG, "CAR T-cell course"), (REGULAR, ", summary for the transplant team")),
        head_right=((REGULAR, "Data as of "), (STRONG, facts.as_of_text + known)),
        foot_first=_identity(writing, name, left),
        foot_count=count,
        foot_second=fitted(letters, by, room * 0.74),
        foot_hash=f"sha256 {short} … {writing.chart_sha256[-4:]}",
    )


def _identity(writing: Writing, name: str, left: float) -> tuple[tuple[Run, ...], ...]:
    """Return who the patient is, on one line no wider than `left`, else with the name on lines of its own."""
    letters, patient = writing.letters, writing.facts.chart.patient
    born = f"born {date_text(patient.birth_date)} · No. {patient.mrn}"
    whole = letters.runs(f"{name} · {born}")
    if runs_width(whole, FOOT_SIZE) <= left:
        return (tuple(whole),)
    return (*wrapped(letters, name, writing.room), fitted(letters, born, left))

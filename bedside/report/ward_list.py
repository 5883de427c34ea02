"""The ward list on paper, for when the computers are down: one row a patient, with room to write."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Table, TableStyle
from reportlab.platypus.flowables import Flowable

from bedside.report.frame import Marks, build
from bedside.report.lettering import Lettering, Paragraph, faces
from bedside.report.styles import CELL, MARGIN, PAGES, REGULAR, RULE, SOFT, STRONG, TABLE

_SHARES = (0.19, 0.13, 0.077, 0.125, 0.078, 0.075, 0.105, 0.134, 0.086)
_HEADS = (
    "Patient", "Weight, allergies", "Day", "Pathway, product", "Class", "CRS, ICANS", "Next due", "Overdue, blocked",
    "Notes",
)  # fmt: skip
_GRADES = "CRS and ICANS: worst grade of the last 24 h (↑ rose, ↓ fell, → unchanged), ASTCT 2019; – not graded."
_STYLE = TableStyle(
    [
        ("BOTTOMPADDING", (0, 1), (-1, -1), 9),
        ("LINEBEFORE", (-1, 0), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (-1, 0), (-1, -1), 6),
        ("LEFTPADDING", (1, 0), (1, -1), 4),
    ],
    parent=TABLE,
)


@dataclass(frozen=True, slots=True)
class WardLine:
    """One patient in words: who, body, day, where on the way, class, grades, what is due, what is overdue or blocked.

    `moved` says where the class came from in the last days, "" where it stood still. Of a pair the first stands out.
    """

    name: str
    born: str
    weight: str
    allergies: tuple[str, str]
    day: tuple[str, str]
    pathway: tuple[str, str]
    risk: tuple[str, str]
    grades: tuple[str, str]
    due: tuple[str, str]
    late: tuple[str, ...]
    moved: str = ""


def render_ward_list(lines: Sequence[WardLine], *, moment: str, author: str, page: str = "A4") -> bytes:
    """Return the list on landscape paper, heads repeated, no row cut; the same arguments give the same bytes.

    `moment` says for when it holds, `author` who printed it.
    """
    faces()
    letters, paper = Lettering(), f"{page} landscape"
    room = PAGES[paper][0] - 2 * MARGIN
    count = f"{len(lines)} {'patient' if len(lines) == 1 else 'patients'}"
    flowables: list[Flowable] = [_table(letters, lines, room)] if lines else [letters.paragraph("No patient.", CELL)]
    marks = Marks(
        page=paper,
        title=f"Ward list, {moment}",
        author=author,
        subject="Ward list",
        head_left=((STRONG, "Ward list"), (REGULAR, f", {count}")),
        head_right=((REGULAR, "Data as of "), (STRONG, moment)),
        foot_first=(((REGULAR, _GRADES),),),
        foot_count="",
        foot_second=tuple(
            letters.runs(f"Printed by {author}. It informs; the physician decides. Destroy it after use.")
        ),
        foot_hash="",
    )
    return build(flowables, marks)


def _table(letters: Lettering, lines: Sequence[WardLine], room: float) -> Table:
    rows = [list(_HEADS), *(_row(letters, line) for line in lines)]
    return Table(
        rows,
        colWidths=[room * share for share in _SHARES],
        style=_STYLE,
        repeatRows=1,
        hAlign="LEFT",
        splitInRow=0,
    )


def _row(letters: Lettering, line: WardLine) -> list[list[Flowable]]:
    risk = (line.risk[0], ", ".join(part for part in (line.moved, line.risk[1]) if part))
    grades: list[Flowable] = [Paragraph(letters.strong(text), CELL) for text in line.grades]
    before = [_pair(letters, *pair) for pair in (line.day, line.pathway, risk)]
    late: list[Flowable] = [letters.paragraph(text, CELL) for text in line.late]
    body = [letters.paragraph(line.weight, CELL), *_pair(letters, *line.allergies)]
    return [_pair(letters, line.name, line.born), body, *before, grades, _pair(letters, *line.due), late, []]


def _pair(letters: Lettering, first: str, second: str) -> list[Flowable]:
    """A strong line over a soft one, without the one that says nothing."""
    strong = [Paragraph(letters.strong(first), CELL)] if first else []
    return [*strong, *([letters.paragraph(second, SOFT)] if second else [])]

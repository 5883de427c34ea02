"""Owns the page: its frame, what stands on every page, the number of pages, bookmarks and the document's data."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate
from reportlab.platypus.flowables import Flowable, _listWrapOn

from bedside.chart.progress import Progress, unheard
from bedside.report.lettering import Lettering, faces, width
from bedside.report.styles import FALLBACK, FOOT_ROOM, HEAD_ROOM, INK, MARGIN, PAGES, REGULAR, SOFT_INK, STRONG

FOOT_SIZE = 8.0
_FOOT_LINE, _MOST_LINES = 10.0, 2

# Streams as the bytes that they are: no reader has asked for ASCII for decades, and it is a quarter longer.
rl_config.useA85 = 0

Run = tuple[str, str]


@dataclass(frozen=True)
class Marks:
    """What every page says, as runs of (face, text); the numbers of the page are added.

    `foot_first` is one line or several; the lines after it go down into the margin.
    """

    page: str
    title: str
    author: str
    subject: str
    head_left: tuple[Run, ...]
    head_right: tuple[Run, ...]
    foot_first: tuple[tuple[Run, ...], ...]
    foot_count: str
    foot_second: tuple[Run, ...]
    foot_hash: str


class CountingCanvas(Canvas):
    """A canvas that holds its pages back until their number is known, then draws head and foot on each."""

    marks: Marks

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: list[dict[str, Any]] = []
        self._keys: list[str] = []

    def bookmark_here(self, key: str) -> None:
        """Remember a bookmark of this page until the page is written."""
        self._keys.append(key)

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Hold the page back."""
        self._held.append({**self.__dict__, "_keys": tuple(self._keys)})
        self._keys = []
        self._startPage()

    def save(self) -> None:
        """Write all pages, each with its number and the number of pages."""
        held = self._held
        for number, page in enumerate(held, start=1):
            self.__dict__.update(page)
            for key in page["_keys"]:
                self.bookmarkPage(key, fit="XYZ", left=0, top=self._pagesize[1], zoom=0)
            draw_marks(self, self.marks, number, len(held))
            super().showPage()
        super().save()


class Bookmark(Flowable):
    """An entry of the document's outline; it takes no room and stays with what follows."""

    _ZEROSIZE = True

    def __init__(self, key: str, words: str, level: int = 0) -> None:
        super().__init__()
        self.key, self.words, self.level = key, words, level

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return no size."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Enter the heading into the outline."""
        self.canv.bookmark_here(self.key)
        self.canv.addOutlineEntry(self.words, self.key, level=self.level, closed=False)


class FirstThatFits(Flowable):
    """The first of several forms of one part that fits into what is left of the page, else the first on the next."""

    def __init__(self, *forms: Flowable) -> None:
        super().__init__()
        self.forms, self._chosen = forms, forms[0]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Choose the form and return its size."""
        fitting = (form for form in self.forms if form.wrap(width, height)[1] <= height)
        self._chosen = next(fitting, self.forms[0])
        size: tuple[float, float] = self._chosen.wrap(width, height)
        return size

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 (reportlab's names)
        """Draw the chosen form."""
        self._chosen.drawOn(canvas, x, y, _sW)


def draw_runs(canvas: Any, x: float, y: float, runs: Sequence[Run], size: float) -> float:
    """Draw the runs of a line from x on; return where it ends."""
    for face, text in runs:
        canvas.setFont(face, size)
        canvas.drawString(x, y, text)
        x += width(text, face, size)
    return x


def runs_width(runs: Sequence[Run], size: float) -> float:
    """Return the width of a line of runs in points."""
    return sum(width(text, face, size) for face, text in runs)


def draw_marks(canvas: Any, marks: Marks, number: int, total: int) -> None:
    """Draw the head and the foot of one page."""
    page_width, page_top = PAGES[marks.page]
    left, right = MARGIN, page_width - MARGIN
    canvas.saveState()
    canvas.setFillColor(SOFT_INK)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.6)
    pages = ((REGULAR, "page "), (STRONG, str(number)), (REGULAR, f" of {total}"))
    head = page_top - MARGIN - FOOT_SIZE
    draw_runs(canvas, left, head, marks.head_left, FOOT_SIZE)
    corner = (*marks.head_right, (REGULAR, " · "), *pages)
    draw_runs(canvas, right - runs_width(corner, FOOT_SIZE), head, corner, FOOT_SIZE)
    canvas.line(left, head - 6, right, head - 6)
    canvas.line(left, MARGIN + 22, right, MARGIN + 22)
    y = MARGIN + 12 + _FOOT_LINE
    for line in marks.foot_first:
        y -= _FOOT_LINE
        draw_runs(canvas, left, y, line, FOOT_SIZE)
    canvas.drawRightString(right, y, marks.foot_count)
    draw_runs(canvas, left, y - _FOOT_LINE, marks.foot_second, FOOT_SIZE)
    canvas.drawRightString(right, y - _FOOT_LINE, marks.foot_hash)
    canvas.restoreState()


def page_height(page: str) -> float:
    """Return the height of a page's text in points."""
    return float(PAGES[page][1] - 2 * MARGIN - HEAD_ROOM - FOOT_ROOM)


def height_of(flowables: list[Flowable], room: float) -> float:
    """Return the height that flowables take one under the other, in points."""
    return float(_listWrapOn(flowables, room, None)[1])


def build(flowables: list[Flowable], marks: Marks, progress: Progress = unheard) -> bytes:
    """Return the PDF of the flowables; the same flowables and marks give the same bytes.

    `progress` is told how many of the flowables are on their pages; what it raises ends it.
    """
    faces()
    total = len(flowables)
    page_width = PAGES[marks.page][0]
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=PAGES[marks.page],
        title=marks.title,
        author=marks.author,
        subject=marks.subject,
        creator="Bedside",
        lang="en-GB",
        invariant=1,
        initialFontName=REGULAR,
        initialFontSize=9,
        displayDocTitle=1,
    )
    frame = Frame(
        MARGIN,
        MARGIN + FOOT_ROOM,
        page_width - 2 * MARGIN,
        page_height(marks.page),
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates([PageTemplate(id="page", frames=[frame])])
    document.setProgressCallBack(lambda what, done: progress(done, total) if what == "PROGRESS" else None)
    document.build(flowables, canvasmaker=_canvas_maker(marks))
    return out.getvalue()


def _canvas_maker(marks: Marks) -> Callable[..., CountingCanvas]:
    def make(*args: Any, **kwargs: Any) -> CountingCanvas:
        canvas = CountingCanvas(*args, **kwargs)
        canvas.marks = marks
        return canvas

    return make


def fitted(lettering: Lettering, text: str, room: float, face: str = REGULAR) -> tuple[Run, ...]:
    """Return the runs of a line, its end cut with … only where it is wider than the page has room for."""
    runs = lettering.runs(text, face)
    while runs_width(runs, FOOT_SIZE) > room and len(text) > 1:
        text = text[: max(1, int(len(text) * min(0.97, room / runs_width(runs, FOOT_SIZE))))]
        runs = [*lettering.runs(text, face), (FALLBACK if face == FALLBACK else face, "…")]
    return tuple(runs)


def wrapped(lettering: Lettering, text: str, room: float) -> tuple[tuple[Run, ...], ...]:
    """Return a text on one line or two; only what is wider than both ends with …."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if len(lines) < _MOST_LINES and lines[-1] and runs_width(lettering.runs(longer), FOOT_SIZE) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(fitted(lettering, line, room) for line in lines)

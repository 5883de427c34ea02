"""The handoff PDF beside bare reportlab building the same flowables from ready strings."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table
from reportlab.platypus.flowables import Flowable, KeepTogether

from bedside import __version__
from bedside.chart.entries import parse_entries
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart, Patient
from bedside.knowledge.loader import load_knowledge
from bedside.logic.assess import assess
from bedside.report.frame import FirstThatFits
from bedside.report.summary import Made, build, story
from bedside.resources import resource
from tests.benchmarks.charts import chart_of, course_fields
from tests.benchmarks.measure import Result, medians

ROUNDS = 15
ENTRIES = 500
MARGIN = 42


class BareCanvas(Canvas):
    """Writes each page as it comes, and takes the outline's bookmarks."""

    def bookmark_here(self, key: str) -> None:
        """Bookmark the present page."""
        self.bookmarkPage(key)


@contextmanager
def remembering() -> Iterator[None]:
    """Have every Paragraph and Table keep what it was made of, for the time of the block."""

    def remember(made: Callable[..., None]) -> Callable[..., None]:
        def init(self: Any, *parts: Any, **options: Any) -> None:
            made(self, *parts, **options)
            self.ready = (parts, options)

        return init

    originals = {kind: kind.__init__ for kind in (Paragraph, Table)}
    for kind, made in originals.items():
        kind.__init__ = remember(made)
    try:
        yield
    finally:
        for kind, made in originals.items():
            kind.__init__ = made


def again(part: Any) -> Any:
    """The same flowable, cell or list of them, made anew from its ready strings; drawings serve again as they are."""
    if isinstance(part, KeepTogether):
        return KeepTogether([again(inner) for inner in part._content])
    if isinstance(part, FirstThatFits):
        return FirstThatFits(*map(again, part.forms))
    if isinstance(part, (list, tuple)):
        return type(part)(again(inner) for inner in part)
    if isinstance(part, (Paragraph, Table)):
        parts, options = part.ready
        return type(part)(*map(again, parts), **options)
    return part


def build_bare(flowables: Sequence[Flowable]) -> bytes:
    """The flowables made anew and laid out on A4 by reportlab alone."""
    out = io.BytesIO()
    document = BaseDocTemplate(out, invariant=1)
    room = Frame(MARGIN, MARGIN, document.pagesize[0] - 2 * MARGIN, document.pagesize[1] - 2 * MARGIN - 40, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[room])])
    document.build([again(flowable) for flowable in flowables], canvasmaker=BareCanvas)
    return out.getvalue()


def published_case() -> Chart:
    """The published index case of the demonstration ward."""
    fields = json.loads(resource("demo/published-myers-index.json").read_text(encoding="utf-8"))
    patient = Patient.model_validate_json(json.dumps(fields["patient"]))
    return Chart(patient=patient, entries=parse_entries(json.dumps(fields["entries"])), source=fields["source"])


def compared(name: str, chart: Chart, as_of: str) -> Result:
    """Milliseconds of the PDF of a chart, and of its flowables alone."""
    knowledge = load_knowledge()
    assessment = assess(chart, AsOf.parse(as_of), knowledge, app_version=__version__)
    moment = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    made = Made("Bench", "physician", moment, __version__, head_hash="ab" * 32, entry_count=len(chart.entries))

    def pdf() -> bytes:
        return build(*story(chart, assessment, knowledge, made=made, chart_sha256="cd" * 32))

    with remembering():
        flowables, _ = story(chart, assessment, knowledge, made=made, chart_sha256="cd" * 32)
    rendered, bare = medians(pdf, lambda: build_bare(flowables), ROUNDS)
    return Result(name, rendered * 1e3, "ms", bare * 1e3, 1.5)


def measure() -> Sequence[Result]:
    """The published index case, and a course of 500 entries."""
    return [
        compared("handoff PDF of the index case", published_case(), "2020-08-31"),
        compared("handoff PDF of 500 entries", chart_of(1, course_fields(1, ENTRIES)), "2026-11-20"),
    ]

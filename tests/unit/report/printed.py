"""What a reader of the PDF finds: its pages as text, as pypdf extracts them, with its glyphs' names resolved."""

import io
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from bedside.chart.assessment import Assessment
from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.loader import load_knowledge
from bedside.knowledge.tables import Knowledge
from bedside.logic.assess import assess
from bedside.report.summary import A4, Layout, Made, build, story

AS_OF = "2020-07-31"
SHA = "7c419e02b5d8" + "ab" * 24 + "03fa"
MADE = Made(
    "A. Example", "physician", datetime(2020, 7, 31, 7, 44, tzinfo=UTC), "0.1.0", "9f" * 32, 29,
    zone=ZoneInfo("Europe/Berlin"),
)  # fmt: skip


def printed(chart: Chart, assessment: Assessment, made: Made = MADE, layout: Layout = A4) -> bytes:
    """The PDF of a chart."""
    return build(*story(chart, assessment, load_knowledge(), made=made, chart_sha256=SHA, layout=layout))


def assessed(chart: Chart, knowledge: Knowledge, as_of: str = AS_OF, layout: Layout = A4) -> bytes:
    """The PDF of a chart with what the rules derive from it."""
    return printed(chart, assess(chart, AsOf.parse(as_of), knowledge, app_version="0.1.0"), layout=layout)


@cache
def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


@cache
def pages(data: bytes) -> tuple[str, ...]:
    """The text of each page, its lines joined, its non-breaking signs made plain."""
    return tuple(plain(page.extract_text()) for page in reader(data).pages)


def plain(text: str) -> str:
    return " ".join(text.replace(NO_BREAK_SPACE, " ").replace(NON_BREAKING_HYPHEN, "-").split())


def whole(data: bytes) -> str:
    """The text of all pages."""
    return " ".join(pages(data))

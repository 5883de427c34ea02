"""The states of the handoff view: a first summary, one sent before, a course without entries, and a fault."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from bedside.chart.moments import AsOf
from bedside.report.preview import pages_of
from bedside.report.summary import Made, build, story
from bedside.service.handoff import KeptSummary, Order
from bedside.service.read import Opened
from bedside.ui.banner_words import banner_of
from bedside.ui.criteria import CriteriaWords
from bedside.ui.frame import Frame
from bedside.ui.handoff.pages import WIDTH
from bedside.ui.handoff.view import HandoffView
from bedside.ui.troubles import Trouble
from bedside.ui.view import ViewEntry
from tests.samples.index_case import knowledge, opened, opened_chart, without_entries
from tests.screens.screen import Screen

NOW = datetime(2020, 7, 31, 9, 41, tzinfo=UTC)
TROUBLE = Trouble("The summary could not be made.", "Try again; nothing was written.")
SENT = KeptSummary(
    "1", "p", datetime(2020, 6, 30, 14, 5, tzinfo=UTC), "A. Example", "2020-06-30", "Team North", "9f" * 32, 0
)


class Silence:
    """A worker that never answers: the picture shows what it is given."""

    def run(self, *_work: object) -> Any:
        """Take the work and leave it."""
        return SimpleNamespace(drop=list)


def handoffs() -> list[Screen]:
    """The view in every state."""
    return [
        Screen("handoff", "typical", _shower(opened, ())),
        Screen("handoff", "sent", _shower(opened, (SENT,))),
        Screen("handoff", "empty", _shower(lambda: opened_chart(without_entries(), "2020-07-31"), ())),
        Screen("handoff", "error", _shower(opened, (), Trouble)),
    ]


def _shower(make: Callable[[], Opened], kept: tuple[KeptSummary, ...], fault: object = None) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        shown = make()
        order = Order(shown.chart.patient.mrn, AsOf.parse("2020-07-31"))
        desk: Any = SimpleNamespace(session=SimpleNamespace(zone=UTC, read_only=True), background=Silence())
        frame.set_views(
            [ViewEntry("handoff", "Handoff", lambda: HandoffView(CriteriaWords(knowledge()), desk, lambda: order))]
        )
        frame.show_banner(banner_of(shown))
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        frame.show_view("handoff")
        view = frame.view("handoff")
        assert isinstance(view, HandoffView)
        view.show_opened(shown)
        view._sent_read(kept)
        if fault is None:
            view._pages_read(pages_of(_pdf(shown), WIDTH))
        else:
            view._pages_failed(TROUBLE)

    return show


def _pdf(shown: Opened) -> bytes:
    made = Made("A. Example", "physician", NOW, "0.1.0", "9f" * 32, len(shown.chart.entries), UTC, None)
    return build(*story(shown.chart, shown.assessment, knowledge(), made=made, chart_sha256="3c" * 32))

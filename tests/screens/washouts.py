"""The states of therapy and wash-out: no entry, dates that hold and do not, no plan, cells collected, many agents."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from bedside.chart.enums import Milestone
from bedside.service.planning import Planning, planning
from bedside.service.read import Opened
from bedside.ui.banner_words import banner_of
from bedside.ui.criteria import CriteriaWords
from bedside.ui.frame import Frame
from bedside.ui.view import ViewEntry
from bedside.ui.washout.view import WashoutView
from tests.samples.index_case import knowledge
from tests.samples.planner import COUNTS, PLANS, THERAPIES, before_apheresis, given
from tests.screens.screen import Screen

MANY = tuple(
    given(agent, f"2020-07-{day:02d}", f"2020-07-{day + 1:02d}")
    for day, agent in enumerate(
        ("blinatumomab", "imatinib", "dasatinib", "nelarabine", "etoposide", "idarubicin", "venetoclax", "ponatinib"), 3
    )
)


def washouts() -> list[Screen]:
    """The view in every state."""
    collected = {"kind": "apheresis", "at": "2020-07-15", "cd3_yield": 2.0}
    made: dict[str, tuple[Callable[[], Opened], Mapping[Milestone, date]]] = {
        "empty": (before_apheresis, {}),
        "typical": (lambda: before_apheresis(*PLANS, *COUNTS, *THERAPIES[:6], THERAPIES[7]), {}),
        "alarming": (lambda: before_apheresis(*PLANS, *COUNTS, *THERAPIES), {}),
        "tried": (lambda: before_apheresis(*PLANS, *COUNTS, *THERAPIES), {Milestone.APHERESIS: date(2020, 8, 21)}),
        "unplanned": (lambda: before_apheresis(*COUNTS, *THERAPIES), {}),
        "collected": (lambda: before_apheresis(collected, PLANS[1], *COUNTS, *THERAPIES), {}),
        "longest": (lambda: before_apheresis(*PLANS, *COUNTS, *THERAPIES, *MANY), {}),
    }
    return [Screen("washout", state, _shower(make, tried)) for state, (make, tried) in made.items()]


def _shower(make: Callable[[], Opened], tried: Mapping[Milestone, date]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        shown = make()
        frame.set_views([ViewEntry("washout", "Therapy & wash-out", _made)])
        frame.show_banner(banner_of(shown))
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        frame.show_view("washout")
        view = frame.view("washout")
        assert isinstance(view, WashoutView)
        view.show_opened(shown)
        for milestone, day in tried.items():
            view.try_date(milestone, day)
        view.entered()

    return show


def _made() -> WashoutView:
    return WashoutView(CriteriaWords(knowledge()), _planning, lambda: datetime(2020, 7, 31, 9, 41, tzinfo=UTC))


def _planning(shown: Opened) -> Planning:
    return planning(shown, knowledge())

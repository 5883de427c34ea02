"""The toxicity view: nothing yet, never assessed, a course of fever, an alarm, a child with a month of readings."""

from collections.abc import Callable
from datetime import timedelta

from bedside.service.read import Opened
from bedside.ui.banner_words import banner_of
from bedside.ui.criteria import CriteriaWords
from bedside.ui.frame import Frame
from bedside.ui.toxicity.view import ToxicityView
from bedside.ui.view import ViewEntry
from tests.samples.index_case import knowledge
from tests.samples.toxicity import (
    CHILD,
    NOW,
    alarming_course,
    infusion,
    longest_course,
    opened,
    typical_course,
)
from tests.screens.screen import Screen

LONG_NAME = {
    "family_name": "von und zu der Testberg-Holunder-Wacholderbeere",
    "given_name": "Synthetic Marie-Luise Anna Katharina",
}


def toxicities() -> list[Screen]:
    """Every state of the toxicity view."""
    month = NOW + timedelta(days=23)
    states: dict[str, Callable[[], Opened]] = {
        "empty": lambda: opened([]),
        "not-assessed": lambda: opened([infusion()]),
        "typical": lambda: opened(typical_course()),
        "alarming": lambda: opened(alarming_course()),
        "longest": lambda: opened(longest_course(), born=CHILD, moment=month, **LONG_NAME),
    }
    return [Screen("toxicity", state, _shower(make)) for state, make in states.items()]


def _shower(make: Callable[[], Opened]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        shown = make()
        view = ToxicityView(CriteriaWords(knowledge()))
        frame.set_views([ViewEntry("toxicity", "Toxicity", lambda: view)])
        frame.show_banner(banner_of(shown))
        frame.view_bar.show_moment("31-Jul-2020 09:41", True)
        frame.show_view("toxicity")
        view.show_opened(shown)

    return show

"""The journal: a course with a correction, a void and a conflict, the same turned back, and an empty one."""

from collections.abc import Callable
from datetime import UTC, datetime

from bedside.chart.entries import AnyEntry
from bedside.chart.formats import moment_text
from bedside.ui.frame import Frame
from bedside.ui.journal.view import JournalView
from bedside.ui.view import ViewEntry
from tests.screens.screen import Screen
from tests.ui.foundation.samples import FACTS
from tests.ui.journal.samples import ZONE, a_course, now, opened

TURNED_BACK = datetime(2020, 7, 30, 7, 4, tzinfo=UTC)


def journals() -> list[Screen]:
    """Every state of the journal."""
    return [
        Screen("journal", "typical", _shower(a_course())),
        Screen("journal", "turned-back", _shower(a_course(), TURNED_BACK)),
        Screen("journal", "empty", _shower([])),
    ]


def _shower(entries: list[AnyEntry], known_at: datetime | None = None) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        view = JournalView(now)
        frame.set_views([ViewEntry("journal", "Journal", lambda: view)])
        frame.show_banner(FACTS)
        known = "" if known_at is None else f", as known {moment_text(known_at, ZONE)}"
        frame.view_bar.show_moment(f"31-Jul-2020 09:41{known}", known_at is None)
        frame.show_view("journal")
        view.show_opened(opened(entries, known_at), known_at)
        view.entered()

    return show

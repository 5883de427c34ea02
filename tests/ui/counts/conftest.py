"""The counts of a synthetic patient in a frame, and keys sent to whatever has the keyboard."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.entries import AnyEntry
from bedside.service.read import Opened
from bedside.ui import fonts, theme
from bedside.ui.actions import Action
from bedside.ui.banner_words import banner_of
from bedside.ui.counts.view import CountsView
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.facts import last_values, limits_of
from bedside.ui.frame import Frame
from bedside.ui.view import ViewEntry
from tests.samples.counts import opened_counts, typical
from tests.samples.index_case import knowledge
from tests.sent_keys import send_keys
from tests.ui.forms.samples import NOW, Doors, at_nine_forty_one, context_with

Keys = Callable[..., None]
CONTROL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """Stands for the forms of the window: what typing needs, or why nothing can be typed."""

    def __init__(self, doors: Doors, opened: Opened) -> None:
        self.doors, self.opened, self.why_not = doors, opened, ""

    def context(self) -> FormContext | None:
        patient = self.opened.chart.patient
        limits = limits_of(knowledge(), patient, NOW.date())
        return context_with(self.doors, last=last_values(self.opened.journal.live), limits=limits)

    def refusal(self) -> str:
        return self.why_not

    def actions(self) -> tuple[Action, ...]:
        return ()


class Counts:
    """The view in a frame, filled with a patient's entries."""

    def __init__(
        self, qtbot: QtBot, entries: Iterable[AnyEntry], size: tuple[int, int] = (1280, 800), day: str = "2020-07-31"
    ) -> None:
        self.opened = opened_counts(entries, day)
        self.doors = Doors()
        self.typist = Typist(self.doors, self.opened)
        self.view = CountsView(knowledge(), at_nine_forty_one, self.typist)
        self.frame = Frame()
        qtbot.addWidget(self.frame)
        self.frame.resize(*size)
        self.frame.set_views([ViewEntry("counts", "Counts", self._view)])
        self.frame.show_banner(banner_of(self.opened))
        with qtbot.waitActive(self.frame):
            self.frame.show()
            self.frame.activateWindow()
        self.frame.show_view("counts")
        self.view.show_opened(self.opened)
        self.frame.refresh_keys()
        self.view.take_keyboard()
        QApplication.processEvents()

    def _view(self) -> CountsView:
        return self.view

    def cell(self) -> str:
        """The words of the cell that has the keyboard."""
        index = self.view.table.currentIndex()
        line = self.view.table.sheet.lines[index.row()]
        return f"{line.words} {self.view.table.sheet.column_words(index.column())[0]}"


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    if theme.current().name != "light" or not qapp.styleSheet():
        theme.apply(qapp, theme.load_theme("light"))


@pytest.fixture
def counts(qtbot: QtBot) -> Iterator[Counts]:
    made = Counts(qtbot, typical())
    yield made
    made.frame.close_views()


@pytest.fixture
def keys() -> Keys:
    """Types words letter by letter, and single keys; `control` holds Ctrl."""

    return send_keys

"""Tests of long work as the window shows it: nothing for a short job, the way to its end, and the way out of it."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.progress import Cancelled, part_of, unheard
from bedside.ui.background import Background
from bedside.ui.long_work.progress_row import BEING_CANCELLED, ProgressRow
from bedside.ui.long_work.strip import WorkStrip
from bedside.ui.long_work.watch import Watch
from bedside.ui.troubles import Trouble


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.values: list[Any] = []
        self.troubles: list[Trouble] = []

    def done(self, value: Any) -> None:
        self.values.append(value)

    def failed(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background(qapp)
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def row(qtbot: QtBot) -> ProgressRow:
    made = ProgressRow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def strip(qtbot: QtBot, background: Background) -> Iterator[WorkStrip]:
    made = WorkStrip()
    qtbot.addWidget(made)
    made.attend(background.going)
    background.long_begun.connect(made.begin)
    yield made
    made.close_strip()


def hold(watch: Watch, go_on: threading.Event, steps: int = 100) -> str:
    """Work of many steps, which stands at the first until it may go on."""
    for step in range(steps):
        watch.tell(step, steps)
        go_on.wait(20)
    return "done"


def looks(shown: Callable[[], None], times: int) -> None:
    for _ in range(times):
        shown()


def test_that_progress_is_shown_only_where_it_takes_longer_than_300_ms(row: ProgressRow) -> None:
    watch = Watch("It is being read …")
    row.follow(watch)
    watch.tell(250, 1000)
    looks(row.look, 2)
    assert row.isHidden()
    row.look()
    assert not row.isHidden()
    assert (row.words.text(), row.count.text(), row.bar.part) == ("It is being read …", "25 %", 0.25)
    row.finish()
    assert row.isHidden()


def test_that_no_figure_is_shown_while_nobody_knows_how_much_there_is(row: ProgressRow) -> None:
    row.follow(Watch("It is being read …"))
    assert (row.count.text(), row.bar.part) == ("", 0.0)


@pytest.mark.parametrize(("done", "words"), [(0, "0 %"), (999, "99 %"), (1000, "100 %"), (1001, "100 %")])
def test_that_no_more_than_everything_is_ever_done(row: ProgressRow, done: int, words: str) -> None:
    watch = Watch("")
    watch.tell(done, 1000)
    row.follow(watch)
    assert row.count.text() == words


def test_that_the_button_stops_the_work_says_so_and_can_be_pressed_once(row: ProgressRow) -> None:
    watch = Watch("It is being read …")
    row.follow(watch)
    row.cancel.click()
    assert watch.stopped
    assert (row.words.text(), row.cancel.isEnabled()) == (BEING_CANCELLED, False)


def test_that_a_watch_knows_whether_it_is_shown(row: ProgressRow) -> None:
    first, second = Watch("one"), Watch("two")
    row.follow(first)
    row.follow(second)
    assert (first.is_shown, second.is_shown) == (False, True)
    row.finish()
    assert not second.is_shown


def test_that_work_is_told_to_end_by_its_own_watch_alone_and_how_that_leaves_things() -> None:
    watch, other = Watch("one", "No file was written."), Watch("two")
    watch.tell(1, 2)
    watch.stop()
    other.tell(1, 2)
    with pytest.raises(Cancelled) as told:
        watch.tell(2, 2)
    assert (told.value.what_happened, told.value.what_to_do) == ("It was cancelled.", "No file was written.")


def test_that_the_worker_gives_way_at_each_step() -> None:
    watch, steps = Watch("one"), list[int]()
    watch.give_way = lambda: steps.append(watch.done)
    for step in range(3):
        watch.tell(step, 3)
    assert steps == [0, 1, 2]


def test_that_parts_of_longer_work_follow_one_another() -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))

    for first, last in ((0, 40), (40, 100)):
        part = part_of(tell, first, last)
        for done in range(3):
            part(done, 2)
    part_of(tell, 40, 100)(0, 0)
    assert told == [(0, 100), (20, 100), (40, 100), (40, 100), (70, 100), (100, 100), (40, 100)]
    unheard(1, 2)


def test_that_cancelled_work_comes_back_as_such_and_the_next_goes_on(qtbot: QtBot, background: Background) -> None:
    receiver, watch, go_on = Receiver(), Watch("one", "Nothing was written."), threading.Event()
    background.run(partial(hold, watch, go_on), receiver.done, receiver.failed, watch)
    background.run(lambda: "next", receiver.done)
    qtbot.waitUntil(lambda: watch.total == 100)
    watch.stop()
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)
    assert receiver.troubles == [Trouble("It was cancelled.", "Nothing was written.", was_cancelled=True)]
    assert receiver.values == ["next"]


def test_that_work_that_was_cancelled_before_its_turn_is_never_begun(qtbot: QtBot, background: Background) -> None:
    receiver, watch, go_on, begun = Receiver(), Watch("two"), threading.Event(), []
    background.run(go_on.wait)
    background.run(lambda: begun.append(1), receiver.done, receiver.failed, watch)
    watch.stop()
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)
    assert (begun, [one.was_cancelled for one in receiver.troubles]) == ([], [True])


def test_that_what_is_going_on_is_known_until_it_has_come_back(qtbot: QtBot, background: Background) -> None:
    first, second, go_on = Watch("one"), Watch("two"), threading.Event()
    background.run(partial(hold, first, go_on), watch=first)
    background.run(partial(hold, second, go_on), watch=second)
    assert background.going() == (first, second)
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)
    assert background.going() == ()


def test_that_the_strip_shows_nothing_of_a_short_job(qtbot: QtBot, background: Background, strip: WorkStrip) -> None:
    shown: list[int] = []
    strip.shown.connect(lambda: shown.append(1))
    watch = Watch("one")
    background.run(int, watch=watch)
    qtbot.waitUntil(lambda: background.idle)
    looks(strip.look, 5)
    assert (shown, strip.isHidden(), strip.row.watch) == ([], True, None)


def test_that_the_strip_shows_one_work_after_the_other_and_goes_when_all_are_done(
    qtbot: QtBot, background: Background, strip: WorkStrip
) -> None:
    first, second = Watch("The first …"), Watch("The second …")
    gates = threading.Event(), threading.Event()
    background.run(partial(hold, first, gates[0]), watch=first)
    background.run(partial(hold, second, gates[1]), watch=second)
    qtbot.waitUntil(lambda: not strip.isHidden())
    assert strip.row.words.text() == "The first …"
    gates[0].set()
    qtbot.waitUntil(lambda: not strip.isHidden() and strip.row.words.text() == "The second …")
    gates[1].set()
    qtbot.waitUntil(lambda: strip.isHidden() and not strip._timer.isActive())
    assert strip.row.watch is None


def test_that_the_strip_leaves_to_a_sheet_what_the_sheet_shows_and_takes_it_over_from_it(
    qtbot: QtBot, background: Background, strip: WorkStrip, row: ProgressRow
) -> None:
    watch, go_on = Watch("one"), threading.Event()
    row.follow(watch)
    background.run(partial(hold, watch, go_on), watch=watch)
    looks(strip.look, 6)
    assert (strip.isHidden(), strip.row.watch) == (True, None)
    row.finish()
    looks(strip.look, 1)
    looks(strip.row.look, 4)
    assert not strip.isHidden()
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)


def test_that_the_oldest_work_is_cancelled_by_key_and_only_while_there_is_some(
    qtbot: QtBot, background: Background, strip: WorkStrip
) -> None:
    first, second, go_on = Watch("one"), Watch("two"), threading.Event()
    assert strip.why_not_cancel() == "nothing is going on"
    strip.cancel()
    background.run(partial(hold, first, go_on), watch=first)
    background.run(partial(hold, second, go_on), watch=second)
    assert strip.why_not_cancel() == ""
    strip.cancel()
    assert (first.stopped, second.stopped) == (True, False)
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)


def test_that_a_closed_strip_shows_nothing_more_and_stops_nothing(
    qtbot: QtBot, background: Background, strip: WorkStrip
) -> None:
    watch, go_on = Watch("one"), threading.Event()
    background.run(partial(hold, watch, go_on), watch=watch)
    qtbot.waitUntil(lambda: not strip.isHidden())
    strip.close_strip()
    assert (strip.isHidden(), watch.stopped, watch.is_shown) == (True, False, False)
    go_on.set()
    qtbot.waitUntil(lambda: background.idle)

"""Tests of printing: pages are drawn behind the window, a printer is asked for, and no page is kept."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress
from bedside.service.handoff import Order, PagePicture, preview
from bedside.service.ward_list import ward_list_pages
from bedside.ui.frame import Frame
from bedside.ui.handoff.export import Handoff
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble
from bedside.ui.way_out import NOTHING_PRINTED
from tests.service.charts import INDEX_MRN

DAY = AsOf.parse("2020-07-31")
ORDER = Order(INDEX_MRN, DAY)


@pytest.fixture
def handoff(desk: Desk, qtbot: QtBot) -> Handoff:
    frame = Frame()
    qtbot.addWidget(frame)
    return Handoff(frame, desk)


def asked(handoff: Handoff, qtbot: QtBot, path: Path) -> QDialog:
    """The dialog that asks for a printer, which is a file here."""
    qtbot.waitUntil(lambda: handoff.dialog is not None)
    dialog, printer = handoff.dialog, handoff._printer
    assert dialog is not None
    assert printer is not None
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return dialog


def test_that_a_summary_is_printed_on_the_printer_that_was_chosen_and_then_noted(
    handoff: Handoff, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    count = len(preview(desk.session, ORDER, 100))
    handoff.ask_printer(ORDER)
    dialog = asked(handoff, qtbot, tmp_path / "printed.pdf")
    with qtbot.waitSignal(handoff.printed):
        dialog.done(QDialog.DialogCode.Accepted)
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == count
    assert len(desk.session.store.events("export")) == 1
    assert (handoff._pages, handoff._printer, handoff.dialog) == ((), None, None)


def test_that_pages_for_which_no_printer_was_chosen_are_neither_printed_nor_noted_nor_kept(
    handoff: Handoff, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    handoff.ask_printer(ORDER)
    dialog = asked(handoff, qtbot, tmp_path / "printed.pdf")
    dialog.done(QDialog.DialogCode.Rejected)
    qtbot.waitUntil(lambda: desk.background.idle)
    assert not (tmp_path / "printed.pdf").exists()
    assert desk.session.store.events("export") == ()
    assert (handoff._pages, handoff._printer, handoff.dialog) == ((), None, None)


def test_that_drawing_the_pages_tells_how_far_it_is_and_can_be_cancelled(
    handoff: Handoff, desk: Desk, qtbot: QtBot
) -> None:
    begun, go_on, met = threading.Event(), threading.Event(), list[Trouble]()

    def draw(progress: Progress) -> Sequence[PagePicture]:
        progress(1, 4)
        begun.set()
        go_on.wait(20)
        progress(2, 4)
        raise AssertionError("it was not cancelled")

    handoff.failed.connect(met.append)
    handoff.print(draw, lambda: b"")
    qtbot.waitUntil(begun.is_set)
    (watch,) = desk.background.going()
    assert (watch.words, watch.percent) == ("The pages are being drawn …", 25)
    watch.stop()
    go_on.set()
    qtbot.waitUntil(lambda: desk.background.idle)
    assert met == [Trouble("It was cancelled.", NOTHING_PRINTED, was_cancelled=True)]
    assert handoff.dialog is None


@pytest.mark.parametrize("make", ["summary", "list"])
def test_that_every_page_and_every_patient_is_told(desk: Desk, make: str) -> None:
    told = list[float]()

    def progress(done: int, total: int) -> None:
        told.append(done / total)

    if make == "summary":
        preview(desk.session, ORDER, 100, progress)
    else:
        ward_list_pages(desk.session, DAY, 100, progress=progress)
    assert told == sorted(told)
    assert told[0] < 0.5 <= told[-1]

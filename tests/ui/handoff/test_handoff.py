"""Tests of the handoff view: pages as they print, what is missing, what was sent, and nothing left of a patient."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.exchange_files import import_file
from bedside.service.handoff import Order, PagePicture, SentCopy, preview, send, sent, sent_pdf
from bedside.service.read import opened
from bedside.service.record import record
from bedside.ui.criteria import CriteriaWords
from bedside.ui.frame import Frame
from bedside.ui.handoff.export import Handoff
from bedside.ui.handoff.pages import WIDTH, Pages
from bedside.ui.handoff.view import HandoffView
from bedside.ui.start import Desk
from bedside.ui.way_out import print_pages
from tests.service.charts import COUNT, INDEX_MRN, MRN, chart_file

DAY = AsOf.parse("2020-07-31")
ORDER = Order(INDEX_MRN, DAY)


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> HandoffView:
    made = HandoffView(CriteriaWords(desk.session.knowledge), desk, lambda: ORDER)
    qtbot.addWidget(made)
    made.resize(1280, 620)
    with qtbot.waitExposed(made):
        made.show()
    made.show_opened(opened(desk.session, INDEX_MRN, DAY))
    qtbot.waitUntil(lambda: desk.background.idle)
    return made


def test_that_the_pages_are_shown_as_they_will_print(view: HandoffView) -> None:
    count = len(preview(view._desk.session, ORDER, 200))
    assert count >= 2
    assert view.pages.accessibleName() == f"Summary, {count} pages"
    assert view.pages.height() > count * WIDTH
    assert view.state.text().startswith(f"{count} pages on A4")


def test_that_letter_paper_is_shorter_than_a4(view: HandoffView, qtbot: QtBot) -> None:
    before = view.pages.height() / len(view.pages._images)
    view.panel.papers.choose(("Letter",))
    view.panel.papers.changed.emit()
    qtbot.waitUntil(lambda: view._desk.background.idle)
    assert view.pages.height() / len(view.pages._images) < before
    assert "on Letter" in view.state.text()


def test_that_what_is_missing_stands_beside_and_what_was_never_recorded_too(view: HandoffView) -> None:
    said = view.panel.missing.accessibleName()
    assert "H2: " in said
    assert "Allergies: not recorded" in said


def test_that_a_look_is_not_an_export_but_sending_is(view: HandoffView) -> None:
    store = view._desk.session.store
    assert [row.detail["form"] for row in store.events("export")] == []
    pdf = send(view._desk.session, ORDER, "  Transplant   team North ")
    assert [row.detail["form"] for row in store.events("export")] == ["pdf"]
    (kept,) = sent(view._desk.session, INDEX_MRN)
    assert (kept.recipient, kept.as_of, kept.made_by) == ("Transplant team North", "2020-07-31", store.user)
    assert store.kept.summary_pdf(kept.id) == pdf


def test_that_the_list_says_what_was_sent_and_what_was_recorded_since(view: HandoffView, qtbot: QtBot) -> None:
    session = view._desk.session
    assert view.panel.sent.accessibleName() == "Nothing so far."
    assert view.panel.changed_since.accessibleName() == "It was not sent before."
    send(session, ORDER, "Transplant team North")
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    record(session, INDEX_MRN, COUNT)
    view.show_opened(opened(session, INDEX_MRN, DAY))
    qtbot.waitUntil(lambda: view._desk.background.idle)
    said = view.panel.sent.accessibleName().replace("\u2011", "-").replace("\u00a0", " ")
    assert "to Transplant team North" in said
    assert "data as of 31-Jul-2020" in said
    assert "29-Jun-2020" in view.panel.changed_since.accessibleName().replace("\u2011", "-")


def test_that_as_known_earlier_nothing_was_sent_or_recorded_that_came_later(desk: Desk, qtbot: QtBot) -> None:
    session = desk.session
    send(session, ORDER, "Team North")
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    known_at = session.clock()
    session.clock.advance(seconds=60)  # type: ignore[attr-defined]
    record(session, INDEX_MRN, COUNT)
    send(session, ORDER, "Team South")
    view = HandoffView(CriteriaWords(session.knowledge), desk, lambda: Order(INDEX_MRN, DAY, known_at))
    qtbot.addWidget(view)
    view.show_opened(opened(session, INDEX_MRN, DAY, known_at))
    qtbot.waitUntil(lambda: desk.background.idle)
    said = view.panel.sent.accessibleName()
    assert "Team North" in said
    assert "Team South" not in said
    assert view.panel.changed_since.accessibleName() == "Nothing."


def test_that_saving_writes_the_file_and_keeps_a_copy(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    way_out = Handoff(frame, desk)
    way_out.ask(ORDER, "North")
    assert way_out.dialog is not None
    way_out.dialog.close()
    with qtbot.waitSignal(way_out.exported, timeout=20_000):
        way_out.write(str(tmp_path / "out.pdf"))
    (kept,) = sent(desk.session, INDEX_MRN)
    assert desk.session.store.kept.summary_pdf(kept.id) == (tmp_path / "out.pdf").read_bytes()


def test_that_a_summary_that_was_sent_is_handed_out_again_as_it_was(
    view: HandoffView, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    pdf = send(desk.session, ORDER, "North")
    record(desk.session, INDEX_MRN, COUNT)
    view.show_handed_over()
    qtbot.waitUntil(lambda: len(view.panel.sent.copies) == 1)
    frame = Frame()
    qtbot.addWidget(frame)
    way_out = Handoff(frame, desk)
    view.copy_asked.connect(way_out.ask_copy)
    view.panel.sent.copies[0].click()
    assert way_out.dialog is not None
    way_out.dialog.close()
    with qtbot.waitSignal(way_out.exported, timeout=20_000):
        way_out.write(str(tmp_path / "again.pdf"))
    assert (tmp_path / "again.pdf").read_bytes() == pdf
    assert [row.detail["form"] for row in desk.session.store.events("export")] == ["pdf", "pdf as sent"]
    assert len(sent(desk.session, INDEX_MRN)) == 1


def test_that_a_summary_of_another_patient_is_not_handed_out(desk: Desk) -> None:
    send(desk.session, ORDER, "North")
    (kept,) = sent(desk.session, INDEX_MRN)
    import_file(desk.session, "small.json", chart_file())
    with pytest.raises(UserError, match="not in the store"):
        sent_pdf(desk.session, SentCopy(MRN, kept.id))


def test_that_printing_draws_every_page_on_a_sheet_of_its_own(desk: Desk, tmp_path: Path) -> None:
    pages = preview(desk.session, ORDER, 300)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    print_pages(printer, pages)
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == len(pages)


def test_that_recipient_and_question_come_back_to_their_patient_alone_until_it_is_handed_over(
    view: HandoffView, qtbot: QtBot
) -> None:
    session, panel = view._desk.session, view.panel
    import_file(session, "other.json", chart_file(COUNT))
    panel.recipient.setFocus()
    QTest.keyClicks(panel.recipient, "Team North")
    QTest.keyClicks(panel.question, "Donor in time?")
    QTest.keyClicks(panel.password, "secret")
    view.clear()
    view.show_opened(opened(session, MRN, DAY))
    qtbot.waitUntil(lambda: view._desk.background.idle)
    assert (panel.recipient.text(), panel.question.text()) == ("", "")
    view.clear()
    view.show_opened(opened(session, INDEX_MRN, DAY))
    qtbot.waitUntil(lambda: view._desk.background.idle)
    assert (panel.recipient.text(), panel.question.text()) == ("Team North", "Donor in time?")
    assert panel.password.text() == ""
    view.show_handed_over()
    view.clear()
    view.show_opened(opened(session, INDEX_MRN, DAY))
    qtbot.waitUntil(lambda: view._desk.background.idle)
    assert panel.recipient.text() == ""


def test_that_nothing_of_a_patient_is_left_after_forgetting(view: HandoffView) -> None:
    view.panel.password.setText("secret")
    view.panel.recipient.setText("North")
    view.clear()
    assert (view.panel.password.text(), view.panel.recipient.text()) == ("", "")
    assert view.panel.missing.accessibleName() == ""
    assert view.pages.accessibleName() == "Summary"


def test_that_every_page_can_be_reached_by_keyboard_and_the_pages_show_that_they_have_it(
    view: HandoffView, qtbot: QtBot
) -> None:
    with qtbot.waitActive(view):
        view.activateWindow()
    view.panel.question.setFocus()
    plain_edges = view.pages.grab().toImage()
    for _ in range(30):
        focused = QApplication.focusWidget()
        if focused is None or focused is view.area:
            break
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert view.area.hasFocus()
    assert view.area.accessibleName() == "Pages of the summary"
    assert view.pages.grab().toImage() != plain_edges
    bar = view.area.verticalScrollBar()
    for _ in range(100):
        QTest.keyClick(view.area, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum() > WIDTH


@pytest.mark.parametrize(("room", "page"), [(900, 720), (752, 720), (532, 500)])
def test_that_a_page_is_never_cut_at_its_side(qtbot: QtBot, room: int, page: int) -> None:
    pages = Pages()
    qtbot.addWidget(pages)
    pages.resize(room, 100)
    pages.show_pages([PagePicture(720, 1018, b"\xff" * (720 * 1018 * 4))])
    (sheet,) = pages.sheets()
    assert (sheet.width(), sheet.left()) == (page, max((room - page) // 2, 16))
    assert sheet.right() <= room - 16
    assert pages.height() == round(1018 * page / 720) + 32

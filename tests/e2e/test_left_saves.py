"""A save that fails when its patient was left: told with whose it was and what, and brought back where it was typed."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bedside.chart.errors import NotWritable
from bedside.knowledge.tables import Knowledge
from bedside.service import drafts
from bedside.service.exchange_files import import_file
from bedside.service.read import chart_of
from bedside.service.session import Session
from bedside.store.drafts import Drafts
from bedside.store.station import Station
from bedside.store.store import Store
from bedside.ui.forms.context import Request
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.unsaved import NO_DRAFT, Unsaved
from bedside.ui.notice import NoticeSheet
from bedside.ui.overview.view import load_timeline
from bedside.ui.troubles import Trouble
from bedside.ui.ward import Ward
from bedside.ui.window import NOT_SAVED, MainWindow
from tests.conftest import FixedClock
from tests.e2e.windows import ward_at
from tests.new_stores import new_session
from tests.service.charts import COUNT, MRN, PATIENT, chart_file
from tests.ui.foundation.samples import OpenStore, Rehearsal

OTHER = "T-0002"
WHOSE = "NEEDLEFAMILY, Synthetic One (T-0001)"
FULL = NotWritable("The disk is full; nothing was saved.", "Free some space, then save again.", "the disk is full")


@pytest.fixture
def ward(qtbot: QtBot, tmp_path: Path, knowledge: Knowledge, clock: FixedClock) -> Iterator[Ward]:
    load_timeline()
    session = new_session(Station(tmp_path / "store", clock, uuid4), knowledge, "Synthetic Lead")
    for mrn in (MRN, OTHER):
        import_file(session, f"{mrn}.json", chart_file(COUNT, patient={**PATIENT, "mrn": mrn}))
    with ward_at(qtbot, session) as made:
        shown(qtbot, made, MRN)
        yield made


def rest(qtbot: QtBot, ward: Ward) -> None:
    qtbot.waitUntil(lambda: ward.desk.background.idle)


def shown(qtbot: QtBot, ward: Ward, mrn: str) -> None:
    ward.open_patient(mrn)
    rest(qtbot, ward)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Fills the disk for entries, and for drafts as well if told so."""

    def refuse(*_given: object, **_named: object) -> None:
        raise FULL

    def fill(*, for_drafts: bool = False) -> None:
        monkeypatch.setattr(Store, "append", refuse)
        if for_drafts:
            monkeypatch.setattr(Drafts, "save", refuse)

    return fill


def press(*keys: str | Qt.Key, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for key in keys:
        for one in key if isinstance(key, str) else (key,):
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(one, str):
                QTest.keyClicks(target, one, held)
            else:
                QTest.keyClick(target, one, held)


def typed_count(ward: Ward) -> FormSheet:
    """A blood count in its form, typed and not saved."""
    ward.forms.open_blood_count()
    sheet = ward.forms.open_sheet()
    assert isinstance(sheet, FormSheet)
    for row in sheet.rows:
        if row.spec.name in ("wbc", "plt"):
            row.take_keyboard()
            press({"wbc": "2.3", "plt": "41"}[row.spec.name])
    return sheet


def leave_while_it_is_saved(qtbot: QtBot, ward: Ward, save: Callable[[], object]) -> None:
    """Save while the worker stands still, show another patient, and let it go on."""
    go_on = threading.Event()
    ward.desk.background.run(go_on.wait)
    save()
    ward.open_patient(OTHER)
    go_on.set()
    rest(qtbot, ward)
    assert ward.mrn == OTHER


def notice(ward: Ward) -> NoticeSheet:
    sheet = ward.frame.notices.sheet
    assert isinstance(sheet, NoticeSheet)
    return sheet


def told(ward: Ward) -> str:
    words = notice(ward).alert.accessibleName()
    return words.replace("\u2011", "-").replace("\u00a0", " ").replace("\u202f", " ")


def test_that_a_form_that_was_left_names_the_patient_what_was_typed_and_brings_it_back(
    qtbot: QtBot, ward: Ward, full: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = typed_count(ward)
    full()
    leave_while_it_is_saved(qtbot, ward, sheet.save)
    said = told(ward)
    assert f"Not saved for {WHOSE}: 20-Nov-2026 09:00, Blood count: WBC 2.3" in said
    assert "41" in said
    assert "The disk is full" in said
    assert "It is kept as your draft: open this patient and the form Blood count, and it is brought back." in said
    monkeypatch.undo()
    shown(qtbot, ward, MRN)
    ward.forms.open_blood_count()
    rest(qtbot, ward)
    again = ward.forms.open_sheet()
    assert isinstance(again, FormSheet)
    texts = {row.spec.name: row.state() for row in again.rows if row.spec.name in ("wbc", "plt")}
    assert "2.3" in str(texts["wbc"])
    assert "41" in str(texts["plt"])


def test_that_what_is_kept_nowhere_is_not_said_to_be_a_draft(
    qtbot: QtBot, ward: Ward, full: Callable[..., None]
) -> None:
    full(for_drafts=True)
    sheet = typed_count(ward)
    leave_while_it_is_saved(qtbot, ward, sheet.save)
    every = " ".join(alert.accessibleName() for alert in notice(ward).alerts)
    assert NO_DRAFT in every
    assert "WBC 2.3" in every
    assert "kept as your draft" not in every


def test_that_a_column_of_counts_that_was_left_is_told_too(qtbot: QtBot, ward: Ward, full: Callable[..., None]) -> None:
    ward.frame.show_view("counts")
    view = ward.frame.view("counts")
    rest(qtbot, ward)
    view.start_typing()  # type: ignore[attr-defined]
    rest(qtbot, ward)
    press(Qt.Key.Key_Return, "2.3", Qt.Key.Key_Return)
    full()
    leave_while_it_is_saved(qtbot, ward, view.column.save)  # type: ignore[attr-defined]
    said = told(ward)
    assert f"Not saved for {WHOSE}: " in said
    assert "2.3" in said
    assert "open this patient and a new column of the counts" in said


def test_that_each_of_several_troubles_stays_to_be_read(ward: Ward) -> None:
    ward.show_trouble(Trouble("The first.", ""))
    ward.show_trouble(Trouble("The second.", ""))
    words = [alert.accessibleName() for alert in notice(ward).alerts]
    assert words == ["The first.", "The second."]
    ward.show_trouble(Trouble("It was cancelled.", "", was_cancelled=True))
    assert len(notice(ward).alerts) == 2


def test_that_who_is_still_at_the_form_reads_it_there_alone(
    qtbot: QtBot, ward: Ward, full: Callable[..., None]
) -> None:
    sheet = typed_count(ward)
    full()
    sheet.save()
    rest(qtbot, ward)
    assert ward.frame.sheets.sheet is sheet
    assert sheet.foot.alert.accessibleName() == "The disk is full; nothing was saved. Free some space, then save again."


def session_with(ward: Ward, request: Request, draft: str) -> tuple[Session, Unsaved]:
    session = ward.desk.session
    if draft:
        drafts.keep_draft(session, MRN, draft, "{}")
    return session, Unsaved(session, chart_of(session, MRN).patient, (request,))


@pytest.mark.parametrize(
    ("fields", "supersedes", "draft", "what", "where"),
    [
        ({"kind": "note", "at": "2026-11-20", "text": "Sleeps well."}, None, "note", "Sleeps well.", "the form Note"),
        (
            {"kind": "blood_count", "at": "2026-11-20", "wbc": 2},
            "00000000-0000-4000-8000-000000000001",
            "blood_count:00000000-0000-4000-8000-000000000001",
            "20-Nov-2026, correction, Blood count: WBC 2",
            "the correction of this blood count",
        ),
        ({"kind": "void", "voids": "x", "reason": "wrong tube"}, None, "void:x", "wrong tube", "taking the entry back"),
        ({"kind": "blood_count", "at": "2026-11-20", "wbc": 2}, None, "round:blood_count", "WBC 2", "the round sheet"),
        ({"kind": "blood_count", "at": "never"}, None, "blood_count", ": Blood count.", "the form Blood count"),
    ],
)
def test_that_every_kind_of_save_is_told_in_words(
    ward: Ward, fields: dict[str, object], supersedes: str | None, draft: str, what: str, where: str
) -> None:
    request = Request(fields, supersedes, reason="a slip", secrets={"pin": "190731"}, draft=draft)
    session, unsaved = session_with(ward, request, draft)
    with pytest.raises(NotWritable):
        unsaved.carry_out(_fails)
    words = unsaved.told(Trouble(FULL.what_happened, FULL.what_to_do))
    assert what in words.what_happened.replace("\u2011", "-").replace("\u00a0", " ")
    assert where in words.what_to_do
    assert words.author == session.user
    assert "190731" not in words.text


def _fails() -> None:
    raise FULL


def test_that_a_locked_window_names_nobody_and_tells_the_author_alone_who_comes_back(qtbot: QtBot) -> None:
    window = MainWindow(Rehearsal().start())
    qtbot.addWidget(window)
    window.show()
    window.enter(OpenStore(), "A. Example")
    window.lock()
    qtbot.waitUntil(lambda: window.worker().idle)
    met: list[Trouble] = []
    trouble = Trouble(f"Not saved for {WHOSE}: WBC 2.3.", "The disk is full.", author="A. Example")
    window.show_trouble(trouble)
    window.worker().trouble_met.connect(met.append)
    assert window.sign_in is not None
    assert window.sign_in.form is not None
    said = window.sign_in.form.trouble.accessibleName()
    assert NOT_SAVED in said
    assert "A. Example" in said
    assert "NEEDLEFAMILY" not in said
    assert MRN not in said
    window.enter(OpenStore(), "B. Specimen")
    assert met == []
    window.lock()
    window.enter(OpenStore(), "A. Example")
    assert met == [trouble]
    window.lock()
    window.enter(OpenStore(), "A. Example")
    assert met == [trouble], "it is told once"
    window.end()


def test_that_a_notice_stays_whatever_is_shown_next_until_somebody_takes_it_away(qtbot: QtBot, ward: Ward) -> None:
    ward.show_trouble(Trouble("Read me.", ""))
    shown(qtbot, ward, OTHER)
    ward.frame.show_view("journal")
    ward.forms.open_blood_count()
    ward.frame.show_board()
    rest(qtbot, ward)
    assert isinstance(ward.frame.source, NoticeSheet)
    keyboard = QApplication.focusWidget()
    assert keyboard is not None
    assert keyboard is notice(ward) or notice(ward).isAncestorOf(keyboard)
    press(Qt.Key.Key_Escape)
    assert ward.frame.notices.sheet is None
    source: object = ward.frame.source
    assert source is ward.board

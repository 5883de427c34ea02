"""Tests that every kind can be entered: its form gives back exactly the entry that it was shown."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from bedside.chart.entries import KINDS, entry_fields, parse_entry
from bedside.ui.forms.content import fields_of, shown_fields
from bedside.ui.forms.head import SheetHead
from bedside.ui.forms.kind_chooser import KindChooser
from bedside.ui.forms.segments import Segments
from bedside.ui.forms.sheet import FormSheet
from bedside.ui.forms.text_rows import TextRow
from bedside.ui.forms.words import GROUPS
from bedside.ui.frame import Frame
from bedside.ui.view import View, ViewEntry
from tests.ui.forms.samples import Doors, context_with
from tests.ui.foundation.samples import FACTS
from tests.unit.test_describe import ID, OTHER, SENTENCES

ENTRIES = [fields for fields, _ in SENTENCES if fields["kind"] != "void"]
HELP = (
    "Enter: next box. X: not done. The last value is shown, never carried forward.",
    "Enter: next box. X: not done.",
)
GRADED = ((OTHER, "Vital signs 30-Jul-2020"),)


def form_of(kind: str, qtbot: QtBot, correcting: object = None) -> FormSheet:
    sheet = FormSheet(kind, context_with(Doors(), graded=GRADED), correcting=correcting)  # type: ignore[arg-type]
    qtbot.addWidget(sheet)
    return sheet


def text_row(sheet: FormSheet, name: str) -> TextRow:
    return next(row for row in sheet.rows if isinstance(row, TextRow) and row.spec.name == name)


@pytest.mark.parametrize("fields", ENTRIES, ids=[str(fields["kind"]) for fields in ENTRIES])
def test_that_a_form_gives_back_the_entry_that_it_shows(fields: dict[str, object], qtbot: QtBot) -> None:
    entry = parse_entry({"at": "2020-07-31", "id": ID, **fields})
    sheet = form_of(entry.kind, qtbot, entry)
    shown = shown_fields(entry)
    del shown["id"]
    assert fields_of(entry.kind, sheet.rows, entry) == shown


@pytest.mark.parametrize("fields", ENTRIES, ids=[str(fields["kind"]) for fields in ENTRIES])
def test_that_a_new_form_stores_what_was_chosen_and_typed(fields: dict[str, object], qtbot: QtBot) -> None:
    entry = parse_entry({"at": "2020-07-31", "id": ID, **fields})
    sheet = form_of(entry.kind, qtbot)
    for row in sheet.rows:
        row.load(entry_fields(entry))
    shown = {row.spec.name for row in sheet.rows} | {"kind", "not_done", "censored"}
    assert sheet._fields() == {name: value for name, value in entry_fields(entry).items() if name in shown}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "void"])
def test_that_every_control_of_a_form_has_a_name(kind: str, qtbot: QtBot) -> None:
    sheet = form_of(kind, qtbot)
    boxes, buttons = sheet.findChildren(QLineEdit), sheet.findChildren(QAbstractButton)
    assert boxes
    assert [box for box in (*boxes, *sheet.findChildren(Segments)) if not box.accessibleName()] == []
    named = [bool(button.accessibleName() or button.text()) for button in buttons if button.isVisibleTo(sheet)]
    assert named
    assert all(named)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "void"])
def test_that_an_empty_form_stores_nothing(kind: str, qtbot: QtBot) -> None:
    doors = Doors()
    sheet = FormSheet(kind, context_with(doors))
    qtbot.addWidget(sheet)
    sheet.save()
    assert doors.requests == []


def test_that_a_required_field_is_named_beside_itself(qtbot: QtBot) -> None:
    sheet = form_of("diagnosis", qtbot)
    sheet.rows[0].restore("now")
    sheet.save()
    told = {row.spec.name: row.message.words for row in sheet.rows}
    assert told["disease"] == "required: choose one"
    assert told["cd19"] == "required: choose one"


def test_that_what_the_model_refuses_is_told_at_the_form(qtbot: QtBot) -> None:
    sheet = form_of("infusion", qtbot)
    rows = {row.spec.name: row for row in sheet.rows}
    rows["at"].restore("now")
    rows["product"].restore(["tisagenlecleucel"])
    rows["identity_check_reason"].restore("alone \u202e thgin ta")
    sheet.save()
    assert rows["identity_check_reason"].message.words == "holds a character that cannot be stored"


@pytest.mark.parametrize(
    ("kind", "name", "typed", "told"),
    [
        ("performance", "score", "9a", "Not taken: a whole number"),
        ("infusion", "dose_car_t_cells", "9e7!", "Not taken: a number of cells like 9e7 or 90000000"),
    ],
)
def test_that_the_reason_stands_beside_a_box_that_did_not_take_a_key(
    qtbot: QtBot, kind: str, name: str, typed: str, told: str
) -> None:
    sheet = form_of(kind, qtbot)
    row = text_row(sheet, name)
    QTest.keyClicks(row.box, typed)
    assert row.box.text() == typed[:-1]
    assert row.message.words == told


@pytest.mark.parametrize(("score", "told"), [("99", ""), ("100", ""), ("101", "above 100, the highest there is")])
def test_that_a_score_above_the_highest_is_told_when_enter_is_pressed(qtbot: QtBot, score: str, told: str) -> None:
    sheet = form_of("performance", qtbot)
    row = text_row(sheet, "score")
    gone: list[object] = []
    row.next_asked.connect(gone.append)
    QTest.keyClicks(row.box, score)
    QTest.keyClick(row.box, Qt.Key.Key_Return)
    assert (row.message.words if told else "", bool(gone)) == (told, not told)


def test_that_a_number_of_cells_that_cannot_be_read_keeps_the_keyboard(qtbot: QtBot) -> None:
    sheet = form_of("infusion", qtbot)
    row = text_row(sheet, "dose_car_t_cells")
    gone: list[object] = []
    row.next_asked.connect(gone.append)
    QTest.keyClicks(row.box, "9ee7")
    QTest.keyClick(row.box, Qt.Key.Key_Return)
    assert (row.message.words, gone) == ("Type it like 9e7 or 90000000.", [])


def test_that_the_second_person_comes_before_the_reason_for_having_none(qtbot: QtBot) -> None:
    names = [row.spec.name for row in form_of("infusion", qtbot).rows]
    assert names[-4:] == ["second_person", "second_secret", "identity_check_reason", "note"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("chemistry", "Enter: next box. X: not done. The last value is shown, never carried forward."),
        ("neuro", "Enter: next box. X: not done."),
        ("allergy", "Enter: next box."),
    ],
)
def test_that_a_form_tells_the_keys_that_its_boxes_know(qtbot: QtBot, kind: str, told: str) -> None:
    sheet = form_of(kind, qtbot)
    assert sheet.head.note.text() == told
    hints = [action.hint for action in sheet.actions_offered()]
    assert hints[:2] == (["next box", "not done"] if "X" in told else ["next box", "choose"])


def test_that_every_kind_but_void_stands_in_a_group_of_the_chooser() -> None:
    grouped = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(grouped) == sorted(kind for kind in KINDS if kind != "void")


def test_that_a_kind_is_found_by_typing_and_opened_by_enter(qtbot: QtBot) -> None:
    chooser = KindChooser("QUINCE, Synthetic Three")
    qtbot.addWidget(chooser)
    QTest.keyClicks(chooser.search, "radio")
    with qtbot.waitSignal(chooser.kind_chosen) as chosen:
        QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    assert chosen.args == ["radiotherapy"]


def test_that_what_matches_stands_at_the_left_whatever_its_group(qtbot: QtBot) -> None:
    chooser = KindChooser("QUINCE, Synthetic Three")
    qtbot.addWidget(chooser)
    chooser.resize(812, 620)
    chooser.show()
    QTest.keyClicks(chooser.search, "decision")
    (button,) = chooser.shown
    qtbot.waitUntil(lambda: button.mapTo(chooser, QPoint(0, 0)).x() == 16)


def test_that_a_word_that_no_kind_has_says_so(qtbot: QtBot) -> None:
    chooser = KindChooser("QUINCE, Synthetic Three")
    qtbot.addWidget(chooser)
    QTest.keyClicks(chooser.search, "zzz")
    assert chooser.current is None
    assert not chooser.nothing.isHidden()


@pytest.mark.parametrize(("width", "told"), [(812, "The last value is shown"), (790, "Enter: next box. X: not done.")])
def test_that_the_help_in_the_head_is_never_cut(qtbot: QtBot, width: int, told: str) -> None:
    head = SheetHead("Blood count", "QUINCE, Synthetic Three · D+7", HELP)
    qtbot.addWidget(head)
    head.resize(width, head.height())
    head.show()
    QApplication.processEvents()
    assert told in head.note.text()
    assert head.note.width() >= head.note.sizeHint().width()


def test_that_a_form_fits_a_screen_at_200_percent_without_scrolling_twice(qtbot: QtBot) -> None:
    frame = Frame()
    qtbot.addWidget(frame)
    frame.resize(960, 512)
    frame.set_views([ViewEntry("overview", "Overview", View)])
    frame.show_banner(FACTS)
    frame.show()
    sheet = FormSheet("blood_count", context_with(Doors()))
    frame.open_sheet(sheet)
    QApplication.processEvents()
    assert sheet.foot.visibleRegion().boundingRect() == sheet.foot.rect()
    frame.close_sheet()

"""Every view, sheet and form in every state: controls named and reached by Tab, F1 explains, texts stand out."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from bedside.ui import fonts, theme
from bedside.ui.entry_grid.boxes import CellEditor
from bedside.ui.forms.segments import ChoiceButton
from bedside.ui.frame import Frame
from bedside.ui.help.opening import Help
from bedside.ui.help.sheet import HelpSheet
from bedside.ui.widgets.palette import Palette
from tests.samples.index_case import knowledge
from tests.screens.states import screens
from tests.ui.colours import TEXT, of
from tests.ui.legible import painted_texts

SCREENS = {f"{one.view}-{one.state}": one for one in screens()}
NO_VIEW = ("sign-in", "palette", "people-emergency-taken", "leaving")
HALF_OF_FULL_HD = (960, 512)
ROUND = 150
"""So many presses of Tab that lead nowhere new have been round; one editor may stand for all boxes of a grid."""


@pytest.fixture
def frame(qapp: QApplication, qtbot: QtBot) -> Iterator[Frame]:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    theme.apply(qapp, theme.load_theme("light"))
    made = Frame()
    made.set_general_actions(Help(made, knowledge()).actions())
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close_views()
    made.hide()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def controls(frame: Frame) -> list[QWidget]:
    """What can take the keyboard in the frame now."""
    widgets = [one for one in frame.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    return [one for one in widgets if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None]


def in_front(frame: Frame, control: QWidget) -> bool:
    palettes = [one for one in frame.findChildren(Palette) if one.isVisible()]
    top = palettes[0] if palettes else frame.sheets.sheet
    return top is None or top.isAncestorOf(control)


def name_of(control: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


def reached(control: QWidget, by_tab: set[QWidget]) -> bool:
    """Whether Tab leads to it, to one of its group, inside which the arrows lead on, or to the editor of its cells."""
    editor = control.parentWidget() if isinstance(control.parentWidget(), CellEditor) else control
    if isinstance(editor, CellEditor | QAbstractItemView) and any(editor.isAncestorOf(one) for one in by_tab):
        return True
    return any(one in by_tab for one in group_of(control))


def group_of(control: QWidget) -> list[QWidget]:
    parent = control.parentWidget()
    if not isinstance(control, QAbstractButton) or parent is None:
        return [control]
    if control.group() is not None:
        return list(control.group().buttons())
    if isinstance(control, ChoiceButton) or control.autoExclusive():
        return [one for one in parent.findChildren(QAbstractButton) if one.parentWidget() is parent]
    return [control]


def described(control: QWidget) -> str:
    return f"{type(control).__name__} {control.objectName()} in {type(control.parentWidget()).__name__}"


def focused() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def tabbed(frame: Frame) -> set[QWidget]:
    """Where Tab leads, pressed until it has come round; the window leads in where nothing has the keyboard."""
    seen: set[QWidget] = set()
    nothing_new = 0
    while nothing_new < ROUND:
        here = QApplication.focusWidget() or frame
        nothing_new = nothing_new + 1 if here in seen else 0
        seen.add(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return seen


def assert_f1_explains_it_and_esc_leads_back(frame: Frame) -> None:
    before, source = focused(), frame.source
    QTest.keyClick(before, Qt.Key.Key_F1)
    sheet = frame.source
    assert isinstance(sheet, HelpSheet)
    assert sheet.topic.title != "Bedside"
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert frame.source is source
    assert QApplication.focusWidget() is before


ON_DARK = {"banner": "bink", "action": "onaction", "highsolid": "onhigh", "lowsolid": "onlow", "ink": "sheet"}


def tokens_of(text: str, under: str) -> tuple[str, str]:
    """The tokens of two colours of the light theme; white on something is the token that is made for it."""
    look = theme.load_theme("light")
    names = {look.hex(token).lower(): token for token in reversed(theme.TOKENS)}
    below = "sheet" if under == "#ffffff" else names[under]
    return (ON_DARK[below] if text == "#ffffff" else names[text]), below


def too_faint(frame: Frame) -> list[str]:
    """The painted texts that do not stand out from what lies under them, in this theme or in another one."""
    pairs = {tokens_of(*pair): text for pair, text in painted_texts(frame).items()}
    return [
        f"{text!r}: {pair} in {name}"
        for pair, text in pairs.items()
        for name in theme.THEME_NAMES
        if of(name, *pair) < TEXT
    ]


def assert_it_fits_at_200_percent(frame: Frame) -> None:
    """On a screen of 1920 × 1080 under the title bar of a window; inside, everything may scroll."""
    least = frame.minimumSizeHint()
    assert least.width() <= HALF_OF_FULL_HD[0]
    assert least.height() <= HALF_OF_FULL_HD[1]


# One test a screen: drawing the screen takes longer than what is asked of it.
@pytest.mark.parametrize("name", SCREENS)
def test_that_f1_explains_the_screen_its_texts_stand_out_and_its_controls_are_named_and_reached_by_tab(
    frame: Frame, name: str
) -> None:
    SCREENS[name].show(frame)
    settle()
    if not name.startswith(NO_VIEW):
        assert_f1_explains_it_and_esc_leads_back(frame)
    assert_it_fits_at_200_percent(frame)
    assert too_faint(frame) == []
    inside = [one for one in controls(frame) if in_front(frame, one)]
    assert [described(one) for one in inside if not name_of(one)] == []
    names = [name_of(one) for one in inside]
    assert [text for text in dict.fromkeys(names) if names.count(text) > 1] == []
    by_tab = tabbed(frame)
    assert [f"{described(one)} {name_of(one)}" for one in inside if not reached(one, by_tab)] == []

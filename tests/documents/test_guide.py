"""Tests that the user guide speaks of what is there: actions with their keys, buttons, pictures, commands, pages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from bedside.app.demonstration import demo_start
from bedside.cli.arguments import parse
from bedside.ui import fonts, theme
from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.ward import Ward
from bedside.ui.window import MainWindow
from tests.documents.guide import GUIDE, PICTURES, pages, pictured, screens_by_name
from tests.screens.screen import Screen

NAMED = re.compile(r"\*\*([A-Z][^*]+)\*\*(?:\s\(`([^`]+)`\))?")
OF_THE_PANELS = {"Low", "Ambiguous", "High"}
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
PATIENT = "PUB-MYERS"


def names_on(page: Path) -> list[tuple[str, str]]:
    """What a page calls by its name: the words, and the key behind them or ""."""
    text = " ".join(page.read_text(encoding="utf-8").split())
    return [(name, key) for name, key in NAMED.findall(text) if name not in OF_THE_PANELS]


def settle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.worker().idle)
    qtbot.wait(60)


def actions_now(frame: Frame) -> dict[str, Action]:
    """By their words: what the view in front offers, the views beside it, and what can be done everywhere."""
    assert frame.source is not None
    everything = (*frame.source.actions_offered(), *frame.view_actions(), *frame.general_actions)
    return {one.text: one for one in everything}


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[dict[str, Action]]:
    """Everything that the palette offers on the board of the demonstration and in every view of a patient."""
    start = demo_start()
    window = MainWindow(start)
    qtbot.addWidget(window)
    window.show()
    window.enter(start.open_store("demo", ""), "demo")
    settle(window, qtbot)
    found = actions_now(window.frame)
    window.frame.findChild(Ward).open_patient(PATIENT)
    settle(window, qtbot)
    for view in window.frame.view_actions():
        view.callback()
        settle(window, qtbot)
        found |= actions_now(window.frame)
    yield found
    window.end()


def buttons_of(screen: Screen, qapp: QApplication) -> set[str]:
    """The words on the buttons of a state of the window."""
    frame = Frame()
    frame.show()
    screen.show(frame)
    qapp.processEvents()
    words = {one.text() for one in frame.findChildren(QAbstractButton) if one.isVisible()}
    frame.close_views()
    frame.hide()
    frame.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return words


def test_that_every_action_named_exists_with_its_key(actions: dict[str, Action], qapp: QApplication) -> None:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    theme.apply(qapp, theme.load_theme("light"))
    by_name = screens_by_name()
    unknown, other_keys = [], []
    for page in pages():
        buttons = {word for name in pictured(page) for word in buttons_of(by_name[name], qapp)}
        for name, key in names_on(page):
            if name in actions:
                other_keys += [(page.name, name, key)] if key and not same_key(key, actions[name]) else []
            elif key or name not in buttons:
                unknown.append((page.name, name))
    assert unknown == []
    assert other_keys == []


def same_key(key: str, action: Action) -> bool:
    return QKeySequence(key) == QKeySequence(action.shortcut) or key in (action.shortcut, "+".join(action.keys))


def test_that_every_page_names_something() -> None:
    assert [page.name for page in pages() if not names_on(page)] == []
    assert len(pages()) > 8


def test_that_every_picture_is_one_of_a_state_of_the_window_and_none_is_left_over() -> None:
    shown = {name for page in pages() for name in pictured(page)}
    assert shown - set(screens_by_name()) == set()
    assert {path.stem for path in PICTURES.iterdir()} == shown
    assert {QImage(str(PICTURES / f"{name}.png")).size().toTuple() for name in shown} == {(1280, 800)}


def commands() -> list[str]:
    blocks = (block for page in pages() for block in re.findall(r"```\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
    return [line for block in blocks for line in block.splitlines() if line]


@pytest.mark.parametrize("command", commands())
def test_that_every_command_is_understood(command: str) -> None:
    program, *rest = command.split()
    assert program == "bedside"
    assert parse(rest).command == rest[0]


def test_that_every_link_leads_somewhere() -> None:
    missing = [
        (page.name, target)
        for page in pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (GUIDE / target).exists()
    ]
    assert missing == []
    listed = set(LINK.findall((GUIDE / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in pages()} - listed == {"README.md"}

"""Owns what can be done: each action declared once as data, the source of shortcuts, menus, key bar and palette."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


def _always() -> str:
    return ""


@dataclass(frozen=True)
class Action:
    """One thing a person can do.

    text is the sentence of menu and palette; hint the word of the key bar ("" keeps it out); caps the keys as drawn
    there (the shortcut's own if empty); refusal says why it cannot be done now ("" when it can); callback is a
    bound method.
    """

    id: str
    text: str
    callback: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    hint: str = ""
    caps: tuple[str, ...] = ()
    refusal: Callable[[], str] = field(default=_always)

    @property
    def keys(self) -> tuple[str, ...]:
        """The key caps to draw, in the order they are pressed."""
        return self.caps or cap_texts(self.shortcut)


_CAPS = {"Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Escape": "Esc"}


def cap_texts(shortcut: str) -> tuple[str, ...]:
    """The caps of a shortcut written as Qt writes it: "Ctrl+Return" gives ("Ctrl", "Enter")."""
    if not shortcut:
        return ()
    parts = shortcut.split("+") if not shortcut.endswith("+") else [*shortcut[:-2].split("+"), "+"]
    return tuple(_CAPS.get(part, part) for part in parts if part)


def _of_both_enters(shortcut: str) -> tuple[str, ...]:
    """The shortcut, and the same with the Enter of the keypad where it has the one of the letters."""
    return tuple(dict.fromkeys((shortcut, shortcut.replace("Return", "Enter"))))


class BoundAction(QAction):
    """An action installed on a widget: runs the callback unless the action says why not; then `refused(words)`."""

    refused = Signal(str)

    def __init__(self, action: Action, parent: QObject) -> None:
        super().__init__(action.text, parent)
        self.action = action
        self.setObjectName(action.id)
        if action.shortcut:
            self.setShortcuts([QKeySequence(text) for text in _of_both_enters(action.shortcut)])
        self.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.triggered.connect(self.run)

    def run(self) -> None:
        """Do it, if it is allowed now; else say why not."""
        refusal = self.action.refusal()
        if refusal:
            self.refused.emit(f"{self.action.text}: {refusal}")
        else:
            self.action.callback()


def install(widget: QWidget, actions: Iterable[Action], *, in_window: bool = False) -> list[BoundAction]:
    """Give the widget these actions; shortcuts hold while the keyboard is within it, or anywhere in its window."""
    bound = [BoundAction(action, widget) for action in actions]
    if in_window:
        for action in bound:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    widget.addActions(bound)
    return bound


def uninstall(bound: Iterable[BoundAction]) -> None:
    """Take installed actions away from the widgets that have them; those of a widget that is gone went with it."""
    for action in bound:
        if shiboken6.isValid(action):
            owner = action.parent()
            if isinstance(owner, QWidget):
                owner.removeAction(action)
            action.deleteLater()


@dataclass(frozen=True)
class Hint:
    """One entry of the key bar: the caps and the word."""

    keys: tuple[str, ...]
    word: str


def hints_of(actions: Iterable[Action]) -> tuple[Hint, ...]:
    """The key bar's entries, in the order the actions are declared; those without a hint or not allowed stay out."""
    return tuple(Hint(action.keys, action.hint) for action in actions if action.hint and not action.refusal())


def matching(actions: Iterable[Action], typed: str) -> tuple[Action, ...]:
    """The actions whose text holds every typed word, those that begin with the text first."""
    words = typed.casefold().split()
    found = [action for action in actions if all(word in action.text.casefold() for word in words)]
    return tuple(sorted(found, key=lambda action: not action.text.casefold().startswith(typed.casefold().strip())))

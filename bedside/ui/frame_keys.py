"""Owns what can be done in a frame: its shortcuts, the hints of the key bar, and what the palette offers of it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bedside.ui.actions import Action, BoundAction, hints_of, install, matching, uninstall
from bedside.ui.view import View
from bedside.ui.widgets.key_bar import KeyBar
from bedside.ui.widgets.offers import Offer


class FrameKeys:
    """The actions that hold everywhere (`general`), those of the views' digits, and those of what is in front."""

    def __init__(self, frame: QWidget, key_bar: KeyBar) -> None:
        self._frame, self._key_bar = frame, key_bar
        self.general: tuple[Action, ...] = ()
        self._general: list[BoundAction] = []
        self._digits: list[BoundAction] = []
        self._in_front: list[BoundAction] = []
        self._keyed: tuple[View | None, tuple[Action, ...]] = (None, ())

    def set_general(self, actions: Sequence[Action]) -> None:
        """Put these in the place of what held everywhere before."""
        uninstall(self._general)
        self.general = tuple(actions)
        self._general = self._bound(self._frame, actions, in_window=True)

    def set_digits(self, actions: Sequence[Action]) -> None:
        """Put these in the place of the actions that showed the views before."""
        uninstall(self._digits)
        self._digits = self._bound(self._frame, actions, in_window=True)

    def follow(self, source: View | None) -> None:
        """Build shortcuts and key bar anew from what is in front."""
        actions = source.actions_offered() if source is not None else ()
        if (source, actions) != self._keyed:
            uninstall(self._in_front)
            self._in_front = self._bound(source, actions) if source is not None else []
            self._keyed = source, actions
        self._key_bar.show_hints(hints_of((*actions, *self.general)))
        self._key_bar.show_note(source.note() if source is not None else "")

    def offers(self, typed: str, here: str, actions: Sequence[Action]) -> list[Offer]:
        """What can be done now and fits what is typed: the actions of here, under its words, then what always holds."""
        return [
            Offer(one.text, one.callback, keys=one.keys, refusal=one.refusal(), group=group)
            for group, offered in ((here, actions), ("Everywhere", self.general))
            for one in matching(offered, typed)
            if one.id != "find"
        ]

    def _bound(self, widget: QWidget, actions: Sequence[Action], *, in_window: bool = False) -> list[BoundAction]:
        """Install actions; a key that does nothing now says in the key bar why."""
        bound = install(widget, actions, in_window=in_window)
        for one in bound:
            one.refused.connect(self._key_bar.show_note)
        return bound

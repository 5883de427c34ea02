"""Owns the list of keys in help: the caps of each action beside what it does."""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bedside.ui import theme
from bedside.ui.actions import Action
from bedside.ui.lettering import Run, draw_key_cap, draw_text, key_cap_width

ROW, GAP, CAP = 24, 12, 18


def with_keys(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that have keys, each text once with its first keys."""
    found: dict[str, Action] = {}
    for action in actions:
        if action.keys:
            found.setdefault(action.text, action)
    return tuple(found.values())


class KeyList(QWidget):
    """One line an action: caps at the left, its sentence in a column of its own."""

    def __init__(self, actions: Iterable[Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = with_keys(actions)
        self._left = ceil(max((self._caps_width(action) for action in self.shown), default=0)) + GAP
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("; ".join(f"{' '.join(action.keys)}: {action.text}" for action in self.shown))

    @staticmethod
    def _caps_width(action: Action) -> float:
        return sum(key_cap_width(cap) + 3 for cap in action.keys)

    def sizeHint(self) -> QSize:
        """A row for each."""
        return QSize(400, ROW * len(self.shown))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Caps and sentences."""
        look, painter = theme.current(), QPainter(self)
        for place, action in enumerate(self.shown):
            left, top = 0.0, place * ROW
            for cap in action.keys:
                width = key_cap_width(cap)
                draw_key_cap(painter, QRectF(left, top + (ROW - CAP) / 2, width, CAP), look, cap)
                left += width + 3
            room = QRectF(self._left, top, self.width() - self._left, ROW)
            draw_text(painter, room, look, Run(action.text, 13, 400, "ink"))
        painter.end()

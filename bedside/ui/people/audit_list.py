"""Owns the list of the audit log: its rows as Qt asks for them, and how each is painted."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bedside.chart.formats import moment_text
from bedside.service.audit_log import Logged
from bedside.ui import theme
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line, block_height, draw_block

LOGGED_ROLE = int(Qt.ItemDataRole.UserRole)
WHEN_WIDTH, WHO_WIDTH, GAP, PADDING = 152, 168, 12, 6
Index = QModelIndex | QPersistentModelIndex


def sentence_of(one: Logged, zone: tzinfo) -> str:
    """An event as it is read aloud."""
    return f"{moment_text(one.at, zone)}, {one.user}: {what_of(one)}"


def what_of(one: Logged) -> str:
    """What was done, with the patient's number where it concerns one."""
    return f"{one.words} ({one.mrn})" if one.mrn else one.words


class AuditModel(QAbstractListModel):
    """One row for each event: the event under LOGGED_ROLE, its sentence as text."""

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.zone = zone
        self.events: tuple[Logged, ...] = ()

    def show_events(self, events: Sequence[Logged]) -> None:
        """Show these."""
        self.beginResetModel()
        self.events = tuple(events)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own default
        """One row for each event."""
        return 0 if parent.isValid() else len(self.events)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The sentence, or the event."""
        if not index.isValid() or index.row() >= len(self.events):
            return None
        one = self.events[index.row()]
        if role == LOGGED_ROLE:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return sentence_of(one, self.zone)
        return None


class AuditDelegate(QStyledItemDelegate):
    """Paints when, who in which roles, and what; a long reason wraps and nothing is cut."""

    def __init__(self, zone: tzinfo, parent: QWidget) -> None:
        super().__init__(parent)
        self._zone, self._list = zone, parent

    def _cells(self, one: Logged, width: float) -> tuple[tuple[float, float, tuple[Line, ...]], ...]:
        """Left edge, width and paragraphs of the three columns."""
        left = WHEN_WIDTH + WHO_WIDTH
        who = ((Run(one.user, 13, 600),), (Run(one.roles.replace(",", ", "), 12, 400, "ink2"),))
        return (
            (0, WHEN_WIDTH - GAP, ((Run(moment_text(one.at, self._zone), 13),),)),
            (WHEN_WIDTH, WHO_WIDTH - GAP, who if one.roles else who[:1]),
            (left, width - left - GAP, ((Run(what_of(one), 13),),)),
        )

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the tallest column."""
        one, width = index.data(LOGGED_ROLE), self._list.width()
        tallest = max(block_height(words, room) for _, room, words in self._cells(one, width))
        return QSize(width, round(tallest) + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Tint where it is selected, the words, a hairline below."""
        look, room = theme.current(), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(room, look.colour("actiontint"))
            painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), look.colour("action"))
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), look.colour("line"))
        for left, width, words in self._cells(index.data(LOGGED_ROLE), room.width()):
            draw_block(painter, (room.left() + 8 + left, room.top() + PADDING), width, look, words)


class AuditList(QListView):
    """The events, newest first; the arrows move among them."""

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = AuditModel(zone, self)
        self.setModel(self.rows)
        self.setItemDelegate(AuditDelegate(zone, self.viewport()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Events, newest first")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as the width makes them."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

"""Owns the choice of what to enter: every kind in its group, found by typing a few letters."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from bedside.chart.describe import kind_title
from bedside.ui import theme
from bedside.ui.actions import Action
from bedside.ui.forms.boxes import Box
from bedside.ui.forms.head import SheetHead
from bedside.ui.forms.words import GROUPS
from bedside.ui.lettering import LEFT, Run, draw_text
from bedside.ui.painting import draw_frame
from bedside.ui.view import View
from bedside.ui.widgets.labels import PlainLabel

ROW = 27
WITH_REGIMEN = "Treatment"
COLUMNS = (
    ("Referral and disease", "Treatment", "Product"),
    ("Laboratory and marrow",),
    ("Bedside", "Decisions and whereabouts"),
)


REGIMEN = "regimen"
"""Stands among the kinds of treatment: it is several entries of one of them."""


def choice_title(kind: str) -> str:
    """Return the words of a choice: "Marrow"."""
    return "Regimen of several agents" if kind == REGIMEN else kind_title(kind)


class KindButton(QAbstractButton):
    """One kind; tinted while Enter would open it."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.is_current = False
        self.setText(choice_title(kind))
        self.setAccessibleName(choice_title(kind))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line to press."""
        return QSize(220, ROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, tinted and ringed while this is the current one."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        if self.is_current:
            draw_frame(painter, room, look, fill="actiontint", edge="action")
        weight = 600 if self.is_current else 400
        draw_text(painter, room.adjusted(8, 0, 0, 0), look, Run(self.text(), 13, weight), align=LEFT)
        painter.end()


class SearchBox(Box):
    """The box above the kinds: the arrows move among them while it is typed in."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter opens, everything else is typed."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)


class KindChooser(View):
    """`kind_chosen` carries the kind or REGIMEN; typing leaves only what matches, Enter opens the tinted one."""

    kind_chosen = Signal(str)
    close_asked = Signal()

    def __init__(self, whose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SheetHead("Enter what?", whose, ("Type a few letters, Enter opens.",), self)
        self.search = SearchBox("What to enter", self)
        self.nothing = PlainLabel("Nothing is called so. Clear the box to see every kind.", 13, 400, "ink2", self)
        self.nothing.hide()
        self.buttons: list[KindButton] = []
        self._titles: list[tuple[PlainLabel, list[KindButton]]] = []
        self._columns: list[QWidget] = []
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.moved.connect(self._move)
        self.search.next_asked.connect(self._open)
        self._choose(0)
        self.setMaximumWidth(812)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 20)
        column.setSpacing(0)
        column.addWidget(self.head)
        inset = QHBoxLayout()
        inset.setContentsMargins(24, 4, 24, 12)
        inset.addWidget(self.search)
        column.addLayout(inset)
        columns = QHBoxLayout()
        columns.setContentsMargins(16, 0, 16, 0)
        columns.setSpacing(16)
        for titles in COLUMNS:
            holder = QWidget(self)
            stack = QVBoxLayout(holder)
            stack.setContentsMargins(0, 0, 0, 0)
            stack.setSpacing(12)
            for title in titles:
                more = (REGIMEN,) if title == WITH_REGIMEN else ()
                stack.addLayout(self._group(title, (*GROUPS[title], *more)))
            stack.addStretch(1)
            columns.addWidget(holder, 1)
            self._columns.append(holder)
        column.addLayout(columns)
        column.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def _group(self, title: str, kinds: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        label = PlainLabel(title, 12, 600, "ink2", self)
        label.setContentsMargins(8, 0, 0, 4)
        column.addWidget(label)
        buttons = [KindButton(kind, self) for kind in kinds]
        for button in buttons:
            button.clicked.connect(self._clicked)
            column.addWidget(button)
        self._titles.append((label, buttons))
        self.buttons += buttons
        return column

    @property
    def shown(self) -> list[KindButton]:
        """The kinds that match what is typed."""
        return [button for button in self.buttons if not button.isHidden()]

    @property
    def current(self) -> KindButton | None:
        """The kind that Enter would open."""
        return next((button for button in self.shown if button.is_current), None)

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        for label, buttons in self._titles:
            for button in buttons:
                button.setVisible(all(word in button.text().casefold() for word in words))
            label.setVisible(any(not button.isHidden() for button in buttons))
        for holder in self._columns:
            holder.setVisible(any(holder.isAncestorOf(button) for button in self.shown))
        self.nothing.setVisible(not self.shown)
        starting = [i for i, button in enumerate(self.shown) if button.text().casefold().startswith(typed.casefold())]
        self._choose(starting[0] if starting else 0)

    def _choose(self, index: int) -> None:
        shown = self.shown
        for button in self.buttons:
            button.is_current = bool(shown) and button is shown[index % len(shown)]
            button.update()
        current = self.current
        self.search.setAccessibleDescription(f"Enter opens {current.text()}" if current else "nothing matches")

    def _move(self, step: int) -> None:
        current = self.current
        if current is not None:
            self._choose(self.shown.index(current) + step)

    def _open(self) -> None:
        current = self.current
        if current is not None:
            self.kind_chosen.emit(current.kind)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, KindButton):
            self.kind_chosen.emit(button.kind)

    def entered(self) -> None:
        """Type at once."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "chooser"

    def actions_offered(self) -> tuple[Action, ...]:
        """Close."""
        return (Action("chooser.close", "Close", self._close, "Escape", hint="close"),)

    def _close(self) -> None:
        self.close_asked.emit()

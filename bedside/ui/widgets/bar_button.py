"""Owns the words in the bars that are pressed: navigation, views, lock, and the box that opens the palette."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bedside.ui import fonts, icons, theme
from bedside.ui.lettering import RIGHT, Run, draw_key_cap, draw_runs, draw_text, key_cap_width
from bedside.ui.painting import draw_frame


@dataclass(frozen=True)
class BarWord:
    """A word in a bar: what stands before it, its weight, and how thick the line under it is while it is current."""

    text: str
    digit: str = ""
    icon: str = ""
    weight: int = 400
    underline: int = 2


class BarButton(QAbstractButton):
    """A word in a bar, with a line under it while it is the current one."""

    def __init__(self, word: BarWord, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = self._full = word
        self.setText(word.text)
        self.setAccessibleName(word.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the digit out, which help says as well, where the bar has little room."""
        self._word = replace(self._full, digit="") if narrow else self._full
        self.updateGeometry()
        self.update()

    def _runs(self) -> list[Run]:
        current = self.isChecked()
        digit = [Run(self._word.digit + "\u2002", 11, 400, "ink2")] if self._word.digit else []
        weight = 600 if current else self._word.weight
        return [*digit, Run(self.text(), 13, weight, "ink" if current or weight == 600 else "ink2")]

    def sizeHint(self) -> QSize:
        """Wide enough for the heaviest form of the word, so that nothing moves when it becomes the current one."""
        digit = fonts.width_of(self._word.digit + "\u2002", 11) if self._word.digit else 0
        lead = 24 if self._word.icon else 0
        return QSize(round(fonts.width_of(self.text(), 13, 600) + digit + lead) + 13, 40)

    @property
    def narrowest(self) -> int:
        """How wide it is without its digit."""
        lead = 24 if self._word.icon else 0
        return round(fonts.width_of(self.text(), 13, 600) + lead) + 13

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, digit, word, underline and focus ring."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        left = room.left() + 6
        icon, underline = self._word.icon, self._word.underline
        if icon:
            icons.draw_icon(painter, QRectF(left, room.center().y() - 8, 17, 17), look, icon, self._tone())
            left += 24
        draw_runs(painter, left, round(room.center().y() + 4.5), look, self._runs())
        if self.isChecked() and underline:
            painter.fillRect(QRectF(6, room.bottom() - underline, room.width() - 12, underline), look.colour("ink"))
        draw_focus(painter, self, look)
        painter.end()

    def _tone(self) -> str:
        return "ink" if self._word.weight == 600 else "ink2"


def draw_focus(painter: QPainter, widget: QWidget, look: theme.Theme) -> None:
    """The 2 px ring of the widget that has the keyboard, inside its own edge."""
    if widget.hasFocus():
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("action"), 2))
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 5, -1, -5), 4, 4)
        painter.restore()


class FindBox(QAbstractButton):
    """The box in the app bar that opens the palette: it looks like a place to type and is pressed like a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("Find a patient or an action")
        self.setAccessibleName("Find a patient or an action")
        self.setAccessibleDescription("Ctrl+K")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the keys out, which help says as well, where the bar has little room."""
        self._caps = () if narrow else ("K", "Ctrl")
        self.setFixedSize(210 if narrow else 272, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A box with the looking glass, the words and its two keys."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        draw_frame(painter, room, look, fill="sheet", edge="edge", radius=4)
        icons.draw_icon(painter, QRectF(9, 6, 16, 16), look, "search", "ink2")
        draw_text(painter, room.adjusted(32, 0, 0, 0), look, Run(self.text(), 13, 400, "ink2"))
        right = room.right() - 7
        for cap in self._caps:
            width = key_cap_width(cap)
            draw_key_cap(painter, QRectF(right - width, 5, width, 18), look, cap, quiet=True)
            right -= width + 6
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("action"), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class AsOfButton(QAbstractButton):
    """The moment that the window shows, at the right of the view bar: with its date and time, and whether it is now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment, self._is_now, self._narrow = "", True, False
        self.setAccessibleName("Show another moment")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_moment(self, moment: str, is_now: bool) -> None:
        """Show the moment in words and whether it is now."""
        if (moment, is_now) == (self._moment, self._is_now):
            return
        self._moment, self._is_now = moment, is_now
        self.setAccessibleName(f"As of {moment}, {self._state}. Show another moment")
        self.updateGeometry()
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Leave *As of* to the clock, where the bar has little room."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    @property
    def _state(self) -> str:
        return "now" if self._is_now else "not now"

    def _runs(self) -> list[Run]:
        lead = [] if self._narrow else [Run("As of  ", 13, 400, "ink2")]
        return [*lead, Run(self._moment, 13, 600, "ink")]

    def sizeHint(self) -> QSize:
        """Icon, words, the chip and the chevron."""
        words = sum(run.width for run in self._runs()) + fonts.width_of(self._state, 12, 600)
        return QSize(round(words) + 24 + 8 + 12 + 8 + 18 + 12, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The clock, *As of*, the moment, the chip *now* or *not now*, and the chevron."""
        look, painter, room = theme.current(), QPainter(self), QRectF(self.rect())
        icons.draw_icon(painter, QRectF(6, room.center().y() - 8, 16, 16), look, "history", "ink2")
        end = draw_runs(painter, 30, round(room.center().y() + 4.5), look, self._runs())
        weight, tone = (400, "ink2") if self._is_now else (600, "amb")
        width = round(fonts.width_of(self._state, 12, weight)) + 12
        chip = QRectF(round(end) + 8, round(room.center().y()) - 10, width, 20)
        draw_frame(painter, chip, look, fill="nonetint" if self._is_now else "sheet", edge=self._chip_edge(look))
        draw_text(painter, chip.adjusted(0, 0, -6, 0), look, Run(self._state, 12, weight, tone), align=RIGHT)
        icons.draw_icon(painter, QRectF(chip.right() + 8, room.center().y() - 8, 16, 16), look, "chevron-down", "ink2")
        draw_focus(painter, self, look)
        painter.end()

    def _chip_edge(self, look: theme.Theme) -> str:
        if not self._is_now:
            return "amb"
        return "none" if look.contrast else ""

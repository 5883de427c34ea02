"""Owns the lines of the palette: patients and actions under the heads of their groups, the current one tinted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bedside.ui import theme
from bedside.ui.icons import draw_icon
from bedside.ui.lettering import RIGHT, Run, draw_key_cap, draw_runs, draw_text, key_cap_width
from bedside.ui.painting import CHIP_HEIGHT, CLASS_WORDS, chip_width, draw_chip
from bedside.ui.signs import CLASS_SIGNS

ROW, HEAD, EDGE, TEXT, RIGHT_EDGE = 44, 30, 20, 52, 16
NOTHING = "Nothing matches. Patients are found by name and number, actions by their words."


@dataclass(frozen=True)
class Offer:
    """One line: a patient with the full identity, or an action with its keys, or why it is refused.

    Lines that follow each other with the same group stand under one head. risk is the code of a patient's class, "" for
    an action and while the class is not known for the moment that is shown.
    """

    title: str
    choose: Callable[[], object]
    detail: str = ""
    keys: tuple[str, ...] = ()
    refusal: str = ""
    group: str = ""
    patient: bool = False
    risk: str = ""

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.detail, CLASS_WORDS.get(self.risk), self.refusal) if part)


def matched_runs(title: str, typed: str, token: str) -> list[Run]:
    """The title with every typed word marked where it stands."""
    words = sorted({word for word in typed.casefold().split() if word}, key=len, reverse=True)
    runs, rest = [], title
    while rest:
        low = rest.casefold()
        hit = next((word for word in words if low.startswith(word)), "")
        size = len(hit) or 1
        runs.append(Run(rest[:size], 14, 600 if hit else 400, token))
        rest = rest[size:]
    return runs


class OfferList(QWidget):
    """All lines, however many; `moved` when another one is current, `chosen` when one is pressed."""

    chosen = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offers: tuple[Offer, ...] = ()
        self.current = 0
        self._typed = ""
        self._tops: list[int] = []

    def show_offers(self, offers: Sequence[Offer], typed: str) -> None:
        """Show these lines, the first of them current."""
        self.offers, self._typed, self.current = tuple(offers), typed, 0
        self._tops, top, group = [], 0, ""
        for offer in self.offers:
            top += HEAD if offer.group != group else 0
            group = offer.group
            self._tops.append(top)
            top += ROW
        self.setFixedHeight(top or ROW)
        self._announce()

    def step(self, by: int) -> None:
        """Make the next or previous line current."""
        self.current = min(max(self.current + by, 0), max(len(self.offers) - 1, 0))
        self._announce()

    def _announce(self) -> None:
        self.setAccessibleName(self.offers[self.current].spoken if self.offers else NOTHING)
        self.update()
        self.moved.emit()

    def room_of(self, number: int) -> QRectF:
        """Where a line stands."""
        return QRectF(0, self._tops[number], self.width(), ROW)

    def height_within(self, most: int) -> int:
        """The height of all lines, or of as many whole ones as there is room for."""
        if self.height() <= most:
            return self.height()
        return max((top + ROW for top in self._tops if top + ROW <= most), default=most)

    def sizeHint(self) -> QSize:
        """High enough for every line."""
        return QSize(self.width(), self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the line under the pointer."""
        pressed = [row for row in range(len(self.offers)) if self.room_of(row).contains(event.position())]
        if pressed:
            self.current = pressed[0]
            self.chosen.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines that can be seen, or the sentence that nothing matches."""
        look, painter = theme.current(), QPainter(self)
        if not self.offers:
            draw_text(painter, QRectF(EDGE, 0, self.width(), ROW), look, Run(NOTHING, 13, 400, "ink2"))
        for number, offer in enumerate(self.offers):
            room = self.room_of(number)
            if room.adjusted(0, -HEAD, 0, 0).intersects(QRectF(event.rect())):
                if offer.group and (number == 0 or self.offers[number - 1].group != offer.group):
                    head = QRectF(EDGE, room.top() - HEAD + 4, room.width(), HEAD - 4)
                    draw_text(painter, head, look, Run(offer.group, 12, 400, "ink2"))
                self._draw_row(painter, look, room, offer)
        painter.end()

    def _draw_row(self, painter: QPainter, look: theme.Theme, room: QRectF, offer: Offer) -> None:
        is_current = self.offers[self.current] is offer
        if is_current:
            painter.fillRect(room, look.colour("actiontint"))
            painter.fillRect(QRectF(room.left(), room.top(), 3, room.height()), look.colour("action"))
        token = "ink2" if offer.refusal else "ink"
        sign = QRectF(EDGE, room.center().y() - 9, 18, 18)
        draw_icon(painter, sign, look, "user" if offer.patient else "chevron-right", "ink2")
        baseline = round(room.top() + (19 if offer.detail else 27))
        self._draw_title(painter, look, offer, token, baseline)
        draw_runs(painter, TEXT, baseline + 16, look, [Run(offer.detail, 12, 400, "ink2")])
        right = self._draw_keys(painter, look, room, offer.keys or (("Enter",) if is_current else ()))
        if offer.refusal:
            draw_text(
                painter, QRectF(0, room.top(), right, ROW), look, Run(offer.refusal, 12, 400, "ink2"), align=RIGHT
            )
        elif offer.risk:
            word = CLASS_WORDS[offer.risk]
            at = QPointF(right - chip_width(word), room.center().y() - CHIP_HEIGHT / 2)
            draw_chip(painter, at, look, CLASS_SIGNS[offer.risk], word)

    def _draw_title(self, painter: QPainter, look: theme.Theme, offer: Offer, token: str, baseline: float) -> None:
        x = float(TEXT)
        for run in matched_runs(offer.title, self._typed, token):
            draw_runs(painter, x, baseline, look, [run])
            if run.weight == 600:
                painter.fillRect(QRectF(x, baseline + 3, run.width, 2), look.colour("action"))
            x += run.width

    @staticmethod
    def _draw_keys(painter: QPainter, look: theme.Theme, room: QRectF, keys: Sequence[str]) -> float:
        """The caps at the right; how far the row is free comes back."""
        right = room.right() - RIGHT_EDGE
        for cap in reversed(keys):
            width = key_cap_width(cap)
            draw_key_cap(painter, QRectF(right - width, room.center().y() - 9, width, 18), look, cap)
            right -= width + 4
        return right - 8

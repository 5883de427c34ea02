"""Owns painted text: lines, runs of mixed weight, halos, key caps and the dashed underline of what is not recorded."""

from collections.abc import Iterable
from functools import cache, lru_cache
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from bedside.ui import fonts
from bedside.ui.dots import dots_per_pixel, on_a_dot
from bedside.ui.theme import Theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


HALO_ROOM = 3
FRACTIONS = 64
"""Into how many parts of a pixel Qt itself divides the room beside a text; any other number would move letters."""


class Run(NamedTuple):
    """A piece of a line: its text, size in px, weight, colour token, and whether it says that a value is missing."""

    text: str
    px: int = 13
    weight: int = 400
    token: str = "ink"
    missing: bool = False

    @property
    def width(self) -> float:
        """How wide it is, in logical pixels."""
        return fonts.width_of(self.text, self.px, self.weight)


def width_of_runs(runs: Iterable[Run]) -> float:
    """How wide a line of runs is, in logical pixels."""
    return sum(run.width for run in runs)


def dashed_pen(colour: QColor, width: float = 1.0, *, on: float = 3.0, off: float = 2.0) -> QPen:
    """A flat dashed pen; on and off are px, whatever the width."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([on / width, off / width])
    return pen


def draw_text(painter: QPainter, rect: QRectF, theme: Theme, run: Run, *, align: Qt.AlignmentFlag = LEFT) -> None:
    """One line of text in the rectangle, never elided: the caller gives it the room it needs, or it is cut."""
    painter.setFont(fonts.font(run.px, run.weight))
    painter.setPen(theme.colour(run.token))
    room, high = rect.width() - run.width, rect.height() - sum(fonts.reach_of(run.px, run.weight))
    if room < 0 or high < 0:
        painter.drawText(rect, int(align) | int(Qt.TextFlag.TextSingleLine), run.text)
        return
    shift = room if align == RIGHT else room / 2 if align == CENTRE else 0.0
    at = QPointF(rect.left() + int(shift * FRACTIONS) / FRACTIONS, rect.top() + high / 2)
    painter.drawStaticText(at, fonts.laid_out(run.text, run.px, run.weight)[0])


def draw_wrapped(painter: QPainter, rect: QRectF, theme: Theme, run: Run) -> None:
    """Text that breaks at words inside the rectangle, from its top left."""
    painter.setFont(fonts.font(run.px, run.weight))
    painter.setPen(theme.colour(run.token))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), run.text)


def wrapped_height(text: str, width: float, px: int = 13, weight: int = 400) -> float:
    """How high text stands when it breaks at words within the width, in logical pixels."""
    room = QRectF(0, 0, width, 10_000)
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
    return QFontMetricsF(fonts.font(px, weight)).boundingRect(room, flags, text).height()


def draw_runs(painter: QPainter, x: float, baseline: float, theme: Theme, runs: Iterable[Run]) -> float:
    """A line of mixed runs from x on one baseline; a missing one gets its dashed underline. Returns where it ended."""
    for run in runs:
        painter.setFont(fonts.font(run.px, run.weight))
        painter.setPen(theme.colour(run.token))
        laid, ascent = fonts.laid_out(run.text, run.px, run.weight)
        painter.drawStaticText(QPointF(x, baseline - ascent), laid)
        if run.missing:
            draw_dashed_underline(painter, x, baseline + 3.5, run.width, theme.colour(run.token))
        x += run.width
    return x


def draw_dashed_underline(painter: QPainter, x: float, y: float, width: float, colour: QColor) -> None:
    """The dashed line under words that say a value is not recorded or not known."""
    painter.setPen(dashed_pen(colour))
    level = round(y) + 0.5
    painter.drawLine(QPointF(x, level), QPointF(x + width, level))


def draw_halo_text(painter: QPainter, at: QPointF, theme: Theme, run: Run, *, surface: str = "sheet") -> None:
    """A label that stays readable over lines: 3 px of the surface colour around it; at is the start of its baseline."""
    ratio = dots_per_pixel(painter)
    start = QPointF(round(at.x()), round(at.y()))
    if ratio != 1:
        start = on_a_dot(painter, start)
    label = _halo(run, theme.hex(run.token), theme.hex(surface), ratio)
    painter.drawPixmap(start - _start_in_halo(run.px, ratio), label)


@cache
def _start_in_halo(px: int, ratio: float) -> QPointF:
    """Where the baseline of a label starts in its picture: on a whole dot, behind the room for the halo."""
    return QPointF(ceil(HALO_ROOM * ratio) / ratio, ceil((HALO_ROOM + px) * ratio) / ratio)


@lru_cache(maxsize=1024)
def _halo(run: Run, colour: str, surface: str, ratio: float) -> QPixmap:
    """The label as a picture: stroking its outline takes a millisecond, which a moving focus line cannot spend."""
    width, height = ceil(run.width) + 2 * HALO_ROOM + 1, ceil(run.px * 1.4) + 2 * HALO_ROOM + 1
    picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # the letters t, f and + are drawn of strokes that overlap
    path.addText(_start_in_halo(run.px, ratio), fonts.font(run.px, run.weight), run.text)
    pen = QPen(QColor(surface), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(path, pen)
    painter.fillPath(path, QColor(colour))
    painter.end()
    return picture


def key_cap_width(text: str) -> float:
    """How wide a key cap with this text is: 20 px at least."""
    return max(20.0, round(fonts.width_of(text, 11, 500)) + 12.0)


def draw_key_cap(painter: QPainter, rect: QRectF, theme: Theme, text: str, *, quiet: bool = False) -> None:
    """A key as it stands on the keyboard, 18 px high; quiet takes the thin line of an inactive box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("line" if quiet else "edge"), 1))
    painter.setBrush(theme.colour("sheet"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()
    draw_text(painter, rect, theme, Run(text, 11, 500, "ink2"), align=CENTRE)

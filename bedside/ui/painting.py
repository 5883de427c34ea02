"""Owns how a status is painted: signs, chips, the pathway strip, grade boxes, flags and the mark."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from bedside.ui import fonts, signs
from bedside.ui.lettering import CENTRE, LEFT, Run, dashed_pen, draw_text
from bedside.ui.signs import Sign
from bedside.ui.theme import Theme

CHIP_HEIGHT = 22.0
GRADE_WIDTH, GRADE_HEIGHT = 26.0, 24.0
STRIP_STEPS = 7
STRIP_STEP, STRIP_GAP = 24.0, 3.0

CLASS_WORDS = {"high": "High risk", "ambiguous": "Ambiguous", "low": "Low risk", "pending": "Pending"}
CLASS_TOKENS = {"high": "high", "ambiguous": "amb", "low": "low", "pending": "none"}
SIGN_TOKENS = {
    Sign.HIGH: "high",
    Sign.AMBIGUOUS: "amb",
    Sign.LOW: "low",
    Sign.PENDING: "none",
    Sign.MET_HIGH: "high",
    Sign.MET_AMBIGUOUS: "amb",
    Sign.MET_LOW: "low",
    Sign.CONFLICT: "high",
    Sign.CAUTION: "amb",
    Sign.CLEAR: "low",
    Sign.SAVED: "low",
}


@dataclass(frozen=True)
class Flag:
    """How far a result lies outside its range: level 1 out of range, 2 critical, 3 off scale; high or low."""

    high: bool
    level: int

    @property
    def words(self) -> str:
        """The flag as it is read aloud: "low", "critical high", "off scale, low"."""
        side = "high" if self.high else "low"
        return {1: side, 2: f"critical {side}", 3: f"off scale, {side}"}[self.level]


def draw_sign(painter: QPainter, rect: QRectF, theme: Theme, sign: Sign) -> None:
    """The sign centred in the rectangle, as large as its shorter side."""
    side = min(rect.width(), rect.height())
    at = QPointF(rect.center().x() - side / 2, rect.center().y() - side / 2)
    if ratio := _dots(painter, at, side):
        painter.drawPixmap(at, _sign_picture(sign, side, theme, ratio))
    else:
        _draw_sign_at(painter, at, side, theme, sign)


def _dots(painter: QPainter, at: QPointF, side: float = 1.0) -> float:
    """How many dots of the device make a pixel; 0 where point or side end between dots.

    There, a picture would not be what its drawing is.
    """
    onto = painter.deviceTransform()
    ratio, place = onto.m11(), onto.map(at)
    whole = place.x().is_integer() and place.y().is_integer() and (side * ratio).is_integer()
    return ratio if whole and ratio == onto.m22() and not onto.isRotating() else 0.0


@lru_cache(maxsize=512)
def _sign_picture(sign: Sign, side: float, theme: Theme, ratio: float) -> QPixmap:
    """The sign as a picture, which a list draws hundreds of times."""
    picture = _empty_picture(side, side, ratio)
    painter = QPainter(picture)
    _draw_sign_at(painter, QPointF(0, 0), side, theme, sign)
    painter.end()
    return picture


def _empty_picture(width: float, height: float, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


def _draw_sign_at(painter: QPainter, at: QPointF, side: float, theme: Theme, sign: Sign) -> None:
    scale = side / signs.BOX
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(at)
    painter.scale(scale, scale)
    for layer in signs.drawing(sign):
        painter.setBrush(theme.colour(layer.fill) if layer.fill else Qt.BrushStyle.NoBrush)
        painter.setPen(_layer_pen(layer, theme))
        painter.drawPath(layer.path)
    painter.restore()


def _layer_pen(layer: signs.Layer, theme: Theme) -> QPen:
    if not layer.stroke:
        return QPen(Qt.PenStyle.NoPen)
    if layer.dashed:
        return dashed_pen(theme.colour(layer.stroke), layer.width, on=2.3, off=1.85)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    if layer.fill:
        cap, join = Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
    return QPen(theme.colour(layer.stroke), layer.width, Qt.PenStyle.SolidLine, cap, join)


def draw_sign_word(painter: QPainter, rect: QRectF, theme: Theme, sign: Sign, run: Run) -> float:
    """A sign of 16 px and its word, 8 px apart, from the left of the rectangle; returns where the word ended."""
    box = QRectF(rect.left(), rect.center().y() - 8, 16, 16)
    draw_sign(painter, box, theme, sign)
    draw_text(painter, rect.adjusted(24, 0, run.width, 0), theme, run, align=LEFT)
    return rect.left() + 24 + run.width


def chip_width(word: str) -> float:
    """How wide a chip with this word is: 6 px, sign 14, 7 px, word, 8 px."""
    return 6 + 14 + 7 + round(fonts.width_of(word, 13, 600)) + 8


def draw_chip(painter: QPainter, at: QPointF, theme: Theme, sign: Sign, word: str) -> QRectF:
    """A chip 22 px high from the point: tint, sign, word; in high contrast a frame instead of the tint."""
    token = SIGN_TOKENS.get(sign, "none")
    rect = QRectF(at.x(), at.y(), chip_width(word), CHIP_HEIGHT)
    draw_frame(painter, rect, theme, fill=f"{token}tint", edge=token if theme.contrast else "", radius=4)
    draw_sign(painter, QRectF(rect.left() + 6, rect.top() + 4, 14, 14), theme, sign)
    draw_text(painter, rect.adjusted(27, 0, 0, 0), theme, Run(word, 13, 600, token))
    return rect


def draw_frame(
    painter: QPainter, rect: QRectF, theme: Theme, *, fill: str = "", edge: str = "", radius: float = 4
) -> None:
    """A rounded rectangle with a fill token and a 1 px edge token (1.5 px in high contrast), either may be ""."""
    width = 1.5 if theme.contrast else 1.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(edge), width) if edge else QPen(Qt.PenStyle.NoPen))
    inset = width / 2 if edge else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def draw_strip(painter: QPainter, at: QPointF, theme: Theme, step: int, room: float = 1000) -> None:
    """The pathway as seven marks from the point, 10 px high: past filled, the current one tall, ahead outlined.

    The current step counts from 0 to 6; 7 is a course that is over, −1 one that has not begun.
    """
    wide = min(STRIP_STEP, (room + STRIP_GAP) // STRIP_STEPS - STRIP_GAP)
    if ratio := _dots(painter, at):
        painter.drawPixmap(at, _strip_picture(step, wide, theme, ratio))
    else:
        _draw_steps(painter, at, theme, step, wide)


@lru_cache(maxsize=64)
def _strip_picture(step: int, wide: float, theme: Theme, ratio: float) -> QPixmap:
    """The pathway as a picture, which a list draws in every row."""
    picture = _empty_picture(STRIP_STEPS * (wide + STRIP_GAP) - STRIP_GAP, 10, ratio)
    painter = QPainter(picture)
    _draw_steps(painter, QPointF(0, 0), theme, step, wide)
    painter.end()
    return picture


def _draw_steps(painter: QPainter, at: QPointF, theme: Theme, step: int, wide: float) -> None:
    for index in range(STRIP_STEPS):
        left = at.x() + index * (wide + STRIP_GAP)
        if index == step:
            draw_frame(painter, QRectF(left, at.y(), wide, 10), theme, fill="ink", radius=2)
        elif index < step:
            draw_frame(painter, QRectF(left, at.y() + 3, wide, 4), theme, fill="edge", radius=1)
        else:
            _draw_step_ahead(painter, QRectF(left, at.y() + 3, wide, 4), theme)


def _draw_step_ahead(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
    painter.restore()


_GRADE_LOOK = {
    0: ("", "", "ink", 400),
    1: ("sheet", "edge", "ink", 600),
    2: ("ambtint", "amb", "ink", 600),
    3: ("hightint", "highsolid", "high", 600),
    4: ("highsolid", "", "onhigh", 600),
}


def draw_grade(
    painter: QPainter, rect: QRectF, theme: Theme, grade: int | None, *, px: int = 13, words: str = ""
) -> None:
    """The box of a grade: 0 plain, 1 to 4 framed and tinted, 5 the word "died", None a dash for not assessed.

    words stand in it instead of the digit: "≥2".
    """
    if grade is None or grade > 4:
        word = Run("–", px, 400, "ink2") if grade is None else Run("died", px, 600, "high")
        draw_text(painter, rect, theme, word, align=CENTRE)
        return
    fill, edge, token, weight = _GRADE_LOOK[grade]
    if fill:
        draw_frame(painter, rect, theme, fill=fill, edge=edge, radius=4)
    draw_text(
        painter, rect, theme, Run(words or str(grade), px, 700 if px > 20 and grade else weight, token), align=CENTRE
    )


def _stroke(theme: Theme, token: str, width: float = 1.4) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(theme.colour(token), width, Qt.PenStyle.SolidLine, cap, join)


def draw_flag(painter: QPainter, at: QPointF, theme: Theme, flag: Flag, *, token: str = "ink") -> float:
    """One to three narrow arrows, 6.2 px each, 10 px high from the point; returns where they ended."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_stroke(theme, token))
    painter.translate(at)
    for _ in range(flag.level):
        painter.drawPath(signs.arrow(flag.high))
        painter.translate(signs.FLAG_PITCH, 0)
    painter.restore()
    return at.x() + flag.level * signs.FLAG_PITCH


def draw_movement(painter: QPainter, at: QPointF, theme: Theme, moved: int, *, token: str = "ink") -> None:
    """Which way a grade moved, 10 px high from the point: 1 rose, −1 fell, 0 stayed."""
    if moved:
        draw_flag(painter, at, theme, Flag(high=moved > 0, level=1), token=token)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_stroke(theme, token))
    painter.translate(at)
    painter.drawPath(signs.arrow_right())
    painter.restore()

"""Owns how cells of a grid are painted: a value with its flag, a box with what was typed, the last value beside it."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from bedside.chart.formats import NON_BREAKING_HYPHEN, date_text, number_text, short_date_text
from bedside.ui import fonts
from bedside.ui.entry_grid.boxes import Typed
from bedside.ui.forms.boxes import NOT_DONE
from bedside.ui.forms.last_value import LastValue
from bedside.ui.forms.typed_moment import TypedMoment
from bedside.ui.lettering import RIGHT, Run, draw_text
from bedside.ui.painting import Flag, draw_flag, draw_frame
from bedside.ui.theme import Theme

FLAG_SLOT = 26
FLAG_HEIGHT = 10
_TINTS = {2: ("ambtint", "amb", "ink"), 3: ("hightint", "highsolid", "high")}


def draw_value(
    painter: QPainter, room: QRectF, theme: Theme, text: str, flag: Flag | None, *, decimals: float = 0.0
) -> None:
    """A value right-aligned before its flag slot; critical gets a tint, off scale a frame as well, both weight.

    decimals is the room that is kept at the right, so that the values of a row stand on one decimal.
    """
    level = 0 if flag is None else flag.level
    token = "ink"
    if level in _TINTS:
        fill, edge, token = _TINTS[level]
        framed = level == 3 or theme.contrast
        draw_frame(painter, room.adjusted(1, 1, -1, -2), theme, fill=fill, edge=edge if framed else "", radius=2)
    weight = 600 if level > 1 else 500 if level else 400
    run = Run(text, 13, weight, token)
    spare = room.width() - FLAG_SLOT - run.width - 4
    right = room.right() - FLAG_SLOT - min(decimals, max(spare, 0))
    draw_text(painter, QRectF(right - run.width - 1, room.top(), run.width + 1, room.height()), theme, run, align=RIGHT)
    if flag is not None:
        at = QPointF(room.right() - FLAG_SLOT + 4, round(room.center().y() - FLAG_HEIGHT / 2))
        draw_flag(painter, at, theme, flag, token=token)


def draw_not_done(painter: QPainter, room: QRectF, theme: Theme, words: str = NOT_DONE) -> None:
    """That there is no value, in words."""
    draw_text(painter, room.adjusted(0, 0, -6, 0), theme, Run(words, 11, 400, "ink2"), align=RIGHT)


def draw_box(painter: QPainter, room: QRectF, theme: Theme, typed: Typed, words: str = "") -> None:
    """The box of a cell that does not have the keyboard: its text, and whether it is refused or asked about.

    words stand in place of the text where it was understood as a moment.
    """
    refused, asked = _standing(typed)
    fill, edge, width = "sheet", "edge", 1.0
    if refused or asked:
        fill, edge, width = ("hightint", "highsolid", 2.0) if refused else ("ambtint", "amb", 2.0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour(fill))
    painter.setPen(QPen(theme.colour(edge), width))
    inset = width / 2
    painter.drawRoundedRect(room.adjusted(inset, inset, -inset, -inset), 2, 2)
    painter.restore()
    inside = room.adjusted(6, 0, -6, 0)
    if not isinstance(typed, TypedMoment) and typed.not_done:
        draw_text(painter, inside, theme, Run(NOT_DONE, 11, 400, "ink2"), align=RIGHT)
    else:
        draw_text(painter, inside, theme, Run(words or typed.text, 13, 600), align=RIGHT)


def _standing(typed: Typed) -> tuple[bool, bool]:
    """Whether a text that was left is refused, and whether it is asked about."""
    if isinstance(typed, TypedMoment):
        return bool(typed.why), typed.asked is not None
    return bool(typed.refusal(final=True)), typed.question() is not None


def draw_typed_flag(painter: QPainter, at: QPointF, theme: Theme, typed: Typed) -> float:
    """The flag of what was typed, from the point; where it ended comes back."""
    flag = None if isinstance(typed, TypedMoment) or typed.refusal(final=True) else typed.flag()
    return at.x() if flag is None else draw_flag(painter, at, theme, flag)


def last_words(last: LastValue | None, year: int) -> tuple[str, str]:
    """The last value and its date, the year named where it is not this one; two empty words without a value."""
    if last is None:
        return "", ""
    day = last.at.day
    words = short_date_text(day) if day.year == year else date_text(day)
    return f"{last.sign}{number_text(last.value)}", words.replace("-", NON_BREAKING_HYPHEN)


def decimal_room(text: str, places: int) -> float:
    """How much room to keep right of a value, so that its decimal stands under those with that many places."""
    own = len(text.partition(".")[2])
    missing = places - own
    if missing <= 0:
        return 0.0
    point = fonts.width_of(".", 13) if not own else 0.0
    return missing * fonts.width_of("0", 13) + point

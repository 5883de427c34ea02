"""Tests of painted text: it stands where Qt itself puts a line of text in a rectangle, and is cut where Qt cuts it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from bedside.ui import fonts, theme
from bedside.ui.lettering import CENTRE, LEFT, RIGHT, Run, draw_text


def painted(paint: Callable[[QPainter], None], ratio: float) -> QImage:
    picture = QImage(round(200 * ratio), round(60 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint(painter)
    painter.end()
    return picture


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("align", [LEFT, RIGHT, CENTRE])
@pytest.mark.parametrize("room", [QRectF(20, 10, 150, 24), QRectF(20.5, 10, 151, 23), QRectF(20, 10, 30, 8)])
def test_that_a_line_of_text_is_painted_as_qt_paints_it(room: QRectF, align: Qt.AlignmentFlag, ratio: float) -> None:
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    look = theme.load_theme("light")
    for run in (Run("2.1 × 10⁹/L", 13, 600), Run("Apr‑2024", 11, 400, "ink2"), Run("High risk", 15, 600, "high")):

        def qt(painter: QPainter, run: Run = run) -> None:
            painter.setFont(fonts.font(run.px, run.weight))
            painter.setPen(look.colour(run.token))
            painter.drawText(room, int(align) | int(Qt.TextFlag.TextSingleLine), run.text)

        def ours(painter: QPainter, run: Run = run) -> None:
            draw_text(painter, room, look, run, align=align)

        assert painted(ours, ratio) == painted(qt, ratio) != painted(lambda _painter: None, ratio)

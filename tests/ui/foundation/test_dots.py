"""Tests of pictures kept for painting: at every scale of a screen they are as sharp as what they were drawn from."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bedside.ui import fonts, icons, theme
from bedside.ui.dots import dots_per_pixel, on_a_dot
from bedside.ui.lettering import Run, draw_halo_text
from bedside.ui.overview.lanes import Shape
from bedside.ui.overview.shapes import draw_mark, picture_of
from bedside.ui.overview.stamps import Stamps

RATIOS = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)
WIDE, HIGH = 160, 60
ROUNDING = 40
"""How far a colour may be off, of 255, as curves round otherwise from another start; a blurred one is off by 160."""
PLACES = [(20.0, 30.0), (20.4, 30.0), (33.3, 31.0)]

Draw = Callable[[QPainter], object]


def painted(ratio: float, draw: Draw) -> QImage:
    image = QImage(round(WIDE * ratio), round(HIGH * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("place", PLACES)
def test_that_a_point_is_moved_to_the_nearest_dot(ratio: float, place: tuple[float, float]) -> None:
    def check(painter: QPainter) -> None:
        painter.translate(0.3, 0.7)
        there = painter.deviceTransform().map(on_a_dot(painter, QPointF(*place)))
        meant = painter.deviceTransform().map(QPointF(*place))
        for found, wanted in ((there.x(), meant.x()), (there.y(), meant.y())):
            assert found == pytest.approx(round(found), abs=1e-6)
            assert abs(found - wanted) <= 0.5 + 1e-6

    painted(ratio, check)


@pytest.mark.parametrize("ratio", RATIOS)
def test_that_the_dots_are_those_of_what_is_painted_on(ratio: float) -> None:
    found: list[float] = []
    painted(ratio, lambda painter: found.append(dots_per_pixel(painter)))
    assert found == [ratio]


def drawn_as_a_path(painter: QPainter, at: QPointF, run: Run) -> None:
    """A label with its halo, stroked and filled where it stands."""
    look, path = theme.current(), QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(at, fonts.font(run.px, run.weight), run.text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    round_ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.strokePath(path, QPen(QColor(look.hex("sheet")), 3, Qt.PenStyle.SolidLine, *round_ends))
    painter.fillPath(path, QColor(look.hex(run.token)))


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("place", PLACES)
def test_that_a_label_with_a_halo_is_drawn_as_its_path_would_be(ratio: float, place: tuple[float, float]) -> None:
    run, at = Run("Diagnosis 5 %", 12, 400, "ink"), QPointF(*place)

    def as_a_path(painter: QPainter) -> None:
        drawn_as_a_path(painter, on_a_dot(painter, QPointF(round(at.x()), round(at.y()))), run)

    kept = painted(ratio, lambda painter: draw_halo_text(painter, at, theme.current(), run))
    assert most_apart(kept, painted(ratio, as_a_path)) <= ROUNDING


def most_apart(one: QImage, other: QImage) -> int:
    """How far a colour of any dot differs, of 255."""
    assert one.size() == other.size()
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("ratio", RATIOS)
def test_that_stamped_marks_are_those_that_are_drawn_one_by_one(ratio: float) -> None:
    look, marks = theme.current(), [QPointF(20.3, 20), QPointF(60.5, 21), QPointF(90.77, 33)]

    def stamp(painter: QPainter) -> None:
        picture = picture_of(Shape.DIAMOND, look, dots_per_pixel(painter))
        Stamps().draw(painter, picture, [one.x() for one in marks], [one.y() for one in marks])

    def one_by_one(painter: QPainter) -> None:
        for mark in marks:
            draw_mark(painter, mark, look, Shape.DIAMOND, dots_per_pixel(painter))

    assert most_apart(painted(ratio, stamp), painted(ratio, one_by_one)) == 0


class Painted(QWidget):
    """Paints labels, marks and icons, and keeps the ratio that it found."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        self.ratio = dots_per_pixel(painter)
        draw_halo_text(painter, QPointF(10, 40), look, Run("Apheresis", 12))
        icons.draw_icon(painter, QRectF(100, 10, 16, 16), look, "search")
        painter.end()


@pytest.mark.parametrize("ratio", RATIOS)
def test_that_a_widget_drawn_onto_a_picture_has_the_dots_of_the_picture(qtbot: QtBot, ratio: float) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    widget.resize(WIDE, HIGH)
    picture = QPixmap(round(WIDE * ratio), round(HIGH * ratio))
    picture.setDevicePixelRatio(ratio)
    widget.render(picture)
    assert widget.ratio == ratio

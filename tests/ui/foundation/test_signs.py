"""Tests of the painted status: every sign stays in its box, no two look alike without colour, words keep their room."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from bedside.ui import painting, signs, theme
from bedside.ui.signs import Sign

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = 32
SAME_ON_PURPOSE = {frozenset((Sign.CLEAR, Sign.SAVED))}
MET = {Sign.MET_HIGH, Sign.MET_AMBIGUOUS, Sign.MET_LOW, Sign.MET_INK}


def canvas(width: int = SIZE, height: int = SIZE) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def drawn(sign: Sign, name: str = "light") -> QImage:
    image = canvas()
    painter = QPainter(image)
    painting.draw_sign(painter, QRectF(0, 0, SIZE, SIZE), theme.load_theme(name), sign)
    painter.end()
    return image


def black(image: QImage) -> set[tuple[int, int]]:
    grey = [(x, y) for x in range(SIZE) for y in range(SIZE) if image.pixelColor(x, y).lightness() < 200]
    return set(grey)


def test_that_every_sign_stays_within_its_box_of_sixteen_pixels() -> None:
    box = QRectF(-0.01, -0.01, 16.02, 16.02)
    for sign in Sign:
        for layer in signs.drawing(sign):
            reach = layer.width / 2 if layer.stroke else 0
            bounds = layer.path.boundingRect().adjusted(-reach, -reach, reach, reach)
            assert box.contains(bounds), sign


@pytest.mark.parametrize("name", theme.THEME_NAMES)
def test_that_every_sign_leaves_ink_in_every_theme(name: str) -> None:
    assert [sign for sign in Sign if drawn(sign, name) == canvas()] == []


def test_that_no_two_signs_have_the_same_shape_without_colour() -> None:
    shapes = {sign: black(drawn(sign)) for sign in Sign}
    alike = {frozenset((one, other)) for one, other in combinations(Sign, 2) if len(shapes[one] ^ shapes[other]) <= 20}
    assert {pair for pair in alike - SAME_ON_PURPOSE if not pair <= MET} == set()


@pytest.mark.parametrize("risk", ["high", "ambiguous", "low", "pending"])
def test_that_a_chip_is_as_wide_as_it_says_and_tinted(risk: str) -> None:
    image, look = canvas(200, 30), theme.load_theme("light")
    painter = QPainter(image)
    word = painting.CLASS_WORDS[risk]
    rect = painting.draw_chip(painter, QPointF(2, 2), look, signs.CLASS_SIGNS[risk], word)
    painter.end()
    assert (rect.height(), rect.width()) == (22, painting.chip_width(word))
    tint = look.colour(f"{painting.CLASS_TOKENS[risk]}tint")
    assert image.pixelColor(round(rect.right()) - 3, 12) == tint
    assert image.pixelColor(round(rect.right()) + 3, 12) == QColor("white")


def test_that_the_pathway_strip_marks_past_current_and_ahead_differently() -> None:
    image, look = canvas(200, 12), theme.load_theme("light")
    painter = QPainter(image)
    painting.draw_strip(painter, QPointF(0, 0), look, 2)
    painter.end()
    middles = [round(i * (painting.STRIP_STEP + painting.STRIP_GAP) + 12) for i in range(painting.STRIP_STEPS)]
    assert [image.pixelColor(x, 1) == look.colour("ink") for x in middles] == [False, False, True] + [False] * 4
    assert [image.pixelColor(x, 5) == look.colour("edge") for x in middles] == [True, True] + [False] * 5


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (painting.Flag(high=False, level=1), "low"),
        (painting.Flag(high=True, level=2), "critical high"),
        (painting.Flag(high=True, level=3), "off scale, high"),
    ],
)
def test_that_a_flag_has_words_and_an_arrow_for_each_level(flag: painting.Flag, words: str) -> None:
    image = canvas()
    painter = QPainter(image)
    end = painting.draw_flag(painter, QPointF(0, 4), theme.load_theme("light"), flag)
    painter.end()
    assert flag.words == words
    assert end == pytest.approx(6.2 * flag.level)
    columns = {x for x, _y in black(image)}
    assert max(columns) < end + 1


def test_that_each_grade_looks_different_and_not_assessed_is_no_zero() -> None:
    images = []
    for grade in (None, 0, 1, 2, 3, 4, 5):
        image = canvas()
        painter = QPainter(image)
        painting.draw_grade(painter, QRectF(2, 4, 26, 24), theme.load_theme("contrast"), grade)
        painter.end()
        images.append(image)
    assert all(one != other for one, other in combinations(images, 2))

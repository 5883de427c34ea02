"""Owns the type: the four faces of Bedside Sans, loaded from the resources, and fonts by pixel size and weight."""

from functools import cache, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QStaticText

from bedside.resources import resource

FAMILY = "Bedside Sans"
FIRST_FACES = ("Regular", "SemiBold")
LATER_FACES = ("Medium", "Bold")
_loaded: set[str] = set()


def load_faces(*names: str) -> None:
    """Make these faces ("Regular", "Medium", "SemiBold", "Bold") known to Qt; a face already known costs nothing."""
    for name in names:
        if name not in _loaded:
            QFontDatabase.addApplicationFont(str(resource(f"fonts/BedsideSans-{name}.ttf")))
            _loaded.add(name)
            font.cache_clear()
            reach_of.cache_clear()
            width_of.cache_clear()
            laid_out.cache_clear()


@cache
def font(px: int, weight: int = 400) -> QFont:
    """Bedside Sans in logical pixels; weight 400, 500, 600 or 700; from 18 px on, letters stand 0.2 px closer.

    A caller changes only a copy: making one costs as much as painting a short word.
    """
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    # Hinting moves every letter to whole pixels, which tears semi-bold words of 13 px apart.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if px >= 18:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.2)
    return made


@lru_cache(maxsize=32768)
def width_of(text: str, px: int, weight: int = 400) -> float:
    """How wide a line of text is, in logical pixels; kept, because a frame asks for hundreds."""
    return QFontMetricsF(font(px, weight)).horizontalAdvance(text)


@cache
def reach_of(px: int, weight: int = 400) -> tuple[float, float]:
    """How far a line of text reaches above its baseline and below it, in logical pixels."""
    metrics = QFontMetricsF(font(px, weight))
    return metrics.ascent(), metrics.descent()


@lru_cache(maxsize=8192)
def laid_out(text: str, px: int, weight: int = 400) -> tuple[QStaticText, float]:
    """A line of text whose letters are placed already, and how far its baseline lies below its top.

    It is painted in less than half the time of the text itself, pixel for pixel the same; the painter must have the
    font of that size and weight.
    """
    laid = QStaticText(text)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    return laid, reach_of(px, weight)[0]

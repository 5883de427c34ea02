"""Colours as eyes see them: WCAG contrast, CIE 1976 distance, and the three forms of colour blindness."""

import math
from collections.abc import Mapping, Sequence

from bedside.ui import theme

Three = tuple[float, float, float]

TEXT, SHAPE = 4.5, 3.0
"""The least contrast of WCAG 2.2 AA: 1.4.3 for text, 1.4.11 for what must be seen to be understood."""

BLINDNESS: Mapping[str, Sequence[Three]] = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What is left of linear red, green and blue: Machado, Oliveira and Fernandes 2009, severity 1."""

_XYZ: Sequence[Three] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)


def linear(colour: str) -> Three:
    """Return red, green and blue of `#rrggbb` as light."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _times(matrix: Sequence[Three], light: Three) -> Three:
    one, two, three = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return one, two, three


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted(_times(_XYZ, linear(colour))[1] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def of(name: str, text: str, under: str) -> float:
    """Return the contrast of two tokens in the theme of that name."""
    look = theme.load_theme(name)
    return contrast(look.hex(text), look.hex(under))


def seen(colour: str, blindness: str) -> Three:
    """Return the light of a colour that somebody sees who is blind in this way; "" for nobody's blindness."""
    light = linear(colour)
    if not blindness:
        return light
    one, two, three = (min(max(part, 0.0), 1.0) for part in _times(BLINDNESS[blindness], light))
    return one, two, three


def distance(one: Three, other: Three) -> float:
    """Return how far apart two lights lie in CIE 1976 L*a*b*; 2 is just seen side by side."""
    return math.dist(_lab(one), _lab(other))


def _lab(light: Three) -> Three:
    x, y, z = (_bent(part / white) for part, white in zip(_times(_XYZ, light), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _bent(part: float) -> float:
    return part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116

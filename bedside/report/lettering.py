"""Owns the faces of the PDF and the one way any text takes into it: escaped, and never with a glyph missing."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab import platypus
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from bedside.chart.formats import NO_BREAK_SPACE, NON_BREAKING_HYPHEN
from bedside.report.styles import BOLD, FALLBACK, REGULAR, STRONG, TEXT, Style

_FILES = {
    REGULAR: "fonts/BedsideSans-Regular.ttf",
    STRONG: "fonts/BedsideSans-SemiBold.ttf",
    BOLD: "fonts/BedsideSans-Bold.ttf",
    FALLBACK: "fonts/DejaVuSans.ttf",
}
_WIDTHS_KEPT = 8192
_LAST_OF_BASIC_PLANE = 0xFFFF
_LONGEST_IN_A_CELL = 420
_SHOWN_OF_A_LONG_TEXT = 300


@cache
def faces() -> dict[str, frozenset[str]]:
    """Register the faces once; return the characters that each can draw and that the PDF can name as text."""
    from bedside.resources import resource

    known = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(resource(file)))
        registerFont(font)
        glyphs = font.face.charToGlyph
        known[name] = frozenset(chr(code) for code in glyphs if code <= _LAST_OF_BASIC_PLANE)
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, STRONG if bold else REGULAR)
            addMapping(FALLBACK, bold, italic, FALLBACK)
    return known


@lru_cache(_WIDTHS_KEPT)
def width(text: str, face: str, size: float) -> float:
    """Return the width of a text in points."""
    return float(stringWidth(text, face, size))


class Paragraph(platypus.Paragraph):
    """A paragraph that breaks its lines once for each width, however often it is measured."""

    _broken_for: float | None = None
    _size: tuple[float, float] = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return its size in points."""
        if self._broken_for != width or not hasattr(self, "blPara"):
            self._size = super().wrap(width, height)
            self._broken_for = width
        return self._size


class Lettering:
    """Turns texts into what reportlab may draw, and remembers every character that no face holds."""

    def __init__(self) -> None:
        known = faces()
        self._face = known[REGULAR]
        self._fallback = known[FALLBACK]
        self.missing: set[str] = set()
        self.long_texts: list[str] = []
        self._cells: dict[tuple[str, str, float], str | Paragraph] = {}

    def plain(self, text: str) -> str:
        """Return the text in composed form with a visible «U+XXXX» for each character that no face holds."""
        if text.isascii() and text.isprintable():
            return text
        composed = unicodedata.normalize("NFC", text)
        return "".join(self._drawable(character) for character in composed)

    def runs(self, text: str, face: str = REGULAR) -> list[tuple[str, str]]:
        """Return the text as (face, part) pairs, the fallback only where the face lacks the characters."""
        plain = self.plain(text)
        if plain.isascii() or self._face.issuperset(plain):
            return [(face, plain)]
        return [(face if own else FALLBACK, "".join(part)) for own, part in groupby(plain, key=self._face.__contains__)]

    def markup(self, text: str) -> str:
        """Return the text for a Paragraph: whatever looks like markup in it is shown as text."""
        return "".join(
            escape(part) if face == REGULAR else f'<font name="{FALLBACK}">{escape(part)}</font>'
            for face, part in self.runs(text)
        )

    def strong(self, text: str) -> str:
        """Return the text for a Paragraph, semi-bold."""
        return f"<b>{self.markup(text)}</b>"

    def paragraph(self, text: str, style: Style = TEXT) -> Paragraph:
        """Return a wrapping Paragraph of one text."""
        return Paragraph(self.markup(text), style)

    def cell(self, text: str, style: Style, room: float) -> str | Paragraph:
        """Return a plain string where the text fits into `room` points and its face holds it, else a Paragraph."""
        short = self.short(text)
        key = (short, style.name, room)
        if key not in self._cells:
            self._cells[key] = self._cell(short, style, room)
        return self._cells[key]

    def _cell(self, text: str, style: Style, room: float) -> str | Paragraph:
        runs = self.runs(text)
        if len(runs) == 1 and runs[0][0] == REGULAR and self._fits(runs[0][1], style, room):
            return runs[0][1]
        return Paragraph(self.markup(text), style)

    def short(self, text: str) -> str:
        """Return a text that a table can hold; of a very long one its beginning, the whole printed at the end."""
        plain = self.plain(text)
        if len(plain) <= _LONGEST_IN_A_CELL:
            return text
        if text not in self.long_texts:
            self.long_texts.append(text)
        number = self.long_texts.index(text) + 1
        return f"{plain[:_SHOWN_OF_A_LONG_TEXT].rstrip()} … (whole text {number}, at the end)"

    def _fits(self, text: str, style: Style, room: float) -> bool:
        return "\n" not in text and width(text, style.fontName, style.fontSize) <= room

    def _drawable(self, character: str) -> str:
        if character in "\n\t\r":
            return " "
        if character in self._face or character in self._fallback:
            return character
        self.missing.add(character)
        return f"«U+{ord(character):04X}»"


def held_together(text: str) -> str:
    """Return the text with no place to break a line: for dates, and for values with their unit."""
    return text.replace(" ", NO_BREAK_SPACE).replace("-", NON_BREAKING_HYPHEN)


def joined(parts: Iterator[str] | list[str], empty: str) -> str:
    """Return the parts as one list in words, or what stands for none."""
    found = [part for part in parts if part]
    return ", ".join(found) if found else empty

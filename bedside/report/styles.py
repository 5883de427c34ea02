"""Owns the measures, the greys and the paragraph and table styles of the PDF; every style exists once."""

from reportlab.lib.colors import Color, black, white
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.lib.styles import ParagraphStyle as Style
from reportlab.lib.units import mm
from reportlab.platypus import TableStyle

__all__ = ["A4", "LETTER", "Style"]

REGULAR, STRONG, BOLD, FALLBACK = "Bedside", "Bedside-Strong", "Bedside-Bold", "Bedside-Fallback"

PAGES = {
    "A4": A4, "Letter": LETTER, "A4 landscape": landscape(A4), "Letter landscape": landscape(LETTER),
}  # fmt: skip
MARGIN = 14 * mm
HEAD_ROOM, FOOT_ROOM = 18.0, 26.0

INK, PAPER = black, white
SOFT_INK = Color(0.25, 0.25, 0.25)
RULE, GRID = Color(0.62, 0.62, 0.62), Color(0.84, 0.84, 0.84)
GREY_LIGHT, GREY_MIDDLE, GREY_DARK = Color(0.88, 0.88, 0.88), Color(0.74, 0.74, 0.74), Color(0.55, 0.55, 0.55)


def _style(name: str, size: float, leading: float, **more: object) -> Style:
    given = {"fontName": REGULAR, "bulletFontName": REGULAR, "textColor": INK, "splitLongWords": 1} | more
    return Style(name, fontSize=size, leading=leading, **given)


TEXT = _style("text", 9, 12.4)
SOFT = _style("soft", 7.5, 10, textColor=SOFT_INK)
NAME = _style("name", 15, 19)
CLASS = _style("class", 14, 17)
HEADING = _style("heading", 10, 12.4, spaceBefore=5, spaceAfter=1.6)
BOX_HEADING = _style("box heading", 9.5, 12.5, spaceAfter=1.5)
ITEM = _style("item", 8, 11, leftIndent=8, bulletIndent=0, bulletFontSize=8)
CELL = _style("cell", 8, 10)
DENSE = _style("dense", 7, 8.5)
DENSEST = _style("densest", 6.5, 7.8, textColor=SOFT_INK)

CELL_PADDING = 2.0

TABLE = TableStyle([
    ("FONT", (0, 0), (-1, -1), REGULAR, 8, 10),
    ("FONT", (0, 0), (-1, 0), STRONG, 8, 10),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 2 * CELL_PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 1.4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.3),
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
])  # fmt: skip

PAIRS = TableStyle([
    ("FONT", (0, 0), (-1, -1), REGULAR, 8, 10),
    ("TEXTCOLOR", (0, 0), (0, -1), SOFT_INK),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 2 * CELL_PADDING),
    ("TOPPADDING", (0, 0), (-1, -1), 0.9),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
])  # fmt: skip

SMALL_PAIRS = TableStyle([
    ("FONT", (0, 0), (-1, -1), REGULAR, 8, 9.6),
    ("TOPPADDING", (0, 0), (-1, -1), 0.4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
], parent=PAIRS)  # fmt: skip

DENSE_PAIRS = TableStyle([("FONT", (0, 0), (-1, -1), REGULAR, 7, 8.5)], parent=SMALL_PAIRS)

COLUMNS = TableStyle([
    ("FONT", (0, 0), (-1, -1), REGULAR, 8, 10),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
])  # fmt: skip

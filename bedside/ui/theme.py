"""Owns the look: the tokens of one theme, and how they reach palette, style sheet and painters."""

import json
from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from bedside.resources import resource
from bedside.ui import fonts

THEME_NAMES = ("light", "dark", "contrast")


@dataclass(frozen=True)
class Theme:
    """The tokens of one theme as `#RRGGBB` texts, under the names of the visual language."""

    name: str
    ground: str
    sheet: str
    sheet2: str
    ink: str
    ink2: str
    ink3: str
    line: str
    grid: str
    edge: str
    banner: str
    bink: str
    bink2: str
    bline: str
    action: str
    actiontint: str
    onaction: str
    high: str
    hightint: str
    highsolid: str
    onhigh: str
    amb: str
    ambtint: str
    ambsolid: str
    onamb: str
    low: str
    lowtint: str
    lowsolid: str
    onlow: str
    none: str
    nonetint: str
    s1: str
    s2: str
    s3: str
    s4: str
    bar1: str
    bar2: str
    bar3: str
    bar4: str

    def __hash__(self) -> int:
        """Pictures are kept by theme, and a frame asks for hundreds: hashing every token costs more than a mark."""
        return hash(self.name)

    @property
    def dark(self) -> bool:
        """Whether ink is lighter than the sheet."""
        return self.name == "dark"

    @property
    def contrast(self) -> bool:
        """Whether borders take the place of tints."""
        return self.name == "contrast"

    def hex(self, token: str) -> str:
        """The `#RRGGBB` text of a token; an unknown token is an AttributeError."""
        return str(getattr(self, token))

    def colour(self, token: str) -> QColor:
        """The colour of a token, one for all who ask; an unknown token is an AttributeError."""
        return _colour(self.hex(token))

    def see_through(self, token: str, alpha: int) -> QColor:
        """The colour of a token through which what lies under it is seen, alpha from 0 (nothing) to 255."""
        colour = QColor(self.hex(token))
        colour.setAlpha(alpha)
        return colour


@cache
def _colour(text: str) -> QColor:
    """A frame asks hundreds of times, and reading the text takes as long as drawing a line."""
    return QColor(text)


TOKENS = tuple(field.name for field in fields(Theme) if field.name != "name")
_loaded: dict[str, Theme] = {}
_applied: list[Theme] = []


def load_theme(name: str) -> Theme:
    """The theme of that name ("light", "dark", "contrast"), read once from its JSON file."""
    if name not in _loaded:
        text = resource(f"themes/{name}.json").read_text(encoding="utf-8")
        _loaded[name] = Theme(**json.loads(text))
    return _loaded[name]


def theme_for(choice: str) -> Theme:
    """The theme of a setting: a theme's own name, or "system", which follows the desktop's contrast and scheme."""
    if choice in THEME_NAMES:
        return load_theme(choice)
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None and accessibility().contrastPreference().name == "HighContrast":
        return load_theme("contrast")
    return load_theme("dark" if hints.colorScheme().name == "Dark" else "light")


def current() -> Theme:
    """The theme applied last, or light before any was: what a widget paints with."""
    return _applied[-1] if _applied else load_theme("light")


def palette_of(theme: Theme) -> QPalette:
    """The theme's tokens in the roles that Fusion paints with."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, token in (
        (role.Window, "sheet"),
        (role.Base, "sheet"),
        (role.AlternateBase, "sheet"),
        (role.Button, "sheet"),
        (role.WindowText, "ink"),
        (role.Text, "ink"),
        (role.ButtonText, "ink"),
        (role.BrightText, "ink"),
        (role.PlaceholderText, "ink3"),
        (role.Highlight, "action"),
        (role.HighlightedText, "onaction"),
        (role.Link, "action"),
        (role.LinkVisited, "action"),
        (role.Accent, "action"),
        (role.ToolTipBase, "ink"),
        (role.ToolTipText, "sheet"),
        (role.Mid, "line"),
        (role.Dark, "edge"),
        (role.Light, "sheet2"),
    ):
        palette.setColor(name, theme.colour(token))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, theme.colour("ink3"))
    return palette


def style_sheet(theme: Theme) -> str:
    """The one style sheet of the window with every `@token` replaced by this theme's colour."""
    template = resource("themes/window.qss")
    text = template.read_text(encoding="utf-8").replace("@folder", template.parent.as_posix())
    text = text.replace("@shade", "dark" if theme.dark else "light")
    for token in sorted(TOKENS, key=len, reverse=True):
        text = text.replace(f"@{token}", theme.hex(token))
    return text


def apply(app: QApplication, theme: Theme) -> None:
    """Make every open and future window look like this theme; open ones repaint, nothing restarts."""
    _applied[:] = [theme]
    if app.style().objectName() != "fusion":  # setting it again costs 9 ms before the first paint
        app.setStyle("Fusion")
    app.setPalette(palette_of(theme))
    app.setFont(fonts.font(13))
    app.setStyleSheet(style_sheet(theme))

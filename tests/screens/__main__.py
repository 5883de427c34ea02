"""Renders every view × state × theme × size into a folder with an index page; views may be named after the folder."""

import gc
import html
import os
import sys
from collections.abc import Collection
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from bedside.ui import fonts, theme
from bedside.ui.frame import Frame
from tests.screens.screen import Screen
from tests.screens.states import screens

THEMES = ("light", "dark", "contrast")
SIZES = ((1280, 800), (1920, 1080))
WIDE_VIEWS = frozenset(
    ("board", "overview", "risk", "washout", "persistence", "journal", "toxicity", "counts", "round")
)
AT_200_PERCENT = (960, 512)
"""What a window has on a screen of 1920 × 1080 at 200 %; it is drawn with two dots for each pixel."""
IN_CONTRAST = frozenset(("typical", "decided", "followed", "passphrase"))
IN_200_PERCENT = IN_CONTRAST | {"longest", "question", "error"}
"""The views that are drawn in both sizes, and the states that are drawn in high contrast and at 200 %."""


def main(folder: Path, views: Collection[str] = ()) -> int:
    """Write the pictures and the page, of these views alone where any is named; 0 when every one was written."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["screens"])
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    gc.disable()  # widgets are destroyed one by one below, never in the middle of a repaint
    names = []
    for name in THEMES:
        theme.apply(app, theme.load_theme(name))
        for screen in (one for one in screens() if not views or one.view in views):
            names += [picture(app, folder, screen, (name, *size)) for size in _sizes(screen, name)]
    (folder / "index.html").write_text(page(names), encoding="utf-8")
    print(f"{len(names)} pictures: {folder / 'index.html'}")
    return 0 if all((folder / name).is_file() for name in names) else 1


def _sizes(screen: Screen, theme_name: str) -> tuple[tuple[int, int], ...]:
    """In which sizes a screen is drawn in a theme."""
    if theme_name == "contrast":
        return SIZES[:1] if screen.state in IN_CONTRAST else ()
    sizes = SIZES if screen.view in WIDE_VIEWS else SIZES[:1]
    return (*sizes, AT_200_PERCENT) if theme_name == "light" and screen.state in IN_200_PERCENT else sizes


def picture(app: QApplication, folder: Path, screen: Screen, look: tuple[str, int, int]) -> str:
    """Render one picture; its file name comes back."""
    name, width, height = look
    frame = Frame()
    frame.resize(width, height)
    frame.app_bar.show_demo_line("Demonstration ward: no real patients")
    frame.app_bar.show_user("A. Example", "lead and physician")
    frame.show()
    screen.show(frame)
    for _ in range(4):
        app.processEvents()
    dots = 2 if (width, height) == AT_200_PERCENT else 1
    file = f"{screen.view}-{screen.state}-{name}-{width * dots}x{height * dots}.png"
    drawn = QPixmap(frame.size() * dots)
    drawn.setDevicePixelRatio(dots)
    frame.render(drawn)
    drawn.save(str(folder / file))
    frame.close_views()
    frame.hide()
    frame.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return file


def page(names: list[str]) -> str:
    """An index page with every picture under its name."""
    figures = "\n".join(
        f'<figure><figcaption>{html.escape(name)}</figcaption><img src="{name}" width="960"></figure>' for name in names
    )
    return f"<!doctype html><meta charset='utf-8'><title>Screens</title>\n{figures}\n"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.screens FOLDER")
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

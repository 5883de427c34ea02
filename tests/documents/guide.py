"""Writes the pictures of the user guide: the states of the window that its pages show, drawn as all others are."""

import gc
import os
import re
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from bedside.ui import fonts, theme
from tests.conftest import ROOT
from tests.screens.__main__ import picture
from tests.screens.screen import Screen
from tests.screens.states import screens

GUIDE = ROOT / "docs" / "guide"
PICTURES = GUIDE / "pictures"
_PICTURE = re.compile(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)")


def pages() -> tuple[Path, ...]:
    """The pages of the guide."""
    return tuple(sorted(GUIDE.glob("*.md")))


def pictured(page: Path) -> list[str]:
    """The states that a page shows, each as view-state, the name of its picture."""
    return _PICTURE.findall(page.read_text(encoding="utf-8"))


def screens_by_name() -> dict[str, Screen]:
    """Every state of every view that can be drawn, by the name of its picture."""
    return {f"{one.view}-{one.state}": one for one in screens()}


def main() -> int:
    """Draw what the pages show, and nothing else; 0 when every picture was written."""
    wanted = sorted({name for page in pages() for name in pictured(page)})
    app = QApplication(["guide"])
    fonts.load_faces(*fonts.FIRST_FACES, *fonts.LATER_FACES)
    theme.apply(app, theme.load_theme("light"))
    gc.disable()  # as for all other pictures
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    by_name = screens_by_name()
    for name in wanted:
        file = picture(app, PICTURES, by_name[name], ("light", 1280, 800))
        (PICTURES / file).rename(PICTURES / f"{name}.png")
    print(f"{len(wanted)} pictures of the guide")
    return 0 if all((PICTURES / f"{name}.png").is_file() for name in wanted) else 1


if __name__ == "__main__":
    sys.exit(main())

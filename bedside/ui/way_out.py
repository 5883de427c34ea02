"""Owns how a document leaves the program: asked where to, written whole or not at all, or printed page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog

from bedside.chart.formats import time_text
from bedside.chart.progress import Progress
from bedside.service.handoff import PagePicture
from bedside.service.targets import replacing
from bedside.ui.frame import Frame
from bedside.ui.long_work.watch import Watch
from bedside.ui.path_dialog import PathDialog
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True)
class FileKind:
    """What a file is, and how its name ends."""

    words: str
    ending: str


PDF = FileKind("PDF", "pdf")
NOTHING_WRITTEN = "No file was written."
NOTHING_PRINTED = "Nothing was printed."

Make = Callable[[Progress], bytes]
"""Makes a document, and tells how far it is."""

Draw = Callable[[Progress], Sequence[PagePicture]]
"""Draws the pages of a document, and tells how far it is."""

Fill = Callable[[Path, Progress], object]
"""Writes files into a folder, and tells how far it is."""


class WayOut(QObject):
    """`exported(path)` when the file stands complete, `printed` when the pages went to a printer, else `failed`.

    Whatever makes bytes or pages runs on the worker; what makes a file can be cancelled, and leaves none then.
    """

    exported = Signal(str)
    printed = Signal()
    failed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._make: Make | None = None
        self._note: Callable[[], bytes] | None = None
        self._fill: Fill | None = None
        self._folders = PathDialog(frame)
        self._folders.chosen.connect(self.fill)
        self._pages: Sequence[PagePicture] = ()
        self._letter = False
        self._printer: QPrinter | None = None
        self.dialog: QDialog | None = None

    def save_as(self, title: str, suggested: str, make: Make, kind: FileKind = PDF) -> None:
        """Ask where the file shall be written, then make and write it."""
        self._make = make
        dialog = QFileDialog(self._frame, title, suggested)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter(f"{kind.words} (*.{kind.ending})")
        dialog.setDefaultSuffix(kind.ending)
        dialog.selectFile(suggested)
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(self._dialog_finished)
        self.dialog = dialog
        dialog.open()

    def save_into(self, title: str, fill: Fill) -> None:
        """Ask for a folder, then let files be written into it."""
        self._fill = fill
        self._folders.ask_for_folder(title)

    def fill(self, folder: str) -> None:
        """Write the files into this folder."""
        if self._fill is not None:
            watch = Watch(f"The tables are being written into {folder} …", NOTHING_WRITTEN)
            work = partial(_filled, self._fill, folder, watch.tell)
            self._desk.background.run(work, self._written, self._refused, watch)

    def _dialog_finished(self, _result: int) -> None:
        """Give the keyboard back to what was shown."""
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self._frame.take_keyboard_back()

    def write(self, path: str) -> None:
        """Make the document and write it there."""
        if self._make is not None:
            watch = Watch(f"{Path(path).name} is being written …", NOTHING_WRITTEN)
            work = partial(_write, self._make, path, watch.tell)
            self._desk.background.run(work, self._written, self._refused, watch)

    def _written(self, path: str) -> None:
        self._frame.key_bar.show_note(f"Saved {time_text(self._desk.session.now())}: {path}")
        self.exported.emit(path)

    def _refused(self, trouble: Trouble) -> None:
        self.failed.emit(trouble)

    def print(self, draw: Draw, note: Callable[[], bytes], *, letter: bool = False) -> None:
        """Draw the pages, ask for a printer, print; `note` runs once they were printed."""
        self._note, self._letter = note, letter
        watch = Watch("The pages are being drawn …", NOTHING_PRINTED)
        self._desk.background.run(partial(draw, watch.tell), self._pages_made, self._refused, watch)

    def _pages_made(self, pages: Sequence[PagePicture]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if self._letter else QPageSize.PageSizeId.A4))
        if pages and pages[0].width > pages[0].height:
            printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        printer.setFullPage(True)
        self._pages, self._printer = pages, printer
        dialog = QPrintDialog(printer, self._frame)
        dialog.setMinMax(1, len(pages))
        dialog.finished.connect(self._printer_asked)
        self.dialog = dialog
        QDialog.open(dialog)

    def _printer_asked(self, result: int) -> None:
        """Print on the printer that was chosen, if any; the pages are not kept."""
        if result == QDialog.DialogCode.Accepted:
            self._print()
        self._pages, self._printer = (), None
        self._dialog_finished(result)

    def _print(self) -> None:
        if self._printer is None or self._note is None:
            return
        print_pages(self._printer, self._pages)
        self._desk.background.run(self._note, self._print_noted, self._refused)

    def _print_noted(self, _document: bytes) -> None:
        self._frame.key_bar.show_note(f"Printed {time_text(self._desk.session.now())}")
        self.printed.emit()


def picture_of(page: PagePicture) -> QImage:
    """A page as Qt's image, with pixels of its own."""
    return QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32).copy()


def print_pages(printer: "QPrinter", pages: Sequence[PagePicture]) -> None:
    """Draw each page on a sheet of the printer, as large as the sheet."""
    painter = QPainter(printer)
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    for place, page in enumerate(pages):
        if place:
            printer.newPage()
        painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), picture_of(page))
    painter.end()


def _write(make: Make, path: str, progress: Progress) -> str:
    data = make(progress)
    with replacing(Path(path)) as stream:
        stream.write(data)
    return path


def _filled(fill: Fill, folder: str, progress: Progress) -> str:
    fill(Path(folder), progress)
    return folder

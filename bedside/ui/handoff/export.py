"""Owns how the summary leaves: asked where to, written whole or not at all, printed, and said in the key bar."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QFileDialog

from bedside.chart.formats import time_text
from bedside.service.handoff import Order, PagePicture, preview, send
from bedside.service.session import Session
from bedside.service.targets import file_name, replacing
from bedside.ui.frame import Frame
from bedside.ui.handoff.pages import picture_of
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PRINTED_WIDTH = 1654  # A4 at 200 dots an inch


class Handoff(QObject):
    """`exported(path)` when the file stands complete, `printed` when the pages went to a printer, else `failed`."""

    exported = Signal(str)
    printed = Signal()
    failed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._order: Order | None = None
        self._recipient = ""
        self._pages: Sequence[PagePicture] = ()
        self._printer: QPrinter | None = None
        self.dialog: QDialog | None = None

    def ask(self, order: Order, recipient: str = "") -> None:
        """Ask where the summary shall be written; the suggested name carries the number, never the name."""
        self._order, self._recipient = order, recipient
        suggested = file_name(order.mrn, f"-{order.as_of.day.isoformat()}.pdf")
        dialog = QFileDialog(self._frame, "Export the handoff summary", suggested)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(suggested)
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(self._dialog_finished)
        self.dialog = dialog
        QDialog.open(dialog)

    def _dialog_finished(self, _result: int) -> None:
        """Give the keyboard back to what was shown."""
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self._frame.take_keyboard_back()

    def write(self, path: str) -> None:
        """Write the summary that was asked for."""
        if self._order is not None:
            work = partial(_write, self._desk.session, self._order, self._recipient, path)
            self._desk.background.run(work, self._written, self._refused)

    def _written(self, path: str) -> None:
        now = time_text(self._desk.session.now())
        self._frame.key_bar.show_note(f"Summary saved {now}: {path}")
        self.exported.emit(path)

    def _refused(self, trouble: Trouble) -> None:
        self.failed.emit(trouble)

    def ask_printer(self, order: Order, recipient: str = "") -> None:
        """Make the pages, then ask for a printer."""
        self._order, self._recipient = order, recipient
        work = partial(preview, self._desk.session, order, PRINTED_WIDTH)
        self._desk.background.run(work, self._pages_made, self._refused)

    def _pages_made(self, pages: Sequence[PagePicture]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        letter = self._order is not None and self._order.page == "Letter"
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        self._pages, self._printer = pages, printer
        dialog = QPrintDialog(printer, self._frame)
        dialog.setMinMax(1, len(pages))
        dialog.accepted.connect(self._printer_chosen)
        dialog.finished.connect(self._dialog_finished)
        self.dialog = dialog
        QDialog.open(dialog)

    def _printer_chosen(self) -> None:
        if self._printer is None or self._order is None:
            return
        print_pages(self._printer, self._pages)
        self._pages, self._printer = (), None
        work = partial(send, self._desk.session, self._order, self._recipient)
        self._desk.background.run(work, self._print_noted, self._refused)

    def _print_noted(self, _pdf: bytes) -> None:
        self._frame.key_bar.show_note(f"Summary printed {time_text(self._desk.session.now())}")
        self.printed.emit()


def print_pages(printer: "QPrinter", pages: Sequence[PagePicture]) -> None:
    """Draw each page on a sheet of the printer, as large as the sheet."""
    painter = QPainter(printer)
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    for place, page in enumerate(pages):
        if place:
            printer.newPage()
        painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), picture_of(page))
    painter.end()


def _write(session: Session, order: Order, recipient: str, path: str) -> str:
    data = send(session, order, recipient)
    with replacing(Path(path)) as stream:
        stream.write(data)
    return path

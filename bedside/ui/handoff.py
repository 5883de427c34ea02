"""Owns the export of the handoff summary: asked where to, written whole or not at all, said in the key bar."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from bedside.chart.formats import time_text
from bedside.chart.moments import AsOf
from bedside.chart.patient import Patient
from bedside.service.exchange_files import export_pdf
from bedside.service.session import Session
from bedside.service.targets import file_name, replacing
from bedside.ui.frame import Frame
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble


@dataclass(frozen=True)
class Order:
    """Whose summary, for which point in time, as known at which moment."""

    mrn: str
    as_of: AsOf
    known_at: datetime | None


class Handoff(QObject):
    """`exported(path)` when the file stands complete; `failed(Trouble)` when it does not."""

    exported = Signal(str)
    failed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._order: Order | None = None
        self.dialog: QFileDialog | None = None

    def ask(self, patient: Patient, as_of: AsOf, known_at: datetime | None) -> None:
        """Ask where the summary shall be written; the suggested name carries the number, never the name."""
        self._order = Order(patient.mrn, as_of, known_at)
        suggested = file_name(patient.mrn, f"-{as_of.day.isoformat()}.pdf")
        dialog = QFileDialog(self._frame, "Export the handoff summary", suggested)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(suggested)
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(self._dialog_finished)
        self.dialog = dialog
        dialog.open()

    def _dialog_finished(self, _result: int) -> None:
        """Give the keyboard back to what was shown."""
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self._frame.take_keyboard_back()

    def write(self, path: str) -> None:
        """Write the summary that was asked for."""
        if self._order is not None:
            self._desk.background.run(
                partial(_write, self._desk.session, self._order, path), self._written, self._refused
            )

    def _written(self, path: str) -> None:
        now = time_text(self._desk.session.now())
        self._frame.key_bar.show_note(f"Summary saved {now}: {path}")
        self.exported.emit(path)

    def _refused(self, trouble: Trouble) -> None:
        self.failed.emit(trouble)


def _write(session: Session, order: Order, path: str) -> str:
    data = export_pdf(session, order.mrn, order.as_of, order.known_at)
    with replacing(Path(path)) as stream:
        stream.write(data)
    return path

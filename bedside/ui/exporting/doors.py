"""Owns the way out of charts: as JSON, as a FHIR bundle, as tables, and what the registries ask of them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bedside.chart.derived.registry import RegistryReport
from bedside.chart.moments import AsOf
from bedside.chart.progress import Progress
from bedside.service.exchange_files import export_json
from bedside.service.exports import export_fhir, export_tables
from bedside.service.handoff import Order
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may, who_may
from bedside.service.registry import RegistryLine, registry_gaps, registry_lines
from bedside.service.registry_text import report_json, report_lines
from bedside.service.targets import file_name
from bedside.ui.actions import Action
from bedside.ui.exporting.registry_sheet import RegistrySheet
from bedside.ui.exporting.ward_registry_sheet import WardRegistrySheet
from bedside.ui.frame import Frame
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble
from bedside.ui.way_out import FileKind, WayOut

Moment = tuple[AsOf, datetime | None]
"""As of when, and as known at which moment (None: everything)."""

JSON, TEXT = FileKind("JSON", "json"), FileKind("Text", "txt")


class Exporting(QObject):
    """`failed(Trouble)` where no sheet can say it; `entry_asked(id)` for what an answer to a registry rests on.

    `order` gives the patient and the moment that are shown, None without a patient; `moment` the moment alone.
    """

    failed = Signal(object)
    entry_asked = Signal(str)

    def __init__(
        self, frame: Frame, desk: Desk, order: Callable[[], Order | None], moment: Callable[[], Moment]
    ) -> None:
        super().__init__(frame)
        self._frame, self._desk, self._order, self._moment = frame, desk, order, moment
        self.way_out = WayOut(frame, desk)
        self.way_out.failed.connect(self._failed)
        self._sheet: RegistrySheet | None = None
        self._report: RegistryReport | None = None

    def actions(self) -> tuple[Action, ...]:
        """Chart, bundle, tables of one or of all, and the questions of the registries."""
        one = self._no_patient
        return (
            Action("export.json", "Export the chart as JSON", self.ask_json, refusal=one),
            Action("export.fhir", "Export the chart as a FHIR bundle", self.ask_fhir, refusal=one),
            Action("export.tables", "Export the facts of the patient as tables (CSV)", self.ask_tables, refusal=one),
            Action(
                "export.all", "Export the facts of all patients as tables (CSV)", self.ask_all, refusal=self.refusal
            ),
            Action("export.registry", "Questions of the registries", self.show_registry, "Ctrl+Shift+G", refusal=one),
            Action("export.lacks", "What the registries lack of every patient", self.show_lacks, refusal=self.refusal),
        )

    def refusal(self) -> str:
        """Why no chart can be exported by this person, or ""."""
        return "" if may(self._desk.session.roles, Right.EXPORT_CHARTS) else f"for {who_may(Right.EXPORT_CHARTS)}"

    def _no_patient(self) -> str:
        return self.refusal() or ("" if self._order() is not None else "no patient is shown")

    def ask_json(self) -> None:
        """Ask where the chart shall be written."""
        order = self._order()
        if order is not None:
            make = partial(export_json, self._desk.session, order.mrn)
            self.way_out.save_as("Export the chart", file_name(order.mrn, ".json"), make, JSON)

    def ask_fhir(self) -> None:
        """Ask where the bundle of the moment that is shown shall be written."""
        order = self._order()
        if order is not None:
            make = partial(export_fhir, self._desk.session, order.mrn, order.as_of, order.known_at)
            self.way_out.save_as("Export a FHIR bundle", file_name(order.mrn, ".fhir.json"), make, JSON)

    def ask_tables(self) -> None:
        """Ask for the folder of the patient's tables."""
        order = self._order()
        if order is not None:
            self._ask_tables([order.mrn])

    def ask_all(self) -> None:
        """Ask for the folder of the tables of all patients."""
        self._ask_tables(None)

    def _ask_tables(self, mrns: list[str] | None) -> None:
        self.way_out.save_into("A folder for the tables", partial(_tables, self._desk, mrns))

    def show_registry(self) -> None:
        """Show what the registries ask of the patient at the moment that is shown."""
        order = self._order()
        if order is not None:
            self._show_registry_of(order, is_shown=True)

    def _show_registry_of(self, order: Order, *, is_shown: bool) -> None:
        sheet = RegistrySheet(order.mrn, is_shown=is_shown)
        sheet.text_asked.connect(self._save_text)
        sheet.json_asked.connect(self._save_json)
        sheet.entry_asked.connect(self._show_entry)
        sheet.close_asked.connect(self._close)
        self._sheet, self._report = sheet, None
        self._frame.open_sheet(sheet)
        work = partial(registry_gaps, self._desk.session, order.mrn, order.as_of, order.known_at)
        self._desk.background.run(work, self._came, self._failed)

    @property
    def _shown(self) -> RegistrySheet | None:
        """The sheet while it is open, however it may be closed."""
        return self._sheet if self._sheet is not None and not self._sheet.closed else None

    def _close(self) -> None:
        self._frame.close_sheet()
        self._sheet = self._report = None

    def show_lacks(self) -> None:
        """Show how much the registries lack of every patient."""
        sheet = WardRegistrySheet()
        sheet.patient_asked.connect(self._patient_chosen)
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)
        work = partial(_lines, self._desk, self._moment())
        self._desk.background.run(work, sheet.show_lines, sheet.show_trouble)

    def _patient_chosen(self, mrn: str) -> None:
        self._frame.close_sheet()
        self._show_registry_of(Order(mrn, *self._moment()), is_shown=False)

    def _show_entry(self, entry: str) -> None:
        self._close()
        self.entry_asked.emit(entry)

    def _came(self, report: RegistryReport) -> None:
        if self._shown is not None:
            self._report = report
            self._shown.show_report(report)

    def _failed(self, trouble: Trouble) -> None:
        if self._shown is not None:
            self._shown.show_trouble(trouble)
        else:
            self.failed.emit(trouble)

    def _save_text(self) -> None:
        if self._report is not None:
            made = partial(_text, self._report)
            self.way_out.save_as("Save the questions", file_name(self._report.mrn, "-registries.txt"), made, TEXT)

    def _save_json(self) -> None:
        if self._report is not None:
            made = partial(_json, self._report)
            self.way_out.save_as("Save the questions", file_name(self._report.mrn, "-registries.json"), made, JSON)


def _tables(desk: Desk, mrns: list[str] | None, folder: Path, progress: Progress) -> int:
    return export_tables(desk.session, folder, mrns, progress)


def _lines(desk: Desk, moment: Moment) -> list[RegistryLine]:
    return list(registry_lines(desk.session, *moment))


def _text(report: RegistryReport, _progress: Progress) -> bytes:
    return "\n".join((*report_lines(report), "")).encode()


def _json(report: RegistryReport, _progress: Progress) -> bytes:
    return f"{report_json(report)}\n".encode()

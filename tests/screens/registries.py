"""The sheet of the registries: a course followed up, one before its infusion, while it is read, and after a failure."""

from collections.abc import Callable
from datetime import date

from bedside.chart.derived.registry import AnswerStatus
from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.registry import load_registry
from bedside.logic.assess import assess
from bedside.logic.registry.report import registry_report
from bedside.service.registry import RegistryLine
from bedside.ui.exporting.registry_sheet import RegistrySheet
from bedside.ui.exporting.ward_registry_sheet import WardRegistrySheet
from bedside.ui.frame import Frame
from bedside.ui.troubles import Trouble
from tests.samples.index_case import chart, knowledge, without_entries
from tests.screens.screen import Screen

ALL = 4


def registries() -> list[Screen]:
    """Every state of the sheet."""
    return [
        Screen("registry", "typical", _sheet(lambda sheet: _report(sheet, chart(), 0))),
        Screen("registry", "longest", _sheet(lambda sheet: _report(sheet, chart(), ALL))),
        Screen("registry", "empty", _sheet(lambda sheet: _report(sheet, without_entries(), 0))),
        Screen("registry", "error", _sheet(_trouble)),
        Screen("registries", "typical", _show_ward),
    ]


def _sheet(then: Callable[[RegistrySheet], None]) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        sheet = RegistrySheet(chart().patient.mrn)
        frame.open_sheet(sheet)
        then(sheet)

    return show


def _report(sheet: RegistrySheet, one: Chart, part: int) -> None:
    point = AsOf.parse("2020-12-31")
    assessment = assess(one, point, knowledge(), app_version="0.1")
    sheet.show_report(registry_report(resolve(one.entries), point, assessment, knowledge(), load_registry()))
    sheet.show_part(part)


def _trouble(sheet: RegistrySheet) -> None:
    sheet.show_trouble(Trouble("The store is held by another program.", "Close the other window, then try again."))


def _show_ward(frame: Frame) -> None:
    sheet = WardRegistrySheet()
    frame.open_sheet(sheet)
    lines = [_line(number, missing) for number, missing in ((1, 16), (2, 0), (3, 4), (4, 31), (5, 0))]
    sheet.show_lines([*lines, RegistryLine("SYN-0006", None, {AnswerStatus.NOT_DUE: 19})])


def _line(number: int, missing: int) -> RegistryLine:
    counts = {AnswerStatus.ANSWERED: 27 - number, AnswerStatus.TO_CONFIRM: 3 * number, AnswerStatus.MISSING: missing}
    return RegistryLine(f"SYN-000{number}", date(2020, number, 14), {**counts, AnswerStatus.NOT_DUE: 23})

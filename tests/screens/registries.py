"""The sheet of the registries: a course followed up, one before its infusion, while it is read, and after a failure."""

from collections.abc import Callable

from bedside.chart.live import resolve
from bedside.chart.moments import AsOf
from bedside.chart.patient import Chart
from bedside.knowledge.registry import load_registry
from bedside.logic.assess import assess
from bedside.logic.registry.report import registry_report
from bedside.ui.exporting.registry_sheet import RegistrySheet
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

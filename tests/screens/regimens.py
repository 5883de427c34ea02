"""The states of a regimen: its choice, doses for a known size, without a size, a line refused, agents stored."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtTest import QTest

from bedside.service.regimens import Dosing, templates
from bedside.ui.forms.regimen_chooser import RegimenChooser
from bedside.ui.forms.regimen_sheet import RegimenSheet
from bedside.ui.frame import Frame
from tests.samples.index_case import knowledge
from tests.screens.screen import Screen
from tests.ui.forms.samples import PATIENT, Doors, context_with
from tests.ui.foundation.samples import FACTS

KNOWN = Dosing(54.0, 1.5492, "54 kg (30-Jul-2020), 160 cm (12-Jul-2020)", ())
"""The doses' size, that of the banner."""
BEFORE_INFUSION = replace(
    FACTS, day0="planned 06-Aug-2020", day="D−6", phase="Lymphodepletion", weight="54 kg (30-Jul-2020)", risk="pending",
    class_note="",
)  # fmt: skip
LONG = replace(PATIENT, family="von und zu der Testberg-Holunder", given="Synthetic Marie-Luise Anna")


def regimens() -> list[Screen]:
    """The choice and the form in every state."""
    return [
        Screen("regimen", "chooser", _chooser),
        Screen("regimen", "typical", _laid("tisagenlecleucel", KNOWN, "31.7.")),
        Screen("regimen", "ahead", _laid("brexucabtagene_autoleucel", KNOWN, "1.8.")),
        Screen("regimen", "empty", _laid("vda", Dosing())),
        Screen("regimen", "refused", _laid("vdc", KNOWN, "20.6.", refused=True)),
        Screen("regimen", "saved", _laid("wang_2023", KNOWN, "31.7.", saved=True)),
    ]


def _chooser(frame: Frame) -> None:
    frame.show_banner(BEFORE_INFUSION)
    whose = f"{LONG.family.upper()}, {LONG.given}"
    frame.open_sheet(RegimenChooser(whose, templates(knowledge())))


def _laid(
    name: str, dosing: Dosing, start: str = "", *, refused: bool = False, saved: bool = False
) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        frame.show_banner(BEFORE_INFUSION)
        template = next(one for one in templates(knowledge()) if one.id == name)
        sheet = RegimenSheet(template, dosing, context_with(Doors(), patient=replace(PATIENT, day0=None)))
        frame.open_sheet(sheet)
        QTest.keyClicks(sheet.first.box, start)
        if refused:
            sheet.lines[0].boxes["dose"].setText("1.5")
            sheet.lines[1].boxes["dose"].setText("6")
            sheet.lines[1].boxes["unit"].setText("mg/m²/day")
            sheet.lines[1].boxes["stop"].setText("?")
        if refused or saved:
            sheet.save()

    return show

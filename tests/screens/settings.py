"""The settings: a lead's, a nurse's, and a centre's file that is refused."""

from collections.abc import Callable

from bedside.ui.computer import Chosen
from bedside.ui.frame import Frame
from bedside.ui.settings.sheet import SettingsSheet, StoreSettings
from bedside.ui.troubles import Trouble
from tests.screens.screen import Screen

CENTRE = (
    "Synthetic University Hospital of the Upper Testberg:\n"
    "last day of the day-28 window: 45 days after day 0, program 42\n"
    "loss of B-cell aplasia that counts as early, up to: 9 months, program 6"
)
LEAD = StoreSettings("eu", 5, "No file: the program’s own values hold.")
NURSE = StoreSettings("us", 10, CENTRE, "For leads to change.", "For leads to change.")
REFUSED = Trouble(
    "centre.toml, thresholds.day28_last = 450: allowed is a number from 28 to 90.",
    "Correct the centre's file; until then nothing of it is used.",
)


def settings() -> list[Screen]:
    """Every state of the sheet."""
    return [
        Screen("settings", "typical", _sheet(Chosen(), "100", LEAD, _done)),
        Screen("settings", "longest", _sheet(Chosen("contrast", "200", "conventional"), "100", NURSE, _nothing)),
        Screen("settings", "error", _sheet(Chosen("light", "125"), "125", LEAD, _refused)),
    ]


def _sheet(
    chosen: Chosen, scaled: str, store: StoreSettings, then: Callable[[SettingsSheet], None]
) -> Callable[[Frame], None]:
    def show(frame: Frame) -> None:
        sheet = SettingsSheet(chosen)
        frame.open_sheet(sheet)
        sheet.show_computer(chosen, scaled)
        sheet.show_store(store)
        then(sheet)

    return show


def _done(sheet: SettingsSheet) -> None:
    sheet.show_done("The labels of the European Union count from now on, for everybody.")


def _refused(sheet: SettingsSheet) -> None:
    sheet.show_trouble(REFUSED)


def _nothing(_sheet: SettingsSheet) -> None:
    """Nothing was chosen yet."""

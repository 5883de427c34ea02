"""The sheets about people: the users of the store, a wrong name, the own PIN, the own passphrase, emergency access."""

from datetime import UTC, datetime

from bedside.service.users import User
from bedside.ui.frame import Frame
from bedside.ui.people.emergency_sheet import EmergencySheet
from bedside.ui.people.own_keys_sheet import PassphraseSheet, PinSheet
from bedside.ui.people.people_sheet import PeopleSheet
from bedside.ui.troubles import Trouble
from tests.screens.screen import Screen

SEEN = datetime(2020, 7, 31, 9, 46, tzinfo=UTC)
USERS = (
    User("A. Example", ("lead", "physician"), False, True, SEEN),
    User("B. Specimen", ("nurse",), False, False, None),
    User("C. Muster", ("auditor",), True, False, SEEN),
)


def people() -> list[Screen]:
    """Every state of the sheets about people."""
    return [
        Screen("people", "typical", _typical),
        Screen("people", "trouble", _trouble),
        Screen("people", "roles", _roles),
        Screen("people", "pin", _pin),
        Screen("people", "passphrase-sheet", _passphrase),
        Screen("people", "emergency", _emergency),
        Screen("people", "emergency-taken", _emergency_taken),
    ]


def _sheet(frame: Frame) -> PeopleSheet:
    sheet = PeopleSheet()
    frame.open_sheet(sheet)
    sheet.show_users(USERS)
    return sheet


def _typical(frame: Frame) -> None:
    _sheet(frame)


def _trouble(frame: Frame) -> None:
    _sheet(frame).show_trouble(Trouble("The name B. Specimen is taken in this store.", "Choose another name."))


def _roles(frame: Frame) -> None:
    _sheet(frame).rows[0].buttons["roles"].click()


def _pin(frame: Frame) -> None:
    frame.open_sheet(PinSheet("A. Example"))


def _passphrase(frame: Frame) -> None:
    frame.open_sheet(PassphraseSheet("A. Example"))


def _emergency(frame: Frame) -> None:
    frame.open_sheet(EmergencySheet())


def _emergency_taken(frame: Frame) -> None:
    frame.emergency.show_reason("the only physician on the ward is in theatre")

"""The sheets about people: the users of the store, the own PIN and passphrase, emergency access, the audit log."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bedside.chart.patient import Patient
from bedside.service.audit_log import Logged
from bedside.service.identity_rules import LikelyDoubles
from bedside.service.users import User
from bedside.ui.doubles_sheet import DoublesSheet
from bedside.ui.frame import Frame
from bedside.ui.people.audit_sheet import AuditSheet
from bedside.ui.people.emergency_sheet import EmergencySheet
from bedside.ui.people.own_keys_sheet import PassphraseSheet, PinSheet
from bedside.ui.people.people_sheet import PeopleSheet
from bedside.ui.troubles import Trouble
from tests.screens.screen import Screen

ZONE = ZoneInfo("Europe/Berlin")
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
        Screen("people", "audit", _audit),
        Screen("people", "doubles", _doubles),
        Screen("people", "audit-of-one", _audit_of_one),
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


DONE = (
    ("A. Example", "lead,physician", "exported the chart (pdf)", "T-0001"),
    ("B. Specimen", "nurse", "opened the chart", "T-0001"),
    ("C. Muster", "lead", "took emergency access: " + "the only physician on the ward is in theatre " * 4, None),
    ("nobody", "", "a wrong passphrase was given", None),
    ("B. Specimen", "nurse", "came back with the PIN", None),
    ("A. Example", "lead,physician", "opened the chart", "T-0001"),
)
EVENTS = tuple(
    Logged(9 - number, SEEN - timedelta(minutes=7 * number), user, roles, "", words, mrn)
    for number, (user, roles, words, mrn) in enumerate(DONE)
)


def _audit(frame: Frame) -> None:
    sheet = AuditSheet(ZONE)
    frame.open_sheet(sheet)
    sheet.show_events(EVENTS)


def _audit_of_one(frame: Frame) -> None:
    frame.emergency.show_reason("the only physician on the ward is in theatre")
    sheet = AuditSheet(ZONE, "T-0001")
    frame.open_sheet(sheet)
    sheet.show_events([one for one in EVENTS if one.mrn])
    sheet._to_list()


def _doubles(frame: Frame) -> None:
    def one(number: str, given: str, day: int) -> Patient:
        fields = {"mrn": number, "family_name": "Quince", "given_name": given, "birth_date": f"2004-04-{day:02}"}
        return Patient.model_validate_json(json.dumps({**fields, "sex": "female"}))

    sheet = DoublesSheet()
    frame.open_sheet(sheet)
    alike, apart = "born on the same day, with one name alike", "the same names, born on different days"
    sheet.show_pairs(
        (
            LikelyDoubles(one("SYN-0003", "Synthetic Three", 9), one("SYN-0031", "Synthetic", 9), alike),
            LikelyDoubles(one("SYN-0003", "Synthetic Three", 9), one("SYN-0088", "Synthetic Three", 8), apart),
        )
    )

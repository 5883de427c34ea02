"""Owns the way from the frame to everything about people, and back: actions, sheets, and the work on the worker."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from bedside.service.audit_log import audit_log
from bedside.service.emergency import take_emergency_access
from bedside.service.own_keys import change_passphrase, set_pin
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may, who_may
from bedside.service.session import Session
from bedside.service.users import (
    User,
    add_user,
    change_roles,
    disable_user,
    enable_user,
    reset_passphrase,
    reset_pin,
    users,
)
from bedside.ui.actions import Action
from bedside.ui.frame import Frame
from bedside.ui.people.audit_sheet import AuditSheet
from bedside.ui.people.emergency_sheet import EmergencySheet
from bedside.ui.people.own_keys_sheet import PassphraseSheet, PinSheet
from bedside.ui.people.people_sheet import PeopleOrder, PeopleSheet
from bedside.ui.start import Desk
from bedside.ui.view import View

OwnSheet = PinSheet | PassphraseSheet | EmergencySheet

DONE = {
    "add": "{} can sign in.",
    "roles": "{} has the new roles from the next signing in on.",
    "passphrase": "{} has a new passphrase and no PIN.",
    "pin": "{} has no PIN, and can set one after signing in.",
    "disable": "{} can sign in no more.",
    "enable": "{} can sign in again, with the new passphrase.",
}


class PeopleDoors(QObject):
    """`told(words)` when something was done that no sheet shows.

    `session_changed(session)` when the person goes on with other rights: the window makes a new frame for it.
    """

    told = Signal(str)
    session_changed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk

    def actions(self) -> tuple[Action, ...]:
        """People, the own PIN and passphrase, emergency access and the audit log."""
        return (
            Action("people.show", "People of this store", self.show_people, refusal=self._not_a_lead),
            Action("people.pin", "Set your PIN", self.ask_pin, refusal=self._reads_only),
            Action("people.emergency", "Take emergency access", self.ask_emergency, refusal=self._not_for_emergency),
            Action("people.audit", "Audit log: who did what", self.show_audit, refusal=self._not_for_audit),
            Action("people.passphrase", "Change your passphrase", self.ask_passphrase, refusal=self._reads_only),
        )

    def _not_a_lead(self) -> str:
        if not may(self._desk.session.roles, Right.PEOPLE):
            return f"for {who_may(Right.PEOPLE)}"
        return self._reads_only()

    def _not_for_emergency(self) -> str:
        roles = self._desk.session.roles
        if may(roles, Right.READ) and may(roles, Right.RECORD):
            return "you may read and record already"
        return self._reads_only() if may(roles, Right.EMERGENCY_ACCESS) else f"for {who_may(Right.EMERGENCY_ACCESS)}"

    def _not_for_audit(self) -> str:
        may_read = may(self._desk.session.roles, Right.READ_AUDIT)
        return "" if may_read else f"for {who_may(Right.READ_AUDIT)}"

    def show_audit(self) -> None:
        """Show everything that was done at this store."""
        self.show_audit_of("")

    def show_audit_of(self, mrn: str) -> None:
        """Show who saw and exported the chart of a patient, or ("") everything."""
        sheet = AuditSheet(self._desk.session.zone, mrn)
        self._open(sheet)
        work = partial(audit_log, self._desk.session, mrn or None)
        self._desk.background.run(work, sheet.show_events, sheet.show_trouble)

    def ask_emergency(self) -> None:
        """Ask why."""
        sheet = EmergencySheet()
        sheet.submitted.connect(self._emergency_asked)
        self._open(sheet)

    def _emergency_asked(self, reason: str) -> None:
        self._do(partial(take_emergency_access, self._desk.session, reason), self._emergency_taken)

    def _emergency_taken(self, session: Session) -> None:
        self._close(EmergencySheet)
        self.session_changed.emit(session)

    def _reads_only(self) -> str:
        return "the store is open for reading only" if self._desk.session.read_only else ""

    def show_people(self) -> None:
        """Open the sheet and fill it when the users were read."""
        sheet = PeopleSheet()
        sheet.ordered.connect(self._ordered)
        self._open(sheet)
        self._desk.background.run(partial(users, self._desk.session), sheet.show_users, sheet.show_trouble)

    def _ordered(self, order: PeopleOrder) -> None:
        sheet = self._frame.sheets.sheet
        if isinstance(sheet, PeopleSheet):
            work = partial(_carry_out, self._desk.session, order)
            self._desk.background.run(work, sheet.show_done, sheet.show_trouble)

    def ask_pin(self) -> None:
        """Ask for the passphrase and a new PIN."""
        sheet = PinSheet(self._desk.session.user)
        sheet.submitted.connect(self._pin_chosen)
        self._open(sheet)

    def _pin_chosen(self, passphrase: str, pin: str) -> None:
        self._do(partial(set_pin, self._desk.session, passphrase, pin), self._pin_set)

    def _pin_set(self, _done: Any) -> None:
        self._close(PinSheet)
        self.told.emit("Your PIN is set")

    def ask_passphrase(self) -> None:
        """Ask for the passphrase of now and a new one."""
        sheet = PassphraseSheet(self._desk.session.user)
        sheet.submitted.connect(self._passphrase_chosen)
        self._open(sheet)

    def _passphrase_chosen(self, present: str, new: str) -> None:
        self._do(partial(change_passphrase, self._desk.session, present, new), self._passphrase_changed)

    def _passphrase_changed(self, _done: Any) -> None:
        self._close(PassphraseSheet)
        self.told.emit("Your passphrase is changed")

    def _open(self, sheet: PeopleSheet | AuditSheet | OwnSheet) -> None:
        sheet.close_asked.connect(self._frame.close_sheet)
        self._frame.open_sheet(sheet)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Let the worker do what the own sheet that is open asks for; that sheet says why it could not."""
        sheet = self._frame.sheets.sheet
        if isinstance(sheet, OwnSheet):
            self._desk.background.run(work, done, sheet.show_trouble)

    def _close(self, kind: type[View]) -> None:
        """Take the sheet away if it is still open: another one may have been opened while the worker was busy."""
        if isinstance(self._frame.sheets.sheet, kind):
            self._frame.close_sheet()


def _carry_out(session: Session, order: PeopleOrder) -> tuple[tuple[User, ...], str]:
    """Do what the lead asked for; the users after it and a sentence come back."""
    name = order.name
    if order.what == "add":
        add_user(session, name, order.roles, order.passphrase)
    elif order.what == "roles":
        change_roles(session, name, order.roles)
    elif order.what == "passphrase":
        reset_passphrase(session, name, order.passphrase)
    elif order.what == "enable":
        enable_user(session, name, order.passphrase)
    elif order.what == "disable":
        disable_user(session, name)
    else:
        reset_pin(session, name)
    return users(session), DONE[order.what].format(name)

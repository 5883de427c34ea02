"""Owns the way from the frame to everything about people, and back: actions, sheets, and the work on the worker."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from bedside.service.audit_log import Logged, audit_log
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
from bedside.ui.troubles import Trouble

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
    """`told(words)` when something was done that no sheet shows; `failed(Trouble)` when no sheet can say it.

    `session_changed(session)` when the person goes on with other rights: the window makes a new frame for it.
    """

    told = Signal(str)
    failed = Signal(object)
    session_changed = Signal(object)

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(frame)
        self._frame, self._desk = frame, desk
        self._people: PeopleSheet | None = None
        self._own: OwnSheet | None = None
        self._audit: AuditSheet | None = None

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
        self._audit = AuditSheet(self._desk.session.zone, mrn)
        self._audit.close_asked.connect(self._close)
        self._frame.open_sheet(self._audit)
        work = partial(audit_log, self._desk.session, mrn or None)
        self._desk.background.run(work, self._audit_read, self._refused)

    def _audit_read(self, events: tuple[Logged, ...]) -> None:
        if self._audit is not None and not self._audit.closed:
            self._audit.show_events(events)

    def ask_emergency(self) -> None:
        """Ask why."""
        sheet = EmergencySheet()
        sheet.submitted.connect(self._emergency_asked)
        self._open(sheet)

    def _emergency_asked(self, reason: str) -> None:
        work = partial(take_emergency_access, self._desk.session, reason)
        self._desk.background.run(work, self._emergency_taken, self._refused)

    def _emergency_taken(self, session: Session) -> None:
        self._close()
        self.session_changed.emit(session)

    def _reads_only(self) -> str:
        return "the store is open for reading only" if self._desk.session.read_only else ""

    def show_people(self) -> None:
        """Open the sheet and fill it when the users were read."""
        self._people = PeopleSheet()
        self._people.ordered.connect(self._ordered)
        self._people.close_asked.connect(self._close)
        self._frame.open_sheet(self._people)
        self._desk.background.run(partial(users, self._desk.session), self._users_read, self._refused)

    def _users_read(self, found: tuple[User, ...]) -> None:
        if self._people is not None:
            self._people.show_users(found)

    def _ordered(self, order: PeopleOrder) -> None:
        self._desk.background.run(partial(_carry_out, self._desk.session, order), self._carried_out, self._refused)

    def _carried_out(self, done: tuple[tuple[User, ...], str]) -> None:
        if self._people is not None:
            self._people.show_done(*done)

    def ask_pin(self) -> None:
        """Ask for the passphrase and a new PIN."""
        sheet = PinSheet(self._desk.session.user)
        sheet.submitted.connect(self._pin_chosen)
        self._open(sheet)

    def ask_passphrase(self) -> None:
        """Ask for the passphrase of now and a new one."""
        sheet = PassphraseSheet(self._desk.session.user)
        sheet.submitted.connect(self._passphrase_chosen)
        self._open(sheet)

    def _open(self, sheet: OwnSheet) -> None:
        self._own = sheet
        sheet.close_asked.connect(self._close)
        self._frame.open_sheet(sheet)

    def _passphrase_chosen(self, present: str, new: str) -> None:
        work = partial(change_passphrase, self._desk.session, present, new)
        self._desk.background.run(work, self._passphrase_changed, self._refused)

    def _passphrase_changed(self, _done: Any) -> None:
        self._close()
        self.told.emit("Your passphrase is changed")

    def _pin_chosen(self, passphrase: str, pin: str) -> None:
        work = partial(set_pin, self._desk.session, passphrase, pin)
        self._desk.background.run(work, self._pin_set, self._refused)

    def _pin_set(self, _done: Any) -> None:
        self._close()
        self.told.emit("Your PIN is set")

    def _refused(self, trouble: Trouble) -> None:
        sheet = self._people or self._own or self._audit
        if sheet is None or sheet.closed:
            self.failed.emit(trouble)
        else:
            sheet.show_trouble(trouble)

    def _close(self) -> None:
        self._people = self._own = self._audit = None
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

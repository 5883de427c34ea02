"""Owns the sheet of people for leads: who may use the store, and one form at its foot for what is done about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.service.users import User
from bedside.ui.actions import Action
from bedside.ui.forms.segments import Option, Segments
from bedside.ui.people.user_row import UserRow
from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, Rule, WrappedLabel

WIDTH, FORM_HEIGHT, ROW_HEIGHT = 812, 490, 53

ROLES = (
    Option("physician", "Physician"),
    Option("nurse", "Nurse"),
    Option("lead", "Lead"),
    Option("auditor", "Auditor"),
)


@dataclass(frozen=True)
class PeopleOrder:
    """What a lead asks for: "add", "roles", "passphrase", "pin", "disable" or "enable", of whom, with what."""

    what: str
    name: str
    roles: tuple[str, ...] = ()
    passphrase: str = ""


@dataclass(frozen=True)
class _Form:
    """What the form at the foot asks for, and how its button is named."""

    title: str
    button: str
    asks_name: bool = False
    asks_roles: bool = False
    asks_passphrase: bool = False
    sentence: str = ""


_FORMS = {
    "add": _Form("Add somebody", "Add", asks_name=True, asks_roles=True, asks_passphrase=True),
    "roles": _Form("Roles of {}", "Change the roles", asks_roles=True, sentence="They count from the next signing in."),
    "passphrase": _Form("A new passphrase for {}", "Set the passphrase", asks_passphrase=True),
    "enable": _Form("Let {} sign in again", "Enable", asks_passphrase=True),
    "pin": _Form("Forget the PIN of {}", "Forget the PIN", sentence="A new one can be set after signing in."),
    "disable": _Form("Disable {}", "Disable", sentence="What this person recorded stays as it is, under the name."),
}


class PeopleSheet(View):
    """`ordered(PeopleOrder)` when the lead has filled in what an order needs; `close_asked` for Escape."""

    ordered = Signal(object)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what, self._name = "add", ""
        self.rows: list[UserRow] = []
        self._list = QVBoxLayout()
        self.title = PlainLabel("", 15, 600)
        self.sentence = WrappedLabel("", 12, 400, "ink2")
        self.name = LabelledBox("Name, as it stands beside every entry")
        self.roles_caption = PlainLabel("Roles", 13, 600)
        self.roles = Segments(ROLES, "Roles", several=True)
        self.passphrase = LabelledBox("Passphrase, for this person alone", secret=True)
        self.again = LabelledBox("The same once more", secret=True)
        self.trouble, self.done = Alert("trouble"), WrappedLabel("", 13, 600, "low")
        self.button = PushButton("Add")
        self.button.setProperty("look", "primary")
        self.back = PushButton("Add somebody instead")
        self.back.setProperty("look", "link")
        self._lay_out()
        self.button.clicked.connect(self.submit)
        self.back.clicked.connect(self._ask_to_add)
        self._ask_for("add", "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("People of this store", 18, 600))
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addSpacing(8)
        asked = (self.title, self.sentence, self.name, self.roles_caption, self.roles, self.passphrase, self.again)
        for widget in (*asked, self.trouble, self.done):
            column.addWidget(widget)
        for button in (self.button, self.back):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def sizeHint(self) -> QSize:
        """High enough for the users and the form."""
        return QSize(WIDTH, FORM_HEIGHT + ROW_HEIGHT * len(self.rows))

    def entered(self) -> None:
        """Begin with the name of somebody new."""
        self.name.box.setFocus()

    def show_users(self, users: Sequence[User]) -> None:
        """List these users."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [UserRow(user) for user in users]
        for row in self.rows:
            row.asked.connect(self._ask_for)
            self._list.addWidget(row)
            self._list.addWidget(Rule())
        self.changed.emit()

    def _ask_to_add(self) -> None:
        self._ask_for("add", "")

    def _ask_for(self, what: str, name: str) -> None:
        form = _FORMS[what]
        self._what, self._name = what, name
        self.title.setText(form.title.format(name))
        self.sentence.setText(form.sentence)
        self.button.setText(form.button)
        asked: dict[QWidget, bool] = {self.name: form.asks_name, self.back: what != "add"}
        asked |= {self.passphrase: form.asks_passphrase, self.again: form.asks_passphrase}
        asked |= {self.roles_caption: form.asks_roles, self.roles: form.asks_roles}
        asked |= {self.sentence: bool(form.sentence)}
        for widget, is_asked in asked.items():
            widget.setVisible(is_asked)
        self._forget_typed()
        self.roles.choose(next((row.user.roles for row in self.rows if row.user.name == name), ()))
        self.trouble.clear()
        self.done.setText("")
        first = next((one for one in (self.name, self.passphrase) if asked[one]), None)
        (self.button if first is None else first.box).setFocus()
        self.changed.emit()

    def _forget_typed(self) -> None:
        for box in (self.name, self.passphrase, self.again):
            box.box.clear()

    def submit(self) -> None:
        """Announce the order, or say what is missing."""
        form = _FORMS[self._what]
        name = self.name.box.text().strip() if form.asks_name else self._name
        passphrase = self.passphrase.box.text()
        lacking = ["a name"] if not name else []
        lacking += ["at least one role"] if form.asks_roles and not self.roles.chosen else []
        lacking += ["a passphrase"] if form.asks_passphrase and not passphrase else []
        if lacking:
            self.trouble.show_words(f"Still missing: {', '.join(lacking)}.", "Fill it in, then go on.")
        elif form.asks_passphrase and passphrase != self.again.box.text():
            self.trouble.show_words("The two passphrases differ.", "Type the same passphrase in both boxes.")
        else:
            self.trouble.clear()
            self.ordered.emit(PeopleOrder(self._what, name, self.roles.chosen, passphrase))

    def show_done(self, done: tuple[Sequence[User], str]) -> None:
        """The order was carried out: list the users anew and say so."""
        users, words = done
        self.show_users(users)
        self._ask_for("add", "")
        self.done.setText(words)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the order was not carried out; what was typed stays."""
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "people"

    def actions_offered(self) -> tuple[Action, ...]:
        """Carry out and close."""
        return (
            Action("people.submit", "Carry out what is filled in", self.submit, "Ctrl+Return", hint="carry out"),
            Action("people.close", "Close", self.close_asked.emit, "Escape", hint="close"),
        )

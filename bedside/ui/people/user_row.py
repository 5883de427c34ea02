"""Owns one user in the sheet of people: name, roles and state, and what a lead can do about them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.chart.formats import date_text, time_text
from bedside.service.users import User
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel


def state_words(user: User) -> str:
    """What a lead needs to know of a user besides name and roles."""
    parts = ["disabled"] if user.disabled else ["with a PIN" if user.has_pin else "without a PIN"]
    seen = user.seen
    parts.append("never signed in" if seen is None else f"last here {date_text(seen.date())} {time_text(seen)}")
    return "; ".join(parts)


class UserRow(QWidget):
    """`asked(what, name)` with "roles", "passphrase", "pin", "disable" or "enable"."""

    asked = Signal(str, str)

    def __init__(self, user: User, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.user = user
        self.buttons: dict[str, QPushButton] = {}
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(user.name, 14, 600, "ink3" if user.disabled else "ink"))
        words.addWidget(WrappedLabel(f"{', '.join(user.roles)} · {state_words(user)}", 12, 400, "ink2"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addLayout(words, 1)
        for what, word, answer in self._offers():
            row.addWidget(self._button(what, word, answer))

    def _offers(self) -> list[tuple[str, str, Callable[[], None]]]:
        if self.user.disabled:
            return [("enable", "Enable", self._enable)]
        offers = [("roles", "Roles", self._roles), ("passphrase", "New passphrase", self._passphrase)]
        if self.user.has_pin:
            offers.append(("pin", "Forget PIN", self._pin))
        return [*offers, ("disable", "Disable", self._disable)]

    def _button(self, what: str, word: str, answer: Callable[[], None]) -> QPushButton:
        button = PushButton(word, self)
        button.setProperty("look", "link")
        button.setAccessibleName(f"{word}: {self.user.name}")
        button.clicked.connect(answer)
        self.buttons[what] = button
        return button

    def _roles(self) -> None:
        self.asked.emit("roles", self.user.name)

    def _passphrase(self) -> None:
        self.asked.emit("passphrase", self.user.name)

    def _pin(self) -> None:
        self.asked.emit("pin", self.user.name)

    def _disable(self) -> None:
        self.asked.emit("disable", self.user.name)

    def _enable(self) -> None:
        self.asked.emit("enable", self.user.name)

"""Owns the sheet in which a person signs a decision that is stored: what it is, what the signature says, the PIN."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.entries import Decision
from bedside.chart.patient import Patient
from bedside.service.pin_rules import PIN_DIGITS
from bedside.service.signatures import WORDS, Meaning
from bedside.ui.actions import Action
from bedside.ui.forms.head import HEIGHT, SheetHead
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.lines import Lines
from bedside.ui.lettering import Run
from bedside.ui.paragraph import Line
from bedside.ui.sign_in.pin_box import TRIES, PinBox
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import PlainLabel, Rule

WIDTH = 640
WHY = {
    Meaning.DECIDED: "You recorded it; your signature will say:",
    Meaning.REVIEWED: "You did not record it; your signature will say:",
}
HOLDS = "It holds for the decision exactly as it stands here; a correction needs another."
CAPTION = f"Your PIN, {PIN_DIGITS} digits"


@dataclass(frozen=True)
class ToSign:
    """A decision that waits for a signature: whose it is, its words, and what the signature will say."""

    patient: Patient
    decision: Decision
    lines: Sequence[Line]
    meaning: Meaning


class SignSheet(View):
    """`submitted(pin)` once six digits are there; `pin_asked` by who has set none and wants to."""

    submitted = Signal(str)
    pin_asked = Signal()
    close_asked = Signal()

    def __init__(self, order: ToSign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order, self._signing, self._has_pin = order, False, True
        whose = f"{order.patient.family_name.upper()}, {order.patient.given_name}"
        self.head = SheetHead("Sign this decision", whose, (), self)
        self.what, self.says = Lines(self), Lines(self)
        self.what.show_lines(*order.lines, (Run(WHY[order.meaning], 12, 400, "ink2"),))
        self.says.show_lines((Run(f"“{WORDS[order.meaning]}”", 15, 600),), (Run(HOLDS, 12, 400, "ink2"),))
        self.caption, self.pin = PlainLabel(CAPTION, 13, 600, "ink", self), PinBox("Your PIN", self)
        self.tries = PlainLabel(TRIES, 12, 400, "ink2", self)
        self.trouble, self.no_pin = Alert("trouble", self), Alert("note", self)
        self.sign = KeyButton("Sign", caps=("Enter",), primary=True, parent=self)
        self.cancel = KeyButton("Cancel", caps=("Esc",), parent=self)
        self._lay_out()
        self.pin.returnPressed.connect(self.submit)
        self.sign.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.close_asked)
        self.no_pin.link_pressed.connect(self.pin_asked)

    def _lay_out(self) -> None:
        boxes, buttons = QHBoxLayout(), QHBoxLayout()
        boxes.setSpacing(16)
        boxes.addWidget(self.pin)
        boxes.addWidget(self.tries)
        boxes.addStretch(1)
        buttons.setSpacing(12)
        buttons.addWidget(self.sign)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        inset = QVBoxLayout()
        inset.setContentsMargins(24, 0, 24, 18)
        inset.setSpacing(10)
        for widget in (self.what, self.says, Rule(), self.no_pin, self.caption):
            inset.addWidget(widget)
        inset.addLayout(boxes)
        inset.addWidget(self.trouble)
        inset.addSpacing(4)
        inset.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(inset)
        column.addStretch(1)
        self.setMaximumWidth(WIDTH)

    def sizeHint(self) -> QSize:
        """As high as its words."""
        inner = self.layout()
        return QSize(WIDTH, max(inner.heightForWidth(WIDTH) if inner is not None else 0, HEIGHT + 220))

    def take_keyboard(self) -> None:
        """Type the PIN at once, or set one where there is none."""
        (self.pin if self._has_pin else self.no_pin.link).setFocus()

    def show_pin_set(self, has_pin: bool) -> None:
        """Say so where this person has set no PIN, and lead to setting one: nothing can be signed without."""
        self._has_pin = has_pin
        if has_pin:
            return
        for widget in (self.caption, self.pin, self.tries, self.sign):
            widget.hide()
        self.no_pin.show_words("You have set no PIN.", "Set one, then sign: the PIN signs.", "Set your PIN")
        self.take_keyboard()
        self.changed.emit()

    def submit(self) -> None:
        """Sign with the PIN that was typed, or say that digits are missing."""
        if self._signing or not self._has_pin:
            return
        if len(self.pin.text()) < PIN_DIGITS:
            self.show_trouble(Trouble(f"A PIN has {PIN_DIGITS} digits.", "Type all of them; nothing was signed."))
            return
        self._show_signing(True)
        self.submitted.emit(self.pin.text())

    def _show_signing(self, signing: bool) -> None:
        self._signing = signing
        self.pin.setReadOnly(signing)
        self.sign.setEnabled(not signing)
        self.sign.set_word("Signing" if signing else "Sign")

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why nothing was signed, and take the PIN anew."""
        self._show_signing(False)
        self.pin.clear()
        self.trouble.show_trouble(trouble)
        self.take_keyboard()

    def close_view(self) -> None:
        """Whatever closes the sheet, no digit stays."""
        self.pin.clear()
        super().close_view()

    def help_name(self) -> str:
        """Help on this sheet."""
        return "sign"

    def actions_offered(self) -> tuple[Action, ...]:
        """Sign and close."""
        close = Action("sign.close", "Close, sign nothing", self.close_asked.emit, "Escape", hint="close")
        if not self._has_pin:
            return (close,)
        return (
            Action("sign.submit", "Sign with the PIN", self.submit, "Ctrl+Return", hint="sign", caps=("Enter",)),
            close,
        )

"""Owns the form that registers a patient: number, names, birth, sex."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.formats import age_text, date_text
from bedside.chart.moments import At
from bedside.chart.reading import Ambiguous, Refused, read_moment
from bedside.ui.actions import Action
from bedside.ui.forms.context import DraftDoors, DraftText
from bedside.ui.forms.draft_keeper import DraftKeeper, brought_back
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.forms.segments import Option, Segments
from bedside.ui.sign_in.fields import LabelledBox
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel

FORM = "registration"
"""The name of its draft."""
WIDTH, EXAMPLE = 560, "For example 05-May-2012"
SEXES = (Option("female", "Female"), Option("male", "Male"), Option("unknown", "Not known"))


class RegistrationSheet(View):
    """`submitted(fields, confirmed)` with the five fields of the format; Enter goes on, Ctrl+Enter registers.

    `confirmed` once the same fields were asked about before and are submitted again.
    """

    submitted = Signal(dict, bool)
    close_asked = Signal()

    def __init__(self, now: Callable[[], datetime], doors: DraftDoors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.drafts = DraftKeeper(FORM, doors, self)
        self._given: dict[str, str] = {}
        self._asked_about: dict[str, str] | None = None
        self.number = LabelledBox("Number (MRN)")
        self.family = LabelledBox("Family name")
        self.given = LabelledBox("Given name")
        self.birth = LabelledBox("Born")
        self.understood = WrappedLabel(EXAMPLE, 12, 400, "ink2")
        self.brought_back = WrappedLabel("", 12, 400, "ink2")
        self.sex = Segments(SEXES, "Sex")
        self.trouble = Alert("trouble")
        self.save_button = PushButton("Register")
        self.save_button.setProperty("look", "primary")
        self.close_button = KeyButton("Close, keep draft", caps=("Esc",))
        self._lay_out()
        self._connect()
        self.setMaximumWidth(WIDTH)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Register a patient", 18, 600))
        column.addWidget(self.brought_back)
        self.brought_back.hide()
        for widget in (self.number, self.family, self.given, self.birth, self.understood, PlainLabel("Sex", 13, 600)):
            column.addWidget(widget)
        column.addWidget(self.sex)
        column.addWidget(self.trouble)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.save_button, self.close_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)

    def _connect(self) -> None:
        boxes = (self.number, self.family, self.given, self.birth)
        for box, following in pairwise(boxes):
            box.box.returnPressed.connect(following.box.setFocus)
        self.birth.box.returnPressed.connect(self._birth_entered)
        self.birth.box.textChanged.connect(self._birth_typed)
        for box in boxes:
            box.box.textEdited.connect(self._edited)
        self.sex.changed.connect(self._keep)
        self.drafts.found.connect(self._draft_found)
        self.sex.next_asked.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self.submit)
        self.close_button.clicked.connect(self.close_asked)

    def _birth_entered(self) -> None:
        """Go on to the sex, unless what stands in the box is no date of birth."""
        if self._birth_fault():
            self._refuse_birth()
        else:
            self.sex.buttons[0].setFocus()

    def _refuse_birth(self) -> None:
        self.birth.show_refused(True)
        self.understood.set_tone("high")
        self.birth.box.setFocus()
        self.birth.box.selectAll()

    def sizeHint(self) -> QSize:
        """Everything without scrolling in a window of 800 px."""
        return QSize(WIDTH, 540)

    def entered(self) -> None:
        """Begin with the number, and bring back what was typed before."""
        self.number.box.setFocus()
        self.drafts.look()

    @property
    def _boxes(self) -> dict[str, LabelledBox]:
        return {"mrn": self.number, "family_name": self.family, "given_name": self.given, "birth_date": self.birth}

    def _keep(self) -> None:
        typed = {name: box.box.text() for name, box in self._boxes.items() if box.box.text()}
        sex = {"sex": self.sex.chosen[0]} if self.sex.chosen else {}
        self.drafts.keep(json.dumps({**typed, **sex}, ensure_ascii=False) if typed else "")

    def _draft_found(self, draft: DraftText) -> None:
        if any(box.box.text() for box in self._boxes.values()):
            return
        typed: dict[str, str] = json.loads(draft.body)
        for name, box in self._boxes.items():
            box.box.setText(typed.get(name, ""))
        if "sex" in typed:
            self.sex.choose((typed["sex"],))
        self.brought_back.setText(brought_back(draft)[0])
        self.brought_back.show()
        self.changed.emit()

    def unsaved(self) -> str:
        """That somebody is being registered, without saying who."""
        return "Registration of a patient" if any(box.box.text() for box in self._boxes.values()) else ""

    def close_view(self) -> None:
        """Keep the draft whatever closes the sheet: Esc, the lock, or somebody who was opened."""
        self.drafts.flush()
        self.drafts.closed = True
        super().close_view()

    def birth_date(self) -> date | None:
        """The date of birth as typed, or None while it cannot be one or cannot be read in one way."""
        found = self._birth_read()
        return found.day if isinstance(found, At) and not self._birth_fault() else None

    def _birth_read(self) -> At | Ambiguous | Refused | None:
        text = self.birth.box.text().strip()
        return read_moment(text, now=self._now()) if text else None

    def _birth_fault(self) -> str:
        """Why what stands in the box is no date of birth, or "" for one and for an empty box."""
        found = self._birth_read()
        if isinstance(found, At):
            return "" if found.day <= self._now().date() else f"{date_text(found.day)} is still ahead. Check the year."
        if isinstance(found, Ambiguous):
            return f"{found.text} Type it like 05-May-2012."
        return "" if found is None else found.why

    def _birth_typed(self) -> None:
        self.birth.show_refused(False)
        self.understood.set_tone("ink2")
        born = self.birth_date()
        read = "" if born is None else f"{date_text(born)} ({age_text(born, self._now().date())})"
        self.understood.setText(read or self._birth_fault() or EXAMPLE)

    def submit(self) -> None:
        """Announce the fields, or say what is missing or wrong."""
        fault = self._birth_fault()
        if fault:
            self._refuse_birth()
            self.trouble.show_words("The date of birth cannot be taken.", fault)
            return
        born, chosen = self.birth_date(), self.sex.chosen
        texts = {name: box for name, box in self._boxes.items() if box is not self.birth}
        fields = {name: box.box.text().strip() for name, box in texts.items()}
        lacking = [box.caption.text() for name, box in texts.items() if not fields[name]]
        lacking += [] if born is not None else ["Born"]
        lacking += [] if chosen else ["Sex"]
        if born is None or not chosen or lacking:
            self.trouble.show_words(f"Still missing: {', '.join(lacking)}.", "Fill it in, then register.")
            return
        self._given = fields | {"birth_date": born.isoformat(), "sex": chosen[0]}
        self.submitted.emit(self._given, self._given == self._asked_about)

    def ask(self, questions: Sequence[str]) -> None:
        """Ask whether this is somebody who is there already; to register the same once more is the answer."""
        self._asked_about = self._given
        self._keep()
        self.save_button.setText("Register nevertheless")
        self.trouble.show_words(" ".join(questions), "If this is somebody else, register once more.")

    def _edited(self) -> None:
        """What is typed now was not asked about."""
        self._asked_about = None
        self.save_button.setText("Register")
        self._keep()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why the patient could not be registered."""
        self._keep()
        self.trouble.show_trouble(trouble)

    def help_name(self) -> str:
        """Help on this sheet."""
        return "registration"

    def actions_offered(self) -> tuple[Action, ...]:
        """Register and close."""
        return (
            Action("registration.save", "Register this patient", self.submit, "Ctrl+Return", hint="register"),
            Action("registration.close", "Close this form", self.close_asked.emit, "Escape", hint="close, draft kept"),
        )

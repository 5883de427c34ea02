"""Owns one agent of a regimen in its form: given or left out, dose with what it comes to, route, first and last day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.formats import label
from bedside.service.regimens import Dosing, TemplateDrug
from bedside.ui.forms.boxes import Box, BoxState, NumberBox
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.dose_words import dose_words
from bedside.ui.forms.lines import Paragraph, said
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.segments import HEIGHT, Option, Segments
from bedside.ui.forms.typed_agent import STOP_UNKNOWN, TypedAgent
from bedside.ui.lettering import Run
from bedside.ui.widgets.labels import PlainLabel

GIVEN, LEFT_OUT = "given", "left out"
CAPTIONS = {"dose": "Dose", "unit": "Unit", "route": "Route", "at": "First day", "stop": "Last day"}
WIDTHS = {"dose": 66, "unit": 96, "route": 48, "at": 112, "stop": 112}
NAME, SWITCH, GAP, MARGIN = 142, 140, 6, 24


class AgentLine(FieldRow):
    """Every box can be changed; days that nobody typed follow the first day of the regimen."""

    def __init__(
        self, place: int, drug: TemplateDrug, dosing: Dosing, context: FormContext, parent: QWidget | None = None
    ) -> None:
        name = label(drug.agent)
        super().__init__(RowSpec("therapy", f"{place}.{drug.agent}", name, label_width=NAME), parent)
        self.agent, self._dosing = TypedAgent(drug, context), dosing
        self.label.show_lines((Run(name, 13, 600),))
        self.switch = Segments([Option(GIVEN, GIVEN), Option(LEFT_OUT, LEFT_OUT)], name, parent=self)
        self.boxes = {box: self._box(box) for box in CAPTIONS}
        self._filling = False
        self._lay_out()
        self._connect()
        self._show()

    def _box(self, name: str) -> Box:
        words = f"{self.spec.label}, {CAPTIONS[name].lower()}"
        box = NumberBox(words, self) if name == "dose" else Box(words, self)
        if isinstance(box, NumberBox):
            box.can_be_not_done = False
        box.setFixedSize(WIDTHS[name], HEIGHT)
        box.set_face(13, 400 if name in ("unit", "route") else 600)
        return box

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        self.switch.setFixedWidth(SWITCH)
        row.addWidget(self.switch)
        for box in self.boxes.values():
            row.addWidget(box)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.message)
        self.line.setContentsMargins(MARGIN, 9, MARGIN, 8)
        self.line.addLayout(column, 1)
        self.line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.label.setMinimumHeight(HEIGHT)

    def _connect(self) -> None:
        self.switch.changed.connect(self._switched)
        self.switch.next_asked.connect(self._after_switch)
        self.switch.back_asked.connect(self._back)
        for name, box in self.boxes.items():
            box.setProperty("part", name)
            box.textChanged.connect(self._typed)
            box.next_asked.connect(self._after_box)
            box.back_asked.connect(self._before_box)

    def start_on(self, start: date | None) -> None:
        """Follow the first day of the regimen."""
        self.agent.propose(start)
        self._show()

    def _show(self) -> None:
        """Bring switch and boxes to what the agent says."""
        self._filling = True
        self.switch.choose([GIVEN if self.agent.is_given else LEFT_OUT])
        for name, box in self.boxes.items():
            if box.text().strip() != self.agent.texts[name]:
                box.setText(self.agent.texts[name])
                box.setCursorPosition(0)
        self._filling = False
        self._tell()

    def _typed(self) -> None:
        name = str(self.sender().property("part"))
        self.boxes[name].set_state(BoxState.REST)
        if not self._filling:
            self.agent.typed.add(name)
            self.agent.read(name, self.boxes[name].text())
            self._tell()
            self.touched()

    def _switched(self) -> None:
        self.agent.typed.add("given")
        self.agent.is_given = self.switch.chosen == (GIVEN,)
        self._tell()
        self.touched()

    def _tell(self) -> None:
        agent = self.agent
        for box in self.boxes.values():
            box.setEnabled(agent.is_given)
        if agent.is_given:
            dose = dose_words(agent.drug, agent.dose, agent.texts["unit"], self._dosing)
            self.show_message((*dose, Run(". ", 12, 400, "ink2"), *self._day_words()))
        elif agent.starts_ahead:
            self.show_message(said("Left out:", " its first day lies ahead. Enter it once it was given."))
        else:
            self.show_message(said("Left out:", " nothing is stored of it."))

    def _day_words(self) -> Paragraph:
        """What the last day says: an empty box means that it is still given, and that is said."""
        if self.agent.stop_unknown:
            return said("Last day not known.")
        if not self.agent.texts["stop"]:
            return said("No last day:", f" stored as still given ({STOP_UNKNOWN} for not known).")
        return said("Last day ahead,", " stored as planned.") if self.agent.ends_ahead else ()

    def _after_switch(self) -> None:
        if self.agent.is_given:
            self._take("dose")
        else:
            self.next_asked.emit(self)

    def _after_box(self) -> None:
        self._step(1)

    def _before_box(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        names = list(CAPTIONS)
        place = names.index(str(self.sender().property("part"))) + by
        if 0 <= place < len(names):
            self._take(names[place])
        elif by < 0:
            self.switch.take_keyboard()
        else:
            self.next_asked.emit(self)

    def _take(self, name: str) -> None:
        self.boxes[name].setFocus(Qt.FocusReason.TabFocusReason)

    def _back(self) -> None:
        self.back_asked.emit(self)

    def take_keyboard(self) -> None:
        """Into the box that was refused, else the switch."""
        refused = next((name for name, box in self.boxes.items() if box.state is BoxState.REFUSED), "")
        if refused:
            self._take(refused)
        else:
            self.switch.take_keyboard()

    def settle(self) -> str:
        """Refuse the first box that cannot be stored, and say why."""
        objection = self.agent.objection()
        if objection is not None:
            self.refuse(*objection)
        return "" if objection is None else objection[1]

    def refuse(self, name: str, why: str) -> None:
        """Say why a box, or a field of the entry, cannot be stored; the whole entry is contradicted by its stop."""
        box = self.boxes.get({"dose_unit": "unit", "": "stop"}.get(name, name))
        if box is not None:
            box.set_state(BoxState.REFUSED)
        self.show_fault(why)

    def contribute(self, fields: dict[str, Any]) -> None:
        """The agent with what is known of it."""
        fields.update(self.agent.fields())

    def state(self) -> Any:
        """What was typed, None for a line as it was proposed."""
        return self.agent.state

    def restore(self, state: Any) -> None:
        """Show what was typed earlier."""
        if isinstance(state, Mapping):
            self.agent.restore(state)
            self._show()

    def load(self, fields: Mapping[str, Any]) -> None:
        """A regimen corrects no entry: each agent is corrected by itself."""
        raise LookupError(f"a stored {fields['kind']} is corrected in its own form")

    def set_locked(self, locked: bool) -> None:
        """Keep the line as it is."""
        self.switch.set_locked(locked)
        for box in self.boxes.values():
            box.set_locked(locked)


class AgentHeads(QWidget):
    """The words above the boxes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 12, MARGIN, 0)
        row.setSpacing(GAP)
        for words, width in (
            ("Agent", NAME - GAP),
            ("", SWITCH),
            *zip(CAPTIONS.values(), WIDTHS.values(), strict=True),
        ):
            head = PlainLabel(words, 12, 600, "ink2", self)
            head.setFixedWidth(width)
            row.addWidget(head)
        row.addStretch(1)

"""Owns the form of a regimen: its first day, what it was given for, and its agents, stored together or not at all."""

import json
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.enums import Intent
from bedside.service.regimens import Dosing, Template
from bedside.ui.actions import Action
from bedside.ui.forms.agent_line import MARGIN, NAME, AgentHeads, AgentLine
from bedside.ui.forms.choice_rows import ChoiceRow
from bedside.ui.forms.context import DraftText, FormContext, Request, Saved
from bedside.ui.forms.dose_words import size_words
from bedside.ui.forms.draft_keeper import DraftKeeper, brought_back
from bedside.ui.forms.foot import SheetFoot
from bedside.ui.forms.head import SheetHead
from bedside.ui.forms.moment_row import MomentRow
from bedside.ui.forms.objections import objections_to
from bedside.ui.forms.row import RowSpec
from bedside.ui.forms.rows_sheet import Parts, RowsSheet
from bedside.ui.forms.stage import Stage
from bedside.ui.forms.typed_moment import DAY_UNTIL_NOW
from bedside.ui.troubles import Trouble
from bedside.ui.widgets.labels import WrappedLabel

INTENTS = tuple(
    intent.value for intent in Intent if intent not in (Intent.TOXICITY, Intent.IMMUNOSUPPRESSION, Intent.SUPPORTIVE)
)


class RegimenSheet(RowsSheet):
    """Signals as of the form sheet, but `entries_saved` carries every Saved; `another_asked` for another regimen."""

    entries_saved = Signal(object)
    another_asked = Signal()

    def __init__(self, template: Template, dosing: Dosing, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template, self._context, self.stage = template, context, Stage.OPEN
        self.drafts = DraftKeeper(f"regimen:{template.id}", context, self)
        whose = f"{context.patient.family.upper()}, {context.patient.given}"
        self.head = SheetHead(f"Regimen: {template.label}", whose, (), self)
        self.head.show_notes(link="Another regimen")
        self.about = WrappedLabel(f"{template.text}. {size_words(dosing)}", 12, 400, "ink2", self)
        first = RowSpec("therapy", "at", "First day", required=True, label_width=NAME)
        self.first = MomentRow(first, context, DAY_UNTIL_NOW, self)
        given_for = RowSpec("therapy", "intent", "For", required=True, label_width=NAME)
        self.intent = ChoiceRow(given_for, INTENTS, self)
        self.intent.load({"intent": template.intent.value})
        self.lines = [AgentLine(place, drug, dosing, context, self) for place, drug in enumerate(template.drugs)]
        self.rows = [self.first, self.intent, *self.lines]
        self.foot = SheetFoot("Save", self)
        within = (_inset(self.about), self.first, self.intent, AgentHeads(self), *self.lines)
        self.lay_out(Parts(self.head, within, (), self.foot))
        self._connect()

    def _connect(self) -> None:
        for row in self.rows:
            row.edited.connect(self._edited)
            row.asked.connect(self.changed)
        self.head.link_pressed.connect(self._another)
        self.drafts.found.connect(self._draft_found)
        self.drafts.kept.connect(self._draft_kept)

    # -- the keyboard --------------------------------------------------------------------------------------------------

    def help_name(self) -> str:
        """Help on this sheet."""
        return "regimen"

    def actions_offered(self) -> tuple[Action, ...]:
        """Save and Close."""
        saved = self.stage is Stage.SAVED
        close = Action("form.close", "Close this form", self.close_form, "Escape", hint="close" if saved else "back")
        if saved:
            return (close,)
        return (Action("form.save", "Save this regimen", self.save, "Ctrl+Return", hint="save every agent"), close)

    # -- drafts --------------------------------------------------------------------------------------------------------

    @property
    def start(self) -> date | None:
        """The first day as it is understood, or None."""
        return None if self.first.at is None else self.first.at.day

    def _edited(self) -> None:
        for line in self.lines:
            line.start_on(self.start)
        self.foot.show_obstacle("")
        self.foot.alert.clear()
        if self.stage is Stage.OPEN:
            self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        states = self._states()
        self.drafts.keep(json.dumps(states, ensure_ascii=False) if states else "")

    def _states(self) -> dict[str, Any]:
        typed = {row.key: row.state() for row in self.rows if row is not self.intent or not row.untouched}
        return {key: state for key, state in typed.items() if state is not None}

    def _draft_found(self, draft: DraftText) -> None:
        states = json.loads(draft.body)
        if self.stage is not Stage.OPEN or any(not row.untouched for row in self.rows if row is not self.intent):
            return
        for row in self.rows:
            if row.key in states:
                row.restore(states[row.key])
        self._edited()
        self.head.show_notes(brought_back(draft), "Another regimen")

    def _draft_kept(self, moment: datetime) -> None:
        self.foot.show_draft(f"Draft kept {moment:%H:%M:%S}")

    def _another(self) -> None:
        self.another_asked.emit()

    # -- saving --------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store every agent that is given, together, once nothing stands in the way."""
        if self.stage is not Stage.OPEN or not self._is_settled():
            return
        requests = self._requests()
        if not requests:
            return
        self.stage = Stage.SAVING
        self.foot.show_saving(True)
        self.lock_rows(True)
        self._context.save_all(self.drafts.names(requests), self._stored, self._not_stored)

    def _is_settled(self) -> bool:
        refused = [row for row in self.rows if row.settle() or row.has_question]
        if refused:
            self.go_to(refused[0])
            words = "one line to mend before saving" if len(refused) == 1 else f"{len(refused)} lines to mend"
            self.foot.show_obstacle(words, wrong=True)
        elif not self._given():
            self.foot.show_obstacle("no agent is given", wrong=True)
        return not refused and bool(self._given())

    def _given(self) -> list[AgentLine]:
        return [line for line in self.lines if line.agent.is_given]

    def _requests(self) -> list[Request]:
        """What is to be stored; empty when one of them cannot be, with the reason at its line."""
        found = []
        for line in self._given():
            fields: dict[str, Any] = {"kind": "therapy"}
            self.intent.contribute(fields)
            line.contribute(fields)
            if not self._is_storable(line, fields):
                return []
            found.append(Request(fields))
        return found

    def _is_storable(self, line: AgentLine, fields: dict[str, Any]) -> bool:
        faults = objections_to(fields, self._context).faults
        if faults:
            line.refuse(faults[0].field, faults[0].text)
            self.go_to(line)
            self.foot.show_obstacle("one line to mend before saving", wrong=True)
        return not faults

    def _stored(self, saved: tuple[Saved, ...]) -> None:
        self.stage = Stage.SAVED
        self.drafts.drop()
        self.head.show_notes()
        what = f"{len(saved)} agent{'' if len(saved) == 1 else 's'}"
        self.foot.show_saved(f"{saved[0].moment:%H:%M:%S}", saved[0].by, what, correctable=False)
        self.foot.done.setFocus(Qt.FocusReason.TabFocusReason)
        self.entries_saved.emit(saved)
        self.changed.emit()

    def _not_stored(self, trouble: Trouble) -> None:
        self.stage = Stage.OPEN
        self.foot.show_saving(False)
        self.lock_rows(False)
        self._keep()
        self.foot.show_trouble(trouble)
        self.foot.save.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()


def _inset(label: QWidget) -> QWidget:
    """The label with the room around it that rows have."""
    holder = QWidget()
    room = QVBoxLayout(holder)
    room.setContentsMargins(MARGIN, 0, MARGIN, 8)
    room.addWidget(label)
    return holder

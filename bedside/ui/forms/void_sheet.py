"""Owns taking an entry back: a wrong value or the wrong patient, with a reason."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.chart.base import Entry
from bedside.chart.describe import kind_title, values_text
from bedside.chart.formats import at_text
from bedside.ui.actions import Action
from bedside.ui.forms.choice_rows import ChoiceRow
from bedside.ui.forms.content import draft_of, restore_draft
from bedside.ui.forms.context import DraftText, FormContext, Request, Saved
from bedside.ui.forms.draft_keeper import DraftKeeper, brought_back
from bedside.ui.forms.foot import SheetFoot
from bedside.ui.forms.head import HEIGHT, SheetHead
from bedside.ui.forms.lines import Lines
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.secret_rows import secret_rows, secrets_in
from bedside.ui.forms.segments import Option
from bedside.ui.forms.text_rows import TextRow
from bedside.ui.lettering import Run
from bedside.ui.troubles import Trouble
from bedside.ui.view import View

WIDTH = 812
CONSEQUENCES = {
    "entry": "Wrong value: this entry alone no longer counts. If it was a correction, what it corrected counts again.",
    "chain": "Wrong patient: this entry and all its corrections no longer count.",
}
CORRECT_INSTEAD = "Correct it instead"
OPEN_QUESTION = "It stays in the journal, struck through, either way. To put another value in its place, correct it."


class ScopeRow(ChoiceRow):
    """Wrong value, or wrong patient."""

    def options(self, codes: Sequence[str]) -> list[Option]:
        """The answers in words."""
        return [Option(code, CONSEQUENCES[code].partition(":")[0]) for code in codes]

    def show_hint(self) -> None:
        """Say what follows from the answer."""
        words = CONSEQUENCES[self.segments.chosen[0]] if self.segments.chosen else OPEN_QUESTION
        self.show_message((Run(words, 12, 400, "ink2"),))


class VoidSheet(View):
    """Takes one entry back. Signals as of the form sheet; `correct_requested` leads to the correction instead."""

    entry_saved = Signal(object)
    correct_requested = Signal(str)
    close_asked = Signal()

    def __init__(self, entry: Entry, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry, self._context = entry, context
        self.is_open = True
        title = kind_title(entry.kind)
        whose = f"{context.patient.family.upper()}, {context.patient.given}"
        self.head = SheetHead(f"Take back: {title[:1].lower() + title[1:]}", whose, (), self)
        self.head.show_notes(link=CORRECT_INSTEAD)
        self.what = Lines(self)
        self.what.show_lines((Run(f"{at_text(entry.at)}  ", 13, 600), Run(values_text(entry), 13)))
        self.scope = ScopeRow(RowSpec("void", "scope", "Why", required=True), ("entry", "chain"), self)
        self.reason = TextRow(RowSpec("void", "reason", "Reason", required=True), self)
        self.rows: tuple[FieldRow, ...] = (self.scope, self.reason, *_signing(entry, self))
        self.drafts = DraftKeeper(f"void:{entry.id}", context, self)
        self.foot = SheetFoot("Take back", self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        inset = QVBoxLayout()
        inset.setContentsMargins(24, 0, 24, 12)
        inset.addWidget(self.what)
        column.addLayout(inset)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        column.addWidget(self.foot)
        self.setMaximumWidth(WIDTH)

    def _connect(self) -> None:
        for row in self.rows:
            row.next_asked.connect(self._go_on)
            row.back_asked.connect(self._go_back)
            row.edited.connect(self._edited)
        self.foot.save_pressed.connect(self.save)
        self.foot.close_pressed.connect(self.close_form)
        self.head.link_pressed.connect(self._correct_instead)
        self.drafts.found.connect(self._draft_found)
        self.drafts.kept.connect(self._draft_kept)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        inner = self.layout()
        height = inner.heightForWidth(WIDTH) if inner is not None else 0
        return QSize(WIDTH, max(height, HEIGHT + 220))

    def entered(self) -> None:
        """Ask first what was wrong, and bring a draft back."""
        self.scope.take_keyboard()
        self.drafts.look()

    def _draft_found(self, draft: DraftText) -> None:
        if self.is_open and restore_draft(self.rows, draft.body):
            self.head.show_notes(brought_back(draft), CORRECT_INSTEAD)

    def _draft_kept(self, moment: datetime) -> None:
        self.foot.show_draft(f"Draft kept {moment:%H:%M:%S}")

    def help_name(self) -> str:
        """Help on this sheet."""
        return "void"

    def actions_offered(self) -> tuple[Action, ...]:
        """Take back and Close."""
        hint = "close, draft kept" if self.is_open else "close"
        close = Action("form.close", "Close this form", self.close_form, "Escape", hint=hint)
        if not self.is_open:
            return (close,)
        return (
            Action("form.save", "Take this entry back", self.save, "Ctrl+Return", hint="take back"),
            close,
        )

    def _go_on(self, row: FieldRow) -> None:
        following = [one for one in self.rows[self.rows.index(row) + 1 :] if not one.isHidden()]
        if following:
            following[0].take_keyboard()
        else:
            self.foot.save.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_back(self, row: FieldRow) -> None:
        if row is not self.scope:
            self.rows[self.rows.index(row) - 1].take_keyboard()

    def _edited(self) -> None:
        self.foot.show_obstacle("")
        self.foot.alert.clear()
        if self.is_open:
            self.drafts.keep(draft_of(self.rows))

    def save(self) -> None:
        """Take it back, once the question is answered and the reason given."""
        refused = [row for row in self.rows if row.settle()]
        if refused and self.is_open:
            refused[0].take_keyboard()
            self.foot.show_obstacle("one answer missing" if len(refused) == 1 else "two answers missing", wrong=True)
        if refused or not self.is_open:
            return
        fields: dict[str, object] = {"kind": "void", "voids": self._entry.id}
        for row in self.rows:
            row.contribute(fields)
        self._lock(True)
        (request,) = self.drafts.names([Request(fields, secrets=secrets_in(self.rows))])
        self._context.save(request, self._stored, self._not_stored)

    def _lock(self, locked: bool) -> None:
        self.is_open = not locked
        self.foot.show_saving(locked)
        for row in self.rows:
            row.set_locked(locked)

    def _stored(self, saved: Saved) -> None:
        self.drafts.drop()
        self.head.show_notes()
        self.foot.show_saved(f"{saved.moment:%H:%M:%S}", saved.by, "taken back", correctable=False)
        self.foot.done.setFocus(Qt.FocusReason.TabFocusReason)
        self.entry_saved.emit(saved)
        self.changed.emit()

    def _not_stored(self, trouble: Trouble) -> None:
        self._lock(False)
        self.drafts.keep(draft_of(self.rows))
        self.foot.show_trouble(trouble)
        self.changed.emit()

    def _correct_instead(self) -> None:
        self.correct_requested.emit(self._entry.id)

    def close_form(self) -> None:
        """Keep the draft and ask to be taken away."""
        self.drafts.flush()
        self.close_asked.emit()

    def close_view(self) -> None:
        """Keep the draft whatever closes the sheet: Esc, another patient, or the lock."""
        self.drafts.flush()
        self.drafts.closed = True
        super().close_view()


def _signing(entry: Entry, parent: QWidget) -> Sequence[FieldRow]:
    """The row for the PIN, where what is taken back may be signed."""
    return secret_rows(entry.kind, parent) if entry.kind == "decision" else ()

"""Owns the form of one entry: what is asked before it is stored, its draft, and the save confirmed in place."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from bedside.chart.base import Entry
from bedside.chart.describe import kind_title
from bedside.chart.entries import KINDS
from bedside.chart.moments import At
from bedside.ui.actions import Action
from bedside.ui.forms.content import draft_of, fields_of, has_values, is_same, load_entry, request_of, restore_draft
from bedside.ui.forms.context import DraftText, FormContext, Saved
from bedside.ui.forms.draft_keeper import DraftKeeper, brought_back
from bedside.ui.forms.faults import Fault
from bedside.ui.forms.foot import SheetFoot
from bedside.ui.forms.graded_draft import draft_to_grade
from bedside.ui.forms.grading_panel import GradingPanel
from bedside.ui.forms.head import SheetHead
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.objections import Doubts, objections_to, question_about
from bedside.ui.forms.question_strip import QuestionStrip
from bedside.ui.forms.row import FieldRow
from bedside.ui.forms.rows_of_kind import RowMaker
from bedside.ui.forms.rows_sheet import Parts, RowsSheet
from bedside.ui.forms.segments import Segments
from bedside.ui.forms.sheet_words import (
    count_of,
    help_words,
    stored_words,
    take_not_done,
    title_words,
    values_words,
    whose_words,
)
from bedside.ui.forms.stage import Stage
from bedside.ui.troubles import Trouble

NOTHING: Mapping[str, Any] = MappingProxyType({})


class FormSheet(RowsSheet):
    """One form for one patient; `correcting` makes it a correction of that entry, with a reason.

    `proposed` fills rows by name beforehand; a person still reads and saves them.

    `entry_saved` carries the Saved after the durable commit, `correct_requested` the id of an entry, `grade_requested`
    the ProposedGrade of what was saved with its id, and `close_asked` asks whoever laid the sheet over the view to take
    it away.
    """

    entry_saved = Signal(object)
    correct_requested = Signal(str)
    grade_requested = Signal(str, object)

    def __init__(
        self,
        kind: str,
        context: FormContext,
        parent: QWidget | None = None,
        *,
        correcting: Entry | None = None,
        proposed: Mapping[str, Any] = NOTHING,
    ) -> None:
        super().__init__(parent)
        self.kind, self.stage = kind, Stage.OPEN
        self._context, self._correcting = context, correcting
        self._saved_entry: Saved | None = None
        self._draft_words = ""
        self._doubts = Doubts()
        form = kind if correcting is None else f"{kind}:{correcting.id}"
        self.drafts = DraftKeeper(form, context, self)
        self.head = SheetHead(title_words(kind, correcting=correcting is not None), whose_words(context), (), self)
        self.rows = self._make_rows()
        self.head.show_notes(help_words(self.rows) if correcting is None else ())
        self.graded = GradingPanel(draft_to_grade(kind, context, correcting, self.rows), self)
        self.strip = QuestionStrip(self)
        self.foot = SheetFoot("Save" if correcting is None else "Save correction", self)
        self.lay_out(Parts(self.head, self.rows, (self.graded, self.strip), self.foot))
        self._connect()
        if correcting is not None:
            load_entry(self.rows, correcting)
            self.drafts.begin(draft_of(self.rows))
            for row in self.rows:
                row.untouched = True
        for row in self.rows:
            if row.spec.name in proposed:
                row.load(proposed)
                row.untouched = False
        self.graded.refresh()

    def _make_rows(self) -> list[FieldRow]:
        correcting = self._correcting is not None
        maker = RowMaker(self.kind, self._context, self.moment, self)
        self._moment_row = maker.moment_row(correcting=correcting)
        rows = [self._moment_row, *maker.own_rows(correcting=correcting)]
        return [*rows, maker.reason_row()] if correcting else rows

    def moment(self) -> At | None:
        """When it happened, as far as it is understood."""
        return self._moment_row.at

    def _connect(self) -> None:
        for row in self.rows:
            row.edited.connect(self._edited)
            row.asked.connect(self._asked)
            row.strip.answered.connect(self._question_answered)
            row.strip.reached.connect(self._question_reached)
        self.strip.answered.connect(self._doubt_answered)
        self.strip.opened.connect(self._asked)
        self.foot.correct_pressed.connect(self._correct_pressed)
        self.foot.grade_pressed.connect(self._grade_pressed)
        self.head.link_pressed.connect(self._empty)
        self.drafts.found.connect(self._draft_found)
        self.drafts.kept.connect(self._draft_kept)

    # -- the keyboard --------------------------------------------------------------------------------------------------

    def help_name(self) -> str:
        """Help on the form of this kind."""
        return f"form:{self.kind}"

    def actions_offered(self) -> tuple[Action, ...]:
        """The answers of the open question, Save and Close."""
        close = "close" if self.stage is Stage.SAVED else "close, draft kept"
        answers = [action for strip in self._questions()[:1] for action in strip.answers_offered()]
        saving = [
            *self._typing_offered(),
            Action("form.save", "Save this form", self.save, "Ctrl+Return", hint="save"),
        ]
        if self.stage is Stage.SAVED:
            saving = [Action("form.correct", "Correct what was saved", self._correct_pressed, "C", hint="correct")]
            saving += self._grading_offered()
        return (*answers, *saving, Action("form.close", "Close this form", self.close_form, "Escape", hint=close))

    def _typing_offered(self) -> list[Action]:
        """What Enter and X do in a box, and arrows among answers."""
        offered = [Action("form.next", "Go to the next box", self._to_box, hint="next box", caps=("Enter",))]
        if take_not_done(self.rows):
            offered.append(Action("form.not_done", "Not done", self._to_box, hint="not done", caps=("X",)))
        if self.findChild(Segments) is not None:
            offered.append(Action("form.choose", "Choose", self._to_box, hint="choose", caps=("←", "→")))
        return offered

    def _to_box(self) -> None:
        """Where the keyboard is, or was before something lay over the form."""
        here = QApplication.focusWidget()
        next((row for row in self.rows if here is not None and row.isAncestorOf(here)), self.rows[0]).take_keyboard()

    def _grading_offered(self) -> list[Action]:
        """Another grade than the one proposed, once the signs that it rests on are stored."""
        if not self._can_be_graded:
            return []
        words = "Set another grade than the proposed one"
        return [Action("form.grade", words, self._grade_pressed, "G", hint="set another grade")]

    @property
    def _can_be_graded(self) -> bool:
        return self._context.may_grade and self.graded.proposed is not None and not self.graded.proposed.not_graded

    def unsaved(self) -> str:
        """The kind and how many values."""
        count = count_of(self.rows) if self.stage is Stage.OPEN and draft_of(self.rows) else 0
        title = title_words(self.kind, correcting=self._correcting is not None)
        return f"{title}, {values_words(count)}" if count else ""

    def note(self) -> str:
        """Whose form it is and when its draft was kept."""
        words = f"{kind_title(self.kind)} for {self._context.patient.mrn}"
        return f"{words} · {self._draft_words}" if self._draft_words else words

    def _open_strips(self) -> list[QuestionStrip]:
        strips = [row.strip for row in self.rows if row.has_question]
        return [*strips, self.strip] if self.strip.asked else strips

    def _questions(self) -> list[QuestionStrip]:
        """The open strips that take an answer, in the order in which they take it."""
        return [strip for strip in self._open_strips() if strip.asked and strip.asked.answers]

    def _asked(self) -> None:
        questions = self._questions()
        for strip in questions:
            strip.wait_behind(None if strip is questions[0] else questions[0])
        self._tell_questions()
        self.updateGeometry()
        self.changed.emit()

    def _question_answered(self) -> None:
        """Go to the next open question, unless the answer led back to the box."""
        row, here, questions = self.sender().parent(), QApplication.focusWidget(), self._questions()
        if questions and isinstance(row, FieldRow) and not (here is not None and row.isAncestorOf(here)):
            questions[0].take_keyboard()

    def _question_reached(self) -> None:
        strip = self.sender()
        if isinstance(strip, QuestionStrip):
            self.area.ensureWidgetVisible(strip, 0, 0)

    def _tell_questions(self) -> None:
        count = len(self._open_strips())
        words = {0: "", 1: "one question open before saving"}.get(count, f"{count} questions open before saving")
        self.foot.show_obstacle(words)

    # -- drafts --------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        self.graded.refresh()
        self.ask_for_height()
        if self.stage is Stage.OPEN:
            self._tell_questions()
            self.foot.alert.clear()
            self.drafts.keep(draft_of(self.rows))

    def _draft_found(self, draft: DraftText) -> None:
        if self.stage is Stage.OPEN and restore_draft(self.rows, draft.body):
            self.graded.refresh()
            self.head.show_notes(brought_back(draft), "Empty the form")
            self.ask_for_height()
            self.rows[0].take_keyboard()

    def _draft_kept(self, moment: datetime) -> None:
        self._draft_words = f"draft kept {moment:%H:%M:%S}"
        self.foot.show_draft(self._draft_words[:1].upper() + self._draft_words[1:])
        self.changed.emit()

    def _empty(self) -> None:
        """Throw the draft away and ask for a fresh form."""
        self.drafts.drop()
        self.stage = Stage.SAVED
        self.close_asked.emit()

    # -- saving --------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Store the entry if nothing stands in the way; a second press while it is being stored does nothing."""
        if self.stage is not Stage.OPEN or not self._rows_are_settled():
            return
        fields = self._fields()
        if fields is None:
            return
        self.stage = Stage.SAVING
        self.lock_rows(True)
        self.foot.alert.clear()
        self.foot.show_saving(True)
        (request,) = self.drafts.names([request_of(fields, self.rows, self._correcting)])
        self._context.save(request, self._stored, self._not_stored)

    def _rows_are_settled(self) -> bool:
        refused = [row for row in self.rows if row.settle()]
        asked = [row for row in self.rows if row.has_question]
        if asked:
            asked[0].strip.take_keyboard()
            self.area.ensureWidgetVisible(asked[0])
        elif refused:
            self.go_to(refused[0])
            words = "one box to mend before saving" if len(refused) == 1 else f"{len(refused)} boxes to mend"
            self.foot.show_obstacle(words, wrong=True)
        return not asked and not refused

    def _fields(self) -> dict[str, Any] | None:
        """The entry's fields when the model takes them and nothing is doubtful, else None with the words shown."""
        fields = fields_of(self.kind, self.rows, self._correcting)
        if not has_values(fields, KINDS[self.kind]):
            self.foot.show_obstacle("nothing to save yet", wrong=True)
            return None
        if self._correcting is not None and is_same(fields, self._correcting):
            self.foot.show_obstacle("nothing differs from the entry as it stands", wrong=True)
            return None
        links = {"supersedes": self._correcting.id} if self._correcting is not None else {}
        found = objections_to({**fields, **links}, self._context)
        if found.faults:
            self._show_faults(found.faults)
            return None
        doubt = self._doubts.first(found.doubts, self._is_confirmed)
        if doubt is None:
            return fields
        self.strip.ask(question_about(doubt))
        self.strip.take_keyboard()
        return None

    def _show_faults(self, faults: tuple[Fault, ...]) -> None:
        for fault in faults:
            row = self._row_of(fault.field)
            if row is not None:
                row.show_fault(fault.text)
                self.go_to(row)
        whole = [fault.text for fault in faults if self._row_of(fault.field) is None]
        self.foot.show_obstacle(f"{len(faults)} to mend before saving", wrong=True)
        if whole:
            self.foot.show_trouble(Trouble("This entry contradicts itself.", " ".join(f"{text}." for text in whole)))

    def _row_of(self, name: str) -> FieldRow | None:
        return next((row for row in self.rows if name and name in (row.key, row.spec.name)), None)

    def _is_confirmed(self, name: str) -> bool:
        """Whether its own row has asked about it already."""
        row = self._row_of(name)
        return isinstance(row, NumberRow) and row.confirmed

    def _doubt_answered(self, index: int) -> None:
        doubt = self._doubts.answer(index)
        self.strip.clear()
        if doubt is None:
            return
        if index == 1:
            self.save()
        else:
            self.go_to(self._row_of(doubt.field) or self.rows[0])

    def _stored(self, saved: Saved) -> None:
        self.stage = Stage.SAVED
        self._saved_entry = saved
        self.drafts.drop()
        self.head.show_notes()
        self.foot.show_saved(f"{saved.moment:%H:%M:%S}", saved.by, stored_words(count_of(self.rows), saved.entry))
        self.foot.grade.setVisible(self._can_be_graded)
        self._draft_words = f"saved {saved.moment:%H:%M:%S}"
        self.foot.done.setFocus(Qt.FocusReason.TabFocusReason)
        self.entry_saved.emit(saved)
        self.changed.emit()

    def _not_stored(self, trouble: Trouble) -> None:
        self.stage = Stage.OPEN
        self.lock_rows(False)
        self.foot.show_saving(False)
        self.drafts.keep(draft_of(self.rows))
        self.foot.show_trouble(trouble)
        self.foot.save.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _correct_pressed(self) -> None:
        if self._saved_entry is not None:
            self.correct_requested.emit(self._saved_entry.entry.id)

    def _grade_pressed(self) -> None:
        if self._saved_entry is not None and self._can_be_graded:
            self.grade_requested.emit(self._saved_entry.entry.id, self.graded.proposed)

"""Owns the form of one entry: what is asked before it is stored, its draft, and the save confirmed in place."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from bedside.chart.base import Entry, Observed
from bedside.chart.describe import kind_title
from bedside.chart.entries import KINDS, parse_entry
from bedside.chart.formats import day_text
from bedside.chart.moments import At, day_number
from bedside.ui.actions import Action
from bedside.ui.forms.content import draft_of, fields_of, has_values, is_same, load_entry, request_of, restore_draft
from bedside.ui.forms.context import DraftText, Finding, FormContext, Saved
from bedside.ui.forms.draft_keeper import DraftKeeper, brought_back
from bedside.ui.forms.faults import Fault, faults_of
from bedside.ui.forms.foot import SheetFoot
from bedside.ui.forms.graded_draft import draft_to_grade
from bedside.ui.forms.grading_panel import GradingPanel
from bedside.ui.forms.head import SheetHead
from bedside.ui.forms.number_row import NumberRow
from bedside.ui.forms.question_strip import Asked, QuestionStrip
from bedside.ui.forms.row import FieldRow
from bedside.ui.forms.rows_of_kind import RowMaker
from bedside.ui.forms.rows_sheet import Parts, RowsSheet
from bedside.ui.troubles import Trouble

PLACEHOLDER_ID = str(UUID(int=0))
NOTHING: Mapping[str, Any] = MappingProxyType({})
NEXT, NOT_DONE, LAST = "Enter: next box.", " X: not done.", " The last value is shown, never carried forward."


class Stage(Enum):
    """Where a form stands; only an open one takes typing and can be saved."""

    OPEN = "open"
    SAVING = "saving"
    SAVED = "saved"


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
        self._waived: set[tuple[str, str]] = set()
        self._doubt: Finding | None = None
        form = kind if correcting is None else f"{kind}:{correcting.id}"
        self.drafts = DraftKeeper(form, context, self)
        self.head = SheetHead(self._title(), self._whose(), (), self)
        self.rows = self._make_rows()
        self.head.show_notes(self._help())
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

    def _title(self) -> str:
        title = kind_title(self.kind)
        return title if self._correcting is None else f"Correct: {title[:1].lower() + title[1:]}"

    def _help(self) -> tuple[str, ...]:
        """What the keys do in a form of these rows, the longest sentence first."""
        if self._correcting is not None:
            return ()
        if not any(isinstance(row, NumberRow) and row.spec.observed for row in self.rows):
            return (f"{NEXT}{NOT_DONE if self._takes_not_done else ''}", NEXT)
        return (f"{NEXT}{NOT_DONE}{LAST}", f"{NEXT}{NOT_DONE}", NEXT)

    @property
    def _takes_not_done(self) -> bool:
        return any(row.tells_not_done and row.spec.observed for row in self.rows)

    def _whose(self) -> str:
        patient = self._context.patient
        name = f"{patient.family.upper()}, {patient.given}"
        if patient.day0 is None:
            return name
        return f"{name} · {day_text(day_number(self._context.now().date(), patient.day0))}"

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
        answers = [action for strip in self._open_strips()[:1] for action in strip.answers_offered()]
        saving = [
            *self._typing_offered(),
            Action("form.save", "Save this form", self.save, "Ctrl+Return", hint="save"),
            Action("form.save_keypad", "Save this form from the keypad", self.save, "Ctrl+Enter"),
        ]
        if self.stage is Stage.SAVED:
            saving = [Action("form.correct", "Correct what was saved", self._correct_pressed, "C", hint="correct")]
            saving += self._grading_offered()
        return (*answers, *saving, Action("form.close", "Close this form", self.close_form, "Escape", hint=close))

    def _typing_offered(self) -> list[Action]:
        """What Enter and X do in a box."""
        offered = [Action("form.next", "Go to the next box", self._to_box, hint="next box", caps=("Enter",))]
        if self._takes_not_done:
            offered.append(Action("form.not_done", "Not done", self._to_box, hint="not done", caps=("X",)))
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
        count = self._count if self.stage is Stage.OPEN and draft_of(self.rows) else 0
        return f"{self._title()}, {count} value{'' if count == 1 else 's'}" if count else ""

    @property
    def _count(self) -> int:
        return sum(row.count() for row in self.rows if row.spec.name not in ("note", "reason"))

    def note(self) -> str:
        """Whose form it is and when its draft was kept."""
        words = f"{kind_title(self.kind)} for {self._context.patient.mrn}"
        return f"{words} · {self._draft_words}" if self._draft_words else words

    def _open_strips(self) -> list[QuestionStrip]:
        strips = [row.strip for row in self.rows if row.has_question]
        return [*strips, self.strip] if self.strip.asked else strips

    def _asked(self) -> None:
        self._tell_questions()
        self.updateGeometry()
        self.changed.emit()

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
        self.drafts.flush()
        self.lock_rows(True)
        self.foot.alert.clear()
        self.foot.show_saving(True)
        (request,) = self.drafts.names([request_of(fields, self.rows, self._correcting)])
        self._context.save(request, self._stored, self._not_stored)

    def _rows_are_settled(self) -> bool:
        refused = [row for row in self.rows if row.settle()]
        asked = [row for row in self.rows if row.has_question]
        if asked:
            asked[0].strip.setFocus(Qt.FocusReason.OtherFocusReason)
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
        try:
            entry = parse_entry({**fields, **links, "id": PLACEHOLDER_ID})
        except ValidationError as error:
            self._show_faults(faults_of(error))
            return None
        return fields if self._is_undoubted(entry) else None

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

    def _is_undoubted(self, entry: Entry) -> bool:
        """Refuse what the knowledge refuses; ask once about what it doubts and no row has asked already."""
        findings = self._context.check(entry)
        refused = [finding for finding in findings if finding.severity == "refuse"]
        if refused:
            self._show_faults(tuple(Fault(finding.field, finding.text) for finding in refused))
            return False
        for finding in findings:
            row = self._row_of(finding.field)
            asked = isinstance(row, NumberRow) and row.confirmed
            if not asked and (finding.field, finding.text) not in self._waived:
                self._ask_doubt(finding)
                return False
        return True

    def _ask_doubt(self, finding: Finding) -> None:
        self._doubt = finding
        self.strip.ask(Asked("Is this right?", finding.text, ("Back to the box", "Save it so")))
        self.strip.setFocus(Qt.FocusReason.OtherFocusReason)

    def _doubt_answered(self, index: int) -> None:
        doubt, self._doubt = self._doubt, None
        self.strip.clear()
        if doubt is None:
            return
        if index == 1:
            self._waived.add((doubt.field, doubt.text))
            self.save()
        else:
            self.go_to(self._row_of(doubt.field) or self.rows[0])

    def _stored(self, saved: Saved) -> None:
        self.stage = Stage.SAVED
        self._saved_entry = saved
        self.drafts.drop()
        self.head.show_notes()
        self.foot.show_saved(f"{saved.moment:%H:%M:%S}", saved.by, self._what_was_stored(saved.entry))
        self.foot.grade.setVisible(self._can_be_graded)
        self._draft_words = f"saved {saved.moment:%H:%M:%S}"
        self.foot.done.setFocus(Qt.FocusReason.TabFocusReason)
        self.entry_saved.emit(saved)
        self.changed.emit()

    def _what_was_stored(self, entry: Entry) -> str:
        """How many values, and how many that were asked for and not done, which are none."""
        not_done = len((entry.not_done if isinstance(entry, Observed) else None) or ())
        count = self._count - not_done
        values = f"{count} value{'' if count == 1 else 's'}"
        return (
            f"{values}, {not_done} not done" if not_done and count else f"{not_done} not done" if not_done else values
        )

    def _not_stored(self, trouble: Trouble) -> None:
        self.stage = Stage.OPEN
        self.lock_rows(False)
        self.foot.show_saving(False)
        self.foot.show_trouble(trouble)
        self.foot.save.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _correct_pressed(self) -> None:
        if self._saved_entry is not None:
            self.correct_requested.emit(self._saved_entry.entry.id)

    def _grade_pressed(self) -> None:
        if self._saved_entry is not None and self._can_be_graded:
            self.grade_requested.emit(self._saved_entry.entry.id, self.graded.proposed)

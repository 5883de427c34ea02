"""Owns the sheet of the import: choose or paste, look at every line, answer, confirm, and see what was stored."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from bedside.service.counts import CountsMapping, CountsPlan, is_bundle
from bedside.service.counts_kept import lasting
from bedside.ui.actions import Action
from bedside.ui.forms.foot import SignMark
from bedside.ui.forms.key_button import KeyButton
from bedside.ui.importing.columns import ColumnsPane
from bedside.ui.importing.lines import LinesPane
from bedside.ui.importing.question import QuestionBox
from bedside.ui.importing.words import store_words, summary_words, why_not_stored
from bedside.ui.long_work.progress_row import ProgressRow
from bedside.ui.long_work.watch import Watch
from bedside.ui.signs import Sign
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel
from bedside.ui.widgets.segment_row import SegmentRow

WIDTH, LOW, HIGH = 812, 172, 680
WHAT = (
    "A table from the laboratory (CSV, TSV, or copied from a spreadsheet), HL7 results, or a FHIR bundle. "
    "Nothing is stored before you have looked at it and confirmed it."
)
SWITCH = "Show lines or columns"
LINES, COLUMNS = range(2)
MARGIN = 24


class ImportSheet(View):
    """What a person asks for is announced; what comes of it is shown by `show_plan`, `show_stored`, `show_trouble`.

    `whose_chosen(MRN)`, "" for whom the file names; `mapping_chosen(CountsMapping)`; `confirmed(keep)`: store it, and
    keep how the file was read for the next one.
    """

    file_asked = Signal()
    paste_asked = Signal()
    whose_chosen = Signal(str)
    mapping_chosen = Signal(object)
    confirmed = Signal(bool)
    close_asked = Signal()

    def __init__(self, patient: tuple[str, str] = ("", ""), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mrn = patient[0]
        self.plan: CountsPlan | None = None
        self.summary = WrappedLabel(WHAT, 13, 400, "ink2", self)
        self.trouble = Alert("trouble", self)
        self.progress = ProgressRow(self)
        self.whose = SegmentRow(("Everybody in the file", f"Only {patient[1]}"), self)
        self.question = QuestionBox(self)
        self.parts = SegmentRow(("Lines", "Columns"), self)
        self.lines, self.columns = LinesPane(self), ColumnsPane(self)
        self.keep = QCheckBox("Read the next file with these heads in the same way", self)
        self.reason = WrappedLabel("", 12, 400, "ink2", self)
        self.saved_sign, self.saved = SignMark(Sign.SAVED, self), WrappedLabel("", 13, 400, "ink", self)
        self.store = KeyButton("Store", caps=("Ctrl", "Enter"), primary=True, parent=self)
        self.file = KeyButton("Choose a file …", caps=("Alt", "F"), parent=self)
        self.paste = KeyButton("Paste a table", caps=("Ctrl", "V"), parent=self)
        self._lay_out()
        self._connect()
        self._show_saved(())
        self._show_state()
        self.setMaximumWidth(WIDTH)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 18, MARGIN, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel("Import counts", 18, 600, "ink", self))
        saved = QHBoxLayout()
        saved.setSpacing(8)
        saved.addWidget(self.saved_sign, 0, Qt.AlignmentFlag.AlignTop)
        saved.addWidget(self.saved, 1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.parts)
        head.addStretch(1)
        head.addWidget(self.whose)
        for widget in (self.summary, self.trouble, self.progress):
            column.addWidget(widget)
        column.addLayout(saved)
        column.addWidget(self.question)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        column.addWidget(self.columns, 1)
        column.addWidget(self.keep)
        column.addWidget(self.reason)
        column.addLayout(self._buttons())
        column.addStretch(0)
        self.progress.shown.connect(self.changed)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.store, self.file, self.paste):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.store.clicked.connect(self.confirm)
        self.file.clicked.connect(self._file_pressed)
        self.paste.clicked.connect(self._paste_pressed)
        self.whose.chosen.connect(self._whose_pressed)
        self.parts.chosen.connect(self._show_part)
        self.question.answered.connect(self._answered)
        self.question.columns_asked.connect(self._show_columns)
        self.columns.mapping_chosen.connect(self.mapping_chosen)

    def sizeHint(self) -> QSize:
        """Low while there is nothing to look at, else as high as the window lets it."""
        if self.plan is not None and self.saved.isHidden():
            return QSize(WIDTH, HIGH)
        room = WIDTH - 2 * MARGIN
        more = [one.heightForWidth(room) for one in (self.trouble, self.saved) if not one.isHidden()]
        return QSize(WIDTH, LOW + sum(more) + (0 if self.progress.isHidden() else self.progress.sizeHint().height()))

    def take_keyboard(self) -> None:
        """Where the next thing is done: the question, the lines, or the file."""
        if self.plan is None or not self.saved.isHidden():
            self.file.setFocus()
        elif self.plan.questions:
            self.question.take_keyboard()
        elif self.parts.place == COLUMNS:
            self.columns.table.setFocus()
        else:
            self.lines.table.setFocus()

    @property
    def mrn(self) -> str:
        """Whose file it is, "" where it says so itself."""
        return self._mrn if self.whose.place == 1 else ""

    @property
    def is_waiting(self) -> bool:
        """Whether the worker is at it."""
        return self.progress.watch is not None

    def wait(self, watch: Watch) -> None:
        """Follow work on the worker; until it has come back nothing else can be asked for."""
        self.trouble.clear()
        self._show_saved(())
        self.setFocus()
        self._enable(False)
        self.progress.follow(watch)
        self.changed.emit()

    def show_plan(self, plan: CountsPlan) -> None:
        """Show what a file would bring."""
        is_other = self.plan is None or self.plan.file.data is not plan.file.data
        self._come_back()
        self.plan = plan
        self.summary.setText(summary_words(plan))
        self.lines.show_plan(plan)
        self.columns.show_columns(plan.columns, plan.mapping)
        self.question.show_question(plan.questions[0] if plan.questions else None, len(plan.questions))
        self.store.set_word(store_words(plan) or "Store")
        if is_other:
            self.parts.choose(LINES)
            self.keep.setChecked(False)
        self._show_state()
        self.take_keyboard()

    def show_stored(self, lines: Sequence[str]) -> None:
        """Say what was stored; another file can follow."""
        self._come_back()
        self.forget()
        self._show_saved(lines)
        self._show_state()
        self.take_keyboard()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong; what was shown stays."""
        self._come_back()
        self.trouble.show_trouble(trouble)
        self._show_state()
        self.take_keyboard()

    def _come_back(self) -> None:
        self.progress.finish()
        self._enable(True)

    def _show_saved(self, lines: Sequence[str]) -> None:
        self.saved.setText("\n".join(lines))
        self.saved.setVisible(bool(lines))
        self.saved_sign.setVisible(bool(lines))

    def _show_state(self) -> None:
        plan = self.plan
        self.summary.setVisible(self.saved.isHidden())
        self.whose.setVisible(plan is not None and bool(self._mrn))
        self.parts.setVisible(plan is not None)
        can_store = plan is not None and not why_not_stored(plan)
        self.store.setVisible(can_store)
        self.keep.setVisible(can_store and plan is not None and self._can_be_kept(plan))
        self.reason.setText(why_not_stored(plan) if plan is not None else "")
        self.reason.setVisible(bool(self.reason.text()))
        self.file.set_word("Another file …" if plan is not None or not self.saved.isHidden() else "Choose a file …")
        self._show_part(self.parts.place)

    @staticmethod
    def _can_be_kept(plan: CountsPlan) -> bool:
        """Whether a person has said how the file is to be read, and the next one may be like it."""
        return lasting(plan.mapping) != CountsMapping() and not is_bundle(plan.file.data)

    def _show_part(self, place: int) -> None:
        self.parts.choose(place)
        self.lines.setVisible(self.plan is not None and place == LINES)
        self.columns.setVisible(self.plan is not None and place == COLUMNS)
        self.changed.emit()

    def _show_columns(self) -> None:
        self._show_part(COLUMNS)
        self.columns.table.setFocus()

    def _enable(self, can: bool) -> None:
        for widget in (self.store, self.file, self.paste, self.whose, self.question, self.columns, self.keep):
            widget.setEnabled(can)

    def _file_pressed(self) -> None:
        self.file_asked.emit()

    def _paste_pressed(self) -> None:
        self.paste_asked.emit()

    def _whose_pressed(self, _place: int) -> None:
        self.whose_chosen.emit(self.mrn)

    def _answered(self, key: str, value: str) -> None:
        if self.plan is not None:
            self.mapping_chosen.emit(self.plan.mapping.answered(key, value))

    def confirm(self) -> None:
        """Announce that what is shown is to be stored."""
        if not self._why_not() and self.store.isEnabled():
            self.confirmed.emit(self.keep.isChecked() and not self.keep.isHidden())

    def _no_plan(self) -> str:
        return "" if self.plan is not None else "no file is shown"

    def _why_not(self) -> str:
        return self._no_plan() or (why_not_stored(self.plan) if self.plan is not None else "")

    def show_next_part(self) -> None:
        """Change between lines and columns."""
        if self.plan is not None:
            self._show_part(COLUMNS if self.parts.place == LINES else LINES)
            self.take_keyboard()

    def leave(self) -> None:
        """Stop what is going on; where nothing is, close."""
        if self.is_waiting:
            self.progress.stop()
        else:
            self.close_asked.emit()

    def forget(self) -> None:
        """Hold nothing of any patient."""
        self.plan = None
        self.lines.forget()
        self.columns.table.show_rows(())
        self.question.show_question(None)

    def close_view(self) -> None:
        """Stop what is going on and hold nothing of any patient."""
        super().close_view()
        self.progress.stop()
        self.progress.finish()
        self.forget()

    def help_name(self) -> str:
        """Help on this sheet."""
        return "import"

    def actions_offered(self) -> tuple[Action, ...]:
        """Store, another file, lines or columns, close; pasting has one key for the sheet and the board."""
        return (
            Action(
                "import.store", "Store what is new", self.confirm, "Ctrl+Return", hint="store", refusal=self._why_not
            ),
            Action("import.file", "Choose a file", self.file.click, "Alt+F", hint="file"),
            Action("import.part", SWITCH, self.show_next_part, "Alt+C", hint="lines or columns", refusal=self._no_plan),
            Action("import.close", "Cancel what is going on, or close", self.leave, "Escape", hint="close"),
        )

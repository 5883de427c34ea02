"""Owns the first row of every form: when it happened, with what was understood shown before anything is saved."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bedside.chart.formats import at_text, date_text, day_text, time_text
from bedside.chart.moments import At, day_number
from bedside.chart.reading import FORMS, Ambiguous, Refused, read_moment
from bedside.ui.forms.boxes import WIDTH, Box, BoxState
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.lines import said
from bedside.ui.forms.question_strip import Asked
from bedside.ui.forms.row import QUICK_LABEL, FieldRow, RowSpec
from bedside.ui.lettering import Run

AHEAD = timedelta(minutes=5)
WIDE = 190
EXAMPLES = "Also understood: 30.7. 22:15, −2h, now"


class MomentRow(FieldRow):
    """Types a moment or a day; day_only takes no time, may_be_ahead allows the future, as a plan needs it."""

    def __init__(
        self,
        spec: RowSpec,
        context: FormContext,
        *,
        starts_now: bool = False,
        day_only: bool = False,
        may_be_ahead: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, parent)
        self._context, self._day_only, self._may_be_ahead = context, day_only, may_be_ahead
        self.at: At | None = None
        self._kept = ""
        self._readings: tuple[At, ...] = ()
        self.box = Box(self.full_name, self)
        self.box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._fit()
        self.line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        self.line.addSpacing(10)
        self.line.addWidget(self.message, 1, Qt.AlignmentFlag.AlignVCenter)
        self.box.textChanged.connect(self._typed)
        self.box.next_asked.connect(self._enter_pressed)
        self.box.back_asked.connect(self._back_pressed)
        self.box.left.connect(self._left)
        if starts_now and context.starts_now:
            self.box.setText(time_text(context.now()))
            self.untouched = True
        else:
            self._read(final=False)

    def _fit(self) -> None:
        long = len(self.box.text()) > 8
        self.box.set_face(14 if long else 18, 600)
        self.box.setFixedWidth(WIDE if long else WIDTH)

    def _typed(self) -> None:
        self._fit()
        self._readings = ()
        self.strip.clear()
        self._read(final=False)
        self.touched()

    def _read(self, *, final: bool) -> str:
        """Read the text, show what was understood, and return why it cannot be stored, or ""."""
        self.at = None
        text = self.box.text().strip()
        if not text:
            self.box.set_state(BoxState.REST)
            self._show_empty()
            return ""
        read = read_moment(text, now=self._context.now(), day0=self._context.patient.day0)
        if isinstance(read, Ambiguous):
            self._ask_which(read)
            return ""
        why = read.why if isinstance(read, Refused) else self._objection(read)
        if why:
            self.box.set_state(BoxState.REFUSED if final else BoxState.REST)
            self.show_message(said("", why, rest_token="high" if final else "ink2"))
            return why
        assert isinstance(read, At)
        self._understood(read)
        return ""

    def _understood(self, at: At) -> None:
        self.at = At.parse(at.day.isoformat()) if self._day_only else at
        self.box.set_state(BoxState.REST)
        near = self._nearness(at)
        words = f", {near}" if near else ""
        was = f" Was {self.was}." if self.was and self.was != at_text(self.at) else ""
        roomy = self.spec.label_width == QUICK_LABEL and not self.was and not self.box.isReadOnly()
        examples = f" {EXAMPLES}" if roomy and near in ("today", "") else ""
        self.show_message(
            (
                Run("read as ", 13, 400, "ink2"),
                Run(at_text(self.at), 13, 600),
                Run(f"{words}.{was}{examples}", 13, 400, "ink2"),
            )
        )

    def _nearness(self, at: At) -> str:
        today, day0 = self._context.now().date(), self._context.patient.day0
        near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get((at.day - today).days, "")
        day = day_text(day_number(at.day, day0)) if day0 is not None else ""
        return near or day

    def _show_empty(self) -> None:
        was = f"Was {self.was}. " if self.was else ""
        words = f"required. {was}" if self.spec.required else was
        self.show_message(said("", f"{words}{self.spec.hint or 'Like ' + FORMS}"))

    def _objection(self, at: At) -> str:
        born = self._context.patient.birth_date
        if at.day < born:
            return f"{at_text(at)} lies before the patient’s birth, {date_text(born)}."
        return "" if self._may_be_ahead or not self._is_ahead(at, days=1) else f"{at_text(at)} is still ahead."

    def _is_ahead(self, at: At, days: int = 0) -> bool:
        now = self._context.now()
        if at.instant is None:
            return at.day > now.date()
        return at.instant > now + (timedelta(days=days) or AHEAD)

    def _ask_which(self, read: Ambiguous) -> None:
        self._readings = read.readings
        self.box.set_state(BoxState.QUESTION)
        self.show_message(said("", "This can be read in two ways."))
        answers = tuple(at_text(at) for at in read.readings)
        self.strip.ask(Asked(f"{' or '.join(answers)}?", "Both can be meant.", answers))

    def _ask_yesterday(self, at: At) -> None:
        if at.instant is None:
            return
        earlier = At.parse((at.instant - timedelta(days=1)).isoformat())
        self._readings = (earlier, at)
        self.box.set_state(BoxState.QUESTION)
        detail = f"It is {time_text(self._context.now())} now."
        answers = (f"Change to {at_text(earlier)}", f"Keep {at_text(at)}")
        self.strip.ask(Asked(f"{at_text(at)} is still ahead.", detail, answers))

    def settle(self) -> str:
        """Refuse what is no date or cannot be, ask about what is ambiguous or ahead, and say when it is required."""
        if self._readings and self.has_question:
            return ""
        kept = self.at if self.box.text() == self._kept and self._kept else None
        if kept is not None:
            return ""
        if not self.box.text().strip():
            if self.spec.required:
                self.box.set_state(BoxState.REFUSED)
                self.show_fault(f"{self.spec.label} is required. Type it like {FORMS}.")
                return "required"
            return ""
        why = "" if self.at is not None else self._read(final=True)
        if not why and self.at is not None and not self._may_be_ahead and self._is_ahead(self.at):
            self._ask_yesterday(self.at)
        return why

    def answer(self, index: int) -> None:
        """Take the reading that was meant and write it out in the box."""
        if index < len(self._readings):
            chosen = self._readings[index]
            self._kept = at_text(chosen)
            self.box.setText(self._kept)
            self.strip.clear()
            self._understood(chosen)
            self.next_asked.emit(self)

    def _enter_pressed(self) -> None:
        refusal = self.settle()
        if self.has_question:
            self.strip.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not refusal:
            self.next_asked.emit(self)

    def _back_pressed(self) -> None:
        self.back_asked.emit(self)

    def _left(self) -> None:
        if not self.box.isReadOnly() and self.box.text():
            self.settle()

    def take_keyboard(self) -> None:
        """Into the box, its text selected."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)
        self.box.selectAll()

    def contribute(self, fields: dict[str, Any]) -> None:
        """The exact ISO text of what was understood."""
        if self.at is not None:
            fields[self.spec.name] = self.at.text

    def count(self) -> int:
        """A moment is not counted among the values."""
        return 0

    def state(self) -> Any:
        """The moment written out, so that it means the same tomorrow; the text while it is not understood."""
        if self.at is not None:
            return at_text(self.at)
        return self.box.text() or None

    def restore(self, state: Any) -> None:
        """Show the moment as it was typed."""
        if isinstance(state, str):
            self.box.setText(state)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the moment of an entry exactly as it stands there."""
        text = fields.get(self.spec.name)
        if isinstance(text, str):
            at = At.parse(text)
            self.was = self._kept = at_text(at)
            self.box.setText(self._kept)
            self._understood(at)

    def set_locked(self, locked: bool) -> None:
        """Keep the moment as it is, without a word on how one is typed."""
        self.box.set_locked(locked)
        if self.at is not None:
            self._understood(self.at)

"""Owns the first row of every form: when it happened, with what was understood shown before anything is saved."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from bedside.chart.formats import at_text
from bedside.chart.moments import At
from bedside.ui.forms.boxes import WIDTH, Box, BoxState
from bedside.ui.forms.context import FormContext
from bedside.ui.forms.lines import said
from bedside.ui.forms.row import QUICK_LABEL, FieldRow, RowSpec
from bedside.ui.forms.typed_moment import UNTIL_NOW, TakenMoments, TypedMoment
from bedside.ui.lettering import Run

WIDE = 190
EXAMPLES = "Also understood: 30.7. 22:15, −2h, now"


LIKE_MOMENTS = "Like 5.5.26, 05-May-2026 14:30, −2h, D+28, now"
LIKE_DAYS = "Like 5.5.26, 05-May-2026, +3d, D+28"


class MomentRow(FieldRow):
    """Types a moment or a day, of those that it takes."""

    def __init__(
        self,
        spec: RowSpec,
        context: FormContext,
        takes: TakenMoments = UNTIL_NOW,
        parent: QWidget | None = None,
        *,
        starts_now: bool = False,
    ) -> None:
        super().__init__(spec, parent)
        self.typed = TypedMoment(context, takes)
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
            self.typed.type_now()
            self.box.setText(self.typed.text)
            self.untouched = True
        else:
            self._show_read(final=False)

    @property
    def at(self) -> At | None:
        """The moment, as far as it is understood."""
        return self.typed.at

    def _fit(self) -> None:
        long = len(self.box.text()) > 8
        self.box.set_face(14 if long else 18, 600)
        self.box.setFixedWidth(WIDE if long else WIDTH)

    def _typed(self) -> None:
        self._fit()
        if self.box.text() != self.typed.text:
            self.typed.type(self.box.text())
        self._show_read(final=False)
        self.touched()

    def _show_read(self, *, final: bool) -> None:
        """Show what was understood, what is asked, or why it cannot be."""
        self._show_asked()
        if self.typed.asked is not None:
            return
        if not self.box.text().strip():
            self.box.set_state(BoxState.REST)
            self._show_empty()
        elif self.typed.at is None:
            self.box.set_state(BoxState.REFUSED if final else BoxState.REST)
            self.show_message(said("", self.typed.why, rest_token="high" if final else "ink2"))
        else:
            self._understood(self.typed.at)

    def _show_asked(self) -> None:
        asked = self.typed.asked
        if asked is None:
            self.strip.clear()
            return
        self.box.set_state(BoxState.QUESTION)
        if self.typed.at is None:
            self.show_message(said("", "This can be read in two ways."))
        self.strip.ask(asked)

    def _understood(self, at: At) -> None:
        self.box.set_state(BoxState.REST)
        near = self.typed.nearness()
        words = f", {near}" if near else ""
        was = f" Was {self.was}." if self.was and self.was != at_text(at) else ""
        roomy = (
            self.spec.label_width == QUICK_LABEL
            and self.box.width() < WIDE
            and not self.was
            and not self.box.isReadOnly()
        )
        examples = f" {EXAMPLES}" if roomy and near in ("today", "") else ""
        self.show_message(
            (
                Run("read as ", 13, 400, "ink2"),
                Run(at_text(at), 13, 600),
                Run(f"{words}.{was}{examples}", 13, 400, "ink2"),
            )
        )

    def _show_empty(self) -> None:
        was = f"Was {self.was}. " if self.was else ""
        words = f"required. {was}" if self.spec.required else was
        like = LIKE_DAYS if self.typed.is_day else LIKE_MOMENTS
        self.show_message(said("", f"{words}{self.spec.hint or like}"))

    def settle(self) -> str:
        """Refuse what is no date or cannot be, ask about what is ambiguous or ahead, and say when it is required."""
        why = self.typed.settle(required=self.spec.label if self.spec.required else "")
        self._show_asked()
        if why:
            self.box.set_state(BoxState.REFUSED)
            self.show_fault(why)
        return why

    def answer(self, index: int) -> None:
        """Take the reading that was meant and write it out in the box."""
        if self.typed.answer(index):
            self.box.setText(self.typed.text)
            self._show_read(final=False)
            self.next_asked.emit(self)

    def _enter_pressed(self) -> None:
        refusal = self.settle()
        if self.has_question:
            self.strip.take_keyboard()
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
        return self.typed.state

    def restore(self, state: Any) -> None:
        """Show the moment as it was typed."""
        if isinstance(state, str):
            self.box.setText(state)

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the moment of an entry exactly as it stands there."""
        text = fields.get(self.spec.name)
        if isinstance(text, str):
            at = At.parse(text)
            self.was = at_text(at)
            self.typed.keep(at)
            self.box.setText(self.was)
            self._show_read(final=False)

    def set_locked(self, locked: bool) -> None:
        """Keep the moment as it is, without a word on how one is typed."""
        self.box.set_locked(locked)
        if self.at is not None:
            self._understood(self.at)

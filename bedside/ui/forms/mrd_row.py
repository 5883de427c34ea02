"""Owns the row of one MRD method: its result, and when there is one its value and limit of detection as understood."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.chart.enums import MrdOutcome
from bedside.chart.formats import label
from bedside.chart.fractions import EXAMPLES, EitherShare, Share, read_share, share_text
from bedside.chart.reading import Refused
from bedside.ui.forms.boxes import Box, BoxState
from bedside.ui.forms.choice_rows import NOT_RECORDED
from bedside.ui.forms.lines import said
from bedside.ui.forms.question_strip import Asked
from bedside.ui.forms.row import FieldRow, RowSpec
from bedside.ui.forms.segments import HEIGHT, Option, Segments
from bedside.ui.lettering import Run
from bedside.ui.widgets.labels import PlainLabel

PARTS = {"value": "Value", "lod": "Limit of detection"}
_SHARE = r"[0-9.,%/^xX×*eE⁰¹²³⁴⁵⁶⁷⁸⁹⁻−\- ]{0,24}"
"""What a share of cells is written with."""


class MrdRow(FieldRow):
    """One method reports once per sample. A share of cells is shown as power of ten and in % before it is saved."""

    def __init__(self, spec: RowSpec, method: str, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.method = method
        options = [Option(code.value, label(code.value)) for code in MrdOutcome]
        self.result = Segments([*options, NOT_RECORDED], f"{spec.label}, result", parent=self)
        self.result.choose(())
        self.boxes = {name: Box(f"{spec.label}, {words.lower()}", self) for name, words in PARTS.items()}
        below = [Option("below", "below LOQ"), Option("above", "not below")]
        self.below = Segments(below, f"{spec.label}, below the limit of quantification", several=True, parent=self)
        self.detail = QWidget(self)
        self._shares: dict[str, tuple[str, float]] = {}
        self._open = ""
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.detail)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, box in self.boxes.items():
            box.setFixedSize(96, HEIGHT)
            box.set_face(14, 600)
            row.addWidget(PlainLabel(PARTS[name], 13, 400, "ink2", self.detail))
            row.addWidget(box)
            row.addSpacing(6)
        row.addWidget(self.below, 1)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.result)
        column.addWidget(self.detail)
        column.addWidget(self.message)
        self.line.setContentsMargins(24, 9, 24, 9)
        self.line.addLayout(column, 1)
        self.line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.label.setMinimumHeight(HEIGHT)

    def _connect(self) -> None:
        self.result.changed.connect(self._result_changed)
        self.result.next_asked.connect(self._after_result)
        self.result.back_asked.connect(self._back)
        self.below.changed.connect(self._below_changed)
        self.below.next_asked.connect(self._next)
        self.below.back_asked.connect(self.boxes["lod"].setFocus)
        for box in self.boxes.values():
            box.take_only(_SHARE)
            box.textChanged.connect(self._typed)
            box.inputRejected.connect(self._say_what_is_taken)
            box.left.connect(self._left)
        self.boxes["value"].next_asked.connect(self._after_value)
        self.boxes["value"].back_asked.connect(self.result.take_keyboard)
        self.boxes["lod"].next_asked.connect(self._after_lod)
        self.boxes["lod"].back_asked.connect(self.boxes["value"].setFocus)

    @property
    def key(self) -> str:
        """The name of the row in a draft."""
        return f"mrd.{self.method}"

    @property
    def outcome(self) -> str:
        """The reported result, "" while none is chosen."""
        return self.result.chosen[0] if self.result.chosen else ""

    def _below_changed(self) -> None:
        chosen = self.sender()
        pressed = [button for button in self.below.buttons if button.hasFocus()]
        if chosen is self.below and len(self.below.chosen) > 1 and pressed:
            self.below.choose([str(pressed[0].option.code)])
        self.touched()

    def _result_changed(self) -> None:
        self._refresh()
        self.touched()

    def _refresh(self) -> None:
        self.detail.setVisible(bool(self.outcome) and self.outcome != "not_evaluable")
        self._tell()

    def _typed(self) -> None:
        self._open = ""
        self.strip.clear()
        self._tell()
        self.touched()

    def _say_what_is_taken(self) -> None:
        """Tell why a key or what was pasted left a box as it was."""
        self.show_not_taken(f"a share of cells like {EXAMPLES}")

    def _tell(self) -> None:
        """Show what was understood, or what cannot be."""
        understood = []
        for name, words in PARTS.items():
            value = self.share(name)
            box = self.boxes[name]
            box.set_state(BoxState.REST)
            if value is not None:
                understood.append((Run(f"{words} read as ", 12, 400, "ink2"), Run(share_text(value), 12, 600)))
        fault = self._fault()
        lines = [said("", fault, rest_token="high")] if fault else []
        gap = (Run("   ", 12),)
        joined = tuple(run for part in understood for run in (*part, *gap))
        self.show_message(*([joined] if joined else []), *lines)
        if not joined and not fault and self.detail.isVisibleTo(self):
            self.show_message(said("", f"Type a share of cells like {EXAMPLES}."))
        self.message.setVisible(bool(joined or fault or self.detail.isVisibleTo(self)))

    def _fault(self) -> str:
        value, lod = self.share("value"), self.share("lod")
        if lod == 0:
            return "A limit of detection is above zero."
        if self.method == "ngs" and self.outcome == "negative" and value:
            return "NGS is negative but has a value above zero; any detection by NGS is positive."
        return ""

    def share(self, name: str) -> float | None:
        """The share typed into a box, None while it is empty, not understood, or asked about."""
        text = self.boxes[name].text().strip()
        kept = self._shares.get(name)
        if kept is not None and kept[0] == text:
            return kept[1]
        read = read_share(text) if text else None
        return read.value if isinstance(read, Share) else None

    def _settle_box(self, name: str) -> str:
        box, text = self.boxes[name], self.boxes[name].text().strip()
        if not text or self.share(name) is not None:
            return ""
        read = read_share(text)
        if isinstance(read, EitherShare):
            self._open = name
            box.set_state(BoxState.QUESTION)
            answers = (share_text(read.as_percent), share_text(read.as_fraction))
            self.strip.ask(Asked(f"{PARTS[name]} {text}?", "It can be meant as per cent or as a fraction.", answers))
            return ""
        box.set_state(BoxState.REFUSED)
        why = read.why if isinstance(read, Refused) else ""
        self.show_message(said("", why, rest_token="high"))
        return why

    def answer(self, index: int) -> None:
        """Take the reading that was meant."""
        name = self._open
        if not name:
            return
        text = self.boxes[name].text().strip()
        read = read_share(text)
        if isinstance(read, EitherShare):
            self._shares[name] = (text, read.as_percent if index == 0 else read.as_fraction)
        self._open = ""
        self.strip.clear()
        self._tell()
        self.touched()
        (self._after_value if name == "value" else self._after_lod)()

    def settle(self) -> str:
        """Refuse what contradicts itself, ask what can be read in two ways."""
        if not self.outcome or self.outcome == "not_evaluable":
            return ""
        for name in PARTS:
            why = self._settle_box(name)
            if why or self.has_question:
                return why
        return self._fault()

    def _after_result(self) -> None:
        """To what the result is reported with first: the limit of detection of a negative one, a value else."""
        if self.detail.isVisibleTo(self):
            name = "lod" if self.outcome == MrdOutcome.NEGATIVE else "value"
            self.boxes[name].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.next_asked.emit(self)

    def _leave(self, name: str) -> bool:
        why = self._settle_box(name)
        if self.has_question:
            self.strip.take_keyboard()
        return not why and not self.has_question

    def _after_value(self) -> None:
        if self._leave("value"):
            self.boxes["lod"].setFocus(Qt.FocusReason.TabFocusReason)

    def _after_lod(self) -> None:
        if self._leave("lod"):
            self.next_asked.emit(self)

    def _left(self) -> None:
        if not self.boxes["value"].isReadOnly():
            self.settle()

    def _next(self) -> None:
        self.next_asked.emit(self)

    def _back(self) -> None:
        self.back_asked.emit(self)

    def take_keyboard(self) -> None:
        """Into the box that is asked about, else the result."""
        if self._open:
            self.boxes[self._open].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.result.take_keyboard()

    def contribute(self, fields: dict[str, Any]) -> None:
        """One report of the list."""
        if not self.outcome:
            return
        report: dict[str, Any] = {"method": self.method, "result": self.outcome}
        if self.outcome != "not_evaluable":
            report |= {name: self.share(name) for name in PARTS if self.share(name) is not None}
            if self.below.chosen:
                report["below_loq"] = self.below.chosen[0] == "below"
        fields.setdefault("mrd", []).append(report)

    def state(self) -> Any:
        """Result, texts and readings."""
        texts = {name: box.text() for name, box in self.boxes.items() if box.text()}
        if not self.outcome and not texts:
            return None
        return {
            "result": list(self.result.chosen),
            "below": list(self.below.chosen),
            "texts": texts,
            "shares": {name: list(share) for name, share in self._shares.items()},
        }

    def restore(self, state: Any) -> None:
        """Show it again."""
        if not isinstance(state, Mapping):
            return
        self.result.choose(state.get("result") or ())
        self.below.choose(state.get("below") or ())
        self._shares = {name: (str(text), float(value)) for name, (text, value) in (state.get("shares") or {}).items()}
        for name, text in (state.get("texts") or {}).items():
            self.boxes[name].setText(text)
        self._refresh()

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the method's report of an entry."""
        for report in fields.get("mrd") or ():
            if report["method"] != self.method:
                continue
            self.result.choose([report["result"]])
            if report.get("below_loq") is not None:
                self.below.choose(["below" if report["below_loq"] else "above"])
            for name in PARTS:
                if report.get(name) is not None:
                    text = f"{report[name]:.6g}".replace("e-0", "e-")
                    self._shares[name] = (text, report[name])
                    self.boxes[name].setText(text)
        self._refresh()

    def set_locked(self, locked: bool) -> None:
        """Keep the report as it is."""
        self.result.set_locked(locked)
        self.below.set_locked(locked)
        for box in self.boxes.values():
            box.set_locked(locked)

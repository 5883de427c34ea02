"""Owns what stands beside the pages: what is missing, for whom, on which paper, and what was sent before."""

import json
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bedside.service.handoff import LONGEST_RECIPIENT
from bedside.service.summaries import Page, Paper
from bedside.ui.forms.segments import Option, Segments
from bedside.ui.handoff.sent_list import SentList
from bedside.ui.paragraph import Line
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, Rule, TextBlock

LONGEST_QUESTION = 240
PAPERS: tuple[Page, ...] = ("A4", "Letter")


class HandoffPanel(QWidget):
    """`save_asked`, `print_asked`, `paper_changed`, `sign_asked(pin)`; the fields hold what was typed.

    `typed` comes after each key in what may be kept as a draft: neither password nor PIN.
    """

    typed = Signal()

    save_asked = Signal()
    print_asked = Signal()
    paper_changed = Signal()
    sign_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.missing, self.changed_since, self.sent = TextBlock(), TextBlock(), SentList()
        self.recipient, self.password, self.question, self.pin = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.papers = Segments([Option(paper, paper) for paper in PAPERS], "Paper")
        self.papers.choose(PAPERS[:1])
        self.counts = Segments(
            [Option("without", "Left out"), Option("with", "At the end")],
            "Every count and entry, and what registries ask",
        )
        self.counts.choose(("without",))
        self.save, self.print, self.sign = PushButton("Save as PDF"), PushButton("Print"), PushButton("Sign")
        self._prepare()
        self._lay_out()

    def _prepare(self) -> None:
        self.recipient.setAccessibleName("To whom, kept in the list of what was sent")
        self.recipient.setPlaceholderText("Transplant team, hospital")
        self.recipient.setMaxLength(LONGEST_RECIPIENT)
        self.password.setAccessibleName("Password that locks the file, empty for none")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("none")
        self.question.setAccessibleName("What is asked of the reader, empty for what the course leaves open")
        self.question.setPlaceholderText("what the course leaves open")
        self.question.setMaxLength(LONGEST_QUESTION)
        self.question.editingFinished.connect(self.paper_changed)
        self.recipient.textEdited.connect(self.typed)
        self.question.textEdited.connect(self.typed)
        self.pin.setAccessibleName("Your PIN, to sign the summary")
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.returnPressed.connect(self._sign_clicked)
        self.sign.clicked.connect(self._sign_clicked)
        self.save.setProperty("look", "primary")
        self.save.clicked.connect(self._save_clicked)
        self.print.clicked.connect(self._print_clicked)
        self.papers.changed.connect(self.paper_changed)
        self.counts.changed.connect(self.paper_changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 16)
        column.setSpacing(6)
        _section(column, "What is missing", self.missing)
        _section(column, "Recorded since it was sent last", self.changed_since)
        column.addWidget(PlainLabel("Hand over", 15, 600))
        for word, field in (
            ("Asked", self.question), ("To", self.recipient), ("Password", self.password), ("Paper", self.papers),
            ("All counts", self.counts), ("PIN", self.pin),
        ):  # fmt: skip
            column.addLayout(_named(word, field))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.sign)
        buttons.addWidget(self.save)
        buttons.addWidget(self.print)
        buttons.addStretch(1)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(10)
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(PlainLabel("Sent before", 15, 600))
        column.addWidget(self.sent)
        column.addStretch(1)

    @property
    def page(self) -> Page:
        """The paper that is chosen."""
        return "Letter" if self.papers.chosen == ("Letter",) else "A4"

    def show_lists(self, missing: Sequence[Line], changed: Sequence[Line]) -> None:
        """Show what is missing, and what was recorded since."""
        self.missing.show_paragraphs(*missing)
        self.changed_since.show_paragraphs(*changed)

    def clear(self) -> None:
        """Forget the patient, and what was typed for this one."""
        self.show_lists((), ())
        self.sent.clear()
        for field in (self.recipient, self.password, self.question, self.pin):
            field.clear()

    def draft(self) -> str:
        """Return to whom and with what question it is handed over, as JSON text; "" while neither was typed."""
        typed = {"recipient": self.recipient.text(), "question": self.question.text()}
        return json.dumps(typed, ensure_ascii=False) if any(typed.values()) else ""

    def restore(self, draft: str) -> None:
        """Show what was typed earlier, unless something was typed meanwhile."""
        if not self.draft():
            typed: dict[str, str] = json.loads(draft)
            self.recipient.setText(typed.get("recipient", ""))
            self.question.setText(typed.get("question", ""))
            self.paper_changed.emit()

    def paper(self, *, locked: bool) -> Paper:
        """Return how the summary is to be made; the password only where it is handed out."""
        password = self.password.text() if locked else ""
        return Paper(
            self.page, password or None, self.counts.chosen == ("with",), " ".join(self.question.text().split())
        )

    def _sign_clicked(self) -> None:
        self.sign_asked.emit(self.pin.text())
        self.pin.clear()

    def _save_clicked(self) -> None:
        self.save_asked.emit()

    def _print_clicked(self) -> None:
        self.print_asked.emit()


def _named(word: str, field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    label = PlainLabel(word, 13, 400, "ink2")
    label.setFixedWidth(76)
    row.addWidget(label)
    row.addWidget(field, 1)
    return row


def _section(column: QVBoxLayout, head: str, lines: TextBlock) -> None:
    column.addWidget(PlainLabel(head, 15, 600))
    column.addWidget(lines)
    column.addSpacing(8)
    column.addWidget(Rule())
    column.addSpacing(4)

"""The handoff view: the pages as they will print, and beside them what is missing, and how they are handed over."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.service.handoff import (
    KeptSummary,
    Order,
    PagePicture,
    SentCopy,
    changed_since,
    missing,
    preview,
    sent,
    sign,
)
from bedside.service.permissions import Action as Right
from bedside.service.permissions import may
from bedside.ui.actions import Action
from bedside.ui.background import Job
from bedside.ui.criteria import CriteriaWords
from bedside.ui.forms.context import DraftText
from bedside.ui.forms.doors import Doors
from bedside.ui.forms.draft_keeper import DraftKeeper
from bedside.ui.handoff.pages import WIDTH, Pages, PagesArea
from bedside.ui.handoff.panel import HandoffPanel
from bedside.ui.handoff.words import changed_lines, missing_lines, sent_lines
from bedside.ui.start import Desk
from bedside.ui.troubles import Trouble
from bedside.ui.view import SMALLEST_VIEW, View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.labels import PlainLabel
from bedside.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from bedside.service.read import Opened

SIDE = 400
FORM = "handoff"
"""The name of the draft of what is typed beside the pages."""


class HandoffView(View):
    """Shows what was opened; `save_asked(order, recipient)` and `print_asked(order, recipient)` hand it over.

    `copy_asked(copy)` asks for a summary as it was sent before.
    """

    copy_asked = Signal(object)
    save_asked = Signal(object, str)
    print_asked = Signal(object, str)

    def __init__(
        self,
        words: CriteriaWords,
        desk: Desk,
        order: Callable[[], Order | None],
        more_actions: Callable[[], tuple[Action, ...]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumSize(*SMALLEST_VIEW)
        self._words, self._desk, self._asked, self._more = words, desk, order, more_actions
        self._opened: Opened | None = None
        self._job: Job | None = None
        self._drafts: DraftKeeper | None = None
        self.pages, self.panel = Pages(), HandoffPanel()
        self.state, self.trouble = PlainLabel("", 12, 400, "ink2"), Alert("trouble")
        self._lay_out()
        self.panel.paper_changed.connect(self._read_pages)
        self.panel.typed.connect(self._typed)
        self.panel.save_asked.connect(self.save)
        self.panel.print_asked.connect(self.print)
        self.panel.sign_asked.connect(self.sign)
        self.panel.sent.copy_asked.connect(self._copy_asked)

    def _lay_out(self) -> None:
        self.area = PagesArea(self.pages)
        left = QVBoxLayout()
        left.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(24, 10, 24, 10)
        top.addWidget(self.state)
        top.addWidget(self.trouble)
        left.addLayout(top)
        left.addWidget(self.area, 1)
        side = scrolling(self.panel)
        side.setFixedWidth(SIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addLayout(left, 1)
        row.addWidget(side)

    def show_opened(self, opened: "Opened") -> None:
        """Show what is missing at once, and read the pages and what was sent behind it."""
        self._opened = opened
        self._begin_draft()
        self._show_lists(None)
        self._read_pages()
        self._desk.background.run(partial(sent, self._desk.session, opened.chart.patient.mrn), self._sent_read)
        self.changed.emit()

    def _begin_draft(self) -> None:
        """Bring back what was typed for this patient, where the person may keep anything in the store."""
        session = self._desk.session
        may_keep = not session.read_only and may(session.roles, Right.RECORD)
        if may_keep and self._drafts is None and self._opened is not None:
            self._drafts = DraftKeeper(FORM, Doors(session, self._desk.background, self._opened.chart.patient), self)
            self._drafts.found.connect(self._draft_found)
            self._drafts.look()

    def _draft_found(self, draft: DraftText) -> None:
        self.panel.restore(draft.body)

    def _typed(self) -> None:
        if self._drafts is not None:
            self._drafts.keep(self.panel.draft())

    def _end_draft(self) -> None:
        drafts, self._drafts = self._drafts, None
        if drafts is not None:
            drafts.flush()
            drafts.closed = True
            drafts.deleteLater()

    def order(self, *, locked: bool = False) -> Order | None:
        """What would be handed over now: the patient and moment that are shown, on the paper that is chosen."""
        asked = self._asked()
        if asked is None:
            return None
        return Order(asked.mrn, asked.as_of, asked.known_at, self.panel.paper(locked=locked))

    def _read_pages(self) -> None:
        order = self.order()
        if self._job is not None:
            self._job.drop()
        if order is None:
            return
        self.state.setText("The pages are being made")
        self.trouble.clear()
        width = round(WIDTH * self.devicePixelRatioF())
        work = partial(preview, self._desk.session, order, width)
        self._job = self._desk.background.run(work, self._pages_read, self._pages_failed)

    def _pages_read(self, pages: tuple[PagePicture, ...]) -> None:
        self.pages.show_pages(pages)
        count = f"{len(pages)} {'page' if len(pages) == 1 else 'pages'}"
        self.state.setText(f"{count} on {self.panel.page}, as it will print. The file carries the chart.")

    def _pages_failed(self, trouble: Trouble) -> None:
        self.pages.show_pages(())
        self.state.setText("The pages could not be made.")
        self.trouble.show_trouble(trouble)

    def _sent_read(self, kept: tuple[KeptSummary, ...]) -> None:
        """Show what was sent, up to the moment to which the window is turned back."""
        order = self.order()
        known_at = None if order is None else order.known_at
        self._show_lists(tuple(one for one in kept if known_at is None or one.made_at <= known_at))

    def _show_lists(self, kept: tuple[KeptSummary, ...] | None) -> None:
        if self._opened is None:
            return
        before = changed_since(self._opened, kept[0]) if kept else None
        self.panel.show_lists(
            missing_lines(missing(self._opened, self._words.knowledge)),
            changed_lines(before) if kept is not None else (),
        )
        if kept is None:
            self.panel.sent.clear()
        else:
            self.panel.sent.show_sent(sent_lines(kept, self._desk.session.zone), [one.id for one in kept])

    def _copy_asked(self, summary: str) -> None:
        if self._opened is not None:
            self.copy_asked.emit(SentCopy(self._opened.chart.patient.mrn, summary))

    def show_handed_over(self) -> None:
        """Read again what was sent, after one more was."""
        if self._opened is not None:
            if self._drafts is not None:
                self._drafts.drop()
            mrn = self._opened.chart.patient.mrn
            self._desk.background.run(partial(sent, self._desk.session, mrn), self._sent_read)

    def save(self) -> None:
        """Ask where the file shall be written."""
        order = self.order(locked=True)
        if order is not None:
            self.save_asked.emit(order, self.panel.recipient.text())

    def print(self) -> None:
        """Ask for a printer."""
        order = self.order()
        if order is not None:
            self.print_asked.emit(order, self.panel.recipient.text())

    def sign(self, pin: str) -> None:
        """Sign the summary with a PIN."""
        order = self.order()
        if order is not None:
            work = partial(sign, self._desk.session, order.mrn, pin)
            self._desk.background.run(work, self._signed, self._not_signed)

    def _signed(self, _changes: object) -> None:
        self._read_pages()

    def _not_signed(self, trouble: Trouble) -> None:
        self.trouble.show_trouble(trouble)

    def clear(self) -> None:
        """Forget the patient; what was typed is kept as a draft first."""
        if self._job is not None:
            self._job.drop()
        self._end_draft()
        self._opened = None
        self.pages.show_pages(())
        self.panel.clear()
        self.state.setText("")
        self.trouble.clear()

    def take_keyboard(self) -> None:
        """Take the keyboard to the recipient."""
        self.panel.recipient.setFocus()

    def help_name(self) -> str:
        """Help on this view."""
        return "handoff"

    def actions_offered(self) -> tuple[Action, ...]:
        """Save, print."""
        return (
            Action("handoff.save", "Save the summary as PDF", self.save, "Ctrl+S", hint="save as PDF"),
            Action("handoff.print", "Print the summary", self.print, "Ctrl+P", hint="print"),
            *(self._more() if self._more is not None else ()),
        )

    def note(self) -> str:
        """What the summary is for."""
        return "It informs; the physician decides"

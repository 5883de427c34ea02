"""Owns the sign-in page: it opens, unlocks or creates the store on the worker and announces the open session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bedside.ui import theme
from bedside.ui.sign_in.panel import WIDTH, ClockPanel
from bedside.ui.start import Start
from bedside.ui.widgets.enter_button import PushButton

if TYPE_CHECKING:  # each of them is imported when it is needed, so that the first paint does not wait for it
    from bedside.ui.background import Background
    from bedside.ui.sign_in.creation_form import CreationForm
    from bedside.ui.sign_in.passphrase_form import PassphraseForm
    from bedside.ui.sign_in.pin_form import PinForm
    from bedside.ui.sign_in.recover_form import RecoverForm
    from bedside.ui.sign_in.recovery_form import RecoveryForm
    from bedside.ui.sign_in.restore_form import RestoreForm
    from bedside.ui.sign_in.restoring import Restoring
    from bedside.ui.start import UserLine
    from bedside.ui.troubles import Trouble

    Form = PassphraseForm | CreationForm | RecoveryForm | RecoverForm | PinForm | RestoreForm

FORM_ROOM = 520
DRAFT = {
    None: ("Draft", "{}. It is being kept."),
    True: ("Draft kept", "{}. It comes back to you alone, when you open it again."),
    False: ("Draft not kept", "{}. Look what comes back when you open it again, and type the rest anew."),
}
"""What is said of what the lock found typed, by whether it was kept; None while that is not known."""


class SignInPage(QWidget):
    """Left the clock and the store, right one of three forms; `signed_in(session, user)` when a store is open."""

    signed_in = Signal(object, str)
    first_painted = Signal()

    def __init__(self, start: Start, worker: Callable[[], Background], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start, self._worker = start, worker
        self._painted, self.closed = False, False
        self._session: Any = None
        self._user, self._locked, self._locked_at, self._unsaved = "", False, "", ""
        self._draft_kept: bool | None = None
        self._facts_lines: tuple[tuple[str, str], ...] = ()
        self.restoring: Restoring | None = None
        self.form: Form | None = None
        self.panel = ClockPanel(start.now, start.demo_line, self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addWidget(self._area, 1)

    def ask(self, *, locked: bool = False, user: str = "", unsaved: str = "") -> None:
        """Ask for a passphrase, or for a new store when there is none; unsaved is what the lock found typed."""
        self._locked_at = self._locked_at or (f"{self._start.now():%H:%M}" if locked else "")
        self._unsaved = unsaved or self._unsaved
        self._locked = locked
        self._user = user
        facts = self._start.facts()
        self._facts_lines = facts.lines
        self._show_lines()
        if facts.exists:
            from bedside.ui.sign_in.passphrase_form import PassphraseForm

            form = PassphraseForm()
            form.show_facts(facts, locked=locked, user=user)
            form.submitted.connect(self._open)
            self._show_form(form, may_restore=not locked)
        else:
            from bedside.ui.sign_in.creation_form import CreationForm

            creation = CreationForm()
            creation.submitted.connect(self._create)
            self._show_form(creation)

    def tell_draft(self, *, kept: bool) -> None:
        """Say whether what the lock found typed was kept; what was lost once stays lost."""
        self._draft_kept = kept and self._draft_kept is not False
        self._show_lines()

    def _show_lines(self) -> None:
        self.panel.show_lines((*self._lines_of_the_lock(), *self._facts_lines) if self._locked else self._facts_lines)

    def _lines_of_the_lock(self) -> tuple[tuple[str, str], ...]:
        locked = ("Locked", self._locked_at)
        caption, words = DRAFT[self._draft_kept]
        return (locked, (caption, words.format(self._unsaved))) if self._unsaved else (locked,)

    def offer_pins(self, returning: Sequence[UserLine]) -> None:
        """Ask for a PIN instead, unless somebody has begun to type a passphrase or is signing in."""
        from bedside.ui.sign_in.passphrase_form import PassphraseForm
        from bedside.ui.sign_in.pin_form import PinForm

        shown = self.form
        if not isinstance(shown, PassphraseForm) or shown.waiting or shown.passphrase.box.text():
            return
        form = PinForm()
        form.show_users(returning, self._user)
        form.submitted.connect(self._resume)
        form.passphrase_asked.connect(self._ask_passphrase)
        self._show_form(form)

    def _ask_passphrase(self, user: str) -> None:
        self.ask(locked=self._locked, user=user)

    def _resume(self, user: str, pin: str) -> None:
        turns = self._start.turns
        if turns is not None:
            self._user = user
            self._worker().run(partial(turns.resume, user, pin), self._opened, self._failed)

    def _show_form(self, form: Form, *, may_restore: bool = False) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(1)
        column.addWidget(form, 0, Qt.AlignmentFlag.AlignHCenter)
        if may_restore:
            form.add_ways(self._ways_back(form))
        column.addStretch(1)
        self._area.setWidget(holder)
        self.form = form
        form.take_keyboard()

    def _open(self, user: str, passphrase: str) -> None:
        self._user = user
        self._worker().run(partial(self._start.open_store, user, passphrase), self._opened, self._failed)

    def _create(self, user: str, passphrase: str) -> None:
        self._user = user
        self._worker().run(partial(self._start.create_store, user, passphrase), self._created, self._failed)

    def _ways_back(self, holder: QWidget) -> list[QPushButton]:
        """The links for somebody who cannot just sign in."""
        ways = (
            ("Use the recovery code …", self.offer_recovery, self._start.recover),
            ("Restore a backup …", self._restore_pressed, self._start.restores),
        )
        links = [(PushButton(word, holder), pressed) for word, pressed, is_there in ways if is_there is not None]
        for link, pressed in links:
            link.setProperty("look", "link")
            link.clicked.connect(pressed)
        return [link for link, _pressed in links]

    def offer_recovery(self) -> None:
        """Ask for the recovery code, and the new passphrase of a name."""
        from bedside.ui.sign_in.passphrase_form import PassphraseForm
        from bedside.ui.sign_in.recover_form import RecoverForm

        form = RecoverForm(self.form.user if isinstance(self.form, PassphraseForm) else self._user)
        form.submitted.connect(self._recover)
        form.given_up.connect(self._restore_ended)
        self._show_form(form)

    def _recover(self, code: str, user: str, passphrase: str) -> None:
        recover = self._start.recover
        if recover is not None:
            self._user = user
            self._worker().run(partial(recover, code, user, passphrase), self._recovered, self._failed)

    def _recovered(self, session: Any) -> None:
        self._user = session.user  # as it stands in the store, whatever capitals were typed
        self._opened(session)

    def _restore_pressed(self) -> None:
        self.offer_restore()

    def offer_restore(self, damage: Trouble | None = None) -> None:
        """Offer the backups beside the store; damage is what is wrong with it, None when nothing is known to be."""
        from bedside.ui.sign_in.restoring import Restoring

        if self._start.restores is not None:
            self.restoring = Restoring(self._start.restores, self._worker(), self)
            self.restoring.ended.connect(self._restore_ended)
            self._show_form(self.restoring.form_for(self._user, damage))

    def _restore_ended(self, words: str = "") -> None:
        """Back to the passphrase; the words say what became of the store, "" where nothing was restored."""
        self.restoring = None
        self.ask(user=self._user)
        if words and self.form is not None:
            self.form.say_first(words)

    def _failed(self, trouble: Trouble) -> None:
        if trouble.is_damage and self._start.restores is not None:
            self.offer_restore(trouble)
        elif self.form is not None:
            self.form.show_trouble(trouble)

    def _opened(self, session: Any) -> None:
        if self.form is not None:
            self.form.forget()
        self.signed_in.emit(session, self._user)

    def _created(self, made: tuple[Any, str]) -> None:
        from bedside.ui.sign_in.recovery_form import RecoveryForm

        self._session, code = made
        if self.form is not None:
            self.form.forget()
        recovery = RecoveryForm()
        recovery.show_code(code)
        recovery.confirmed.connect(self._confirmed)
        self._show_form(recovery)

    def _confirmed(self) -> None:
        session, self._session = self._session, None
        if self.form is not None:
            self.form.forget()
        self.signed_in.emit(session, self._user)

    def let_go(self) -> None:
        """The window closes: give back what was made ready for a restore."""
        if self.restoring is not None:
            self.restoring.drop()

    @property
    def unconfirmed_session(self) -> Any:
        """The session of a store that was created while its recovery code is not yet confirmed, or None."""
        return self._session

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the form its room first; the panel takes what is left, 600 px at most."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(max(0, min(WIDTH, event.size().width() - FORM_ROOM)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet; the first time it is painted is announced."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("sheet"))
        painter.end()
        if not self._painted:
            self._painted = True
            self.first_painted.emit()

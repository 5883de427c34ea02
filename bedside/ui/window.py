"""Owns the window: the sign-in page or the frame, one at a time, and what happens between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from bedside.ui import fonts, theme
from bedside.ui.clipboard_guard import ClipboardGuard
from bedside.ui.idle_lock import IdleLock
from bedside.ui.sign_in.page import SignInPage
from bedside.ui.start import Desk, Start, UserLine

if TYPE_CHECKING:  # the worker is made after the first paint
    from bedside.chart.progress import Progress
    from bedside.ui.background import Background
    from bedside.ui.farewell import Farewell
    from bedside.ui.leaving import LeavingPage
    from bedside.ui.troubles import Trouble

TEND_MINUTES = 5
"""How often what is due is looked at while the window is locked."""

NOT_SAVED = "An entry could not be saved after the window was locked."
WHO_READS = "{} reads which one after signing in."
WHO_LOOKS = "{} sees in the journal which one is missing, and types it again."


class MainWindow(QWidget):
    """Starts at the sign-in page; a frame exists only while a store is open, so that a lock leaves nothing behind."""

    signed_in = Signal()
    locked = Signal()

    def __init__(self, start: Start, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = start
        self._background: Background | None = None
        self.session: Any = None
        self.user = ""
        self.frame: Any = None
        self.sign_in: SignInPage | None = None
        self.leaving: LeavingPage | None = None
        self.farewell: Farewell | None = None
        self._has_left, self._reader = False, ""
        self._untold: list[Trouble] = []
        self.idle_lock = IdleLock(self)
        self.idle_lock.idle.connect(self._idle)
        self.clipboard = ClipboardGuard(self)
        self._tending = QTimer(self)
        self._tending.setInterval(TEND_MINUTES * 60_000)
        self._tending.timeout.connect(self.tend)
        self.setWindowTitle("Bedside")
        self.resize(1440, 900)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._ask(locked=False)

    def show_on(self, room: QSize) -> None:
        """Show the window on a screen with this room, filling it where the window would reach beyond it."""
        if self.size() == self.size().boundedTo(room):
            self.show()
        else:
            self.showMaximized()

    def _ask(self, *, locked: bool, unsaved: str = "") -> None:
        page = SignInPage(self.start, self.worker, self)
        page.signed_in.connect(self.enter)
        page.first_painted.connect(self._first_painted)
        page.ask(locked=locked, user=self.user, unsaved=unsaved)
        self.sign_in = page
        self._column.addWidget(page)
        page.show()
        if page.form is not None:
            page.form.take_keyboard()

    def worker(self) -> Background:
        """The one door to the store, made when it is first needed."""
        if self._background is None:
            from bedside.ui.background import Background

            self._background = Background(self)
            self._background.trouble_met.connect(self.show_trouble)
        return self._background

    def _first_painted(self) -> None:
        QTimer.singleShot(0, self._load_the_rest)

    def _load_the_rest(self) -> None:
        fonts.load_faces(*fonts.LATER_FACES)
        if self.session is None and not self.worker().stopped:
            self.worker().run(self.start.preload)

    def enter(self, session: Any, user: str) -> None:
        """Show the frame of an open session."""
        from bedside.ui.frame import Frame

        self._tending.stop()
        self.session, self.user = session, user
        fonts.load_faces(*fonts.LATER_FACES)
        frame = Frame(self)
        frame.app_bar.show_demo_line(self.start.demo_line)
        frame.app_bar.show_user(user, str(getattr(session, "role", "")))
        frame.emergency.show_reason(getattr(session, "emergency", None) or "")
        frame.lock_asked.connect(self._lock_asked)
        frame.session_changed.connect(self._go_on)
        frame.idle_changed.connect(self._idle_from_now)
        self.frame = frame
        self._drop_sign_in()
        self._watch_idleness(session)
        self._column.addWidget(frame)
        frame.show()
        frame.setFocus()
        self.start.furnish(frame, self._desk(session))
        self._tell_author()
        self.signed_in.emit()

    def _desk(self, session: Any) -> Desk:
        return Desk(session, self.worker(), self.start.now, self.start.computer, self.start.centre)

    def _go_on(self, session: Any) -> None:
        """The same person goes on with other rights: nothing that was shown before stays."""
        self._drop_frame()
        self.enter(session, self.user)

    def _lock_asked(self) -> None:
        self.lock()

    def _watch_idleness(self, session: Any) -> None:
        """Lock after the usual minutes until it is known after how many this store wants it."""
        if self.start.turns is not None:
            from bedside.service.ward_settings import Settings

            self.idle_lock.begin(Settings.idle_lock_minutes)
            self.worker().run(partial(self.start.turns.idle_minutes, session), self._idle_from_now)

    def _idle_from_now(self, minutes: int) -> None:
        if self.frame is not None:
            self.idle_lock.begin(minutes)

    def _idle(self) -> None:
        self.lock("idle")

    def _drop_sign_in(self) -> None:
        if self.sign_in is not None:
            page, self.sign_in = self.sign_in, None
            page.closed = True
            self._column.removeWidget(page)
            page.hide()
            page.deleteLater()

    def lock(self, why: str = "asked") -> None:
        """Drop everything that is shown, end the session, and ask for the PIN or, where none is set, the passphrase."""
        if self.frame is None:
            return
        unsaved = self.frame.unsaved()
        self._drop_frame()
        session, self.session = self.session, None
        turns = self.start.turns
        if turns is None:
            self.worker().run(partial(self.start.close_session, session), self._ended, self._not_ended)
        else:
            self.worker().run(partial(turns.lock, session, why), self._offer_pins, self._not_ended)
        self._ask(locked=True, unsaved=unsaved)
        self._tending.start()
        self.locked.emit()

    def tend(self) -> None:
        """Have what is due backed up, though nobody is here."""
        if self.start.turns is not None and self.start.turns.tend is not None:
            self.worker().run(self.start.turns.tend)

    def _offer_pins(self, returning: Sequence[UserLine]) -> None:
        self._ended(returning)
        if self.sign_in is not None and returning:
            self.sign_in.offer_pins(returning)

    def _not_ended(self, trouble: Trouble) -> None:
        self._ended(trouble)
        self.show_trouble(trouble)

    def _ended(self, _how: object) -> None:
        """What was typed was kept before the session ended, unless a trouble has told otherwise by now."""
        if self.sign_in is not None:
            self.sign_in.tell_draft(kept=True)

    def _drop_frame(self) -> None:
        self.idle_lock.end()
        self.clipboard.clear()
        frame, self.frame = self.frame, None
        frame.close_views()
        self._column.removeWidget(frame)
        frame.hide()
        frame.deleteLater()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say on the sign-in page what went wrong; while a frame is shown, it is the frame's to say.

        What names a patient waits there until its author has signed in again.
        """
        if self.sign_in is not None and trouble.is_lost_draft:
            self.sign_in.tell_draft(kept=False)
        if self.sign_in is not None and trouble.author:
            self._untold.append(trouble)
            trouble = _naming_nobody(trouble, WHO_READS)
        if self.sign_in is not None and self.sign_in.form is not None:
            self.sign_in.form.show_trouble(trouble)

    def _tell_author(self) -> None:
        told = [trouble for trouble in self._untold if trouble.author == self.user]
        self._untold = [trouble for trouble in self._untold if trouble not in told]
        for trouble in told:
            self.worker().trouble_met.emit(trouble)

    def set_theme(self, name: str) -> None:
        """Repaint everything in another theme."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, theme.theme_for(name))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay until what was handed in is finished and the store closed, and once more to say what went wrong."""
        if self._has_left:
            super().closeEvent(event)
            return
        event.ignore()
        if self.leaving is None:
            self._leave()

    def _leave(self) -> None:
        from bedside.ui.leaving import LeavingPage

        self._reader = self.user if self.frame is not None else ""
        session = self._let_go()
        self.leaving = LeavingPage(self.worker(), self)
        self.leaving.ended.connect(self._left)
        self._column.addWidget(self.leaving)
        self.leaving.show()
        self.leaving.setFocus()
        self.leaving.begin(partial(self._leave_store, session))

    def _left(self, met: tuple[Trouble, ...]) -> None:
        self.worker().stop()
        self._has_left = True
        told = dict.fromkeys(self._as_read_here(trouble) for trouble in (*self._untold, *met))
        if told:
            self._say_farewell(tuple(told))
        else:
            self.close()

    def _as_read_here(self, trouble: Trouble) -> Trouble:
        """The trouble as whoever closes the window may read it: behind the lock nobody, else its author alone."""
        return trouble if trouble.author in ("", self._reader) else _naming_nobody(trouble, WHO_LOOKS)

    def end(self) -> Trouble | None:
        """Do the same where no event loop runs any more: wait here, and return what went wrong."""
        from bedside.chart.progress import unheard

        last = None if self.leaving is not None else partial(self._leave_store, self._let_go(), unheard)
        trouble = self.worker().stop(last)
        self._has_left = True
        self.close()
        return trouble

    def _let_go(self) -> Any:
        """Drop everything that is shown, and give the session that is to be ended, if any."""
        self._tending.stop()
        if self.frame is not None:
            self._drop_frame()
        session, self.session = self.session, None
        if self.sign_in is not None:
            self.sign_in.let_go()
            session = session if session is not None else self.sign_in.unconfirmed_session
        self._drop_sign_in()
        return session

    def _leave_store(self, session: Any, progress: Progress) -> None:
        if session is not None:
            self.start.close_session(session)
        if self.start.leave is not None:
            self.start.leave(progress)

    def _say_farewell(self, troubles: Sequence[Trouble]) -> None:
        from bedside.ui.farewell import Farewell

        if self.leaving is not None:
            self.leaving.hide()
        self.farewell = Farewell(troubles, self)
        self.farewell.close_asked.connect(self.close)
        self._column.addWidget(self.farewell)
        self.farewell.show()
        self.farewell.button.setFocus()


def _naming_nobody(trouble: Trouble, who: str) -> Trouble:
    return replace(trouble, what_happened=NOT_SAVED, what_to_do=who.format(trouble.author))

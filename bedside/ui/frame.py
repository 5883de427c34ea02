"""Owns the frame of the window: app bar, banner, view bar, the stack of views and the key bar."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from bedside.ui.actions import Action
from bedside.ui.frame_keys import FrameKeys
from bedside.ui.long_work.strip import WorkStrip
from bedside.ui.view import View, ViewEntry
from bedside.ui.widgets.app_bar import AppBar
from bedside.ui.widgets.banner import Banner
from bedside.ui.widgets.banner_facts import BannerFacts
from bedside.ui.widgets.emergency_strip import EmergencyStrip
from bedside.ui.widgets.key_bar import KeyBar
from bedside.ui.widgets.offers import Offer
from bedside.ui.widgets.pages import Pages
from bedside.ui.widgets.palette import Palette
from bedside.ui.widgets.sheet import SheetLayer
from bedside.ui.widgets.view_bar import ViewBar


def _nobody(_typed: str) -> Sequence[Offer]:
    return ()


class _Shower:
    """Shows one view of the frame: the callback of its digit."""

    def __init__(self, frame: "Frame", view_id: str) -> None:
        self._frame, self._view_id = frame, view_id

    def show(self) -> None:
        if self._frame.banner.isVisible():
            self._frame.show_view(self._view_id)


class Frame(QWidget):
    """Shows either the ward board, or one patient's banner with one of its views.

    The board is set once; the patient's views are declared once and made when first shown. Other places of the ward
    stand beside the board. `board_shown`, `place_shown(id)` and `view_shown(id)` come after the fact; `moment_asked`
    and `lock_asked` are for others to answer; `session_changed(session)` asks for a new frame for the same person, and
    `idle_changed(minutes)` for another time until the idle window locks.
    """

    board_shown = Signal()
    view_shown = Signal(str)
    place_shown = Signal(str)
    moment_asked = Signal()
    lock_asked = Signal()
    session_changed = Signal(object)
    idle_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.closed = False
        self.app_bar = AppBar(self)
        self.emergency = EmergencyStrip(self)
        self.banner = Banner(self)
        self.view_bar = ViewBar(self)
        self.stack, self.room = Pages(), QScrollArea(self)
        self.key_bar = KeyBar(self)
        self.work = WorkStrip(self.key_bar, one_line=True)
        self.key_bar.seat(self.work)
        self.banner.setObjectName("banner")
        self.emergency.setObjectName("emergency")
        self.key_bar.setObjectName("key_bar")
        self.sheets, self.helps, self.notices = SheetLayer(self), SheetLayer(self), SheetLayer(self)
        self.palette_box = Palette(self)
        self._find_patients: Callable[[str], Sequence[Offer]] = _nobody
        self._board: View | None = None
        self._entries: tuple[ViewEntry, ...] = ()
        self._made: dict[str, View] = {}
        self._places: dict[str, View] = {}
        self._before_palette: QWidget | None = None
        self._keys = FrameKeys(self, self.key_bar)
        self._lay_out()
        self._connect()
        self._show_patient_bars(False)
        self.set_general_actions(())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in (
            (self.app_bar, 0),
            (self.emergency, 0),
            (self.banner, 0),
            (self.view_bar, 0),
            (self.room, 1),
            (self.key_bar, 0),
        ):
            column.addWidget(widget, stretch)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setWidget(self.stack)
        self.room.setWidgetResizable(True)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self.app_bar.board_asked.connect(self.show_board)
        self.app_bar.place_asked.connect(self._place_asked)
        self.app_bar.find_asked.connect(self.open_palette)
        self.palette_box.closed.connect(self._palette_closed)
        self.app_bar.lock_asked.connect(self.lock_asked)
        self.view_bar.view_chosen.connect(self.show_view_at)
        self.view_bar.moment_asked.connect(self.moment_asked)
        self.sheets.changed.connect(self.refresh_keys)
        self.helps.changed.connect(self.refresh_keys)
        self.notices.changed.connect(self.refresh_keys)

    def set_board(self, board: View) -> None:
        """Give the frame its ward board; it is shown by `show_board`."""
        self._board = board
        self._adopt(board)

    def set_places(self, entries: Sequence[ViewEntry]) -> None:
        """Declare the places of the ward beside the board; they are made now and filled when they are shown."""
        self._places = {entry.id: entry.make() for entry in entries}
        self.app_bar.set_places([entry.word for entry in entries])
        for place in self._places.values():
            self._adopt(place)

    def _place_asked(self, number: int) -> None:
        self.show_place(list(self._places)[number])

    def show_place(self, place_id: str) -> None:
        """Show a place of the ward; the patient that was open is forgotten by every view first."""
        self.forget_patient()
        self._show_patient_bars(False)
        self.app_bar.show_place(False, list(self._places).index(place_id))
        self._enter(self._places[place_id])
        self.place_shown.emit(place_id)

    def set_views(self, entries: Sequence[ViewEntry]) -> None:
        """Declare the views of a patient, in the order of their digits."""
        self._entries = tuple(entries)
        self.view_bar.show_views([entry.word for entry in entries])
        self._keys.set_digits(self.view_actions())

    def view_actions(self) -> tuple[Action, ...]:
        """One action for each view of the patient, Alt and its digit."""
        return tuple(
            Action(f"view.{entry.id}", f"Show {entry.word}", _Shower(self, entry.id).show, f"Alt+{digit}")
            for digit, entry in enumerate(self._entries, start=1)
        )

    def set_general_actions(self, actions: Sequence[Action]) -> None:
        """Declare what can be done everywhere in the frame, besides finding and locking, which always can."""
        find = Action("find", "Find a patient or an action", self.open_palette, "Ctrl+K", icon="search")
        self._keys.set_general((*actions, find, Action("lock", "Lock", self.lock_asked.emit, "Ctrl+L", icon="lock")))

    def _adopt(self, view: View) -> None:
        self.stack.addWidget(view)
        view.changed.connect(self.refresh_keys)

    @property
    def source(self) -> View | None:
        """What is in front and has the keys: the help, else the sheet, else the view."""
        return self.notices.sheet or self.helps.sheet or self.sheets.sheet or self.current_view

    @property
    def general_actions(self) -> tuple[Action, ...]:
        """What can be done everywhere."""
        return self._keys.general

    @property
    def current_view(self) -> View | None:
        """The view that is shown."""
        view = self.stack.currentWidget()
        return view if isinstance(view, View) else None

    def view(self, view_id: str) -> View:
        """The patient's view of that id, made now if it was never shown; an unknown id is a KeyError."""
        if view_id not in self._made:
            entry = {entry.id: entry for entry in self._entries}[view_id]
            self._made[view_id] = entry.make()
            self._adopt(self._made[view_id])
        return self._made[view_id]

    def made_views(self) -> tuple[View, ...]:
        """The patient's views that were shown at least once."""
        return tuple(self._made.values())

    def show_board(self) -> None:
        """Show the ward board; the patient that was open is forgotten by every view first."""
        if self._board is None:
            return
        self.forget_patient()
        self._show_patient_bars(False)
        self._enter(self._board)
        self.board_shown.emit()

    def forget_patient(self) -> None:
        """Clear banner, views and sheet, so that no two patients are ever shown together.

        One that fails keeps no other from being cleared; its error is raised when all were.
        """
        views = (*self._made.values(), *self._places.values())
        with ExitStack() as everything:
            for clear in (*(view.clear for view in views), self.banner.clear, self.sheets.drop, self.helps.drop):
                everything.callback(clear)

    def show_banner(self, facts: BannerFacts) -> None:
        """Show whose views these are; another patient than before clears the views first."""
        shown = self.banner.facts
        if shown is not None and shown.number != facts.number:
            self.forget_patient()
        self.banner.show_facts(facts)
        self._show_patient_bars(True)

    def show_view(self, view_id: str) -> None:
        """Show the patient's view of that id."""
        view = self.view(view_id)
        self.view_bar.show_current([entry.id for entry in self._entries].index(view_id))
        self._enter(view)
        self.view_shown.emit(view_id)

    def show_view_at(self, index: int) -> None:
        """Show the patient's view at that place in the view bar."""
        if 0 <= index < len(self._entries) and self.view_bar.isVisibleTo(self):
            self.show_view(self._entries[index].id)

    def open_sheet(self, sheet: View) -> None:
        """Lay a form sheet over the view, 12 px under the banner, with a scrim on the view only."""
        self.sheets.open(sheet)
        self._keep_notice_in_front()

    def open_help(self, sheet: View) -> None:
        """Lay help over the view and over the sheet that is open, which stays as it is."""
        self.helps.open(sheet)
        self._keep_notice_in_front()

    def open_notice(self, sheet: View) -> None:
        """Lay a notice over what is in front, whatever that is and becomes, until somebody takes it away."""
        self.notices.open(sheet)

    def _keep_notice_in_front(self) -> None:
        if self.notices.sheet is not None:
            self.notices.raise_()
            self.notices.sheet.take_keyboard()

    def close_notice(self) -> None:
        """Take the notice away and give the keyboard back to where it was."""
        self.notices.drop()
        self._give_back(self.source, self.notices.take_before())

    def close_help(self) -> None:
        """Take the help away and give the keyboard back to where it was."""
        self.helps.drop()
        self._give_back(self.source, self.helps.take_before())

    def close_sheet(self) -> None:
        """Take the sheet away and give the keyboard back to where it was in the view."""
        self.sheets.drop()
        self._give_back(self.current_view, self.sheets.take_before())

    @staticmethod
    def _give_back(source: View | None, before: QWidget | None) -> None:
        """The keyboard goes to the widget that had it, if it is still in sight there, else to the view's own place."""
        if source is None:
            return
        if before is not None and shiboken6.isValid(before) and source.isAncestorOf(before) and before.isVisible():
            before.setFocus()
        else:
            source.take_keyboard()

    def _enter(self, view: View) -> None:
        self.helps.drop()
        self.sheets.drop()
        for place in self._places.values():
            if place is not view:
                place.clear()
        self.stack.setCurrentWidget(view)
        self.room.verticalScrollBar().setValue(0)
        view.entered()
        self._keep_notice_in_front()
        self.refresh_keys()

    def _show_patient_bars(self, shown: bool) -> None:
        self.banner.setVisible(shown)
        self.view_bar.setVisible(shown)
        self.app_bar.show_place(not shown)

    def refresh_keys(self) -> None:
        """Build shortcuts and key bar anew from the sheet that is open, or else from the view that is shown."""
        self._keys.follow(self.source)

    def _actions_here(self) -> tuple[Action, ...]:
        source = self.source
        views = self.view_actions() if self.view_bar.isVisibleTo(self) else ()
        return (*(source.actions_offered() if source is not None else ()), *views)

    def set_patient_search(self, find: Callable[[str], Sequence[Offer]]) -> None:
        """Give the palette its patients: find takes what is typed and gives offers with the full identity."""
        self._find_patients = find

    def open_palette(self) -> None:
        """Let a patient or an action be found by typing."""
        if self.palette_box.isHidden():
            self._before_palette = QApplication.focusWidget()
        above = self.banner if self.banner.isVisible() else self.app_bar
        self.palette_box.open(self._offers, under=above.geometry().bottom() + 1)

    def _offers(self, typed: str) -> list[Offer]:
        facts = self.banner.facts if self.view_bar.isVisibleTo(self) else None
        here = f"For {facts.family.upper()}, {facts.given}" if facts is not None else "Here"
        return [*self._find_patients(typed), *self._keys.offers(typed, here, self._actions_here())]

    def _palette_closed(self) -> None:
        self._give_back(self.source, self._before_palette)
        self._before_palette = None

    def take_keyboard_back(self) -> None:
        """Put the keyboard on what is shown, after another window had it."""
        self.window().activateWindow()
        self._give_back(self.source, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when nothing inside used it, leads from a patient or another place back to the board."""
        away = self.current_view is not None and self.current_view is not self._board
        if event.key() == Qt.Key.Key_Escape and away and self.source is self.current_view:
            self.show_board()
        else:
            super().keyPressEvent(event)

    def unsaved(self) -> str:
        """What is typed and not stored, in words that name nobody, "" for nothing: drafts of it are kept."""
        shown = [view for view in (self.sheets.sheet, self.current_view) if view is not None]
        return "; ".join(words for view in shown if (words := view.unsaved()))

    def close_views(self) -> None:
        """Tell every view, and all that belongs to the frame, that no more results are wanted; forget the patient."""
        self.closed = True
        self.work.close_strip()
        self.notices.drop()
        self.forget_patient()
        for view in (self._board, *self._made.values(), *self._places.values()):
            if view is not None:
                view.clear()
                view.close_view()

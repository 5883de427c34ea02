"""Owns the sheet of the settings: this computer's for everybody, the store's and the centre's for leads."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from bedside.ui import fonts
from bedside.ui.actions import Action
from bedside.ui.computer import CHART, CONVENTIONAL, SIZES, Chosen
from bedside.ui.forms.segments import Option, Segments
from bedside.ui.troubles import Trouble
from bedside.ui.view import View
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel, Rule, WrappedLabel

WIDTH, CAPTION, LINE = 812, 172, 34

THEMES = (
    Option("system", "As the desktop"),
    Option("light", "Light"),
    Option("dark", "Dark"),
    Option("contrast", "High contrast"),
)
SIZE_OPTIONS = tuple(Option(str(size), f"{size} %") for size in SIZES)
UNITS = (Option(CHART, "The chart’s"), Option(CONVENTIONAL, "The chart’s, g/dL and mg/dL beside them"))
JURISDICTIONS = (Option("eu", "European Union"), Option("us", "United States"))


@dataclass(frozen=True)
class StoreSettings:
    """The store's settings as they are shown: whose labels count, the idle lock in minutes, the centre in words.

    refusal says why they cannot be changed here, "" where they can; centre_refusal the same for the centre's file.
    """

    jurisdiction: str
    idle_minutes: int
    centre: str
    refusal: str = ""
    centre_refusal: str = ""


class SettingsSheet(View):
    """`computer_chosen(name, value)` and `store_chosen(name, value)` as soon as something is chosen.

    `centre_asked` when a file of the centre's own values shall be chosen.
    """

    computer_chosen = Signal(str, str)
    store_chosen = Signal(str, str)
    centre_asked = Signal()
    close_asked = Signal()

    def __init__(self, chosen: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = Segments(THEMES, "Theme")
        self.size_of_all = Segments(SIZE_OPTIONS, "Size")
        self.units = Segments(UNITS, "Units shown")
        self.jurisdiction = Segments(JURISDICTIONS, "Labels that count")
        self.minutes = QLineEdit()
        self.hint = WrappedLabel("", 12, 400, "ink2")
        self.whose = WrappedLabel("", 12, 400, "ink2")
        self.centre = WrappedLabel("", 13, 400, "ink")
        self.choose_file = PushButton("Use another file …")
        self.trouble, self.done = Alert("trouble"), WrappedLabel("", 13, 600, "low")
        self._settled_minutes = ""
        self._dress()
        self._lay_out()
        self._connect()
        self.show_computer(chosen, chosen.size)
        self._let_change(False)

    def _dress(self) -> None:
        self.minutes.setAccessibleName("Lock after so many minutes without a key")
        self.minutes.setFixedSize(72, 34)
        self.minutes.setMaxLength(4)
        self.minutes.setFont(fonts.font(14, 600))
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.choose_file.setFixedHeight(34)
        self.choose_file.setAccessibleName("Use another file of the centre’s own values")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(PlainLabel("Settings", 18, 600))
        self._section(column, "This computer")
        for caption, group in (("Theme", self.theme), ("Size", self.size_of_all), ("Units shown", self.units)):
            column.addLayout(_row(caption, group))
        column.addLayout(_row("", self.hint))
        self._section(column, "This store, for everybody")
        column.addLayout(_row("Labels that count", self.jurisdiction))
        column.addLayout(
            _row(
                "Lock when idle after",
                self.minutes,
                PlainLabel("minutes, from 1 to 60; Enter takes them", 13, 400, "ink2"),
            )
        )
        column.addLayout(_row("Centre’s own values", self.centre))
        column.addLayout(_row("", self.choose_file))
        column.addLayout(_row("", self.whose))
        column.addWidget(self.trouble)
        column.addWidget(self.done)
        column.addStretch(1)

    @staticmethod
    def _section(column: QVBoxLayout, words: str) -> None:
        column.addWidget(Rule())
        column.addWidget(PlainLabel(words, 15, 600))

    def _connect(self) -> None:
        self.theme.changed.connect(self._theme_chosen)
        self.size_of_all.changed.connect(self._size_chosen)
        self.units.changed.connect(self._units_chosen)
        self.jurisdiction.changed.connect(self._jurisdiction_chosen)
        self.minutes.editingFinished.connect(self._minutes_typed)
        self.choose_file.clicked.connect(self._file_pressed)

    def entered(self) -> None:
        """Begin with the theme."""
        self.theme.take_keyboard()

    def show_computer(self, chosen: Chosen, scaled: str) -> None:
        """Show what this computer has; scaled is the size that the window has now."""
        self.theme.choose((chosen.theme,))
        self.size_of_all.choose((chosen.size,))
        self.units.choose((chosen.units,))
        words = "Values are always typed and stored in the chart’s units."
        if chosen.size != scaled:
            words = f"The window is at {scaled} % now and at {chosen.size} % from the next start on.\n{words}"
        self.hint.setText(words)
        self.changed.emit()

    def show_store(self, store: StoreSettings) -> None:
        """Show what the store has, and why it cannot be changed where it cannot."""
        self.jurisdiction.choose((store.jurisdiction,))
        self._settled_minutes = str(store.idle_minutes)
        self.minutes.setText(self._settled_minutes)
        self.centre.setText(store.centre)
        self._let_change(not store.refusal)
        self.choose_file.setVisible(not store.centre_refusal)
        self.whose.setText("\n".join(dict.fromkeys(filter(None, (store.refusal, store.centre_refusal)))))
        self.changed.emit()

    def _let_change(self, can: bool) -> None:
        self.jurisdiction.set_locked(not can)
        self.minutes.setEnabled(can)
        self.choose_file.setEnabled(can)

    def show_done(self, words: str) -> None:
        """Say what holds now."""
        self.trouble.clear()
        self.done.setText(words)
        self.changed.emit()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say what was refused and why; nothing was changed."""
        self.done.setText("")
        self.trouble.show_trouble(trouble)
        self.changed.emit()

    def _theme_chosen(self) -> None:
        self.computer_chosen.emit("theme", self.theme.chosen[0])

    def _size_chosen(self) -> None:
        self.computer_chosen.emit("size", self.size_of_all.chosen[0])

    def _units_chosen(self) -> None:
        self.computer_chosen.emit("units", self.units.chosen[0])

    def _jurisdiction_chosen(self) -> None:
        self.store_chosen.emit("jurisdiction", self.jurisdiction.chosen[0])

    def _minutes_typed(self) -> None:
        if self.minutes.text() != self._settled_minutes:
            self._settled_minutes = self.minutes.text()
            self.store_chosen.emit("idle_lock_minutes", self.minutes.text().strip())

    def _file_pressed(self) -> None:
        self.centre_asked.emit()

    def sizeHint(self) -> QSize:
        """Everything, if there is room; it scrolls where there is not."""
        layout = self.layout()
        height = layout.totalHeightForWidth(WIDTH - 2) if layout is not None else 0
        return QSize(WIDTH, max(height, 400))

    def help_name(self) -> str:
        """Help on this sheet."""
        return "settings"

    def actions_offered(self) -> tuple[Action, ...]:
        """How a setting is changed, and close."""
        return (
            Action("settings.choose", "Choose with the arrows", self.take_keyboard, hint="choose", caps=("←", "→")),
            Action("settings.close", "Close", self.close_asked.emit, "Escape", hint="close"),
        )


def _row(caption: str, *controls: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    label = PlainLabel(caption, 13, 400, "ink")
    label.setFixedWidth(CAPTION)
    fills = isinstance(controls[0], Segments | WrappedLabel)
    if not isinstance(controls[0], WrappedLabel):
        label.setFixedHeight(LINE)
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    for control in controls:
        row.addWidget(control, 1 if fills else 0)
    if not fills:
        row.addStretch(1)
    return row

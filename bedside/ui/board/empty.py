"""Owns what stands in place of the ward board's rows when there are none."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.board.filtering import CHIPS, Showing
from bedside.ui.widgets.labels import PlainLabel, WrappedLabel


class EmptyBoard(QWidget):
    """One sentence in bold and one reason, at the left, without a picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.statement = PlainLabel("", 13, 600, "ink", self)
        self.reason = WrappedLabel("", 12, 400, "ink2", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(4)
        column.addWidget(self.statement)
        column.addWidget(self.reason)
        column.addStretch(1)

    def show_waiting(self) -> None:
        """Say that the rows are not there yet."""
        self.statement.setText("The patients are being read.")
        self.reason.setText("")

    def show_not_read(self) -> None:
        """Say that nothing is known of the rows; why stands above."""
        self.statement.setText("The patients could not be read.")
        self.reason.setText("F5 reads them again.")

    def show_reason(self, any_patient: bool, showing: Showing) -> None:
        """Say why no row is shown: no patient at all, or none that the filter keeps."""
        if not any_patient:
            self.statement.setText("No patient is registered.")
            self.reason.setText("Ctrl+N registers the first one, Ctrl+I imports a chart.")
            return
        typed = f" with “{showing.typed.strip()}”" if showing.typed.strip() else ""
        self.statement.setText(f"No row under “{dict(CHIPS)[showing.chip]}”{typed}.")
        self.reason.setText("Esc in the filter shows every open course again.")

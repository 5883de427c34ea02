"""Owns the row of a number of cells, which is too long to count zeros: 9e7, shown as 9 × 10⁷ before it is saved."""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from bedside.chart.formats import cells_text
from bedside.ui.forms.row import RowSpec
from bedside.ui.forms.text_rows import TextRow
from bedside.ui.lettering import Run

_TAKEN = r"[0-9.,eExX×*^ ]{0,24}"
_CELLS = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:e|[x×*]\s*10\s*\^?)\s*(\d{1,2})|(\d{1,12})", re.IGNORECASE)


class CellsRow(TextRow):
    """Types a number of cells."""

    def __init__(self, spec: RowSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.box.setMinimumWidth(120)
        self.box.setMaximumWidth(160)
        self.box.take_only(_TAKEN)
        self.box.inputRejected.connect(self._say_what_is_taken)

    def _say_what_is_taken(self) -> None:
        """Tell why a key or what was pasted left the box as it was."""
        self.show_not_taken("a number of cells like 9e7 or 90000000")

    @property
    def cells(self) -> float | None:
        """The number as it is read now, or None."""
        match = _CELLS.fullmatch(self.text)
        if match is None:
            return None
        if match[3]:
            return float(match[3])
        return float(f"{match[1].replace(',', '.')}e{match[2]}")

    def show_hint(self) -> None:
        """Show what was understood."""
        cells = self.cells if self.text else None
        if cells is None:
            super().show_hint()
        else:
            words = f"{cells_text(cells)} {self.spec.unit}"
            self.show_message((Run("read as ", 12, 400, "ink2"), Run(words, 12, 600)))

    def settle(self) -> str:
        """Anything that is no number of cells is refused."""
        if self.text and self.cells is None:
            self.show_fault("Type it like 9e7 or 90000000.")
            return "no number"
        return super().settle()

    def contribute(self, fields: dict[str, Any]) -> None:
        """The number."""
        if self.text and self.cells is not None:
            fields[self.spec.name] = self.cells

    def load(self, fields: Mapping[str, Any]) -> None:
        """Show the number of an entry."""
        value = fields.get(self.spec.name)
        if value is not None:
            text = f"{value:.4e}"
            mantissa, exponent = text.split("e")
            short = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
            self.box.setText(short if value >= 10000 and float(short) == value else f"{value:.0f}")

"""Owns what the columns of a file are: a list of them, and beneath it two boxes that change the selected one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from bedside.service.counts import Column, CountsMapping
from bedside.service.counts_offers import IGNORE, Use, UseOffer, offers
from bedside.ui.importing.table import PreviewTable
from bedside.ui.importing.words import column_cells
from bedside.ui.widgets.enter_button import PushButton
from bedside.ui.widgets.labels import PlainLabel

HEADS = (("Head", 200), ("Example", 130), ("What it is", 0), ("Unit", 90), ("Where", 90))
STATED, NOT_STATED = "as stated", "not stated"


class ColumnsPane(QWidget):
    """`mapping_chosen(CountsMapping)` when a column was given another use."""

    mapping_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping = CountsMapping()
        self._offers: tuple[UseOffer, ...] = ()
        self.table = PreviewTable("Columns of the file", HEADS, column_cells, self, row_height=30)
        self.caption = PlainLabel("", 13, 600, "ink", self)
        self.use = QComboBox(self)
        self.unit = QComboBox(self)
        self.take = PushButton("Use it so", self)
        self.use.setAccessibleName("What the column is")
        self.unit.setAccessibleName("Unit of the column")
        self._lay_out()
        self.table.moved.connect(self._show_selected)
        self.use.currentIndexChanged.connect(self._use_changed)
        self.take.clicked.connect(self.submit)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.caption)
        row.addWidget(PlainLabel("is", 13, 400, "ink2", self))
        for box, width in ((self.use, 240), (self.unit, 130)):
            box.setFixedSize(width, 32)
        row.addWidget(self.use)
        row.addWidget(PlainLabel("in", 13, 400, "ink2", self))
        row.addWidget(self.unit)
        self.take.setFixedHeight(32)
        row.addWidget(self.take)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def show_columns(self, columns: Sequence[Column], mapping: CountsMapping) -> None:
        """Show the columns as they are understood now; the selected one stays selected."""
        self._mapping = mapping
        self.table.show_rows(columns, max(self.table.currentIndex().row(), 0))

    def _show_selected(self) -> None:
        column = self.table.current
        self.setEnabled(column is not None)
        if column is None:
            return
        self.caption.setText(column.head if len(column.head) <= 24 else f"{column.head[:24]} …")
        self._offers = offers(is_analyte=not column.place)
        self.use.blockSignals(True)
        self.use.clear()
        for offer in self._offers:
            self.use.addItem(offer.words, offer.use)
        self.use.setCurrentIndex(max(self.use.findData(column.use or IGNORE), 0))
        self.use.blockSignals(False)
        self._show_units(column.unit)

    def _use_changed(self) -> None:
        column = self.table.current
        self._show_units(column.unit if column is not None else "")

    def _show_units(self, stated: str) -> None:
        """The units that have a factor for what is chosen; the one that the file states stands first."""
        offer = self._offers[max(self.use.currentIndex(), 0)]
        self.unit.clear()
        self.unit.setEnabled(bool(offer.units))
        if offer.units:
            self.unit.addItem(f"{stated}, {STATED}" if stated else NOT_STATED, "")
        for unit in offer.units:
            self.unit.addItem(unit, unit)
        column = self.table.current
        said = self._mapping.columns if column is not None and column.place else self._mapping.analytes
        given = said.get(column.head) if column is not None and offer.units else None
        if isinstance(given, Use) and given.unit is not None:
            self.unit.setCurrentIndex(max(self.unit.findData(given.unit), 0))

    def submit(self) -> None:
        """Announce the mapping with the selected column used as chosen."""
        column = self.table.current
        if column is None:
            return
        use = Use(field=str(self.use.currentData()), unit=str(self.unit.currentData() or "") or None)
        changed = self._mapping.with_column if column.place else self._mapping.with_analyte
        self.mapping_chosen.emit(changed(column.head, use))

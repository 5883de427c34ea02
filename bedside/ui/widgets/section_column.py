"""Owns a column of sections, each a head and lines of text: built anew for each patient."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bedside.ui.paragraph import Line
from bedside.ui.widgets.labels import Rule, TextBlock, WrappedLabel

Section = tuple[str, tuple[Line, ...]]


class SectionColumn(QWidget):
    """There are as many sections as there is to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 12, 20, 16)
        self._column.setSpacing(4)
        self._column.addStretch(1)

    def show_sections(self, sections: Iterable[Section]) -> None:
        """Show these sections in the place of those before."""
        self.clear()
        self._add_sections(sections)

    def _add_sections(self, sections: Iterable[Section]) -> None:
        for head, lines in sections:
            if self._parts:
                self._gap()
            self._add(WrappedLabel(head, 14, 600, "ink"))
            block = TextBlock()
            self._add(block)
            block.show_paragraphs(*lines)

    def _space(self, pixels: int) -> None:
        self._column.insertSpacing(self._column.count() - 1, pixels)

    def _gap(self) -> None:
        self._space(8)
        self._add(Rule())
        self._space(6)

    def _add(self, widget: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, widget)
        self._parts.append(widget)

    def clear(self) -> None:
        """Show nothing."""
        while self._column.count() > 1:
            self._column.takeAt(0)
        for widget in self._parts:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._parts.clear()
